//! A file laid out for the editor, as `carnet fmt` would: one piece, so that the cursor stays where it is.

use std::sync::Arc;

use lsp_types::TextEdit;

use crate::edit::layout::{Order, formatted};
use crate::edit::pieces::difference;
use crate::lsp::draft::Draft;
use crate::lsp::positions;
use crate::source::SourceFile;

/// What changes; nothing for a file that is laid out, has no records or cannot be laid out for sure.
pub(super) fn formatting(draft: &Draft, file: &Arc<SourceFile>) -> Vec<TextEdit> {
    let laid = draft
        .location(&file.path)
        .and_then(|location| formatted(file, &location, Order::Written).ok());
    let Some(laid) = laid.filter(|laid| *laid != file.text) else {
        return Vec::new();
    };
    let (range, text) = difference(&file.text, &laid);
    vec![TextEdit::new(positions::range(file, range), text)]
}
