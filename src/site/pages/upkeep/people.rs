//! Who is trained, and what people need: open needs, decisions and what was bought.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::estate::upkeep::trainings::Coverage;
use crate::estate::{Record, RecordId};
use crate::format::half_up;
use crate::site::context::Badge;
use crate::site::diagrams::chart::Bar;
use crate::site::page::{Page, tone};

use super::super::desk::figures::{Cell, Figures};
use super::super::finance::{Part, columns};

/// Statuses of needs, by key or meaning, that nobody waits on any more.
const SETTLED: [&str; 3] = ["decided", "fulfilled", "rejected"];

/// A cell names this many people; the file of the training has all of them.
const MOST_NAMED: usize = 8;

/// Groups by training, the least covered first.
pub(super) fn trainings(page: &Page<'_>) -> Part {
    let estate = page.estate();
    let mut all: Vec<&Coverage> = estate.upkeep().trainings.iter().collect();
    let is_mandatory = |coverage: &Coverage| {
        let training = estate.record(coverage.training);
        training.view().boolean("mandatory") == Some(true)
    };
    all.sort_by_key(|coverage| {
        let left = std::cmp::Reverse(coverage.left());
        (
            !is_mandatory(coverage),
            left,
            coverage.training,
            coverage.group,
        )
    });
    let people = |ids: &[RecordId]| {
        let named = &ids[..ids.len().min(MOST_NAMED)];
        if named.is_empty() {
            Cell::Nothing
        } else {
            Cell::Records(named.to_vec())
        }
    };
    let row = |coverage: &&Coverage| {
        vec![
            Cell::Record(coverage.training),
            Cell::Record(coverage.group),
            Cell::yes_or_no(page, is_mandatory(coverage)),
            Cell::Count(coverage.expected),
            Cell::Count(coverage.trained),
            Cell::share(share(coverage)),
            Cell::Count(coverage.left()),
            people(&coverage.expired),
            people(&coverage.missing),
            coverage.counted.map_or(Cell::Nothing, Cell::Date),
        ]
    };
    Part {
        chart: Some((
            page.word("upkeep-trainings-chart"),
            all.iter().map(|coverage| bar(page, coverage)).collect(),
        )),
        figures: Figures {
            columns: columns(
                page,
                [
                    ("training", "upkeep-training"),
                    ("group", "fleet-group"),
                    ("mandatory", "upkeep-mandatory"),
                    ("expected", "upkeep-to-train"),
                    ("trained", "upkeep-trained"),
                    ("share", "fleet-share"),
                    ("left", "upkeep-left"),
                    ("expired", "upkeep-expired"),
                    ("missing", "upkeep-missing"),
                    ("counted", "upkeep-counted-on"),
                ],
            ),
            rows: all.iter().map(row).collect(),
            total: Vec::new(),
        },
    }
}

fn bar(page: &Page<'_>, coverage: &Coverage) -> Bar {
    let length = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let title = |id| &page.estate().record(id).title;
    Bar {
        label: page.set(&format!(
            "{} – {}",
            title(coverage.group),
            title(coverage.training)
        )),
        value: length(coverage.expected),
        full: length(coverage.trained.min(coverage.expected)),
        text: page
            .word("ledger-worth")
            .replace("{part}", &coverage.trained.to_string())
            .replace("{whole}", &coverage.expected.to_string()),
    }
}

fn share(coverage: &Coverage) -> Option<Decimal> {
    let (part, whole) = (coverage.trained.min(coverage.expected), coverage.expected);
    let share = || half_up(Decimal::from(part * 100) / Decimal::from(whole), 0);
    (whole > 0).then(share)
}

fn is_settled(need: &Record) -> bool {
    let status = need.view().choice("status");
    status.is_some_and(|status| SETTLED.contains(&status.meaning()))
}

/// How many needs wait for a decision.
pub(super) fn open_needs(page: &Page<'_>) -> usize {
    let needs = page.estate().listed("need");
    needs.filter(|need| !is_settled(need)).count()
}

/// The needs that wait, the oldest first.
pub(super) fn needs(page: &Page<'_>) -> Part {
    let estate = page.estate();
    let open = estate.listed("need").filter(|need| !is_settled(need));
    let mut open: Vec<&Record> = open.collect();
    open.sort_by_key(|need| (need.view().date("opened"), need.id));
    let row = |need: &&Record| {
        let view = need.view();
        vec![
            Cell::Record(need.id),
            choice(page, need, "status"),
            choice(page, need, "priority"),
            reference(page, need, "requester"),
            reference(page, need, "organisation"),
            day(view.date("opened")),
            view.decimal("estimate").map_or(Cell::Nothing, Cell::Money),
        ]
    };
    let names = [
        ("need", "upkeep-need"),
        ("status", "upkeep-status"),
        ("priority", "upkeep-priority"),
        ("requester", "upkeep-requester"),
        ("organisation", "fleet-organisation"),
        ("opened", "upkeep-opened"),
        ("estimate", "upkeep-estimate"),
    ];
    Part {
        figures: Figures {
            columns: columns(page, names),
            rows: open.iter().map(row).collect(),
            total: Vec::new(),
        },
        chart: None,
    }
}

/// The needs that were decided, the latest first, and what became of them.
pub(super) fn decisions(page: &Page<'_>) -> Part {
    let estate = page.estate();
    let settled = estate.listed("need").filter(|need| is_settled(need));
    let mut settled: Vec<&Record> = settled.collect();
    settled.sort_by_key(|need| (std::cmp::Reverse(need.view().date("decided")), need.id));
    let row = |need: &&Record| {
        let view = need.view();
        let chosen = view.text("choice").map(str::to_owned);
        vec![
            Cell::Record(need.id),
            choice(page, need, "status"),
            chosen.map_or(Cell::Nothing, Cell::Text),
            reference(page, need, "decided_by"),
            day(view.date("decided")),
            view.decimal("estimate").map_or(Cell::Nothing, Cell::Money),
            reference(page, need, "purchase"),
            reference(page, need, "change"),
        ]
    };
    let names = [
        ("need", "upkeep-need"),
        ("status", "upkeep-status"),
        ("choice", "upkeep-choice"),
        ("decided_by", "upkeep-decided-by"),
        ("decided", "upkeep-decided"),
        ("estimate", "upkeep-estimate"),
        ("purchase", "ledger-purchase"),
        ("change", "upkeep-change"),
    ];
    Part {
        figures: Figures {
            columns: columns(page, names),
            rows: settled.iter().map(row).collect(),
            total: Vec::new(),
        },
        chart: None,
    }
}

fn reference(page: &Page<'_>, record: &Record, key: &str) -> Cell {
    let linked = page.estate().first(record, key);
    linked.map_or(Cell::Nothing, |linked| Cell::Record(linked.id))
}

fn choice(page: &Page<'_>, record: &Record, key: &str) -> Cell {
    let choice = record.view().choice(key);
    choice.map_or(Cell::Nothing, |choice| {
        let label = choice.labels.get(page.language);
        Cell::verdict(&choice.key, Badge::new(label, tone(choice.tone)))
    })
}

fn day(day: Option<Date>) -> Cell {
    day.map_or(Cell::Nothing, Cell::Date)
}
