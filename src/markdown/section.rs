//! Parts of a document that are shown alone: a heading's section, a named block.

use std::collections::BTreeSet;

use super::{Document, Part};

impl Document {
    /// The embeds that a section or a named block shows, as indices of [`Document::references`].
    pub fn embeds_in(&self, fragment: &str) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let parts = self.section_parts(fragment).unwrap_or_default();
        let notes = parts.iter().filter_map(|part| match part {
            Part::Note { footnote, .. } => self.footnotes.get(*footnote),
            _ => None,
        });
        let notes = notes.flat_map(|note| &note.parts);
        for part in parts.iter().chain(notes) {
            if let Part::Embed { reference, .. } = part {
                found.insert(*reference);
            }
        }
        found
    }

    /// What a fragment shows, heading included; `None` when there is no such section or block.
    pub(super) fn section_parts(&self, fragment: &str) -> Option<&[Part]> {
        let range = if let Some(block) = self.block(fragment) {
            block.parts.clone()
        } else {
            let index = self.heading_index(fragment)?;
            self.places[index].start..self.end_of_section(index)
        };
        // A heading within a footnote has no section of its own.
        self.parts.get(range).filter(|parts| !parts.is_empty())
    }

    fn end_of_section(&self, index: usize) -> usize {
        let (level, place) = (self.headings[index].level, self.places[index]);
        if !place.top {
            return place.end;
        }
        let later = self.headings.iter().zip(&self.places).skip(index + 1);
        later
            .filter(|(heading, place)| place.top && heading.level <= level)
            .map(|(_, place)| place.start)
            .next()
            .unwrap_or(self.parts.len())
    }
}
