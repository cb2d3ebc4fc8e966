//! Finds approved changes that tell risks and no way back.
//!
//! The night it goes wrong is too late to think of one. Mend it by writing `rollback`, be it to say that
//! there is no way back and what is done instead. A standard change has its procedure's.

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::changes::{is_approved, is_standard};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "missing-back-out-plan",
        level: Severity::Error,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for change in estate.listed("change") {
        let view = change.view();
        let Some(risks) = view.entry("risks") else {
            continue;
        };
        if !is_approved(change) || is_standard(change) || view.entry("rollback").is_some() {
            continue;
        }
        let message = text!(
            "ces risques n’ont pas de plan de repli, et le changement est validé",
            "these risks have no back-out plan, and the change is approved"
        );
        let help = text!(
            "écrivez `rollback`\u{a0}: comment revenir en arrière, ou pourquoi on ne le peut pas",
            "write `rollback`: the way back, or why there is none"
        );
        report.at(change.source.span(risks.value.range), message, Some(help));
    }
}
