//! From the events of one ticket or change to the states it stayed in, each with its length in the
//! open hours of its contract, else of its workflow, else by the calendar.

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};

use super::{Journey, Stay, Unit, escalation};
use crate::estate::service_hours::{Calendar, moment};
use crate::estate::service_levels::{Clock, now, terms};
use crate::estate::tickets::Event;
use crate::estate::workflows::{Walk, Workflow, walk};
use crate::estate::{Estate, Record, tickets};

/// Reads one record after the other; calendars are shared.
pub(super) struct Reader<'a> {
    estate: &'a Estate,
    terms: terms::Reader<'a>,
    now: Timestamp,
}

impl<'a> Reader<'a> {
    /// For the records of an estate.
    pub(super) fn new(estate: &'a Estate) -> Self {
        Self {
            estate,
            terms: terms::Reader::new(estate),
            now: now(estate),
        }
    }

    /// The way of a record through a workflow; `None` before it begins.
    pub(super) fn journey(
        &mut self,
        record: &'a Record,
        workflow: &Workflow<'a>,
    ) -> Option<Journey> {
        let zone = &self.estate.config.time_zone;
        let all = tickets::timeline(self.estate, record);
        let opened = record
            .view()
            .date_time("opened")
            .or_else(|| Some(all.first()?.at))
            .or_else(|| Some(record.view().date("opened")?.at(0, 0, 0, 0)))?;
        let has_happened = |at: DateTime| moment(zone, at).is_some_and(|at| at <= self.now);
        if !has_happened(opened) {
            return None;
        }
        let walk = walk(workflow, record.view().choice("status"), &all);
        let past = all.partition_point(|event| has_happened(event.at));
        let calendar = self.terms.calendar_of(record, Some(workflow.record)).ok();
        let length = |from: DateTime, to: DateTime| {
            let (from, to) = (moment(zone, from)?, moment(zone, to)?);
            Some(elapsed(calendar.as_deref(), from, to.min(self.now)))
        };
        let end = zone.to_datetime(self.now);
        let stays = stays(&walk, &all[..past], opened, |from, to| {
            length(from, to.unwrap_or(end)).unwrap_or_default()
        });
        let holding = escalation::Holding {
            workflow,
            events: &all[..past],
            stays: &stays,
            walk: &walk,
            zone,
            now: self.now,
        };
        let overdue = calendar
            .as_deref()
            .filter(|_| past == all.len())
            .and_then(|calendar| holding.overdue(record, calendar));
        let clocks = self.estate.service_levels().of(record);
        let due = |clock: &Option<Clock>| {
            let due = moment(zone, clock.as_ref()?.due?)?;
            Some(elapsed(calendar.as_deref(), moment(zone, opened)?, due))
        };
        Some(Journey {
            due: clocks.map_or([None; 2], |clocks| [due(&clocks.gti), due(&clocks.gtr)]),
            workflow: workflow.record.id,
            opened,
            levels: holding.levels(),
            unit: calendar.map_or(Unit::Calendar, |_| Unit::OpenHours),
            stays,
            walk,
            overdue,
        })
    }
}

/// Time between two moments: open time where hours are known.
fn elapsed(calendar: Option<&Calendar>, from: Timestamp, to: Timestamp) -> SignedDuration {
    match calendar {
        Some(calendar) => calendar.open_between(from, to),
        None => from.duration_until(to.max(from)),
    }
}

/// The states one after the other, from the opening on.
fn stays(
    walk: &Walk,
    events: &[Event<'_>],
    opened: DateTime,
    length: impl Fn(DateTime, Option<DateTime>) -> SignedDuration,
) -> Vec<Stay> {
    let moves = walk.steps.iter().filter(|step| step.from != step.to);
    let moves: Vec<_> = moves
        .filter_map(|step| Some((step, events.get(step.event)?.at.max(opened))))
        .collect();
    let first = moves.first().map(|(step, _)| step.from).or(walk.current);
    let Some(first) = first.filter(|_| !events.is_empty()) else {
        return Vec::new();
    };
    let entries = std::iter::once((first, opened));
    let entries: Vec<(usize, DateTime)> = entries
        .chain(moves.iter().map(|(step, at)| (step.to, *at)))
        .collect();
    let mut end = SignedDuration::ZERO;
    let stay = |(place, (state, from)): (usize, &(usize, DateTime))| {
        let to = entries.get(place + 1).map(|(_, at)| *at);
        let length = length(*from, to);
        end += length;
        Stay {
            state: *state,
            from: *from,
            to,
            length,
            end,
        }
    };
    entries.iter().enumerate().map(stay).collect()
}
