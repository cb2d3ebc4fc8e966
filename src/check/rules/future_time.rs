//! Finds tickets opened, and events that happened, after the site's day.
//!
//! A clock cannot run to what has not happened: the event is left aside until its day, and the ticket
//! seems to wait. Mend it by correcting the date, or the day of the site (`as_of`).

use super::events;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
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
            if at.date() <= day {
                continue;
            }
            let message = text!(
                "ce moment est après le jour du site, {day}",
                "this moment is after the day of the site, {day}"
            );
            let help = text!(
                "corrigez la date, ou `as_of` dans `carnet.yaml`",
                "correct the date, or `as_of` in `carnet.yaml`"
            );
            report.at(ticket.source.span(range), message, Some(help));
        }
    }
}
