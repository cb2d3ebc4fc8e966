//! By what sources themselves know things (`object_guid`): remembered with what was imported last, and not
//! in the records. Only identities that this import names are looked at: an account that was deleted and
//! made anew has another one, and is still the account of its login.

use std::collections::{BTreeMap, BTreeSet};

use crate::history::Recorded;
use crate::import::Sighting;
use crate::import::identity::Index;
use crate::import::state::State;

/// The identities that an import names, by kind and key.
pub(super) struct Identities<'s>(BTreeMap<(&'static str, &'static str), BTreeSet<&'s str>>);

impl<'s> Identities<'s> {
    /// Those of some sightings.
    pub(super) fn of(sightings: &'s [Sighting]) -> Self {
        let mut all: BTreeMap<_, BTreeSet<&str>> = BTreeMap::new();
        for sighting in sightings {
            for (key, value) in &sighting.identity {
                let own = all.entry((sighting.kind, *key)).or_default();
                own.insert(value);
            }
        }
        Self(all)
    }

    /// Enters those of a thing that is remembered.
    pub(super) fn enter(&self, index: &mut Index, number: usize, state: &State) {
        for ((kind, key), named) in &self.0 {
            let own = state.identity.get(*key).filter(|_| state.name().0 == *kind);
            if let Some(value) = own.filter(|value| named.contains(value.as_str())) {
                index.enter(number, kind, key, &Recorded::Text(value.clone()));
            }
        }
    }
}
