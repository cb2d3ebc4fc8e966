//! Finds tickets opened, and whatever tells what happened, after the site's day.
//!
//! A clock cannot run to what has not happened, and what is checked by its age (a backup, a logon) would be
//! young for ever. Mend it by correcting the date, or the day of the site (`as_of`).

use jiff::civil::Date;

use super::events;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::{Estate, Record};
use crate::project::{Value, View};
use crate::source::TextRange;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "future-time",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    // A site built for an earlier day on purpose (`--as-of`) is not told of all that came since.
    let day = estate
        .as_of
        .max(estate.config.as_of.unwrap_or(estate.as_of));
    for ticket in estate.listed("ticket") {
        let view = ticket.view();
        let opened = view.date_time("opened").zip(view.entry("opened"));
        let opened = opened.map(|(at, entry)| (at, entry.value.range));
        for (at, range) in opened.into_iter().chain(events(ticket)) {
            if at.date() > day {
                tell(ticket, range, day, report);
            }
        }
    }
    for record in estate.records() {
        past(record, record.view(), day, report);
    }
}

/// The days of fields that tell what happened, those of structures too.
fn past(record: &Record, view: View<'_>, day: Date, report: &mut Report<'_>) {
    for field in view.fields {
        let fields = field.fields();
        if !field.past && fields.is_empty() {
            continue;
        }
        for placed in view.values(&field.key) {
            match &placed.value {
                Value::Date(date) if field.past && *date > day => {
                    tell(record, placed.range, day, report);
                }
                Value::DateTime(moment) if field.past && moment.date() > day => {
                    tell(record, placed.range, day, report);
                }
                Value::Structure(entries) => {
                    past(record, View { fields, entries }, day, report);
                }
                _ => {}
            }
        }
    }
}

fn tell(record: &Record, range: TextRange, day: Date, report: &mut Report<'_>) {
    let message = text!(
        "ce moment est après le jour du site, {day}",
        "this moment is after the day of the site, {day}"
    );
    let help = text!(
        "corrigez la date, ou `as_of` dans `carnet.yaml`",
        "correct the date, or `as_of` in `carnet.yaml`"
    );
    report.at(record.source.span(range), message, Some(help));
}
