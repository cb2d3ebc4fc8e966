//! Reads the files of one language's index, only those that a query needs, as the browser does.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::blocks::{BLOCK, Entry, LIST};
use super::directory::Directory;
use super::files::NAME;
use super::postings::{self, Posting};
use super::root;
use super::shards::Root;
use super::weights::{INFLECTED, fit};

/// Lists of files that are read for one term.
const LISTS: usize = 2;
/// Above every term.
const LAST: char = '\u{10FFFF}';

/// A term of the index.
#[derive(Debug, Clone)]
pub struct Term {
    /// How well it fits the word, in percent.
    pub fit: u32,
    /// The number of documents that hold it.
    pub found: u32,
    /// All of them, or the best.
    pub postings: Vec<Posting>,
    /// The length and the name of the file that lists all of them, when `postings` does not.
    pub full: Option<(u32, String)>,
}

impl Term {
    /// Whether it is another form of the word, among the words or (where it counts half) among the identifiers.
    pub fn is_inflected(&self) -> bool {
        [INFLECTED, INFLECTED >> 1].contains(&self.fit)
    }
}

/// Where terms are looked for.
pub struct Range<'a> {
    /// The first.
    pub start: &'a str,
    /// The one that is wanted most.
    pub main: &'a str,
    /// The last, or everything that begins with it.
    pub end: String,
}

impl<'a> Range<'a> {
    /// Everything that begins with `start`.
    pub fn beginning(start: &'a str, main: &'a str) -> Self {
        let end = format!("{start}{LAST}");
        Self { start, main, end }
    }
}

/// The files of one language.
pub struct Reader<'a> {
    files: &'a BTreeMap<String, Vec<u8>>,
    language: &'a str,
    /// The files read, each with its length as the browser counts it.
    read: RefCell<BTreeMap<String, usize>>,
}

impl<'a> Reader<'a> {
    /// A reader of a language's files.
    pub fn new(files: &'a BTreeMap<String, Vec<u8>>, language: &'a str) -> Self {
        let read = RefCell::default();
        Self {
            files,
            language,
            read,
        }
    }

    /// The length of all files read so far, in units of the browser's strings.
    pub fn spent(&self) -> usize {
        self.read.borrow().values().sum()
    }

    /// A file of the index by its name from the folder of the index; empty when it is missing.
    fn file(&self, name: String) -> &'a str {
        let content = self.files.get(&name);
        let text = content.and_then(|content| std::str::from_utf8(content).ok());
        let text = text.unwrap_or_default();
        let length = || text.encode_utf16().count();
        self.read.borrow_mut().entry(name).or_insert_with(length);
        text
    }

    /// The root; `None` for a language without documents.
    pub fn root(&self) -> Option<Root> {
        serde_json::from_str(self.file(root(self.language))).ok()
    }

    /// A text file of the index; empty when it is missing.
    pub fn text(&self, name: &str) -> &'a str {
        self.file(format!("{}/{name}.txt", self.language))
    }

    fn json<T: serde::de::DeserializeOwned>(&self, name: &str) -> Option<T> {
        serde_json::from_str(self.file(format!("{}/{name}.json", self.language))).ok()
    }

    /// At most `most` files that may hold the terms of a range, and whether there are more.
    pub fn files(&self, directory: &Directory, range: &Range, most: usize) -> (Vec<&'a str>, bool) {
        let lists = pick(directory, range);
        let mut names = Vec::new();
        for list in lists.iter().take(LISTS) {
            if let Some(list) = self.json::<Directory>(list) {
                names.extend(pick(&list, range).into_iter().map(str::to_owned));
            }
        }
        let cut = lists.len() > LISTS || names.len() > most;
        names.truncate(most);
        (names.iter().map(|name| self.text(name)).collect(), cut)
    }

    /// What is shown of a document.
    pub fn entry(&self, root: &Root, document: usize) -> Option<Entry> {
        let list = self.text(named(&root.blocks, document / BLOCK / LIST)?);
        let block: Vec<Option<Entry>> = self.json(named(list, document / BLOCK % LIST)?)?;
        block.into_iter().nth(document % BLOCK)?
    }
}

/// One of names that stand without separators.
pub fn named(names: &str, number: usize) -> Option<&str> {
    names.get(number * NAME..(number + 1) * NAME)
}

/// The files of a range: first the one where `main` would stand and those after it, then those before it.
fn pick<'d>(directory: &'d Directory, range: &Range) -> Vec<&'d str> {
    let below = |text: &str| {
        directory
            .first
            .partition_point(|first| first.as_str() <= text)
    };
    let from = below(range.start).saturating_sub(1);
    let middle = below(range.main).saturating_sub(1);
    let to = below(&range.end);
    (middle..to)
        .chain(from..middle)
        .filter_map(|number| named(&directory.files, number))
        .collect()
}

/// Calls `see` with each term of a file and the fields of its line. Forms are described in `directory`.
pub fn lines<'a>(file: &'a str, mut see: impl FnMut(&str, &[&'a str])) {
    let mut term = String::new();
    for line in file.lines().filter(|line| !line.is_empty()) {
        let fields: Vec<&str> = line.split('\t').collect();
        let mut head = fields[0].chars();
        let shared = head
            .next()
            .and_then(|digit| digit.to_digit(36))
            .unwrap_or(0);
        let kept = term
            .char_indices()
            .nth(shared as usize)
            .map_or(term.len(), |(end, _)| end);
        term.truncate(kept);
        term.push_str(head.as_str());
        see(&term, &fields[1..]);
    }
}

/// The terms of a file that fit a form.
pub fn fitting(file: &str, form: &str, prefix: bool) -> Vec<Term> {
    let mut found = Vec::new();
    let number = |text: &str| u32::from_str_radix(text, 36).unwrap_or(0);
    lines(file, |term, fields| {
        let Some(fit) = fit(form, term, prefix) else {
            return;
        };
        let postings = postings::read(fields.first().unwrap_or(&""));
        let all = u32::try_from(postings.len()).expect("at most the number of documents");
        let full = match fields {
            [_, _, bytes, name] => Some((number(bytes), (*name).to_owned())),
            _ => None,
        };
        found.push(Term {
            fit,
            found: fields.get(1).map_or(all, |count| number(count)),
            postings,
            full,
        });
    });
    found
}
