//! Which terms have other lists of documents than before, and these lists.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::search::chunks::{self, Seen};
use crate::search::codes;
use crate::search::collect::{self, Held};
use crate::search::postings::Posting;
use crate::search::weights::Level;

/// Terms whose lists may be others than before.
#[derive(Debug, Default)]
pub struct Changed<'a> {
    words: BTreeSet<&'a str>,
    /// Identifiers and their windows.
    codes: BTreeSet<&'a str>,
}

/// Terms with their postings in order; without any where no document holds the term.
pub type Lists = BTreeMap<String, Vec<Posting>>;

/// Something that a document holds.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Item<'a> {
    Term(&'a str, Level),
    Code(&'a str, Level, Level),
}

/// The terms of documents that hold something else than they held; `None` where a part cannot be read.
pub fn changed<'a>(
    new: impl Iterator<Item = &'a Held<'a>>,
    gone: &'a [Held<'a>],
) -> Option<Changed<'a>> {
    let (new, gone) = (items(new)?, items(gone.iter())?);
    let numbers: BTreeSet<&u32> = new.keys().chain(gone.keys()).collect();
    let mut changed = Changed::default();
    let none = BTreeSet::new();
    for number in numbers {
        let now = new.get(number).unwrap_or(&none);
        let before = gone.get(number).unwrap_or(&none);
        for item in now.symmetric_difference(before) {
            match item {
                Item::Term(term, _) if collect::is_code(term) => {
                    changed.codes.insert(term);
                }
                Item::Term(term, _) => {
                    changed.words.insert(term);
                }
                Item::Code(code, ..) => {
                    let windows = codes::windows(code);
                    changed.codes.extend(windows.map(|(window, _)| window));
                }
            }
        }
    }
    Some(changed)
}

/// What each document holds, by its number.
fn items<'a>(
    parts: impl Iterator<Item = &'a Held<'a>>,
) -> Option<BTreeMap<u32, BTreeSet<Item<'a>>>> {
    let mut all: BTreeMap<u32, BTreeSet<Item<'_>>> = BTreeMap::new();
    for part in parts {
        let (terms, codes, rest) = chunks::lists(&part.bytes)?;
        let count = (terms.len(), codes.len());
        chunks::each_of(rest, part.numbers.len(), count, |place, seen| {
            let item = match seen {
                Seen::Term(term, level) => Item::Term(terms[term as usize], level),
                Seen::Code(code, first, inner) => Item::Code(codes[code as usize], first, inner),
            };
            all.entry(part.numbers[place]).or_default().insert(item);
        })?;
    }
    Some(all)
}

/// The lists of these terms, words and identifiers apart; `None` where a part cannot be read.
pub fn of(parts: &[Held<'_>], changed: &Changed<'_>) -> Option<(Lists, Lists)> {
    let found: Option<Vec<_>> = parts
        .par_iter()
        .map(|part| of_part(part, changed))
        .collect();
    let empty = |terms: &BTreeSet<&str>| -> Lists {
        let terms = terms.iter();
        terms.map(|term| ((*term).to_owned(), Vec::new())).collect()
    };
    let (mut words, mut codes) = (empty(&changed.words), empty(&changed.codes));
    for (of_words, of_codes) in found? {
        for (lists, found) in [(&mut words, of_words), (&mut codes, of_codes)] {
            for (term, posting) in found {
                if let Some(list) = lists.get_mut(term) {
                    list.push(posting);
                }
            }
        }
    }
    words.par_iter_mut().for_each(|(_, postings)| {
        postings.sort_unstable_by_key(|one| one.document());
    });
    codes.par_iter_mut().for_each(|(_, postings)| {
        let once = collect::tidy(postings).len();
        postings.truncate(once);
    });
    Some((words, codes))
}

/// Postings with their terms.
type Found<'a> = Vec<(&'a str, Posting)>;

/// What one part says of these terms.
fn of_part<'a>(part: &'a Held<'_>, changed: &Changed<'_>) -> Option<(Found<'a>, Found<'a>)> {
    let (terms, codes, rest) = chunks::lists(&part.bytes)?;
    let is_word: Vec<bool> = (terms.iter())
        .map(|term| changed.words.contains(term))
        .collect();
    let is_code: Vec<bool> = (terms.iter())
        .map(|term| collect::is_code(term) && changed.codes.contains(term))
        .collect();
    let windows: Vec<Vec<(&str, bool)>> = codes
        .iter()
        .map(|code| {
            let windows = codes::windows(code);
            windows
                .filter(|(window, _)| changed.codes.contains(window))
                .collect()
        })
        .collect();
    let (mut of_words, mut of_codes) = (Vec::new(), Vec::new());
    let count = (terms.len(), codes.len());
    chunks::each_of(rest, part.numbers.len(), count, |place, seen| {
        let document = part.numbers[place];
        match seen {
            Seen::Term(term, level) => {
                let (term, text) = (term as usize, terms[term as usize]);
                if is_word[term] {
                    of_words.push((text, Posting::new(document, level)));
                } else if is_code[term] {
                    of_codes.push((text, Posting::new(document, level)));
                }
            }
            Seen::Code(code, first, inner) => {
                for (window, is_first) in &windows[code as usize] {
                    let level = if *is_first { first } else { inner };
                    of_codes.push((*window, Posting::new(document, level)));
                }
            }
        }
    })?;
    Some((of_words, of_codes))
}
