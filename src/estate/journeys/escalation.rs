//! Levels: which ones held a ticket, and whether the last one should have handed it on.
//!
//! A workflow says it by `levels[].escalate_after`, counted as GTI and GTR are: in open hours from the
//! arrival at the level, without the time in states whose clock is paused or stopped.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::Stay;
use crate::estate::Record;
use crate::estate::service_hours::{Calendar, Promise, moment};
use crate::estate::service_levels::Standing;
use crate::estate::service_levels::clock::{End, Life, measure};
use crate::estate::tickets::Event;
use crate::estate::workflows::{Mode, Walk, Workflow};
use crate::source::TextRange;

/// A level that should have handed a ticket on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overdue {
    /// Place among the workflow's levels.
    pub level: usize,
    /// The open time over what the workflow allows.
    pub by: SignedDuration,
    /// The event that brought the ticket to the level.
    pub range: TextRange,
}

/// Who holds a ticket.
pub(super) struct Holding<'a> {
    /// Its workflow.
    pub workflow: &'a Workflow<'a>,
    /// What has happened, in time order.
    pub events: &'a [Event<'a>],
    /// The states it stayed in.
    pub stays: &'a [Stay],
    /// Its way.
    pub walk: &'a Walk,
    /// The desk's zone.
    pub zone: &'a TimeZone,
    /// The end of the estate's day.
    pub now: Timestamp,
}

impl Holding<'_> {
    /// The level that each event brought the ticket to, those that change nothing left out.
    fn arrivals(&self) -> Vec<(usize, &Event<'_>)> {
        let mut arrivals: Vec<(usize, &Event<'_>)> = Vec::new();
        for event in self.events {
            let named = event
                .level
                .and_then(|level| self.workflow.level(&level.key));
            if let Some(level) = named
                && arrivals.last().is_none_or(|(last, _)| *last != level)
            {
                arrivals.push((level, event));
            }
        }
        arrivals
    }

    /// The levels that held the ticket, in time order.
    pub(super) fn levels(&self) -> Vec<usize> {
        let arrivals = self.arrivals();
        arrivals.iter().map(|(level, _)| *level).collect()
    }

    /// Whether the last thing done was to fix a time that has not passed, or that nobody wrote.
    fn is_planned(&self) -> bool {
        let says_more = |event: &&Event<'_>| !["comment", "feedback"].contains(&&*event.event.key);
        let last = self.events.iter().rev().find(says_more);
        last.is_some_and(|event| {
            let time = event.planned_for.and_then(|at| moment(self.zone, at));
            event.event.key == "planned" && time.is_none_or(|time| time >= self.now)
        })
    }

    /// Whether the last level should have handed the ticket on. Nothing is asked of it while the clock
    /// is paused or stopped, nor before the moment for which somebody planned to act. Silent where the ticket's own words
    /// (`status`, `level`) contradict its events: nobody can say since when.
    pub(super) fn overdue(&self, ticket: &Record, calendar: &Calendar) -> Option<Overdue> {
        let (level, event) = self.arrivals().pop()?;
        let allowed = self.workflow.levels[level].duration("escalate_after")?;
        let written = ticket.view().choice("level");
        if written.is_some_and(|written| self.workflow.level(&written.key) != Some(level)) {
            return None;
        }
        let last = self.stays.last()?;
        if self.walk.current != Some(last.state) || self.workflow.mode(last.state) != Mode::Running
        {
            return None;
        }
        if self.is_planned() {
            return None;
        }
        let opened = moment(self.zone, event.at)?;
        let pause = |stay: &Stay| {
            let from = moment(self.zone, stay.from)?.max(opened);
            let to = moment(self.zone, stay.to?)?;
            let waits = self.workflow.mode(stay.state) != Mode::Running;
            (waits && from < to).then_some([from, to])
        };
        let life = Life {
            opened,
            pauses: self.stays.iter().filter_map(pause).collect(),
            end: End::Running(self.now),
        };
        let promise = Promise {
            length: allowed,
            end_of_day: false,
        };
        let Standing::Late(by) = measure(calendar, promise, &life)?.standing else {
            return None;
        };
        Some(Overdue {
            level,
            by,
            range: event.range,
        })
    }
}
