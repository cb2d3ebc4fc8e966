//! What was promised for a ticket, and by which hours: its contract's words first, then its
//! workflow's. Nothing is supposed where both are silent.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::clock::Unknown;
use crate::estate::service_hours::{self, Calendar, Closure, Promise, PublicHolidays, Unreadable};
use crate::estate::{Estate, Record, RecordId, tickets};
use crate::project::{View, time_zone};

/// A site's parents are asked this far up; a circle of parents is another rule's business.
const FLOORS: usize = 16;

/// What was promised for one ticket.
pub struct Terms {
    /// The contract that the ticket names.
    pub contract: Option<RecordId>,
    /// Time to intervention.
    pub gti: Option<Promise>,
    /// Time to restoration.
    pub gtr: Option<Promise>,
    /// The hours that count.
    pub calendar: Result<Arc<Calendar>, Unknown>,
}

/// Reads terms, and keeps each calendar: thousands of tickets share a few.
pub struct Reader<'a> {
    estate: &'a Estate,
    calendars: BTreeMap<Key, Result<Arc<Calendar>, Unknown>>,
}

/// What makes a calendar: who says its hours, which contract closes days, whose public holidays, the
/// zone, and whether on-call hours count.
type Key = (
    RecordId,
    Option<RecordId>,
    PublicHolidays,
    Option<String>,
    bool,
);

impl<'a> Reader<'a> {
    /// For the tickets of an estate.
    pub fn new(estate: &'a Estate) -> Self {
        Self {
            estate,
            calendars: BTreeMap::new(),
        }
    }

    /// The terms of a ticket that goes through a workflow.
    pub fn of(&mut self, ticket: &Record, workflow: Option<&Record>) -> Terms {
        let contract = self.estate.first(ticket, "contract");
        let promise = |key: &str| {
            let of_contract =
                contract.and_then(|contract| promised(self.estate, contract, ticket, key));
            of_contract.or_else(|| general(workflow?.view(), key))
        };
        Terms {
            contract: contract.map(|contract| contract.id),
            gti: promise("gti"),
            gtr: promise("gtr"),
            calendar: self.calendar(ticket, contract, workflow),
        }
    }

    /// The hours that count for a ticket or change that goes through a workflow.
    pub fn calendar_of(
        &mut self,
        ticket: &Record,
        workflow: Option<&Record>,
    ) -> Result<Arc<Calendar>, Unknown> {
        let contract = self.estate.first(ticket, "contract");
        self.calendar(ticket, contract, workflow)
    }

    fn calendar(
        &mut self,
        ticket: &Record,
        contract: Option<&Record>,
        workflow: Option<&Record>,
    ) -> Result<Arc<Calendar>, Unknown> {
        let says = |by: &&Record| by.view().text("service_hours").is_some();
        let by = contract.filter(says).or(workflow.filter(says));
        let by = by.ok_or(Unknown::NoHours)?;
        let holidays = holidays(self.estate, contract, ticket);
        let zone = zone_name(self.estate, contract, ticket);
        let on_call = contract.is_some_and(|contract| is_on_call(self.estate, contract, ticket));
        let key = (
            by.id,
            contract.map(|contract| contract.id),
            holidays,
            zone,
            on_call,
        );
        if let Some(known) = self.calendars.get(&key) {
            return known.clone();
        }
        let calendar = calendar(self.estate, by, contract, &key);
        self.calendars.insert(key, calendar.clone());
        calendar
    }
}

/// Lays out hours on real days.
fn calendar(
    estate: &Estate,
    by: &Record,
    contract: Option<&Record>,
    (_, _, holidays, zone, on_call): &Key,
) -> Result<Arc<Calendar>, Unknown> {
    let read = |text: &str| {
        service_hours::read(text).map_err(|why| match why {
            Unreadable::NeverOpens => Unknown::NeverOpens,
            _ => Unknown::UnreadableHours,
        })
    };
    let mut hours = read(by.view().text("service_hours").unwrap_or_default())?;
    if let Some(text) = contract.and_then(|contract| contract.view().text("on_call_hours"))
        && *on_call
    {
        hours = hours.with(&read(text)?);
    }
    let zone = zone.as_deref().and_then(time_zone);
    let zone = zone.unwrap_or_else(|| estate.config.time_zone.clone());
    let closures = contract.map_or_else(Vec::new, closures);
    Ok(Arc::new(Calendar::new(hours, *holidays, closures, zone)))
}

