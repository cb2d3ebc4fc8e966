//! Sorted terms in files of about 3 KB, found through files that list some fifty of them, found through the root:
//! three reads whatever the number of terms. Files end where a term's own hash says, not where a count
//! happens to fall, so that a new term changes the one file that it stands in.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::files::{Files, hashed};
use super::postings::{self, Posting};

/// A term in more documents than this has its full list in a file of its own, and beside it only the
/// [`CHAMPIONS`] best of it.
const INLINE: usize = 120;
/// Documents kept beside a frequent term.
const CHAMPIONS: usize = 48;
/// The place of a full list's name among the fields of a line.
const FULL: usize = 3;
/// A file may end from this size on, in bytes …
const LEAST: usize = 1_800;
/// … and ends at this one.
const MOST: usize = 4_000;
/// A list of files may end from this length on …
const LIST_LEAST: usize = 32;
/// … and ends at this one.
const LIST_MOST: usize = 96;

/// Which texts are in which file, or in which list of files.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub struct Directory {
    /// For each file a text above the last term before it and not above its first.
    pub first: Vec<String>,
    /// The files' names without separators, [`super::files::NAME`] characters each.
    pub files: String,
}

/// What stands beside a term: the end of its line, and its full list.
pub struct Entry {
    /// After the term and a tab.
    pub line: String,
    /// Where the line must still get this list's name.
    pub full: Option<String>,
}

/// The entry of a term's postings in an index of `size` numbers. A frequent term's line holds its best
/// documents, the number of all (base 36), the length of the full list (base 36) and its name.
pub fn entry(found: &[Posting], size: u32) -> Entry {
    if found.len() <= INLINE {
        let line = postings::write(found);
        return Entry { line, full: None };
    }
    let mut best = found.to_vec();
    best.sort_by_key(|posting| (std::cmp::Reverse(posting.level()), posting.document()));
    best.truncate(CHAMPIONS);
    best.sort_by_key(|posting| posting.document());
    let full = postings::write_full(found, size);
    let mut line = postings::write(&best);
    for number in [found.len(), full.len()] {
        line.push('\t');
        let number = u32::try_from(number).expect("at most a few megabytes");
        postings::write_number(number, &mut line);
    }
    line.push('\t');
    let full = Some(full);
    Entry { line, full }
}

/// A file of terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaf {
    /// Its first term.
    pub first: String,
    /// Its last term.
    pub last: String,
    /// Its name.
    pub name: String,
    /// The names of the full lists of its frequent terms.
    pub full: Vec<String>,
}

/// Writes sorted terms with their entries, and gives their files in order. A line is: how many characters the term shares
/// with the one above (base 36, at most 35), the others, a tab, and the entry's line.
pub fn write(
    terms: &[impl AsRef<str> + Sync],
    entries: Vec<Entry>,
    files: &mut Files,
) -> Vec<Leaf> {
    let lines = lines(entries, files);
    let mut ends = ends(terms, &lines);
    if ends.last() != Some(&terms.len()) && !terms.is_empty() {
        ends.push(terms.len());
    }
    cut(terms, &lines, &ends, files)
}

/// The lines of entries, once their full lists have names.
pub fn lines(mut entries: Vec<Entry>, files: &mut Files) -> Vec<String> {
    let full: Vec<_> = entries
        .par_iter_mut()
        .map(|entry| entry.full.take().map(|full| hashed(full.as_bytes())))
        .collect();
    let named = entries.into_iter().zip(full);
    named
        .map(|(mut entry, full)| {
            if let Some(full) = full {
                entry.line += &files.add(full, "txt");
            }
            entry.line
        })
        .collect()
}

/// After how many terms each file ends, the first of them beginning with the first term; the last file may go on.
pub fn ends(terms: &[impl AsRef<str>], lines: &[String]) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut size = 0;
    for (place, (term, line)) in terms.iter().zip(lines).enumerate() {
        let term = term.as_ref();
        size += term.len() / 2 + line.len() + 3;
        if size >= MOST || (size >= LEAST && hash(term) >> 27 == 0) {
            ends.push(place + 1);
            size = 0;
        }
    }
    ends
}

