//! Finds serial numbers that are none: what firmware or people write where there is no identifier.
//!
//! « To Be Filled By O.E.M. » is on half of the assembled machines: two of them look like one, and an import joins
//! them. Mend it by writing the number on the case, or by leaving the field empty. Addresses and host names are
//! not told here; the page on the quality of data shows them.

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "placeholder-serial",
        level: Severity::Warning,
    },
    run,
};

/// The fields that are told.
const KEYS: [&str; 4] = ["serial", "uuid", "imei", "inventory_number"];

fn run(estate: &Estate, report: &mut Report<'_>) {
    let fakes = estate.quality().fakes.iter();
    for fake in fakes.filter(|fake| KEYS.contains(&fake.key)) {
        let (key, written) = (fake.key, &fake.written);
        let message = text!(
            "`{written}` n’identifie aucun équipement\u{a0}: bien d’autres portent la même valeur",
            "`{written}` identifies no device: many others bear the same value"
        );
        let help = text!(
            "écrivez ce que dit l’étiquette, ou enlevez `{key}`",
            "write what the label says, or remove `{key}`"
        );
        let record = estate.record(fake.record);
        report.at(record.source.span(fake.range), message, Some(help));
    }
}
