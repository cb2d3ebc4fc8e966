//! From what documents hold to which documents hold a term. Terms are counted first, so that all lists stand side by side in
//! one piece of exactly their size: of a large site they are the largest thing that a build holds.

use std::collections::HashMap;

use rayon::prelude::*;

use super::{Held, is_code};
use crate::search::chunks::{self, Seen};
use crate::search::codes;
use crate::search::fast::BuildFast;
use crate::search::postings::Posting;

/// Why nothing can be missing.
const READABLE: &str = "what a part holds was just found, or seen to be readable";

/// A term with its postings, not yet in order.
pub type List<'a> = (&'a str, &'a mut [Posting]);

/// Terms in the order in which they were met, and their postings one after the other.
#[derive(Debug, Default)]
pub struct Table<'a> {
    terms: Vec<&'a str>,
    /// Of each term, how many postings there are; then the place of the next one.
    places: Vec<usize>,
    postings: Vec<Posting>,
}

/// The numbers of terms while they are counted.
#[derive(Default)]
struct Numbers<'a>(HashMap<&'a str, u32, BuildFast>);

/// What the terms and identifiers of a part are among all.
struct Known<'a> {
    /// By the part's term: whether it is a word, and its number.
    terms: Vec<(bool, u32)>,
    /// By the part's identifier: the number of each window, and whether it is the first.
    windows: Vec<Vec<(u32, bool)>>,
    rest: &'a [u8],
    count: (usize, usize),
}

/// The words of what parts hold, and the identifiers with their windows.
pub fn gathered<'a>(parts: &'a [Held<'_>]) -> (Table<'a>, Table<'a>) {
    let (mut words, mut codes) = (Table::default(), Table::default());
    let mut numbers = (Numbers::default(), Numbers::default());
    let mut known = Vec::with_capacity(parts.len());
    for part in parts {
        let own = Known::of(part, (&mut words, &mut codes), &mut numbers);
        own.each(part, |is_word, term, _| {
            let table = if is_word { &mut words } else { &mut codes };
            table.places[term as usize] += 1;
        });
        known.push(own);
    }
    drop(numbers);
    words.make_room();
    codes.make_room();
    for (part, own) in parts.iter().zip(known) {
        own.each(part, |is_word, term, posting| {
            let table = if is_word { &mut words } else { &mut codes };
            table.put(term, posting);
        });
    }
    (words, codes)
}

impl<'a> Table<'a> {
    /// The number of a term, which is new or known.
    fn number(&mut self, term: &'a str, numbers: &mut Numbers<'a>) -> u32 {
        let next = u32::try_from(self.terms.len()).expect("fewer than 4 billion terms");
        let number = *numbers.0.entry(term).or_insert(next);
        if number == next {
            self.terms.push(term);
            self.places.push(0);
        }
        number
    }

    /// Each count becomes the place of a term's first posting.
    fn make_room(&mut self) {
        let mut all = 0;
        for place in &mut self.places {
            let count = std::mem::replace(place, all);
            all += count;
        }
        self.postings = vec![Posting::default(); all];
    }

    fn put(&mut self, term: u32, posting: Posting) {
        let place = &mut self.places[term as usize];
        self.postings[*place] = posting;
        *place += 1;
    }

    /// All lists, in the order of their terms.
    pub fn lists(&mut self) -> Vec<List<'_>> {
        let (mut rest, mut start) = (self.postings.as_mut_slice(), 0);
        let ends = self.terms.iter().zip(&self.places);
        let mut lists: Vec<List<'_>> = ends
            .map(|(term, end)| {
                let (own, after) = std::mem::take(&mut rest).split_at_mut(end - start);
                (rest, start) = (after, *end);
                (*term, own)
            })
            .collect();
        lists.par_sort_unstable_by_key(|(term, _)| *term);
        lists
    }
}

impl<'a> Known<'a> {
    fn of(
        part: &'a Held<'_>,
        (words, codes): (&mut Table<'a>, &mut Table<'a>),
        numbers: &mut (Numbers<'a>, Numbers<'a>),
    ) -> Self {
        let (terms, identifiers, rest) = chunks::lists(&part.bytes).expect(READABLE);
        let count = (terms.len(), identifiers.len());
        let terms = terms.into_iter().map(|term| {
            let is_word = !is_code(term);
            let number = if is_word {
                words.number(term, &mut numbers.0)
            } else {
                codes.number(term, &mut numbers.1)
            };
            (is_word, number)
        });
        let terms = terms.collect();
        let windows = identifiers.into_iter().map(|identifier| {
            codes::windows(identifier)
                .map(|(window, is_first)| (codes.number(window, &mut numbers.1), is_first))
                .collect()
        });
        let windows = windows.collect();
        Self {
            terms,
            windows,
            rest,
            count,
        }
    }

    /// Shows each posting of the part: whether its term is a word, and the term's number.
    fn each(&self, part: &Held<'_>, mut see: impl FnMut(bool, u32, Posting)) {
        let all = chunks::each_of(self.rest, part.numbers.len(), self.count, |place, seen| {
            let document = part.numbers[place];
            match seen {
                Seen::Term(term, level) => {
                    let (is_word, term) = self.terms[term as usize];
                    see(is_word, term, Posting::new(document, level));
                }
                Seen::Code(code, first, inner) => {
                    for (window, is_first) in &self.windows[code as usize] {
                        let level = if *is_first { first } else { inner };
                        see(false, *window, Posting::new(document, level));
                    }
                }
            }
        });
        all.expect(READABLE);
    }
}
