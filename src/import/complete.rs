//! How recent the last complete import of a source was, by its own dates: one small file a source,
//! `inventory/_imports/<source>/complete.json`. When a record goes missing, this is the day on which it
//! was last seen. A day in each record would be a commit of all machines each morning.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::import::state::STATES;

/// The name of the file; states stand in folders beside it.
pub(super) const NAME: &str = "complete.json";

/// What is remembered of the complete imports of one source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complete {
    /// The newest day (`2026-11-20`) that the source itself gave to what it saw, by kind of record.
    pub seen: BTreeMap<String, String>,
}

impl Complete {
    /// Where that of a source stands.
    pub fn path(source: &str) -> String {
        format!("{STATES}/{source}/{NAME}")
    }

    /// Reads it; `None` when the text is none.
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Its text: a kind a line.
    pub fn print(&self) -> String {
        let text = serde_json::to_string_pretty(self);
        text.expect("maps of texts are always JSON") + "\n"
    }

    /// The same with newer days; days only go forward, as an older file says nothing new.
    pub(super) fn with(&self, newer: &BTreeMap<String, String>) -> Self {
        let mut next = self.clone();
        for (kind, day) in newer {
            let known = next.seen.entry(kind.clone()).or_default();
            // In this form days sort as texts.
            if *known < *day {
                known.clone_from(day);
            }
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_only_go_forward() {
        let day = |day: &str| BTreeMap::from([("asset".to_owned(), day.to_owned())]);
        let first = Complete::default().with(&day("2026-11-20"));
        assert_eq!(
            first.print(),
            "{\n  \"seen\": {\n    \"asset\": \"2026-11-20\"\n  }\n}\n"
        );
        assert_eq!(Complete::parse(&first.print()), Some(first.clone()));
        assert_eq!(first.with(&day("2026-11-19")), first);
        assert_eq!(first.with(&day("2026-11-21")).seen, day("2026-11-21"));
        assert_eq!(Complete::parse("[]"), None);
    }
}
