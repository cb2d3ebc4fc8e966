//! Finds shifts of an on-call rota that do not end after they start.
//!
//! Such a shift covers nothing, so the rota has a hole where nobody looks for one. Mend it by correcting
//! the day or the hour that was mistyped.

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
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
        for shift in rota.view().structures("shifts") {
            if let Some((from, to)) = shift.date_time("from").zip(shift.date_time("to"))
                && to <= from
                && let Some(entry) = shift.entry("to")
            {
                let message = text!(
                    "ce tour ne finit pas après son début",
                    "this shift does not end after it starts"
                );
                let help = text!("corrigez `to` ou `from`", "correct `to` or `from`");
                report.at(rota.source.span(entry.value.range), message, Some(help));
            }
        }
    }
}
