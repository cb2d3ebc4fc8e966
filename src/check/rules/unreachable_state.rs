//! Finds states of a workflow to which no path of transitions leads from its first state.
//!
//! Tickets come in at the first state, so none can ever stand there by the rules. Mend it by adding the
//! transition that leads there, by putting the state of arrival first, or by removing the state.

use super::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::workflows::{paths, workflow};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "unreachable-state",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for record in estate.listed("workflow") {
        let workflow = workflow(record);
        for state in paths::unreachable(&workflow) {
            let name = workflow.state_name(state);
            let first = workflow.state_name(0);
            let message = text!(
                "aucun chemin ne mène de « {first} » à « {name} »",
                "no path leads from “{first}” to “{name}”"
            );
            let help = text!(
                "ajoutez la transition qui y mène, ou retirez l’état",
                "add the transition that leads there, or remove the state"
            );
            let span = place_of(record, workflow.states[state], "key");
            report.at(span, message, Some(help));
        }
    }
}
