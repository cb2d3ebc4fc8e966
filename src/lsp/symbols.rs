//! The outline of a file: its records with their fields, or the headings of a text.

use lsp_types::{DocumentSymbol, SymbolKind};

use crate::estate::Record;
use crate::lsp::draft::Draft;
use crate::lsp::positions;
use crate::markdown::Heading;
use crate::source::{SourceFile, TextRange};

/// The outline of a file.
pub(super) fn symbols(draft: &Draft, path: &str) -> Vec<DocumentSymbol> {
    let records = draft.records_of(path);
    records
        .into_iter()
        .map(|record| match record.source.body() {
            Some(body) => {
                let file = &record.source.file;
                let whole = file.whole();
                let mut own = symbol(file, &record.title, (SymbolKind::FILE, whole), whole);
                own.children = Some(nested(file, &mut body.headings.iter().peekable(), 0));
                own
            }
            None => of_fields(draft, record),
        })
        .collect()
}

/// A record of YAML: its fields are its parts.
fn of_fields(draft: &Draft, record: &Record) -> DocumentSymbol {
    let file = &record.source.file;
    let fields = record.source.entries.iter().map(|entry| {
        let label = record.kind().fields[entry.field].labels.get(draft.language);
        let range = TextRange {
            start: entry.key.start,
            end: entry.value.range.end.max(entry.key.end),
        };
        symbol(file, label, (SymbolKind::FIELD, range), entry.key)
    });
    let mut fields: Vec<DocumentSymbol> = fields.collect();
    fields.sort_by_key(|field| (field.range.start.line, field.range.start.character));
    let range = record.source.range;
    let mut own = symbol(
        file,
        &record.title,
        (SymbolKind::OBJECT, range),
        record.source.id_range,
    );
    own.detail = Some(record.source.id.clone());
    own.children = Some(fields);
    own
}

/// The headings deeper than a level, each with those under it.
fn nested<'h>(
    file: &SourceFile,
    headings: &mut std::iter::Peekable<impl Iterator<Item = &'h Heading>>,
    level: u8,
) -> Vec<DocumentSymbol> {
    let mut all = Vec::new();
    while let Some(heading) = headings.next_if(|heading| heading.level > level) {
        let kind = (SymbolKind::STRING, heading.range);
        let mut own = symbol(file, &heading.text, kind, heading.range);
        own.children = Some(nested(file, headings, heading.level));
        all.push(own);
    }
    all
}

fn symbol(
    file: &SourceFile,
    name: &str,
    (kind, range): (SymbolKind, TextRange),
    selection: TextRange,
) -> DocumentSymbol {
    // Editors refuse a selection that lies outside, and an empty name.
    let inside = selection.start >= range.start && selection.end <= range.end;
    #[expect(deprecated, reason = "the type has no other way to be made")]
    DocumentSymbol {
        name: if name.is_empty() { "·" } else { name }.to_owned(),
        detail: None,
        kind,
        tags: None,
        deprecated: None,
        range: positions::range(file, range),
        selection_range: positions::range(file, if inside { selection } else { range }),
        children: None,
    }
}
