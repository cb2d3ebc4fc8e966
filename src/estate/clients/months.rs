//! A client's month in figures, as the monthly report tells it.
//!
//! A past month ends at its last midnight, the current one with the estate's day. What is promised (GTI,
//! GTR, penalties, time to own) counts in the month a ticket was opened, as contracts count it; what
//! ends (closings, time to restore, satisfaction, time spent) in the month it was closed.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use rust_decimal::{Decimal, RoundingStrategy};

use super::Course;
use crate::estate::service_levels::clock::{Clock, Standing};
use crate::estate::service_levels::months::{Tally, penalty};
use crate::estate::{Estate, Record, tickets};
use crate::project::Duration;

/// One month of a client.
#[derive(Debug, Clone, Copy)]
pub struct Month<'a> {
    /// Whose.
    pub client: &'a Record,
    /// Its first day.
    pub first: Date,
    /// The last day that counts.
    pub last: Date,
    /// Whether days of it are still to come.
    pub is_partial: bool,
}

/// What a month came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    /// Tickets opened.
    pub opened: usize,
    /// Tickets that were open at some time of it, and resolved or closed at its end.
    pub closed: usize,
    /// Tickets opened again in it, whenever they had been closed.
    pub reopened: usize,
    /// Tickets open at its end.
    pub backlog: usize,
    /// Times to intervention.
    pub gti: Tally,
    /// Times to restoration.
    pub gtr: Tally,
    /// What the provider's misses cost, after caps, in euros; `None` when no contract says an amount.
    pub penalties: Option<Decimal>,
    /// Time until somebody took the ticket, of those opened.
    pub to_own: Option<Median>,
    /// Time until it was resolved, of those closed.
    pub to_resolve: Option<Median>,
    /// What users thought, from 1 to 5, of tickets closed.
    pub satisfaction: Option<Mean>,
    /// Time spent on tickets closed.
    pub spent: Duration,
}

/// The middle length by nearest rank: half of the lengths, rounded up, are no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Median {
    /// Whole minutes.
    pub minutes: i64,
    /// Of how many.
    pub of: usize,
    /// How many of these are by the calendar, because no hours of service are known.
    pub by_calendar: usize,
}

/// A mean with one decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mean {
    /// The mean.
    pub mean: Decimal,
    /// Of how many answers.
    pub of: usize,
}

impl<'a> Month<'a> {
    /// The month of a client that begins on a day, as the estate knows it.
    pub fn new(estate: &Estate, client: &'a Record, first: Date) -> Self {
        let end = first.last_of_month();
        Self {
            client,
            first,
            last: end.min(estate.as_of),
            is_partial: end > estate.as_of,
        }
    }

    /// The month before.
    #[must_use]
    pub fn previous(&self, estate: &Estate) -> Self {
        Self::new(estate, self.client, self.first.saturating_sub(1.month()))
    }

    /// The moments between which things are of the month; the second is not.
    pub fn span(&self) -> [DateTime; 2] {
        let next = self.last.saturating_add(1.day());
        [self.first, next].map(|day| day.at(0, 0, 0, 0))
    }

