//! Many texts looked for at once in bytes: whole words, whatever their case.

use std::collections::{BTreeSet, HashMap};

/// Shorter texts (in bytes) stand everywhere by chance.
pub(super) const SHORTEST: usize = 5;
/// As many bytes as tell most places apart at once.
const HEAD: usize = 4;
/// Places of the first sieve.
const PLACES: usize = 1 << 16;

/// The texts.
#[derive(Debug)]
pub(super) struct Needles {
    texts: Vec<String>,
    by_head: HashMap<[u8; HEAD], Vec<usize>>,
    /// Whether some text may begin with these bytes.
    sieve: Vec<bool>,
}

impl Needles {
    /// Each of these texts, in small letters.
    pub fn new(texts: BTreeSet<String>) -> Self {
        let texts: Vec<String> = texts
            .into_iter()
            .filter(|text| text.len() >= SHORTEST)
            .collect();
        let mut by_head: HashMap<[u8; HEAD], Vec<usize>> = HashMap::new();
        let mut sieve = vec![false; PLACES];
        for (place, text) in texts.iter().enumerate() {
            let head = head(text.as_bytes()).expect("longer than its head");
            sieve[sieve_place(head)] = true;
            by_head.entry(head).or_default().push(place);
        }
        Self {
            texts,
            by_head,
            sieve,
        }
    }

    /// The text at a place.
    pub fn text(&self, place: usize) -> &str {
        &self.texts[place]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// The places of those that stand in a text in small letters as words of their own.
    pub fn find(&self, within: &str) -> BTreeSet<usize> {
        let bytes = within.as_bytes();
        let mut found = BTreeSet::new();
        for at in 0..bytes.len() {
            let Some(head) = head(&bytes[at..]) else {
                break;
            };
            if !self.sieve[sieve_place(head)] {
                continue;
            }
            let candidates = self.by_head.get(&head).into_iter().flatten();
            found.extend(candidates.filter(|place| {
                let text = self.texts[**place].as_bytes();
                bytes[at..].starts_with(text) && is_word(bytes, at, at + text.len())
            }));
        }
        found
    }
}

fn head(bytes: &[u8]) -> Option<[u8; HEAD]> {
    bytes.first_chunk().copied()
}

fn sieve_place(head: [u8; HEAD]) -> usize {
    let number = u32::from_le_bytes(head).wrapping_mul(0x9E37_79B1);
    (number >> 16) as usize
}

/// Whether a word ends on both sides of a stretch.
fn is_word(bytes: &[u8], start: usize, end: usize) -> bool {
    let is_inner = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let before = start.checked_sub(1).and_then(|at| bytes.get(at));
    !is_inner(before) && !is_inner(bytes.get(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_found_wherever_they_stand() {
        let texts = ["paris", "dupont jean", "été chaud", "abcd"];
        let needles = Needles::new(texts.iter().map(|it| (*it).to_owned()).collect());
        assert_eq!(needles.len(), 3);
        let found = |text: &str| -> Vec<String> {
            let found = needles.find(text).into_iter();
            found.map(|place| needles.text(place).to_owned()).collect()
        };
        assert_eq!(found("paris"), ["paris"]);
        assert_eq!(found("comparison, parisien"), [""; 0]);
        assert_eq!(
            found("<b>dupont jean</b> (paris)"),
            ["dupont jean", "paris"]
        );
        assert_eq!(found("un été chaud."), ["été chaud"]);
        assert_eq!(found("abcd"), [""; 0]);
    }
}
