//! Finds time zones that the IANA database does not have.
//!
//! Hours would be read by the clocks of the site instead. Mend it with a name such as `Europe/Paris`
//! or `Indian/Reunion`.

use super::texts;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::project::time_zone;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "unknown-time-zone",
        level: Severity::Error,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let fields = [("contract", "time_zone"), ("site", "time_zone")];
    for (record, range, written) in texts(estate, &fields) {
        if time_zone(written).is_some() {
            continue;
        }
        let message = text!(
            "`{written}` n’est pas un fuseau horaire connu",
            "`{written}` is not a known time zone"
        );
        let help = text!(
            "écrivez par exemple `Europe/Paris`, `Indian/Reunion` ou `America/Martinique`",
            "write such as `Europe/Paris`, `Indian/Reunion` or `America/Martinique`"
        );
        report.at(record.source.span(range), message, Some(help));
    }
}
