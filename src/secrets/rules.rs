//! The rules about secrets, and what they say: none of it repeats one.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::masked::{Hidden, shown};
use super::{Fingerprint, Kind, List};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::source::{SourceFile, Span, TextRange};
use crate::text;

/// A secret stands where it would be published.
pub const PUBLISHED_SECRET: Rule = Rule {
    name: "published-secret",
    level: Severity::Error,
};
/// A secret field holds a value in the place of where it is kept.
pub const PLAIN_SECRET: Rule = Rule {
    name: "plain-secret",
    level: Severity::Warning,
};
/// The list of what may be published says something that has no meaning.
pub const INVALID_SECRETS: Rule = Rule {
    name: "invalid-secrets",
    level: Severity::Error,
};
/// An entry of that list allows nothing that still stands somewhere.
pub const UNUSED_SECRET: Rule = Rule {
    name: "unused-secret",
    level: Severity::Info,
};

/// All of them.
pub const ALL: [Rule; 4] = [
    PUBLISHED_SECRET,
    PLAIN_SECRET,
    INVALID_SECRETS,
    UNUSED_SECRET,
];

/// A secret at a place of a file that shows it no more.
pub(super) fn published(span: Span, kind: Kind) -> Diagnostic {
    let name = kind.name();
    let (fr, en) = (name.fr, name.en);
    let message = text!("{fr} serait publié ici", "{en} would be published here");
    let message = Text {
        // « une clé … serait publiée »
        fr: if fr.starts_with("une ") || fr.starts_with("l’empreinte") {
            message.fr.replace("serait publié ", "serait publiée ")
        } else {
            message.fr
        },
        en: message.en,
    };
    Diagnostic::at(PUBLISHED_SECRET, span, message).help(what_to_do())
}

/// What to do about a secret in a text.
pub(super) fn what_to_do() -> Text {
    text!(
        "changez-le là où il sert (Git garde celui-ci), puis écrivez ici où il est rangé\u{a0}: `vault:…`, `keepass:…`\u{202f}; si ce \
         n’en est pas un\u{a0}: `carnet allow FICHIER:LIGNE --reason \"…\"`",
        "change it where it is used (Git keeps this one), then write here where it is kept: `vault:…`, `keepass:…`; if it is none: \
         `carnet allow FILE:LINE --reason \"…\"`"
    )
}

/// Takes the values out of what is told of a file's secret fields: the lines that findings show lose them.
pub fn conceal(diagnostics: &mut [Diagnostic]) {
    let plain = |found: &&mut Diagnostic| found.rule.name == PLAIN_SECRET.name;
    let mut spans: Vec<&mut Span> = diagnostics
        .iter_mut()
        .filter(plain)
        .filter_map(|found| found.span.as_mut())
        .collect();
    spans.sort_by_key(|span| span.range.start);
    let Some(file) = spans.first().map(|span| Arc::clone(&span.file)) else {
        return;
    };
    let values: Vec<Hidden> = spans.iter().map(|span| hidden(&file, span.range)).collect();
    for (span, without) in spans.into_iter().zip(shown(&file, &values)) {
        *span = without;
    }
}

fn hidden(file: &SourceFile, value: TextRange) -> Hidden {
    let line = file.line_start(file.place(value.start).line) as usize;
    let value = value.start as usize..value.end as usize;
    // Before a value among others stand others, of which an alias may be one.
    let before = file.text[line..value.start].trim_start_matches([' ', '-']);
    let is_alone = before.trim_end().find(':') == before.trim_end().len().checked_sub(1);
    let from = if is_alone { value.start } else { line };
    Hidden { value, from }
}

/// A value in a secret field. The lines of its file still show it: [`conceal`] is to be asked once the file was read.
pub fn plain_secret(span: Span) -> Diagnostic {
    let message = text!(
        "ce champ secret contient une valeur\u{a0}: elle n’est pas publiée, mais Git la garde",
        "this secret field holds a value: it is not published, but Git keeps it"
    );
    let help = text!(
        "écrivez où elle est rangée\u{a0}: `vault:chemin`, `keepass:groupe/titre`, `bitwarden:…`, `op://…`, `passbolt:…` ou l’adresse \
         de sa page",
        "write where it is kept: `vault:path`, `keepass:group/title`, `bitwarden:…`, `op://…`, `passbolt:…` or the address of its page"
    );
    Diagnostic::at(PLAIN_SECRET, span, message).help(help)
}

/// Entries that allow nothing of today's files.
pub fn unused(list: &List, used: &BTreeSet<Fingerprint>) -> Vec<Diagnostic> {
    let entries = list.entries.iter();
    let stale = entries.filter(|entry| !used.contains(&entry.fingerprint));
    let told = stale.map(|entry| {
        let message = text!(
            "plus aucun fichier d’aujourd’hui ne contient cette valeur",
            "no file of today holds this value any more"
        );
        let help = text!(
            "retirez l’entrée\u{202f}; gardez-la si le passé doit encore montrer cette valeur",
            "remove the entry; keep it if the past shall still show this value"
        );
        Diagnostic::at(UNUSED_SECRET, entry.span.clone(), message).help(help)
    });
    told.collect()
}
