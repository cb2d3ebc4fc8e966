//! Whose each record is, for a firm that runs the IT of several clients.
//!
//! A record belongs to the organisation that it names itself; else to that of its place, or of the
//! nearest place above which names one; else to that of its contract. So a machine in a client's
//! server room is the client's although its own file does not say so, and a supplier's contract that
//! covers it never takes it away. A problem that says none of these belongs to the clients of its tickets
//! and of its assets, so to several at times. Read once an estate, in one pass; see [`Estate::clients`].

mod courses;
pub mod holdings;
pub mod months;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

pub use courses::Course;

use crate::estate::{Estate, Record, RecordId, places, problems};

/// Reports reach back this many months, the current one included.
const MONTHS: usize = 13;

/// What belongs to whom.
#[derive(Debug, Default)]
pub struct Clients {
    /// By record.
    owners: Vec<Option<RecordId>>,
    /// By organisation; by kind and id, as records are numbered.
    records: BTreeMap<RecordId, Vec<RecordId>>,
    /// Their tickets' lives, by organisation.
    courses: BTreeMap<RecordId, Vec<Course>>,
    /// Tickets by the contract they name.
    by_contract: BTreeMap<RecordId, Vec<RecordId>>,
}

impl Clients {
    /// Reads whose everything is.
    pub fn new(estate: &Estate) -> Self {
        let mut owners = owners(estate);
        let mut clients = Self::default();
        for record in estate.records().iter().filter(|record| is_listed(record)) {
            let place = record.id.0 as usize;
            let all = match owners[place] {
                Some(owner) => BTreeSet::from([owner]),
                None => concerned_by(estate, &owners, record),
            };
            if all.len() == 1 {
                owners[place] = all.first().copied();
            }
            for owner in all {
                clients.records.entry(owner).or_default().push(record.id);
            }
        }
        for ticket in estate.listed("ticket") {
            if let Some(contract) = estate.first(ticket, "contract") {
                let named = clients.by_contract.entry(contract.id).or_default();
                named.push(ticket.id);
            }
            let course = courses::course(estate, ticket);
            if let (Some(owner), Some(course)) = (owners[ticket.id.0 as usize], course) {
                clients.courses.entry(owner).or_default().push(course);
            }
        }
        clients.owners = owners;
        clients
    }

    /// The organisation that a record belongs to; `None` for a problem of several.
    pub fn owner(&self, record: &Record) -> Option<RecordId> {
        self.owners.get(record.id.0 as usize).copied().flatten()
    }

    /// Everything that belongs to an organisation, by kind and id.
    pub fn all<'a>(
        &'a self,
        estate: &'a Estate,
        organisation: &Record,
    ) -> impl Iterator<Item = &'a Record> {
        let ids = self
            .records
            .get(&organisation.id)
            .map_or(&[][..], Vec::as_slice);
        ids.iter().map(|id| estate.record(*id))
    }

    /// The records of a kind that belong to an organisation, by id.
    pub fn of_kind<'a>(
        &'a self,
        estate: &'a Estate,
        organisation: &Record,
        kind: &str,
    ) -> impl Iterator<Item = &'a Record> + use<'a> {
        let ids = self
            .records
            .get(&organisation.id)
            .map_or(&[][..], Vec::as_slice);
        let range = estate.by_kind.get(kind).cloned().unwrap_or_default();
        let start = ids.partition_point(|id| (id.0 as usize) < range.start);
        let end = ids.partition_point(|id| (id.0 as usize) < range.end);
        ids[start..end.max(start)]
            .iter()
            .map(|id| estate.record(*id))
    }

    /// The lives of an organisation's tickets that say when they were opened, by id.
    pub fn courses(&self, organisation: &Record) -> &[Course] {
        self.courses
            .get(&organisation.id)
            .map_or(&[], Vec::as_slice)
    }

    /// The tickets that name a contract, by id.
    pub fn naming<'a>(
        &'a self,
        estate: &'a Estate,
        contract: &Record,
    ) -> impl Iterator<Item = &'a Record> + use<'a> {
        let ids = self
            .by_contract
            .get(&contract.id)
            .map_or(&[][..], Vec::as_slice);
        ids.iter().map(|id| estate.record(*id))
    }

    /// The first days of the months that a client has a report for, newest first: the month of the
    /// estate's day and the twelve before it, those in which a ticket was opened, closed or opened
    /// again, or a change done or planned.
    pub fn months(&self, estate: &Estate, client: &Record) -> Vec<Date> {
        let last = estate.as_of.first_of_month();
        let mut told: BTreeSet<Date> = BTreeSet::new();
        for course in self.courses(client) {
            told.extend(course.moments().map(|at| at.date().first_of_month()));
        }
        for change in self.of_kind(estate, client, "change") {
            let days = [holdings::done_on(change), holdings::planned_on(change)];
            told.extend(days.into_iter().flatten().map(Date::first_of_month));
        }
        for contract in self.of_kind(estate, client, "contract") {
            let named = self.naming(estate, contract);
            let opened = named.filter_map(|ticket| ticket.view().date_time("opened"));
            told.extend(opened.map(|at| at.date().first_of_month()));
        }
        let all = std::iter::successors(Some(last), |month| month.checked_sub(1.month()).ok());
        all.take(MONTHS)
            .filter(|month| told.contains(month))
            .collect()
    }
}

