//! One file a rule: what it finds, why that matters, and how to mend it.

pub(super) mod ambiguous_reference;
pub(super) mod circular_embed;
pub(super) mod circular_parent;
pub(super) mod dangling_reference;
pub(super) mod dead_anchor;
pub(super) mod dead_link;
pub(super) mod duplicate_id;
pub(super) mod duplicate_value;
pub(super) mod incomplete_change;
pub(super) mod incomplete_history;
pub(super) mod missing_file;
pub(super) mod missing_image;
pub(super) mod path_collision;
pub(super) mod shallow_history;

use crate::estate::{Estate, Record, Target};
use crate::markdown::Reference;
use crate::source::Span;

/// Every reference in every text, with what it means.
fn mentions(estate: &Estate) -> impl Iterator<Item = (&Record, &Reference, &Target)> {
    estate.records().iter().flat_map(|record| {
        let documents = record.source.documents.iter().zip(&record.mentions);
        documents.flat_map(move |(document, targets)| {
            document
                .references
                .iter()
                .zip(targets)
                .map(move |(reference, target)| (record, reference, target))
        })
    })
}

/// The place of a reference.
fn place(record: &Record, reference: &Reference) -> Span {
    record.source.span(reference.range)
}
