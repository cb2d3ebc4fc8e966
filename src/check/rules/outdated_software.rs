//! Finds software of which machines in use have a version older than the oldest that is accepted.
//!
//! One finding a software, at its `minimum_version`, however many machines there are: the page of the upkeep lists
//! them. Numbers compare as numbers (10.2 is older than 10.10); a version without a number is not judged.

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "outdated-software",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for update in &estate.upkeep().updates {
        let Some(oldest) = update.outdated.first() else {
            continue;
        };
        let software = estate.record(update.software);
        let view = software.view();
        let least = view.text("minimum_version").unwrap_or_default();
        let (version, machine) = (&oldest.version, &estate.record(oldest.asset).source.id);
        let count = update.outdated.len();
        let message = match count {
            1 => text!(
                "une machine en service a une version plus ancienne que {least}\u{a0}: `{machine}`, en {version}",
                "a machine in use has a version older than {least}: `{machine}`, with {version}"
            ),
            count => text!(
                "{count} machines en service ont une version plus ancienne que {least}, jusqu’à {version} sur `{machine}`",
                "{count} machines in use have a version older than {least}, down to {version} on `{machine}`"
            ),
        };
        let help = text!(
            "mettez-les à jour\u{a0}: la page «\u{a0}Maintien en condition\u{a0}» les liste",
            "update them: the page “Upkeep” lists them"
        );
        report.at(
            place_of(software, view, "minimum_version"),
            message,
            Some(help),
        );
    }
}
