//! Two entries of one directory that have one login or one name: two units may each have theirs, and nothing but
//! their distinguished names tells them apart. They must not become one record that says a bit of both.

use std::collections::{BTreeMap, BTreeSet};

use crate::fold::fold;
use crate::history::Recorded;
use crate::import::Sighting;
use crate::import::directory::{GUID, SID};
use crate::import::identity::{DISTINGUISHED, ENTRY, normal};

/// What tells twins apart: before the domain, which both have, their whole names.
const TELLING: &[&str] = &[GUID, SID, ENTRY, DISTINGUISHED, "directory"];

/// Says of the entries that have a name in common with another one of their domain what tells them from it.
pub(super) fn tell_apart(sightings: &mut [Sighting]) {
    // A large directory has few of them: only where a name is said twice the rest is looked at.
    let named = sightings.iter().enumerate();
    let named = named.filter(|(_, one)| one.telling.contains(&DISTINGUISHED));
    let mut named: Vec<(&str, String, usize)> = named
        .map(|(at, one)| (one.kind, fold(&one.title), at))
        .collect();
    named.sort_unstable();
    let mut twins = Vec::new();
    let alike = |one: &(&str, String, usize), other: &(&str, String, usize)| {
        (one.0, &one.1) == (other.0, &other.1)
    };
    for group in named.chunk_by(alike).filter(|group| group.len() > 1) {
        let mut domains: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let entries = group.iter().filter_map(|(.., at)| {
            let (domain, entry) = entry(&sightings[*at])?;
            Some((domain, entry, *at))
        });
        let entries: Vec<(String, String, usize)> = entries.collect();
        for (domain, entry, _) in &entries {
            let known = domains.entry(domain.clone()).or_default();
            known.insert(entry.clone());
        }
        let several = entries.into_iter();
        let several = several.filter(|(domain, ..)| domains[domain].len() > 1);
        twins.extend(several.map(|(.., at)| at));
    }
    for at in twins {
        sightings[at].telling = TELLING;
    }
}

/// The domain of an entry, and its whole name; nothing where it has none.
fn entry(sighting: &Sighting) -> Option<(String, String)> {
    match sighting.fields.get(DISTINGUISHED) {
        Some(Recorded::Text(name)) => Some((normal(DISTINGUISHED, name), normal(ENTRY, name))),
        _ => None,
    }
}
