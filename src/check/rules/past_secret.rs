//! Says that the history holds secrets, which the site shows masked: who can read the repository, or a clone of it, reads them.
//!
//! Nothing in today's files mends it. A password that stood in Git is known to whoever had a clone: change it where it is used.

use crate::check::{Check, Report};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::estate::Estate;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "past-secret",
        level: Severity::Info,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let places = estate.history.masked;
    if places == 0 {
        return;
    }
    let message = text!(
        "l’historique contient des secrets\u{a0}: le site les montre masqués (places\u{a0}: {places})",
        "the history holds secrets: the site shows them masked (places: {places})"
    );
    let help = text!(
        "Git et ses copies les gardent\u{a0}: changez-les là où ils servent\u{202f}; réécrire l’historique ne suffit pas",
        "Git and its copies keep them: change them where they are used; to write the history anew is not enough"
    );
    report
        .diagnostics
        .push(Diagnostic::on_path(report.rule, ".git", message).help(help));
}
