//! The documents of a language as their words are read: in order, with their numbers, cut into parts that are read
//! together.

use super::Document;
use super::chunks;
use crate::remembered::Key;

/// The documents of a language.
#[derive(Debug, Clone, Copy)]
pub struct Corpus<'a> {
    /// All, sorted by kind and address.
    pub documents: &'a [&'a Document],
    /// The number of each.
    pub numbers: &'a [u32],
    /// The hash of each; none at all where nothing is remembered.
    pub hashes: &'a [Key],
    /// Groups of words that mean the same.
    pub synonyms: &'a [Vec<String>],
}

/// Neighbours that are read together.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// Some of the documents.
    pub documents: &'a [&'a Document],
    /// Their numbers.
    pub numbers: &'a [u32],
    /// The hash of all that their terms depend on, where something is remembered.
    pub key: Option<Key>,
}

/// Where something is remembered, the key of each part and the numbers of its documents.
pub type Told = Vec<(Key, Vec<u32>)>;

impl<'a> Corpus<'a> {
    /// All parts, in order.
    pub fn parts(self) -> Vec<Part<'a>> {
        let chunks = chunks::cut(self.documents).into_iter();
        let parts = chunks.map(|chunk| Part {
            documents: &self.documents[chunk.clone()],
            numbers: &self.numbers[chunk.clone()],
            key: (self.hashes.get(chunk)).map(|hashes| chunks::key(hashes, self.synonyms)),
        });
        parts.collect()
    }

    /// What is told of all parts once the documents are gone.
    pub fn told(self) -> Told {
        let parts = self.parts().into_iter();
        let told = parts.filter_map(|part| Some((part.key?, part.numbers.to_vec())));
        told.collect()
    }
}
