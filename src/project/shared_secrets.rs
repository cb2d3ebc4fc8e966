//! A secret that YAML repeats: what is written once, by an anchor, and stands in a secret field and in a plain one by
//! aliases, is secret in both. Which of the two holds the anchor makes no difference.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::project::front_matter;
use crate::project::location::Location;
use crate::schema::{Field, find_field};
use crate::source::{SourceFile, TextRange};
use crate::yaml::{self, Node, Shape};

/// The places of a file, outside of its secret fields too, that hold what a secret field holds.
#[derive(Debug, Default)]
pub(super) struct SharedSecrets {
    starts: BTreeSet<u32>,
    /// Where each of them stands.
    pub(super) ranges: Vec<TextRange>,
}

impl SharedSecrets {
    /// The places in `root`, which was read from a range of a file. Anchors are rare: without an alias nothing is read twice.
    pub(super) fn find(
        file: &Arc<SourceFile>,
        range: TextRange,
        root: &Node,
        fields: &[Field],
    ) -> Self {
        let text = file.slice(range);
        if !(text.contains('&') && text.contains('*')) {
            return Self::default();
        }
        let places = yaml::anchored(file, range);
        let mut secret = Vec::new();
        secret_ranges(root, fields, &mut secret);
        let mut found = Self::default();
        let mut anchors: BTreeSet<usize> = BTreeSet::new();
        // A secret collection may repeat, or be part of, others.
        loop {
            let within = |place: &TextRange| {
                let holds =
                    |range: &TextRange| range.start <= place.start && place.start < range.end;
                secret.iter().any(holds)
            };
            let more: BTreeSet<usize> = places
                .iter()
                .filter(|(_, place)| within(place))
                .map(|(anchor, _)| *anchor)
                .collect();
            if more.is_subset(&anchors) {
                return found;
            }
            anchors.extend(more);
            for (anchor, place) in &places {
                if anchors.contains(anchor) && found.starts.insert(place.start) {
                    let range = at(root, place.start).unwrap_or(*place);
                    found.ranges.push(range);
                    secret.push(range);
                }
            }
        }
    }

    /// Whether a node holds what a secret field holds.
    pub(super) fn holds(&self, node: &Node) -> bool {
        self.starts.contains(&node.range.start)
    }
}

/// Where the secret fields of a file of records stand, in bytes; nothing where it cannot be read.
pub fn unpublished(file: &Arc<SourceFile>, location: &Location) -> Vec<Range<usize>> {
    let range = if location.markdown {
        front_matter::split(file, location, &mut Vec::new()).front_matter
    } else {
        Some(file.whole())
    };
    let root = range.and_then(|range| yaml::parse(file, range).0);
    let mut found = Vec::new();
    if let Some(root) = root {
        secret_ranges(&root, &location.kind.fields, &mut found);
    }
    let bytes = |range: TextRange| range.start as usize..range.end as usize;
    found.into_iter().map(bytes).collect()
}

/// Where the values of secret fields stand.
fn secret_ranges(node: &Node, fields: &[Field], found: &mut Vec<TextRange>) {
    match &node.shape {
        Shape::Scalar { .. } => {}
        Shape::Sequence(items) => {
            for item in items {
                secret_ranges(item, fields, found);
            }
        }
        Shape::Mapping(entries) => {
            for (key, value) in entries {
                let Some((_, field)) = find_field(fields, key.text().unwrap_or_default()) else {
                    continue;
                };
                if field.secret {
                    found.push(value.range);
                } else if !field.fields().is_empty() {
                    secret_ranges(value, field.fields(), found);
                }
            }
        }
    }
}

/// The range of the outermost node that starts at a place.
fn at(node: &Node, start: u32) -> Option<TextRange> {
    if node.range.start == start {
        return Some(node.range);
    }
    match &node.shape {
        Shape::Scalar { .. } => None,
        Shape::Sequence(items) => items.iter().find_map(|item| at(item, start)),
        Shape::Mapping(entries) => entries
            .iter()
            .find_map(|(key, value)| at(key, start).or_else(|| at(value, start))),
    }
}
