//! One more person in the list: every byte that was there stays.

use std::sync::Arc;

use super::fingerprint::{Fingerprint, both_orders, parts};
use super::{FILE, read};
use crate::diagnostic::Severity;
use crate::source::SourceFile;
use crate::yaml::{self, Shape};

/// What stands at the head of a new list.
const HEAD: &str = "# Personnes oubliées : empreintes de leurs mots, écrites par `carnet forget`. Forgotten people: fingerprints of \
                    their words.\n";

/// Somebody to be forgotten.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Their phrases, as people write them: name, address of mail, login, id.
    pub phrases: Vec<String>,
    /// Since when, `2026-11-01`.
    pub since: String,
    /// What whoever keeps the list wants to know later.
    pub note: Option<String>,
}

/// The list with one more person; `salt` is for a list that has none yet. `None` where the list has mistakes, or is written in a
/// form that cannot be added to.
pub fn with_entry(text: &str, entry: &Entry, salt: &str) -> Option<String> {
    let file = Arc::new(SourceFile::new(FILE, text));
    let (before, found) = read(&file);
    if found.iter().any(|it| it.severity == Severity::Error) {
        return None;
    }
    let salt = if before.salt().is_empty() && before.is_empty() {
        salt
    } else {
        before.salt()
    };
    let (root, _) = yaml::parse(&file, file.whole());
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut after = text.to_owned();
    let mut indent = 2;
    let people = match &root {
        None => {
            if after.is_empty() {
                after.push_str(HEAD);
            }
            None
        }
        Some(root) => root.get("people"),
    };
    end_line(&mut after, newline);
    if before.salt().is_empty() && before.is_empty() {
        after.extend(["salt: ", salt, newline]);
    }
    match people.map(|people| &people.shape) {
        Some(Shape::Sequence(items)) if !items.is_empty() => {
            let first = items[0].range.start;
            let line = file.place(first).line;
            let dash = file.line(line).find('-')?;
            // The list has to be the last thing of the file: what is added stands at its end.
            indent = dash;
        }
        Some(_) => return None,
        None => after.extend(["people:", newline]),
    }
    for line in lines(entry, salt) {
        after.push_str(&" ".repeat(indent));
        after.push_str(&line);
        after.push_str(newline);
    }
    is_added(text, &after, entry, salt).then_some(after)
}

/// The lines of an entry, without the indentation of the list.
fn lines(entry: &Entry, salt: &str) -> Vec<String> {
    let mut lines = vec![format!("- since: {}", entry.since), "  words:".to_owned()];
    let listed = |words: Vec<Fingerprint>| words.into_iter().map(|word| format!("    - {word}"));
    lines.extend(listed(fingerprints(entry, salt)));
    let parts = entry.phrases.iter().flat_map(|phrase| parts(phrase));
    let parts: Vec<Fingerprint> = unique(parts.filter_map(|part| Fingerprint::of(salt, part)));
    if !parts.is_empty() {
        lines.push("  parts:".to_owned());
        lines.extend(listed(parts));
    }
    if let Some(note) = &entry.note {
        lines.push(format!("  note: '{}'", note.replace('\'', "''")));
    }
    lines
}

fn fingerprints(entry: &Entry, salt: &str) -> Vec<Fingerprint> {
    let orders = entry.phrases.iter().flat_map(|phrase| both_orders(phrase));
    unique(orders.filter_map(|phrase| Fingerprint::of(salt, &phrase)))
}

/// Sorted: the order would tell which fingerprint is that of the name.
fn unique(words: impl Iterator<Item = Fingerprint>) -> Vec<Fingerprint> {
    let words: std::collections::BTreeSet<Fingerprint> = words.collect();
    words.into_iter().collect()
}

fn end_line(text: &mut String, newline: &str) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str(newline);
    }
}

/// Whether a list holds what it held, and the entry.
fn is_added(before: &str, after: &str, entry: &Entry, salt: &str) -> bool {
    let of = |text: &str| read(&Arc::new(SourceFile::new(FILE, text)));
    let ((before, told), (after, found)) = (of(before), of(after));
    let kept = before
        .phrases
        .keys()
        .all(|word| after.phrases.contains_key(word));
    let added = fingerprints(entry, salt)
        .iter()
        .all(|word| after.phrases.contains_key(word));
    kept && added && after.salt == salt && found.len() == told.len()
}
