//! Finds facts of a record that cannot both be true: in service and retired, a warranty over before the purchase.
//!
//! One of the two is wrong, and whoever reads the other decides on it. Mend it by correcting the field shown, or
//! the one it goes against. The table of checks is `src/estate/quality/contradictions/`.

use crate::check::{Check, Report};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::estate::Estate;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "contradictory-facts",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for found in &estate.quality().contradictions {
        let source = &estate.record(found.record).source;
        let help = text!(
            "corrigez le champ qui se trompe",
            "correct the field that is wrong"
        );
        let message = found.message.clone();
        let mut told = Diagnostic::at(report.rule, source.span(found.place), message).help(help);
        if let Some(other) = found.other {
            told = told.note(
                source.span(other),
                text!("et ceci le contredit", "and this says otherwise"),
            );
        }
        report.diagnostics.push(told);
    }
}
