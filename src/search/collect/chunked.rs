//! A chunk of documents, read or remembered: a task cannot tell the two apart afterwards.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Holding, Task};
use crate::remembered::Remembered;
use crate::search::chunks::{Chunk, Found};
use crate::search::codes;
use crate::search::corpus::Part;
use crate::search::fast::BuildFast;
use crate::search::postings::Posting;
use crate::search::synonyms::Synonyms;
use crate::search::weights::Level;

/// What the documents of a part hold, as [`Chunk::bytes`] writes it, with their numbers.
#[derive(Debug)]
pub struct Held<'a> {
    /// Without any number.
    pub bytes: Cow<'a, [u8]>,
    /// The number of each document.
    pub numbers: &'a [u32],
}

/// What the documents of a part hold: as it is remembered, or found now and kept.
pub fn held<'a>(part: &Part<'a>, synonyms: &Synonyms, remembered: &'a Remembered) -> Held<'a> {
    let found = part.key.and_then(|key| remembered.find(&key));
    let bytes = found.map_or_else(
        || {
            let mut task = Task::default();
            let bytes = task.read_part(part, synonyms);
            if let Some(key) = part.key {
                remembered.keep(key, bytes.clone());
            }
            Cow::Owned(bytes)
        },
        Cow::Borrowed,
    );
    let numbers = part.numbers;
    Held { bytes, numbers }
}

impl Task {
    /// What the documents of a part hold, as it is remembered or as it is read now.
    pub(super) fn part(&mut self, part: &Part<'_>, synonyms: &Synonyms, remembered: &Remembered) {
        let before = part.key.and_then(|key| remembered.find(&key));
        let chunk = before.and_then(|bytes| Chunk::read(bytes, part.documents.len()));
        if let Some(chunk) = chunk {
            return self.again(&chunk, part.numbers);
        }
        if let Some(key) = part.key {
            remembered.keep(key, self.read_part(part, synonyms));
            return;
        }
        for (document, number) in part.documents.iter().zip(part.numbers) {
            self.document = *number;
            self.read(document, synonyms);
            self.close();
        }
    }

    /// Reads the documents of a part, and gives what they hold as bytes.
    fn read_part(&mut self, part: &Part<'_>, synonyms: &Synonyms) -> Vec<u8> {
        let mut all = Vec::new();
        for (document, number) in part.documents.iter().zip(part.numbers) {
            self.document = *number;
            self.read(document, synonyms);
            all.push(self.close());
        }
        self.told(&all).bytes()
    }

    /// Takes what was found before.
    fn again(&mut self, chunk: &Chunk<'_>, numbers: &[u32]) {
        let terms: Vec<usize> = chunk.terms.iter().map(|term| self.term(term)).collect();
        for (found, number) in chunk.documents.iter().zip(numbers) {
            let document = *number;
            self.document = document;
            for (term, level) in &found.terms {
                let level = *level;
                self.postings[terms[*term as usize]].push(Posting { document, level });
            }
            for (code, first, inner) in &found.codes {
                self.cut(chunk.codes[*code as usize], *first, *inner);
            }
        }
    }

    /// The windows of an identifier of the document at hand.
    pub(super) fn cut(&mut self, code: &str, first: Level, inner: Level) {
        for (window, is_first) in codes::windows(code) {
            let mut key = [0; 8];
            key[..window.len()].copy_from_slice(window.as_bytes());
            let level = if is_first { first } else { inner };
            let key = u64::from_be_bytes(key);
            self.windows.push((key, self.document, level));
        }
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
