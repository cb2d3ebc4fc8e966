//! Slips in identifiers: `svr-ad-01` for `srv-ad-01`. The numbers must be right, since `pc-0118` and `pc-0119` are
//! two machines; one letter may be more, less or other, or have changed places with its neighbour.
//!
//! A slip leaves one of the ends as it should be. So the identifiers that begin like the word are compared
//! with it, and those of a few documents that hold its last characters.

use std::collections::BTreeSet;

use super::codes::{SHORTEST, WINDOW};
use super::reader::{Range, Reader, fitting, lines};
use super::shards::Root;
use super::tokens::code;
use super::typing::distance;
use super::weights::Level;

/// The shortest identifier with a slip that is found.
const LEAST: usize = 5;
/// Files of terms read for a beginning.
const FILES: usize = 2;
/// Documents whose identifiers are compared, for each end.
const DOCUMENTS: usize = 8;
/// Identifiers of a document that are compared.
const PARTS: usize = 12;
/// Identifiers that are searched in place of the one with a slip.
const MOST: usize = 3;

/// The identifiers, without separators, that differ from an unknown one by a slip.
pub fn slipped(reader: &Reader, root: &Root, form: &str) -> Vec<String> {
    let kinds = [u8::is_ascii_digit, u8::is_ascii_lowercase];
    let ascii = form.bytes().all(|byte| kinds.iter().any(|is| is(&byte)));
    if form.len() < LEAST || !ascii || !kinds.iter().all(|is| form.bytes().any(|byte| is(&byte))) {
        return Vec::new();
    }
    let mut found = BTreeSet::new();
    let mut see = |other: &str| {
        if numbers(form).eq(numbers(other)) && distance(form, other, 1) == 1 {
            found.insert(other.to_owned());
        }
    };
    let middle = SHORTEST.max(form.len() / 2);
    let range = Range::beginning(&form[..middle], form);
    for file in reader.files(&root.codes, &range, FILES).0 {
        lines(file, |term, _| see(term));
    }
    // First the slip is taken to be in the first two letters: the longer an end, the fewer identifiers have it.
    for start in [2, (middle + 1).min(form.len() - SHORTEST)] {
        for document in ending(
            reader,
            root,
            &form[start.max(form.len().saturating_sub(WINDOW))..],
        ) {
            let Some(entry) = reader.entry(root, document) else {
                continue;
            };
            see(&code(&entry.3));
            entry
                .5
                .split(" · ")
                .take(PARTS)
                .for_each(|part| see(&code(part)));
        }
    }
    found.into_iter().take(MOST).collect()
}

/// Some documents with an identifier that holds these characters.
fn ending(reader: &Reader, root: &Root, end: &str) -> Vec<usize> {
    let mut range = Range::beginning(end, end);
    end.clone_into(&mut range.end);
    let files = reader.files(&root.codes, &range, 1).0;
    let terms = files.into_iter().flat_map(|file| fitting(file, end, false));
    let mut documents: Vec<usize> = terms
        .filter(|term| term.fit == 100)
        .flat_map(|term| term.postings)
        .filter(|posting| posting.level() >= Level::CODE_INNER)
        .map(|posting| posting.document() as usize)
        .collect();
    documents.sort_unstable();
    documents.truncate(DOCUMENTS);
    documents
}

/// The digits of an identifier.
fn numbers(code: &str) -> impl Iterator<Item = u8> {
    code.bytes().filter(u8::is_ascii_digit)
}

/// An identifier with the separators of the typed word, where both have as many characters.
pub fn dressed(typed: &str, other: &str) -> String {
    let is_part = |letter: &char| letter.is_alphanumeric();
    if typed.chars().filter(is_part).count() != other.chars().count() {
        return other.to_owned();
    }
    let mut letters = other.chars();
    let dress = |letter: char| {
        let next = is_part(&letter).then(|| letters.next());
        next.flatten().unwrap_or(letter)
    };
    typed.chars().map(dress).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_stay_where_they_were_typed() {
        assert_eq!(dressed("svr-ad-01", "srvad01"), "srv-ad-01");
        assert_eq!(dressed("sr-ad-01", "srvad01"), "srvad01");
    }
}
