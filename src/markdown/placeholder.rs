//! `{{ asset.<field> }}`: holes that the reader's browser fills with the values of one asset. Found
//! wherever text is read, in code as well; whether a page has such holes is the resolver's to say.

use std::ops::Range;

use super::{Resolve, escape};
use crate::source::TextRange;

/// A hole in a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Placeholder {
    /// The key of the field, as written; maybe no field's.
    pub field: String,
    /// The whole of it, as written.
    pub written: String,
    /// Its place in the file; that of the block or span around it where the text differs from the file.
    pub range: TextRange,
}

/// The length of the placeholder that a text starts with, and the place of its field.
pub(super) fn at_start(text: &str) -> Option<(usize, Range<usize>)> {
    let blank = |char: char| char == ' ' || char == '\t';
    let inner = text.strip_prefix("{{")?.trim_start_matches(blank);
    let rest = inner.strip_prefix("asset.")?;
    let part = |char: char| char.is_alphanumeric() || "_-".contains(char);
    let after = rest.trim_start_matches(part);
    let start = text.len() - rest.len();
    let field = start..text.len() - after.len();
    let end = after.trim_start_matches(blank).strip_prefix("}}")?;
    (!field.is_empty()).then_some((text.len() - end.len(), field))
}

/// All placeholders of a text: the whole of each, and its field. Linear but for blanks after `{{`.
pub(super) fn all(text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find("{{") {
        let start = at + next;
        match at_start(&text[start..]) {
            Some((length, field)) => {
                found.push((
                    start..start + length,
                    start + field.start..start + field.end,
                ));
                at = start + length;
            }
            // Of three braces, the last two may open one.
            None => at = start + 1,
        }
    }
    found
}

/// Writes a placeholder: a hole with the name of its field, or as it is written.
pub(super) fn write(out: &mut String, resolver: &dyn Resolve, field: &str, written: &str) {
    let Some(label) = resolver.placeholder(field) else {
        escape::text(out, written);
        return;
    };
    out.push_str("<span class=\"placeholder\" data-field=\"");
    escape::attribute(out, field);
    out.push_str("\">");
    escape::text(out, &label);
    out.push_str("</span>");
}

/// Code as it is coloured: each placeholder is one character that the code has nowhere, and no grammar
/// gives a meaning. `None` without placeholders.
pub(super) struct Masked<'a> {
    /// The code with the marks.
    pub code: String,
    mark: char,
    /// Written form and field, in order.
    holes: Vec<(&'a str, &'a str)>,
}

impl<'a> Masked<'a> {
    pub(super) fn new(code: &'a str) -> Option<Self> {
        let found = all(code);
        if found.is_empty() {
            return None;
        }
        let mark = ('\u{f0000}'..='\u{ffffd}').find(|mark| !code.contains(*mark))?;
        let mut masked = String::with_capacity(code.len());
        let mut from = 0;
        let mut holes = Vec::new();
        for (whole, field) in found {
            masked.push_str(&code[from..whole.start]);
            masked.push(mark);
            from = whole.end;
            holes.push((&code[whole], &code[field]));
        }
        masked.push_str(&code[from..]);
        Some(Self {
            code: masked,
            mark,
            holes,
        })
    }

    /// Writes coloured code with its holes.
    pub(super) fn fill(&self, out: &mut String, resolver: &dyn Resolve, coloured: &str) {
        let mut holes = self.holes.iter();
        for (place, piece) in coloured.split(self.mark).enumerate() {
            if place > 0
                && let Some((written, field)) = holes.next()
            {
                write(out, resolver, field, written);
            }
            out.push_str(piece);
        }
    }
}
