//! Finds accounts that are still enabled after their end date.
//!
//! Active Directory refuses such a log-on, but an application or a local account may not; and a list of
//! enabled accounts is longer than the truth. Mend it by disabling the account or by a later end date.

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
        name: "account-past-expiry",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for found in estate.accounts().with(Issue::PastExpiry) {
        let account = estate.record(found.record);
        let view = account.view();
        let Some(expires) = view.date("expires") else {
            continue;
        };
        let [fr, en] = [Fr, En].map(|language| long_date(expires, language));
        let message = text!(
            "ce compte devait finir le {fr}, et il est encore actif",
            "this account was to end on {en}, and it is still enabled"
        );
        let help = text!(
            "désactivez-le et écrivez `enabled: false`, ou repoussez `expires`",
            "disable it and write `enabled: false`, or put `expires` off"
        );
        report.at(place_of(account, view, "expires"), message, Some(help));
    }
}
