//! Finds contracts that cap their penalties at a share of a month's cost which nobody can compute.
//!
//! Such a cap caps nothing: the months show penalties that nobody owes. Mend it by writing what the
//! contract costs, and by month or by year, or by removing the cap.

use crate::check::rules::keys;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::service_levels::months::monthly_cost;
use crate::project::Value;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "cap-without-monthly-cost",
        level: Severity::Warning,
    },
    run,
};

/// What makes the cost of a month.
const COST: [&str; 2] = ["cost", "cost_period"];

fn run(estate: &Estate, report: &mut Report<'_>) {
    for contract in estate.listed("contract") {
        let view = contract.view();
        let Some(cap) = view.entry("penalty_cap") else {
            continue;
        };
        if view.decimal("penalty_cap").is_none() || monthly_cost(view).is_some() {
            continue;
        }
        // What was written and cannot be read has a finding of its own.
        let mut written = COST.iter().filter_map(|key| view.entry(key));
        if written.any(|entry| matches!(entry.value.value, Value::Invalid(_))) {
            continue;
        }
        let missing = COST.iter().filter(|key| view.entry(key).is_none());
        let missing = keys(missing.copied());
        let message = text!(
            "ce plafond reste sans effet\u{a0}: le coût d’un mois n’est pas connu",
            "this cap has no effect: the cost of a month is not known"
        );
        let help = if missing.is_empty() {
            text!(
                "un paiement unique n’a pas de mois\u{a0}: écrivez le coût par mois ou par an dans `cost_period`, ou enlevez le plafond",
                "a one-off payment has no months: write a cost by month or by year in `cost_period`, or remove the cap"
            )
        } else {
            text!(
                "écrivez {missing}, ou enlevez le plafond",
                "write {missing}, or remove the cap"
            )
        };
        report.at(contract.source.span(cap.value.range), message, Some(help));
    }
}
