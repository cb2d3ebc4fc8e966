//! Tickets: their phase, their priority, and what happened to them.

use jiff::civil::DateTime;

use crate::estate::{Estate, Record};
use crate::schema::Choice;
use crate::source::TextRange;

/// GLPI's default matrix: rows by urgency, columns by impact, both from very low to very high.
/// Source: `priority_matrix` of GLPI's initial settings (`install/empty_data.php`).
const PRIORITY: [[usize; 5]; 5] = [
    [1, 1, 2, 2, 2],
    [1, 2, 2, 3, 3],
    [2, 2, 3, 4, 4],
    [2, 3, 4, 4, 5],
    [2, 3, 4, 5, 5],
];

/// Five steps, as the enumerations of urgency, impact and priority name them.
const STEPS: [&str; 5] = ["very-low", "low", "medium", "high", "very-high"];

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

/// The priority: as written, else by urgency and impact; `None` when neither is known.
pub fn priority(record: &Record) -> Option<&Choice> {
    let view = record.view();
    if let Some(written) = view.choice("priority") {
        return Some(written);
    }
    let step = |key: &str| {
        let choice = view.choice(key)?;
        STEPS.iter().position(|step| *step == choice.key)
    };
    let computed = PRIORITY[step("urgency")?][step("impact")?];
    let (_, field) = record.kind().field("priority")?;
    field
        .choices()
        .iter()
        .find(|choice| choice.key == STEPS[computed - 1])
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
                note: view.text("note"),
            })
        })
        .collect();
    events.sort_by_key(|event| event.at);
    events
}

/// Minutes by the calendar from the opening until somebody took the ticket; `None` until then.
pub fn minutes_to_respond(opened: DateTime, events: &[Event<'_>]) -> Option<i64> {
    let taken = events
        .iter()
        .find(|event| matches!(event.event.key.as_str(), "taken" | "assigned"));
    taken.map(|event| minutes_between(opened, event.at))
}

/// Minutes by the calendar during which the ticket was not resolved: a reopened ticket goes on
/// counting. `None` while it is not resolved.
pub fn minutes_to_restore(opened: DateTime, events: &[Event<'_>]) -> Option<i64> {
    let mut waiting_since = Some(opened);
    let mut minutes = 0;
    for event in events {
        match event.event.key.as_str() {
            "resolved" => {
                if let Some(since) = waiting_since.take() {
                    minutes += minutes_between(since, event.at);
                }
            }
            "reopened" => waiting_since = Some(event.at),
            _ => {}
        }
    }
    waiting_since.is_none().then_some(minutes)
}

/// Whole minutes from one moment to another.
pub fn minutes_between(from: DateTime, to: DateTime) -> i64 {
    from.duration_until(to).as_secs() / 60
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_matrix_is_symmetric() {
        for (urgency, row) in PRIORITY.iter().enumerate() {
            for (impact, priority) in row.iter().enumerate() {
                assert_eq!(*priority, PRIORITY[impact][urgency]);
            }
        }
    }
}
