//! What result lines show: blocks of four documents with the beginnings of their texts, files with the rest of long
//! ones, and lists of 96 blocks. A list is remembered by the hashes of its documents.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Document;
use super::files::{Files, Hashed, NAME, hashed, json};
use super::over::List;
use crate::digest::Digesting;
use crate::remembered::Key;

/// Numbers in a block.
pub const BLOCK: usize = 4;
/// Blocks in a list.
pub const LIST: usize = 96;
/// Characters of a document's text that stand in its block; the rest has files of its own.
const TEXT: usize = 1_200;
/// Characters of such a file.
const REST: usize = 3_000;

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

/// A document at its number, with its hash where something is remembered.
pub type Slot<'a> = Option<(&'a Document, Option<Key>)>;

/// The lists of blocks.
#[derive(Debug, Default)]
pub struct Lists {
    /// In order.
    pub all: Vec<List>,
    /// By the hashes of their documents.
    pub known: BTreeMap<String, List>,
}

impl Lists {
    /// Writes the lists of so many documents, but those that are among the ones of before.
    pub fn write(
        slots: &[Slot<'_>],
        before: &BTreeMap<String, List>,
        files: &mut Files<'_>,
    ) -> Self {
        let mut lists = Self::default();
        for slots in slots.chunks(BLOCK * LIST) {
            lists.add(slots, before, files);
        }
        lists
    }

    /// The same of documents in the order of their numbers, which go as soon as their list is written: no more texts than those
    /// of one list are held twice.
    pub fn write_last(
        slots: impl Iterator<Item = Option<(Document, Option<Key>)>>,
        files: &mut Files<'_>,
    ) -> Self {
        let (none, mut lists) = (BTreeMap::new(), Self::default());
        let mut slots = slots.peekable();
        while slots.peek().is_some() {
            let documents: Vec<_> = slots.by_ref().take(BLOCK * LIST).collect();
            let slots = documents.iter().map(Option::as_ref);
            let slots: Vec<Slot<'_>> = slots
                .map(|slot| slot.map(|(document, hash)| (document, *hash)))
                .collect();
            lists.add(&slots, &none, files);
        }
        lists
    }

    fn add(&mut self, slots: &[Slot<'_>], before: &BTreeMap<String, List>, files: &mut Files<'_>) {
        let key = key(slots);
        let same = key.as_ref().and_then(|key| before.get(key));
        let list = same.cloned().unwrap_or_else(|| list(slots, files));
        self.known.extend(key.map(|key| (key, list.clone())));
        self.all.push(list);
    }
}

/// The hash of the documents of a list, where they have hashes.
fn key(slots: &[Slot<'_>]) -> Option<String> {
    let mut digesting = Digesting::default();
    let mut is_remembered = false;
    for slot in slots {
        let hash = slot.map(|(_, hash)| hash);
        is_remembered |= hash.flatten().is_some();
        hash.hash(&mut digesting);
    }
    is_remembered.then(|| digesting.hex())
}

/// Writes the blocks of one list, and the list.
fn list(slots: &[Slot<'_>], files: &mut Files<'_>) -> List {
    let texts: Vec<(String, Vec<Hashed>)> = slots
        .par_iter()
        .map(|slot| slot.map_or_else(Default::default, |(document, _)| text(document)))
        .collect();
    let mut paths = BTreeSet::new();
    let mut add = |file: Hashed, extension: &str| {
        let name = files.add(file, extension);
        paths.insert(files.path(&name, extension));
        name
    };
    let mut entries: Vec<Option<Shown<'_>>> = Vec::with_capacity(slots.len());
    for (slot, (beginning, rest)) in slots.iter().zip(texts) {
        let rest = rest.into_iter().map(|file| add(file, "txt"));
        let rest: String = rest.collect();
        entries.push(slot.map(|(document, _)| {
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
            (!is_empty).then(|| hashed(&json(&entries)))
        })
        .collect();
    let names = blocks
        .into_iter()
        .map(|block| block.map_or_else(|| "-".repeat(NAME), |block| add(block, "json")));
    let names: String = names.collect();
    let name = add(hashed(names.as_bytes()), "txt");
    List { name, files: paths }
}

/// The beginning of a document's text, and the files of the rest.
fn text(document: &Document) -> (String, Vec<Hashed>) {
    let mut pieces = pieces(&shown(document)).into_iter();
    let beginning = pieces.next().unwrap_or_default();
    let rest = pieces.map(|piece| hashed(piece.as_bytes()));
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
