//! Finds hours of service that open no minute of any week.
//!
//! A promise counted by such hours never falls due, whatever happens. Mend it by writing the hours
//! that are open; to promise all of them, write `24 h/24, 7 j/7`.

use super::{HOURS, texts};
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::estate::service_hours::{Unreadable, read};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "never-open-hours",
        level: Severity::Error,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for (record, range, written) in texts(estate, &HOURS) {
        if read(written) == Err(Unreadable::NeverOpens) {
            let message = text!("ces heures n’ouvrent jamais", "these hours never open");
            let help = text!(
                "écrivez les heures ouvertes, ou `24 h/24, 7 j/7`",
                "write the hours that are open, or `24/7`"
            );
            report.at(record.source.span(range), message, Some(help));
        }
    }
}
