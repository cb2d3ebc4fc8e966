//! The flow as it really ran: over some tickets or changes of a workflow, how often each transition was
//! taken, how long they stayed in each state, what looped, and which promises were missed.
//!
//! Percentiles are by nearest rank: the smallest length that at least so many per cent of all lengths
//! do not exceed, so always one that really happened. Only stays that ended count.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};

use crate::estate::journeys::{Journey, Unit};
use crate::estate::service_levels::months::Tally;
use crate::estate::workflows::Workflow;
use crate::estate::{Estate, Record, RecordId};

/// Which tickets and changes count, by the day they were opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// Twelve months, the estate's day being the last day.
    LastYear,
    /// The calendar month that begins on this day.
    Month(Date),
    /// All there are.
    All,
}

/// By what the figures are split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Who it was for, by the rule of [`Estate::clients`]: its organisation, its place's, its contract's.
    Client,
    /// Where.
    Site,
    /// The category, as written.
    Category,
    /// The level that has it, or had it last.
    Level,
}

/// The part of a cut that a ticket belongs to; `None` within says that it does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part<'a> {
    /// A client or a site.
    Record(RecordId),
    /// A category.
    Text(&'a str),
    /// A level, as its place among the workflow's.
    Level(usize),
    /// It does not tell.
    Untold,
}

/// How a flow ran.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AsRan {
    /// Tickets or changes.
    pub count: usize,
    /// One per transition of the workflow.
    pub ways: Vec<Passage>,
    /// Moves for which the workflow has no transition.
    pub astray: usize,
    /// One per state of the workflow.
    pub states: Vec<Lengths>,
    /// How many came back from a state that ends the work.
    pub reopened: usize,
    /// How many came back to a level that had handed them on.
    pub bounced: usize,
    /// Times to intervention.
    pub gti: Tally,
    /// Times to restoration.
    pub gtr: Tally,
    /// How many are counted by the calendar, for lack of hours.
    pub by_calendar: usize,
}

/// How often a transition was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Passage {
    /// Times in all.
    pub times: usize,
    /// How many tickets took it to meet a promise that they missed.
    pub late: usize,
}

/// How long the stays in a state were, in the unit of each ticket.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lengths {
    /// Those that ended, sorted.
    pub ended: Vec<SignedDuration>,
    /// How many tickets are there now.
    pub present: usize,
}

impl Lengths {
    /// A percentile by nearest rank; `None` while no stay ended.
    pub fn percentile(&self, per_cent: usize) -> Option<SignedDuration> {
        let rank = (self.ended.len() * per_cent).div_ceil(100).max(1);
        self.ended.get(rank - 1).copied()
    }

    /// Half of the stays are not longer.
    pub fn median(&self) -> Option<SignedDuration> {
        self.percentile(50)
    }
}

impl Period {
    /// Whether a day lies in the period.
    pub fn holds(self, day: Date, as_of: Date) -> bool {
        match self {
            Self::LastYear => day <= as_of && day > as_of.saturating_sub(12.months()),
            Self::Month(first) => day.first_of_month() == first,
            Self::All => true,
        }
    }
}

/// Those who went through a workflow in a period, by their ids.
pub fn within(estate: &Estate, workflow: RecordId, period: Period) -> Vec<(&Record, &Journey)> {
    let all = estate.journeys().through(workflow);
    all.filter(|(_, journey)| period.holds(journey.opened.date(), estate.as_of))
        .map(|(id, journey)| (estate.record(id), journey))
        .collect()
}

/// The months in which tickets or changes of a workflow were opened, newest first.
pub fn months(estate: &Estate, workflow: RecordId) -> Vec<Date> {
    let all = estate.journeys().through(workflow);
    let mut months: Vec<Date> = all
        .map(|(_, journey)| journey.opened.date().first_of_month())
        .collect();
    months.sort_unstable();
    months.dedup();
    months.reverse();
    months
}

/// How the flow ran for some tickets or changes of a workflow.
pub fn as_ran(estate: &Estate, workflow: &Workflow<'_>, chosen: &[(&Record, &Journey)]) -> AsRan {
    let mut ran = AsRan {
        count: chosen.len(),
        ways: vec![Passage::default(); workflow.transitions.len()],
        states: vec![Lengths::default(); workflow.states.len()],
        ..AsRan::default()
    };
    for (record, journey) in chosen {
        ran.add(workflow, journey);
        let Some(clocks) = estate.service_levels().of(record) else {
            continue;
        };
        let promises = [("gti", &clocks.gti), ("gtr", &clocks.gtr)];
        for (key, clock) in promises {
            let Some(clock) = clock else { continue };
            if key == "gti" {
                ran.gti.add(clock);
            } else {
                ran.gtr.add(clock);
            }
            if clock.standing.is_missed() {
                ran.mark_late(workflow, journey, key);
            }
        }
    }
    for lengths in &mut ran.states {
        lengths.ended.sort_unstable();
    }
    ran
}

