//! Where a secret may begin: three letters of each word and form are looked for at once, so that a text without any is
//! read once and left.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::named::Name;
use super::{Secret, addresses, commands, devices, keys, named, tokens};

/// What was found at a place.
pub(super) enum Hit {
    /// A secret, whatever stands beside it.
    Form(Secret),
    /// A word that names one.
    Name(Name),
}

/// What is looked for.
pub(super) struct Trigger {
    /// In small letters.
    pub(super) word: &'static str,
    /// Three letters of the word that are rare in texts, by their place in it.
    pub(super) anchor: usize,
    /// Only letters of this very case.
    pub(super) exact: Option<&'static str>,
    pub(super) then: Then,
}

/// What is done where a word stands.
pub(super) enum Then {
    /// A secret of a known form: from the text and where the word stands.
    Form(fn(&str, Range<usize>) -> Option<Secret>),
    /// The token of a service.
    Token(&'static tokens::Token),
    /// A word that names a secret, and how sure it makes.
    Named(named::Sort),
}

/// Bits of a filter that most groups of three letters do not pass.
const BITS: usize = 1 << 16;

struct Table {
    filter: Vec<u64>,
    by_letters: BTreeMap<u32, Vec<Trigger>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut all = named::triggers();
    all.extend(tokens::triggers());
    all.extend(keys::triggers());
    all.extend(addresses::triggers());
    all.extend(devices::triggers());
    all.extend(commands::triggers());
    let mut table = Table {
        filter: vec![0; BITS / 64],
        by_letters: BTreeMap::new(),
    };
    for trigger in all {
        let letters = trigger.word.as_bytes()[trigger.anchor..].iter().take(3);
        let letters = letters.fold(0, |all, letter| add(all, *letter));
        let bit = bit(letters);
        table.filter[bit / 64] |= 1 << (bit % 64);
        table.by_letters.entry(letters).or_default().push(trigger);
    }
    table
});

/// The last three letters, with one more.
fn add(letters: u32, letter: u8) -> u32 {
    ((letters << 8) | u32::from(letter.to_ascii_lowercase())) & 0x00ff_ffff
}

const fn bit(letters: u32) -> usize {
    (letters.wrapping_mul(0x9e37_79b1) >> 16) as usize
}

/// Hands on every place of a text where something is or may be.
pub(super) fn each(text: &str, mut hand_on: impl FnMut(Hit)) {
    let table = &*TABLE;
    let bytes = text.as_bytes();
    let mut letters = 0;
    for (at, byte) in bytes.iter().enumerate() {
        letters = add(letters, *byte);
        let bit = bit(letters);
        if (table.filter[bit / 64] >> (bit % 64)) & 1 == 1 {
            let triggers = table.by_letters.get(&letters).into_iter().flatten();
            for trigger in triggers {
                let start = (at + 1).checked_sub(3 + trigger.anchor);
                if let Some(hit) = start.and_then(|start| trigger.hit(text, start)) {
                    hand_on(hit);
                }
            }
        }
        if *byte == b'-'
            && let Some(secret) = keys::grouped(text, at)
        {
            hand_on(Hit::Form(secret));
        }
    }
}

impl Trigger {
    fn hit(&self, text: &str, start: usize) -> Option<Hit> {
        let end = start + self.word.len();
        let written = text.as_bytes().get(start..end)?;
        let stands = match self.exact {
            Some(exact) => written == exact.as_bytes(),
            None => written.eq_ignore_ascii_case(self.word.as_bytes()),
        };
        if !stands || !text.is_char_boundary(start) || !text.is_char_boundary(end) {
            return None;
        }
        match &self.then {
            Then::Form(form) => form(text, start..end).map(Hit::Form),
            Then::Token(token) => token.at(text, start).map(Hit::Form),
            Then::Named(sort) => named::at(text, start..end, *sort).map(Hit::Name),
        }
    }
}

/// What is looked for in letters of any case.
pub(super) const fn any_case(word: &'static str, anchor: usize, then: Then) -> Trigger {
    Trigger {
        word,
        anchor,
        exact: None,
        then,
    }
}
