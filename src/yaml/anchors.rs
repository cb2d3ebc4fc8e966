//! Where YAML says a value once and repeats it: its anchors and aliases, with their places.

use std::sync::Arc;

use granit_parser::{Event, Options, Parser};

use crate::source::{SourceFile, TextRange};

/// The places of anchors and aliases in a range that parses: a value there is said once and stands
/// more than once, so that changing it in one place changes another.
pub fn shared(file: &Arc<SourceFile>, range: TextRange) -> Vec<TextRange> {
    let places = anchored(file, range).into_iter();
    places.map(|(_, place)| place).collect()
}

/// As [`shared`], each place with the number of the anchor that it sets or repeats.
pub fn anchored(file: &Arc<SourceFile>, range: TextRange) -> Vec<(usize, TextRange)> {
    let mut options = Options::default();
    options.emit_comments = false;
    let mut events = Parser::new_from_str_with_options(file.slice(range), options);
    let mut places = Vec::new();
    while let Some(Ok((event, span))) = events.next_event() {
        let anchor = match event {
            Event::Scalar(_, _, anchor, _)
            | Event::SequenceStart(_, anchor, _)
            | Event::MappingStart(_, anchor, _)
            | Event::Alias(anchor) => anchor,
            Event::StreamEnd => break,
            _ => 0,
        };
        if anchor != 0 {
            let at = span.byte_range().unwrap_or_default();
            places.push((anchor, TextRange::new(at.start, at.end).shift(range.start)));
        }
    }
    places
}
