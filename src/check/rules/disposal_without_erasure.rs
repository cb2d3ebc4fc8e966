//! Finds retired machines that held data and of which nothing says that they were wiped.
//!
//! A disk that leaves with its data is a breach to be reported (GDPR, article 33), and without a proof nobody can
//! say that it did not. Mend it by writing the day of the erasure, its method and its certificate; when it cannot
//! be proven, that is worth knowing too.

use crate::check::rules::place_of;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::finance::disposal::lacks_erasure;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "disposal-without-erasure",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for asset in estate.listed("asset").filter(|asset| lacks_erasure(asset)) {
        let view = asset.view();
        let keys = ["disposed", "retired", "status"];
        let key = keys.into_iter().find(|key| view.entry(key).is_some());
        let message = text!(
            "rien ne dit que les données de cet équipement réformé ont été effacées",
            "nothing says that the data of this retired asset were erased"
        );
        let help = text!(
            "remplissez `data_erased` ou `erasure_certificate`\u{202f}; `erasure_method` dit comment",
            "fill in `data_erased` or `erasure_certificate`; `erasure_method` says how"
        );
        let place = place_of(asset, view, key.unwrap_or("status"));
        report.at(place, message, Some(help));
    }
}
