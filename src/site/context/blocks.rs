//! Blocks of particular kinds: a licence's position, where a ticket stands, a change's seven R, promises.

use serde::Serialize;

use super::calendar::ChangeNote;
use super::value::{Badge, Html, Link, Moment, Table, Value};

/// Bought, assigned and free.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LicencePosition {
    /// Rights bought; `None` without limit.
    pub bought: Option<u64>,
    /// Rights assigned.
    pub assigned: u64,
    /// Rights left, 0 when over-used; `None` without limit.
    pub free: Option<u64>,
    /// Rights used beyond those bought.
    pub over: u64,
    /// Share assigned, in whole per cent: the length of the bar, which is cut at its end.
    pub percent: u16,
    /// The verdict (« conforme », « dépassement de 3 »).
    pub badge: Badge,
    /// When it ends.
    pub expires: Option<Moment>,
    /// How near that is.
    pub expiry_badge: Option<Badge>,
    /// What it costs, as read, with its period.
    pub cost: Option<String>,
    /// Who or what holds the rights.
    pub holders: Vec<Link>,
}

/// Where a ticket stands in its workflow.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TicketFlow {
    /// The workflow.
    pub workflow: Option<Link>,
    /// The diagram: `<svg class="diagram">` with its title and description.
    pub diagram: Option<Html>,
    /// The states of the way taken, in order, the current one and those still ahead.
    pub stages: Vec<FlowStage>,
    /// How long it stayed in each state.
    pub time: Option<TimeInStates>,
    /// GTI and GTR.
    pub clocks: Vec<Clock>,
    /// Why there is no clock, for a ticket that nobody promised anything for.
    pub notice: Option<String>,
    /// What happened, oldest first.
    pub timeline: Vec<TimelineEntry>,
}

/// A state of the way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FlowStage {
    /// The state's label.
    pub label: String,
    /// When it was entered; `None` when still ahead.
    pub entered: Option<Moment>,
    /// How long it lasted, as read.
    pub spent: Option<String>,
    /// Who acted.
    pub by: Option<Link>,
    /// `done`, `current` or `ahead`.
    pub phase: &'static str,
}

/// How long a ticket stayed in each state.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TimeInStates {
    /// A bar, `<svg class="diagram time-bar">` with its title and description; `None` when no time passed.
    pub bar: Option<Html>,
    /// The same facts.
    pub table: Table,
    /// What the lengths count: open hours, or hours by the calendar.
    pub unit: String,
}

/// A promised time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Clock {
    /// What is promised (« GTI — prise en charge »).
    pub label: String,
    /// The promise, as read (« 4 h ouvrées »).
    pub promised: String,
    /// When it falls due.
    pub due: Option<Moment>,
    /// The open time that counted, as read.
    pub used: Option<String>,
    /// The share of the promise that is used, in whole per cent: the length of the bar, which is cut
    /// at its end.
    pub percent: Option<u16>,
    /// Kept, missed, running.
    pub badge: Badge,
}

/// An entry of a ticket's timeline.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TimelineEntry {
    /// When.
    pub date: Moment,
    /// Who.
    pub author: Option<Link>,
    /// What, in a few words.
    pub title: String,
    /// The rest.
    pub body: Option<Html>,
    /// The state it led to, if it changed it.
    pub badge: Option<Badge>,
}

/// A change's seven R, in the order of the notes: requested, reason, return, risks, resources, responsible,
/// relations.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ChangeReasons {
    /// Always seven.
    pub reasons: Vec<Reason>,
    /// How many of those that are asked have an answer.
    pub answered: usize,
    /// How many are asked: fewer of a standard change.
    pub asked: usize,
    /// Type, state, window, approvals: each with its label.
    pub facts: Vec<(String, String)>,
    /// What stands against the window.
    pub notes: Vec<ChangeNote>,
    /// What hangs together with it, drawn.
    pub relations: Option<Html>,
}

/// One of the seven.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Reason {
    /// The word in R (« Requis »).
    pub word: String,
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: Value,
    /// The key to write, where an answer is asked and missing.
    pub key: Option<String>,
}

/// What a contract promises.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Promises {
    /// One line a promise.
    pub promises: Vec<Promise>,
    /// Other tables of the contract (covered assets, renewals).
    pub tables: Vec<Table>,
}

/// One promise, for a service or a priority.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Promise {
    /// What it is for.
    pub scope: String,
    /// Time to intervention.
    pub response: Option<String>,
    /// Time to restoration.
    pub restoration: Option<String>,
    /// Hours of service.
    pub hours: Value,
    /// What is owed when it is missed.
    pub penalty: Option<String>,
}
