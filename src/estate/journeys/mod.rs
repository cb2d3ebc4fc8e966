//! The way every ticket and change went through its workflow: which states, how long in each, who
//! held it. Read once an estate, on its day, for the pages and rules that ask; see [`Estate::journeys`].
//!
//! `reading` follows one record, `escalation` tells which one waits too long at its level.

mod escalation;
mod reading;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::DateTime;

use crate::estate::workflows::{Walk, Workflow, Workflows};
use crate::estate::{Estate, RecordId};

pub use escalation::Overdue;

/// The ways of all tickets and changes that have a workflow.
#[derive(Debug, Default)]
pub struct Journeys {
    all: BTreeMap<RecordId, Journey>,
    by_workflow: BTreeMap<RecordId, Vec<RecordId>>,
}

/// The way of one ticket or change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journey {
    /// The workflow.
    pub workflow: RecordId,
    /// When it began, by the desk's clocks.
    pub opened: DateTime,
    /// The states and transitions, and where it left them.
    pub walk: Walk,
    /// The states it stayed in, in time order.
    pub stays: Vec<Stay>,
    /// What the lengths of the stays count.
    pub unit: Unit,
    /// The levels that held it, in time order, as places among the workflow's.
    pub levels: Vec<usize>,
    /// When GTI and GTR fall due, as lengths from the opening in the same unit.
    pub due: [Option<SignedDuration>; 2],
    /// Its level should have handed it on.
    pub overdue: Option<Overdue>,
}

/// A stretch of time in one state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// Place among the workflow's states.
    pub state: usize,
    /// When it was entered.
    pub from: DateTime,
    /// When it was left; `None` where the ticket still is.
    pub to: Option<DateTime>,
    /// How long, until the end of the estate's day where it still is.
    pub length: SignedDuration,
    /// The length with all that came before.
    pub end: SignedDuration,
}

/// What lengths count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// The open hours of the contract, or of the workflow.
    OpenHours,
    /// Hours by the calendar, because nobody says when it is open.
    Calendar,
}

impl Journey {
    /// How often it came back from a state that ends the work.
    pub fn reopened(&self, workflow: &Workflow<'_>) -> usize {
        let ends = |state: usize| {
            let phase = workflow.states[state].choice("phase");
            phase.is_some_and(|phase| matches!(phase.key.as_str(), "resolved" | "closed"))
        };
        let steps = self.walk.steps.iter();
        steps
            .filter(|step| ends(step.from) && !ends(step.to))
            .count()
    }

    /// How often it came back to a level that had handed it on.
    pub fn bounced(&self) -> usize {
        let places = self.levels.iter().enumerate();
        places
            .filter(|(place, level)| self.levels[..*place].contains(level))
            .count()
    }
}

impl Journeys {
    /// Reads every ticket and change that had begun by the estate's day.
    pub fn new(estate: &Estate) -> Self {
        let workflows = Workflows::new(estate);
        let mut reader = reading::Reader::new(estate);
        let mut journeys = Self::default();
        for kind in ["change", "ticket"] {
            for record in estate.listed(kind) {
                let Some(workflow) = workflows.of(record) else {
                    continue;
                };
                if let Some(journey) = reader.journey(record, workflow) {
                    let own = journeys.by_workflow.entry(workflow.record.id);
                    own.or_default().push(record.id);
                    journeys.all.insert(record.id, journey);
                }
            }
        }
        journeys
    }

    /// The way of a ticket or change; `None` when it has no workflow or has not begun.
    pub fn of(&self, record: RecordId) -> Option<&Journey> {
        self.all.get(&record)
    }

    /// The ways of all, by their ids.
    pub fn all(&self) -> impl Iterator<Item = (RecordId, &Journey)> {
        self.all.iter().map(|(id, journey)| (*id, journey))
    }

    /// Those who go through a workflow, by their ids.
    pub fn through(&self, workflow: RecordId) -> impl Iterator<Item = (RecordId, &Journey)> {
        let own = self.by_workflow.get(&workflow);
        own.into_iter().flatten().map(|id| (*id, &self.all[id]))
    }
}

impl Estate {
    /// The ways of all tickets and changes, read when they are first asked for.
    pub fn journeys(&self) -> &Journeys {
        self.journeys.get_or_init(|| Journeys::new(self))
    }
}
