//! Where the words of forgotten people stand in a text: every run of words is compared, the longest first.

use super::Forgotten;
use super::fingerprint::{Fingerprint, count, letters};
use crate::source::TextRange;

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
        let words = words(text);
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

/// The words of a text. Marks that are joined to a letter belong to it.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut start = None;
    let mut end = |start: usize, end: usize| {
        let letters = letters(&text[start..end]);
        if !letters.is_empty() {
            words.push(Word {
                start,
                end,
                letters,
            });
        }
    };
    for (at, letter) in text.char_indices() {
        let belongs = letter.is_alphanumeric()
            || start.is_some() && unicode_normalization::char::is_combining_mark(letter);
        match start {
            None if belongs => start = Some(at),
            Some(from) if !belongs => {
                end(from, at);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        end(from, text.len());
    }
    words
}
