//! Finds times that no clock showed: the hour that is skipped when summer time begins.
//!
//! Carnet reads 2:30 as 3:30 on that night, which may not be what was meant. Mend it by writing the
//! time that the clock showed.

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::{Estate, Record};
use crate::project::{Entry, Placed, Value};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "nonexistent-time",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for record in estate.records() {
        entries(estate, record, &record.source.entries, report);
    }
}

fn entries(estate: &Estate, record: &Record, entries: &[Entry], report: &mut Report<'_>) {
    for entry in entries {
        value(estate, record, &entry.value, report);
    }
}

fn value(estate: &Estate, record: &Record, placed: &Placed, report: &mut Report<'_>) {
    match &placed.value {
        Value::List(items) => {
            for item in items {
                value(estate, record, item, report);
            }
        }
        Value::Structure(parts) => entries(estate, record, parts, report),
        Value::DateTime(moment) => {
            let zone = &estate.config.time_zone;
            let ambiguous = zone.to_ambiguous_timestamp(*moment);
            if !matches!(ambiguous.offset(), jiff::tz::AmbiguousOffset::Gap { .. }) {
                return;
            }
            let zone = zone.iana_name().unwrap_or("UTC");
            let message = text!(
                "cette heure n’a pas existé dans le fuseau `{zone}`",
                "this time did not exist in the zone `{zone}`"
            );
            let help = text!(
                "les horloges ont sauté cette heure en passant à l’heure d’été ; écrivez celle qu’elles montraient",
                "the clocks skipped this hour when summer time began; write the time they showed"
            );
            report.at(record.source.span(placed.range), message, Some(help));
        }
        _ => {}
    }
}
