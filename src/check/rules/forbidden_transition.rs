//! Finds events of tickets and changes that go where their workflow has no way: from one state to
//! another without a transition, to a state it lacks, or over a level of escalation.
//!
//! Either the desk left its own rules, or an event is missing or mistyped; times by state are wrong
//! either way. Mend it by correcting the events, or by writing the way that people really take.

use super::keys;
use crate::check::{Check, Report};
use crate::diagnostic::{Language, Rule, Severity, Text};
use crate::estate::Estate;
use crate::estate::tickets::{self, Event};
use crate::estate::workflows::{Fault, Workflow, workflow};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "forbidden-transition",
        level: Severity::Warning,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for (id, journey) in estate.journeys().all() {
        if journey.walk.faults.is_empty() {
            continue;
        }
        let record = estate.record(id);
        let workflow = workflow(estate.record(journey.workflow));
        // A list of states without transitions forbids nothing.
        if workflow.transitions.is_empty() {
            continue;
        }
        let events = tickets::timeline(estate, record);
        for fault in &journey.walk.faults {
            let (event, message, help) = told(&workflow, &events, *fault);
            report.at(record.source.span(event.range), message, Some(help));
        }
    }
}

fn told<'e>(
    workflow: &Workflow<'_>,
    events: &'e [Event<'e>],
    fault: Fault,
) -> (&'e Event<'e>, Text, Text) {
    let flow = &workflow.record.title;
    match fault {
        Fault::NoState { event } => {
            let event = &events[event];
            let key = &event.event.key;
            let message = text!(
                "« {flow} » n’a pas d’état pour l’événement `{key}`",
                "“{flow}” has no state for the event `{key}`"
            );
            let known = keys(workflow.states.iter().filter_map(|state| state.text("key")));
            let help = text!("ses états : {known}", "its states: {known}");
            (event, message, help)
        }
        Fault::NoWay { event, from, to } => {
            let (left, entered) = (workflow.state_name(from), workflow.state_name(to));
            let message = text!(
                "« {flow} » ne mène pas de « {left} » à « {entered} »",
                "“{flow}” has no way from “{left}” to “{entered}”"
            );
            (&events[event], message, ways_out(workflow, from))
        }
        Fault::Skipped { event, from, to } => {
            let (message, help) = skipped(workflow, from, to);
            (&events[event], message, help)
        }
    }
}

fn skipped(workflow: &Workflow<'_>, from: usize, to: usize) -> (Text, Text) {
    let flow = &workflow.record.title;
    let levels = [from, to, from + 1].map(|level| workflow.levels[level].choice("level"));
    let named = |language| {
        levels.map(|level| {
            level.map_or_else(String::new, |level| level.labels.get(language).to_owned())
        })
    };
    let [from_fr, to_fr, over_fr] = named(Language::Fr);
    let [from_en, to_en, over_en] = named(Language::En);
    let message = text!(
        "cette escalade va de {from_fr} à {to_fr} sans passer par {over_fr}",
        "this escalation goes from {from_en} to {to_en} and leaves out {over_en}"
    );
    let [left, reached, _] = levels.map(|level| level.map_or("", |level| level.key.as_str()));
    let help = text!(
        "si c’est permis, ajoutez à « {flow} » une transition avec `from_level: {left}` et `level: {reached}`",
        "if that is allowed, add a transition with `from_level: {left}` and `level: {reached}` to “{flow}”"
    );
    (message, help)
}

/// Where a state leads, by the names of the transitions that leave it.
fn ways_out(workflow: &Workflow<'_>, state: usize) -> Text {
    let left = workflow.state_name(state);
    let ways = workflow.transitions.iter();
    let ways = ways.filter(|way| way.from == state && way.to != state);
    let (mut fr, mut en) = (Vec::new(), Vec::new());
    for way in ways {
        let to = workflow.state_name(way.to);
        let name = way.view.text("name").unwrap_or_default();
        fr.push(format!("« {to} » ({name})"));
        en.push(format!("“{to}” ({name})"));
    }
    if fr.is_empty() {
        return text!(
            "aucune transition ne part de « {left} »",
            "no transition leaves “{left}”"
        );
    }
    let (fr, en) = (fr.join(", "), en.join(", "));
    text!("de « {left} », on passe à {fr}", "“{left}” leads to {en}")
}
