//! A chunk of documents, read or remembered: a task cannot tell the two apart afterwards.

use std::collections::HashMap;

use super::{Held, Task};
use crate::remembered::Remembered;
use crate::search::Document;
use crate::search::chunks::{self, Chunk, Found};
use crate::search::codes;
use crate::search::fast::BuildFast;
use crate::search::postings::Posting;
use crate::search::synonyms::Synonyms;
use crate::search::weights::Level;

impl Task {
    /// What some documents hold, as it is remembered or as it is read now.
    pub(super) fn chunk(
        &mut self,
        (documents, numbers): (&[&Document], &[u32]),
        (synonyms, known): (&[Vec<String>], &Synonyms),
        remembered: &Remembered,
    ) {
        let key = remembered.is_on().then(|| chunks::key(documents, synonyms));
        let before = key.and_then(|key| remembered.find(&key));
        if let Some(chunk) = before.and_then(|bytes| Chunk::read(bytes, documents.len())) {
            return self.again(&chunk, numbers);
        }
        let mut all = Vec::new();
        for (document, number) in documents.iter().zip(numbers) {
            self.document = *number;
            self.read(document, known);
            let held = self.close();
            if key.is_some() {
                all.push(held);
            }
        }
        if let Some(key) = key {
            remembered.keep(key, self.told(&all).bytes());
        }
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
    fn told<'a>(&'a self, documents: &'a [Held]) -> Chunk<'a> {
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
