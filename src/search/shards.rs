//! The files of an index and their forms. `<language>.json` is the root: how many documents, the kinds,
//! and where everything else is. Beside it, in `<language>/`, named by content: files of terms
//! (`directory`), full lists of frequent terms (`postings`), blocks of four documents with their texts, lists of 96
//! blocks, and columns of facets (`facets`). Changing a record's text changes its block and the files of
//! the words that came or went, each with the list that names it, and the root.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::blocks::{self, Slot};
use super::chunks;
use super::collect::{self, List as Found};
use super::corpus::Corpus;
use super::directory::{self, Directory, Entry as Line, Leaf};
use super::facets;
use super::files::{Files, json};
use super::fold::fold;
use super::numbers::{self, Numbered};
use super::over::{self, Leaves, List, Standing, State};
use super::postings;
use super::tokens::{STOP_WORDS, code, weak_words};
use super::weights::prior;
use super::{Document, Index, Settings};
use crate::remembered::Remembered;

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
    /// The names of the lists of blocks, eight characters each.
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
    /// The names of the columns of facets, eight characters each.
    pub columns: String,
}

/// A kind: key, label, names (folded), how many numbers its documents may have, and what they are worth in percent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Kind(pub String, pub String, pub Vec<String>, pub u32, pub u32);

/// The documents of one language on the way into their files.
struct Making<'a> {
    language: &'a str,
    corpus: Corpus<'a>,
    slots: &'a [Slot<'a>],
    ranges: &'a [numbers::Range],
    settings: &'a Settings,
    remembered: &'a Remembered,
}

