//! What stands at a place of a file: a name of a record, a name of a file, or a field.

use std::sync::Arc;

use crate::edit::rename::written_id;
use crate::estate::{Link, Record, RecordId, Target};
use crate::lsp::draft::Draft;
use crate::project::Entry;
use crate::schema::Field;
use crate::source::{SourceFile, TextRange};

/// A place that an editor asks about.
pub(super) struct At {
    /// The file as it is open.
    pub file: Arc<SourceFile>,
    /// The byte.
    pub offset: u32,
}

/// What stands there.
pub(super) enum Spot<'d> {
    /// A name of a record, by which others or it itself are meant.
    Record {
        /// Which.
        id: RecordId,
        /// The heading on its page that is meant.
        fragment: Option<String>,
        /// The name as written.
        range: TextRange,
    },
    /// A file of the project, by its path from the root.
    File(String),
    /// The key of a field.
    Field(&'d Field, TextRange),
}

/// What stands at a place; `None` for what means nothing by itself.
pub(super) fn spot<'d>(draft: &'d Draft, at: &At) -> Option<Spot<'d>> {
    let records = draft.records_of(&at.file.path);
    let in_yaml = |record: &&Record| at.is_in(record.source.range);
    let record = records.iter().copied().find(in_yaml);
    // The body of a Markdown file lies outside of its fields.
    let record = record.or_else(|| records.first().copied())?;
    named(record, at)
        .or_else(|| mentioned(record, at))
        .or_else(|| own(record, at))
        .or_else(|| field(&record.kind().fields, &record.source.entries, at))
}

impl At {
    /// Whether a range holds the place; its end does, as a cursor stands behind a word.
    pub(super) fn is_in(&self, range: TextRange) -> bool {
        range.start <= self.offset && self.offset <= range.end
    }
}

/// A record that a field names.
fn named(record: &Record, at: &At) -> Option<Spot<'static>> {
    let references = record.source.references.iter().zip(&record.links);
    let mut here = references.filter(|(reference, _)| at.is_in(reference.range));
    let (reference, link) = here.next()?;
    match link {
        Link::Record(id) | Link::WrongKind(id) => Some(Spot::Record {
            id: *id,
            fragment: None,
            range: reference.range,
        }),
        Link::Ambiguous(_) | Link::Dangling => None,
    }
}

/// What a text names.
fn mentioned(record: &Record, at: &At) -> Option<Spot<'static>> {
    let documents = record.source.documents.iter().zip(&record.mentions);
    let references = documents.flat_map(|(document, targets)| {
        let references = document.references.iter();
        references.zip(targets)
    });
    let mut here = references.filter(|(reference, target)| {
        at.is_in(reference.range) && !matches!(target, Target::Word | Target::Missing)
    });
    let (reference, target) = here.next()?;
    match target {
        Target::Record { id, fragment } => Some(Spot::Record {
            id: *id,
            fragment: fragment.clone(),
            range: reference.range,
        }),
        Target::DeadAnchor { id } => Some(Spot::Record {
            id: *id,
            fragment: None,
            range: reference.range,
        }),
        Target::File(path) => Some(Spot::File(path.clone())),
        Target::Page(_) | Target::Ambiguous(_) | Target::Missing | Target::Word => None,
    }
}

/// The record's own id.
fn own(record: &Record, at: &At) -> Option<Spot<'static>> {
    let range = written_id(record).filter(|range| at.is_in(*range))?;
    Some(Spot::Record {
        id: record.id,
        fragment: None,
        range,
    })
}

/// The key of a field, in a record or in a structure of it.
fn field<'d>(fields: &'d [Field], entries: &'d [Entry], at: &At) -> Option<Spot<'d>> {
    entries.iter().find_map(|entry| {
        let own = &fields[entry.field];
        if at.is_in(entry.key) {
            return Some(Spot::Field(own, entry.key));
        }
        let structures = crate::project::View { fields, entries }.structures(&own.key);
        let mut structures = structures.filter(|_| at.is_in(entry.value.range));
        structures.find_map(|view| field(view.fields, view.entries, at))
    })
}
