//! From documents to terms: which words each document holds, and at which level. Each task remembers
//! what it made of a written word, since a text of a million words has a few ten thousand different ones.

mod called;
mod chunked;
mod gathered;

use std::collections::HashMap;

use rayon::prelude::*;

use super::codes;
use super::corpus::Corpus;
use super::facets;
use super::fast::BuildFast;
use super::fold::fold;
use super::met::Met;
use super::postings::Posting;
use super::synonyms::Synonyms;
use super::telephone;
use super::tokens::{all_tokens, is_stop_word, tokens, words};
use super::weights::Level;
use super::written::{Word, Written};
use super::{Document, FACET, PAGES};
use crate::remembered::Remembered;
pub use chunked::{Bytes, Held, held};
pub use gathered::{List, gathered};

/// Numbers of documents read by one task: enough that merging costs little, few enough that all threads work.
const TASK: std::ops::RangeInclusive<usize> = 1_024..=8_192;

/// What all documents hold, part by part, in order. The sections of a page should be neighbours: they have most of their
/// words in common.
pub fn all_held<'a>(corpus: Corpus<'_>, remembered: &'a Remembered) -> Vec<Held<'a>> {
    let parts = corpus.parts();
    let count = corpus.documents.len();
    let tasks = (count / *TASK.end()).max(2 * rayon::current_num_threads());
    let tasks = tasks.min(count / *TASK.start()).max(1);
    let synonyms = Synonyms::new(corpus.synonyms);
    let held: Vec<Vec<Held<'_>>> = parts
        .par_chunks(parts.len().div_ceil(tasks).max(1))
        .map(|parts| {
            let mut task = Task::default();
            let held = parts.iter();
            held.map(|part| task.held(part, &synonyms, remembered))
                .collect()
        })
        .collect();
    held.into_iter().flatten().collect()
}

/// Whether a term is kept with the identifiers.
pub fn is_code(term: &str) -> bool {
    !term.starts_with(FACET) && term.bytes().any(|byte| byte.is_ascii_digit())
}

/// Postings in order, each document once, at its best level.
pub fn tidy(postings: &mut [Posting]) -> &[Posting] {
    postings.sort_unstable_by_key(|one| (one.document(), std::cmp::Reverse(one.level())));
    let mut kept = 0;
    for place in 0..postings.len() {
        let one = postings[place];
        if kept == 0 || postings[kept - 1].document() != one.document() {
            postings[kept] = one;
            kept += 1;
        }
    }
    &postings[..kept]
}

/// What one document holds: terms by their numbers in the task, and identifiers.
struct Holding {
    terms: Vec<(u32, Level)>,
    codes: Vec<(String, Level, Level)>,
}

/// What a task remembers of the words that it met.
#[derive(Default)]
struct Task {
    ids: HashMap<String, usize, BuildFast>,
    terms: Vec<String>,
    /// What written words stand for.
    written: Written,
    /// The terms of a title, a label or a facet's value, which many documents share.
    shared: HashMap<String, Vec<usize>, BuildFast>,
    /// The terms of the document at hand.
    met: Met,
    /// Its identifiers, with the levels of their first window and of the others.
    codes: Vec<(String, Level, Level)>,
}

impl Task {
    fn read(&mut self, document: &Document, synonyms: &Synonyms) {
        if document.heading.is_some() {
            self.words(&document.title, Level::INHERITED);
            self.words(&document.id, Level::INHERITED);
            self.words(&document.kind_label, Level::INHERITED);
        } else {
            self.id(&document.id);
            self.title(document);
            self.kind_of_machine(document, synonyms);
            self.same(synonyms, &document.title, Level::HEADING);
            self.words(&document.kind_label, Level::SUBTITLE);
        }
        let names = document.names.iter();
        names.for_each(|name| self.words(name, Level::TEXT));
        let purposes = document.purposes.iter();
        purposes.for_each(|purpose| self.words(purpose, Level::HEADING));
        for identifier in &document.identifiers {
            for spelling in codes::spellings(identifier) {
                self.windows(&spelling, Level::CODE_BEGIN, Level::CODE_INNER);
                self.add(&spelling, Level::IDENTIFIER);
            }
            self.parts(identifier, Level::IDENTIFIER, Level::IDENTIFIER_PART);
        }
        for name in document.aliases.iter().chain(&document.heading) {
            self.words(name, Level::HEADING);
            self.same(synonyms, name, Level::IDENTIFIER_PART);
        }
        self.words(&document.subtitle, Level::SUBTITLE);
        self.same(synonyms, &document.text, Level::TEXT);
        self.written(&document.text);
        self.facets(document);
    }

    /// The windows of an identifier, which are cut when lists are made.
    fn windows(&mut self, code: &str, first: Level, inner: Level) {
        self.codes.push((code.to_owned(), first, inner));
    }

    /// All words of a text at one level.
    fn words(&mut self, text: &str, level: Level) {
        self.shared(text, level, || tokens(text));
    }

