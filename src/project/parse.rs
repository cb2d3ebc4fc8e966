//! One file → its records: the form of the file is known here, that of a record in `reader`.
//! Entry: [`parse_file`].

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::project::location::Location;
use crate::project::reader::RecordReader;
use crate::project::record::Record;
use crate::project::rules::EMPTY_FILE;
use crate::project::{ParsedFile, conflict, front_matter};
use crate::source::{SourceFile, Span, TextRange};
use crate::text;
use crate::yaml::{self, Node, Shape};

/// Parses one file of records. Pure: the result depends on the text, the path and the schema.
pub fn parse_file(source: Arc<SourceFile>, location: &Location) -> ParsedFile {
    let mut diagnostics = conflict::conflicts(&source, location.markdown);
    // Half of a record read out of two versions would be neither of them.
    if !diagnostics.is_empty() && !location.markdown {
        return ParsedFile {
            source,
            records: Vec::new(),
            diagnostics,
        };
    }
    let records = if location.markdown {
        markdown_record(&source, location, &mut diagnostics)
            .into_iter()
            .collect()
    } else {
        yaml_records(&source, location, &mut diagnostics)
    };
    // A broken file holds something, even where no record could be read.
    if records.is_empty() && diagnostics.is_empty() {
        diagnostics.push(empty_file(&source));
    }
    let records = records.into_iter().map(Arc::new).collect();
    ParsedFile {
        source,
        records,
        diagnostics,
    }
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
    source: &Arc<SourceFile>,
    location: &Location,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Record> {
    if source.text.trim().is_empty() {
        return None;
    }
    let parts = front_matter::split(source, diagnostics);
    // Front matter that cannot be read has been reported; what it lacks is not asked for again.
    let mut readable = diagnostics.is_empty();
    let range = parts.front_matter.unwrap_or_default();
    let mut root = None;
    if parts.front_matter.is_some() {
        let (node, mut found) = yaml::parse(source, range);
        readable &= node.is_some() || found.is_empty();
        diagnostics.append(&mut found);
        root = node;
    }
    let mut reader = RecordReader::new(source, location, diagnostics);
    let body = reader.document(parts.body);
    let nothing = || Node {
        range: TextRange::at(range.start as usize),
        shape: Shape::Mapping(Vec::new()),
    };
    let mut record = match root.or_else(|| readable.then(nothing)) {
        Some(root) => reader.record(&root, Some(&location.id))?,
        None => reader.finish(
            Vec::new(),
            (location.id.clone(), TextRange::at(range.start as usize)),
            range,
        ),
    };
    record.body = Some(body);
    Some(record)
}

fn yaml_records(
    source: &Arc<SourceFile>,
    location: &Location,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Record> {
    let (root, mut found) = yaml::parse(source, source.whole());
    diagnostics.append(&mut found);
    let Some(root) = root else { return Vec::new() };
    match &root.shape {
        Shape::Sequence(items) => items
            .iter()
            .filter_map(|item| RecordReader::new(source, location, diagnostics).record(item, None))
            .collect(),
        _ => RecordReader::new(source, location, diagnostics)
            .record(&root, Some(&location.id))
            .into_iter()
            .collect(),
    }
}
