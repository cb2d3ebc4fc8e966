//! What the HTML of a text depends on, for those who want to know whether it is the same as before without making it.

use std::hash::{Hash, Hasher};

use super::{Document, Resolve};

impl Document {
    /// Feeds a hasher with all that [`Self::html`], [`Self::field_html`] and [`Self::section_html`] read: the text itself,
    /// and every answer of the resolver.
    pub fn fingerprint(&self, resolver: &dyn Resolve, hasher: &mut impl Hasher) {
        let Self {
            headings,
            references,
            placeholders,
            anchors,
            blocks,
            task_count,
            title,
            summary,
            parts,
            places,
            footnotes,
            unnamed,
            // The same words as in the parts, for search.
            sections: _,
            // No page shows them.
            diagnostics: _,
        } = self;
        (
            headings,
            references,
            placeholders,
            anchors,
            blocks,
            task_count,
        )
            .hash(hasher);
        (title, summary, parts, places, footnotes, unnamed).hash(hasher);
        resolver.language().hash(hasher);
        resolver.typography().hash(hasher);
        for (index, reference) in references.iter().enumerate() {
            resolver.resolve(index, reference).hash(hasher);
        }
        for hole in placeholders {
            resolver.placeholder(&hole.field).hash(hasher);
        }
    }
}
