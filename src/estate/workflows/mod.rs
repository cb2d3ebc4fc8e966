//! Workflows: the states a ticket or change goes through, which one is whose, and the way one went.
//!
//! `walk` follows the events through the states; `paths` judges a workflow's own design.

pub mod paths;
mod walk;

use std::collections::BTreeMap;

use crate::estate::tickets::{self, Event};
use crate::estate::{Estate, Record, RecordId};
use crate::project::View;
use crate::schema::Choice;

pub use walk::{Fault, Step, Walk, walk};

/// An organisation's parents are asked this far up; a circle of parents is another rule's business.
const FLOORS: usize = 16;

/// The states and transitions of a workflow record, with the places of states resolved.
#[derive(Debug, Clone)]
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

/// Whether promised time counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It counts.
    Running,
    /// It waits and goes on later.
    Paused,
    /// It is over.
    Stopped,
}

impl<'a> Workflow<'a> {
    /// The place of the state with a key.
    pub fn place(&self, key: &str) -> Option<usize> {
        self.states
            .iter()
            .position(|state| state.text("key") == Some(key))
    }

    /// What a state is called.
    pub fn state_name(&self, place: usize) -> &'a str {
        let view = self.states[place];
        view.text("name").or(view.text("key")).unwrap_or_default()
    }

    /// The place of a level among those declared.
    pub fn level(&self, key: &str) -> Option<usize> {
        self.levels
            .iter()
            .position(|view| level_of(*view) == Some(key))
    }

    /// The state of a status: the one with its key, else the first of its phase.
    fn place_or_phase(&self, key: &str, phase: Option<&str>) -> Option<usize> {
        let of_phase = || {
            let phase = phase?;
            self.states
                .iter()
                .position(|state| state.choice("phase").is_some_and(|own| own.key == phase))
        };
        self.place(key).or_else(of_phase)
    }

    /// Where a status stands in the workflow.
    pub fn place_of_status(&self, status: &Choice) -> Option<usize> {
        self.place_or_phase(&status.key, status.phase.as_deref())
    }

    /// Whether time counts in a state: as its `clock:` says, else by its phase.
    pub fn mode(&self, place: usize) -> Mode {
        written_mode(self.states[place]).unwrap_or_else(|| {
            let phase = self.states[place].choice("phase");
            mode_of_phase(phase.map_or("", |phase| phase.key.as_str()))
        })
    }
}

/// Whether time counts in a state by its key: as its workflow says, else by the phase of that name.
pub(super) fn mode(workflow: Option<&Workflow<'_>>, state: &str) -> Mode {
    let place = workflow.and_then(|workflow| Some((workflow, workflow.place(state)?)));
    match place {
        Some((workflow, place)) => workflow.mode(place),
        None => mode_of_phase(state),
    }
}

fn written_mode(state: View<'_>) -> Option<Mode> {
    match state.choice("clock")?.key.as_str() {
        "running" => Some(Mode::Running),
        "paused" => Some(Mode::Paused),
        "stopped" => Some(Mode::Stopped),
        _ => None,
    }
}

fn mode_of_phase(phase: &str) -> Mode {
    match phase {
        "pending" => Mode::Paused,
        "resolved" | "closed" => Mode::Stopped,
        _ => Mode::Running,
    }
}

/// The level that a transition, or a level of the workflow, names.
pub fn level_of(view: View<'_>) -> Option<&str> {
    view.choice("level").map(|level| level.key.as_str())
}

/// Reads a workflow record.
pub fn workflow(record: &Record) -> Workflow<'_> {
    let view = record.view();
    let mut workflow = Workflow {
        record,
        states: view.structures("states").collect(),
        transitions: Vec::new(),
        levels: view.structures("levels").collect(),
    };
    let transitions = view.structures("transitions").filter_map(|view| {
        let place = |key: &str| workflow.place(view.text(key)?);
        let (from, to) = (place("from")?, place("to")?);
        Some(Transition { from, to, view })
    });
    workflow.transitions = transitions.collect();
    workflow
}

