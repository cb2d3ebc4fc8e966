//! `inventory/_forgotten.yaml` as written.
//!
//! ```yaml
//! salt: 5f0c…
//! people:
//!   - since: 2026-11-01
//!     words: [sha256:14:…, sha256:22:…]
//! ```

use std::sync::Arc;

use super::Forgotten;
use super::fingerprint::Fingerprint;
use super::rules::{INVALID_FORGOTTEN, PLAIN_FORGOTTEN};
use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Text};
use crate::source::{SourceFile, Span, TextRange};
use crate::text;
use crate::yaml::{self, Node, Shape};

const KEYS: [&str; 2] = ["salt", "people"];
const KEYS_OF_ENTRY: [&str; 4] = ["since", "words", "parts", "note"];

/// Who is forgotten by a list, and what is wrong in it.
pub fn read(file: &Arc<SourceFile>) -> (Forgotten, Vec<Diagnostic>) {
    let (root, diagnostics) = yaml::parse(file, file.whole());
    let mut reader = Reader {
        file,
        diagnostics,
        forgotten: Forgotten::default(),
    };
    if let Some(root) = root {
        reader.list(&root);
    }
    (reader.forgotten, reader.diagnostics)
}

struct Reader<'a> {
    file: &'a Arc<SourceFile>,
    diagnostics: Vec<Diagnostic>,
    forgotten: Forgotten,
}

impl Reader<'_> {
    fn list(&mut self, root: &Node) {
        let entries = self.entries(root, &KEYS);
        // Fingerprints are made with the salt, wherever it stands.
        if let Some((_, salt)) = entries.iter().find(|(key, _)| key.text() == Some("salt")) {
            let text = salt.text().filter(|text| !text.is_empty());
            match text {
                Some(text) => text.clone_into(&mut self.forgotten.salt),
                None => self.report(
                    salt.range,
                    text!("`salt` attend un texte", "`salt` expects a text"),
                    None,
                ),
            }
        }
        let people = entries.iter().find(|(key, _)| key.text() == Some("people"));
        let Some((_, people)) = people else { return };
        match &people.shape {
            Shape::Sequence(items) => {
                for (item, person) in items.iter().zip(1..) {
                    self.person(item, person);
                }
            }
            _ if people.is_empty() => {}
            _ => self.report(
                people.range,
                text!("`people` attend une liste", "`people` expects a list"),
                Some(text!(
                    "`carnet forget \"Nom Prénom\"` écrit ce fichier",
                    "`carnet forget \"Name\"` writes this file"
                )),
            ),
        }
    }

    fn person(&mut self, node: &Node, person: u32) {
        let entries = self.entries(node, &KEYS_OF_ENTRY);
        let of = |name: &str| entries.iter().find(|(key, _)| key.text() == Some(name));
        match of("words").map(|(_, words)| words) {
            Some(words) => {
                for word in self.words(words) {
                    self.forgotten.add(word, person);
                }
            }
            None if matches!(node.shape, Shape::Mapping(_)) => self.report(
                node.range,
                text!("`words` manque", "`words` is missing"),
                None,
            ),
            None => {}
        }
        if let Some((_, parts)) = of("parts") {
            let parts = self.words(parts);
            self.forgotten.parts.extend(parts);
        }
    }

    /// The fingerprints of a list, of plain words too.
    fn words(&mut self, node: &Node) -> Vec<Fingerprint> {
        let items = match &node.shape {
            Shape::Sequence(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut words = Vec::new();
        for item in items {
            let written = item.text().unwrap_or_default();
            let of_word = if Fingerprint::is_meant(written) {
                Fingerprint::read(written)
            } else {
                Fingerprint::of(&self.forgotten.salt, written)
            };
            match of_word {
                Some(word) => {
                    if !Fingerprint::is_meant(written) {
                        self.plain(item);
                    }
                    words.push(word);
                }
                None => self.report(
                    item.range,
                    text!(
                        "ce n’est ni une empreinte, ni des mots",
                        "this is neither a fingerprint nor words"
                    ),
                    Some(text!(
                        "`carnet forget \"Nom Prénom\"` écrit les empreintes",
                        "`carnet forget \"Name\"` writes fingerprints"
                    )),
                ),
            }
        }
        words
    }

    fn plain(&mut self, node: &Node) {
        let message = text!(
            "ces mots en clair font de cette liste une liste de noms",
            "these plain words make this list one of names"
        );
        let help = text!(
            "donnez-les à `carnet forget`, qui en écrit l’empreinte, puis enlevez-les d’ici",
            "give them to `carnet forget`, which writes their fingerprint, then remove them here"
        );
        let span = Span::new(self.file, node.range);
        self.diagnostics
            .push(Diagnostic::at(PLAIN_FORGOTTEN, span, message).help(help));
    }

    /// The entries of a mapping; keys that are not known are told.
    fn entries<'n>(&mut self, node: &'n Node, known: &[&str]) -> &'n [(Node, Node)] {
        let Shape::Mapping(entries) = &node.shape else {
            self.report(
                node.range,
                text!(
                    "des clés et des valeurs sont attendues",
                    "keys and values are expected"
                ),
                None,
            );
            return &[];
        };
        for (key, _) in entries {
            let name = key.text().unwrap_or_default();
            if !known.contains(&name) {
                let message = text!(
                    "`{name}` n’est pas une clé d’ici",
                    "`{name}` is no key here"
                );
                self.report(
                    key.range,
                    message,
                    did_you_mean(name, known.iter().copied()),
                );
            }
        }
        entries
    }

    fn report(&mut self, range: TextRange, message: Text, help: Option<Text>) {
        let span = Span::new(self.file, range);
        self.diagnostics
            .push(Diagnostic::at(INVALID_FORGOTTEN, span, message).maybe_help(help));
    }
}
