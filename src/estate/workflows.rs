//! Workflows: the states a ticket goes through, and the way one ticket went.

use crate::estate::tickets::{self, Event};
use crate::estate::{Estate, Record};
use crate::project::View;

/// The states and transitions of a workflow record, with the places of states resolved.
#[derive(Debug)]
pub struct Workflow<'a> {
    /// The record.
    pub record: &'a Record,
    /// Its states, as written.
    pub states: Vec<View<'a>>,
    /// Its transitions whose states exist.
    pub transitions: Vec<Transition<'a>>,
    /// Its escalation levels, as written.
    pub levels: Vec<View<'a>>,
}

/// A way from one state to another.
#[derive(Debug, Clone, Copy)]
pub struct Transition<'a> {
    /// Place among the states.
    pub from: usize,
    /// Place among the states.
    pub to: usize,
    /// As written.
    pub view: View<'a>,
}

/// The way one ticket went through a workflow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Walk {
    /// Where it stands.
    pub current: Option<usize>,
    /// Which states it went through, the current one included.
    pub visited: Vec<bool>,
    /// How often it took each transition.
    pub taken: Vec<u32>,
}

/// Reads a workflow record.
pub fn workflow(record: &Record) -> Workflow<'_> {
    let view = record.view();
    let states: Vec<View<'_>> = view.structures("states").collect();
    let place = |key: Option<&str>| states.iter().position(|state| state.text("key") == key);
    let transitions = view.structures("transitions").filter_map(|view| {
        let (from, to) = (place(view.text("from"))?, place(view.text("to"))?);
        Some(Transition { from, to, view })
    });
    let transitions = transitions.collect();
    Workflow {
        record,
        states,
        transitions,
        levels: view.structures("levels").collect(),
    }
}

/// The workflow of a ticket or change: the one it names, else the first for its type.
pub fn workflow_of<'a>(estate: &'a Estate, record: &'a Record) -> Option<Workflow<'a>> {
    if let Some(named) = estate.first(record, "workflow") {
        return Some(workflow(named));
    }
    let wanted = match record.kind().name.as_str() {
        "change" => "change",
        "ticket" => record
            .view()
            .choice("type")
            .map_or("incident", |choice| choice.key.as_str()),
        _ => return None,
    };
    let fits = |workflow: &&Record| {
        workflow
            .view()
            .choice("for")
            .is_some_and(|choice| choice.key == wanted)
    };
    estate.listed("workflow").find(fits).map(workflow)
}

/// The way a ticket went, by its events and its status.
pub fn walk(workflow: &Workflow<'_>, status: Option<&str>, events: &[Event<'_>]) -> Walk {
    let mut walk = Walk {
        current: None,
        visited: vec![false; workflow.states.len()],
        taken: vec![0; workflow.transitions.len()],
    };
    let place = |key: &str| {
        workflow
            .states
            .iter()
            .position(|state| state.text("key") == Some(key))
    };
    for event in events {
        let Some(to) = state_of(workflow, event) else {
            continue;
        };
        let way = walk
            .current
            .and_then(|from| way_taken(workflow, from, to, event));
        if let Some(way) = way {
            walk.taken[way] += 1;
        }
        walk.current = Some(to);
        walk.visited[to] = true;
    }
    // The status is what the desk says now; events may lag behind it.
    if let Some(state) = status.and_then(place) {
        walk.current = Some(state);
        walk.visited[state] = true;
    }
    walk
}

/// The transition that an event took: from state to state, to the event's level where it has one.
/// An event that stays in its state takes one only when it escalates or hands over.
fn way_taken(workflow: &Workflow<'_>, from: usize, to: usize, event: &Event<'_>) -> Option<usize> {
    if from == to && !matches!(event.event.key.as_str(), "escalated" | "assigned") {
        return None;
    }
    let wanted = event.level.map(|level| level.key.as_str());
    let escalates = event.event.key == "escalated";
    let ways = workflow.transitions.iter().enumerate();
    let ways: Vec<_> = ways
        .filter(|(_, way)| (way.from, way.to) == (from, to))
        .filter(|(_, way)| from != to || escalates == level_of(way.view).is_some())
        .collect();
    let exact = ways
        .iter()
        .find(|(_, way)| wanted.is_some() && level_of(way.view) == wanted);
    exact.or(ways.first()).map(|(place, _)| *place)
}

fn level_of(view: View<'_>) -> Option<&str> {
    view.choice("level").map(|level| level.key.as_str())
}

/// The state that an event leads to.
pub fn state_of(workflow: &Workflow<'_>, event: &Event<'_>) -> Option<usize> {
    let key = state_after(&event.event.key)?;
    workflow
        .states
        .iter()
        .position(|state| state.text("key") == Some(key))
}

/// The status that an event leads to.
pub(super) fn state_after(event: &str) -> Option<&'static str> {
    Some(match event {
        "opened" => "new",
        "taken" | "assigned" | "escalated" | "resumed" | "reopened" => "assigned",
        "planned" => "planned",
        "pending" => "pending",
        "resolved" => "resolved",
        "closed" => "closed",
        _ => return None,
    })
}

/// The way of a ticket through its workflow, when it has one.
pub fn walk_of<'a>(estate: &'a Estate, record: &'a Record) -> Option<(Workflow<'a>, Walk)> {
    let workflow = workflow_of(estate, record)?;
    let events = tickets::timeline(estate, record);
    let status = record
        .view()
        .choice("status")
        .map(|choice| choice.key.as_str());
    let walk = walk(&workflow, status, &events);
    Some((workflow, walk))
}
