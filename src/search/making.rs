//! From the documents of one language to its index, in two steps: what is said of documents without their words, and then
//! the files of all terms. Between the two no document is needed any more.

use std::collections::BTreeMap;

use super::blocks::{Lists, Slot};
use super::chunks;
use super::collect::{self, Held};
use super::corpus::{self, Corpus};
use super::directory;
use super::facets;
use super::files::{Files, Kept, json};
use super::numbers::{self, Numbered};
use super::over::{self, Leaves, List, Standing, State};
use super::shards::{Kind, Root, leaves, names};
use super::tokens::{STOP_WORDS, weak_words};
use super::weights::prior;
use super::{Document, Index, Settings};
use crate::remembered::{Key, Remembered};

/// No file of an index.
static NONE: BTreeMap<String, Kept> = BTreeMap::new();

/// What the files of one language are made by, beside its documents.
#[derive(Debug, Clone, Copy)]
struct Making<'a> {
    language: &'a str,
    /// How many numbers there are.
    size: u32,
    settings: &'a Settings,
    remembered: &'a Remembered,
}

/// The documents of one language.
struct Given<'a> {
    corpus: Corpus<'a>,
    slots: &'a [Slot<'a>],
    ranges: &'a [numbers::Range],
}

/// What an index says of documents, without their words.
struct Told {
    /// How many there are.
    count: u32,
    kinds: Vec<Kind>,
    values: Vec<facets::Values>,
    columns: String,
    parts: corpus::Told,
}

/// An index without the texts of its documents and the files of its terms. The texts are written first, and each document goes
/// with that: the lists of all terms are the largest thing that a build ever holds.
pub struct Read<'a> {
    making: Making<'a>,
    told: Told,
    held: Vec<Held<'a>>,
    /// By number: where the document stands among those that were given, and its hash.
    places: Vec<Option<(usize, Option<Key>)>>,
    files: Files<'a>,
}

/// How far the documents lead.
pub enum Begun<'a> {
    /// To the end: only a few files were not those of the last build.
    Over(Index),
    /// To where the lists of all terms are made.
    Whole(Box<Read<'a>>),
}

/// Begins the files of one language's documents, which are sorted by kind already and stand at these places; over those of the
/// last build, where it left what is needed for that.
pub fn begin<'a>(
    language: &'a str,
    (documents, places): (&[&Document], &[usize]),
    settings: &'a Settings,
    (remembered, standing): (&'a Remembered, Option<&Standing<'_>>),
) -> Begun<'a> {
    let Numbered {
        slots,
        numbers,
        ranges,
    } = numbers::number(documents);
    let mut hashes = Vec::new();
    if remembered.is_on() {
        hashes = chunks::each(documents);
    }
    let mut place_of = vec![None; slots.len()];
    for (at, number) in numbers.iter().enumerate() {
        place_of[*number as usize] = Some((places[at], hashes.get(at).copied()));
    }
    let slots = slots.into_iter().zip(&place_of);
    let slots: Vec<Slot<'_>> = slots
        .map(|(slot, place)| Some((slot?, place.and_then(|(_, hash)| hash))))
        .collect();
    let making = Making {
        language,
        size: u32::try_from(slots.len()).expect("fewer than four thousand million documents"),
        settings,
        remembered,
    };
    let given = Given {
        corpus: Corpus {
            documents,
            numbers: &numbers,
            hashes: &hashes,
            synonyms: &settings.synonyms,
        },
        slots: &slots,
        ranges: &ranges,
    };
    let over = standing.and_then(|standing| {
        let before = State::read(language, making.size, remembered)?;
        making.over(&given, (&before, standing))
    });
    if let Some(index) = over {
        return Begun::Over(index);
    }
    let (told, held, files) = making.read(&given);
    Begun::Whole(Box::new(Read {
        making,
        told,
        held,
        places: place_of,
        files,
    }))
}

impl Begun<'_> {
    /// All files; of the documents that were given, those of this language are taken.
    pub fn index(self, documents: &mut [Document]) -> Index {
        match self {
            Begun::Over(index) => index,
            Begun::Whole(read) => read.index(documents),
        }
    }
}

