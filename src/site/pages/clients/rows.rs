//! Tables about a client's records: one function a sort of record, for its page and its reports.

use crate::estate::service_levels::{Clock, Standing};
use crate::estate::{Record, deadlines, tickets};
use crate::format;
use crate::schema::Choice;
use crate::site::context::{ClientSection, Column, Link, Row, TableSection, Tone, Value};
use crate::site::page::{Page, tone};

use super::super::service_levels;

/// A column set to the left.
pub(super) fn plain(label: String) -> Column {
    Column {
        key: label.to_lowercase(),
        label,
        ..Column::default()
    }
}

/// A column of numbers.
pub(super) fn numeric(label: String) -> Column {
    Column {
        numeric: true,
        ..plain(label)
    }
}

/// A table under a heading.
pub(super) fn section(
    page: &Page<'_>,
    [id, title]: [&str; 2],
    columns: Vec<Column>,
    rows: Vec<Row>,
) -> ClientSection {
    ClientSection {
        table: TableSection {
            id: id.to_owned(),
            title: page.word(title),
            columns,
            rows,
            total: Vec::new(),
        },
        note: None,
        more: None,
    }
}

/// Keeps the first rows, and says how many more there are.
pub(super) fn cut(page: &Page<'_>, section: &mut ClientSection, most: usize) {
    let more = section.table.rows.len().saturating_sub(most);
    if more > 0 {
        section.table.rows.truncate(most);
        section.note = Some(page.count("and-more", more));
    }
}

/// The label of a field of a kind.
pub(super) fn label(page: &Page<'_>, kind: &str, key: &str) -> String {
    let kind = page.estate().schema.kind(kind);
    let field = kind.and_then(|kind| kind.field(key));
    field.map_or_else(String::new, |(_, field)| {
        field.labels.get(page.language).to_owned()
    })
}

/// Columns named like fields of a kind.
pub(super) fn fields(page: &Page<'_>, kind: &str, keys: &[&str]) -> Vec<Column> {
    keys.iter()
        .map(|key| plain(label(page, kind, key)))
        .collect()
}

/// A choice as a badge.
pub(super) fn choice(page: &Page<'_>, choice: Option<&Choice>) -> Value {
    choice.map_or(Value::Empty, |choice| {
        Value::badge(choice.labels.get(page.language), tone(choice.tone))
    })
}

/// A whole number.
pub(super) fn count(number: usize) -> Value {
    Value::number(number.to_string(), number.to_string())
}

/// A record by its id, which is how people name tickets and changes.
pub(super) fn number(page: &Page<'_>, record: &Record) -> Value {
    Value::link(Link::new(&record.source.id, page.to(&record.url)))
}

/// Both clocks of a ticket.
pub(super) fn clocks(page: &Page<'_>, ticket: &Record) -> [Value; 2] {
    both(page, ticket).map(|clock| service_levels::standing(page, clock))
}

/// Both clocks of a ticket in a word: kept, missed by how much, still running.
pub(super) fn short_clocks(page: &Page<'_>, ticket: &Record) -> [Value; 2] {
    both(page, ticket).map(|clock| {
        let Some(clock) = clock else {
            return Value::Empty;
        };
        let word = |key: &str, tone| Value::badge(page.word(key), tone);
        match clock.standing {
            Standing::Kept => word("clock-kept", Tone::Success),
            Standing::Missed(over) | Standing::Late(over) => {
                let over = service_levels::open_time(over, page.language);
                Value::badge(format!("+{}{over}", format::NBSP), Tone::Danger)
            }
            Standing::Running(_) => word("report-clock-running", Tone::Info),
            Standing::Paused(_) => word("report-clock-paused", Tone::Warning),
            Standing::Unknown(_) => word("report-clock-unknown", Tone::Neutral),
        }
    })
}

fn both<'a>(page: &Page<'a>, ticket: &Record) -> [Option<&'a Clock>; 2] {
    let own = page.estate().service_levels().of(ticket);
    [
        own.and_then(|own| own.gti.as_ref()),
        own.and_then(|own| own.gtr.as_ref()),
    ]
}

/// When a ticket was opened.
pub(super) fn opened(page: &Page<'_>, ticket: &Record) -> Value {
    let opened = ticket.view().date_time("opened");
    opened.map_or(Value::Empty, |at| Value::date(page.date_time(at)))
}

/// Deadlines, soonest first.
pub(super) fn deadlines(
    page: &Page<'_>,
    deadlines: &[deadlines::Deadline<'_>],
    ids: [&str; 2],
) -> ClientSection {
    let columns = vec![
        plain(page.word("client-what")),
        plain(page.word("client-deadline")),
        plain(page.word("client-due")),
    ];
    let row = |deadline: &deadlines::Deadline<'_>| {
        let kind = deadline.record.kind().labels.get(page.language);
        let cells = vec![
            Value::link(page.link(deadline.record).hint(kind)),
            Value::text(deadline.reason.label().get(page.language)),
            Value::Date {
                date: page.date(deadline.date),
                badge: Some(page.nearness(deadline.days)),
            },
        ];
        Row { cells }
    };
    section(page, ids, columns, deadlines.iter().map(row).collect())
}

/// Changes with the day that was planned and, where one is, the day they were made.
pub(super) fn changes(page: &Page<'_>, changes: &[&Record], ids: [&str; 2]) -> ClientSection {
    let is_done = changes
        .iter()
        .any(|change| change.view().date("done").is_some());
    let mut columns = vec![plain(page.word("client-number"))];
    columns.extend(fields(
        page,
        "change",
        &["title", "type", "status", "planned_start"],
    ));
    if is_done {
        columns.extend(fields(page, "change", &["done"]));
    }
    let row = |change: &&Record| {
        let view = change.view();
        let planned = view.date_time("planned_start");
        let mut cells = vec![
            number(page, change),
            Value::text(&change.title),
            choice(page, view.choice("type")),
            choice(page, view.choice("status")),
            planned.map_or(Value::Empty, |at| Value::date(page.date_time(at))),
        ];
        if is_done {
            let done = view.date("done");
            cells.push(done.map_or(Value::Empty, |day| Value::date(page.date(day))));
        }
        Row { cells }
    };
    section(page, ids, columns, changes.iter().map(row).collect())
}

/// The priority of a ticket or problem.
pub(super) fn priority(page: &Page<'_>, record: &Record) -> Value {
    choice(page, tickets::priority(page.estate(), record))
}
