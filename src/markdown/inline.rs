//! Markdown that is the value of a YAML field: its text no longer stands in the file byte for byte
//! (indentation and folded lines are gone), so places are found again by walking both side by side.

use std::sync::Arc;

use super::{Document, parse};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceFile, Span, TextRange};

/// Reads the value `text` of a YAML field that stands at `range` of `file`. Pure. Places are those
/// in the file; where escapes hide them, all places are `range`.
pub fn parse_inline(file: &Arc<SourceFile>, text: &str, range: TextRange) -> Document {
    let alone = Arc::new(SourceFile::new(file.path.clone(), text));
    let mut document = parse(&alone, alone.whole());
    let starts = starts(file.slice(range), text);
    let place = |inner: TextRange| -> TextRange {
        let Some(starts) = &starts else { return range };
        let at = |offset: u32| starts.get(offset as usize).copied();
        match (at(inner.start), at(inner.end.saturating_sub(1))) {
            (Some(start), Some(last)) if inner.end > inner.start => {
                TextRange::new(start, last + 1).shift(range.start)
            }
            _ => range,
        }
    };
    for heading in &mut document.headings {
        heading.range = place(heading.range);
    }
    for reference in &mut document.references {
        reference.range = place(reference.range);
    }
    for placeholder in &mut document.placeholders {
        placeholder.range = place(placeholder.range);
    }
    for diagnostic in &mut document.diagnostics {
        let inner = diagnostic.span.as_ref().map_or(range, |span| span.range);
        *diagnostic = Diagnostic {
            span: Some(Span::new(file, place(inner))),
            ..diagnostic.clone()
        };
    }
    document
}

/// Where each byte of `text` stands in `written`, the YAML scalar it came from; `None` when they
/// differ in more than blanks.
fn starts(written: &str, text: &str) -> Option<Vec<usize>> {
    let source = written.as_bytes();
    let mut at = match source.first()? {
        // The header of a block (`|-`, `> # remark`) ends with its line.
        b'|' | b'>' => written.find('\n')?,
        b'"' | b'\'' => 1,
        _ => 0,
    };
    let mut starts = Vec::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_whitespace() {
            starts.push(at.min(source.len() - 1));
            continue;
        }
        while source.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        if source.get(at) != Some(&byte) {
            return None;
        }
        starts.push(at);
        at += 1;
    }
    Some(starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, text: &str, word: &str, expected: Option<usize>) {
        let inner = text.find(word).expect("the word is in the text");
        assert_eq!(starts(written, text).map(|starts| starts[inner]), expected);
    }

    #[test]
    fn places_are_found_again() {
        check("|\n    a\n    é b\n", "a\né b\n", "b", Some(15));
        check(">-\n  a\n  b c", "a b c", "c", Some(11));
        check("\"a b\"", "a b", "b", Some(3));
        check("a  b", "a  b", "b", Some(3));
        check("\"a\\tb\"", "a\tb", "b", None);
    }
}
