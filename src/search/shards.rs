//! The files of an index and their forms. `<language>.json` is the root: how many documents, the kinds,
//! and where everything else is. Beside it, in `<language>/`, named by content: files of terms
//! (`directory`), full lists of frequent terms (`postings`), blocks of four documents with their texts, lists of 96
//! blocks, and columns of facets (`facets`). Changing a record's text changes its block and the files of
//! the words that came or went, each with the list that names it, and the root.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::collect::{self, Terms};
use super::directory::{self, Directory, Entry as Line};
use super::facets;
use super::files::{Files, Hashed, NAME, hashed, json};
use super::fold::fold;
use super::numbers::{self, Numbered};
use super::postings;
use super::tokens::{STOP_WORDS, code, weak_words};
use super::weights::prior;
use super::{Document, FACET, Settings};
use crate::remembered::Remembered;

/// Numbers in a block.
pub const BLOCK: usize = 4;
/// Blocks in a list.
pub const LIST: usize = 96;
/// Characters of a document's text that stand in its block; the rest has files of its own.
const TEXT: usize = 1_200;
/// Characters of such a file.
const REST: usize = 3_000;
/// The longest word kept for typing errors: its length is one digit in base 36.
const LONGEST: usize = 35;

/// The first file that a search reads.
#[derive(Debug, Serialize, Deserialize)]
pub struct Root {
    /// The form of these files; a script that expects another must not guess.
    pub version: u32,
    /// Number of documents.
    pub count: u32,
    /// The kinds, in the order of their documents' numbers.
    pub kinds: Vec<Kind>,
    /// The fields that `key:value` may name: key, and all names, folded.
    pub fields: Vec<(String, Vec<String>)>,
    /// The names of the lists of blocks, [`NAME`] characters each.
    pub blocks: String,
    /// The words that are not indexed, so that the browser does not ask for them either.
    pub stop: String,
    /// The words that are left out of a query that has others.
    pub weak: String,
    /// The terms without a digit, and those of facets (`:site:lyo`).
    pub words: Directory,
    /// The terms with a digit and the parts of identifiers, apart: a hundred thousand serial numbers must not
    /// stand between two words.
    pub codes: Directory,
    /// The words by first letter and length, for typing errors: `i8imprimer` with the number of documents.
    pub vocabulary: Directory,
    /// The name of the list of facets' values.
    pub values: String,
    /// The names of the columns of facets, [`NAME`] characters each.
    pub columns: String,
}

/// A kind: key, label, names (folded), how many numbers its documents may have, and what they are worth in percent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Kind(pub String, pub String, pub Vec<String>, pub u32, pub u32);

/// One document: address, title, heading (or empty), id, subtitle, the beginning of its text, and the names of
/// the files of the rest, [`NAME`] characters each.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entry(
    pub String,
    pub String,
    pub String,
    pub String,
    pub String,
    pub String,
    pub String,
);

/// An [`Entry`] to be written.
#[derive(Debug, Serialize)]
struct Shown<'a>(&'a str, &'a str, &'a str, &'a str, &'a str, String, String);

/// The files of one language's documents, which are sorted by kind already.
pub fn write(
    language: &str,
    documents: &[&Document],
    settings: &Settings,
    remembered: &Remembered,
) -> BTreeMap<String, Vec<u8>> {
    let Numbered {
        slots,
        numbers,
        ranges,
    } = numbers::number(documents);
    let size = u32::try_from(slots.len()).expect("fewer than four thousand million documents");
    let mut files = Files::new(language);
    let blocks = blocks(&slots, &mut files);
    let (words, codes) = collect::terms(documents, &numbers, &settings.synonyms, remembered);
    let vocabulary = vocabulary(&words, &mut files);
    let values = facets::values(documents, &settings.fields);
    let columns = facets::columns(&slots, &values, &mut files);
    let labels: BTreeMap<&str, &str> = documents
        .iter()
        .map(|document| (document.kind.as_str(), document.kind_label.as_str()))
        .collect();
    let kinds = ranges
        .into_iter()
        .map(|range| {
            let label = labels[range.kind.as_str()].to_owned();
            let names = names(&range.kind, &label, settings.kinds.get(&range.kind));
            let prior = prior(&range.kind);
            Kind(range.kind, label, names, range.size, prior)
        })
        .collect();
    let fields = settings
        .fields
        .iter()
        .map(|field| (field.key.clone(), names(&field.key, "", Some(&field.names))))
        .collect();
    let root = Root {
        version: 2,
        count: u32::try_from(documents.len()).expect("no more documents than numbers"),
        kinds,
        fields,
        blocks,
        stop: STOP_WORDS.join(" "),
        weak: weak_words().collect::<Vec<_>>().join(" "),
        words: terms(words, size, &mut files),
        codes: terms(codes, size, &mut files),
        vocabulary,
        values: files.json(&values),
        columns,
    };
    let mut files = files.files;
    files.insert(super::root(language), json(&root));
    files
}

