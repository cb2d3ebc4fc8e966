//! Why a promise was missed, as the ticket tells it: holds, escalations, reopenings, notes.

use jiff::civil::DateTime;

use crate::estate::Record;
use crate::estate::clients::months::past_events;
use crate::estate::display::plain;
use crate::estate::service_levels::{Clock, Standing, TicketClocks};
use crate::format;
use crate::site::context::{ClientSection, Row, Value};
use crate::site::page::Page;

use super::super::service_levels;
use super::rows::{self, number, section};

/// Events that explain a delay.
const TELLING: [&str; 4] = ["pending", "planned", "escalated", "reopened"];

/// The missed promises among some tickets, with what happened; those that kept theirs are left out.
pub(super) fn missed(page: &Page<'_>, all: &[&Record]) -> ClientSection {
    let columns = vec![
        rows::plain(page.word("client-number")),
        rows::plain(page.word("report-missed-by")),
        rows::plain(page.word("report-reasons")),
    ];
    let rows = all.iter().filter_map(|ticket| row(page, ticket)).collect();
    section(page, ["missed", "report-missed"], columns, rows)
}

fn row(page: &Page<'_>, ticket: &Record) -> Option<Row> {
    let own = page.estate().service_levels().of(ticket)?;
    let named = [("gti", &own.gti), ("gtr", &own.gtr)];
    let missed = named.iter().filter_map(|(key, clock)| {
        let clock = clock.as_ref().filter(|clock| clock.standing.is_missed())?;
        Some(Value::text(format!(
            "{} {}",
            page.word(key),
            by(page, clock)?
        )))
    });
    let missed: Vec<Value> = missed.collect();
    if missed.is_empty() {
        return None;
    }
    let mut reasons = reasons(page, ticket, last_end(own));
    if reasons.is_empty() {
        reasons.push(Value::text(page.word("report-no-reason")));
    }
    Some(Row {
        cells: vec![
            number(page, ticket),
            Value::List { items: missed },
            Value::List { items: reasons },
        ],
    })
}

/// `+ 2 h 10 min sur 4 h`: by how much, of how much.
fn by(page: &Page<'_>, clock: &Clock) -> Option<String> {
    let (Standing::Missed(over) | Standing::Late(over)) = clock.standing else {
        return None;
    };
    let over = service_levels::open_time(over, page.language);
    let promise = clock.promise.length.text(page.language);
    Some(format!(
        "+{}{over} ({})",
        format::NBSP,
        page.word("report-promised").replace("{promise}", &promise)
    ))
}

/// When the last of the missed clocks ended; `None` while one still runs.
fn last_end(own: &TicketClocks) -> Option<DateTime> {
    let missed = own.clocks().filter(|clock| clock.standing.is_missed());
    let ends: Option<Vec<DateTime>> = missed.map(|clock| clock.ended).collect();
    ends?.into_iter().max()
}

/// What happened until a moment: nothing later made anybody late.
fn reasons(page: &Page<'_>, ticket: &Record, until: Option<DateTime>) -> Vec<Value> {
    let events = past_events(page.estate(), ticket);
    let telling = events.iter().filter(|event| {
        let is_before = until.is_none_or(|until| event.at <= until);
        is_before && TELLING.contains(&event.event.key.as_str())
    });
    let mut reasons: Vec<Value> = telling
        .map(|event| {
            let mut text = format::date_time(event.at, page.language);
            text.push_str(", ");
            text.push_str(&event.event.labels.get(page.language).to_lowercase());
            if let Some(level) = event.level {
                text.push(' ');
                text.push_str(level.labels.get(page.language));
            }
            if let Some(note) = event.note {
                text.push_str(&page.word("colon"));
                text.push(' ');
                text.push_str(note);
            }
            Value::text(text)
        })
        .collect();
    reasons.extend(note(page, ticket).map(Value::text));
    reasons
}

/// The ticket's own note.
fn note(page: &Page<'_>, ticket: &Record) -> Option<String> {
    let (field, value) = ticket.view().get("notes")?;
    let text = plain(page.estate(), ticket, field, value, page.language);
    (!text.is_empty()).then_some(text)
}
