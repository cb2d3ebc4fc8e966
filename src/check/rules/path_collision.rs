//! Finds records whose pages would have the same address.
//!
//! Addresses hold no case and no accents, so that they work on every server; two ids may then give
//! one address, and one page would hide the other. Mend it by changing one of the ids.

use std::collections::BTreeMap;

use crate::check::{Check, Report};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::estate::{Estate, FIXED_PAGES, Record};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "path-collision",
        level: Severity::Error,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let mut pages: BTreeMap<&str, &Record> = BTreeMap::new();
    let binders = estate.binders();
    for record in estate.records() {
        let url = record.url.as_str();
        let source = &record.source;
        if let Some(first) = pages.get(url) {
            let message = text!(
                "la page `/{url}` existe déjà",
                "the page `/{url}` already exists"
            );
            let first = &first.source;
            let diagnostic = Diagnostic::at(report.rule, source.span(source.id_range), message)
                .note(
                    first.span(first.id_range),
                    text!("elle vient d’ici", "it comes from here"),
                )
                .help(text!(
                    "changez l’un des deux identifiants",
                    "change one of the two ids"
                ));
            report.diagnostics.push(diagnostic);
            continue;
        }
        pages.insert(url, record);
        if is_reserved(estate, record) || binders.contains_key(url) {
            let message = text!(
                "l’adresse `/{url}` est réservée",
                "the address `/{url}` is reserved"
            );
            let help = text!("renommez ce fichier", "rename this file");
            report.at(source.span(source.id_range), message, Some(help));
        }
    }
}

/// Whether a plain page would take the address of a list or of a page that is no record.
fn is_reserved(estate: &Estate, record: &Record) -> bool {
    let url = record.url.as_str();
    // The home page of a language has its text from a translation (`index.de.md`).
    let is_home = !url.is_empty() && estate.config.without_language(url).is_empty();
    if record.is_folder_page() {
        return is_home && record.source.language.is_none();
    }
    let first = url.split('/').next().unwrap_or_default();
    let letters = estate.config.without_language(url).starts_with("search/");
    let list = url.strip_suffix('/').is_some_and(|folder| {
        estate
            .schema
            .kinds()
            .any(|kind| kind.name != "page" && kind.folder == folder)
    });
    list || letters
        || is_home
        || FIXED_PAGES.contains(&url)
        || matches!(first, "_carnet" | "data" | "history" | "q")
}
