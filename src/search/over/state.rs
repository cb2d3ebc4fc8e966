//! What is kept of an index for the next one: which part of the documents and which block stands in which file, without
//! a byte of what the files hold.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::digest::sha256;
use crate::remembered::{Key, Remembered};
use crate::search::collect::{Bytes, Held};
use crate::search::corpus::{Part, Told};
use crate::search::directory::Leaf;
use crate::search::files::{Files, Kept};

/// An index as its last build left it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct State {
    /// How many numbers there are: lists of frequent terms are written by it.
    size: u32,
    /// The parts of the documents, and the numbers of those in each.
    parts: Told,
    /// The lists of blocks, by the hash of their documents.
    pub blocks: BTreeMap<String, List>,
    /// The files of terms.
    pub leaves: Leaves,
    /// What those files hold, by name.
    pub files: BTreeMap<String, Kept>,
}

/// A list of blocks.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct List {
    /// Its name.
    pub name: String,
    /// All files that it leads to, itself among them, by their paths from the folder of the index.
    pub files: BTreeSet<String>,
}

/// The files of all terms, in order.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Leaves {
    /// Of words.
    pub words: Vec<Leaf>,
    /// Of identifiers.
    pub codes: Vec<Leaf>,
    /// Of the words by first letter and length.
    pub vocabulary: Vec<Leaf>,
}

/// Under which an index of a language is kept.
fn key(language: &str) -> Key {
    sha256(format!("index of {language}"))
}

impl State {
    /// What the last build left of a language, if it had as many numbers.
    pub fn read(language: &str, size: u32, remembered: &Remembered) -> Option<Self> {
        let bytes = remembered.before(&key(language))?;
        let state: Self = serde_json::from_slice(bytes).ok()?;
        (state.size == size).then_some(state)
    }

    /// What is left for the next build.
    pub fn new((size, parts): (u32, Told), blocks: BTreeMap<String, List>, leaves: Leaves) -> Self {
        Self {
            size,
            parts,
            blocks,
            leaves,
            files: BTreeMap::new(),
        }
    }

    /// Leaves it for the next build.
    pub fn keep(&self, language: &str, remembered: &Remembered) {
        let bytes = serde_json::to_vec(self).expect("names and numbers have a JSON form");
        remembered.keep(key(language), bytes);
    }

    /// The numbers of the documents of each part.
    pub fn known(&self) -> BTreeMap<&Key, &[u32]> {
        let parts = self.parts.iter();
        parts.map(|(key, numbers)| (key, &numbers[..])).collect()
    }

    /// The parts that are none any more, with what they held; `None` where that is forgotten.
    pub fn gone<'a>(
        &'a self,
        now: &[Part<'_>],
        remembered: &'a Remembered,
    ) -> Option<Vec<Held<'a>>> {
        let now: BTreeMap<Key, &[u32]> = now
            .iter()
            .filter_map(|part| Some((part.key?, part.numbers)))
            .collect();
        let parts = self.parts.iter();
        let gone = parts.filter(|(key, numbers)| now.get(key) != Some(&&numbers[..]));
        gone.map(|(key, numbers)| {
            let (bytes, numbers) = (Bytes::Before(remembered.before(key)?), numbers.clone());
            Some(Held { bytes, numbers })
        })
        .collect()
    }

    /// The paths of all files that it leads to.
    pub fn paths(&self, files: &Files<'_>) -> BTreeSet<String> {
        let blocks = self.blocks.values();
        let blocks = blocks.flat_map(|list| list.files.iter().cloned());
        let Leaves {
            words,
            codes,
            vocabulary,
        } = &self.leaves;
        let leaves = words.iter().chain(codes).chain(vocabulary);
        let names = leaves.flat_map(|leaf| leaf.full.iter().chain([&leaf.name]));
        blocks
            .chain(names.map(|name| files.path(name, "txt")))
            .collect()
    }
}
