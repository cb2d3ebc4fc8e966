//! Finds problems that are closed while nobody wrote what caused them.
//!
//! The cause is what a problem is opened for: closed without it, the next one starts from nothing. Mend
//! it by writing `causes`, be it that none was found and where people looked.

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::{Estate, tickets};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "closed-problem-without-cause",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for problem in estate.listed("problem") {
        let view = problem.view();
        let is_closed = tickets::phase(problem) == "closed";
        if !is_closed || view.entry("causes").is_some() {
            continue;
        }
        let Some(status) = view.entry("status") else {
            continue;
        };
        report.at(
            problem.source.span(status.value.range),
            text!(
                "un problème est clos sans que sa cause soit écrite",
                "a problem is closed and its cause is not written"
            ),
            Some(text!(
                "remplissez `causes` ; « cause non trouvée » et ce qui a été cherché est une réponse",
                "fill in `causes`; “no cause found” and where you looked is an answer"
            )),
        );
    }
}
