//! Where a name leads: the record that it means, the heading on its page, or a file.

use lsp_types::{Location, Range};

use crate::edit::rename::{places, written_id};
use crate::estate::{Record, RecordId};
use crate::lsp::draft::Draft;
use crate::lsp::spot::{At, Spot, spot};
use crate::source::{Span, TextRange};

/// Where what stands at a place is written.
pub(super) fn definition(draft: &Draft, at: &At) -> Option<Location> {
    match spot(draft, at)? {
        Spot::Record { id, fragment, .. } => {
            let record = draft.estate.record(id);
            let heading = fragment.and_then(|fragment| {
                let body = record.source.body()?;
                Some(body.heading(&fragment)?.range)
            });
            let range = heading.unwrap_or_else(|| start(record));
            Some(draft.place(&record.source.span(range)))
        }
        Spot::File(path) => Some(Location::new(draft.folder.uri(&path), Range::default())),
        Spot::Field(..) => None,
    }
}

/// Every place that names the record at a place; its own id among them when `declared`.
pub(super) fn references(draft: &Draft, at: &At, declared: bool) -> Option<Vec<Location>> {
    let Spot::Record { id, .. } = spot(draft, at)? else {
        return None;
    };
    let mut spans = spans(draft, id);
    if declared {
        let record = draft.estate.record(id);
        spans.push(record.source.span(start(record)));
    }
    Some(spans.iter().map(|span| draft.place(span)).collect())
}

fn spans(draft: &Draft, id: RecordId) -> Vec<Span> {
    let places = places(&draft.estate, id).into_iter();
    places
        .map(|place| place.record.source.span(place.range))
        .collect()
}

/// Where a record begins: its id, or its file.
fn start(record: &Record) -> TextRange {
    let first = TextRange::at(record.source.range.start as usize);
    written_id(record).unwrap_or(first)
}
