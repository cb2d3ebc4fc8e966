//! Finds transitions and escalations of a workflow that name a state or level it does not have.
//!
//! Such a transition is not drawn and no ticket can take it. Mend it by writing the key of one of the
//! workflow's states (or levels), or by adding the one that is missing.

use super::{keys, place_of};
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity, Text};
use crate::estate::Estate;
use crate::estate::workflows::{Workflow, level_of, workflow};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "unknown-state",
        level: Severity::Error,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for record in estate.listed("workflow") {
        let workflow = workflow(record);
        states(&workflow, report);
        levels(&workflow, report);
    }
}

fn states(workflow: &Workflow<'_>, report: &mut Report<'_>) {
    let help = || {
        let known = workflow.states.iter().filter_map(|state| state.text("key"));
        known_ones(&keys(known))
    };
    for view in workflow.record.view().structures("transitions") {
        for end in ["from", "to"] {
            let Some(key) = view.text(end).filter(|key| workflow.place(key).is_none()) else {
                continue;
            };
            let message = text!(
                "ce flux n’a pas d’état `{key}`",
                "this workflow has no state `{key}`"
            );
            let span = place_of(workflow.record, view, end);
            report.at(span, message, Some(help()));
        }
    }
}

/// A workflow that declares no level may name any.
fn levels(workflow: &Workflow<'_>, report: &mut Report<'_>) {
    if workflow.levels.is_empty() {
        return;
    }
    for view in workflow.record.view().structures("transitions") {
        for key in ["from_level", "level"] {
            let Some(level) = view.choice(key) else {
                continue;
            };
            if workflow.level(&level.key).is_some() {
                continue;
            }
            let level = &level.key;
            let message = text!(
                "ce flux n’a pas de niveau `{level}`",
                "this workflow has no level `{level}`"
            );
            let known = workflow.levels.iter().filter_map(|view| level_of(*view));
            let span = place_of(workflow.record, view, key);
            report.at(span, message, Some(known_ones(&keys(known))));
        }
    }
}

fn known_ones(known: &str) -> Text {
    if known.is_empty() {
        return text!("il n’en a aucun", "it has none");
    }
    text!("il a {known}", "it has {known}")
}