impl Read<'_> {
    fn index(mut self, documents: &mut [Document]) -> Index {
        let places = self.places.into_iter();
        let slots = places.map(|place| {
            let (place, hash) = place?;
            Some((std::mem::take(&mut documents[place]), hash))
        });
        let lists = Lists::write_last(slots, &mut self.files);
        let leaves = leaves(&self.held, self.making.size, &mut self.files);
        drop(self.held);
        let index = (self.making).rooted(self.told, (lists, leaves), (&NONE, self.files));
        index.expect("no file stands in the way")
    }
}

impl<'a> Making<'a> {
    /// What leads to all files.
    fn read(self, given: &Given<'_>) -> (Told, Vec<Held<'a>>, Files<'a>) {
        let mut files = Files::over(self.language, &NONE);
        let held = collect::all_held(given.corpus, self.remembered);
        (self.told(given, &mut files), held, files)
    }

    /// The files that are not those of before; `None` where making all is quicker, or safer.
    fn over(self, given: &Given<'_>, over: (&State, &Standing<'_>)) -> Option<Index> {
        let before = over.0;
        let mut files = Files::over(self.language, &before.files);
        let lists = Lists::write(given.slots, &before.blocks, &mut files);
        let told = self.told(given, &mut files);
        let corpus = (given.corpus, self.size);
        let leaves = over::leaves(corpus, over, self.remembered, &mut files)?;
        self.rooted(told, (lists, leaves), (&before.files, files))
    }

    /// What is said of documents without their words and texts.
    fn told(self, given: &Given<'_>, files: &mut Files<'_>) -> Told {
        let documents = given.corpus.documents;
        let values = facets::values(documents, &self.settings.fields);
        Told {
            count: u32::try_from(documents.len()).expect("no more documents than numbers"),
            kinds: self.kinds(given),
            columns: facets::columns(given.slots, &values, files),
            values,
            parts: given.corpus.told(),
        }
    }

    /// The index with its root, of which the next one is told what is needed to be made over it. `None` where a file would
    /// have the name of another one that stands: which of the two has it follows from the order of all.
    fn rooted(
        self,
        told: Told,
        (lists, leaves): (Lists, Leaves),
        (before, mut files): (&BTreeMap<String, Kept>, Files<'_>),
    ) -> Option<Index> {
        let root = self.root(&told, (&lists.all, &leaves), &mut files);
        if files.has_twins && !before.is_empty() {
            return None;
        }
        let mut kept = BTreeMap::new();
        if self.remembered.is_on() && !files.has_twins {
            let mut state = State::new((self.size, told.parts), lists.known, leaves);
            for path in state.paths(&files) {
                let file = if let Some(file) = files.made.get(&path) {
                    file.kept()
                } else {
                    let file = before[&path].clone();
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
    fn root(self, told: &Told, (lists, leaves): (&[List], &Leaves), files: &mut Files<'_>) -> Root {
        let fields = self.settings.fields.iter();
        Root {
            version: 2,
            count: told.count,
            kinds: told.kinds.clone(),
            fields: fields
                .map(|field| (field.key.clone(), names(&field.key, "", Some(&field.names))))
                .collect(),
            blocks: lists.iter().map(|list| list.name.as_str()).collect(),
            stop: STOP_WORDS.join(" "),
            weak: weak_words().collect::<Vec<_>>().join(" "),
            words: directory::root(&leaves.words, files),
            codes: directory::root(&leaves.codes, files),
            vocabulary: directory::root(&leaves.vocabulary, files),
            values: files.json(&told.values),
            columns: told.columns.clone(),
        }
    }

    /// The kinds, in the order of their documents' numbers.
    fn kinds(self, given: &Given<'_>) -> Vec<Kind> {
        let documents = given.corpus.documents.iter();
        let labels: BTreeMap<&str, &str> = documents
            .map(|document| (document.kind.as_str(), document.kind_label.as_str()))
            .collect();
        let ranges = given.ranges.iter();
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
