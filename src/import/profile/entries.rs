//! Things of another form than a table, field by field, read by the same hands as rows: one word means
//! one value, whatever form it came in.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Text;
use crate::import::Sighting;
use crate::import::profile::columns::Column;
use crate::import::profile::faults::Faults;
use crate::import::profile::row::Reader;
use crate::import::profile::value;
use crate::import::table::{Row, Table};
use crate::schema::{Field, Kind};

/// Things of one kind.
#[derive(Debug)]
pub(in crate::import) struct Entries<'a> {
    kind: &'a Kind,
    name: &'static str,
    source: &'static str,
    fields: Vec<&'a Field>,
    faults: Faults,
}

impl<'a> Entries<'a> {
    /// For things of a kind and source. Secret fields and structures take no words.
    pub fn new(kind: &'a Kind, name: &'static str, source: &'static str) -> Self {
        let takes = |field: &&Field| !field.secret && field.fields().is_empty();
        Self {
            kind,
            name,
            source,
            fields: kind.fields.iter().filter(takes).collect(),
            faults: Faults::of_things(),
        }
    }

    /// The sighting of a thing, the `at`th of its file, by its number and words.
    pub fn sighting(
        &mut self,
        number: Option<&str>,
        (words, empty): (&BTreeMap<&'static str, String>, &BTreeSet<&'static str>),
        at: usize,
    ) -> Option<Sighting> {
        let mut columns = vec![Column::Number];
        columns.extend(self.fields.iter().map(|field| Column::Field(field)));
        let mut cells = vec![number.unwrap_or_default().to_owned()];
        let word = |field: &&Field| words.get(field.key.as_str()).cloned().unwrap_or_default();
        cells.extend(self.fields.iter().map(word));
        let reader = Reader {
            kind: self.kind,
            name: self.name,
            source: self.source,
            columns: &columns,
            culture: None,
            authors: None,
        };
        let row = Row {
            line: at,
            cells,
            ..Row::default()
        };
        let mut read = reader.row(&Table::default(), &row, &mut self.faults);
        // Of a key that is not there nothing is said.
        read.empty.clone_from(empty);
        let sighting = reader.sighting(read, at, &mut self.faults);
        if sighting.is_none() {
            self.faults.nameless(at);
        }
        sighting
    }

    /// What could not be read, in notes.
    pub fn notes(self) -> Vec<Text> {
        let keys = self.fields.iter().map(|field| field.key.clone());
        let headers: Vec<String> = std::iter::once(String::new()).chain(keys).collect();
        let mut notes = Vec::new();
        self.faults.tell(&headers, self.kind, None, &mut notes);
        notes
    }
}

/// The value of an enumeration that a word of another program means.
pub(in crate::import) fn choice(kind: &Kind, key: &str, word: &str) -> Option<String> {
    let (_, field) = kind.field(key)?;
    value::value(&kind.name, field, word, None).ok()
}
