//! The follow-up of budgets: planned, ordered, invoiced, committed, left.

use rust_decimal::Decimal;

use crate::estate::RecordId;
use crate::estate::finance::budgets::{Amounts, Budget, BudgetLine, Budgets, Place};
use crate::format;
use crate::site::context::{Badge, Tone};
use crate::site::diagrams::chart::Bar;
use crate::site::page::Page;

use super::super::desk::figures::{Cell, Figures, percent};
use super::{Part, amount, columns, in_cents};

/// A figure above all: label, value, verdict.
type Figure = (String, String, Option<Badge>);

/// A table of the page.
pub(super) fn part(page: &Page<'_>, table: &str) -> Part {
    let budgets = page.estate().finance().budgets();
    match table {
        "lines" => lines(page, budgets),
        "budgets" => whole(page, budgets),
        "clients" => places(page, budgets.clients.iter(), "ledger-client"),
        _ => places(page, budgets.sites.iter(), "ledger-site"),
    }
}

/// The budgets of the estate's year, in all.
pub(super) fn figures(page: &Page<'_>) -> Vec<Figure> {
    let own: Vec<&Budget> = current(page).collect();
    let sum = |of: fn(&Amounts) -> Decimal| own.iter().map(|budget| of(&budget.whole)).sum();
    let in_lines: Decimal = own.iter().map(|budget| budget.in_lines).sum();
    let (planned, committed): (Decimal, Decimal) = (sum(|it| it.planned), sum(|it| it.committed));
    let verdicts = own.iter().filter_map(|budget| verdict(page, budget));
    let worst = verdicts.max_by_key(|badge| badge.tone);
    let (label, text, _) = amount(page, "ledger-left", planned - committed);
    let mut figures = plans(page, [planned, in_lines]);
    figures.extend([
        amount(page, "ledger-committed", committed),
        amount(page, "ledger-ordered", sum(|it| it.ordered)),
        amount(page, "ledger-invoiced", sum(|it| it.invoiced)),
        (label, text, worst),
    ]);
    figures
}

/// What is planned in all and, where that differs, by the lines together.
pub(super) fn plans(page: &Page<'_>, [planned, in_lines]: [Decimal; 2]) -> Vec<Figure> {
    let whole = amount(page, "ledger-planned", planned);
    let differs = planned != in_lines && !in_lines.is_zero();
    let lines = differs.then(|| amount(page, "ledger-in-lines", in_lines));
    std::iter::once(whole).chain(lines).collect()
}

/// The budgets of the estate's year.
fn current<'a>(page: &Page<'a>) -> impl Iterator<Item = &'a Budget> {
    let year = i64::from(page.estate().as_of.year());
    let all = page.estate().finance().budgets().all.iter();
    all.filter(move |budget| budget.year == Some(year))
}

/// Overrun, near its threshold, or nothing to say.
pub(super) fn verdict(page: &Page<'_>, budget: &Budget) -> Option<Badge> {
    verdict_with_key(page, budget).map(|(_, badge)| badge)
}

/// The same, with its key for programs.
fn verdict_with_key(page: &Page<'_>, budget: &Budget) -> Option<(&'static str, Badge)> {
    let told = |key, label: &str, tone| Some((key, Badge::new(page.word(label), tone)));
    if budget.is_overrun() {
        return told("overrun", "ledger-overrun", Tone::Danger);
    }
    if budget.is_near() {
        return told("near", "ledger-near", Tone::Warning);
    }
    budget.lines_over()?;
    told("lines-over", "ledger-lines-over", Tone::Warning)
}

/// A mark on a line that is overrun, which the others may make up for.
pub(super) fn line_verdict(page: &Page<'_>, line: &BudgetLine) -> Cell {
    if line.amounts.left() < Decimal::ZERO {
        let badge = Badge::new(page.word("ledger-line-overrun"), Tone::Warning);
        Cell::verdict("overrun", badge)
    } else {
        Cell::Nothing
    }
}

/// Every line, those of the estate's year drawn.
fn lines(page: &Page<'_>, budgets: &Budgets) -> Part {
    let mut figures = Figures {
        columns: columns(page, [("budget", "ledger-budget"), ("line", "ledger-line")]),
        ..Figures::default()
    };
    figures.columns.extend(amount_columns(page));
    figures
        .columns
        .extend(columns(page, [("verdict", "ledger-verdict")]));
    for budget in &budgets.all {
        for line in &budget.lines {
            let line_label = Cell::Text(label(page, &line.label));
            let mut row = vec![Cell::Record(budget.record), line_label];
            row.extend(amounts(&line.amounts));
            row.push(line_verdict(page, line));
            figures.rows.push(row);
        }
    }
    let bars = current(page).flat_map(|budget| &budget.lines);
    let bars = bars.map(|line| bar(page, label(page, &line.label), &line.amounts));
    Part {
        figures,
        chart: Some((page.word("ledger-budgets-lines-chart"), bars.collect())),
    }
}

