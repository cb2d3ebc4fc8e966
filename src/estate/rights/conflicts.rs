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

/// Who has both ends of a pair, by pair and person; found once. Nothing is read of people while no pair is
/// declared.
pub fn conflicts(estate: &Estate) -> &BTreeSet<Conflict> {
    let known = &estate.rights().conflicts;
    known.get_or_init(|| find(estate, &pairs(estate)))
}

fn find(estate: &Estate, pairs: &BTreeSet<Pair>) -> BTreeSet<Conflict> {
    if pairs.is_empty() {
        return BTreeSet::new();
    }
    let ends: BTreeSet<RecordId> = pairs
        .iter()
        .flat_map(|pair| [pair.first, pair.second])
        .collect();
    let mut found = BTreeSet::new();
    for person in estate.listed("person") {
        let held = held(estate, person, &ends);
        let both = pairs
            .iter()
            .filter(|pair| held.contains(&pair.first) && held.contains(&pair.second));
        found.extend(both.map(|pair| Conflict {
            pair: *pair,
            person: person.id,
        }));
    }
    found
}

/// Which of these groups a person is in, and which of these rights they have, by any way.
fn held(estate: &Estate, person: &Record, ends: &BTreeSet<RecordId>) -> BTreeSet<RecordId> {
    let rights = estate.rights();
    let mut held = BTreeSet::new();
    for holder in holders(estate, person) {
        let mut add = |subject: RecordId| {
            let own = rights.of_subject(subject).map(|(_, right)| right.record);
            let own = own.chain([subject]);
            held.extend(own.filter(|record| ends.contains(record)));
        };
        add(holder.id);
        for member in estate.membership().of(estate, holder) {
            add(member.group);
        }
    }
    held
}
