//! Says when the clone was cut: commits before the cut exist elsewhere, and what they changed is not told.
//!
//! CI systems clone one commit by default; every page would then seem changed on the day of the
//! build. Mend it as the message says.

use crate::check::{Check, Report};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::estate::Estate;
use crate::history::{History, State};

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "shallow-history",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let state = &estate.history.state;
    if *state == State::Shallow
        && let Some(message) = History::message_for(state)
    {
        let diagnostic = Diagnostic::on_path(report.rule, ".git", message);
        report.diagnostics.push(diagnostic);
    }
}
