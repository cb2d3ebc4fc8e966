//! The words of a file that describes a kind, for what completes one in an editor: which keys may stand somewhere, and
//! what a key may be.

use crate::schema::extend::EXTENSION_KEYS;
use crate::schema::field::{CHOICE_KEYS, FIELD_KEYS, FLAGS, PHASES, TONES, TYPES};
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
        _ if FLAGS.contains(&key) => &["true", "false"],
        _ => &[],
    }
}