/// A contract's promise for a ticket: the first of its `promises` that fits, else the general one.
fn promised(estate: &Estate, contract: &Record, ticket: &Record, key: &str) -> Option<Promise> {
    let view = contract.view();
    let mut lines = view.structures("promises");
    let fitting = lines.find(|line| fits(estate, contract, *line, ticket));
    let of_line = fitting.and_then(|line| general(line, key));
    of_line.or_else(|| general(view, key))
}

/// A promise as a contract, one of its lines or a workflow writes it.
fn general(view: View<'_>, key: &str) -> Option<Promise> {
    Some(Promise {
        length: view.duration(key)?,
        end_of_day: view.boolean("end_of_day").unwrap_or(false),
    })
}

/// Whether a line of promises is for a ticket: what it does not say, it does not ask.
fn fits(estate: &Estate, contract: &Record, line: View<'_>, ticket: &Record) -> bool {
    let priority = tickets::priority(estate, ticket).map(|choice| choice.key.as_str());
    let kind = ticket
        .view()
        .choice("type")
        .map(|choice| choice.key.as_str());
    let allows = |key: &str, own: Option<&str>| {
        let wanted: Vec<&str> = line
            .choices(key)
            .map(|choice| choice.key.as_str())
            .collect();
        wanted.is_empty() || own.is_some_and(|own| wanted.contains(&own))
    };
    let mut services = estate.linked_in(contract, line, "services").peekable();
    let serves = services.peek().is_none()
        || services.any(|service| {
            estate
                .all(ticket, "services")
                .any(|own| own.id == service.id)
        });
    allows("priorities", priority) && allows("types", kind) && serves
}

/// Whether on-call hours count for a ticket: its priority has them.
fn is_on_call(estate: &Estate, contract: &Record, ticket: &Record) -> bool {
    let view = contract.view();
    let own = tickets::priority(estate, ticket).map(|choice| choice.key.as_str());
    let wanted: Vec<&str> = view
        .choices("on_call_priorities")
        .map(|choice| choice.key.as_str())
        .collect();
    view.text("on_call_hours").is_some()
        && (wanted.is_empty() || own.is_some_and(|own| wanted.contains(&own)))
}

/// The days on which a contract closes everything.
fn closures(contract: &Record) -> Vec<Closure> {
    let view = contract.view();
    let closure = |line: View<'_>| {
        let from = line.date("from")?;
        Some(Closure {
            from,
            to: line.date("to").unwrap_or(from),
        })
    };
    view.structures("closures").filter_map(closure).collect()
}

/// Whose public holidays count: as the contract says, else as the ticket's place says or lies, else
/// those of the whole country.
pub fn holidays(estate: &Estate, contract: Option<&Record>, ticket: &Record) -> PublicHolidays {
    let of_contract = contract.and_then(named_holidays);
    of_contract
        .or_else(|| places(estate, ticket).find_map(own_holidays))
        .unwrap_or_default()
}

/// Whose public holidays count at a place: its own, else those of a place that it is a part of.
pub fn holidays_of_place(estate: &Estate, place: &Record) -> PublicHolidays {
    let places = std::iter::successors(Some(place), |place| estate.first(place, "parent"));
    places
        .take(FLOORS)
        .find_map(own_holidays)
        .unwrap_or_default()
}

fn own_holidays(place: &Record) -> Option<PublicHolidays> {
    let code = place.view().text("postal_code");
    named_holidays(place).or_else(|| PublicHolidays::of_postal_code(code?))
}

fn named_holidays(record: &Record) -> Option<PublicHolidays> {
    let name = record.view().text("holidays")?;
    PublicHolidays::named(name)
}

/// The zone of the hours, by name: the contract's, else that of the ticket's place; `None` for the
/// desk's own.
pub fn zone_name(estate: &Estate, contract: Option<&Record>, ticket: &Record) -> Option<String> {
    let named = |record: &Record| record.view().text("time_zone").map(str::to_owned);
    let of_contract = contract.and_then(named);
    of_contract.or_else(|| places(estate, ticket).find_map(named))
}

/// The place of a ticket and those that it is a part of.
fn places<'a>(estate: &'a Estate, ticket: &'a Record) -> impl Iterator<Item = &'a Record> {
    let first = estate.first(ticket, "site");
    std::iter::successors(first, |place| estate.first(place, "parent")).take(FLOORS)
}
