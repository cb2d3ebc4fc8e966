//! A month in figures, with the month before beside it.

use rust_decimal::Decimal;

use crate::estate::Estate;
use crate::estate::clients::months::{Figures, Median, Month};
use crate::estate::service_levels::months::Tally;
use crate::format;
use crate::site::context::{ClientSection, Row, Value};
use crate::site::page::Page;

use super::super::service_levels;
use super::rows::{count, numeric, plain, section};

/// The figures of a month and of the one before.
pub(super) fn summary(page: &Page<'_>, estate: &Estate, month: &Month<'_>) -> ClientSection {
    let previous = month.previous(estate);
    let both = [month.figures(estate), previous.figures(estate)];
    let mut columns = vec![plain(page.word("report-figure"))];
    let names = [month.first, previous.first].map(|first| format::month(first, page.language));
    columns.extend(names.map(numeric));
    let line = |key: &str, value: &dyn Fn(&Figures) -> Value| Row {
        cells: [Value::text(page.word(key))]
            .into_iter()
            .chain(both.iter().map(value))
            .collect(),
    };
    let rows = vec![
        line("report-opened", &|it| count(it.opened)),
        line("report-closed", &|it| count(it.closed)),
        line("report-reopened", &|it| count(it.reopened)),
        line("report-backlog", &|it| count(it.backlog)),
        line("report-gti", &|it| kept(page, it.gti)),
        line("report-gtr", &|it| kept(page, it.gtr)),
        line("report-penalties", &|it| {
            it.penalties.map_or(Value::Empty, |due| {
                Value::number(format::money(due, page.language), due.to_string())
            })
        }),
        line("report-to-own", &|it| median(page, it.to_own)),
        line("report-to-resolve", &|it| median(page, it.to_resolve)),
        line("report-satisfaction", &|it| satisfaction(page, it)),
        line("report-spent", &|it| {
            let spent = it.spent;
            Value::number(spent.text(page.language), spent.minutes.to_string())
        }),
    ];
    let mut table = section(page, ["summary", "report-summary"], columns, rows);
    table.note = Some(page.word("report-method"));
    if by_calendar(&both[0]) > 0 {
        let note = page.count("report-by-calendar", by_calendar(&both[0]));
        table.note = table.note.map(|method| format!("{method} {note}"));
    }
    table
}

fn by_calendar(figures: &Figures) -> usize {
    let medians = [figures.to_own, figures.to_resolve];
    medians
        .iter()
        .flatten()
        .map(|median| median.by_calendar)
        .sum()
}

/// `83,3 % (5 sur 6)`, with what still runs beside it.
fn kept(page: &Page<'_>, tally: Tally) -> Value {
    let ended = tally.kept + tally.missed;
    let mut parts = Vec::new();
    if let Some(rate) = tally.rate() {
        let share = service_levels::percent(page, rate);
        parts.push(format!(
            "{share} ({} {} {ended})",
            tally.kept,
            page.word("out-of")
        ));
    }
    let waiting = [
        ("report-running", tally.open),
        ("report-unknown", tally.unknown),
    ];
    for (key, number) in waiting {
        let number = usize::try_from(number).unwrap_or(usize::MAX);
        if number > 0 {
            parts.push(page.count(key, number));
        }
    }
    if parts.is_empty() {
        return Value::Empty;
    }
    let sort = tally.rate().unwrap_or(Decimal::NEGATIVE_ONE);
    Value::number(parts.join(", "), sort.to_string())
}

fn median(page: &Page<'_>, median: Option<Median>) -> Value {
    median.map_or(Value::Empty, |median| {
        let minutes = i32::try_from(median.minutes).unwrap_or(i32::MAX);
        let text = format::duration(0, 0, minutes, page.language);
        Value::number(text, minutes.to_string())
    })
}

fn satisfaction(page: &Page<'_>, figures: &Figures) -> Value {
    figures.satisfaction.map_or(Value::Empty, |it| {
        let mean = format::decimal(it.mean, page.language);
        let text = format!("{mean} / 5 ({})", page.count("report-answers", it.of));
        Value::number(text, it.mean.to_string())
    })
}