/// The files of terms that end at these places.
pub fn cut(
    terms: &[impl AsRef<str> + Sync],
    lines: &[String],
    ends: &[usize],
    files: &mut Files,
) -> Vec<Leaf> {
    let starts: Vec<usize> = std::iter::once(0).chain(ends.iter().copied()).collect();
    let leaves: Vec<_> = starts
        .par_windows(2)
        .map(|range| {
            hashed(&leaf(
                &terms[range[0]..range[1]],
                &lines[range[0]..range[1]],
            ))
        })
        .collect();
    let leaves = starts.windows(2).zip(leaves);
    leaves
        .map(|(range, file)| Leaf {
            first: terms[range[0]].as_ref().to_owned(),
            last: terms[range[1] - 1].as_ref().to_owned(),
            name: files.add(file, "txt"),
            full: (lines[range[0]..range[1]].iter())
                .filter_map(|line| line.split('\t').nth(FULL).map(str::to_owned))
                .collect(),
        })
        .collect()
}

/// One file of terms.
fn leaf(terms: &[impl AsRef<str>], lines: &[String]) -> Vec<u8> {
    let (mut out, mut before) = (String::new(), "");
    for (term, line) in terms.iter().zip(lines) {
        let term = term.as_ref();
        let (digit, rest) = front(before, term);
        out.push(digit);
        out.extend([rest, "\t", line, "\n"]);
        before = term;
    }
    out.into_bytes()
}

/// The lists of files, and the list of those lists.
pub fn root(leaves: &[Leaf], files: &mut Files) -> Directory {
    let (mut root, mut list) = (Directory::default(), Directory::default());
    let mut before = "";
    for leaf in leaves {
        let first = separator(before, &leaf.first);
        let end = hash(&first) >> 28 == 0;
        if list.first.len() >= LIST_MOST || (list.first.len() >= LIST_LEAST && end) {
            root.close(&list, files);
            list = Directory::default();
        }
        list.first.push(first);
        list.files += &leaf.name;
        before = &leaf.last;
    }
    if !list.first.is_empty() {
        root.close(&list, files);
    }
    root
}

impl Directory {
    /// Adds a list that is complete.
    fn close(&mut self, list: &Self, files: &mut Files) {
        self.first.push(list.first[0].clone());
        self.files += &files.json(list);
    }
}

/// The number of characters shared with the term above, as a digit, and the others. A character that is
/// two units in the browser's strings is never shared, so that both sides count alike.
fn front<'a>(before: &str, term: &'a str) -> (char, &'a str) {
    let (mut shared, mut start) = (0, 0);
    for (a, b) in before.chars().zip(term.chars()) {
        if a != b || shared == 35 || a.len_utf16() > 1 {
            break;
        }
        shared += 1;
        start += b.len_utf8();
    }
    let digit = char::from_digit(shared, 36).expect("at most 35");
    (digit, &term[start..])
}

/// The shortest beginning of `term` that is above `before`.
fn separator(before: &str, term: &str) -> String {
    term.char_indices()
        .map(|(start, character)| &term[..start + character.len_utf8()])
        .find(|beginning| *beginning > before)
        .unwrap_or(term)
        .to_owned()
}

/// FNV-1a.
fn hash(text: &str) -> u32 {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    hash ^ (hash << 13)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn terms_share_their_beginnings() {
        assert_eq!(front("imprimante", "imprimer"), ('6', "er"));
        assert_eq!(front("", "été"), ('0', "été"));
        assert_eq!(separator("imprimante", "imprimerie"), "imprime");
        assert_eq!(separator("", "abc"), "a");
    }

    #[test]
    fn a_new_term_changes_the_files_on_its_way_only() {
        let terms: Vec<String> = (0..60_000).map(|number| format!("t{number:05}")).collect();
        let write = |terms: &[String]| {
            let entry = |_: &String| Entry {
                line: "1#".into(),
                full: None,
            };
            let none = BTreeMap::new();
            let mut files = Files::over("fr", &none);
            let leaves = write(terms, terms.iter().map(entry).collect(), &mut files);
            (root(&leaves, &mut files), files.made)
        };
        let (root, before) = write(&terms);
        assert!(root.first.len() > 2 && before.len() > 80);
        let mut more = terms.clone();
        more.insert(30_000, "t29999x".into());
        let (_, after) = write(&more);
        let new = after.keys().filter(|name| !before.contains_key(*name));
        assert!(new.count() <= 4);
        assert!((before.values()).all(|file| file.content.len() < MOST + 1_000));
    }
}
