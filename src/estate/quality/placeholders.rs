//! Serial numbers that are none: what firmware and people write where there is no identifier.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::estate::{Estate, Record, RecordId};
use crate::fold::fold;
use crate::source::TextRange;

/// The built-in values, one a line.
const BUILT_IN: &str = include_str!("placeholders.txt");

/// The fields of assets that hold an identifier, and so may hold a fake one. `10.10.10.10` and `1.1.1.1` are good
/// addresses, and a host name is what it is.
pub(super) const KEYS: [&str; 5] = ["serial", "uuid", "imei", "inventory_number", "mac"];

/// The letter of an identifier repeated this often is a filler (`XXXX`).
const REPEATED: usize = 4;

/// Zeros and ones alone are a filler from this length on: shorter ones may count peripherals.
const BINARY: usize = 6;

/// Values that identify nothing: the built-in ones and the site's own.
#[derive(Debug, Default)]
pub struct Placeholders {
    values: BTreeSet<String>,
}

/// A value that identifies nothing, where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder {
    /// The record.
    pub record: RecordId,
    /// The field's key.
    pub key: &'static str,
    /// The value as written.
    pub written: String,
    /// Where.
    pub range: TextRange,
}

impl Placeholders {
    /// The built-in values and those of the site.
    pub(in crate::estate) fn new(estate: &Estate) -> Self {
        let own = estate.config.quality.placeholders.iter();
        Self::with(own.map(String::as_str))
    }

    /// The built-in values alone, read once: what an import may not take for an identifier.
    pub fn built_in() -> &'static Self {
        static ALONE: OnceLock<Placeholders> = OnceLock::new();
        ALONE.get_or_init(|| Self::with(std::iter::empty()))
    }

    fn with<'a>(own: impl Iterator<Item = &'a str>) -> Self {
        let lines = BUILT_IN.lines().filter(|line| !line.starts_with('#'));
        let all = lines.chain(own).map(identity);
        Self {
            values: all.filter(|value| !value.is_empty()).collect(),
        }
    }

    /// Whether a value of an identifier identifies nothing; never for other fields. A value without any letter or digit (`-`, `???`) does
    /// not either. Labels are numbered one by one, so that 1111 and 12345 are good inventory numbers.
    pub fn includes(&self, key: &str, written: &str) -> bool {
        if !KEYS.contains(&key) {
            return false;
        }
        let value = identity(written);
        let is_number = value.chars().all(|letter| letter.is_ascii_digit());
        if key == "inventory_number" && is_number {
            return value.chars().all(|letter| letter == '0');
        }
        let is_made_of = |letters: &str| value.chars().all(|letter| letters.contains(letter));
        let first = value.chars().next();
        let is_repeated = || value.chars().all(|letter| Some(letter) == first);
        let length = value.chars().count();
        self.values.contains(&value)
            || is_made_of("0")
            || length >= REPEATED && is_repeated()
            || length >= BINARY && is_made_of("01")
    }
}

/// An identifier as it is compared: without case, accents, spaces and punctuation.
pub(super) fn identity(written: &str) -> String {
    let folded = fold(written);
    folded.chars().filter(|it| it.is_alphanumeric()).collect()
}

/// A value as its author wrote it, without quotes.
pub(super) fn written(record: &Record, range: TextRange) -> &str {
    let text = record.source.file.slice(range);
    text.trim_matches(['"', '\''])
}
