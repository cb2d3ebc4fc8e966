//! What an arrival needs and a departure takes back, derived from the records that name a person.
//!
//! Every line is found by what refers to the person (accounts, rights, machines, licences, groups that
//! they answer for), so that a list is as true as the inventory, and nothing has to be kept twice.

mod duties;

use std::collections::BTreeSet;

pub use duties::roles;

use crate::estate::accounts::is_enabled;
use crate::estate::holdings::{Reason, holdings};
use crate::estate::{Estate, Record, RecordId};
use crate::schema::Choice;

/// Arriving or leaving.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occasion {
    /// Somebody comes.
    Arrival,
    /// Somebody goes.
    Departure,
}

impl Occasion {
    /// Its key in the schema and in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Arrival => "arrival",
            Self::Departure => "departure",
        }
    }
}

/// What a line is about, in the order of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Accounts to open or to close.
    Accounts,
    /// Groups to enter or to leave.
    Groups,
    /// Access rights to grant or to take back.
    Rights,
    /// Machines and devices to hand over or to take back.
    Equipment,
    /// Licences to assign or to free.
    Licences,
    /// What this person answers for, to be handed to somebody else; at a departure only.
    Duties,
    /// Procedures to follow.
    Procedures,
}

/// A line to tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// What it is about.
    pub topic: Topic,
    /// The account, group, right, machine, licence or procedure; for [`Topic::Accounts`] without any
    /// account, the person.
    pub record: RecordId,
    /// Whether the inventory says that it is done.
    pub is_done: bool,
}

/// The lines of an occasion, by topic, then in the order of the estate.
pub fn items(estate: &Estate, person: &Record, occasion: Occasion) -> Vec<Item> {
    let is_arrival = occasion == Occasion::Arrival;
    let mut items = BTreeSet::new();
    accounts(estate, person, is_arrival, &mut items);
    rights(estate, person, is_arrival, &mut items);
    equipment(estate, person, is_arrival, &mut items);
    licences(estate, person, is_arrival, &mut items);
    if !is_arrival {
        let duties = duties::duties(estate, person);
        items.extend(duties.map(|record| Item {
            topic: Topic::Duties,
            record: record.id,
            is_done: false,
        }));
    }
    let occasions = estate.occasions.get_or_init(|| Occasions::new(estate));
    items.extend(occasions.of(occasion).iter().map(|procedure| Item {
        topic: Topic::Procedures,
        record: *procedure,
        is_done: false,
    }));
    items.into_iter().collect()
}

/// The procedures to follow when somebody comes or goes, found once for everybody.
#[derive(Debug)]
pub(super) struct Occasions {
    arrival: Vec<RecordId>,
    departure: Vec<RecordId>,
}

impl Occasions {
    fn new(estate: &Estate) -> Self {
        let marked = |occasion: Occasion| {
            let procedures = estate.listed("procedure").filter(|procedure| {
                let mut marked = procedure.view().choices("occasions").map(Choice::meaning);
                marked.any(|key| key == occasion.key())
            });
            procedures.map(|procedure| procedure.id).collect()
        };
        Self {
            arrival: marked(Occasion::Arrival),
            departure: marked(Occasion::Departure),
        }
    }

    fn of(&self, occasion: Occasion) -> &[RecordId] {
        match occasion {
            Occasion::Arrival => &self.arrival,
            Occasion::Departure => &self.departure,
        }
    }
}

/// Whether a person has a page of lists: somebody of the house, with a day of arrival or of leaving, or
/// with an account or a machine. A contact at a supplier has none.
pub fn has_lists(estate: &Estate, person: &Record) -> bool {
    let view = person.view();
    view.date("arrived").is_some()
        || view.date("left").is_some()
        || estate
            .referring(person, "account", "person")
            .next()
            .is_some()
        || estate.referring(person, "asset", "user").next().is_some()
}

