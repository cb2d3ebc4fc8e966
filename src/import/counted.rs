//! How many names a note is about, and the first of them: nobody reads a thousand in one line.

use std::collections::BTreeSet;

/// The most names in one note.
const MOST_NAMES: usize = 5;

/// How many names there are, and the first few in backticks; nothing where there is none.
pub(super) fn counted(names: &BTreeSet<String>) -> Option<(usize, String)> {
    let first = names.iter().take(MOST_NAMES);
    let first: Vec<String> = first.map(|name| format!("`{name}`")).collect();
    let end = if names.len() > MOST_NAMES { "…" } else { "" };
    (!names.is_empty()).then(|| (names.len(), first.join(", ") + end))
}
