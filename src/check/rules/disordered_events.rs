//! Finds events of a ticket that are written after a later one, or that come before its opening.
//!
//! The clocks put events in the order of time, so a day or month mistyped moves a due time without a
//! word. Mend it by correcting the time, or by writing the event where it belongs.

use jiff::civil::DateTime;

use super::events;
use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "disordered-events",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for ticket in estate.listed("ticket") {
        let opened = ticket.view().date_time("opened");
        let mut latest: Option<DateTime> = None;
        for (at, range) in events(ticket) {
            let span = ticket.source.span(range);
            if opened.is_some_and(|opened| at < opened) {
                let message = text!(
                    "cet événement précède l’ouverture du ticket",
                    "this event comes before the opening of the ticket"
                );
                let help = text!(
                    "corrigez son heure, ou `opened`",
                    "correct its time, or `opened`"
                );
                report.at(span, message, Some(help));
            } else if latest.is_some_and(|latest| at < latest) {
                let message = text!(
                    "cet événement est écrit après un plus récent",
                    "this event is written after a later one"
                );
                let help = text!(
                    "corrigez son heure, ou mettez-le à sa place",
                    "correct its time, or move it where it belongs"
                );
                report.at(span, message, Some(help));
            }
            latest = latest.max(Some(at));
        }
    }
}
