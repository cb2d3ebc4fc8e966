//! Finds open shared accounts, and those of services and guests, that nobody answers for.
//!
//! Nobody changes their password when somebody leaves, and nobody can say whether they are still needed.
//! Mend it by writing the person in `owner`.

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::accounts::Issue;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "shared-account-without-owner",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for found in estate.accounts().with(Issue::WithoutOwner) {
        let account = estate.record(found.record);
        let view = account.view();
        let Some(kind) = view.choice("type") else {
            continue;
        };
        let labels = &kind.labels;
        let (fr, en) = (labels.fr.to_lowercase(), labels.en.to_lowercase());
        let message = text!(
            "personne ne répond de ce compte ({fr})",
            "nobody answers for this account ({en})"
        );
        let help = text!(
            "écrivez dans `owner` la personne qui en répond",
            "write in `owner` the person who answers for it"
        );
        report.at(place_of(account, view, "type"), message, Some(help));
    }
}
