//! From the words of a query to terms of the index: exact forms and inflections, beginnings, parts of
//! identifiers, the pieces of a joined word whose whole is unknown, and the nearest word to a misspelt one.

use std::collections::BTreeSet;

use super::ask::Filter;
use super::codes::{SHORTEST, WINDOW};
use super::excerpt::Needle;
use super::fold::fold;
use super::postings::{self, Posting};
use super::reader::{Range, Reader, Term, fitting, lines};
use super::shards::Root;
use super::slips;
use super::tokens::{Word, is_stop_word, is_weak_word, stem, words};
use super::typing::{self, allowed, distance};
use super::weights::Level;
use super::{FACET, PAGES};

/// Words of a query that are searched; the others are ignored.
const WORDS: usize = 8;
/// A query of more words reads one file fewer for each.
const FEW: usize = 4;
/// Files of terms read for one finished word, for a beginning, for an identifier, for a misspelt word.
const FILES: [usize; 4] = [2, 3, 2, 6];
/// Words that are searched in place of a misspelt one.
const NEAR: usize = 3;
/// Other forms of a word that is not known itself are doubted when no more than this part of the documents holds them.
const DOUBTFUL: u32 = 99;
/// So many times more frequent must a near word be than they are.
const FREQUENT: u32 = 8;
/// The longest full list that is read to see whether a document holds both ends of an identifier, in bytes.
const ENDS: u32 = 12_000;

/// One word of the query and the terms that it stands for.
#[derive(Debug)]
pub struct Group {
    /// How the word is found again in texts.
    pub needle: Needle,
    /// Never empty.
    pub terms: Vec<Term>,
}

impl Group {
    /// In how many documents its terms stand.
    pub fn found(&self) -> u32 {
        self.terms.iter().map(|term| term.found).sum()
    }
}

/// Looks terms up.
pub struct Terms<'a> {
    reader: &'a Reader<'a>,
    root: &'a Root,
    /// How many words the query asks for.
    asked: usize,
    /// Whether some files that might have held more terms were not read.
    pub cut: bool,
    /// The query in better spelling.
    pub better: String,
}

/// A word of the query, and whether it may be unfinished.
pub type Open = (Word, bool);

/// The words of a query that are searched.
pub fn searched(text: &str, open: bool, phrases: &[String]) -> Vec<Open> {
    let typed = words(text);
    let last = typed.len();
    let mut asked: Vec<Open> = (1..)
        .zip(typed)
        .map(|(place, word)| (word, open && place == last))
        .collect();
    let phrases = phrases.iter().flat_map(|phrase| words(phrase));
    asked.extend(phrases.map(|word| (word, false)));
    if asked.iter().any(|(word, _)| tells(word)) {
        asked.retain(|(word, _)| tells(word));
    }
    asked.truncate(WORDS);
    asked
}

/// Whether a word says something of what is looked for.
fn tells(word: &Word) -> bool {
    !word.forms.iter().all(|form| is_weak_word(form))
}

fn has_digit(form: &str) -> bool {
    form.bytes().any(|byte| byte.is_ascii_digit())
}

impl<'a> Terms<'a> {
    /// Nothing read yet.
    pub fn new(reader: &'a Reader<'a>, root: &'a Root, query: &str) -> Self {
        Self {
            reader,
            root,
            asked: 0,
            cut: false,
            better: query.to_owned(),
        }
    }

    /// The groups of a query's words, and the words that nothing matches.
    pub fn groups(&mut self, asked: &[Open]) -> (Vec<Group>, Vec<String>) {
        self.asked = asked.len();
        let (mut groups, mut unknown) = (Vec::new(), Vec::new());
        for (word, open) in asked {
            match self.word(word, *open) {
                Some(found) => groups.extend(found),
                None if !unknown.contains(&word.typed) => unknown.push(word.typed.clone()),
                None => {}
            }
        }
        (groups, unknown)
    }

    /// The terms of each word of a text that must not be there.
    pub fn unwanted(&mut self, text: &str) -> Vec<Vec<Term>> {
        let told = words(text).into_iter().filter(tells);
        let forms = told.filter_map(|word| word.forms.last().cloned());
        forms
            .map(|form| {
                self.form(&form, false)
                    .map_or_else(Vec::new, |group| group.terms)
            })
            .collect()
    }

    /// The terms of a filter's values.
    pub fn filter(&mut self, filter: &Filter) -> Vec<Term> {
        if filter.key == "kind" {
            return Vec::new();
        }
        let term = format!("{FACET}{}{FACET}{}", filter.key, filter.value);
        self.words(&term, true)
    }

