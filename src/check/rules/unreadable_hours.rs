//! Finds hours of service and on-call hours that Carnet cannot read.
//!
//! Without hours no due time can be told: the tickets of the contract say so instead. Mend it with
//! days, then spans: `lun-ven 8:00-12:00, 13:30-18:00`.

use super::{HOURS, texts};
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::service_hours::{Unreadable, read};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "unreadable-hours",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for (record, range, written) in texts(estate, &HOURS) {
        let message = match read(written) {
            Ok(_) | Err(Unreadable::NeverOpens) => continue,
            Err(Unreadable::Word(word)) => text!(
                "`{word}` ne se lit pas dans des heures de service",
                "`{word}` cannot be read in hours of service"
            ),
            Err(Unreadable::NoDays) => text!(
                "ces heures ne disent pas de quels jours",
                "these hours do not say of which days"
            ),
            Err(Unreadable::Order) => text!(
                "ces heures ne se lisent pas dans cet ordre",
                "these hours cannot be read in this order"
            ),
        };
        let help = text!(
            "écrivez par exemple `lun-ven 8:00-12:00, 13:30-18:00` ou `24 h/24, 7 j/7`",
            "write such as `mon-fri 8:00-12:00, 13:30-18:00` or `24/7`"
        );
        report.at(record.source.span(range), message, Some(help));
    }
}