    /// The tickets that were opened in the month, oldest first.
    pub fn opened<'e>(&self, estate: &'e Estate) -> Vec<&'e Record> {
        self.tickets(estate, |course, [from, to]| {
            from <= course.opened && course.opened < to
        })
    }

    /// The tickets that were open at some time of the month, and closed at its end, oldest first.
    pub fn closed<'e>(&self, estate: &'e Estate) -> Vec<&'e Record> {
        self.tickets(estate, was_closed)
    }

    /// The tickets that were open at its end, oldest first.
    pub fn backlog<'e>(&self, estate: &'e Estate) -> Vec<&'e Record> {
        self.tickets(estate, |course, [_, to]| course.is_open(to))
    }

    /// The month in figures.
    pub fn figures(&self, estate: &Estate) -> Figures {
        let (opened, closed) = (self.opened(estate), self.closed(estate));
        let levels = estate.service_levels();
        let mut figures = Figures {
            opened: opened.len(),
            closed: closed.len(),
            reopened: self
                .tickets(estate, |course, [from, to]| course.is_reopened(from, to))
                .len(),
            backlog: self.backlog(estate).len(),
            penalties: self.penalties(estate),
            to_own: median(opened.iter().filter_map(|ticket| to_own(estate, ticket))),
            to_resolve: median(
                closed
                    .iter()
                    .filter_map(|ticket| to_resolve(estate, ticket)),
            ),
            satisfaction: mean(
                closed
                    .iter()
                    .filter_map(|ticket| ticket.view().integer("satisfaction")),
            ),
            ..Figures::default()
        };
        for clocks in opened.iter().filter_map(|ticket| levels.of(ticket)) {
            clocks.gti.iter().for_each(|clock| figures.gti.add(clock));
            clocks.gtr.iter().for_each(|clock| figures.gtr.add(clock));
        }
        for spent in closed
            .iter()
            .filter_map(|ticket| ticket.view().duration("time_spent"))
        {
            // Past a thousand years the sum of mistyped times stays where it is.
            figures.spent = figures.spent.plus(spent).unwrap_or(figures.spent);
        }
        figures
    }

    /// The times to intervention and to restoration of a contract's tickets of the month.
    pub fn tallies(&self, estate: &Estate, contract: &Record) -> [Tally; 2] {
        let [mut gti, mut gtr] = [Tally::default(); 2];
        let [from, to] = self.span();
        for ticket in estate.clients().naming(estate, contract) {
            let clocks = estate.service_levels().of(ticket);
            if let Some(clocks) = clocks.filter(|it| from <= it.opened && it.opened < to) {
                clocks.gti.iter().for_each(|clock| gti.add(clock));
                clocks.gtr.iter().for_each(|clock| gtr.add(clock));
            }
        }
        [gti, gtr]
    }

    /// What the misses of the client's contracts cost. A contract that names a supplier is what others
    /// owe, and no penalty of the provider's.
    fn penalties(&self, estate: &Estate) -> Option<Decimal> {
        let clients = estate.clients();
        let contracts = clients.of_kind(estate, self.client, "contract");
        let own = contracts.filter(|contract| estate.first(contract, "supplier").is_none());
        let due = own.filter_map(|contract| {
            let [gti, gtr] = self.tallies(estate, contract);
            Some(penalty(contract.view(), gti.missed, gtr.missed)?.due())
        });
        due.fold(None, |sum, due| {
            Some(sum.unwrap_or_default().saturating_add(due))
        })
    }

    fn tickets<'e>(
        &self,
        estate: &'e Estate,
        is_wanted: impl Fn(&Course, [DateTime; 2]) -> bool,
    ) -> Vec<&'e Record> {
        let span = self.span();
        let all = estate.clients().courses(self.client).iter();
        let mut wanted: Vec<&Course> = all.filter(|course| is_wanted(course, span)).collect();
        wanted.sort_by_key(|course| (course.opened, course.ticket));
        wanted
            .iter()
            .map(|course| estate.record(course.ticket))
            .collect()
    }
}

fn was_closed(course: &Course, [from, to]: [DateTime; 2]) -> bool {
    let is_begun = from <= course.opened && course.opened < to;
    let was_open = course.is_open(from) || is_begun || course.is_reopened(from, to);
    was_open && !course.is_open(to)
}

/// A length in minutes, and whether it is by the calendar.
type Length = (i64, bool);

fn to_own(estate: &Estate, ticket: &Record) -> Option<Length> {
    let clocks = estate.service_levels().of(ticket)?;
    let by_hours = clocks.gti.as_ref().and_then(ended);
    by_hours.or_else(|| {
        let events = past_events(estate, ticket);
        let zone = &estate.config.time_zone;
        let minutes = tickets::minutes_to_respond(zone, clocks.opened, &events);
        Some((minutes?, true))
    })
}

fn to_resolve(estate: &Estate, ticket: &Record) -> Option<Length> {
    let clocks = estate.service_levels().of(ticket)?;
    let by_hours = clocks.gtr.as_ref().and_then(ended);
    by_hours.or_else(|| {
        let events = past_events(estate, ticket);
        let zone = &estate.config.time_zone;
        let minutes = tickets::minutes_to_restore(zone, clocks.opened, &events);
        Some((minutes?, true))
    })
}

/// The events of a ticket up to the end of the estate's day.
pub fn past_events<'a>(estate: &'a Estate, ticket: &'a Record) -> Vec<tickets::Event<'a>> {
    let tomorrow = estate.as_of.saturating_add(1.day()).at(0, 0, 0, 0);
    let mut events = tickets::timeline(estate, ticket);
    events.retain(|event| event.at < tomorrow);
    events
}

/// The open time of a clock that has ended.
fn ended(clock: &Clock) -> Option<Length> {
    let is_over = matches!(clock.standing, Standing::Kept | Standing::Missed(_));
    let used = clock.used.filter(|_| is_over)?;
    Some((used.as_mins(), false))
}

fn median(lengths: impl Iterator<Item = Length>) -> Option<Median> {
    let mut lengths: Vec<Length> = lengths.collect();
    lengths.sort_unstable();
    let middle = lengths.len().checked_sub(1)? / 2;
    Some(Median {
        minutes: lengths[middle].0,
        of: lengths.len(),
        by_calendar: lengths
            .iter()
            .filter(|(_, by_calendar)| *by_calendar)
            .count(),
    })
}

fn mean(marks: impl Iterator<Item = i64>) -> Option<Mean> {
    let marks: Vec<i64> = marks.filter(|mark| (1..=5).contains(mark)).collect();
    let sum = Decimal::from(marks.iter().sum::<i64>());
    let mean = sum.checked_div(Decimal::from(marks.len()))?;
    Some(Mean {
        mean: mean.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero),
        of: marks.len(),
    })
}