impl Estate {
    /// What belongs to whom, read when it is first asked for.
    pub fn clients(&self) -> &Clients {
        self.clients.get_or_init(|| Clients::new(self))
    }
}

/// Whether an organisation is a client.
pub fn is_client(record: &Record) -> bool {
    let kind = record.view().choice("type");
    record.kind().name == "organisation" && kind.is_some_and(|kind| kind.key == "client")
}

/// The firm that serves: the first company without an organisation above it.
pub fn provider(estate: &Estate) -> Option<&Record> {
    let mut all = estate.listed("organisation");
    all.find(|record| {
        let kind = record.view().choice("type");
        kind.is_some_and(|kind| kind.key == "company") && estate.first(record, "parent").is_none()
    })
}

/// The address of a client's report of a month, from the site's root.
pub fn report_url(client: &Record, month: Date) -> String {
    format!(
        "{}reports/{:04}-{:02}/",
        client.url,
        month.year(),
        month.month()
    )
}

fn is_listed(record: &Record) -> bool {
    !record.is_folder_page() && record.source.language.is_none()
}

/// Whose tickets and assets a problem is about; nobody's for other kinds.
fn concerned_by(
    estate: &Estate,
    owners: &[Option<RecordId>],
    record: &Record,
) -> BTreeSet<RecordId> {
    if record.kind().name != "problem" {
        return BTreeSet::new();
    }
    let tickets = problems::incidents(estate, record).tickets.into_iter();
    let assets = estate.all(record, "assets").map(|asset| asset.id);
    let all = tickets.chain(assets);
    all.filter_map(|id| owners[id.0 as usize]).collect()
}

/// The owner of every record. Places come first, then contracts, because others belong through them.
fn owners(estate: &Estate) -> Vec<Option<RecordId>> {
    let mut owners = vec![None; estate.records().len()];
    let named = |record: &Record| estate.first(record, "organisation").map(|owner| owner.id);
    for place in estate.of_kind("site") {
        let own = places::places(estate, place).into_iter().find_map(named);
        owners[place.id.0 as usize] = own;
    }
    let through = |owners: &[Option<RecordId>], record: &Record, key: &str| {
        let other = estate.first(record, key)?;
        owners[other.id.0 as usize]
    };
    for contract in estate.of_kind("contract") {
        owners[contract.id.0 as usize] = named(contract);
    }
    for record in estate.records() {
        if matches!(record.kind().name.as_str(), "site" | "contract") {
            continue;
        }
        let owner = named(record)
            .or_else(|| through(&owners, record, "site"))
            .or_else(|| through(&owners, record, "contract"));
        owners[record.id.0 as usize] = owner;
    }
    owners
}
