//! Finds open budgets on which more is committed than planned.
//!
//! The next order has no money behind it, and nobody decided so. Mend it by moving the order to another budget,
//! or by having the amount raised. A closed budget is history and is left alone.

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::format;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "budget-overrun",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for budget in &estate.finance().budgets().all {
        let record = estate.record(budget.record);
        let view = record.view();
        let is_closed = view
            .choice("status")
            .is_some_and(|status| status.key == "closed");
        if is_closed || !budget.is_overrun() {
            continue;
        }
        let amount = |amount| {
            use crate::diagnostic::Language::{En, Fr};
            [Fr, En].map(|language| format::money(amount, language))
        };
        let [committed_fr, committed_en] = amount(budget.whole.committed);
        let [planned_fr, planned_en] = amount(budget.whole.planned);
        let [over_fr, over_en] = amount(-budget.whole.left());
        let message = text!(
            "{committed_fr} sont engagés sur ce budget, qui en prévoit {planned_fr}",
            "{committed_en} are committed on this budget, which plans {planned_en}"
        );
        let help = text!(
            "il manque {over_fr} : faites relever le montant, ou imputez des achats ailleurs",
            "{over_en} are missing: have the amount raised, or charge purchases elsewhere"
        );
        let key = if view.entry("amount").is_some() {
            "amount"
        } else {
            "lines"
        };
        report.at(place_of(record, view, key), message, Some(help));
    }
}
