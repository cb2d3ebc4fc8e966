//! GTI and GTR: what was promised for a ticket, when it falls due, and whether it was kept.
//!
//! `terms` finds the promise and its hours, `life` what ran and what paused, `clock` measures,
//! `months` counts by contract. Computed once an estate, on its day; see [`Estate::service_levels`].

pub mod clock;
mod life;
pub mod months;
pub mod terms;

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, ToSpan};

use crate::estate::service_hours::moment;
use crate::estate::workflows::{Workflow, Workflows};
use crate::estate::{Estate, Record, RecordId, tickets};

pub use clock::{Clock, Standing, Unknown};
pub(in crate::estate) use life::is_taking;

/// The clocks of every ticket.
#[derive(Debug, Default)]
pub struct ServiceLevels {
    tickets: BTreeMap<RecordId, TicketClocks>,
}

/// The clocks of one ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketClocks {
    /// The contract that it names.
    pub contract: Option<RecordId>,
    /// When it was opened, by the desk's clocks.
    pub opened: DateTime,
    /// Time to intervention; `None` when nobody promised any.
    pub gti: Option<Clock>,
    /// Time to restoration; `None` when nobody promised any.
    pub gtr: Option<Clock>,
}

impl TicketClocks {
    /// Whether a promise is over while the ticket still waits for it.
    pub fn is_late(&self) -> bool {
        self.clocks().any(|clock| clock.standing.is_late())
    }

    /// Whether a promise was missed, or is over already.
    pub fn is_missed(&self) -> bool {
        self.clocks().any(|clock| clock.standing.is_missed())
    }

    /// The promises made, GTI first.
    pub fn clocks(&self) -> impl Iterator<Item = &Clock> {
        self.gti.iter().chain(&self.gtr)
    }
}

impl ServiceLevels {
    /// Reads the clocks of every ticket that was opened by the estate's day.
    pub fn new(estate: &Estate) -> Self {
        let mut terms = terms::Reader::new(estate);
        let workflows = Workflows::new(estate);
        let now = now(estate);
        let tickets = estate
            .listed("ticket")
            .filter_map(|ticket| {
                let workflow = workflows.of(ticket);
                let clocks = ticket_clocks((estate, ticket), workflow, &mut terms, now)?;
                Some((ticket.id, clocks))
            })
            .collect();
        Self { tickets }
    }

    /// The clocks of a ticket; `None` when it says no opening, or one in the future.
    pub fn of(&self, ticket: &Record) -> Option<&TicketClocks> {
        self.tickets.get(&ticket.id)
    }

    /// The clocks of all tickets, by their ids.
    pub fn all(&self) -> impl Iterator<Item = (RecordId, &TicketClocks)> {
        self.tickets.iter().map(|(id, clocks)| (*id, clocks))
    }
}

impl Estate {
    /// GTI and GTR of all tickets, read when they are first asked for.
    pub fn service_levels(&self) -> &ServiceLevels {
        self.service_levels.get_or_init(|| ServiceLevels::new(self))
    }
}

/// The moment that clocks run to: the end of the estate's day, because a day has no hour.
pub(super) fn now(estate: &Estate) -> Timestamp {
    let tomorrow = estate.as_of.saturating_add(1.day());
    moment(&estate.config.time_zone, tomorrow.at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX)
}

fn ticket_clocks(
    (estate, ticket): (&Estate, &Record),
    workflow: Option<&Workflow<'_>>,
    terms: &mut terms::Reader<'_>,
    now: Timestamp,
) -> Option<TicketClocks> {
    let zone = &estate.config.time_zone;
    let opened = ticket.view().date_time("opened")?;
    let start = moment(zone, opened).filter(|start| *start <= now)?;
    let events = tickets::timeline(estate, ticket);
    let terms = terms.of(ticket, workflow.map(|workflow| workflow.record));
    let story = life::Story {
        zone,
        opened: start,
        now,
        events: &events,
        workflow,
        status: ticket
            .view()
            .choice("status")
            .map(|status| status.key.as_str()),
    };
    let read = |promise, life: clock::Life| clock::read(&terms.calendar, promise, &life, zone);
    Some(TicketClocks {
        contract: terms.contract,
        opened,
        gti: terms
            .gti
            .map(|promise| read(promise, story.to_intervention())),
        gtr: terms
            .gtr
            .map(|promise| read(promise, story.to_restoration())),
    })
}

/// The first day of the month of a moment.
pub(super) fn month_of(moment: DateTime) -> Date {
    moment.date().first_of_month()
}