fn accounts(estate: &Estate, person: &Record, is_arrival: bool, items: &mut BTreeSet<Item>) {
    let accounts: Vec<&Record> = estate.referring(person, "account", "person").collect();
    let open = accounts.iter().filter(|account| is_enabled(account));
    let open: Vec<&Record> = open.copied().collect();
    if is_arrival && accounts.is_empty() {
        items.insert(Item {
            topic: Topic::Accounts,
            record: person.id,
            is_done: false,
        });
    }
    // An arrival opens what is open; a departure closes all, and what is closed is done.
    for account in if is_arrival { &open } else { &accounts } {
        items.insert(Item {
            topic: Topic::Accounts,
            record: account.id,
            is_done: is_arrival || !is_enabled(account),
        });
    }
    let own = estate.all(person, "groups").map(|group| group.id);
    let held = open
        .iter()
        .flat_map(|account| estate.all(account, "groups"))
        .map(|group| group.id)
        .collect::<BTreeSet<RecordId>>();
    for group in own.chain(held.iter().copied()) {
        items.insert(Item {
            topic: Topic::Groups,
            record: group,
            is_done: is_arrival && (held.contains(&group) || !is_directory(estate, group)),
        });
    }
}

/// Whether a group is one of a directory, in which an account must be.
fn is_directory(estate: &Estate, group: RecordId) -> bool {
    estate.record(group).view().text("directory_name").is_some()
}

/// The person and their accounts: whom rights and licences are written for.
fn subjects<'a>(estate: &'a Estate, person: &'a Record) -> impl Iterator<Item = &'a Record> {
    let accounts = estate.referring(person, "account", "person");
    std::iter::once(person).chain(accounts)
}

fn rights(estate: &Estate, person: &Record, is_arrival: bool, items: &mut BTreeSet<Item>) {
    for subject in subjects(estate, person) {
        for right in estate.referring(subject, "access-right", "subject") {
            let status = right.view().choice("status").map(Choice::meaning);
            let is_over = matches!(status, Some("revoked"));
            if is_arrival && is_over {
                continue;
            }
            items.insert(Item {
                topic: Topic::Rights,
                record: right.id,
                is_done: if is_arrival {
                    status == Some("active")
                } else {
                    is_over
                },
            });
        }
    }
}

fn equipment(estate: &Estate, person: &Record, is_arrival: bool, items: &mut BTreeSet<Item>) {
    for asset in estate.referring(person, "asset", "user") {
        let status = asset.view().choice("status").map(Choice::meaning);
        if matches!(status, Some("retired" | "lost")) {
            continue;
        }
        items.insert(Item {
            topic: Topic::Equipment,
            record: asset.id,
            is_done: is_arrival && status == Some("in-service"),
        });
    }
    // What is lent, and the badges and keys of a site's own kinds.
    for held in holdings(estate, person) {
        if matches!(held.reason, Reason::Lent | Reason::Holder) {
            items.insert(Item {
                topic: Topic::Equipment,
                record: held.record,
                is_done: is_arrival,
            });
        }
    }
}

fn licences(estate: &Estate, person: &Record, is_arrival: bool, items: &mut BTreeSet<Item>) {
    for subject in subjects(estate, person) {
        for licence in estate.referring(subject, "licence", "assignments") {
            let own = licence
                .view()
                .structures("assignments")
                .filter(|assignment| {
                    let mut to = estate.linked_in(licence, *assignment, "to");
                    to.any(|record| record.id == subject.id)
                });
            let mut until = own.map(|assignment| assignment.date("until"));
            let is_live = until.any(|until| until.is_none_or(|until| until >= estate.as_of));
            if is_arrival && !is_live {
                continue;
            }
            items.insert(Item {
                topic: Topic::Licences,
                record: licence.id,
                is_done: is_arrival || !is_live,
            });
        }
    }
}

impl Estate {
    /// The records of a kind that refer to a record by a field, by id.
    pub fn referring<'a>(
        &'a self,
        to: &'a Record,
        kind: &'a str,
        key: &'a str,
    ) -> impl Iterator<Item = &'a Record> {
        let field = self.schema.kind(kind).and_then(|kind| kind.index_of(key));
        let links = to.back_links.iter().filter(move |link| {
            field.is_some() && link.field == field && self.record(link.from).kind().name == kind
        });
        links.map(|link| self.record(link.from))
    }
}

#[cfg(test)]
mod tests;