    /// Terms at one level that a key stands for; they are made when it is first met.
    fn shared(&mut self, key: &str, level: Level, made: impl FnOnce() -> Vec<String>) {
        if !self.shared.contains_key(key) {
            let mut terms = made();
            terms.retain(|term| !term.is_empty() && !is_stop_word(term));
            let terms = terms.iter().map(|term| self.term(term)).collect();
            self.shared.insert(key.to_owned(), terms);
        }
        for term in &self.shared[key] {
            self.met.at(*term, level);
        }
    }

    /// The synonyms of what stands in a text.
    fn same(&mut self, synonyms: &Synonyms, text: &str, level: Level) {
        for term in synonyms.of(text) {
            self.add(term, level);
        }
    }

    /// The words of the running text, counted when the document is closed.
    fn written(&mut self, text: &str) {
        let joined;
        let mut text = text;
        if telephone::may_join(text) {
            joined = telephone::joined(&fold(text)).into_owned();
            text = &joined;
        }
        for chunk in text.split_whitespace() {
            let word = match self.written.find(chunk) {
                Some(word) => word,
                None => self.learn(chunk),
            };
            for term in self.written.terms(word) {
                self.met.once_more(*term as usize);
            }
            if !self.written.shaped(word).is_empty() {
                for shaped in self.written.shaped(word).to_vec() {
                    self.windows(&shaped, Level::TEXT, Level::TEXT);
                }
            }
        }
    }

    /// Finds out what a written word stands for.
    fn learn(&mut self, chunk: &str) -> Word {
        let words = words(chunk);
        let forms = words.iter().filter_map(|word| word.forms.last());
        let shaped = forms.filter(|form| codes::is_shaped(form)).cloned();
        let shaped = shaped.collect();
        let tokens = all_tokens(words);
        let told = tokens.iter().filter(|token| !is_stop_word(token));
        let terms: Vec<u32> = told
            .map(|token| u32::try_from(self.term(token)).expect("fewer than 4 billion terms"))
            .collect();
        self.written.keep(chunk, &terms, shaped)
    }

    /// That it is a page, and its values.
    fn facets(&mut self, document: &Document) {
        if document.heading.is_none() {
            self.add(PAGES, Level::TEXT);
        }
        let mut key = String::new();
        for facet in document.facets.iter() {
            key.clear();
            // No written word is a key of a value: no text holds this character.
            for part in [&facet.field, &facet.value, &facet.label] {
                key.push('\0');
                key.push_str(part);
            }
            self.shared(&key, Level::TEXT, || facets::asked(facet));
        }
    }

    /// Adds a term at a level, unless it is a stop word.
    fn add(&mut self, term: &str, level: Level) {
        if !term.is_empty() && !is_stop_word(term) {
            let term = self.term(term);
            self.met.at(term, level);
        }
    }

    /// The number of a term in this task.
    fn term(&mut self, term: &str) -> usize {
        if let Some(known) = self.ids.get(term) {
            return *known;
        }
        let number = self.terms.len();
        self.ids.insert(term.to_owned(), number);
        self.terms.push(term.to_owned());
        self.met.learn();
        number
    }

    /// What the document at hand holds: each term at its best level, and each identifier, of which a text may hold one many
    /// times.
    fn close(&mut self) -> Holding {
        let mut held = Holding {
            terms: Vec::new(),
            codes: std::mem::take(&mut self.codes),
        };
        for (term, level) in self.met.all() {
            let term = u32::try_from(term).expect("fewer than 4 billion terms");
            held.terms.push((term, level));
        }
        held.codes.sort_unstable();
        held.codes.dedup();
        held
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The best level of each term of a document.
    pub(super) fn levels(document: &Document) -> HashMap<String, Level> {
        let corpus = Corpus {
            documents: &[document],
            numbers: &[0],
            hashes: &[],
            synonyms: &[],
        };
        let remembered = Remembered::default();
        let held = all_held(corpus, &remembered);
        let (mut words, mut codes) = gathered(&held);
        let lists = words.lists().into_iter().chain(codes.lists());
        lists
            .map(|(term, postings)| (term.to_owned(), tidy(postings)[0].level()))
            .collect()
    }

    #[test]
    fn a_term_has_the_level_of_its_best_place() {
        let document = Document {
            title: "Onduleur du local serveur".into(),
            id: "ups-01".into(),
            identifiers: vec!["+33 6 12".into()],
            text: "L’onduleur protège le serveur ; le serveur chauffe.".into(),
            ..Document::default()
        };
        let levels = levels(&document);
        assert_eq!(levels["onduleur"], Level::TITLE);
        assert_eq!(levels["ups01"], Level::ID);
        assert_eq!(levels["01"], Level::ID_PART);
        assert_eq!(levels["0612"], Level::IDENTIFIER);
        assert_eq!(levels["612"], Level::CODE_INNER);
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
        let levels = levels(&document);
        assert_eq!(levels["vpn"], Level::INHERITED);
        assert_eq!(levels["prerequis"], Level::HEADING);
    }

    #[test]
    fn identifiers_in_texts_have_windows_too() {
        let document = Document {
            text: "Erreur 0x80070643 après KB5034441.".into(),
            ..Document::default()
        };
        let levels = levels(&document);
        assert!(levels.contains_key("070643") && levels.contains_key("441"));
    }
}
