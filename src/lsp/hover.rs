//! The card of a record under the pointer, or what a field is for.

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use crate::estate::display::plain;
use crate::estate::{Record, RecordId};
use crate::lsp::draft::Draft;
use crate::lsp::positions;
use crate::lsp::spot::{At, Spot, spot};
use crate::schema::{Field, Type};

/// The most facts of a card, and the longest of them in letters.
const MOST_FACTS: usize = 6;
const LONGEST_FACT: usize = 120;

/// What is shown of what stands at a place.
pub(super) fn hover(draft: &Draft, at: &At) -> Option<Hover> {
    let (text, range) = match spot(draft, at)? {
        Spot::Record { id, range, .. } => (card(draft, id), range),
        Spot::Field(field, range) => (about(draft, field), range),
        Spot::File(_) => return None,
    };
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: MarkupKind::Markdown,
            value: text,
        }),
        range: Some(positions::range(&at.file, range)),
    })
}

/// A record in a few lines: its name, its kind, and the facts that its page tells first.
pub(super) fn card(draft: &Draft, id: RecordId) -> String {
    let record = draft.estate.record(id);
    let kind = record.kind().labels.get(draft.language);
    let mut lines = vec![format!(
        "**{}** — {} · `{}`",
        escaped(&record.title),
        escaped(kind),
        record.source.id
    )];
    lines.extend(facts(draft, record));
    lines.join("\n")
}

/// The facts of a card, those under the page's title before those of lists.
fn facts(draft: &Draft, record: &Record) -> Vec<String> {
    let kind = record.kind();
    let told = kind
        .summary
        .iter()
        .filter_map(|key| Some(kind.field(key)?.1));
    let columns = kind.fields.iter().filter(|field| field.column);
    let mut keys = vec![kind.title.as_str()];
    let mut lines = Vec::new();
    for field in told.chain(columns) {
        if keys.contains(&field.key.as_str()) || lines.len() == MOST_FACTS {
            continue;
        }
        keys.push(&field.key);
        let Some((_, value)) = record.view().get(&field.key) else {
            continue;
        };
        let text = plain(&draft.estate, record, field, value, draft.language);
        let text: String = text.chars().take(LONGEST_FACT).collect();
        if !text.trim().is_empty() {
            let label = escaped(field.labels.get(draft.language));
            lines.push(format!("- {label} : {}", escaped(&text.replace('\n', " "))));
        }
    }
    lines
}

/// What a field is called, what for, and what it takes.
pub(super) fn about(draft: &Draft, field: &Field) -> String {
    let language = draft.language;
    let mut lines = vec![format!(
        "**{}** · `{}`",
        escaped(field.labels.get(language)),
        field.key
    )];
    lines.extend(field.help.as_ref().map(|help| escaped(help.get(language))));
    match &field.value {
        Type::Enumeration(choices) => lines.extend(choices.iter().map(|choice| {
            let label = escaped(choice.labels.get(language));
            format!("- `{}` {label}", choice.key)
        })),
        Type::Reference(kinds) => {
            let kinds = kinds
                .iter()
                .filter_map(|name| draft.estate.schema.kind(name));
            let labels: Vec<String> = kinds
                .map(|kind| format!("→ {}", escaped(kind.labels.get(language))))
                .collect();
            lines.push(labels.join(", "));
        }
        _ => {}
    }
    lines.join("\n\n")
}

/// A text that Markdown shows as it is.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if "\\`*_[]<>#!|~".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}
