//! From the words of a query to terms of the index: exact forms and inflections, beginnings, and the
//! pieces of an identifier whose whole is unknown.

use super::excerpt::Needle;
use super::postings::{self, Posting};
use super::query::Reader;
use super::shards::{Directory, NAME, Root, is_code};
use super::tokens::{Word, is_stop_word, stem, words};
use super::weights::fit;

/// Words of a query that are searched; the others are ignored.
const WORDS: usize = 8;
/// Files of words, and of codes, read for one word of the query.
const FILES: [usize; 2] = [3, 2];

/// One word of the query and the terms that it stands for.
pub struct Group {
    /// How the word is found again in texts.
    pub needle: Needle,
    /// Never empty.
    pub terms: Vec<Term>,
}

impl Group {
    /// The number of documents of the most frequent term.
    pub fn most(&self) -> u32 {
        self.terms.iter().map(|term| term.found).max().unwrap_or(0)
    }
}

/// A term of the index.
pub struct Term {
    /// How well it fits the word, in percent.
    pub fit: u32,
    /// The number of documents that hold it.
    pub found: u32,
    /// All of them, or the best.
    pub postings: Vec<Posting>,
    /// The file that lists all of them, when `postings` does not.
    pub full: Option<String>,
}

/// Looks terms up.
pub struct Terms<'a> {
    reader: &'a Reader<'a>,
    root: &'a Root,
    /// Whether some files that might have held more terms were not read.
    pub cut: bool,
}

impl<'a> Terms<'a> {
    /// Nothing read yet.
    pub fn new(reader: &'a Reader<'a>, root: &'a Root) -> Self {
        Self {
            reader,
            root,
            cut: false,
        }
    }

    /// The groups of a query, and its words that nothing matches.
    pub fn groups(&mut self, query: &str) -> (Vec<Group>, Vec<String>) {
        let mut asked = words(query);
        let last = asked.last().cloned();
        let told = |word: &Word| !word.forms.iter().all(|form| is_stop_word(form));
        if asked.iter().any(told) {
            asked.retain(told);
        }
        asked.truncate(WORDS);
        let (mut groups, mut unknown) = (Vec::new(), Vec::new());
        for (number, word) in asked.iter().enumerate() {
            let open = number + 1 == asked.len() && Some(word) == last.as_ref();
            match self.word(word, open) {
                Some(found) => groups.extend(found),
                None if !unknown.contains(&word.typed) => unknown.push(word.typed.clone()),
                None => {}
            }
        }
        (groups, unknown)
    }

    /// The groups of one word: one, or one for each piece of a whole that is unknown.
    fn word(&mut self, word: &Word, open: bool) -> Option<Vec<Group>> {
        for form in &word.forms {
            if let Some(group) = self.form(form, open) {
                return Some(vec![group]);
            }
        }
        let pieces: Vec<&String> = word
            .pieces
            .iter()
            .filter(|piece| !is_stop_word(piece))
            .collect();
        if pieces.is_empty() {
            return None;
        }
        pieces
            .into_iter()
            .map(|piece| self.form(piece, open))
            .collect()
    }

    /// The terms of one form: of an unfinished word all that begin with it; of another only
    /// itself and its inflections, or beginnings when there are none.
    fn form(&mut self, form: &str, open: bool) -> Option<Group> {
        let long = form.chars().count();
        let prefixes: &[bool] = match (open && long > 1, long > 2) {
            (true, _) => &[true],
            (false, true) => &[false, true],
            (false, false) => &[false],
        };
        prefixes.iter().find_map(|prefix| {
            let terms = self.lookup(form, *prefix);
            let needle = Needle {
                form: form.to_owned(),
                prefix: *prefix,
            };
            (!terms.is_empty()).then_some(Group { needle, terms })
        })
    }

    /// The terms that fit a form, from a bounded number of files.
    fn lookup(&mut self, form: &str, prefix: bool) -> Vec<Term> {
        let mut terms = Vec::new();
        if !is_code(form) {
            self.read(&self.root.words, FILES[0], (form, prefix), &mut terms);
        }
        if prefix || is_code(form) {
            self.read(&self.root.codes, FILES[1], (form, prefix), &mut terms);
        }
        terms
    }

    /// Adds what fits from at most `most` files of a directory: the file of the form itself first,
    /// then those after it, then those before it where inflections may stand.
    fn read(
        &mut self,
        directory: &Directory,
        most: usize,
        form: (&str, bool),
        terms: &mut Vec<Term>,
    ) {
        let stem = stem(form.0);
        let below = |text: &str| {
            directory
                .first
                .partition_point(|first| first.as_str() <= text)
        };
        let from = below(stem).saturating_sub(1);
        let main = below(form.0).saturating_sub(1);
        let end = directory.first[below(stem)..]
            .iter()
            .take_while(|first| first.starts_with(stem))
            .count()
            + below(stem);
        self.cut |= form.1 && end - from > most;
        for number in (main..end).chain(from..main).take(most) {
            let Some(name) = directory.files.get(number * NAME..(number + 1) * NAME) else {
                break;
            };
            terms.extend(fitting(self.reader.text(name), form.0, form.1));
        }
    }
}

/// The terms of a file that fit a form. Lines are described in `shards`.
fn fitting(file: &str, form: &str, prefix: bool) -> Vec<Term> {
    let mut found = Vec::new();
    let mut term = String::new();
    for line in file.lines() {
        let mut fields = line.split('\t');
        let head = fields.next().unwrap_or_default();
        let mut rest = head.chars();
        let shared = rest
            .next()
            .and_then(|digit| digit.to_digit(36))
            .unwrap_or(0);
        term = term.chars().take(shared as usize).chain(rest).collect();
        let Some(fit) = fit(form, &term, prefix) else {
            continue;
        };
        let postings = postings::read(fields.next().unwrap_or_default());
        let count = fields
            .next()
            .and_then(|count| u32::from_str_radix(count, 36).ok());
        let all = u32::try_from(postings.len()).expect("at most the number of documents");
        let full = fields.next().map(str::to_owned);
        found.push(Term {
            fit,
            found: count.unwrap_or(all),
            postings,
            full,
        });
    }
    found
}
