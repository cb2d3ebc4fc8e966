//! A phrase as a hash: its letters and digits, folded as searches fold them, with the list's salt.
//!
//! `Camille Exemple`, `camille.exemple` and `CamilleExemple` are one phrase, as are a telephone number with blanks and without.

use crate::digest::{hex, sha256};
use crate::fold::fold;

/// How a fingerprint starts.
const START: &str = "sha256:";
/// Bytes of the hash that are kept.
const KEPT: usize = 16;

/// A phrase that cannot be read from it. How long it is, is told: by that most texts are passed over.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint {
    /// How many letters and digits the phrase has.
    pub(super) letters: u32,
    hash: [u8; KEPT],
}

/// The letters and digits of a text, folded.
pub fn letters(text: &str) -> String {
    let folded = fold(text);
    folded
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

impl Fingerprint {
    /// The fingerprint of [`letters`].
    pub(super) fn of_letters(salt: &str, letters: &str) -> Self {
        let hash = sha256(format!("{salt}\n{letters}"));
        let mut kept = [0; KEPT];
        kept.copy_from_slice(&hash[..KEPT]);
        Self {
            letters: count(letters),
            hash: kept,
        }
    }

    /// The fingerprint of a phrase as people write it; `None` where it has no letter and no digit.
    pub fn of(salt: &str, phrase: &str) -> Option<Self> {
        let letters = letters(phrase);
        (!letters.is_empty()).then(|| Self::of_letters(salt, &letters))
    }

    /// Reads `sha256:14:…`; `None` for everything else.
    pub fn read(written: &str) -> Option<Self> {
        let (letters, digits) = written.trim().strip_prefix(START)?.split_once(':')?;
        let mut hash = [0; KEPT];
        if digits.len() != 2 * KEPT || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        for (byte, at) in hash.iter_mut().zip((0..).step_by(2)) {
            *byte = u8::from_str_radix(&digits[at..at + 2], 16).ok()?;
        }
        let letters = letters.parse().ok().filter(|letters| *letters > 0)?;
        Some(Self { letters, hash })
    }

    /// Whether somebody meant to write a fingerprint.
    pub(super) fn is_meant(written: &str) -> bool {
        written.trim_start().starts_with(START)
    }
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{START}{}:{}", self.letters, hex(&self.hash))
    }
}

pub(super) fn count(letters: &str) -> u32 {
    u32::try_from(letters.chars().count()).unwrap_or(u32::MAX)
}

/// A name as it is written, with its first word last and with its last word first; anything else only as it is.
pub fn both_orders(phrase: &str) -> Vec<String> {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let mut orders = vec![words.join(" ")];
    if words.len() > 1 && is_name(phrase) {
        let (first, last) = (words[0], words[words.len() - 1]);
        orders.push(format!("{} {first}", words[1..].join(" ")));
        orders.push(format!("{last} {}", words[..words.len() - 1].join(" ")));
    }
    orders.dedup();
    orders
}

/// The words of a name of several, which alone may be what is left of it where a text is cut.
pub fn parts(phrase: &str) -> Vec<&str> {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let is_whole = words.len() < 2 || !is_name(phrase);
    let words = words
        .into_iter()
        .filter(|word| count(&letters(word)) > 2 && !is_whole);
    words.collect()
}

fn is_name(phrase: &str) -> bool {
    !phrase.contains(|letter: char| letter.is_numeric() || letter == '@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_phrase_have_one_fingerprint() {
        let of = |phrase| Fingerprint::of("sel", phrase).expect("letters");
        for same in [
            "camille exemplé",
            "CAMILLE\u{a0}EXEMPLE",
            "camille.exemple",
            "Camille-Exemple",
            "CamilleExemple",
            "Camille  Exemple\u{301}",
        ] {
            assert_eq!(of(same), of("Camille Exemple"), "{same}");
        }
        assert_ne!(of("Exemple Camille"), of("Camille Exemple"));
        assert_ne!(Fingerprint::of("", "a"), Fingerprint::of("sel", "a"));
        let written = of("Camille Exemple").to_string();
        assert_eq!(Fingerprint::read(&written), Some(of("Camille Exemple")));
        assert_eq!(Fingerprint::of("sel", " - "), None);
        for wrong in ["sha256:0:00", "sha256:3:zz", "Camille", "sha256:"] {
            assert_eq!(Fingerprint::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn names_are_known_in_both_orders() {
        assert_eq!(
            both_orders("Camille Exemple"),
            ["Camille Exemple", "Exemple Camille"]
        );
        assert_eq!(
            both_orders("Anne Marie Exemple"),
            [
                "Anne Marie Exemple",
                "Marie Exemple Anne",
                "Exemple Anne Marie"
            ]
        );
        assert_eq!(both_orders("01 99 00 12 34").len(), 1);
        assert_eq!(parts("Camille Exemple"), ["Camille", "Exemple"]);
        assert!(parts("camille@parc.example").is_empty());
    }
}
