//! Finds times that no shift of an on-call rota covers, between its first start and its last end.
//!
//! Whoever calls then reaches nobody. Mend it by lengthening a shift or adding one; what is left
//! uncovered on purpose is two rotas, or a level of this rule under `levels:`.

use crate::check::{Check, Report};
use crate::diagnostic::{Language, Rule, Severity};
use crate::estate::{Estate, on_call};
use crate::format;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "rota-gap",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for rota in estate.listed("rota") {
        for gap in on_call::gaps(&on_call::shifts(estate, rota)) {
            let Some(entry) = gap.after.view.entry("to") else {
                continue;
            };
            let [du, au] = format::bounds(gap.window.start, gap.window.end, Language::Fr);
            let [from, to] = format::bounds(gap.window.start, gap.window.end, Language::En);
            let message = text!(
                "personne n’est d’astreinte du {du} au {au}",
                "nobody is on call from {from} to {to}"
            );
            let help = text!(
                "prolongez ce tour, avancez le suivant ou ajoutez-en un",
                "lengthen this shift, start the next one earlier or add one"
            );
            report.at(rota.source.span(entry.value.range), message, Some(help));
        }
    }
}
