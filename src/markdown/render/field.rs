//! The text of a field on a page: its headings stand below those of the page, whatever an import wrote.

use super::Page;
use crate::diagnostic::Language;
use crate::markdown::{Document, Resolve};

/// A field stands in a section, and has a name of its own.
const LOWER: u8 = 2;
/// HTML has no lower heading.
const LOWEST: u8 = 6;

impl Document {
    /// The HTML of the text of a field.
    pub fn field_html(&self, resolver: &dyn Resolve) -> String {
        let mut page = Page::new(self, resolver, false);
        page.lower = LOWER;
        page.parts(&self.parts);
        page.footnotes();
        page.out
    }
}

impl Page<'_> {
    /// The level at which a heading stands on the page.
    pub(super) fn level(&self, written: u8) -> u8 {
        let level = written + self.lower;
        if self.lower > 0 {
            level.min(LOWEST)
        } else {
            level
        }
    }

    pub(super) fn say(&self, fr: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Fr => fr,
            Language::En => en,
            Language::Other(locale) => locale.translated(en).unwrap_or(en),
        }
    }
}
