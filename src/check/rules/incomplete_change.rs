//! Finds changes that leave one of the seven R unanswered.
//!
//! Who raised it, the reason, the return expected, the risks, the resources, who is responsible and
//! how it relates to others: a change is weighed on all seven. Mend it by answering each; for the
//! relations, `[]` says that there are none.

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::{Estate, changes};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "incomplete-change",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for change in estate.listed("change") {
        let missing: Vec<_> = changes::unanswered(change).collect();
        if missing.is_empty() {
            continue;
        }
        let keys = missing
            .iter()
            .map(|field| format!("`{}`", field.key))
            .collect::<Vec<_>>()
            .join(", ");
        let count = missing.len();
        let message = if count == 1 {
            text!(
                "un des 7 R reste sans réponse",
                "one of the 7 R has no answer"
            )
        } else {
            text!(
                "{count} des 7 R restent sans réponse",
                "{count} of the 7 R have no answer"
            )
        };
        let help = text!("remplissez {keys}", "fill in {keys}");
        report.at(
            change.source.span(change.source.id_range),
            message,
            Some(help),
        );
    }
}
