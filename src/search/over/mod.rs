//! An index over one that stands: after a change to a few documents only the files that name them are made again.
//!
//! The parts of the documents whose hashes are new tell which terms have other lists now; these lists are made again
//! from all parts, and put into the files of terms where they belong. Everything else is known by its name.

mod lists;
mod patch;
mod state;
#[cfg(test)]
mod tests;

use rayon::prelude::*;

use super::collect::{self, Held};
use super::corpus::{Corpus, Part};
use super::directory;
use super::files::{Files, Kept};
use super::shards;
use super::synonyms::Synonyms;
use crate::remembered::Remembered;
pub use state::{Leaves, List, State};

/// Gives the bytes of a file of the index that stands, by its name, if they are still these.
pub type Standing<'a> = dyn Fn(&str, &Kept) -> Option<Vec<u8>> + Sync + 'a;

/// So many documents are compared whatever stands …
const FEW: usize = 4_096;
/// … and of more no more than one in so many.
const MOST: usize = 4;

/// The files of terms where a few documents changed; `None` where one of those that stand is missing, or so much changed
/// that making all of them again is quicker.
pub fn leaves(
    (corpus, size): (Corpus<'_>, u32),
    (before, standing): (&State, &Standing<'_>),
    remembered: &Remembered,
    files: &mut Files<'_>,
) -> Option<Leaves> {
    let parts = corpus.parts();
    let known = before.known();
    let is_known = |part: &Part<'_>| {
        let key = part.key.as_ref();
        key.is_some_and(|key| known.get(key) == Some(&part.numbers))
    };
    let new = || parts.iter().filter(|part| !is_known(part));
    let changing: usize = new().map(|part| part.documents.len()).sum();
    if changing > FEW.max(corpus.documents.len() / MOST) {
        return None;
    }
    let synonyms = Synonyms::new(corpus.synonyms);
    let held = parts.par_iter();
    let held: Vec<Held<'_>> = held
        .map(|part| collect::held(part, &synonyms, remembered))
        .collect();
    let new = parts.iter().zip(&held);
    let new = new
        .filter(|(part, _)| !is_known(part))
        .map(|(_, held)| held);
    let gone = before.gone(&parts, remembered)?;
    let changed = lists::changed(new, &gone)?;
    let (words, codes) = lists::of(&held, &changed)?;
    let vocabulary = words.iter();
    let vocabulary = vocabulary
        .filter_map(|(term, postings)| {
            let (key, entry) = shards::spelled(term, postings.len())?;
            Some((key, (!postings.is_empty()).then_some(entry)))
        })
        .collect();
    let entries = |lists: lists::Lists| {
        let lists = lists.into_par_iter();
        let each = lists.map(|(term, postings)| {
            let entry = (!postings.is_empty()).then(|| directory::entry(&postings, size));
            (term, entry)
        });
        each.collect()
    };
    let mut patch = |leaves, changes| patch::patch(leaves, changes, (before, standing), files);
    Some(Leaves {
        vocabulary: patch(&before.leaves.vocabulary, vocabulary)?,
        words: patch(&before.leaves.words, entries(words))?,
        codes: patch(&before.leaves.codes, entries(codes))?,
    })
}