/// Every workflow, read once, and which one a ticket or change goes through.
#[derive(Debug)]
pub struct Workflows<'a> {
    estate: &'a Estate,
    all: BTreeMap<RecordId, Workflow<'a>>,
}

impl<'a> Workflows<'a> {
    /// Reads the workflows of an estate.
    pub fn new(estate: &'a Estate) -> Self {
        let records = estate.listed("workflow");
        Self {
            estate,
            all: records
                .map(|record| (record.id, workflow(record)))
                .collect(),
        }
    }

    /// The workflow of a ticket or change: the one it names; else, among those for its type, the one of
    /// its contract, that of its client (see [`Estate::clients`]) or of who that client belongs to, and
    /// the one of nobody in particular. Another client's is never taken.
    pub fn of(&self, record: &'a Record) -> Option<&Workflow<'a>> {
        if let Some(named) = self.estate.first(record, "workflow") {
            return self.all.get(&named.id);
        }
        let wanted = match record.kind().name.as_str() {
            "change" => "change",
            "ticket" => record
                .view()
                .choice("type")
                .map_or("incident", |choice| choice.key.as_str()),
            _ => return None,
        };
        let fitting = self.all.values().filter(|workflow| {
            let purpose = workflow.record.view().choice("for");
            purpose.is_some_and(|choice| choice.key == wanted)
        });
        let ranked =
            fitting.filter_map(|workflow| Some((self.distance(record, workflow)?, workflow)));
        ranked
            .min_by_key(|(distance, workflow)| (*distance, workflow.record.id))
            .map(|(_, workflow)| workflow)
    }

    /// How far a workflow is from a record: 0 for its contract's, then its client's and parents', last
    /// the general one; `None` for somebody else's.
    fn distance(&self, record: &'a Record, workflow: &Workflow<'a>) -> Option<usize> {
        let estate = self.estate;
        let contract = estate.first(record, "contract");
        if let Some(own) = estate.first(workflow.record, "contract") {
            return contract
                .is_some_and(|contract| contract.id == own.id)
                .then_some(0);
        }
        let Some(own) = estate.first(workflow.record, "organisation") else {
            return Some(FLOORS + 1);
        };
        let client = estate.clients().owner(record);
        let client = client.map(|client| estate.record(client));
        std::iter::successors(client, |client| estate.first(client, "parent"))
            .take(FLOORS)
            .position(|client| client.id == own.id)
            .map(|floor| floor + 1)
    }
}

/// The workflow of one ticket or change; see [`Workflows::of`].
pub fn workflow_of<'a>(estate: &'a Estate, record: &'a Record) -> Option<Workflow<'a>> {
    Workflows::new(estate).of(record).cloned()
}

/// The state that an event leads to.
pub fn state_of(workflow: &Workflow<'_>, event: &Event<'_>) -> Option<usize> {
    let (key, phase) = status_after(event)?;
    workflow.place_or_phase(key, phase)
}

/// The status that an event leads to, and its phase; `None` for one that only tells something: a
/// comment, a piece of advice, the user's opinion.
fn status_after<'a>(event: &Event<'a>) -> Option<(&'a str, Option<&'a str>)> {
    if let Some(phase) = event.event.phase.as_deref() {
        return Some((event.event.key.as_str(), Some(phase)));
    }
    let key = state_after(&event.event.key)?;
    let phase = if key == "planned" { "assigned" } else { key };
    Some((key, Some(phase)))
}

/// The status that an event of a ticket leads to.
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

/// The way of a ticket or change through its workflow, when it has one.
pub fn walk_of<'a>(estate: &'a Estate, record: &'a Record) -> Option<(Workflow<'a>, Walk)> {
    let workflow = workflow_of(estate, record)?;
    let events = tickets::timeline(estate, record);
    let walk = walk(&workflow, record.view().choice("status"), &events);
    Some((workflow, walk))
}
