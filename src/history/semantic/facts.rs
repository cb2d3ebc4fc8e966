//! A record as the history compares it: canonical values by field, texts whose changes are never
//! told, and the body. Made from the record and from the tree it was read from.

mod canonical;
mod reader;
mod values;

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use crate::history::{RecordName, Recorded};
use crate::markdown::{Meaning, Meanings};
use crate::project::{Record, Tree};
use crate::schema::fold_key;
use crate::source::TextRange;
use crate::yaml::{Node, Shape};

pub use values::{value_of, values};

/// Shorter values (`1`, `oui`) equal others by chance.
const SHORTEST_SECRET: usize = 4;

/// The once-secret fields of a kind: each key, or `structure.part`, in folded form.
pub(super) type SecretKeys = BTreeSet<String>;

/// What records are read with.
#[derive(Clone, Default)]
pub(super) struct With {
    pub secret: Arc<SecretKeys>,
    pub meanings: Arc<Meanings>,
}

/// What one version of a record says.
pub(super) struct Facts {
    pub name: RecordName,
    title: Title,
    /// Who reads it, as written.
    pub audience: Option<String>,
    /// Whether its id is that of its path, not one that was written.
    pub id_from_path: bool,
    /// In the schema's order, unknown keys last and sorted.
    pub fields: Vec<Fact>,
    /// The values of secret fields, to find copies of them (an alias of YAML) in public ones.
    pub secrets: BTreeSet<String>,
    /// Its Markdown body, without blanks at both ends.
    pub body: Option<Prose>,
}

/// What a record is called.
enum Title {
    /// In words of its own.
    Written(String),
    /// By the heading that opens its body, else by this.
    Body(String),
    /// By a field whose value is never told.
    Hidden,
}

/// A field, or a part of a structure whose changes are told on their own.
pub(super) struct Fact {
    /// The position of its field in the kind.
    pub rank: usize,
    pub key: String,
    pub value: FactValue,
}

pub(super) enum FactValue {
    /// What may be told.
    Told(Told),
    /// What is compared and never told.
    Hidden(String),
}

/// A value that may be told.
pub(super) struct Told {
    pub recorded: Recorded,
    /// Markdown.
    pub prose: Option<Prose>,
    /// The schema says several values.
    pub list: bool,
    /// Its changes are not told.
    pub volatile: bool,
    /// It tells one thing from another: a serial number, a host name.
    pub identifier: bool,
}

/// Markdown, which is read when somebody asks what it means: most of a history's texts are
/// compared by their letters alone.
pub(super) struct Prose {
    /// As written, with `\n` at the ends of lines.
    pub text: String,
    meaning: OnceLock<Meaning>,
    meanings: Arc<Meanings>,
}

impl Prose {
    fn new(text: String, meanings: &Arc<Meanings>) -> Self {
        Self {
            text,
            meaning: OnceLock::new(),
            meanings: Arc::clone(meanings),
        }
    }

    /// What it means, read once.
    pub fn meaning(&self) -> &Meaning {
        self.meaning.get_or_init(|| self.meanings.read(&self.text))
    }
}

impl Facts {
    /// The facts of a record that was read from `node` (`None`: front matter without a key).
    pub fn new(record: &Record, node: Option<&Node>, tree: &Tree, with: &With) -> Self {
        let mapping = match node.map(|node| &node.shape) {
            Some(Shape::Mapping(entries)) => entries.as_slice(),
            _ => &[],
        };
        let (fields, mut secrets) = reader::read(record, mapping, with);
        secrets.retain(|text| text.chars().count() >= SHORTEST_SECRET);
        let id = |(key, value): &(Node, Node)| {
            let written = value.text().is_some_and(|text| !text.trim().is_empty());
            key.text() == Some("id") && written && !value.is_empty()
        };
        Self {
            name: RecordName {
                kind: record.kind.name.clone(),
                id: record.id.clone(),
                language: record.language,
            },
            audience: record.audience.as_ref().map(|(name, _)| name.clone()),
            title: title(record, &fields),
            id_from_path: !mapping.iter().any(id),
            fields,
            secrets,
            body: body(record, tree.body, &with.meanings),
        }
    }

    /// What it is called; `None` where its title is secret.
    pub fn title(&self) -> Option<String> {
        let title = match &self.title {
            Title::Hidden => return None,
            Title::Written(title) => title,
            Title::Body(name) => {
                let body = self.body.as_ref();
                let heading = body.and_then(|body| body.meaning().title.as_ref());
                heading.unwrap_or(name)
            }
        };
        (!self.secrets.contains(title.trim())).then(|| title.clone())
    }
}

fn title(record: &Record, fields: &[Fact]) -> Title {
    let hidden = fields
        .iter()
        .any(|fact| fact.key == record.kind.title && matches!(fact.value, FactValue::Hidden(_)));
    if hidden {
        return Title::Hidden;
    }
    let written = record.written_title();
    written.map_or_else(|| Title::Body(record.title_of_name()), Title::Written)
}

fn body(record: &Record, range: Option<TextRange>, meanings: &Arc<Meanings>) -> Option<Prose> {
    let text = record.file.slice(range?).replace("\r\n", "\n");
    let text = text.trim_end().trim_start_matches('\n');
    Some(Prose::new(text.to_owned(), meanings))
}

/// The folded form of a key or `structure.part`, by which what was once secret is found.
pub(super) fn folded(path: &str) -> String {
    let parts: Vec<String> = path.split('.').map(fold_key).collect();
    parts.join(".")
}
