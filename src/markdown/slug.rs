//! Ids of headings, the same as GitHub and GitLab make, so that an anchor which works in a forge's
//! preview works on the site.

use std::collections::BTreeMap;

/// The id of a heading before duplicates are numbered: lower case; letters and digits of all
/// scripts, `-` and `_` stay; spaces become `-`; the rest is dropped. `section` when nothing is left.
pub fn heading_id(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for char in text.trim().chars().flat_map(char::to_lowercase) {
        match char {
            ' ' => id.push('-'),
            // The last are accents written as characters of their own (NFD, as macOS names files).
            '-' | '_' | '\u{300}'..='\u{36f}' => id.push(char),
            _ if char.is_alphanumeric() => id.push(char),
            _ => {}
        }
    }
    if id.is_empty() {
        id.push_str("section");
    }
    id
}

/// Ids that pages of records give to their own parts; a heading of that name is numbered like a second one.
pub const OF_PAGES: [&str; 26] = [
    "addressing",
    "applicable",
    "back-links",
    "backups",
    "carried-by",
    "change-log",
    "client",
    "client-reports",
    "finance",
    "flow",
    "impact",
    "incidents",
    "key-facts",
    "known-errors",
    "main",
    "network",
    "on-call",
    "on-call-today",
    "on-call-weeks",
    "position",
    "promises",
    "reasons",
    "run-asset",
    "run-steps",
    "timeline",
    "upkeep",
];

/// Makes ids unique within a page: the second `x` is `x-1`, the third `x-2`.
#[derive(Debug, Default)]
pub struct Slugger {
    /// Ids given out, each with the last number tried after it.
    used: BTreeMap<String, u32>,
}

impl Slugger {
    /// One for the text of a page, whose own parts have their ids already.
    pub fn on_page() -> Self {
        let used = OF_PAGES.map(|id| (id.to_owned(), 0));
        Self { used: used.into() }
    }

    /// The unique id of a heading with this text.
    pub fn id(&mut self, text: &str) -> String {
        let base = heading_id(text);
        let mut id = base.clone();
        let mut number = self.used.get(&base).copied().unwrap_or(0);
        while self.used.contains_key(&id) {
            number += 1;
            id = format!("{base}-{number}");
        }
        self.used.insert(base, number);
        self.used.entry(id.clone()).or_insert(0);
        id
    }

    /// Takes an id written by the author; false when it is taken already.
    pub fn reserve(&mut self, id: &str) -> bool {
        let free = !self.used.contains_key(id);
        self.used.entry(id.to_owned()).or_insert(0);
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_forges() {
        assert_eq!(heading_id("Étape 1 : Éteindre"), "étape-1--éteindre");
        assert_eq!(heading_id("C'est l'heure !"), "cest-lheure-");
        assert_eq!(heading_id("a_b - `c`.d"), "a_b---cd");
        assert_eq!(heading_id("日本 語"), "日本-語");
        assert_eq!(heading_id("🎉"), "section");
    }

    #[test]
    fn duplicates_are_numbered_and_never_clash() {
        let mut slugger = Slugger::default();
        let ids = ["a", "a", "a-1", "a", "a-1"].map(|text| slugger.id(text));
        assert_eq!(ids, ["a", "a-1", "a-1-1", "a-2", "a-1-2"]);
    }
}
