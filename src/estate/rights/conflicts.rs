//! Separation of duties: pairs of groups or rights that one person must not have, and who has both.

use std::collections::BTreeSet;

use crate::estate::{Estate, Record, RecordId};

use super::holders;

/// A pair that was declared, by one of its ends or by both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The group or right with the lesser number.
    pub first: RecordId,
    /// The other.
    pub second: RecordId,
}

/// A person who has both ends of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// The pair.
    pub pair: Pair,
    /// The person.
    pub person: RecordId,
}

/// The kinds that declare pairs in their field `conflicts`.
const KINDS: [&str; 2] = ["access-right", "group"];

/// The pairs declared, each once; an end that conflicts with itself is none.
pub fn pairs(estate: &Estate) -> BTreeSet<Pair> {
    let declared = KINDS.iter().flat_map(|kind| estate.listed(kind));
    let ends = declared.flat_map(|record| {
        let others = estate.all(record, "conflicts");
        others.map(move |other| [record.id.min(other.id), record.id.max(other.id)])
    });
    let real = ends.filter(|[first, second]| first != second);
    real.map(|[first, second]| Pair { first, second }).collect()
}

/// Who has both ends of a pair, by pair and person. Nothing is read of people while no pair is declared.
pub fn conflicts(estate: &Estate) -> BTreeSet<Conflict> {
    let pairs = pairs(estate);
    if pairs.is_empty() {
        return BTreeSet::new();
    }
    let people = estate.listed("person");
    let found = people.flat_map(|person| {
        let held = held(estate, person);
        let both = pairs
            .iter()
            .filter(|pair| held.contains(&pair.first) && held.contains(&pair.second));
        let conflicts = both.map(|pair| Conflict {
            pair: *pair,
            person: person.id,
        });
        conflicts.collect::<Vec<_>>()
    });
    found.collect()
}

/// The groups that a person is in and the rights that they have, by any way.
fn held(estate: &Estate, person: &Record) -> BTreeSet<RecordId> {
    let groups = holders(estate, person)
        .flat_map(|holder| estate.membership().of(estate, holder))
        .map(|member| member.group);
    let rights = estate.rights();
    let own = rights.effective(estate, person);
    let own = own.iter().map(|own| rights.all[own.right].record);
    groups.chain(own).collect()
}
