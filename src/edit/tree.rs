//! A YAML value without its writing: what an edit is judged by.

use std::collections::BTreeMap;

use crate::history::Recorded;
use crate::schema::{Field, find_field};
use crate::yaml::{Node, Shape};

/// A value; texts without blanks around them, keys in the schema's words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tree {
    /// Nothing written, `~` or `null`.
    Nothing,
    Text(String),
    List(Vec<Tree>),
    Structure(BTreeMap<String, Tree>),
}

/// The value of a node; `fields` are those that its keys may be.
pub(super) fn tree(node: &Node, fields: &[Field]) -> Tree {
    if node.is_empty() {
        return Tree::Nothing;
    }
    match &node.shape {
        Shape::Scalar { text, .. } => Tree::Text(text.trim().to_owned()),
        Shape::Sequence(items) => Tree::List(items.iter().map(|item| tree(item, fields)).collect()),
        Shape::Mapping(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let (key, inner) = known(key.text().unwrap_or("?"), fields);
                (key, tree(value, inner))
            });
            let written = entries.filter(|(_, value)| *value != Tree::Nothing);
            Tree::Structure(written.collect())
        }
    }
}

/// The value that is wanted.
pub(super) fn tree_of(value: &Recorded, fields: &[Field]) -> Tree {
    match value {
        Recorded::Text(text) => Tree::Text(text.trim().to_owned()),
        Recorded::List(items) => {
            Tree::List(items.iter().map(|item| tree_of(item, fields)).collect())
        }
        Recorded::Structure(parts) => {
            let parts = parts.iter().map(|(key, value)| {
                let (key, inner) = known(key, fields);
                (key, tree_of(value, inner))
            });
            Tree::Structure(parts.collect())
        }
    }
}

/// The schema's key for one as written, and the fields that may stand in its value.
pub(super) fn known<'f>(written: &str, fields: &'f [Field]) -> (String, &'f [Field]) {
    match find_field(fields, written) {
        Some((_, field)) => (field.key.clone(), field.fields()),
        None => (written.to_owned(), &[]),
    }
}
