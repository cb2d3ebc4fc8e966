//! Finds accounts that are still enabled although their holder left before the site's day.
//!
//! Whoever left can still log on, and nobody watches what is done with the account. Mend it by disabling
//! the account, in the directory and here, or by giving it to another holder.

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::Language::{En, Fr};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::accounts::Issue;
use crate::format::long_date;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "leaver-still-enabled",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for found in estate.accounts().with(Issue::Leaver) {
        let account = estate.record(found.record);
        let Some(person) = estate.first(account, "person") else {
            continue;
        };
        let name = &person.title;
        let message = match person.view().date("left") {
            Some(left) => {
                let [fr, en] = [Fr, En].map(|language| long_date(left, language));
                text!(
                    "ce compte est encore actif après le départ de {name}, le {fr}",
                    "this account is still enabled after {name} left on {en}"
                )
            }
            None => text!(
                "ce compte est encore actif après le départ de {name}",
                "this account is still enabled after {name} left"
            ),
        };
        let help = text!(
            "désactivez le compte, puis écrivez `enabled: false`",
            "disable the account, then write `enabled: false`"
        );
        let span = place_of(account, account.view(), "person");
        report.at(span, message, Some(help));
    }
}