impl AsRan {
    fn add(&mut self, workflow: &Workflow<'_>, journey: &Journey) {
        for step in &journey.walk.steps {
            match step.way {
                Some(way) => self.ways[way].times += 1,
                None if step.from != step.to => self.astray += 1,
                None => {}
            }
        }
        for stay in &journey.stays {
            if stay.to.is_some() {
                self.states[stay.state].ended.push(stay.length);
            }
        }
        if let Some(current) = journey.walk.current {
            self.states[current].present += 1;
        }
        self.reopened += usize::from(journey.reopened(workflow) > 0);
        self.bounced += usize::from(journey.bounced() > 0);
        self.by_calendar += usize::from(journey.unit == Unit::Calendar);
    }

    /// Marks the transition by which a ticket met a promise too late: for GTI the first one it took
    /// that keeps one, for GTR the last.
    fn mark_late(&mut self, workflow: &Workflow<'_>, journey: &Journey, promise: &str) {
        let keeps = |way: &usize| {
            let choice = workflow.transitions[*way].view.choice("promise");
            choice.is_some_and(|choice| choice.key == promise)
        };
        let mut taken = journey.walk.steps.iter().filter_map(|step| step.way);
        let late = if promise == "gti" {
            taken.find(keeps)
        } else {
            taken.rfind(keeps)
        };
        if let Some(way) = late {
            self.ways[way].late += 1;
        }
    }
}

/// Tickets or changes by the parts of a cut, the part with most of them first.
pub fn parts<'a>(
    estate: &'a Estate,
    workflow: &Workflow<'_>,
    chosen: &[(&'a Record, &'a Journey)],
    cut: Cut,
) -> Vec<(Part<'a>, Vec<(&'a Record, &'a Journey)>)> {
    let mut parts: BTreeMap<Part<'a>, Vec<(&Record, &Journey)>> = BTreeMap::new();
    for (record, journey) in chosen {
        let part = part(estate, workflow, (record, journey), cut);
        parts.entry(part).or_default().push((record, journey));
    }
    let mut parts: Vec<_> = parts.into_iter().collect();
    if cut != Cut::Level {
        parts.sort_by_key(|(_, members)| std::cmp::Reverse(members.len()));
    }
    parts
}

fn part<'a>(
    estate: &'a Estate,
    workflow: &Workflow<'_>,
    (record, journey): (&'a Record, &'a Journey),
    cut: Cut,
) -> Part<'a> {
    let view = record.view();
    let linked = |key: &str| estate.first(record, key).map(|found| found.id);
    let part = match cut {
        Cut::Client => estate.clients().owner(record).map(Part::Record),
        Cut::Site => linked("site").map(Part::Record),
        Cut::Category => view.text("category").map(Part::Text),
        Cut::Level => {
            let written = view.choice("level");
            let written = written.and_then(|level| workflow.level(&level.key));
            let last = journey.levels.last().copied();
            written.or(last).map(Part::Level)
        }
    };
    part.unwrap_or(Part::Untold)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_by_nearest_rank() {
        let lengths = |minutes: &[i64]| Lengths {
            ended: minutes
                .iter()
                .map(|length| SignedDuration::from_mins(*length))
                .collect(),
            present: 0,
        };
        let minutes = |length: Option<SignedDuration>| length.map(|length| length.as_mins());
        assert_eq!(lengths(&[]).median(), None);
        assert_eq!(minutes(lengths(&[7]).median()), Some(7));
        assert_eq!(minutes(lengths(&[7]).percentile(90)), Some(7));
        // The example of the nearest-rank method: 15, 20, 35, 40, 50.
        let five = lengths(&[15, 20, 35, 40, 50]);
        assert_eq!(minutes(five.percentile(30)), Some(20));
        assert_eq!(minutes(five.percentile(40)), Some(20));
        assert_eq!(minutes(five.median()), Some(35));
        assert_eq!(minutes(five.percentile(100)), Some(50));
        let ten = lengths(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        assert_eq!(minutes(ten.median()), Some(5));
        assert_eq!(minutes(ten.percentile(90)), Some(9));
    }

    #[test]
    fn the_last_twelve_months_end_on_the_day() {
        let as_of = Date::constant(2026, 11, 20);
        let holds =
            |year, month, day| Period::LastYear.holds(Date::constant(year, month, day), as_of);
        assert!(holds(2026, 11, 20) && holds(2025, 11, 21));
        assert!(!holds(2025, 11, 20) && !holds(2026, 11, 21));
    }
}
