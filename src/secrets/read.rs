//! `inventory/_secrets.yaml` as written.
//!
//! ```yaml
//! salt: 5f0c…
//! allowed:
//!   - value: sha256:…
//!     reason: an example of the manual
//! ```

use std::ops::Range;
use std::sync::Arc;

use super::masked::dotted;
use super::rules::INVALID_SECRETS;
use super::{Fingerprint, List, Listed};
use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Text};
use crate::source::{SourceFile, Span, TextRange};
use crate::text;
use crate::yaml::{self, Node, Shape};

const KEYS: [&str; 2] = ["salt", "allowed"];
const KEYS_OF_ENTRY: [&str; 3] = ["value", "reason", "since"];

/// What a list allows, and what is wrong in it.
pub fn read(file: &Arc<SourceFile>) -> (List, Vec<Diagnostic>) {
    let (root, diagnostics) = yaml::parse(file, file.whole());
    let plain = root.as_ref().map(plain).unwrap_or_default();
    let mut reader = Reader {
        file: &dotted(file, &plain),
        diagnostics,
        list: List::default(),
    };
    if let Some(root) = root {
        reader.list(&root);
    }
    (reader.list, reader.diagnostics)
}

/// What stands where a fingerprint should: it may be the secret itself, and is not shown.
fn plain(root: &Node) -> Vec<Range<usize>> {
    let Some(Shape::Sequence(items)) = root.get("allowed").map(|allowed| &allowed.shape) else {
        return Vec::new();
    };
    let values = items.iter().filter_map(|item| match &item.shape {
        Shape::Mapping(_) => item.get("value"),
        _ => Some(item),
    });
    let plain = values.filter(|value| value.text().and_then(Fingerprint::read).is_none());
    plain
        .map(|value| value.range.start as usize..value.range.end as usize)
        .collect()
}

struct Reader<'a> {
    file: &'a Arc<SourceFile>,
    diagnostics: Vec<Diagnostic>,
    list: List,
}

impl Reader<'_> {
    fn list(&mut self, root: &Node) {
        let entries = self.entries(root, &KEYS);
        for (key, value) in entries {
            match (key.text(), &value.shape) {
                (Some("salt"), Shape::Scalar { text, .. }) if !text.is_empty() => {
                    text.clone_into(&mut self.list.allowed.salt);
                }
                (Some("salt"), _) => self.report(
                    value.range,
                    text!("`salt` attend un texte", "`salt` expects a text"),
                    None,
                ),
                (Some("allowed"), Shape::Sequence(items)) => {
                    for item in items {
                        self.entry(item);
                    }
                }
                (Some("allowed"), _) if !value.is_empty() => self.report(
                    value.range,
                    text!("`allowed` attend une liste", "`allowed` expects a list"),
                    Some(written_by_command()),
                ),
                _ => {}
            }
        }
    }

    /// An entry without a reason allows nothing: nobody could say later whether it still holds.
    fn entry(&mut self, node: &Node) {
        let before = self.diagnostics.len();
        self.entries(node, &KEYS_OF_ENTRY);
        if !matches!(node.shape, Shape::Mapping(_)) {
            return;
        }
        let Some(value) = node.get("value") else {
            let message = text!("`value` manque", "`value` is missing");
            return self.report(node.range, message, Some(written_by_command()));
        };
        let Some(fingerprint) = value.text().and_then(Fingerprint::read) else {
            // What stands there may be the secret itself.
            let message = text!("ce n’est pas une empreinte", "this is no fingerprint");
            return self.report(value.range, message, Some(written_by_command()));
        };
        let reason = node.get("reason").and_then(Node::text).map(str::trim);
        if reason.is_none_or(str::is_empty) {
            let message = text!(
                "la raison manque\u{a0}: cette entrée n’autorise rien",
                "the reason is missing: this entry allows nothing"
            );
            let help = text!(
                "écrivez `reason` et pourquoi cette valeur peut être publiée",
                "write `reason` and why this value may be published"
            );
            self.report(node.range, message, Some(help));
        }
        if self.diagnostics.len() > before {
            return;
        }
        let span = Span::new(self.file, value.range);
        self.list.allowed.fingerprints.insert(fingerprint.clone());
        self.list.entries.push(Listed { fingerprint, span });
    }

    /// The entries of a mapping; keys that are not known are told.
    fn entries<'n>(&mut self, node: &'n Node, known: &[&str]) -> &'n [(Node, Node)] {
        let Shape::Mapping(entries) = &node.shape else {
            let message = text!(
                "des clés et des valeurs sont attendues",
                "keys and values are expected"
            );
            self.report(node.range, message, Some(written_by_command()));
            return &[];
        };
        for (key, _) in entries {
            let name = key.text().unwrap_or_default();
            if !known.contains(&name) {
                let message = text!("ce n’est pas une clé d’ici", "this is no key here");
                let help = did_you_mean(name, known.iter().copied());
                self.report(key.range, message, help);
            }
        }
        entries
    }

    fn report(&mut self, range: TextRange, message: Text, help: Option<Text>) {
        let span = Span::new(self.file, range);
        self.diagnostics
            .push(Diagnostic::at(INVALID_SECRETS, span, message).maybe_help(help));
    }
}

fn written_by_command() -> Text {
    text!(
        "`carnet allow FICHIER:LIGNE --reason \"…\"` écrit ce fichier",
        "`carnet allow FILE:LINE --reason \"…\"` writes this file"
    )
}
