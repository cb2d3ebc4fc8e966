//! Finds changes that leave one of the seven R unanswered while they are being weighed.
//!
//! Who raised it, the reason, the return expected, the risks, the resources, who is responsible and
//! how it relates to others: a change is weighed on all seven. Mend it by answering each; for the
//! relations, `[]` says that there are none. A standard change (routine, pre-approved) answers three:
//! the others were weighed when its sort was approved. Refused and cancelled changes are left alone.

use super::unanswered;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::changes::{Stage, stage};

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "incomplete-change",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let changes = estate.listed("change");
    for change in changes.filter(|change| stage(change) == Stage::Considered) {
        unanswered(change, report);
    }
}
