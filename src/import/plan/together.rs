//! Two sightings of one import that were taken for one thing: whether they are, and what both say.

use std::collections::BTreeSet;

use crate::fold::fold;
use crate::history::Recorded;
use crate::import::Sighting;
use crate::import::identity::{is_placeholder, normal};

/// Whether two sightings of one import, taken for one thing by a number or an address, say of
/// themselves that they are two: another UUID, another name, or no address in common. The same UUID or
/// name tells of one.
pub(super) fn another(one: &Sighting, other: &Sighting) -> bool {
    let uuid = |sighting: &Sighting| match sighting.fields.get("uuid") {
        Some(Recorded::Text(text)) if !is_placeholder("uuid", text) => Some(fold(text.trim())),
        _ => None,
    };
    let names = |sighting: &Sighting| -> BTreeSet<String> {
        let clues = sighting.clues.iter().filter(|clue| clue.doubtful);
        let parts = clues.flat_map(|clue| &clue.parts);
        parts.map(|(_, name)| normal("hostname", name)).collect()
    };
    let macs = |sighting: &Sighting| -> BTreeSet<String> {
        match sighting.fields.get("mac") {
            Some(Recorded::List(items)) => {
                let texts = items.iter().filter_map(|item| match item {
                    Recorded::Text(text) => Some(normal("mac", text)),
                    _ => None,
                });
                texts.collect()
            }
            Some(Recorded::Text(text)) => [normal("mac", text)].into(),
            _ => BTreeSet::new(),
        }
    };
    let differ = |one: BTreeSet<String>, other: BTreeSet<String>| {
        !one.is_empty() && !other.is_empty() && one.is_disjoint(&other)
    };
    // A directory never gives one identity to two accounts: one of them says what it is not.
    let called = |sighting: &Sighting| {
        let key = if sighting.kind == "account" {
            "login"
        } else {
            "name"
        };
        let is_known = matches!(sighting.kind, "account" | "group");
        match sighting.fields.get(key).filter(|_| is_known) {
            Some(Recorded::Text(text)) => Some(fold(text.trim())),
            _ => None,
        }
    };
    if let (Some(first), Some(second)) = (called(one), called(other)) {
        return first != second;
    }
    let uuids = (uuid(one), uuid(other));
    if uuids.0.is_some() && uuids.0 == uuids.1 {
        return false;
    }
    let (first, second) = (names(one), names(other));
    if !first.is_disjoint(&second) {
        return false;
    }
    (uuids.0.is_some() && uuids.1.is_some())
        || differ(first, second)
        || differ(macs(one), macs(other))
}

/// A later sighting over an earlier one: what it does not say stays.
pub(super) fn join(earlier: &mut Sighting, later: &Sighting) {
    for (key, value) in &later.fields {
        earlier.long.remove(key);
        earlier.fields.insert(key.clone(), value.clone());
    }
    for (key, list) in &later.long {
        earlier.fields.remove(key);
        earlier.long.insert(key.clone(), list.clone());
    }
    for (key, value) in &later.first {
        earlier.first.insert(key.clone(), value.clone());
    }
    earlier.empty.extend(&later.empty);
    earlier.identity.extend(later.identity.iter().cloned());
    earlier
        .members
        .names
        .extend(later.members.names.iter().cloned());
    earlier.members.whole |= later.members.whole;
}
