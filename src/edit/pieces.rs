//! Pieces of a text to replace: what a renaming or a mend is made of, for an editor as for a file.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Mend};
use crate::source::TextRange;

/// Pieces of a text to replace, by their places in it.
pub type Pieces = Vec<(TextRange, String)>;

/// The text with its pieces replaced; they are in order and do not meet.
pub fn replaced(text: &str, pieces: &[(TextRange, String)]) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for (range, piece) in pieces {
        let (start, end) = (range.start as usize, range.end as usize);
        out.push_str(&text[done..start.max(done)]);
        out.push_str(piece);
        done = end.max(done);
    }
    out.push_str(&text[done..]);
    out
}

/// The one piece by which two texts differ.
pub fn difference(before: &str, after: &str) -> (TextRange, String) {
    let mut start = before
        .bytes()
        .zip(after.bytes())
        .take_while(|(one, other)| one == other)
        .count();
    while !before.is_char_boundary(start) || !after.is_char_boundary(start) {
        start -= 1;
    }
    let ends = before[start..]
        .bytes()
        .rev()
        .zip(after[start..].bytes().rev());
    let mut same = ends.take_while(|(one, other)| one == other).count();
    while !before.is_char_boundary(before.len() - same) {
        same -= 1;
    }
    let piece = after[start..after.len() - same].to_owned();
    (TextRange::new(start, before.len() - same), piece)
}

/// The sure mends of findings, by file: in order, and of two that meet the first.
pub fn mends(findings: &[Diagnostic]) -> BTreeMap<String, Pieces> {
    let mut by_path: BTreeMap<String, Pieces> = BTreeMap::new();
    for Mend { span, text } in findings
        .iter()
        .filter_map(|finding| finding.mend.as_deref())
    {
        let pieces = by_path.entry(span.file.path.clone()).or_default();
        pieces.push((span.range, text.clone()));
    }
    for pieces in by_path.values_mut() {
        pieces.sort();
        let mut end = 0;
        pieces.retain(|(range, _)| {
            let is_free = range.start >= end;
            end = if is_free { range.end } else { end };
            is_free
        });
    }
    by_path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_piece_tells_two_texts_apart() {
        for (before, after) in [
            ("é", "è"),
            ("a\n", "a\nb\n"),
            ("aa", "aaa"),
            ("", "x"),
            ("x", "x"),
        ] {
            let piece = difference(before, after);
            assert_eq!(replaced(before, &[piece]), after, "{before:?} {after:?}");
        }
    }
}
