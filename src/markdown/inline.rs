//! Markdown that stands in a YAML value: its text was unfolded by YAML, so its places in the file
//! are gone; everything in it points at the value as a whole.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::markdown::{Document, parse};
use crate::source::{SourceFile, Span, TextRange};

/// Reads a text that YAML gave; findings and references point at `range` in `file`.
pub fn parse_inline(file: &Arc<SourceFile>, text: &str, range: TextRange) -> Document {
    let alone = Arc::new(SourceFile::new(file.path.clone(), text));
    let mut document = parse(&alone, alone.whole());
    for heading in &mut document.headings {
        heading.range = range;
    }
    for reference in &mut document.references {
        reference.range = range;
    }
    for diagnostic in &mut document.diagnostics {
        *diagnostic = Diagnostic {
            span: Some(Span::new(file, range)),
            ..diagnostic.clone()
        };
    }
    document
}