/// The files of one language's documents, which are sorted by kind already; over those of the last build, where it left
/// what is needed for that.
pub fn write(
    language: &str,
    documents: &[&Document],
    settings: &Settings,
    (remembered, standing): (&Remembered, Option<&Standing<'_>>),
) -> Index {
    let Numbered {
        slots,
        numbers,
        ranges,
    } = numbers::number(documents);
    let mut hashes = Vec::new();
    if remembered.is_on() {
        hashes = chunks::each(documents);
    }
    let mut hash_of = vec![None; slots.len()];
    for (number, hash) in numbers.iter().zip(&hashes) {
        hash_of[*number as usize] = Some(*hash);
    }
    let slots = slots.into_iter().zip(hash_of);
    let slots: Vec<Slot<'_>> = slots.map(|(slot, hash)| Some((slot?, hash))).collect();
    let making = Making {
        language,
        corpus: Corpus {
            documents,
            numbers: &numbers,
            hashes: &hashes,
            synonyms: &settings.synonyms,
        },
        slots: &slots,
        ranges: &ranges,
        settings,
        remembered,
    };
    let over = standing.and_then(|standing| {
        let before = State::read(language, making.size(), remembered)?;
        making.over(&before, standing)
    });
    over.unwrap_or_else(|| making.whole())
}

impl Making<'_> {
    /// How many numbers there are.
    fn size(&self) -> u32 {
        u32::try_from(self.slots.len()).expect("fewer than four thousand million documents")
    }

    /// All files.
    fn whole(&self) -> Index {
        let none = State::default();
        let mut files = Files::over(self.language, &none.files);
        let leaves = self
            .leaves(self.remembered, &mut files)
            .or_else(|| self.leaves(&Remembered::default(), &mut files))
            .expect("what was just found can be read");
        // The lists of all terms are the largest thing that a build ever holds: what can wait is made after them.
        let lists = blocks::write(self.slots, &none.blocks, &mut files);
        let index = self.rooted(lists, leaves, (&none, files));
        index.expect("no file stands in the way")
    }

    /// The files of all terms; `None` where something that is remembered cannot be read.
    fn leaves(&self, remembered: &Remembered, files: &mut Files<'_>) -> Option<Leaves> {
        let held = collect::all_held(self.corpus, remembered);
        let (mut words, mut codes) = collect::gathered(&held)?;
        let lists = words.lists();
        let vocabulary = vocabulary(&lists, files);
        let of_words = terms(lists, self.size(), files);
        drop(words);
        Some(Leaves {
            vocabulary,
            words: of_words,
            codes: terms(codes.lists(), self.size(), files),
        })
    }

    /// The files that are not those of before; `None` where making all is quicker, or safer.
    fn over(&self, before: &State, standing: &Standing<'_>) -> Option<Index> {
        let mut files = Files::over(self.language, &before.files);
        let lists = blocks::write(self.slots, &before.blocks, &mut files);
        let over = (before, standing);
        let corpus = (self.corpus, self.size());
        let leaves = over::leaves(corpus, over, self.remembered, &mut files)?;
        self.rooted(lists, leaves, (before, files))
    }

    /// The index with its root, of which the next one is told what is needed to be made over it. `None` where a file would
    /// have the name of another one that stands: which of the two has it follows from the order of all.
    fn rooted(
        &self,
        (lists, known): (Vec<List>, BTreeMap<String, List>),
        leaves: Leaves,
        (before, mut files): (&State, Files<'_>),
    ) -> Option<Index> {
        let root = self.root(&lists, &leaves, &mut files);
        if files.has_twins && !before.files.is_empty() {
            return None;
        }
        let mut kept = BTreeMap::new();
        if self.remembered.is_on() && !files.has_twins {
            let parts = self.corpus.parts();
            let mut state = State::new((self.size(), &parts), known, leaves);
            for path in state.paths(&files) {
                let file = if let Some(file) = files.made.get(&path) {
                    file.kept()
                } else {
                    let file = before.files[&path].clone();
                    kept.insert(path.clone(), file.clone());
                    file
                };
                state.files.insert(path, file);
            }
            state.keep(self.language, self.remembered);
        }
        let files = files.made.into_iter();
        let mut files: BTreeMap<String, Vec<u8>> =
            files.map(|(path, file)| (path, file.content)).collect();
        files.insert(super::root(self.language), json(&root));
        Some(Index { files, kept })
    }

    /// The first file, and the files that nothing but it leads to.
    fn root(&self, lists: &[List], leaves: &Leaves, files: &mut Files<'_>) -> Root {
        let documents = self.corpus.documents;
        let fields = &self.settings.fields;
        let values = facets::values(documents, fields);
        let columns = facets::columns(self.slots, &values, files);
        let fields = fields.iter();
        Root {
            version: 2,
            count: u32::try_from(documents.len()).expect("no more documents than numbers"),
            kinds: self.kinds(),
            fields: fields
                .map(|field| (field.key.clone(), names(&field.key, "", Some(&field.names))))
                .collect(),
            blocks: lists.iter().map(|list| list.name.as_str()).collect(),
            stop: STOP_WORDS.join(" "),
            weak: weak_words().collect::<Vec<_>>().join(" "),
            words: directory::root(&leaves.words, files),
            codes: directory::root(&leaves.codes, files),
            vocabulary: directory::root(&leaves.vocabulary, files),
            values: files.json(&values),
            columns,
        }
    }

    /// The kinds, in the order of their documents' numbers.
    fn kinds(&self) -> Vec<Kind> {
        let documents = self.corpus.documents.iter();
        let labels: BTreeMap<&str, &str> = documents
            .map(|document| (document.kind.as_str(), document.kind_label.as_str()))
            .collect();
        let ranges = self.ranges.iter();
        ranges
            .map(|range| {
                let label = labels[range.kind.as_str()].to_owned();
                let names = names(&range.kind, &label, self.settings.kinds.get(&range.kind));
                let prior = prior(&range.kind);
                Kind(range.kind.clone(), label, names, range.size, prior)
            })
            .collect()
    }
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

/// Writes terms into files.
fn terms(lists: Vec<Found<'_>>, size: u32, files: &mut Files<'_>) -> Vec<Leaf> {
    let (terms, entries): (Vec<&str>, Vec<Line>) = lists
        .into_par_iter()
        .map(|(term, postings)| (term, directory::entry(collect::tidy(postings), size)))
        .unzip();
    directory::write(&terms, entries, files)
}

/// Writes the words that a typing error may have come from.
fn vocabulary(words: &[Found<'_>], files: &mut Files<'_>) -> Vec<Leaf> {
    let words = words.iter();
    let mut spelled: Vec<(String, Line)> = words
        .filter_map(|(term, postings)| spelled(term, postings.len()))
        .collect();
    spelled.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let (terms, entries): (Vec<String>, Vec<Line>) = spelled.into_iter().unzip();
    directory::write(&terms, entries, files)
}

/// A word that a typing error may have come from, behind its first letter and its length, and what stands beside it: in how
/// many documents it is. `None` for other words.
pub fn spelled(term: &str, count: usize) -> Option<(String, Line)> {
    let is_plain =
        (4..=LONGEST).contains(&term.len()) && term.bytes().all(|byte| byte.is_ascii_lowercase());
    if !is_plain {
        return None;
    }
    let mut key = term[..1].to_owned();
    let length = u32::try_from(term.len()).expect("at most the longest");
    postings::write_number(length, &mut key);
    let mut line = String::new();
    postings::write_number(u32::try_from(count).unwrap_or(u32::MAX), &mut line);
    Some((key + term, Line { line, full: None }))
}
