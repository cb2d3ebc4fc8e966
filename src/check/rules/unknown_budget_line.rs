//! Finds purchases that name a line which their budget does not have.
//!
//! Their amount then counts on no line, and the line meant looks freer than it is. Mend it by writing the label
//! of the line as the budget has it; case and accents do not matter.

use crate::check::{Check, Report};
use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::fold::fold;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "unknown-budget-line",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for purchase in estate.listed("purchase") {
        let view = purchase.view();
        let written = view.entry("budget_line").zip(view.text("budget_line"));
        let Some((entry, line)) = written else {
            continue;
        };
        let Some(budget) = estate.first(purchase, "budget") else {
            continue;
        };
        let lines = budget.view().structures("lines");
        let labels: Vec<&str> = lines.filter_map(|line| line.text("label")).collect();
        if labels.iter().any(|label| fold(label) == fold(line)) {
            continue;
        }
        let id = &budget.source.id;
        let message = text!(
            "le budget `{id}` n’a pas de ligne `{line}`",
            "the budget `{id}` has no line `{line}`"
        );
        let help = did_you_mean(line, labels.into_iter());
        report.at(purchase.source.span(entry.value.range), message, help);
    }
}
