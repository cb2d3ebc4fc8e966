//! Things of an answer → sightings, by the same hands as rows of a table: one word means one value,
//! whether it came as CSV or as JSON.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::diagnostic::Text;
use crate::import::Sighting;
use crate::import::answer::is_nothing;
use crate::import::profile::Entries;
use crate::schema::Schema;

/// What an answer says of one thing, in its own words.
#[derive(Debug, Clone)]
pub(in crate::import) struct Thing {
    /// The kind of record.
    pub kind: &'static str,
    /// The number or key that the source gives it.
    pub number: Option<String>,
    /// Words by field; the items of a list on lines of their own.
    pub words: BTreeMap<&'static str, String>,
    /// Fields of which the answer says that they hold nothing.
    pub empty: BTreeSet<&'static str>,
}

/// Makes sightings of things, and remembers what could not be read.
pub(in crate::import) struct Things<'a> {
    schema: &'a Schema,
    source: &'static str,
    kinds: BTreeMap<&'static str, Entries<'a>>,
}

impl Thing {
    /// A thing of which nothing is said yet.
    pub fn new(kind: &'static str) -> Self {
        Self {
            kind,
            number: None,
            words: BTreeMap::new(),
            empty: BTreeSet::new(),
        }
    }

    /// Says something, if it is anything.
    pub fn say(&mut self, field: &'static str, words: Option<String>) {
        if let Some(words) = words.filter(|words| !words.trim().is_empty()) {
            self.words.insert(field, words);
        }
    }

    /// Says what a key holds, or that it is there and holds nothing.
    pub fn hold(&mut self, field: &'static str, words: Option<String>, value: Option<&Value>) {
        if value.is_some_and(is_nothing) {
            self.empty.insert(field);
        }
        self.say(field, words);
    }
}

impl<'a> Things<'a> {
    /// For the things of a source.
    pub fn new(schema: &'a Schema, source: &'static str) -> Self {
        Self {
            schema,
            source,
            kinds: BTreeMap::new(),
        }
    }

    /// The sighting of a thing, the `at`th of its file; nothing when it has no name or lacks what its
    /// kind requires, which is noted.
    pub fn sighting(&mut self, thing: &Thing, at: usize) -> Option<Sighting> {
        let kind = self.schema.kind(thing.kind)?;
        let entries = self.kinds.entry(thing.kind);
        let entries = entries.or_insert_with(|| Entries::new(kind, thing.kind, self.source));
        entries.sighting(thing.number.as_deref(), (&thing.words, &thing.empty), at)
    }

    /// What could not be read, in notes.
    pub fn notes(self) -> Vec<Text> {
        let kinds = self.kinds.into_values();
        kinds.flat_map(Entries::notes).collect()
    }
}