/// The lines of one budget, with what their reader must know.
pub(super) fn label(page: &Page<'_>, written: &str) -> String {
    if written.is_empty() {
        page.word("ledger-no-line")
    } else {
        written.to_owned()
    }
}

fn whole(page: &Page<'_>, budgets: &Budgets) -> Part {
    let mut figures = Figures {
        columns: columns(page, [("year", "ledger-year"), ("budget", "ledger-budget")]),
        ..Figures::default()
    };
    figures.columns.extend(amount_columns(page));
    let asked = ("asked", page.word("ledger-asked"));
    figures.columns.insert(3, asked);
    let last = [
        ("verdict", "ledger-verdict"),
        ("threshold", "ledger-threshold"),
    ];
    figures.columns.extend(columns(page, last));
    for budget in &budgets.all {
        let mut row = vec![year(budget.year), Cell::Record(budget.record)];
        row.extend(amounts(&budget.whole));
        row.insert(3, money_cell(budget.whole.asked));
        let verdict = verdict_with_key(page, budget);
        row.push(verdict.map_or(Cell::Nothing, |(key, badge)| Cell::verdict(key, badge)));
        row.push(Cell::share(budget.threshold));
        figures.rows.push(row);
    }
    let bars = budgets.all.iter().map(|budget| {
        let title = page.estate().record(budget.record).title.clone();
        bar(page, title, &budget.whole)
    });
    Part {
        chart: Some((page.word("ledger-budgets-lines-chart"), bars.collect())),
        figures,
    }
}

/// By year and client or site, newest year first. What is left means something only where something is planned.
fn places<'a>(
    page: &Page<'_>,
    all: impl DoubleEndedIterator<Item = (&'a Place, &'a Amounts)>,
    heading: &str,
) -> Part {
    let mut all: Vec<_> = all.collect();
    all.sort_by_key(|((year, place), _)| (std::cmp::Reverse(*year), place.is_none(), *place));
    let named = |place: Option<RecordId>| place.map_or_else(|| Cell::without(page), Cell::Record);
    let row = |((at, place), amounts): (&Place, &Amounts)| {
        let money = [
            amounts.planned,
            amounts.asked,
            amounts.ordered,
            amounts.invoiced,
            amounts.committed,
        ];
        let mut row = vec![year(*at), named(*place)];
        row.extend(money.map(money_cell));
        let left = (!amounts.planned.is_zero()).then(|| Cell::Money(amounts.left()));
        row.push(left.unwrap_or(Cell::Nothing));
        row
    };
    Part {
        figures: Figures {
            columns: columns(
                page,
                [
                    ("year", "ledger-year"),
                    ("place", heading),
                    ("planned", "ledger-planned"),
                    ("asked", "ledger-asked"),
                    ("ordered", "ledger-ordered"),
                    ("invoiced", "ledger-invoiced"),
                    ("committed", "ledger-committed"),
                    ("left", "ledger-left"),
                ],
            ),
            rows: all.into_iter().map(row).collect(),
            total: Vec::new(),
        },
        chart: None,
    }
}

/// The headings of [`amounts`].
pub(super) fn amount_columns(page: &Page<'_>) -> Vec<(&'static str, String)> {
    columns(
        page,
        [
            ("planned", "ledger-planned"),
            ("ordered", "ledger-ordered"),
            ("invoiced", "ledger-invoiced"),
            ("committed", "ledger-committed"),
            ("left", "ledger-left"),
            ("share", "ledger-share"),
        ],
    )
}

/// Amounts and the share committed.
pub(super) fn amounts(amounts: &Amounts) -> Vec<Cell> {
    vec![
        Cell::Money(amounts.planned),
        money_cell(amounts.ordered),
        money_cell(amounts.invoiced),
        money_cell(amounts.committed),
        Cell::Money(amounts.left()),
        Cell::share(amounts.share()),
    ]
}

/// An amount, or nothing for zero.
fn money_cell(amount: Decimal) -> Cell {
    if amount.is_zero() {
        Cell::Nothing
    } else {
        Cell::Money(amount)
    }
}

fn year(year: Option<i64>) -> Cell {
    year.map_or(Cell::Nothing, |year| Cell::Text(year.to_string()))
}

/// The plan as an outline, what is committed full.
fn bar(page: &Page<'_>, label: String, amounts: &Amounts) -> Bar {
    let money = |amount| format::money(amount, page.language);
    let text = page
        .word("ledger-of")
        .replace("{whole}", &money(amounts.planned))
        .replace("{share}", &percent(amounts.share(), page.language));
    Bar {
        label,
        value: in_cents(amounts.planned.max(amounts.committed)),
        full: in_cents(amounts.committed),
        text,
    }
}
