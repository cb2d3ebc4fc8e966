//! What the figures need of one ticket, read once: when it waited, who had it, what it is about.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::estate::service_levels::{Clock, Standing, TicketClocks, is_taking};
use crate::estate::tickets::{self, Event, minutes_between};
use crate::estate::{Estate, Record, RecordId};

use super::sample::Measured;

/// One ticket as the figures see it.
#[derive(Debug)]
pub(super) struct Facts {
    pub ticket: RecordId,
    pub opened: DateTime,
    pub is_request: bool,
    /// The rank of its priority: 6 is major, 0 is unknown.
    pub rank: usize,
    pub category: Option<String>,
    pub organisation: Option<RecordId>,
    /// Sorted, each once; so are the next three.
    pub assets: Vec<RecordId>,
    pub models: Vec<RecordId>,
    pub services: Vec<RecordId>,
    pub procedures: Vec<RecordId>,
    /// When it began and ceased to wait, in turns: opened, resolved, reopened, resolved…
    pub turns: Vec<DateTime>,
    pub state: State,
    /// How often it came back after a resolution.
    pub reopenings: usize,
    /// Whether the first person solved it; `None` while it waits.
    pub first_contact: Option<bool>,
    pub to_own: Option<Measured>,
    pub to_resolve: Option<Measured>,
    /// Minutes of work.
    pub spent: i64,
    pub clocks: Option<TicketClocks>,
    /// Whether a problem is named by it or names it.
    pub has_problem: bool,
}

/// Where a ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// It waits.
    Open,
    /// It is over, since the last of its turns.
    Over,
    /// Its status says that it is over, and no event since when.
    Undated,
}

impl Facts {
    pub fn is_open(&self) -> bool {
        self.state == State::Open
    }

    pub fn is_dated(&self) -> bool {
        self.state != State::Undated
    }
}

/// The facts of every ticket opened by the estate's day, by their ids.
pub(super) fn all(estate: &Estate) -> Vec<Facts> {
    let problems = estate.listed("problem");
    let explained: BTreeSet<RecordId> = problems
        .flat_map(|problem| estate.all(problem, "tickets").map(|ticket| ticket.id))
        .collect();
    let tickets = estate.listed("ticket");
    tickets
        .filter_map(|ticket| facts(estate, ticket, &explained))
        .collect()
}

fn facts(estate: &Estate, ticket: &Record, explained: &BTreeSet<RecordId>) -> Option<Facts> {
    let view = ticket.view();
    let opened = view.date_time("opened")?;
    if opened.date() > estate.as_of {
        return None;
    }
    let timeline = tickets::timeline(estate, ticket);
    let events = past(&timeline, estate.as_of);
    let mut turns = turns(opened, events);
    let waits = turns.len() % 2 == 1;
    // A status is that of the last event written; with events still to come, the past ones tell.
    let is_whole = events.len() == timeline.len();
    let status = view.choice("status").filter(|_| is_whole);
    let state = match status.map_or(waits, |_| tickets::is_open(ticket)) {
        true => State::Open,
        false if waits => State::Undated,
        false => State::Over,
    };
    if state == State::Open && !waits {
        turns.pop();
    }
    let is_over = state == State::Over;
    let clocks = estate.service_levels().of(ticket).cloned();
    let clock = |pick: fn(&TicketClocks) -> Option<&Clock>| clocks.as_ref().and_then(pick);
    let zone = &estate.config.time_zone;
    let taken = events.iter().find(|event| is_taking(event));
    let owned = taken.map(|event| minutes_between(zone, opened, event.at).max(0));
    let assets = linked(estate, ticket, "assets");
    let models = assets.iter().filter_map(|asset| {
        let model = estate.first(estate.record(*asset), "model")?;
        Some(model.id)
    });
    let reopenings = turns.len().saturating_sub(1) / 2;
    Some(Facts {
        ticket: ticket.id,
        opened,
        is_request: view
            .choice("type")
            .is_some_and(|kind| kind.key == "request"),
        rank: tickets::rank(tickets::priority(estate, ticket)),
        category: view.text("category").map(str::to_owned),
        organisation: estate.clients().owner(ticket),
        models: sorted(models.collect()),
        services: linked(estate, ticket, "services"),
        procedures: linked(estate, ticket, "procedures"),
        assets,
        state,
        reopenings,
        first_contact: is_over.then(|| reopenings == 0 && in_one_hand(events)),
        to_own: measured(clock(|clocks| clocks.gti.as_ref()), owned),
        to_resolve: measured(
            clock(|clocks| clocks.gtr.as_ref()),
            is_over.then(|| waited(zone, &turns)),
        ),
        turns,
        spent: tickets::minutes_spent(ticket),
        clocks,
        has_problem: estate.first(ticket, "problem").is_some() || explained.contains(&ticket.id),
    })
}

/// The events up to a day's end; they arrive in time order.
fn past<'a, 'b>(timeline: &'b [Event<'a>], day: Date) -> &'b [Event<'a>] {
    let count = timeline.partition_point(|event| event.at.date() <= day);
    &timeline[..count]
}

fn linked(estate: &Estate, ticket: &Record, key: &str) -> Vec<RecordId> {
    sorted(estate.all(ticket, key).map(|record| record.id).collect())
}

fn sorted(mut ids: Vec<RecordId>) -> Vec<RecordId> {
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// When a ticket began to wait, and ceased, and began again.
fn turns(opened: DateTime, events: &[Event<'_>]) -> Vec<DateTime> {
    let mut turns = vec![opened];
    for event in events {
        let waits = turns.len() % 2 == 1;
        let ends = match event.event.key.as_str() {
            "resolved" | "closed" => waits,
            "reopened" => !waits,
            _ => false,
        };
        if ends {
            turns.push(event.at.max(opened));
        }
    }
    turns
}

/// Minutes by the calendar that a ticket waited, pauses included.
fn waited(zone: &TimeZone, turns: &[DateTime]) -> i64 {
    let spans = turns.chunks_exact(2);
    spans
        .map(|span| minutes_between(zone, span[0], span[1]))
        .sum()
}

/// Whether a ticket stayed where it came in: no escalation, one level at most, and one person at
/// most who took, was assigned or resolved it.
fn in_one_hand(events: &[Event<'_>]) -> bool {
    let mut levels = BTreeSet::new();
    let mut hands = BTreeSet::new();
    for event in events {
        levels.extend(event.level.map(|level| level.key.as_str()));
        match event.event.key.as_str() {
            "escalated" => return false,
            "taken" | "assigned" | "resolved" => {
                hands.extend(event.by.map(|person| person.id));
            }
            _ => {}
        }
    }
    levels.len() <= 1 && hands.len() <= 1
}

/// A length in the open time of the promise where its clock ended, else by the calendar.
fn measured(clock: Option<&Clock>, calendar: Option<i64>) -> Option<Measured> {
    let calendar = calendar?;
    let ended = |clock: &&Clock| matches!(clock.standing, Standing::Kept | Standing::Missed(_));
    let used = clock.filter(ended).and_then(|clock| clock.used);
    Some(Measured {
        minutes: used.map_or(calendar, |used| used.as_mins()),
        is_open_time: used.is_some(),
    })
}
