//! The history without the secrets of messages, names of tags and authors; those of values and texts were masked when the
//! versions were read. What is masked is counted, so that somebody is told of it.

use super::{Changes, FieldChange, History, Piece, Recorded, TextChange, ValueChange};
use crate::secrets::{Allowed, MASK};

impl History {
    /// The same without them.
    #[must_use]
    pub fn without_secrets(mut self, allowed: &Allowed) -> Self {
        let mut masked = 0;
        for commit in &mut self.commits {
            for text in [&mut commit.author, &mut commit.summary, &mut commit.body] {
                allowed.mask(text);
                masked += masks(text);
            }
            masked += in_changes(&commit.changes);
        }
        for tag in &mut self.tags {
            allowed.mask(&mut tag.name);
            allowed.mask(&mut tag.message);
        }
        self.masked = masked;
        self
    }
}

fn masks(text: &str) -> usize {
    text.matches(MASK).count()
}

fn in_changes(changes: &Changes) -> usize {
    let records = changes.records.iter().map(|change| {
        let fields = change
            .fields
            .iter()
            .map(|FieldChange { value, .. }| match value {
                ValueChange::Replaced { old, new } => {
                    [old, new].into_iter().flatten().map(in_value).sum()
                }
                ValueChange::Items { added, removed } => {
                    added.iter().chain(removed).map(in_value).sum()
                }
                ValueChange::Text(text) => in_text(text),
                ValueChange::Hidden => 0,
            });
        let title = change.title.as_deref().map_or(0, masks);
        title + fields.sum::<usize>() + change.body.as_ref().map_or(0, in_text)
    });
    records.sum()
}

fn in_value(value: &Recorded) -> usize {
    match value {
        Recorded::Text(text) => masks(text),
        Recorded::List(items) => items.iter().map(in_value).sum(),
        Recorded::Structure(parts) => parts.values().map(in_value).sum(),
    }
}

fn in_text(text: &TextChange) -> usize {
    let passages = text.passages.iter().flat_map(|passage| &passage.pieces);
    let pieces = passages.map(|piece| match piece {
        Piece::Same(text) | Piece::Removed(text) | Piece::Added(text) => masks(text),
    });
    pieces.sum()
}
