//! Finds two records of a kind with one id, letters' case apart.
//!
//! Only the first has a page, and references to the second silently mean the first. Mend it by
//! giving one of them another id.

use crate::check::{Check, Report};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::estate::Estate;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "duplicate-id",
        level: Severity::Error,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for (second, first) in &estate.duplicates {
        let first = &estate.record(*first).source;
        let id = if second.id.is_empty() {
            "README"
        } else {
            &second.id
        };
        let (fr, en) = (
            second.kind.labels.fr.to_lowercase(),
            second.kind.labels.en.to_lowercase(),
        );
        let message = text!(
            "une autre fiche « {fr} » s’appelle déjà `{id}`",
            "another record of kind {en} is already called `{id}`"
        );
        let diagnostic = Diagnostic::at(report.rule, second.span(second.id_range), message)
            .note(
                first.span(first.id_range),
                text!("la première est ici", "the first is here"),
            )
            .help(text!(
                "donnez un autre identifiant à l’une des deux",
                "give one of them another id"
            ));
        report.diagnostics.push(diagnostic);
    }
}
