//! What the cells of a row say, gathered cell by cell: of two columns of one field the first that holds
//! something counts, and what the other says is given back, to be told.

use std::collections::{BTreeMap, BTreeSet};

use crate::fold::fold;
use crate::history::Recorded;
use crate::import::answer::Event;
use crate::import::profile::value::Fault;
use crate::import::profile::{length, word};
use crate::schema::{Field, Type};

/// What the cells of a row say.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Values by field.
    pub fields: BTreeMap<String, Recorded>,
    /// References by field, in the source's words.
    pub names: Vec<(&'static str, String)>,
    /// The number that the source gives it.
    pub number: Option<String>,
    /// What people wrote to a ticket.
    pub comments: Vec<Event>,
    /// Facts that one source's reader understands.
    pub own: BTreeMap<&'static str, String>,
    /// Fields of which a column is there and holds nothing.
    pub empty: BTreeSet<&'static str>,
    /// Fields of which a column holds something, whatever becomes of it.
    pub named: BTreeSet<&'static str>,
    /// The column that filled a field first.
    pub from: BTreeMap<String, usize>,
}

impl Read {
    /// Notes whether a column says something of a field.
    pub fn note(&mut self, field: &'static str, is_empty: bool) {
        let known = if is_empty {
            &mut self.empty
        } else {
            &mut self.named
        };
        known.insert(field);
    }

    /// The fields of which all columns are there and hold nothing.
    pub fn emptied(&self) -> BTreeSet<&'static str> {
        self.empty.difference(&self.named).copied().collect()
    }
}

/// Cells that are not taken over: why, and what they say.
pub(super) type Left = Vec<(Fault, String)>;

/// Enters the value of a field that takes one. Of two columns of one field the first that holds
/// something counts.
pub(super) fn one(
    field: &Field,
    (at, text): (usize, String),
    read: &mut Read,
) -> Result<(), Fault> {
    if let Some(by) = read.from.get(&field.key) {
        let mut names = read.names.iter();
        let first = match read.fields.get(&field.key) {
            Some(Recorded::Text(first)) => Some(first),
            _ => names
                .find(|(key, _)| *key == field.key)
                .map(|(_, name)| name),
        };
        let is_same = first.is_some_and(|first| fold(first) == fold(&text));
        return if is_same {
            Ok(())
        } else {
            Err(Fault::Taken(*by))
        };
    }
    read.from.insert(field.key.clone(), at);
    if matches!(field.value, Type::Reference(_)) {
        read.names.push((word(&field.key), text));
    } else {
        read.fields.insert(field.key.clone(), Recorded::Text(text));
    }
    Ok(())
}

/// Enters an item of a list.
pub(super) fn list(field: &Field, text: String, read: &mut Read) {
    if matches!(field.value, Type::Reference(_)) {
        read.names.push((word(&field.key), text));
        return;
    }
    let items = read.fields.entry(field.key.clone());
    let items = items.or_insert_with(|| Recorded::List(Vec::new()));
    let item = Recorded::Text(text);
    if let Recorded::List(items) = items
        && let Err(place) = items.binary_search(&item)
    {
        items.insert(place, item);
    }
}

/// Enters a fact that only this source's reader understands. That a machine has a system is all that
/// is asked of the columns which tell of one.
pub(super) fn own((at, name, cell): (usize, &'static str, String), read: &mut Read) -> Left {
    if let Some(first) = read.own.get(name) {
        let is_same = name == "~system" || fold(first) == fold(&cell);
        let by = read.from.get(name).copied().unwrap_or(at);
        let left = (!is_same).then_some((Fault::Taken(by), cell));
        return left.into_iter().collect();
    }
    read.from.insert(name.to_owned(), at);
    read.own.insert(name, cell);
    Left::new()
}

/// Enters how long people worked, in seconds or in words.
pub(super) fn seconds(cell: &str, read: &mut Read) -> Left {
    let Some(seconds) = length::seconds(cell) else {
        return vec![(Fault::Unfit, cell.to_owned())];
    };
    let minutes = seconds / 60;
    if minutes > 0 {
        let length = Recorded::Text(format!("PT{minutes}M"));
        read.fields.entry("time_spent".to_owned()).or_insert(length);
    }
    Left::new()
}
