//! Finds tickets that their level should have handed on: still open there for longer than the
//! workflow's `escalate_after`, in open hours, time on hold left out, at the end of the site's day.
//!
//! Escalation rules that nobody watches are not rules. Mend it by escalating the ticket, by resolving
//! it, or by writing the event that is missing.

use crate::check::{Check, Report};
use crate::diagnostic::{Language, Rule, Severity};
use crate::estate::Estate;
use crate::estate::workflows::workflow;
use crate::format;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "late-escalation",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for (id, journey) in estate.journeys().all() {
        let Some(overdue) = journey.overdue else {
            continue;
        };
        let ticket = estate.record(id);
        let level = workflow(estate.record(journey.workflow)).levels[overdue.level];
        let Some((choice, allowed)) = level.choice("level").zip(level.duration("escalate_after"))
        else {
            continue;
        };
        let minutes = i32::try_from(overdue.by.as_mins()).unwrap_or(i32::MAX);
        let told = |language| {
            [
                choice.labels.get(language).to_owned(),
                allowed.text(language),
                format::duration(0, 0, minutes, language),
            ]
        };
        let [level_fr, after_fr, late_fr] = told(Language::Fr);
        let [level_en, after_en, late_en] = told(Language::En);
        let message = text!(
            "ce ticket est au {level_fr} depuis plus de {after_fr}\u{a0}: l’escalade a {late_fr} de retard",
            "this ticket has been with {level_en} for more than {after_en}: its escalation is {late_en} late"
        );
        let help = text!(
            "escaladez-le ou résolvez-le, ou écrivez l’événement qui manque\u{a0}; heures ouvertes, attentes déduites",
            "escalate or resolve it, or write the event that is missing; open hours, without time on hold"
        );
        report.at(ticket.source.span(overdue.range), message, Some(help));
    }
}
