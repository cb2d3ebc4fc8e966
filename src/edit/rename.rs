//! A record gets another id: every place that names it by the old one changes, its file is called after the new one
//! where the name of the file is its id, and the old name stays as an alias, for people and for what nobody can change.
//!
//! Pure: places and texts of the estate in, pieces to replace out. What names the record by its title stays as it is.

mod names;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Text;
use crate::edit::pieces::{Pieces, difference};
use crate::edit::{Edit, edit};
use crate::estate::{Estate, Link, Record, RecordId, Target};
use crate::fold::{case_fold, slug};
use crate::history::Recorded;
use crate::markdown::ReferenceKind;
use crate::project::{Value, locate};
use crate::source::TextRange;
use crate::text;
use names::{moved, renamed, stem};

/// A place that names a record.
#[derive(Debug)]
pub struct Naming<'e> {
    /// Whose field or text it is.
    pub record: &'e Record,
    /// The name as written, in the file of that record.
    pub range: TextRange,
    /// How it is written in a text; `None` in a field.
    pub kind: Option<ReferenceKind>,
    /// The name, decoded.
    pub name: &'e str,
}

/// What a renaming changes.
#[derive(Debug, Default)]
pub struct Renaming {
    /// By the path of the file as it is called now: places in order, which do not meet.
    pub pieces: BTreeMap<String, Pieces>,
    /// Files that are called otherwise: from, to.
    pub moves: Vec<(String, String)>,
}

/// Every place that names a record, in the order of the records.
pub fn places(estate: &Estate, id: RecordId) -> Vec<Naming<'_>> {
    let all = estate.records().iter();
    all.flat_map(|record| fields(record, id).chain(texts(record, id)))
        .collect()
}

fn fields(record: &Record, id: RecordId) -> impl Iterator<Item = Naming<'_>> {
    let links = record.source.references.iter().zip(&record.links);
    let own = links.filter(
        move |(_, link)| matches!(link, Link::Record(it) | Link::WrongKind(it) if *it == id),
    );
    own.map(move |(reference, _)| Naming {
        record,
        range: reference.range,
        kind: None,
        name: &reference.text,
    })
}

fn texts(record: &Record, id: RecordId) -> impl Iterator<Item = Naming<'_>> {
    let documents = record.source.documents.iter().zip(&record.mentions);
    let all = documents.flat_map(|(document, targets)| document.references.iter().zip(targets));
    let own = all.filter(move |(reference, target)| match target {
        // `[x](#heading)` names no record.
        _ if reference.target.is_empty() => false,
        Target::Record { id: it, .. } | Target::DeadAnchor { id: it } => *it == id,
        _ => false,
    });
    own.map(move |(reference, _)| Naming {
        record,
        range: reference.range,
        kind: Some(reference.kind),
        name: &reference.target,
    })
}

/// What is to be changed for a record to have another id, or why it cannot have it.
pub fn rename(estate: &Estate, id: RecordId, new: &str) -> Result<Renaming, Text> {
    let record = estate.record(id);
    check(estate, record, new)?;
    let mut renaming = Renaming::default();
    let mut add = |path: &str, range, text| {
        let pieces = renaming.pieces.entry(path.to_owned()).or_default();
        pieces.push((range, text));
    };
    for place in places(estate, id) {
        let file = &place.record.source.file;
        if let Some((range, text)) = renamed(&place, record, new)? {
            add(&file.path, range, text);
        }
    }
    let path = &record.source.file.path;
    if let Some((range, text)) = own_id(record, new) {
        add(path, range, text);
    }
    if let Some((range, text)) = alias(estate, record) {
        add(path, range, text);
    }
    for pieces in renaming.pieces.values_mut() {
        pieces.sort_by_key(|(range, _)| *range);
        pieces.dedup();
    }
    renaming.moves = moves(estate, record, new);
    Ok(renaming)
}

