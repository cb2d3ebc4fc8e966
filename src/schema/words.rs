//! The words of a file that describes a kind, for what completes one in an editor: which keys may stand somewhere, and
//! what a key may be.

use crate::schema::extend::EXTENSION_KEYS;
use crate::schema::field::{CHOICE_KEYS, FIELD_KEYS, PHASES, TONES, TYPES, flags};
use crate::schema::read::{KIND_KEYS, LANGUAGES};
use crate::schema::retention;

/// The keys that may stand below some others, the outermost first.
pub fn keys_below(parents: &[String]) -> Vec<&'static str> {
    match parents.last().map(String::as_str) {
        None => {
            let own = KIND_KEYS.iter().chain(&EXTENSION_KEYS[..1]);
            own.copied().collect()
        }
        Some("fields") => FIELD_KEYS.iter().chain(&["fields"]).copied().collect(),
        Some("values") => CHOICE_KEYS.to_vec(),
        Some("sections") => CHOICE_KEYS[..2].to_vec(),
        Some("labels" | "plural" | "help") => LANGUAGES.to_vec(),
        Some("retention") => retention::KEYS.to_vec(),
        Some(_) => Vec::new(),
    }
}

/// What a key may be, where that is one of some words.
pub fn words_of(key: &str) -> &'static [&'static str] {
    match key {
        "type" => &TYPES,
        "tone" => &TONES,
        "phase" => &PHASES,
        "holds_data" => &["true", "false"],
        _ if flags().contains(&key) => &["true", "false"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_true_or_false_and_nothing_else_is() {
        for key in ["required", "facet", "year", "holds_data"] {
            assert_eq!(words_of(key), ["true", "false"], "{key}");
        }
        for key in ["section", "expected", "key", "labels", "to"] {
            assert!(words_of(key).is_empty(), "{key}");
        }
    }
}
