//! Finds machines on which a software was found that requires a licence, and that none covers.
//!
//! An audit counts what is installed, not what was meant. A machine is covered when a licence that counts today is
//! assigned to it, to its user or to a group of the user; seats that are left cover as many others. Mend it by
//! assigning a seat, buying one, or removing the software.

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::conformity::conformity;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "installed-without-licence",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for software in conformity(estate) {
        let lacking = software.lacking();
        if lacking == 0 {
            continue;
        }
        let id = &software.software.source.id;
        for installation in &software.uncovered {
            let asset = estate.record(installation.asset);
            let mut all = asset.view().structures("installed_software");
            let Some(entry) = all.nth(installation.place) else {
                continue;
            };
            let key = if entry.entry("software").is_some() {
                "software"
            } else {
                "name"
            };
            let message = text!(
                "`{id}` est installé ici sans licence",
                "`{id}` is installed here without a licence"
            );
            let help = text!(
                "affectez ou achetez une licence ({lacking} en manque), ou désinstallez",
                "assign or buy a licence ({lacking} missing), or uninstall it"
            );
            report.at(place_of(asset, entry, key), message, Some(help));
        }
    }
}
