//! Says when the change logs cannot be whole: no repository, or a shallow clone.
//!
//! CI systems clone one commit by default; every page would then seem changed on the day of the
//! build. Mend it as the message says.

use crate::check::{Check, Report};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::estate::Estate;
use crate::history::{Absence, History, State};

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "incomplete-history",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let state = &estate.history.state;
    if let Some(message) = History::message_for(state) {
        let mut diagnostic = Diagnostic::on_path(report.rule, ".git", message);
        if matches!(
            state,
            State::Absent(Absence::NoRepository | Absence::NoCommit)
        ) {
            diagnostic.severity = Severity::Info;
        }
        report.diagnostics.push(diagnostic);
    }
}
