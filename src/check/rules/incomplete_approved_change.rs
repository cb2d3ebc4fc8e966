//! Finds changes that were approved, or done, though one of the seven R has no answer.
//!
//! Whoever agreed could not weigh what was not written, so this is an error where `incomplete-change`
//! only warns: mend it by answering, or by taking the change back to `evaluation`. A standard change
//! (routine, pre-approved) answers three: who raised it, the reason, who is responsible.

use super::unanswered;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::changes::is_approved;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "incomplete-approved-change",
        level: Severity::Error,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let changes = estate.listed("change");
    for change in changes.filter(|change| is_approved(change)) {
        unanswered(change, report);
    }
}
