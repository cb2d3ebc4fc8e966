//! Finds states of a workflow that are not its end (`phase: closed`) and that nothing leads out of.
//!
//! A ticket that comes there stays for ever. Mend it by adding the transition that is missing, or by
//! giving the state the phase `closed`.

use super::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::workflows::{paths, workflow};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "dead-end-state",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for record in estate.listed("workflow") {
        let workflow = workflow(record);
        for state in paths::dead_ends(&workflow) {
            let name = workflow.state_name(state);
            let message = text!(
                "rien ne mène hors de « {name} », qui n’est pas une fin",
                "nothing leads out of “{name}”, which is not an end"
            );
            let help = text!(
                "ajoutez une transition, ou `phase: closed`",
                "add a transition, or `phase: closed`"
            );
            let span = place_of(record, workflow.states[state], "key");
            report.at(span, message, Some(help));
        }
    }
}
