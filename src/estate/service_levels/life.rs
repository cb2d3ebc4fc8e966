//! From a ticket's events to what its clocks lived through: when they ran, paused and ended.
//!
//! A state's own `clock:` says whether time counts in it; without one, its phase does: pending
//! pauses, resolved and closed stop. A reopened ticket goes on from where it had stopped.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::clock::{End, Life};
use crate::estate::service_hours::moment;
use crate::estate::tickets::Event;
use crate::estate::workflows::{Mode, Workflow, mode, state_after};

/// Events by which a person shows that the ticket is in hand. A hold is none: it only pauses.
const TAKEN: [&str; 7] = [
    "taken",
    "assigned",
    "escalated",
    "planned",
    "resumed",
    "resolved",
    "closed",
];

/// Whether somebody shows by an event that the ticket is in hand.
pub(in crate::estate) fn is_taking(event: &Event<'_>) -> bool {
    TAKEN.contains(&event.event.key.as_str())
}

/// A ticket as its events tell it.
pub(super) struct Story<'a> {
    /// The desk's zone, by which events are written.
    pub zone: &'a TimeZone,
    /// When it was opened.
    pub opened: Timestamp,
    /// The moment that clocks run to; what comes later has not happened.
    pub now: Timestamp,
    /// What happened, in time order.
    pub events: &'a [Event<'a>],
    /// Its workflow.
    pub workflow: Option<&'a Workflow<'a>>,
    /// Its status as written.
    pub status: Option<&'a str>,
}

/// Lays pauses one after the other.
struct Track {
    mode: Mode,
    since: Timestamp,
    pauses: Vec<[Timestamp; 2]>,
}

impl Story<'_> {
    /// From the opening until somebody took the ticket.
    pub(super) fn to_intervention(&self) -> Life {
        let mut track = Track::new(self.opened);
        for (at, event) in self.past() {
            if is_taking(event) {
                return track.life(self.opened, End::Reached(at));
            }
            if let Some(mode) = self.mode_after(event) {
                track.turn(mode, at);
            }
        }
        let is_new = |status: &str| self.mode(status) != Mode::Stopped && status == "new";
        let end = match self.status {
            Some(status) if track.mode == Mode::Running && !is_new(status) && self.is_whole() => {
                End::Undated
            }
            _ => track.end(self.now),
        };
        track.life(self.opened, end)
    }

    /// From the opening until the last resolution.
    pub(super) fn to_restoration(&self) -> Life {
        let mut track = Track::new(self.opened);
        for (at, event) in self.past() {
            if let Some(mode) = self.mode_after(event) {
                track.turn(mode, at);
            }
        }
        let agrees = |status: &str| self.mode(status) == track.mode;
        let end = if self.is_whole() && !self.status.is_none_or(agrees) {
            End::Undated
        } else {
            track.end(self.now)
        };
        track.life(self.opened, end)
    }

    /// The events that have happened, none before the opening.
    fn past(&self) -> impl Iterator<Item = (Timestamp, &Event<'_>)> {
        self.events.iter().filter_map(|event| {
            let at = moment(self.zone, event.at)?;
            (at <= self.now).then_some((at.max(self.opened), event))
        })
    }

    /// Whether every event has happened, so that the status must agree with them.
    fn is_whole(&self) -> bool {
        self.past().count() == self.events.len()
    }

    fn mode_after(&self, event: &Event<'_>) -> Option<Mode> {
        state_after(&event.event.key).map(|state| self.mode(state))
    }

    fn mode(&self, state: &str) -> Mode {
        mode(self.workflow, state)
    }
}

impl Track {
    fn new(opened: Timestamp) -> Self {
        Self {
            mode: Mode::Running,
            since: opened,
            pauses: Vec::new(),
        }
    }

    fn turn(&mut self, mode: Mode, at: Timestamp) {
        if mode == self.mode {
            return;
        }
        if self.mode != Mode::Running {
            self.pauses.push([self.since, at]);
        }
        self.mode = mode;
        self.since = at;
    }

    fn end(&self, now: Timestamp) -> End {
        match self.mode {
            Mode::Running => End::Running(now),
            Mode::Stopped => End::Reached(self.since),
            Mode::Paused => End::Paused {
                since: self.since,
                now,
            },
        }
    }

    fn life(self, opened: Timestamp, end: End) -> Life {
        let mut pauses = self.pauses;
        if let (End::Reached(at), Mode::Paused) = (end, self.mode) {
            pauses.push([self.since, at]);
        }
        Life {
            opened,
            pauses,
            end,
        }
    }
}