    /// The list of all pages, sections apart.
    pub fn pages(&mut self) -> Vec<Term> {
        self.words(PAGES, false)
    }

    /// The groups of one word: one, or one for each piece of a whole that is unknown.
    fn word(&mut self, word: &Word, open: bool) -> Option<Vec<Group>> {
        let mut found: Option<Group> = None;
        for form in &word.forms {
            let group = if word.pieces.is_empty() {
                self.single(form, open)
            } else {
                self.form(form, open)
            };
            if let Some(mut group) = group {
                let mut terms = found.map_or_else(Vec::new, |found| found.terms);
                terms.append(&mut group.terms);
                found = Some(Group { terms, ..group });
            }
        }
        if let Some(group) = found.or_else(|| self.slip(word)) {
            return Some(vec![group]);
        }
        let pieces = if word.pieces.is_empty() {
            &word.runs
        } else {
            &word.pieces
        };
        let pieces = pieces.iter().filter(|piece| !is_stop_word(piece));
        let parts: Vec<Group> = pieces
            .filter_map(|piece| self.single(piece, open))
            .collect();
        (!parts.is_empty()).then_some(parts)
    }

    /// The terms of one form or, when there are none, of the nearest words. When only a few other forms of the word are
    /// known (`onduler` finds `ondulé` once), words that are near and frequent count too (`onduleur`).
    fn single(&mut self, form: &str, open: bool) -> Option<Group> {
        let found = self.form(form, open);
        let known = found.as_ref().map_or(0, Group::found);
        if let Some(group) = &found
            && (!group.terms.iter().all(Term::is_inflected) || known * DOUBTFUL > self.root.count)
        {
            return found;
        }
        let others = self.near(form, known);
        let Some(mut group) = self.instead(&others) else {
            return found;
        };
        self.better = corrected(&self.better, form, &group.needle.form);
        group
            .terms
            .extend(found.into_iter().flat_map(|group| group.terms));
        Some(group)
    }

    /// The terms of the identifiers that differ by a slip from a joined word that nothing matches.
    fn slip(&mut self, word: &Word) -> Option<Group> {
        let form = word.forms.last()?;
        let others = slips::slipped(self.reader, self.root, form);
        let group = self.instead(&others)?;
        let other = slips::dressed(&word.typed, &group.needle.form);
        self.better = corrected(&self.better, &word.typed, &other);
        Some(group)
    }

    /// The terms of the words that are searched in place of a misspelt one, worth half.
    fn instead(&mut self, others: &[String]) -> Option<Group> {
        let found = others.iter().map(|other| self.form(other, false));
        let mut found: Vec<Group> = found.flatten().collect();
        let terms = found
            .iter_mut()
            .flat_map(|group| std::mem::take(&mut group.terms));
        let halved = terms.map(|term| Term {
            fit: term.fit >> 1,
            ..term
        });
        let terms = halved.collect();
        let needle = found.into_iter().next()?.needle;
        Some(Group { needle, terms })
    }

    /// The terms of one form: of an unfinished word all that begin with it; of another only
    /// itself and its inflections, or beginnings when there are none.
    fn form(&mut self, form: &str, open: bool) -> Option<Group> {
        let (long, digits) = (form.chars().count(), has_digit(form));
        let part = long >= SHORTEST && (digits || self.asked == 1);
        let prefixes: &[bool] = match (open && long > 1, digits, long >= SHORTEST) {
            (true, _, _) | (_, true, true) => &[true],
            (false, false, true) => &[false, true],
            _ => &[false],
        };
        for prefix in prefixes.iter().copied() {
            let mut terms = Vec::new();
            if !digits {
                terms.extend(self.words(form, prefix));
            }
            if digits || (long >= SHORTEST && (prefix || part)) {
                terms.extend(self.codes(form, prefix || part));
            }
            if !terms.is_empty() {
                let form = form.to_owned();
                let needle = Needle { form, prefix };
                return Some(Group { needle, terms });
            }
        }
        None
    }

    /// Terms among the words, inflections included.
    fn words(&mut self, form: &str, prefix: bool) -> Vec<Term> {
        let range = Range::beginning(stem(form), form);
        let most = FILES[usize::from(prefix)] - usize::from(self.asked > FEW);
        let (files, cut) = self.reader.files(&self.root.words, &range, most);
        self.cut |= cut && prefix;
        files
            .into_iter()
            .flat_map(|file| fitting(file, form, prefix))
            .collect()
    }

