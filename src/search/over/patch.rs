//! Puts new lists into the files of terms where they belong. Where a file ends follows from its terms and their lines
//! since the end before: from the first end that is an old one too, the old files are the new ones.

use std::collections::BTreeMap;

use super::{Standing, State};
use crate::search::directory::{self, Entry, Leaf};
use crate::search::files::Files;
use crate::search::reader;

/// Terms with what stands beside them now; `None` where no document has them any more.
pub type Changes = BTreeMap<String, Option<Entry>>;

/// The files of terms with these changes; `None` where a file is missing that must be read.
pub fn patch(
    leaves: &[Leaf],
    changes: Changes,
    (before, standing): (&State, &Standing<'_>),
    files: &mut Files<'_>,
) -> Option<Vec<Leaf>> {
    if leaves.is_empty() && !changes.is_empty() {
        return None;
    }
    let mut changes = named(changes, files).into_iter().peekable();
    let (mut all, mut terms, mut lines) = (Vec::new(), Vec::new(), Vec::new());
    for (place, leaf) in leaves.iter().enumerate() {
        let is_last = place + 1 == leaves.len();
        let is_here = |(term, _): &(String, _)| is_last || *term <= leaf.last;
        if terms.is_empty() && !changes.peek().is_some_and(is_here) {
            all.push(leaf.clone());
            continue;
        }
        let path = files.path(&leaf.name, "txt");
        let mut found = read(standing(&path, before.files.get(&path)?)?)?;
        while let Some((term, line)) = changes.next_if(is_here) {
            match line {
                Some(line) => found.insert(term, line),
                None => found.remove(&term),
            };
        }
        for (term, line) in found {
            terms.push(term);
            lines.push(line);
        }
        let mut ends = directory::ends(&terms, &lines);
        if is_last && ends.last() != Some(&terms.len()) && !terms.is_empty() {
            ends.push(terms.len());
        }
        all.append(&mut directory::cut(&terms, &lines, &ends, files));
        let end = ends.last().copied().unwrap_or_default();
        terms.drain(..end);
        lines.drain(..end);
    }
    Some(all)
}

/// The lines of changed terms, once their full lists have names.
fn named(changes: Changes, files: &mut Files<'_>) -> Vec<(String, Option<String>)> {
    let (mut terms, mut entries) = (Vec::new(), Vec::new());
    for (term, entry) in changes {
        terms.push((term, entry.is_some()));
        entries.extend(entry);
    }
    let mut lines = directory::lines(entries, files).into_iter();
    let each = terms.into_iter();
    each.map(|(term, stays)| (term, stays.then(|| lines.next()).flatten()))
        .collect()
}

/// The terms of a file and their lines.
fn read(bytes: Vec<u8>) -> Option<BTreeMap<String, String>> {
    let text = String::from_utf8(bytes).ok()?;
    let mut found = BTreeMap::new();
    reader::lines(&text, |term, fields| {
        found.insert(term.to_owned(), fields.join("\t"));
    });
    Some(found)
}
