//! Finds machines in use whose operating system its publisher supports no more on the estate's day.
//!
//! Holes found since then stay open. The end comes from the software record that the system's name finds: from its
//! list `versions`, else from its `end_of_support`. Mend it by upgrading or replacing the machine, then writing its
//! `os_version`; where support was bought longer, write the new date in the software record.

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::{Language, Rule, Severity};
use crate::estate::Estate;
use crate::estate::backups::is_in_use;
use crate::format::long_date;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "unsupported-system",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for asset in estate.listed("asset").filter(|asset| is_in_use(asset)) {
        let system = estate.systems().of(asset);
        let Some((system, end)) = system.and_then(|system| Some((system, system.end?))) else {
            continue;
        };
        if !system.is_past(estate.as_of) {
            continue;
        }
        let version = system.version.as_ref();
        let name = version.map_or_else(
            || system.name.clone(),
            |version| format!("{} {version}", system.name),
        );
        let [fr, en] = [Language::Fr, Language::En].map(|language| long_date(end, language));
        let software = system
            .software
            .map(|id| estate.record(id).source.id.as_str());
        let software = software.unwrap_or_default();
        let message = text!(
            "`{name}` n’est plus suivi par son éditeur depuis le {fr}",
            "the publisher of `{name}` has not supported it since {en}"
        );
        let help = text!(
            "mettez la machine à niveau et écrivez sa version, ou mettez à jour la date dans `{software}`",
            "upgrade the machine and write its version, or update the date in `{software}`"
        );
        report.at(place_of(asset, asset.view(), "os"), message, Some(help));
    }
}