/// Refuses what cannot be an id, one that is taken, and what only moving a folder would do.
fn check(estate: &Estate, record: &Record, new: &str) -> Result<(), Text> {
    let old = &record.source.id;
    let is_plain = |part: &str| {
        let letters = |letter: char| letter.is_alphanumeric() || "-_.".contains(letter);
        !slug(part).is_empty() && !part.starts_with('.') && part.chars().all(letters)
    };
    if !new.split('/').all(is_plain) || new == "null" {
        return Err(text!(
            "`{new}` ne peut pas servir d’identifiant\u{a0}: lettres, chiffres, `-`, `_`, `.` et `/` suffisent",
            "`{new}` cannot be an id: letters, digits, `-`, `_`, `.` and `/` are enough"
        ));
    }
    let kind = &record.kind().name;
    if let Some(taken) = estate.find(kind, new).filter(|taken| taken.id != record.id) {
        let path = &taken.source.file.path;
        return Err(text!(
            "`{new}` est déjà le nom d’une autre fiche\u{a0}: {path}",
            "`{new}` is the name of another record already: {path}"
        ));
    }
    let folder = |id: &str| id.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let by_path = written_id(record).is_none();
    let is_folder_page = by_path && stem(&record.source.file.path) != last(old);
    if is_folder_page || record.source.language.is_some() {
        return Err(text!(
            "`{old}` porte le nom de son dossier ou est une traduction\u{a0}: renommez le dossier ou l’original",
            "`{old}` has the name of its folder or is a translation: rename the folder or the original"
        ));
    }
    if by_path && folder(old) != folder(new) {
        return Err(text!(
            "`{new}` est dans un autre dossier que `{old}`, et des liens relatifs en dépendent\u{a0}: gardez le dossier",
            "`{new}` is in another folder than `{old}`, and relative links depend on it: keep the folder"
        ));
    }
    Ok(())
}

/// Where the id of a record is written; `None` when the name of its file is its id.
pub fn written_id(record: &Record) -> Option<TextRange> {
    let range = record.source.id_range;
    let written = record.source.file.slice(range);
    (written.trim_matches(['"', '\'']).trim() == record.source.id).then_some(range)
}

/// The part of an id after its folders.
fn last(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

/// The id in the record itself, where it is written, without its quotes.
fn own_id(record: &Record, new: &str) -> Option<(TextRange, String)> {
    let range = written_id(record)?;
    let written = record.source.file.slice(range);
    let at = written.find(&record.source.id)?;
    let start = range.start as usize + at;
    let inner = TextRange::new(start, start + record.source.id.len());
    Some((inner, new.to_owned()))
}

/// The old id among the record's other names, where its kind has some and they can be written without risk.
fn alias(estate: &Estate, record: &Record) -> Option<(TextRange, String)> {
    const FIELD: &str = "aliases";
    let (_, field) = record.kind().field(FIELD)?;
    let source = &record.source;
    let mut names: Vec<&str> = record
        .view()
        .values(&field.key)
        .iter()
        .filter_map(|name| match &name.value {
            Value::Text(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    let old = case_fold(&source.id);
    if names.iter().any(|name| case_fold(name) == old) {
        return None;
    }
    names.push(&source.id);
    let names = names.iter().map(|name| Recorded::Text((*name).to_owned()));
    let location = locate(&source.file.path, &estate.schema)?.ok()?;
    let wanted = Edit {
        record: source.range,
        fields: BTreeMap::from([(field.key.clone(), Some(Recorded::List(names.collect())))]),
    };
    let after = edit(&Arc::clone(&source.file), &location, &[wanted]).ok()?;
    Some(difference(&source.file.text, &after))
}

/// The files of the record and of its translations that are called after its id.
fn moves(estate: &Estate, record: &Record, new: &str) -> Vec<(String, String)> {
    let (own, kind) = (&record.source.names().id_key, &record.kind().name);
    let all = estate.of_kind(kind).iter();
    let same = all.filter(|other| {
        other.id == record.id
            || (other.source.names().id_key == *own && other.source.language.is_some())
    });
    let paths = same.filter(|other| other.source.range.start == 0 || other.source.body.is_some());
    let paths = paths.map(|other| other.source.file.path.as_str());
    paths
        .filter_map(|path| {
            Some((
                path.to_owned(),
                moved(path, last(&record.source.id), last(new))?,
            ))
        })
        .filter(|(from, to)| from != to)
        .collect()
}
