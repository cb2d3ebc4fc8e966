//! Documents that are read together, and what was found in them as bytes: after a change only the few hundred
//! documents around it are read again. A chunk ends where a page's own address says, not where a count happens to
//! fall, so that a new page changes the one chunk that it stands in. Documents have no numbers here but their places
//! in the chunk: a number may move when another page comes.

use std::hash::Hash;
use std::ops::Range;

use rayon::prelude::*;

use super::Document;
use super::numbers;
use super::weights::Level;
use crate::digest::Digesting;
use crate::remembered::Key;

/// A chunk may end from this size on, in documents …
const LEAST: usize = 128;
/// … before every page of so many, in the middle …
const EVERY: u64 = 64;
/// … and ends at this one.
const MOST: usize = 1_024;

/// The ranges of documents that are read together.
pub fn cut(documents: &[&Document]) -> Vec<Range<usize>> {
    let (mut chunks, mut start) = (Vec::new(), 0);
    for (place, document) in documents.iter().enumerate() {
        let size = place - start;
        let may_end = size >= LEAST && document.heading.is_none();
        if size >= MOST || (may_end && numbers::hash(&document.url).is_multiple_of(EVERY)) {
            chunks.push(start..place);
            start = place;
        }
    }
    if start < documents.len() {
        chunks.push(start..documents.len());
    }
    chunks
}

/// The hash of each document.
pub fn each(documents: &[&Document]) -> Vec<Key> {
    let documents = documents.par_iter();
    let each = documents.map(|document| {
        let mut digesting = Digesting::default();
        document.hash(&mut digesting);
        digesting.bytes()
    });
    each.collect()
}

/// What the terms of documents depend on, by the hashes of each.
pub fn key(documents: &[Key], synonyms: &[Vec<String>]) -> Key {
    let mut digesting = Digesting::default();
    "terms of documents".hash(&mut digesting);
    synonyms.hash(&mut digesting);
    documents.hash(&mut digesting);
    digesting.bytes()
}

/// What was found in the documents of a chunk.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Chunk<'a> {
    /// Its terms, each once.
    pub terms: Vec<&'a str>,
    /// Its identifiers, each once.
    pub codes: Vec<&'a str>,
    /// What each document holds.
    pub documents: Vec<Found>,
}

/// What was found in one document.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Terms, by their places in the chunk's list.
    pub terms: Vec<(u32, Level)>,
    /// Identifiers, by their places in the chunk's list, with the levels of their first window and of the others.
    pub codes: Vec<(u32, Level, Level)>,
}

impl Chunk<'_> {
    /// As it is kept.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for texts in [&self.terms, &self.codes] {
            write(texts.len() as u64, &mut out);
            for text in texts {
                write(text.len() as u64, &mut out);
                out.extend(text.as_bytes());
            }
        }
        for found in &self.documents {
            write(found.terms.len() as u64, &mut out);
            for (term, level) in &found.terms {
                write(u64::from(*term) << 4 | u64::from(level.0), &mut out);
            }
            write(found.codes.len() as u64, &mut out);
            for (code, first, inner) in &found.codes {
                write(u64::from(*code), &mut out);
                out.push(first.0 << 4 | inner.0);
            }
        }
        out
    }
}

/// Something that a document holds, by its place in the chunk's lists.
#[derive(Debug, Clone, Copy)]
pub enum Seen {
    /// A term and its level.
    Term(u32, Level),
    /// An identifier, with the levels of its first window and of the others.
    Code(u32, Level, Level),
}

/// The terms and the identifiers of what [`Chunk::bytes`] wrote, and what follows them.
pub fn lists(bytes: &[u8]) -> Option<(Vec<&str>, Vec<&str>, &[u8])> {
    let mut rest = bytes;
    let (terms, codes) = (texts(&mut rest)?, texts(&mut rest)?);
    Some((terms, codes, rest))
}

fn texts<'a>(rest: &mut &'a [u8]) -> Option<Vec<&'a str>> {
    let texts = (0..length(rest)?).map(|_| {
        let length = length(rest)?;
        std::str::from_utf8(taken(rest, length)?).ok()
    });
    texts.collect()
}

/// Shows what each of so many documents holds, by its place among them: what follows [`lists`], which have these lengths.
pub fn each_of(
    mut rest: &[u8],
    count: usize,
    (terms, codes): (usize, usize),
    mut see: impl FnMut(usize, Seen),
) -> Option<()> {
    let rest = &mut rest;
    for document in 0..count {
        for _ in 0..length(rest)? {
            let both = number(rest)?;
            let level = Level(u8::try_from(both & 15).expect("four bits"));
            see(document, Seen::Term(place(both >> 4, terms)?, level));
        }
        for _ in 0..length(rest)? {
            let code = place(number(rest)?, codes)?;
            let levels = taken(rest, 1)?[0];
            let (first, inner) = (Level(levels >> 4), Level(levels & 15));
            see(document, Seen::Code(code, first, inner));
        }
    }
    rest.is_empty().then_some(())
}

