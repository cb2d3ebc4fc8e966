//! A chunk of documents, read or remembered: a task cannot tell the two apart afterwards.

use std::collections::HashMap;

use super::{Task, Window};
use crate::remembered::Remembered;
use crate::search::Document;
use crate::search::chunks::{self, Chunk, Found};
use crate::search::fast::BuildFast;
use crate::search::postings::Posting;
use crate::search::synonyms::Synonyms;

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
            let start = self.windows.len();
            self.read(document, known);
            let terms = self.close();
            if key.is_some() {
                let windows = self.windows[start..].iter();
                let windows = windows
                    .map(|(window, _, level)| (*window, *level))
                    .collect();
                all.push(Found { terms, windows });
            }
        }
        if let Some(key) = key {
            remembered.keep(key, self.told(all).bytes());
        }
    }

    /// Takes what was found before.
    fn again(&mut self, chunk: &Chunk<'_>, numbers: &[u32]) {
        let terms: Vec<usize> = chunk.terms.iter().map(|term| self.term(term)).collect();
        for (found, number) in chunk.documents.iter().zip(numbers) {
            let document = *number;
            for (term, level) in &found.terms {
                let level = *level;
                self.postings[terms[*term as usize]].push(Posting { document, level });
            }
            let windows = found.windows.iter();
            let windows = windows.map(|(window, level)| -> Window { (*window, document, *level) });
            self.windows.extend(windows);
        }
    }

    /// What was found in documents, with the numbers that their terms have among themselves.
    fn told(&self, mut documents: Vec<Found>) -> Chunk<'_> {
        let mut places: HashMap<u32, u32, BuildFast> = HashMap::default();
        let mut terms = Vec::new();
        for (term, _) in documents.iter_mut().flat_map(|found| &mut found.terms) {
            let next = u32::try_from(terms.len()).expect("no more than a task has");
            let place = *places.entry(*term).or_insert(next);
            if place == next {
                terms.push(self.terms[*term as usize].as_str());
            }
            *term = place;
        }
        Chunk { terms, documents }
    }
}
