//! How long a ticket or change stayed in each state: a bar with the due times, and the same as a table.

use jiff::SignedDuration;

use super::service_levels::{badge, open_time};
use super::workflow::phase;
use crate::estate::Record;
use crate::estate::journeys::{Journey, Unit};
use crate::estate::service_levels::Clock;
use crate::estate::workflows::Workflow;
use crate::site::context::{Html, Table, TimeInStates, Value};
use crate::site::diagrams::flow::Phase;
use crate::site::diagrams::time_bar::{Mark, State, Stay, TimeBar, time_bar};
use crate::site::page::Page;

/// The stays of a record that went through a workflow; `None` without events.
pub(super) fn time_in_states(
    page: &Page<'_>,
    record: &Record,
    workflow: &Workflow<'_>,
) -> Option<TimeInStates> {
    let journey = page.estate().journeys().of(record.id)?;
    if journey.stays.is_empty() {
        return None;
    }
    let dues = dues(page, record, journey);
    let picture = bar(page, (record, journey), workflow, &dues);
    Some(TimeInStates {
        bar: time_bar(&picture).map(Html),
        table: table(page, journey, workflow, &dues),
        unit: page.word(unit(journey.unit)),
    })
}

/// The label of what lengths count.
pub(super) fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::OpenHours => "counted-open",
        Unit::Calendar => "counted-calendar",
    }
}

/// A promise: its name, its clock, and how far from the opening it falls due.
struct Due<'a> {
    name: String,
    clock: &'a Clock,
    at: SignedDuration,
}

fn dues<'a>(page: &Page<'a>, record: &Record, journey: &Journey) -> Vec<Due<'a>> {
    let Some(clocks) = page.estate().service_levels().of(record) else {
        return Vec::new();
    };
    let named = [("gti", &clocks.gti), ("gtr", &clocks.gtr)];
    let due = |((key, clock), at): ((&str, &'a Option<Clock>), &Option<SignedDuration>)| {
        Some(Due {
            name: page.word(key),
            clock: clock.as_ref()?,
            at: (*at)?,
        })
    };
    named
        .into_iter()
        .zip(&journey.due)
        .filter_map(due)
        .collect()
}

fn bar(
    page: &Page<'_>,
    (record, journey): (&Record, &Journey),
    workflow: &Workflow<'_>,
    dues: &[Due<'_>],
) -> TimeBar {
    let phases: Vec<Phase> = workflow.states.iter().map(|state| phase(*state)).collect();
    let over = |place: usize| matches!(phases[place], Phase::Resolved | Phase::Closed);
    // What follows the last work is no work: a ticket that waits a week to be closed is not a long one.
    let worked = journey.stays.iter().rposition(|stay| !over(stay.state));
    let shown = &journey.stays[..worked.map_or(0, |last| last + 1)];
    let mut places: Vec<usize> = shown.iter().map(|stay| stay.state).collect();
    places.sort_unstable();
    places.dedup();
    let state = |place: &usize| {
        let lengths = shown.iter().filter(|stay| stay.state == *place);
        let total: SignedDuration = lengths.map(|stay| stay.length).sum();
        let name = page.set(workflow.state_name(*place));
        let total = open_time(total, page.language);
        State {
            text: format!("{name} — {total}"),
            phase: phases[*place],
        }
    };
    let states: Vec<State> = places.iter().map(state).collect();
    let texts: Vec<&str> = states.iter().map(|state| state.text.as_str()).collect();
    let mark = |due: &Due<'_>| Mark {
        at: due.at.as_mins(),
        text: match due.clock.due {
            Some(at) => format!("{} — {}", due.name, page.date_time(at).text),
            None => due.name.clone(),
        },
        missed: due.clock.standing.is_missed(),
    };
    let marks: Vec<Mark> = dues.iter().map(mark).collect();
    let marked = marks.iter().map(|mark| mark.text.as_str());
    let description: Vec<&str> = texts.iter().copied().chain(marked).collect();
    TimeBar {
        id_prefix: "time".to_owned(),
        title: page.set(&format!(
            "{} — {}",
            page.word("time-in-states"),
            record.title
        )),
        description: description.join(" ; "),
        stays: shown
            .iter()
            .map(|stay| Stay {
                state: places.binary_search(&stay.state).unwrap_or(0),
                end: stay.end.as_mins(),
            })
            .collect(),
        states,
        marks,
    }
}

fn table(page: &Page<'_>, journey: &Journey, workflow: &Workflow<'_>, dues: &[Due<'_>]) -> Table {
    let moment = |at| Value::date(page.date_time(at));
    let length = |length: SignedDuration| {
        Value::number(
            open_time(length, page.language),
            length.as_mins().to_string(),
        )
    };
    let mut rows: Vec<Vec<Value>> = journey
        .stays
        .iter()
        .map(|stay| {
            vec![
                Value::text(workflow.state_name(stay.state)),
                // How long it has been closed says nothing.
                if stay.to.is_none() && phase(workflow.states[stay.state]) == Phase::Closed {
                    Value::Empty
                } else {
                    length(stay.length)
                },
                moment(stay.from),
                stay.to
                    .map_or_else(|| Value::text(page.word("still-there")), moment),
            ]
        })
        .collect();
    rows.extend(dues.iter().map(|due| {
        vec![
            Value::text(format!("{} {}", page.word("due-time"), due.name)),
            // How far from the opening it falls due is no length of a stay; the bar shows it.
            Value::Empty,
            due.clock.due.map_or(Value::Empty, moment),
            Value::Badge {
                badge: badge(page, due.clock.standing),
            },
        ]
    }));
    let columns = ["stay-state", "stay-length", "stay-entered", "stay-left"];
    Table {
        caption: Some(page.word("time-in-states")),
        columns: columns.map(|key| page.word(key)).to_vec(),
        rows,
    }
}
