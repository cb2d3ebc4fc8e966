//! What a file shall say after an edit, and whether it does: the judge of every edit.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::edit::Edit;
use crate::edit::tree::{Tree, known, tree, tree_of};
use crate::history::Recorded;
use crate::project::Location;
use crate::schema::Field;
use crate::source::SourceFile;
use crate::yaml::{Node, Shape};

/// The values of all records of a file.
pub(super) struct Wanted {
    records: Vec<Tree>,
    list: bool,
}

impl Wanted {
    /// What it says now.
    pub(super) fn of(root: &Node, location: &Location) -> Self {
        let fields = &location.kind.fields;
        match &root.shape {
            Shape::Sequence(items) => Self {
                records: items.iter().map(|item| tree(item, fields)).collect(),
                list: true,
            },
            _ => Self {
                records: vec![tree(root, fields)],
                list: false,
            },
        }
    }

    /// One record alone.
    pub(super) fn one(location: &Location, fields: &BTreeMap<String, Recorded>) -> Self {
        Self {
            records: vec![record(location, fields)],
            list: false,
        }
    }

    /// A list with one more record.
    pub(super) fn with(
        root: Option<&Node>,
        location: &Location,
        fields: &BTreeMap<String, Recorded>,
    ) -> Self {
        let mut records = root.map_or_else(Vec::new, |root| Self::of(root, location).records);
        records.push(record(location, fields));
        Self {
            records,
            list: true,
        }
    }

    /// Notes what is wanted of a record, and gives its node; `None` when no record stands there.
    pub(super) fn change<'n>(
        &mut self,
        root: &'n Node,
        edit: &Edit,
        location: &Location,
    ) -> Option<&'n Node> {
        let (at, node) = match &root.shape {
            Shape::Sequence(items) => {
                let mut items = items.iter().enumerate();
                items.find(|(_, item)| item.range == edit.record)?
            }
            _ => (0, root),
        };
        let Tree::Structure(parts) = &mut self.records[at] else {
            return None;
        };
        for (key, value) in &edit.fields {
            let (key, fields) = known(key, &location.kind.fields);
            match value {
                Some(value) => parts.insert(key, tree_of(value, fields)),
                None => parts.remove(&key),
            };
        }
        Some(node)
    }

    /// Whether a text says just that, with the same body when it is Markdown.
    pub(super) fn is(
        &self,
        text: &str,
        location: &Location,
        (path, body): (&str, Option<&str>),
    ) -> bool {
        let file = Arc::new(SourceFile::new(path, text));
        let Ok(written) = super::read(&file, location) else {
            return false;
        };
        let Some(root) = &written.root else {
            return false;
        };
        let found = Self::of(root, location);
        let same_body = body.is_none_or(|body| {
            let now = written.body.map(|range| file.slice(range));
            now == Some(body)
        });
        found.list == self.list && found.records == self.records && same_body
    }
}

fn record(location: &Location, fields: &BTreeMap<String, Recorded>) -> Tree {
    let fields_of: &[Field] = &location.kind.fields;
    tree_of(&Recorded::Structure(fields.clone()), fields_of)
}
