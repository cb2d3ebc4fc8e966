//! Whom nobody may be told of any more: `inventory/_forgotten.yaml`.
//!
//! Git keeps what it was given, and a site tells of it: logs, feeds, former addresses. What is told of the past has the words
//! of a forgotten person replaced before anything is derived from it; where they stand in today's files is an error. The list
//! holds fingerprints, so that it is no list of names itself.

mod entry;
mod find;
mod fingerprint;
mod neutral;
mod passage;
mod read;
mod rules;

use std::collections::{BTreeMap, BTreeSet};

pub use entry::{Entry, with_entry};
pub use fingerprint::{Fingerprint, both_orders, letters, parts};
pub use passage::PartOfText;
pub use read::read;
pub use rules::{ALL, FORGOTTEN_PERSON, INVALID_FORGOTTEN, PLAIN_FORGOTTEN, standing, stood};

use crate::diagnostic::Language;

/// The list, from the project's root.
pub const FILE: &str = "inventory/_forgotten.yaml";

/// Everybody who is forgotten.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Forgotten {
    /// What stands in the place of their words is written in it.
    language: Option<Language>,
    /// Mixed into every fingerprint, as written.
    salt: String,
    /// How many letters and digits the phrases have: only runs of words of such a length are looked at.
    lengths: BTreeSet<u32>,
    /// The phrases, each with the number of its entry, from 1.
    phrases: BTreeMap<Fingerprint, u32>,
    /// Words of names alone, which count where a text was cut.
    parts: BTreeSet<Fingerprint>,
}

impl Forgotten {
    /// Whether nobody is.
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// What is mixed into its fingerprints; empty before the first one.
    pub fn salt(&self) -> &str {
        &self.salt
    }

    /// The same, told in a language.
    #[must_use]
    pub fn told_in(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }

    fn add(&mut self, fingerprint: Fingerprint, person: u32) {
        self.lengths.insert(fingerprint.letters);
        self.phrases.entry(fingerprint).or_insert(person);
    }
}
