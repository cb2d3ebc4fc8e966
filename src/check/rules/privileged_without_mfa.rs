//! Finds open privileged accounts of people without a second factor, or of which none is written.
//!
//! One stolen password then administers the estate; ANSSI's guide asks for multi-factor authentication
//! there first. Accounts of services and machines are left out: no program can answer a second factor.

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::accounts::Issue;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "privileged-without-mfa",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for found in estate.accounts().with(Issue::PrivilegedWithoutMfa) {
        let account = estate.record(found.record);
        let view = account.view();
        let message = if view.entry("mfa").is_some() {
            text!(
                "ce compte à privilèges n’a pas de second facteur",
                "this privileged account has no second factor"
            )
        } else {
            text!(
                "ce compte à privilèges ne dit pas s’il a un second facteur",
                "this privileged account does not say whether it has a second factor"
            )
        };
        let help = text!(
            "enrôlez un second facteur et écrivez-le dans `mfa`\u{a0}; `privileged: false` si le compte n’en a pas les droits",
            "enrol a second factor and write it in `mfa`; `privileged: false` when the account has no such rights"
        );
        report.at(place_of(account, view, "mfa"), message, Some(help));
    }
}
