//! What other sources have to do with the records of an import: what they wrote and people took out, which no source
//! brings back, and what they still say, which no other source takes out.

use std::collections::{BTreeMap, BTreeSet};

use crate::history::Recorded;
use crate::import::long::LongLists;
use crate::import::state::State;

/// What other sources have to do with one record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Other {
    /// Fields whose values they wrote and people took out since.
    pub removed: BTreeSet<String>,
    /// Values that the source of the import wrote and they say, too, by field. Of lists of many structures each source
    /// speaks for itself.
    pub said: BTreeMap<String, Vec<Recorded>>,
}

/// The same of all records, by `kind:id`.
pub type Others = BTreeMap<String, Other>;

impl Other {
    /// Adds what another source said of a record that holds these values now. `own` is what the source of the import
    /// said of it.
    pub(super) fn add(
        &mut self,
        state: State,
        (fields, long): (&BTreeMap<String, Recorded>, &LongLists),
        own: Option<&State>,
    ) {
        let is_held = |key: &String| fields.contains_key(key) || long.contains_key(key);
        let keys = state.fields.keys().chain(state.long.keys());
        let gone = keys.filter(|key| !is_held(key)).cloned();
        self.removed.extend(gone);
        // What a complete import missed, its source says no more.
        let Some(own) = own.filter(|_| state.not_seen_since.is_none()) else {
            return;
        };
        for (key, value) in state.fields {
            if own.fields.contains_key(&key) && fields.contains_key(&key) {
                self.said.entry(key).or_default().push(value);
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.removed.is_empty() && self.said.is_empty()
    }
}

/// Without the records with which nothing is the matter.
pub(super) fn of_matter(mut others: Others) -> Others {
    others.retain(|_, other| !other.is_empty());
    others
}
