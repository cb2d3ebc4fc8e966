//! One more value in the list of what may be published: every byte that was there stays.

use std::fmt::Write;
use std::sync::Arc;

use super::{FILE, Fingerprint, read};
use crate::diagnostic::Severity;
use crate::source::SourceFile;
use crate::yaml::{self, Shape};

/// What stands at the head of a new list.
const HEAD: &str = "# Ce qui ressemble à un secret et peut être publié, par empreinte : écrit par `carnet allow`. What looks like a \
                    secret and may be published.\n";

/// Values that may be published, and why.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The values, as they stand in texts.
    pub values: Vec<String>,
    /// Why.
    pub reason: String,
    /// Since when, `2026-11-01`.
    pub since: String,
}

/// The list with more values; `salt` is for a list that has none yet. `None` where the list has mistakes, or is written in a form
/// that cannot be added to.
pub fn with_entry(text: &str, entry: &Entry, salt: &str) -> Option<String> {
    let file = Arc::new(SourceFile::new(FILE, text));
    let (before, found) = read(&file);
    if found.iter().any(|it| it.severity == Severity::Error) {
        return None;
    }
    let is_new = before.allowed.salt.is_empty() && before.entries.is_empty();
    let salt = if is_new { salt } else { &before.allowed.salt };
    let (root, _) = yaml::parse(&file, file.whole());
    let mut after = text.to_owned();
    let mut indent = 2;
    if root.is_none() && after.is_empty() {
        after.push_str(HEAD);
    }
    if !after.is_empty() && !after.ends_with('\n') {
        after.push('\n');
    }
    if is_new && !text.contains("salt:") {
        after.extend(["salt: ", salt, "\n"]);
    }
    let listed = root.as_ref().and_then(|root| root.get("allowed"));
    match listed.map(|listed| &listed.shape) {
        Some(Shape::Sequence(items)) if !items.is_empty() => {
            // The list has to be the last thing of the file: what is added stands at its end.
            let line = file.place(items[0].range.start).line;
            indent = file.line(line).find('-')?;
        }
        Some(_) => return None,
        None => after.push_str("allowed:\n"),
    }
    let blanks = " ".repeat(indent);
    let mut added = Vec::new();
    for value in &entry.values {
        let fingerprint = Fingerprint::of(salt, value);
        if before.allowed.fingerprints.contains(&fingerprint) || added.contains(&fingerprint) {
            continue;
        }
        let reason = entry.reason.replace('\n', " ").replace('\'', "''");
        let since = &entry.since;
        let _ = write!(
            after,
            "{blanks}- value: {fingerprint}\n{blanks}  reason: '{reason}'\n{blanks}  since: {since}\n"
        );
        added.push(fingerprint);
    }
    let (now, found) = read(&Arc::new(SourceFile::new(FILE, after.as_str())));
    let holds = |one: &Fingerprint| now.allowed.fingerprints.contains(one);
    let is_added = found.is_empty()
        && now.allowed.salt == salt
        && added.iter().chain(&before.allowed.fingerprints).all(holds);
    is_added.then_some(after)
}
