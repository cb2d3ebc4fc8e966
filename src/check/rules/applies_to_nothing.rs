//! Finds conditions of `applies_to` that no record meets.
//!
//! The procedure is then offered nowhere, and nobody sees that it is missing: a model was replaced, a
//! category renamed, a message misspelt. Mend it by writing what the records write, or take it away.

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity, Text};
use crate::estate::Estate;
use crate::estate::applicable::{Condition, Criterion};
use crate::project::{Placed, Value};
use crate::text;

use super::keys;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "applies-to-nothing",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let conditions = estate.applicable_procedures().conditions();
    for condition in conditions.iter().filter(|condition| !condition.applies) {
        let procedure = estate.record(condition.procedure);
        // A reference that leads nowhere has a finding of its own.
        if condition.criteria.iter().any(Criterion::is_broken) {
            continue;
        }
        let values = procedure.view().values("applies_to").iter();
        let mut structures = values.filter(|value| matches!(value.value, Value::Structure(_)));
        let Some(Placed { range, .. }) = structures.nth(condition.place) else {
            continue;
        };
        report.at(
            procedure.source.span(*range),
            text!(
                "aucune fiche ne remplit cette condition",
                "no record meets this condition"
            ),
            Some(help(condition)),
        );
    }
}

fn help(condition: &Condition) -> Text {
    let criteria = condition.criteria.iter().zip(&condition.met);
    let unmet = criteria.filter(|(_, met)| !**met);
    let unmet = keys(unmet.map(|(criterion, _)| criterion.key()));
    if condition.criteria.is_empty() {
        text!(
            "écrivez au moins un critère : `kind`, `type`, `model`, `category`, `software` ou `error`",
            "write one criterion at least: `kind`, `type`, `model`, `category`, `software` or `error`"
        )
    } else if unmet.is_empty() {
        text!(
            "chaque critère est rempli, jamais tous par la même fiche ; des alternatives s’écrivent en deux éléments",
            "each criterion is met, but never all by the same record; alternatives are two items"
        )
    } else {
        text!(
            "à lui seul, aucun de ces critères n’est rempli : {unmet}",
            "none of these criteria is met, even alone: {unmet}"
        )
    }
}
