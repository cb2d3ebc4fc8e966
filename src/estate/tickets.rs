//! Tickets: their phase, their priority, and what happened to them.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::estate::service_hours::moment;
use crate::estate::{Estate, Record};
use crate::project::{Duration, STEPS};
use crate::schema::Choice;
use crate::source::TextRange;

/// One event of a ticket's life.
#[derive(Debug, Clone, Copy)]
pub struct Event<'a> {
    /// When.
    pub at: DateTime,
    /// What.
    pub event: &'a Choice,
    /// Who.
    pub by: Option<&'a Record>,
    /// To which level.
    pub level: Option<&'a Choice>,
    /// Why the ticket waits.
    pub reason: Option<&'a Choice>,
    /// When somebody will come or begin.
    pub planned_for: Option<DateTime>,
    /// What was said.
    pub note: Option<&'a str>,
    /// Where it says what happened.
    pub range: TextRange,
}

/// The phase of a ticket, problem or change: new, assigned, pending, resolved or closed.
pub fn phase(record: &Record) -> &str {
    let status = record.view().choice("status");
    status
        .and_then(|status| status.phase.as_deref())
        .unwrap_or("new")
}

/// Whether somebody still has to act.
pub fn is_open(record: &Record) -> bool {
    !matches!(phase(record), "resolved" | "closed")
}

/// The priority: as written, else by urgency, impact and the site's matrix; `None` when neither is
/// known.
pub fn priority<'a>(estate: &Estate, record: &'a Record) -> Option<&'a Choice> {
    let view = record.view();
    if let Some(written) = view.choice("priority") {
        return Some(written);
    }
    let step = |key: &str| {
        let choice = view.choice(key)?;
        STEPS.iter().position(|step| *step == choice.key)
    };
    let computed = estate
        .config
        .priority_matrix
        .priority(step("urgency")?, step("impact")?);
    let (_, field) = record.kind().field("priority")?;
    field
        .choices()
        .iter()
        .find(|choice| choice.key == STEPS[computed])
}

/// How grave a priority is, for sorting: major first (6), unknown last (0).
pub fn rank(priority: Option<&Choice>) -> usize {
    let key = priority.map(|choice| choice.key.as_str());
    match key {
        Some("major") => 6,
        Some(key) => STEPS
            .iter()
            .position(|step| *step == key)
            .map_or(0, |step| step + 1),
        None => 0,
    }
}

/// The events of a ticket or change, in time order.
pub fn timeline<'a>(estate: &'a Estate, ticket: &'a Record) -> Vec<Event<'a>> {
    let structures = ticket.view().structures("timeline");
    let mut events: Vec<Event<'a>> = structures
        .filter_map(|view| {
            Some(Event {
                at: view.date_time("at")?,
                event: view.choice("event")?,
                range: view.entry("event")?.value.range,
                by: estate.linked_in(ticket, view, "by").next(),
                level: view.choice("level"),
                reason: view.choice("reason"),
                planned_for: view.date_time("planned_for"),
                note: view.text("note"),
            })
        })
        .collect();
    events.sort_by_key(|event| event.at);
    events
}

/// Minutes by the calendar from the opening until somebody took the ticket; `None` until then.
pub fn minutes_to_respond(zone: &TimeZone, opened: DateTime, events: &[Event<'_>]) -> Option<i64> {
    let taken = events
        .iter()
        .find(|event| matches!(event.event.key.as_str(), "taken" | "assigned"));
    taken.map(|event| minutes_between(zone, opened, event.at))
}

/// Minutes by the calendar during which the ticket was not resolved: a reopened ticket goes on
/// counting. `None` while it is not resolved.
pub fn minutes_to_restore(zone: &TimeZone, opened: DateTime, events: &[Event<'_>]) -> Option<i64> {
    let mut waiting_since = Some(opened);
    let mut minutes = 0;
    for event in events {
        match event.event.key.as_str() {
            "resolved" => {
                if let Some(since) = waiting_since.take() {
                    minutes += minutes_between(zone, since, event.at);
                }
            }
            "reopened" => waiting_since = Some(event.at),
            _ => {}
        }
    }
    waiting_since.is_none().then_some(minutes)
}

/// Minutes of work as written.
pub fn minutes_spent(ticket: &Record) -> i64 {
    let spent = ticket.view().duration("time_spent");
    spent.map_or(0, Duration::minutes_in_all)
}

/// Whole minutes that really passed from one moment to another, the hour of a clock change included.
pub fn minutes_between(zone: &TimeZone, from: DateTime, to: DateTime) -> i64 {
    let passed = match (moment(zone, from), moment(zone, to)) {
        (Some(from), Some(to)) => from.duration_until(to),
        _ => from.duration_until(to),
    };
    passed.as_secs() / 60
}
