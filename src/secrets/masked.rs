//! A text without its secrets: dots of one length in what is told, dots in the place of each letter where places in the
//! text have to stay true.

use std::ops::Range;
use std::sync::Arc;

use super::{Allowed, Kind, Secret, find};
use crate::project::free_text::STARS;
use crate::source::{SourceFile, Span, TextRange};

/// What stands in the place of a secret where something is told: how long it was is not said.
pub const MASK: &str = "••••••••";

impl Allowed {
    /// The secrets of a text, without those that somebody allowed.
    pub fn find(&self, text: &str) -> Vec<Secret> {
        let mut found = find(text);
        found.retain(|secret| !self.allows(&text[secret.range.clone()]));
        found
    }

    /// A text with the mask in the place of its secrets; nothing where it has none.
    pub fn masked(&self, text: &str) -> Option<String> {
        let found = self.find(text);
        let ranges: Vec<Range<usize>> = found.into_iter().map(|secret| secret.range).collect();
        (!ranges.is_empty()).then(|| replaced(text, &ranges))
    }

    /// Puts the mask in the place of a text's secrets.
    pub fn mask(&self, text: &mut String) {
        if let Some(masked) = self.masked(text) {
            *text = masked;
        }
    }
}

/// A text with the stars of imports in the place of its secrets, and what those are.
pub fn starred(text: &str) -> (String, Vec<Kind>) {
    let found = find(text);
    let ranges: Vec<Range<usize>> = found.iter().map(|secret| secret.range.clone()).collect();
    let kinds = found.into_iter().map(|secret| secret.kind).collect();
    (written(text, &ranges, STARS), kinds)
}

/// A text with the mask in the place of some ranges, in order.
pub(super) fn replaced(text: &str, ranges: &[Range<usize>]) -> String {
    written(text, ranges, MASK)
}

fn written(text: &str, ranges: &[Range<usize>], mark: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for range in ranges {
        out.push_str(&text[at..range.start]);
        out.push_str(mark);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// A file with a dot in the place of each letter of some ranges: bytes, letters and lines stay where they were.
pub(super) fn dotted(file: &Arc<SourceFile>, ranges: &[Range<usize>]) -> Arc<SourceFile> {
    let mut text = String::with_capacity(file.text.len());
    let mut at = 0;
    for range in ranges {
        text.push_str(&file.text[at..range.start]);
        text.extend(file.text[range.clone()].chars().map(dot));
        at = range.end;
    }
    text.push_str(&file.text[at..]);
    Arc::new(SourceFile::new(file.path.clone(), text))
}

/// A mark of the same length in bytes; blanks stay.
fn dot(letter: char) -> char {
    match letter.len_utf8() {
        _ if letter.is_whitespace() => letter,
        1 => '.',
        2 => '·',
        3 => '•',
        _ => '\u{1f512}',
    }
}

/// A secret as it is told of.
pub(super) struct Hidden {
    /// Where its letters stand.
    pub value: Range<usize>,
    /// Letters before it, on its line, that are not shown either begin here.
    pub from: usize,
}

/// Where secrets of a file begin, in their order, in one copy of it that has the mask in their place: what follows on their
/// lines is not shown. One copy for all, since a file may have a secret in each of ten thousand records. Lines stay where they
/// were.
pub(super) fn shown(file: &SourceFile, secrets: &[Hidden]) -> Vec<Span> {
    let mut text = String::with_capacity(file.text.len());
    let mut starts = Vec::with_capacity(secrets.len());
    let mut at = 0;
    for Hidden { value, from } in secrets {
        // What stands on the rest of a line is told of at the secret before it.
        if value.start >= at {
            let from = (*from).max(at);
            text.push_str(&file.text[at..from]);
            text.extend(file.text[from..value.start].chars().map(dot));
            starts.push(text.len());
            text.push_str(MASK);
            let lines = file.text[value.clone()].matches('\n').count();
            text.extend(std::iter::repeat_n('\n', lines));
            let rest = &file.text[value.end..];
            at = value.end + rest.find('\n').unwrap_or(rest.len());
        } else {
            starts.extend(starts.last().copied());
        }
    }
    text.push_str(&file.text[at..]);
    let file = Arc::new(SourceFile::new(file.path.clone(), text));
    let span = |start| Span::new(&file, TextRange::new(start, start + MASK.len()));
    starts.into_iter().map(span).collect()
}
