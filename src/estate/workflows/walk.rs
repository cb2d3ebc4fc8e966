//! Follows the events of a ticket or change through the states of its workflow, and tells where they
//! go a way that the workflow does not have.

use super::{Workflow, level_of, state_of, status_after};
use crate::estate::tickets::Event;
use crate::schema::Choice;

/// The way one ticket or change went through a workflow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Walk {
    /// Where it stands.
    pub current: Option<usize>,
    /// Which states it went through, the current one included.
    pub visited: Vec<bool>,
    /// How often it took each transition.
    pub taken: Vec<u32>,
    /// What it did, in time order.
    pub steps: Vec<Step>,
    /// Where it left the ways of its workflow, in time order.
    pub faults: Vec<Fault>,
}

/// One event that moved it: to another state, or within one to other hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Place among the events.
    pub event: usize,
    /// The state it left.
    pub from: usize,
    /// The state it entered.
    pub to: usize,
    /// The transition it took; `None` where the workflow has none.
    pub way: Option<usize>,
}

/// An event that goes a way the workflow does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It leads to a state that the workflow does not have.
    NoState {
        /// Place among the events.
        event: usize,
    },
    /// No transition joins the states.
    NoWay {
        /// Place among the events.
        event: usize,
        /// The state it left.
        from: usize,
        /// The state it entered.
        to: usize,
    },
    /// It escalates over a level, and no transition does so.
    Skipped {
        /// Place among the events.
        event: usize,
        /// Place among the levels.
        from: usize,
        /// Place among the levels.
        to: usize,
    },
}

/// The way a ticket or change went, by its events and its status. It comes in at the first state,
/// whether or not an event says so.
pub fn walk(workflow: &Workflow<'_>, status: Option<&Choice>, events: &[Event<'_>]) -> Walk {
    let mut walk = Walk {
        current: None,
        visited: vec![false; workflow.states.len()],
        taken: vec![0; workflow.transitions.len()],
        steps: Vec::new(),
        faults: Vec::new(),
    };
    let mut level: Option<&str> = None;
    for (place, event) in events.iter().enumerate() {
        if let Some(to) = state_of(workflow, event) {
            walk.enter(workflow, (place, event), to, level);
        } else if status_after(event).is_some() && !workflow.states.is_empty() {
            walk.faults.push(Fault::NoState { event: place });
        }
        let named = event.level.map(|level| level.key.as_str());
        level = named.or(level);
    }
    // The status is what the desk says now; events may lag behind it.
    if let Some(state) = status.and_then(|status| workflow.place_of_status(status)) {
        walk.current = Some(state);
        walk.visited[state] = true;
    }
    walk
}

impl Walk {
    fn enter(
        &mut self,
        workflow: &Workflow<'_>,
        (place, event): (usize, &Event<'_>),
        to: usize,
        level: Option<&str>,
    ) {
        let is_opening = event.event.key == "opened";
        if self.current.is_none() && !is_opening {
            self.current = Some(0);
            self.visited[0] = true;
        }
        let from = self.current.replace(to);
        self.visited[to] = true;
        let Some(from) = from.filter(|from| from != &to || hands_over(event)) else {
            return;
        };
        let way = way_taken(workflow, (from, to), event, level);
        if let Some(way) = way {
            self.taken[way] += 1;
        }
        self.steps.push(Step {
            event: place,
            from,
            to,
            way,
        });
        if way.is_none() && from != to {
            self.faults.push(Fault::NoWay {
                event: place,
                from,
                to,
            });
        } else if let Some((from, to)) = skipped(workflow, way, event, level) {
            self.faults.push(Fault::Skipped {
                event: place,
                from,
                to,
            });
        }
    }
}

/// Whether an event that stays in its state still moves the ticket, to another level or person.
fn hands_over(event: &Event<'_>) -> bool {
    matches!(event.event.key.as_str(), "escalated" | "assigned")
}

/// The transition that an event took from state to state.
///
/// Within a state it is one that leads to the event's level, and from the level where the ticket is if
/// the transition says one: an escalation from N1 straight to N3 never takes the way to N2. From one
/// state to another any will do where none is for the level.
fn way_taken(
    workflow: &Workflow<'_>,
    (from, to): (usize, usize),
    event: &Event<'_>,
    level: Option<&str>,
) -> Option<usize> {
    let escalates = event.event.key == "escalated";
    let wanted = event.level.map(|level| level.key.as_str());
    let next = || {
        let after = workflow.level(level?)? + 1;
        level_of(*workflow.levels.get(after)?)
    };
    let wanted = wanted.or_else(|| next().filter(|_| escalates));
    let ways = workflow.transitions.iter().enumerate();
    let ways: Vec<_> = ways
        .filter(|(_, way)| (way.from, way.to) == (from, to))
        .filter(|(_, way)| from != to || escalates == level_of(way.view).is_some())
        .collect();
    let leaves = |view: crate::project::View<'_>| {
        view.choice("from_level")
            .map(|level| level.key.as_str().to_owned())
    };
    let fits = |view, strictly: bool| {
        let start = leaves(view);
        let starts_here = match start.as_deref() {
            Some(start) => level == Some(start),
            None => !strictly,
        };
        wanted.is_some() && level_of(view) == wanted && starts_here
    };
    let exact = [true, false].into_iter().find_map(|strictly| {
        let mut ways = ways.iter();
        ways.find(|(_, way)| fits(way.view, strictly))
    });
    let any = ways
        .first()
        .filter(|_| from != to || !escalates || wanted.is_none());
    exact.or(any).map(|(place, _)| *place)
}

/// The levels, from and to, between which an escalation passes over another one that the workflow
/// declares, unless the transition taken starts at the level it came from.
fn skipped(
    workflow: &Workflow<'_>,
    way: Option<usize>,
    event: &Event<'_>,
    level: Option<&str>,
) -> Option<(usize, usize)> {
    if event.event.key != "escalated" {
        return None;
    }
    let from = workflow.level(level?)?;
    let to = workflow.level(event.level?.key.as_str())?;
    let declared = way.and_then(|way| {
        let view = workflow.transitions[way].view;
        view.choice("from_level")
    });
    let is_declared = declared.is_some_and(|start| Some(start.key.as_str()) == level);
    (to > from + 1 && !is_declared).then_some((from, to))
}
