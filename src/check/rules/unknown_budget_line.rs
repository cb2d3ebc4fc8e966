//! Finds purchases that name a line which their budget does not have, and two lines of a budget with one name.
//!
//! Their amount then counts on no line, and the line meant looks freer than it is. Mend it by writing the label
//! of the line as the budget has it; case and accents do not matter.

use std::collections::BTreeMap;

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::estate::{Estate, Record};
use crate::fold::fold;
use crate::source::Span;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "unknown-budget-line",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for budget in estate.listed("budget") {
        same_lines(budget, report);
    }
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

/// Lines whose labels are the same but for case and accents: a purchase cannot say which one it is for.
fn same_lines(budget: &Record, report: &mut Report<'_>) {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for line in budget.view().structures("lines") {
        let Some(label) = line.text("label") else {
            continue;
        };
        let place = place_of(budget, line, "label");
        let Some(first) = seen.get(&fold(label)) else {
            seen.insert(fold(label), place);
            continue;
        };
        let message = text!(
            "une ligne de ce budget s’appelle déjà `{label}`, aux accents et majuscules près",
            "a line of this budget is called `{label}` already, but for accents and capitals"
        );
        let diagnostic = Diagnostic::at(report.rule, place, message)
            .note(
                first.clone(),
                text!("la première fois ici", "first written here"),
            )
            .help(text!(
                "donnez-lui un autre nom, ou réunissez les deux lignes",
                "give it another name, or make the two lines one"
            ));
        report.diagnostics.push(diagnostic);
    }
}