/// Whether this is what [`Chunk::bytes`] wrote of so many documents.
pub fn is_readable(bytes: &[u8], count: usize) -> bool {
    lists(bytes).is_some_and(|(terms, codes, rest)| {
        each_of(rest, count, (terms.len(), codes.len()), |_, _| ()).is_some()
    })
}

/// A place in a list of so many.
fn place(number: u64, count: usize) -> Option<u32> {
    let place = u32::try_from(number).ok()?;
    ((place as usize) < count).then_some(place)
}

/// A number in as few bytes as it needs, seven bits each, the lowest first.
fn write(mut number: u64, out: &mut Vec<u8>) {
    while number >= 128 {
        out.push(u8::try_from(number & 127).expect("seven bits") | 128);
        number >>= 7;
    }
    out.push(u8::try_from(number).expect("seven bits"));
}

fn number(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for place in (0..63).step_by(7) {
        let byte = taken(rest, 1)?[0];
        number |= u64::from(byte & 127) << place;
        if byte < 128 {
            return Some(number);
        }
    }
    None
}

/// How many of something follow: each takes a byte at least.
fn length(rest: &mut &[u8]) -> Option<usize> {
    let length = usize::try_from(number(rest)?).ok()?;
    (length <= rest.len()).then_some(length)
}

fn taken<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    impl<'a> Chunk<'a> {
        /// What [`Self::bytes`] wrote of so many documents; `None` of anything else.
        fn read(bytes: &'a [u8], count: usize) -> Option<Self> {
            let (terms, codes, rest) = lists(bytes)?;
            let mut documents: Vec<Found> = (0..count).map(|_| Found::default()).collect();
            each_of(rest, count, (terms.len(), codes.len()), |place, seen| {
                let found = &mut documents[place];
                match seen {
                    Seen::Term(term, level) => found.terms.push((term, level)),
                    Seen::Code(code, first, inner) => found.codes.push((code, first, inner)),
                }
            })?;
            Some(Self {
                terms,
                codes,
                documents,
            })
        }
    }

    #[test]
    fn what_was_found_comes_back_and_anything_else_is_refused() {
        let chunk = Chunk {
            terms: vec!["onduleur", "été", "ups01"],
            codes: vec!["UPS01"],
            documents: vec![
                Found {
                    terms: vec![(0, Level::TITLE), (2, Level::ID), (1, Level::UNKNOWN)],
                    codes: vec![(0, Level::CODE_BEGIN, Level::TEXT)],
                },
                Found::default(),
            ],
        };
        let bytes = chunk.bytes();
        assert_eq!(Chunk::read(&bytes, 2), Some(chunk));
        assert!(is_readable(&bytes, 2));
        assert_eq!(Chunk::read(&bytes, 1), None);
        assert_eq!(Chunk::read(&bytes, 3), None);
        for end in 0..bytes.len() {
            assert_eq!(Chunk::read(&bytes[..end], 2), None, "cut at {end}");
            assert!(!is_readable(&bytes[..end], 2), "cut at {end}");
        }
        // A term and an identifier that the lists do not have.
        assert_eq!(Chunk::read(&[0, 0, 1, 0, 0], 1), None);
        assert_eq!(Chunk::read(&[0, 0, 0, 1, 0, 0], 1), None);
        assert!(Chunk::read(&[0, 0, 0, 0], 1).is_some());
    }

    #[test]
    fn numbers_of_any_size_come_back() {
        for expected in [0, 1, 127, 128, 300, 1 << 40, (1 << 63) - 1] {
            let mut out = Vec::new();
            write(expected, &mut out);
            assert_eq!(number(&mut out.as_slice()), Some(expected));
        }
        assert_eq!(number(&mut [255; 12].as_slice()), None);
    }

    #[test]
    fn a_new_page_changes_one_chunk() {
        let page = |number: usize| Document {
            url: format!("assets/pc-{number:05}/"),
            ..Document::default()
        };
        let pages: Vec<Document> = (0..9_000).map(page).collect();
        let keys = |pages: &[&Document]| -> Vec<Key> {
            let (chunks, each) = (cut(pages).into_iter(), each(pages));
            chunks.map(|chunk| key(&each[chunk], &[])).collect()
        };
        let mut all: Vec<&Document> = pages.iter().collect();
        let after = keys(&all);
        assert!(after.len() > 20);
        all.remove(4_321);
        let before = keys(&all);
        assert!(after.iter().filter(|key| !before.contains(key)).count() <= 3);
    }
}