    /// Terms among the identifiers and their parts. Letters alone are rather the beginning of a word.
    fn codes(&mut self, form: &str, prefix: bool) -> Vec<Term> {
        let mut terms = self.code(form, prefix, FILES[2]);
        if form.encode_utf16().count() > WINDOW {
            terms.extend(self.ends(form));
        }
        if !has_digit(form) {
            for term in &mut terms {
                term.fit >>= 1;
            }
        }
        terms
    }

    fn code(&mut self, form: &str, prefix: bool, most: usize) -> Vec<Term> {
        let mut range = Range::beginning(form, form);
        if !prefix {
            form.clone_into(&mut range.end);
        }
        let (files, cut) = self.reader.files(&self.root.codes, &range, most);
        self.cut |= cut && prefix;
        files
            .into_iter()
            .flat_map(|file| fitting(file, form, prefix))
            .collect()
    }

    /// A part of an identifier that is longer than a window: the documents that hold both of its ends.
    fn ends(&mut self, form: &str) -> Option<Term> {
        if !form.is_ascii() {
            return None;
        }
        let ends = [&form[..WINDOW], &form[form.len() - WINDOW..]];
        let [one, other] = ends.map(|end| {
            let term = self
                .code(end, false, 1)
                .into_iter()
                .find(|term| term.fit == 100);
            term.map_or_else(Vec::new, |term| match term.full {
                Some((bytes, name)) if bytes <= ENDS => {
                    postings::read_full(self.reader.text(&name))
                }
                _ => term.postings,
            })
        });
        let other: BTreeSet<u32> = other.iter().map(|posting| posting.document()).collect();
        let both = one
            .iter()
            .filter(|posting| other.contains(&posting.document()));
        let level = Level::CODE_INNER;
        let postings: Vec<Posting> = both
            .map(|one| Posting::new(one.document(), level))
            .collect();
        let found = u32::try_from(postings.len()).expect("at most the number of documents");
        (found > 0).then_some(Term {
            fit: 100,
            found,
            postings,
            full: None,
        })
    }

    /// The words of the index that are nearest to one that is not there, the most frequent first. `known` documents hold
    /// other forms of it: a word that is taken instead is far more frequent.
    fn near(&mut self, form: &str, known: u32) -> Vec<String> {
        let most = allowed(form.len());
        let plain = form.bytes().all(|byte| byte.is_ascii_lowercase());
        if most == 0 || form.len() > typing::LONGEST || !plain {
            return Vec::new();
        }
        let digit = |length: usize| {
            let length = u32::try_from(length).ok();
            let digit = length.and_then(|length| char::from_digit(length, 36));
            digit.expect("a length below 36")
        };
        let mut found = Vec::new();
        let mut letters: Vec<&str> = vec![&form[..1], &form[1..2]];
        letters.dedup();
        for letter in letters {
            let start = format!("{letter}{}", digit(form.len() - most));
            let last = format!("{letter}{}", digit(form.len() + most));
            let range = Range {
                end: Range::beginning(&last, &last).end,
                ..Range::beginning(&start, &start)
            };
            for file in self.reader.files(&self.root.vocabulary, &range, FILES[3]).0 {
                lines(file, |term, fields| {
                    let other = &term[2..];
                    let edits = distance(form, other, most);
                    let count = fields.first().map(|count| u32::from_str_radix(count, 36));
                    if let (true, Some(Ok(count))) = (edits <= most, count)
                        && count >= known * FREQUENT
                        && stem(other) != stem(form)
                    {
                        found.push((edits, std::cmp::Reverse(count), other.to_owned()));
                    }
                });
            }
        }
        found.sort_unstable();
        let least = found.first().map_or(0, |(edits, _, _)| *edits);
        found.dedup();
        found.retain(|(edits, _, _)| *edits == least);
        found
            .into_iter()
            .take(NEAR)
            .map(|(_, _, word)| word)
            .collect()
    }
}

/// A query with a word's better spelling.
fn corrected(query: &str, form: &str, other: &str) -> String {
    let gap = |letter: char| letter.is_whitespace() || letter == '"';
    let mut out = String::new();
    for part in query.split_inclusive(gap) {
        let word = part.trim_end_matches(gap);
        let folded = fold(word);
        if folded.contains(form) {
            out += &folded.replacen(form, other, 1);
        } else {
            out += word;
        }
        out += &part[word.len()..];
    }
    out
}
