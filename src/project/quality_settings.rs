//! `quality:` of `carnet.yaml`: when a record is stale, and which values only look like an identifier.

use crate::diagnostic::Text;
use crate::project::deadline_settings::rhythm;
use crate::project::section::Section;
use crate::project::value::Duration;
use crate::text;
use crate::yaml::{Node, Shape};

pub(super) const KEYS: [&str; 4] = ["placeholders", "not_seen", "not_inventoried", "not_changed"];

/// What a site says about the quality of its data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualitySettings {
    /// Values that identify nothing, beside the built-in ones, as written.
    pub placeholders: Vec<String>,
    /// How long ago a device may have been seen by an inventory tool.
    pub not_seen: Duration,
    /// How long ago a device may have been seen where it stands.
    pub not_inventoried: Duration,
    /// How long ago a record may have been changed.
    pub not_changed: Duration,
}

impl Default for QualitySettings {
    /// Two months, a year, two years.
    fn default() -> Self {
        let months = |months| Duration {
            months,
            ..Duration::default()
        };
        Self {
            placeholders: Vec::new(),
            not_seen: months(2),
            not_inventoried: months(12),
            not_changed: months(24),
        }
    }
}

impl QualitySettings {
    /// Reads the section; what is wrong keeps its default, and is told.
    pub(super) fn read(node: &Node, section: &mut Section) -> Self {
        let mut settings = Self::default();
        let example = text!(
            "écrivez par exemple `not_seen: 30 j`",
            "write for example `not_seen: 30 days`"
        );
        for (key, value) in section.entries(node, example) {
            let name = key.text().unwrap_or_default();
            let length = match name {
                _ if value.is_empty() && KEYS.contains(&name) => continue,
                "placeholders" => {
                    match words(value) {
                        Ok(words) => settings.placeholders = words,
                        Err(message) => section.report(value, message, None),
                    }
                    continue;
                }
                "not_seen" => &mut settings.not_seen,
                "not_inventoried" => &mut settings.not_inventoried,
                "not_changed" => &mut settings.not_changed,
                _ => {
                    section.unknown(key, &text!("de la qualité", "of quality"), &KEYS);
                    continue;
                }
            };
            match rhythm(value) {
                Ok(read) => *length = read,
                Err(message) => {
                    let help = text!("écrivez par exemple `30 j`", "write for example `30 days`");
                    section.report(value, message, Some(help));
                }
            }
        }
        settings
    }
}

/// A list of values; else what is wrong.
fn words(node: &Node) -> Result<Vec<String>, Text> {
    let expected = || {
        text!(
            "une liste de valeurs est attendue ici",
            "a list of values is expected here"
        )
    };
    let Shape::Sequence(items) = &node.shape else {
        return Err(expected());
    };
    let read = items.iter().map(|item| item.text().map(str::to_owned));
    read.collect::<Option<Vec<String>>>().ok_or_else(expected)
}