/// What may be typed for a key: itself and its names, folded, without spaces.
fn names(key: &str, label: &str, others: Option<&Vec<String>>) -> Vec<String> {
    let others = others.into_iter().flatten().map(String::as_str);
    let mut names: Vec<String> = [key, label]
        .into_iter()
        .chain(others)
        .map(|name| code(&fold(name)))
        .filter(|name| !name.is_empty())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Writes terms and gives the directory that finds them.
fn terms(terms: Terms, size: u32, files: &mut Files) -> Directory {
    let (terms, postings): (Vec<_>, Vec<_>) = terms.into_iter().unzip();
    let lines = postings
        .into_par_iter()
        .map(|postings| directory::entry(&postings, size))
        .collect();
    directory::write(&terms, lines, files)
}

/// The words that a typing error may have come from.
fn vocabulary(words: &Terms, files: &mut Files) -> Directory {
    let plain = |term: &str| {
        (4..=LONGEST).contains(&term.len()) && term.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    let mut keyed: Vec<(String, usize)> = words
        .iter()
        .filter(|(term, _)| plain(term))
        .map(|(term, postings)| {
            let mut key = term[..1].to_owned();
            let length = u32::try_from(term.len()).expect("at most the longest");
            postings::write_number(length, &mut key);
            (key + term, postings.len())
        })
        .collect();
    keyed.sort_unstable();
    let (terms, lines): (Vec<String>, Vec<Line>) = keyed
        .into_iter()
        .map(|(key, count)| {
            let mut line = String::new();
            postings::write_number(u32::try_from(count).unwrap_or(u32::MAX), &mut line);
            (key, Line { line, full: None })
        })
        .unzip();
    directory::write(&terms, lines, files)
}

/// Writes what result lines show, and gives the names of the lists of blocks. A list after the other, so that no more
/// than its texts are held twice.
fn blocks(slots: &[Option<&Document>], files: &mut Files) -> String {
    debug_assert!(FACET.is_ascii());
    slots
        .chunks(BLOCK * LIST)
        .map(|slots| {
            let names = list(slots, files);
            files.text(names)
        })
        .collect()
}

/// Writes the blocks of one list, and gives their names.
fn list(slots: &[Option<&Document>], files: &mut Files) -> String {
    let texts: Vec<(String, Vec<Hashed>)> = slots
        .par_iter()
        .map(|slot| slot.map_or_else(Default::default, text))
        .collect();
    let mut entries: Vec<Option<Shown<'_>>> = Vec::with_capacity(slots.len());
    for (slot, (beginning, rest)) in slots.iter().zip(texts) {
        let rest = rest.into_iter().map(|file| files.add(file, "txt"));
        let rest: String = rest.collect();
        entries.push(slot.map(|document| {
            Shown(
                &document.url,
                &document.title,
                document.heading.as_deref().unwrap_or_default(),
                &document.id,
                &document.subtitle,
                beginning,
                rest,
            )
        }));
    }
    let blocks: Vec<_> = entries
        .par_chunks(BLOCK)
        .map(|entries| {
            let is_empty = entries.iter().all(Option::is_none);
            (!is_empty).then(|| hashed(json(&entries)))
        })
        .collect();
    let names = blocks
        .into_iter()
        .map(|block| block.map_or_else(|| "-".repeat(NAME), |block| files.add(block, "json")));
    names.collect()
}

/// The beginning of a document's text, and the files of the rest.
fn text(document: &Document) -> (String, Vec<Hashed>) {
    let mut pieces = pieces(&shown(document)).into_iter();
    let beginning = pieces.next().unwrap_or_default();
    let rest = pieces.map(|piece| hashed(piece.into_bytes()));
    (beginning, rest.collect())
}

/// What excerpts are cut from: the identifiers and aliases, which no other part of a result line
/// shows, then the text.
fn shown(document: &Document) -> String {
    let names = document.identifiers.iter().chain(&document.aliases);
    let parts: Vec<String> = names
        .chain([&document.text])
        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" · ")
}

/// A text cut at spaces: a first piece of [`TEXT`] bytes at most, the others of [`REST`].
fn pieces(text: &str) -> Vec<String> {
    let (mut found, mut rest, mut most) = (Vec::new(), text, TEXT);
    while rest.len() > most + most / 4 {
        let end = rest.floor_char_boundary(most);
        let end = rest[..end]
            .rfind(' ')
            .filter(|space| *space > 0)
            .unwrap_or(end);
        found.push(rest[..end].to_owned());
        rest = rest[end..].trim_start();
        most = REST;
    }
    if !rest.is_empty() {
        found.push(rest.to_owned());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_words() {
        let text = "après ".repeat(2_000);
        let pieces = pieces(text.trim());
        assert!(pieces.len() > 3 && pieces[0].len() <= TEXT && pieces[1].len() <= REST);
        assert_eq!(pieces.join(" "), text.trim());
        assert_eq!(super::pieces(""), [""; 0]);
    }
}
