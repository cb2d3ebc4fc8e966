//! One file → its records: the form of the file is known here, that of a record in `reader`.
//! Entry: [`parse_file`].

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::project::allowance::allowances;
use crate::project::location::Location;
use crate::project::reader::{Purpose, RecordReader};
use crate::project::record::Record;
use crate::project::rules::EMPTY_FILE;
use crate::project::shared_secrets::SharedSecrets;
use crate::project::{ParsedFile, conflict, front_matter};
use crate::secrets;
use crate::source::{SourceFile, Span, TextRange};
use crate::text;
use crate::yaml::{self, Node, Shape};

/// What the records of a file were read from. The history looks there for what records do not keep:
/// unknown keys, secrets, Markdown as written.
#[derive(Debug, Default)]
pub struct Tree {
    /// The root of its YAML, in Markdown that of the front matter; `None` when nothing is written
    /// there or nothing could be read.
    pub root: Option<Node>,
    /// Where the body of a Markdown file stands; `None` where it cannot be told from fields.
    pub body: Option<TextRange>,
    /// Whether its YAML has no mistake that hides what follows, and its front matter an end.
    pub readable: bool,
}

/// Parses one file of records. Pure: the result depends on the text, the path and the schema.
pub fn parse_file(source: Arc<SourceFile>, location: &Location) -> ParsedFile {
    parse(source, location, Purpose::Site).0
}

/// [`parse_file`] for a version that is compared with another and never shown, with what the
/// records were read from: their Markdown is not read, and only mistakes that hide something from
/// the reader are told.
pub fn parse_past(source: Arc<SourceFile>, location: &Location) -> (ParsedFile, Tree) {
    parse(source, location, Purpose::Comparison)
}

fn parse(source: Arc<SourceFile>, location: &Location, purpose: Purpose) -> (ParsedFile, Tree) {
    let mut diagnostics = conflict::conflicts(&source, location.markdown);
    let unsettled = !diagnostics.is_empty();
    let mut tree = Tree::default();
    let records = if location.markdown {
        markdown_record((&source, location), &mut diagnostics, &mut tree, purpose)
            .into_iter()
            .collect()
    } else if unsettled {
        // Half of a record read out of two versions would be neither of them.
        Vec::new()
    } else {
        yaml_records((&source, location), &mut diagnostics, &mut tree, purpose)
    };
    secrets::conceal(&mut diagnostics);
    // A broken file holds something, even where no record could be read.
    if records.is_empty() && diagnostics.is_empty() {
        diagnostics.push(empty_file(&source));
    }
    let records = records.into_iter().map(Arc::new).collect();
    let file = ParsedFile {
        allowances: allowances(&source, location.markdown),
        source,
        records,
        diagnostics,
        allowed_secrets: Vec::new(),
    };
    (file, tree)
}

fn empty_file(source: &Arc<SourceFile>) -> Diagnostic {
    let message = if source.text.trim().is_empty() {
        text!("ce fichier est vide", "this file is empty")
    } else {
        text!(
            "ce fichier ne contient aucune fiche",
            "this file holds no record"
        )
    };
    let help = text!(
        "écrivez-y une fiche, ou supprimez-le",
        "write a record in it, or delete it"
    );
    Diagnostic::at(EMPTY_FILE, Span::new(source, TextRange::at(0)), message).help(help)
}

fn markdown_record(
    (source, location): (&Arc<SourceFile>, &Location),
    diagnostics: &mut Vec<Diagnostic>,
    tree: &mut Tree,
    purpose: Purpose,
) -> Option<Record> {
    tree.readable = true;
    if source.text.trim().is_empty() {
        return None;
    }
    let before = diagnostics.len();
    let parts = front_matter::split(source, location, diagnostics);
    tree.body = parts.body;
    // Front matter that cannot be read has been reported; what it lacks is not asked for again.
    tree.readable = diagnostics.len() == before;
    let range = parts.front_matter.unwrap_or_default();
    if parts.front_matter.is_some() {
        let (node, mut found) = yaml::parse(source, range);
        tree.readable &= node.is_some() || found.is_empty();
        diagnostics.append(&mut found);
        tree.root = node;
    }
    let fields = &location.kind.fields;
    let shared = tree
        .root
        .as_ref()
        .map(|root| SharedSecrets::find(source, range, root, fields));
    let shared = shared.unwrap_or_default();
    let mut reader = RecordReader::new(source, location, diagnostics, (purpose, &shared));
    let body = parts.body.and_then(|body| reader.document(body));
    let nothing = || Node {
        range: TextRange::at(range.start as usize),
        shape: Shape::Mapping(Vec::new()),
    };
    let mut record = match &tree.root {
        Some(root) => reader.record(root, Some(&location.id))?,
        None if tree.readable => reader.record(&nothing(), Some(&location.id))?,
        None => reader.finish(
            Vec::new(),
            (location.id.clone(), TextRange::at(range.start as usize)),
            range,
        ),
    };
    record.body = body;
    Some(record)
}

fn yaml_records(
    (source, location): (&Arc<SourceFile>, &Location),
    diagnostics: &mut Vec<Diagnostic>,
    tree: &mut Tree,
    purpose: Purpose,
) -> Vec<Record> {
    let (root, mut found) = yaml::parse(source, source.whole());
    tree.readable = root.is_some() || found.is_empty();
    diagnostics.append(&mut found);
    tree.root = root;
    let Some(root) = &tree.root else {
        return Vec::new();
    };
    let shared = SharedSecrets::find(source, source.whole(), root, &location.kind.fields);
    let with = (purpose, &shared);
    match &root.shape {
        Shape::Sequence(items) => items
            .iter()
            .filter_map(|item| {
                RecordReader::new(source, location, diagnostics, with).record(item, None)
            })
            .collect(),
        _ => RecordReader::new(source, location, diagnostics, with)
            .record(root, Some(&location.id))
            .into_iter()
            .collect(),
    }
}
