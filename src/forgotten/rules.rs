//! The rules about forgotten people, and where their words stand in a file of today.

use std::sync::Arc;

use super::Forgotten;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::{SourceFile, Span, TextRange};
use crate::text;

/// A file of today holds the words of somebody who is forgotten.
pub const FORGOTTEN_PERSON: Rule = Rule {
    name: "forgotten-person",
    level: Severity::Error,
};
/// The list of forgotten people says something that has no meaning: somebody is not forgotten.
pub const INVALID_FORGOTTEN: Rule = Rule {
    name: "invalid-forgotten",
    level: Severity::Error,
};
/// The list of forgotten people holds a name in the place of a fingerprint.
pub const PLAIN_FORGOTTEN: Rule = Rule {
    name: "plain-forgotten",
    level: Severity::Info,
};

/// All of them.
pub const ALL: [Rule; 3] = [FORGOTTEN_PERSON, INVALID_FORGOTTEN, PLAIN_FORGOTTEN];

/// Where a file holds words of forgotten people: in its text, and in its path.
pub fn standing(forgotten: &Forgotten, file: &Arc<SourceFile>) -> Vec<Diagnostic> {
    if forgotten.is_empty() {
        return Vec::new();
    }
    let mut all = Vec::new();
    if forgotten.is_in(&file.path) {
        let message = text!(
            "le nom de ce fichier contient les mots d’une personne oubliée",
            "this file’s name holds the words of a forgotten person"
        );
        let help = text!(
            "renommez-le, avec `carnet rename` pour une fiche",
            "rename it, with `carnet rename` for a record"
        );
        let start = Span::new(file, TextRange::default());
        all.push(Diagnostic::at(FORGOTTEN_PERSON, start, message).help(help));
    }
    all.extend(forgotten.find(&file.text).into_iter().map(|found| {
        let message = text!(
            "ces mots sont ceux d’une personne oubliée",
            "these words are those of a forgotten person"
        );
        let help = text!(
            "enlevez-les ou remplacez-les\u{202f}; pour quelqu’un d’autre du même nom\u{a0}: `carnet: allow(forgotten-person, raison)`",
            "remove or replace them; for somebody else of the same name: `carnet: allow(forgotten-person, reason)`"
        );
        Diagnostic::at(FORGOTTEN_PERSON, Span::new(file, found.range), message).help(help)
    }));
    all
}

/// The same of a file of a past state that is not read without the words: it is told of, and none of its lines.
pub fn stood(forgotten: &Forgotten, file: &SourceFile) -> Option<Diagnostic> {
    if forgotten.is_empty() || !forgotten.is_in(&file.path) && !forgotten.is_in(&file.text) {
        return None;
    }
    let message = text!(
        "cet état passé du fichier contient les mots d’une personne oubliée",
        "this past state of the file holds the words of a forgotten person"
    );
    let path = forgotten.id(&file.path);
    Some(Diagnostic::on_path(FORGOTTEN_PERSON, path, message))
}
