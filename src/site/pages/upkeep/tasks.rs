//! Tasks that come back, the most overdue first; and the manuals of the models in use.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::estate::deadlines::days_between;
use crate::estate::fleet::is_in_fleet;
use crate::estate::upkeep::{due, is_at_work};
use crate::estate::{Record, RecordId, deadlines};
use crate::format;
use crate::site::context::{Badge, Tone};
use crate::site::page::Page;

use super::super::desk::figures::{Cell, Figures};
use super::super::finance::{Part, columns};

/// A task due within so many days is near.
const NEAR: i32 = 14;

/// The tasks at work, the soonest first; those that nothing dates last.
fn sorted<'a>(page: &Page<'a>) -> Vec<(Option<Date>, &'a Record)> {
    let estate = page.estate();
    let all = estate.listed("maintenance").filter(|task| is_at_work(task));
    let dated = all.map(|task| (due(estate, task).map(|deadline| deadline.date), task));
    let mut dated: Vec<(Option<Date>, &Record)> = dated.collect();
    dated.sort_by_key(|(day, task)| (day.is_none(), *day, task.id));
    dated
}

/// How many tasks should have been done.
pub(super) fn overdue(page: &Page<'_>) -> usize {
    let today = page.estate().as_of;
    let late = |day: &Option<Date>| day.is_some_and(|day| day < today);
    sorted(page).iter().filter(|(day, _)| late(day)).count()
}

/// What is to be done when, to what, by whom, and how.
pub(super) fn tasks(page: &Page<'_>) -> Part {
    let estate = page.estate();
    let row = |(day, task): (Option<Date>, &Record)| {
        let view = task.view();
        let first = |key: &str| {
            let record = estate.first(task, key);
            record.map_or(Cell::Nothing, |record| Cell::Record(record.id))
        };
        vec![
            Cell::Record(task.id),
            nearness(page, day),
            day.map_or(Cell::Nothing, Cell::Date),
            view.date("last_done").map_or(Cell::Nothing, Cell::Date),
            Cell::choice(page, view.choice("rhythm")),
            targets(page, task),
            first("procedure"),
            deadlines::responsible(estate, task).map_or(Cell::Nothing, |who| Cell::Record(who.id)),
        ]
    };
    Part {
        figures: Figures {
            columns: columns(
                page,
                [
                    ("task", "upkeep-task"),
                    ("verdict", "ledger-verdict"),
                    ("next_due", "upkeep-next-due"),
                    ("last_done", "upkeep-last-done"),
                    ("rhythm", "upkeep-rhythm"),
                    ("targets", "upkeep-targets"),
                    ("procedure", "upkeep-procedure"),
                    ("responsible", "upkeep-responsible"),
                ],
            ),
            rows: sorted(page).into_iter().map(row).collect(),
            total: Vec::new(),
        },
        chart: None,
    }
}

/// How near a day is, in a word.
pub(super) fn nearness(page: &Page<'_>, day: Option<Date>) -> Cell {
    let Some(day) = day else {
        return Cell::Nothing;
    };
    let days = days_between(page.estate().as_of, day);
    let tone = match days {
        days if days < 0 => Tone::Danger,
        days if days <= NEAR => Tone::Warning,
        _ => Tone::Neutral,
    };
    Cell::verdict(
        days.to_string(),
        Badge::new(format::distance(days, page.language), tone),
    )
}

/// What a task concerns; so many at most.
fn targets(page: &Page<'_>, task: &Record) -> Cell {
    const MOST: usize = 2;
    let estate = page.estate();
    let all: Vec<RecordId> = estate.all(task, "targets").map(|it| it.id).collect();
    match all.len() {
        0 => Cell::Nothing,
        count if count <= MOST => Cell::Records(all),
        count => {
            let ids = all.iter().map(|id| estate.record(*id).source.id.as_str());
            let ids: Vec<&str> = ids.collect();
            Cell::keyed(ids.join(", "), page.count("upkeep-target-count", count))
        }
    }
}

/// The models of the fleet, those without a manual first, then the most numerous.
pub(super) fn manuals(page: &Page<'_>) -> Part {
    let estate = page.estate();
    let mut models: BTreeMap<RecordId, usize> = BTreeMap::new();
    for asset in estate.listed("asset").filter(|asset| is_in_fleet(asset)) {
        if let Some(model) = estate.first(asset, "model") {
            *models.entry(model.id).or_default() += 1;
        }
    }
    let told = models.into_iter().map(|(model, assets)| {
        let record = estate.record(model);
        let documents = estate.upkeep().documents(estate, record);
        let documents: Vec<RecordId> = documents.iter().map(|document| document.id).collect();
        (model, assets, documents)
    });
    let mut told: Vec<(RecordId, usize, Vec<RecordId>)> = told.collect();
    told.sort_by_key(|(model, assets, documents)| {
        (!documents.is_empty(), std::cmp::Reverse(*assets), *model)
    });
    // Where no model has a manual, manuals are kept elsewhere.
    if told.iter().all(|(_, _, documents)| documents.is_empty()) {
        told.clear();
    }
    let row = |(model, assets, documents): (RecordId, usize, Vec<RecordId>)| {
        let documents = if documents.is_empty() {
            Cell::verdict("", Badge::new(page.word("upkeep-no-manual"), Tone::Neutral))
        } else {
            Cell::Records(documents)
        };
        vec![Cell::Record(model), Cell::Count(assets), documents]
    };
    Part {
        figures: Figures {
            columns: columns(
                page,
                [
                    ("model", "desk-of-models"),
                    ("assets", "desk-assets"),
                    ("documents", "upkeep-documents"),
                ],
            ),
            rows: told.into_iter().map(row).collect(),
            total: Vec::new(),
        },
        chart: None,
    }
}
