//! A chunk of documents, read or remembered: a task cannot tell the two apart afterwards.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;

use super::{Holding, Task};
use crate::remembered::Remembered;
use crate::search::chunks::{self, Chunk, Found};
use crate::search::corpus::Part;
use crate::search::fast::BuildFast;
use crate::search::synonyms::Synonyms;

/// What the documents of a part hold, as [`Chunk::bytes`] writes it, with their numbers.
#[derive(Debug)]
pub struct Held<'a> {
    /// Without any number.
    pub bytes: Bytes<'a>,
    /// The number of each document.
    pub numbers: Vec<u32>,
}

/// Bytes that an earlier build left, or that are kept for the next one.
#[derive(Debug)]
pub enum Bytes<'a> {
    /// Found before.
    Before(&'a [u8]),
    /// Found now.
    New(Arc<[u8]>),
}

impl Deref for Bytes<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Before(bytes) => bytes,
            Self::New(bytes) => bytes,
        }
    }
}

/// What the documents of a part hold: as it is remembered, if that can be read, or found now and kept.
pub fn held<'a>(part: &Part<'_>, synonyms: &Synonyms, remembered: &'a Remembered) -> Held<'a> {
    Task::default().held(part, synonyms, remembered)
}

impl Task {
    /// The same by a task that remembers words of other parts.
    pub(super) fn held<'a>(
        &mut self,
        part: &Part<'_>,
        synonyms: &Synonyms,
        remembered: &'a Remembered,
    ) -> Held<'a> {
        let found = part.key.and_then(|key| remembered.find(&key));
        let found = found.filter(|bytes| chunks::is_readable(bytes, part.numbers.len()));
        let bytes = found.map_or_else(
            || {
                let bytes: Arc<[u8]> = self.read_part(part, synonyms).into();
                if let Some(key) = part.key {
                    remembered.keep(key, Arc::clone(&bytes));
                }
                Bytes::New(bytes)
            },
            Bytes::Before,
        );
        let numbers = part.numbers.to_vec();
        Held { bytes, numbers }
    }

    /// Reads the documents of a part, and gives what they hold as bytes.
    fn read_part(&mut self, part: &Part<'_>, synonyms: &Synonyms) -> Vec<u8> {
        let mut all = Vec::new();
        for document in part.documents {
            self.read(document, synonyms);
            all.push(self.close());
        }
        self.told(&all).bytes()
    }

    /// What was found in documents, with the numbers that their terms have among themselves.
    fn told<'a>(&'a self, documents: &'a [Holding]) -> Chunk<'a> {
        let (mut terms, mut codes) = (Places::default(), Places::default());
        let found = documents.iter().map(|held| Found {
            terms: (held.terms.iter())
                .map(|(term, level)| (terms.of(&self.terms[*term as usize]), *level))
                .collect(),
            codes: (held.codes.iter())
                .map(|(code, first, inner)| (codes.of(code), *first, *inner))
                .collect(),
        });
        Chunk {
            documents: found.collect(),
            terms: terms.all,
            codes: codes.all,
        }
    }
}

/// Texts, each once, by their places.
#[derive(Default)]
struct Places<'a> {
    all: Vec<&'a str>,
    known: HashMap<&'a str, u32, BuildFast>,
}

impl<'a> Places<'a> {
    fn of(&mut self, text: &'a str) -> u32 {
        let next = u32::try_from(self.all.len()).expect("no more than a task has");
        let place = *self.known.entry(text).or_insert(next);
        if place == next {
            self.all.push(text);
        }
        place
    }
}
