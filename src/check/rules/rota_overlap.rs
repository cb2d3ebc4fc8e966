//! Finds two persons of a rota who are on call at one level at the same time.
//!
//! Each believes that the other answers, and two nights are paid for one. Mend it by ending one shift
//! where the other begins; who helps the first is a `backup`, or has a level of their own.

use crate::check::{Check, Report};
use crate::diagnostic::Language::{En, Fr};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::estate::Estate;
use crate::estate::on_call::{overlaps, shifts};
use crate::format::moment_in_words;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "rota-overlap",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for rota in estate.listed("rota") {
        for overlap in overlaps(estate, rota, &shifts(estate, rota)) {
            let [from, to] =
                [overlap.from, overlap.to].map(|end| [Fr, En].map(|l| moment_in_words(end, l)));
            let ([from_fr, from_en], [to_fr, to_en]) = (from, to);
            let message = text!(
                "deux personnes sont d’astreinte au même niveau du {from_fr} au {to_fr}",
                "two persons are on call at one level from {from_en} to {to_en}"
            );
            let note = text!("l’autre tour est ici", "the other shift is here");
            let help = text!(
                "finissez un tour où l’autre commence, ou écrivez `backup` ou un autre `level`",
                "end one shift where the other begins, or write `backup` or another `level`"
            );
            let diagnostic =
                Diagnostic::at(report.rule, rota.source.span(overlap.second.range), message)
                    .note(rota.source.span(overlap.first.range), note)
                    .help(help);
            report.diagnostics.push(diagnostic);
        }
    }
}
