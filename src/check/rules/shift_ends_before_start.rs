//! Finds shifts of a rota that end when they start, or before.
//!
//! Nobody is on call in such a shift, and no page shows it. Mend it by correcting the time mistyped.

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::on_call::written;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "shift-ends-before-start",
        level: Severity::Error,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for rota in estate.listed("rota") {
        for shift in written(estate, rota)
            .iter()
            .filter(|shift| !shift.is_sound())
        {
            let message = text!(
                "ce tour finit avant d’avoir commencé",
                "this shift ends before it has begun"
            );
            let help = text!("corrigez `from` ou `to`", "correct `from` or `to`");
            report.at(rota.source.span(shift.range), message, Some(help));
        }
    }
}
