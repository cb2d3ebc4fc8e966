//! What may be written next: fields, values and ids in YAML, links in texts.
//!
//! The letters before the cursor decide, not the parsed file: while somebody types, it is seldom whole.

mod context;
mod links;
mod settings;
mod values;

use lsp_types::{CompletionItem, CompletionItemKind, CompletionList, CompletionTextEdit, TextEdit};

use crate::estate::{Estate, Found, Record};
use crate::fold::fold;
use crate::load::is_schema;
use crate::lsp::draft::Draft;
use crate::lsp::positions;
use crate::lsp::spot::At;
use crate::source::TextRange;
use context::{Context, context};

/// The most proposals that are sent at once; with more letters fewer remain.
const MOST: usize = 100;

/// Something that may be written.
struct Proposal {
    /// As it is written.
    text: String,
    /// What else it is called: shown beside it, and found by.
    title: String,
    /// What is said of it.
    about: Option<String>,
    kind: CompletionItemKind,
}

impl Proposal {
    fn new(text: impl Into<String>, title: impl Into<String>, kind: CompletionItemKind) -> Self {
        Self {
            text: text.into(),
            title: title.into(),
            about: None,
            kind,
        }
    }

    /// A record by its id; by its kind too where its name among several kinds, or all (`[]`), is not its own.
    fn of_record(estate: &Estate, record: &Record, kinds: &[String]) -> Self {
        let id = &record.source.id;
        let is_clear = kinds.len() == 1
            || matches!(estate.named(id, kinds), Found::One(found) if found == record.id);
        let text = if is_clear {
            id.clone()
        } else {
            format!("{}:{id}", record.kind().name)
        };
        Self::new(text, &record.title, CompletionItemKind::REFERENCE)
    }
}

/// What may follow the letters before a place.
pub(super) fn completion(draft: &Draft, at: &At) -> Option<CompletionList> {
    let location = draft.location(&at.file.path);
    let before = &at.file.text[..at.offset as usize];
    let line = before.rsplit('\n').next().unwrap_or_default();
    if let Some((written, proposals)) = links::after(draft, at, line) {
        return Some(list(at, written, proposals));
    }
    let of_other = match at.file.path.as_str() {
        "carnet.yaml" => Some(settings::of_configuration as fn(&Draft, &Context) -> _),
        path if is_schema(path) => Some(settings::of_kind as fn(&Draft, &Context) -> _),
        _ => None,
    };
    if let Some(proposals) = of_other {
        let context = context(&at.file, at.offset, false)?;
        let proposals = proposals(draft, &context);
        return Some(list(at, &context.written, proposals));
    }
    let location = location?;
    let Context {
        parents,
        key,
        written,
        siblings,
    } = context(&at.file, at.offset, location.markdown)?;
    let mut fields = location.kind.fields.as_slice();
    for parent in &parents {
        fields = crate::schema::find_field(fields, parent)?.1.fields();
    }
    let proposals = match &key {
        Some(key) => {
            let (_, field) = crate::schema::find_field(fields, key)?;
            values::of(draft, at, field, &written)
        }
        None => values::keys(draft, fields, &siblings, parents.is_empty()),
    };
    Some(list(at, &written, proposals))
}

/// The proposals that what is written may become, nearest first.
fn list(at: &At, written: &str, proposals: Vec<Proposal>) -> CompletionList {
    let wanted = fold(written);
    let rank = |proposal: &Proposal| {
        let (text, title) = (fold(&proposal.text), fold(&proposal.title));
        match () {
            () if text.starts_with(&wanted) => Some(0),
            () if title.starts_with(&wanted) => Some(1),
            () if text.contains(&wanted) || title.contains(&wanted) => Some(2),
            () => None,
        }
    };
    let ranked = proposals.into_iter();
    let mut ranked: Vec<(i32, Proposal)> = ranked.filter_map(|it| Some((rank(&it)?, it))).collect();
    // Proposals come in the order of ids, or of the schema, which stays within a rank.
    ranked.sort_by_key(|(rank, _)| *rank);
    let is_incomplete = ranked.len() > MOST;
    ranked.truncate(MOST);
    let range = TextRange::new(at.offset as usize - written.len(), at.offset as usize);
    let range = positions::range(&at.file, range);
    let items = ranked.into_iter().enumerate().map(|(place, (_, it))| {
        let filter = format!("{} {}", it.text, it.title);
        CompletionItem {
            label: it.text.trim_end_matches([':', ' ']).to_owned(),
            kind: Some(it.kind),
            detail: (!it.title.is_empty()).then_some(it.title),
            documentation: it.about.map(lsp_types::Documentation::String),
            // Editors sort by this text; the order here is meant.
            sort_text: Some(format!("{place:04}")),
            filter_text: Some(filter),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range, it.text))),
            ..CompletionItem::default()
        }
    });
    CompletionList {
        is_incomplete,
        items: items.collect(),
    }
}
