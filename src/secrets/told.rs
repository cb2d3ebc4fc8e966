//! Findings without the secrets of their lines and messages, for whoever reads files as they are, to write them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::masked::{MASK, dotted};
use super::{Secret, find};
use crate::diagnostic::{Diagnostic, Text};
use crate::source::{SourceFile, Span};

/// The same findings, which repeat no secret of the files that they speak of.
pub fn told(diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut files = Files::default();
    let mut told = diagnostics.to_vec();
    for diagnostic in &mut told {
        let notes = diagnostic.notes.iter_mut().map(|(span, _)| span);
        for span in notes.chain(&mut diagnostic.span) {
            files.hide(span);
        }
    }
    for diagnostic in &mut told {
        let notes = diagnostic.notes.iter_mut().map(|(_, text)| text);
        let texts = notes.chain(&mut diagnostic.help);
        for text in texts.chain([&mut diagnostic.message]) {
            files.hide_in(text);
        }
    }
    told
}

/// The files of some findings, each read once, and what was found in them.
#[derive(Default)]
struct Files {
    dotted: BTreeMap<usize, Arc<SourceFile>>,
    values: Vec<String>,
}

impl Files {
    fn hide(&mut self, span: &mut Span) {
        let values = &mut self.values;
        let dotted = self
            .dotted
            .entry(Arc::as_ptr(&span.file).addr())
            .or_insert_with(|| {
                let found = find(&span.file.text);
                let value = |secret: &Secret| span.file.text[secret.range.clone()].to_owned();
                values.extend(found.iter().map(value));
                let ranges: Vec<Range<usize>> =
                    found.into_iter().map(|secret| secret.range).collect();
                dotted(&span.file, &ranges)
            });
        *span = Span::new(dotted, span.range);
    }

    fn hide_in(&self, text: &mut Text) {
        for value in &self.values {
            for text in [&mut text.fr, &mut text.en] {
                if text.contains(value.as_str()) {
                    *text = text.replace(value.as_str(), MASK);
                }
            }
        }
    }
}
