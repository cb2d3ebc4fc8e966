//! From documents to terms: which words each document holds, and at which level.

use std::collections::HashMap;

use rayon::prelude::*;

use super::Document;
use super::postings::Posting;
use super::tokens::{code, is_stop_word, tokens, words};
use super::weights::Level;

/// Documents read by one task; large enough that merging costs little.
const TASK: usize = 1024;

/// All terms in order, each with its postings sorted by document number (the place in `documents`).
pub fn terms(documents: &[&Document]) -> Vec<(String, Vec<Posting>)> {
    let tasks: Vec<HashMap<String, Vec<Posting>>> = documents
        .par_chunks(TASK)
        .zip((0..u32::MAX).into_par_iter().step_by(TASK))
        .map(|(documents, first)| read(documents, first))
        .collect();
    let mut merged: HashMap<String, Vec<Posting>> = HashMap::new();
    for (term, postings) in tasks.into_iter().flatten() {
        merged.entry(term).or_default().extend(postings);
    }
    let mut terms: Vec<_> = merged.into_iter().collect();
    terms.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
    terms
}

/// The terms of one task's documents.
fn read(documents: &[&Document], first: u32) -> HashMap<String, Vec<Posting>> {
    let mut found: HashMap<String, Vec<Posting>> = HashMap::new();
    for (number, document) in (first..).zip(documents) {
        for (term, level) in levels(document) {
            let posting = Posting {
                document: number,
                level,
            };
            found.entry(term).or_default().push(posting);
        }
    }
    found
}

/// Each term of a document with its best level, in no order.
fn levels(document: &Document) -> Vec<(String, Level)> {
    let mut terms = Terms::default();
    let section = document.heading.is_some();
    if section {
        let inherited = [&document.title, &document.id];
        terms.add(
            inherited.into_iter().flat_map(|text| tokens(text)),
            Level::INHERITED,
        );
    } else {
        terms.identifier(&document.id, Level::ID, Level::ID_PART);
        let title = words(&document.title);
        let level = match title.len() {
            0 | 1 => Level::TITLE_ALONE,
            2 | 3 => Level::TITLE_SHORT,
            _ => Level::TITLE,
        };
        terms.add(tokens(&document.title), level);
    }
    for identifier in &document.identifiers {
        terms.identifier(identifier, Level::IDENTIFIER, Level::IDENTIFIER_PART);
    }
    for name in document.aliases.iter().chain(&document.heading) {
        terms.add(tokens(name), Level::HEADING);
    }
    terms.add(tokens(&document.subtitle), Level::SUBTITLE);
    terms.text(&document.text);
    terms.levels.into_iter().collect()
}

/// The levels of one document while they are gathered.
#[derive(Default)]
struct Terms {
    levels: HashMap<String, Level>,
}

impl Terms {
    /// Adds words at one level; stop words are left out.
    fn add(&mut self, terms: impl IntoIterator<Item = String>, level: Level) {
        for term in terms {
            if !is_stop_word(&term) {
                self.raise(term, level);
            }
        }
    }

    /// Adds an identifier: the whole without separators, the whole as one word, and its parts.
    fn identifier(&mut self, identifier: &str, whole: Level, part: Level) {
        let code = code(identifier);
        if !code.is_empty() {
            self.raise(code, whole);
        }
        let words = words(identifier);
        let level = if words.len() == 1 { whole } else { part };
        for word in words {
            word.forms
                .into_iter()
                .for_each(|form| self.raise(form, level));
            self.add(word.pieces.into_iter().chain(word.runs), part);
        }
    }

    /// Adds the text: the more often a word stands in it, the higher.
    fn text(&mut self, text: &str) {
        let mut terms = tokens(text);
        terms.sort_unstable();
        for same in terms.chunk_by_mut(|a, b| a == b) {
            let level = match same.len() {
                1 => Level::TEXT,
                2 | 3 => Level::TEXT_AGAIN,
                _ => Level::TEXT_OFTEN,
            };
            self.add([std::mem::take(&mut same[0])], level);
        }
    }

    /// Keeps the better of the known level and this one.
    fn raise(&mut self, term: String, level: Level) {
        let known = self.levels.entry(term).or_insert(level);
        *known = level.max(*known);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_has_the_level_of_its_best_place() {
        let document = Document {
            title: "Onduleur du local serveur".into(),
            id: "ups-01".into(),
            identifiers: vec!["+33 6 12".into()],
            text: "L’onduleur protège le serveur ; le serveur chauffe.".into(),
            ..Document::default()
        };
        let levels: HashMap<_, _> = levels(&document).into_iter().collect();
        assert_eq!(levels["onduleur"], Level::TITLE);
        assert_eq!(levels["ups01"], Level::ID);
        assert_eq!(levels["01"], Level::ID_PART);
        assert_eq!(levels["33612"], Level::IDENTIFIER);
        assert_eq!(levels["chauffe"], Level::TEXT);
        assert!(!levels.contains_key("le"));
    }

    #[test]
    fn a_section_inherits_its_title() {
        let document = Document {
            title: "Installer le VPN".into(),
            heading: Some("Prérequis".into()),
            ..Document::default()
        };
        let levels: HashMap<_, _> = levels(&document).into_iter().collect();
        assert_eq!(levels["vpn"], Level::INHERITED);
        assert_eq!(levels["prerequis"], Level::HEADING);
    }
}
