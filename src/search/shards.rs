//! The files of an index and their forms. `<language>.json` is the root: how many documents, the kinds,
//! and where everything else is. Beside it, in `<language>/`, named by content: files of terms
//! (`directory`), full lists of frequent terms (`postings`), blocks of four documents with their texts, lists of 96
//! blocks, and columns of facets (`facets`). Changing a record's text changes its block and the files of
//! the words that came or went, each with the list that names it, and the root.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::collect::{self, Held, List as Found};
use super::directory::{self, Directory, Entry as Line, Leaf};
use super::files::Files;
use super::fold::fold;
use super::over::Leaves;
use super::postings;
use super::tokens::code;

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

/// The files of all terms.
pub fn leaves(held: &[Held<'_>], size: u32, files: &mut Files<'_>) -> Leaves {
    let (mut words, mut codes) = collect::gathered(held);
    let lists = words.lists();
    let vocabulary = vocabulary(&lists, files);
    let of_words = terms(lists, size, files);
    drop(words);
    Leaves {
        vocabulary,
        words: of_words,
        codes: terms(codes.lists(), size, files),
    }
}

/// What may be typed for a key: itself and its names, folded, without spaces.
pub fn names(key: &str, label: &str, others: Option<&Vec<String>>) -> Vec<String> {
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
