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
    let mut entries: BTreeMap<Place, BTreeSet<String>> = BTreeMap::new();
    for sighting in sightings.iter() {
        if let Some((place, entry)) = place(sighting) {
            entries.entry(place).or_default().insert(entry);
        }
    }
    entries.retain(|_, all| all.len() > 1);
    for sighting in sightings.iter_mut().filter(|_| !entries.is_empty()) {
        if place(sighting).is_some_and(|(place, _)| entries.contains_key(&place)) {
            sighting.telling = TELLING;
        }
    }
}

/// A kind, a domain and a name.
type Place = (&'static str, String, String);

/// Under which name an entry is known in its domain, and its distinguished name; nothing for what has none.
fn place(sighting: &Sighting) -> Option<(Place, String)> {
    if !sighting.telling.contains(&DISTINGUISHED) {
        return None;
    }
    let Some(Recorded::Text(name)) = sighting.fields.get(DISTINGUISHED) else {
        return None;
    };
    let domain = normal(DISTINGUISHED, name);
    let place = (sighting.kind, domain, fold(&sighting.title));
    Some((place, normal(ENTRY, name)))
}
