//! What written words stand for, as it was found when each was first met. A text of a million words has a few ten
//! thousand different ones, and half of it is made of the first hundred: their letters and their terms stand side by
//! side here, where the next look-up finds them without a walk through memory.

use std::hash::Hasher;
use std::ops::Range;

use hashbrown::HashTable;

use super::fast::Fast;

/// Known words, in the order in which they were met.
#[derive(Debug, Default)]
pub(super) struct Written {
    table: HashTable<Word>,
    /// The letters of all words.
    letters: String,
    /// The terms of all words.
    terms: Vec<u32>,
    /// The spellings of words that have the shape of an identifier.
    shaped: Vec<String>,
}

/// A word: where its letters are, its terms, and its spellings as an identifier, of which most have none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    letters: (u32, u32),
    terms: (u32, u32),
    shaped: (u32, u32),
}

impl Written {
    /// A word that was met before.
    pub(super) fn find(&self, letters: &str) -> Option<Word> {
        let is_same = |word: &Word| self.letters[range(word.letters)] == *letters;
        self.table.find(hash(letters), is_same).copied()
    }

    /// Keeps what a new word stands for.
    pub(super) fn keep(&mut self, letters: &str, terms: &[u32], shaped: Vec<String>) -> Word {
        let word = Word {
            letters: grown(self.letters.len(), letters.len()),
            terms: grown(self.terms.len(), terms.len()),
            shaped: grown(self.shaped.len(), shaped.len()),
        };
        self.letters.push_str(letters);
        self.terms.extend(terms);
        self.shaped.extend(shaped);
        let all = &self.letters;
        let hash_of = |word: &Word| hash(&all[range(word.letters)]);
        self.table.insert_unique(hash(letters), word, hash_of);
        word
    }

    /// The terms that a word stands for.
    pub(super) fn terms(&self, word: Word) -> &[u32] {
        &self.terms[range(word.terms)]
    }

    /// Its spellings as an identifier.
    pub(super) fn shaped(&self, word: Word) -> &[String] {
        &self.shaped[range(word.shaped)]
    }
}

/// Where the next few of a list will stand.
fn grown(start: usize, more: usize) -> (u32, u32) {
    let place = |at: usize| u32::try_from(at).expect("less than 4 GiB of different words");
    (place(start), place(start + more))
}

fn range((start, end): (u32, u32)) -> Range<usize> {
    start as usize..end as usize
}

fn hash(letters: &str) -> u64 {
    let mut hasher = Fast::default();
    hasher.write(letters.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_again_with_all_they_stand_for() {
        let mut written = Written::default();
        for number in 0..5_000_u32 {
            let shaped = (number % 7 == 0).then(|| format!("KB{number}"));
            written.keep(
                &format!("mot{number}"),
                &[number, number + 1],
                shaped.into_iter().collect(),
            );
        }
        let word = written.find("mot4900").expect("a known word");
        assert_eq!(written.terms(word), [4900, 4901]);
        assert_eq!(written.shaped(word), ["KB4900"]);
        assert!(written.find("mot").is_none() && written.find("").is_none());
    }
}
