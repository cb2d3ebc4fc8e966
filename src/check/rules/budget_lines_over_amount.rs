//! Finds open budgets whose lines plan more than their amount.
//!
//! Two figures then say what is planned, and every line may be kept while the budget is overrun. Mend it by
//! having the amount raised, or by planning less on a line. A closed budget is history and is left alone.

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::Language::{En, Fr};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::format;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "budget-lines-over-amount",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for budget in &estate.finance().budgets().all {
        let record = estate.record(budget.record);
        let view = record.view();
        let status = view.choice("status");
        let is_closed = status.is_some_and(|status| status.key == "closed");
        let Some(over) = budget.lines_over().filter(|_| !is_closed) else {
            continue;
        };
        let amount = |amount| [Fr, En].map(|language| format::money(amount, language));
        let [lines_fr, lines_en] = amount(budget.in_lines);
        let [planned_fr, planned_en] = amount(budget.whole.planned);
        let [over_fr, over_en] = amount(over);
        let message = text!(
            "les lignes de ce budget prévoient {lines_fr}, et son montant est de {planned_fr}",
            "the lines of this budget plan {lines_en}, and its amount is {planned_en}"
        );
        let help = text!(
            "{over_fr} de trop\u{a0}: relevez `amount`, ou réduisez une ligne",
            "{over_en} too much: raise `amount`, or plan less on a line"
        );
        report.at(place_of(record, view, "amount"), message, Some(help));
    }
}
