//! Where the words of forgotten people stand in a text: every run of words is compared, the longest first.

use super::Forgotten;
use super::fingerprint::{Fingerprint, count, letters};
use crate::source::TextRange;
use crate::spelling::{self, Letter};

/// Words of one phrase: an address of mail has six and more.
const MOST_WORDS: usize = 12;
/// Bytes between two words of one phrase.
const LARGEST_GAP: usize = 40;

/// Words of a forgotten person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Where, in the text.
    pub range: TextRange,
    /// The number of the person's entry, from 1.
    pub person: u32,
}

/// A run of letters and digits.
pub(super) struct Word {
    pub start: usize,
    pub end: usize,
    /// Its letters, folded.
    pub letters: String,
}

impl Forgotten {
    /// Every place of a text, in order; none overlaps another.
    pub fn find(&self, text: &str) -> Vec<Found> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut found = self.among(text, &words(text));
        if spelling::may_be_in(text) {
            let spelled = self.among(text, &words_of(spelling::letters(text)));
            let is_new = |one: &Found| {
                let mut plain = found.iter();
                !plain.any(|other: &Found| {
                    one.range.start < other.range.end && other.range.start < one.range.end
                })
            };
            let more: Vec<Found> = spelled.into_iter().filter(is_new).collect();
            found.extend(more);
            found.sort_by_key(|found| found.range.start);
        }
        found
    }

    /// The places of phrases among the words of a text.
    fn among(&self, text: &str, words: &[Word]) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.phrase(text, &words[at..]) {
                Some((length, person)) => {
                    let range = TextRange::new(words[at].start, words[at + length - 1].end);
                    found.push(Found { range, person });
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }

    /// Whether a text holds any of their words.
    pub fn is_in(&self, text: &str) -> bool {
        !self.find(text).is_empty()
    }

    /// How many of these words are a phrase, and whose: the longest that starts with the first.
    fn phrase(&self, text: &str, words: &[Word]) -> Option<(usize, u32)> {
        let longest = *self.lengths.last()?;
        let mut joined = String::new();
        let mut length = 0;
        let mut found = None;
        for (at, word) in words.iter().take(MOST_WORDS).enumerate() {
            if at > 0 && !is_joined(&text[words[at - 1].end..word.start]) {
                break;
            }
            joined.push_str(&word.letters);
            length += count(&word.letters);
            if length > longest {
                break;
            }
            if self.lengths.contains(&length) {
                let fingerprint = Fingerprint::of_letters(&self.salt, &joined);
                let person = self.phrases.get(&fingerprint);
                found = person.map(|person| (at + 1, *person)).or(found);
            }
        }
        found
    }

    /// Whether a word alone is a part of somebody's name.
    pub(super) fn is_part(&self, word: &Word) -> bool {
        let fingerprint = || Fingerprint::of_letters(&self.salt, &word.letters);
        !self.parts.is_empty() && self.parts.contains(&fingerprint())
    }
}

/// Whether what stands between two words leaves them in one phrase: no paragraph ends there.
fn is_joined(gap: &str) -> bool {
    gap.len() <= LARGEST_GAP && gap.matches('\n').count() < 2
}

/// The words of a text as it is written.
pub(super) fn words(text: &str) -> Vec<Word> {
    let letters = text.char_indices().map(|(start, letter)| Letter {
        start,
        end: start + letter.len_utf8(),
        letter,
    });
    words_of(letters)
}

/// The words that letters of a text make. Marks that are joined to a letter belong to it.
fn words_of(all: impl Iterator<Item = Letter>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut word = String::new();
    let mut start = 0;
    let mut end = |start: usize, end: usize, word: &mut String| {
        let letters = letters(word);
        word.clear();
        if !letters.is_empty() {
            words.push(Word {
                start,
                end,
                letters,
            });
        }
    };
    let mut last = 0;
    for letter in all {
        let is_mark =
            !word.is_empty() && unicode_normalization::char::is_combining_mark(letter.letter);
        if letter.letter.is_alphanumeric() || is_mark {
            if word.is_empty() {
                start = letter.start;
            }
            word.push(letter.letter);
        } else if !word.is_empty() {
            end(start, letter.start, &mut word);
        }
        last = letter.end;
    }
    if !word.is_empty() {
        end(start, last, &mut word);
    }
    words
}
