//! What the caller says of a flow, and the same facts as rows for the table under the picture.

use serde::Serialize;

/// A ticket's workflow, and where one ticket stands in it if any.
#[derive(Debug, Clone, Default)]
pub struct Flow {
    /// Opens every id in the SVG; unique on the page, without blanks.
    pub id_prefix: String,
    /// What the picture is called (`<title>`).
    pub title: String,
    /// What it shows, in a sentence (`<desc>`); empty for none.
    pub description: String,
    /// The states, in the order they are shown.
    pub states: Vec<State>,
    /// The transitions, between indexes of `states`.
    pub transitions: Vec<Transition>,
    /// Escalation, lowest level first.
    pub levels: Vec<Level>,
    /// What the contract promises.
    pub promises: Promises,
    /// The numbers on transitions are those of many tickets, not of one.
    pub counts: bool,
}

/// A state of the workflow.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The key in the schema.
    pub key: String,
    /// Its name in the page's language.
    pub name: String,
    /// Who holds the ticket there.
    pub who: Option<String>,
    /// What the state means.
    pub phase: Phase,
    /// Whether the promised time runs there.
    pub clock: Clock,
    /// The ticket stands here.
    pub current: bool,
    /// The ticket went through.
    pub visited: bool,
    /// How long tickets stayed, in a few words a line.
    pub times: Vec<String>,
    /// A URL, relative to the page, that the state links to.
    pub href: Option<String>,
}

/// What a state means, whatever the workflow calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Nobody has it yet.
    #[default]
    New,
    /// Somebody works on it.
    Assigned,
    /// It waits for somebody else.
    Pending,
    /// Service is restored, the requester may object.
    Resolved,
    /// It is over.
    Closed,
}

/// Whether promised time runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clock {
    /// It runs.
    #[default]
    Running,
    /// It waits and goes on later.
    Paused,
    /// It is over.
    Stopped,
}

/// A way from one state to another, or back to the same one.
#[derive(Debug, Clone, Default)]
pub struct Transition {
    /// Index of the state it leaves.
    pub from: usize,
    /// Index of the state it leads to.
    pub to: usize,
    /// What is done, in the page's language.
    pub name: String,
    /// Who may do it.
    pub who: Option<String>,
    /// The promise it keeps.
    pub promise: Option<Promise>,
    /// How many times the ticket took it.
    pub taken: u32,
    /// How many times it was taken too late for its promise.
    pub late: u32,
}

/// A promise of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Promise {
    /// *Garantie de temps d'intervention*: somebody really works on it (GLPI: time to own).
    Gti,
    /// *Garantie de temps de rétablissement*: service is restored (GLPI: time to resolve).
    Gtr,
}

/// The promised times, in words: `4 h ouvrées`.
#[derive(Debug, Clone, Default)]
pub struct Promises {
    /// For [`Promise::Gti`].
    pub gti: Option<String>,
    /// For [`Promise::Gtr`].
    pub gtr: Option<String>,
}

/// A level of escalation.
#[derive(Debug, Clone, Default)]
pub struct Level {
    /// `N1`, `N2`…
    pub name: String,
    /// The group or person.
    pub who: Option<String>,
    /// How long the ticket stays before it goes to the next level.
    pub delay: Option<String>,
    /// The ticket is with this level.
    pub current: bool,
}

impl Transition {
    /// Whether it returns to a state declared earlier: a reopening, a resumption.
    pub fn returns(&self) -> bool {
        self.to < self.from
    }
}

/// A row of the table: a state, and one way out of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The state's name.
    pub state: String,
    /// Its link.
    pub href: Option<String>,
    /// Who holds the ticket there.
    pub holder: Option<String>,
    /// What the state means.
    pub phase: Phase,
    /// Whether time runs there.
    pub clock: Clock,
    /// The ticket stands here.
    pub current: bool,
    /// The ticket went through.
    pub visited: bool,
    /// True on the first row of a state, which may span the others.
    pub first: bool,
    /// The way out; none where nothing leaves the state.
    pub leaving: Option<Leaving>,
}

/// The way out of a [`Row`]'s state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Leaving {
    /// What is done.
    pub name: String,
    /// The name of the state it leads to.
    pub to: String,
    /// Who may do it.
    pub who: Option<String>,
    /// The promise it keeps.
    pub promise: Option<Promise>,
    /// How many times the ticket took it.
    pub taken: u32,
    /// It returns to an earlier state.
    pub returns: bool,
}

/// The facts of the picture as a table: the states in order, each with its transitions in the
/// order they were declared, and one row for a state that nothing leaves.
pub fn rows(flow: &Flow) -> Vec<Row> {
    let mut rows = Vec::new();
    for (index, state) in flow.states.iter().enumerate() {
        let leaving = flow
            .transitions
            .iter()
            .filter(|transition| transition.from == index);
        let mut ways: Vec<_> = leaving
            .map(|transition| Some(way(flow, transition)))
            .collect();
        if ways.is_empty() {
            ways.push(None);
        }
        for (number, leaving) in ways.into_iter().enumerate() {
            rows.push(Row {
                state: state.name.clone(),
                href: state.href.clone(),
                holder: state.who.clone(),
                phase: state.phase,
                clock: state.clock,
                current: state.current,
                visited: state.visited,
                first: number == 0,
                leaving,
            });
        }
    }
    rows
}

fn way(flow: &Flow, transition: &Transition) -> Leaving {
    Leaving {
        name: transition.name.clone(),
        to: flow.states[transition.to].name.clone(),
        who: transition.who.clone(),
        promise: transition.promise,
        taken: transition.taken,
        returns: transition.returns(),
    }
}
