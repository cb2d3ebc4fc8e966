//! Says when there are no change logs, or not all they say: no repository, one that cannot be read,
//! one without older contents. A clone that was cut is told by `shallow-history`.

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
    if estate.history.is_partial {
        let diagnostic = Diagnostic::on_path(report.rule, ".git", History::partial_message());
        report.diagnostics.push(diagnostic);
    }
    if *state != State::Shallow
        && let Some(message) = History::message_for(state)
    {
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
