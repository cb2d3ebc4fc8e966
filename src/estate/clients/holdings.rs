//! What an organisation has today: machines by type and state, tickets that wait, changes, problems.

use jiff::civil::{Date, DateTime};

use crate::estate::{Estate, Record, tickets};
use crate::schema::Choice;

/// The machines of one type.
#[derive(Debug, Clone, PartialEq)]
pub struct Machines<'a> {
    /// Which; `None` for those that say none.
    pub of_type: Option<&'a Choice>,
    /// How many in each state, in the order of [`states`].
    pub by_state: Vec<usize>,
    /// How many in all, those without a state included.
    pub total: usize,
}

/// The states of machines, in the schema's order.
pub fn states(estate: &Estate) -> &[Choice] {
    choices(estate, "status")
}

/// An organisation's machines by type, in the schema's order, those without a type last.
pub fn machines<'a>(estate: &'a Estate, organisation: &Record) -> Vec<Machines<'a>> {
    let (types, states) = (choices(estate, "type"), states(estate));
    let empty = |of_type| Machines {
        of_type,
        by_state: vec![0; states.len()],
        total: 0,
    };
    let mut all: Vec<Machines<'_>> = types.iter().map(|choice| empty(Some(choice))).collect();
    all.push(empty(None));
    let place = |choices: &[Choice], own: Option<&Choice>| {
        own.and_then(|own| choices.iter().position(|choice| choice.key == own.key))
    };
    for asset in estate.clients().of_kind(estate, organisation, "asset") {
        let view = asset.view();
        let row = place(types, view.choice("type")).unwrap_or(types.len());
        all[row].total += 1;
        if let Some(state) = place(states, view.choice("status")) {
            all[row].by_state[state] += 1;
        }
    }
    all.retain(|machines| machines.total > 0);
    all
}

/// An organisation's open tickets, gravest first, then oldest.
pub fn open_tickets<'a>(estate: &'a Estate, organisation: &Record) -> Vec<&'a Record> {
    let all = estate.clients().of_kind(estate, organisation, "ticket");
    let mut open: Vec<&Record> = all.filter(|ticket| tickets::is_open(ticket)).collect();
    let grave =
        |ticket: &Record| std::cmp::Reverse(tickets::rank(tickets::priority(estate, ticket)));
    open.sort_by_key(|ticket| (grave(ticket), ticket.view().date_time("opened"), ticket.id));
    open
}

/// An organisation's changes that are still to be made, soonest first, those without a day last.
pub fn open_changes<'a>(estate: &'a Estate, organisation: &Record) -> Vec<&'a Record> {
    let all = estate.clients().of_kind(estate, organisation, "change");
    let mut open: Vec<&Record> = all.filter(|change| tickets::is_open(change)).collect();
    open.sort_by_key(|change| {
        let day = planned_on(change);
        (day.is_none(), day, change.id)
    });
    open
}

/// An organisation's problems that were known and not solved at the end of a day, gravest first.
pub fn open_problems<'a>(estate: &'a Estate, organisation: &Record, day: Date) -> Vec<&'a Record> {
    let all = estate.clients().of_kind(estate, organisation, "problem");
    let is_open = |problem: &&Record| {
        let view = problem.view();
        let known = view.date_time("opened").is_none_or(|at| at.date() <= day);
        let solved = match view.date("resolved") {
            Some(solved) => solved <= day,
            None => !tickets::is_open(problem),
        };
        known && !solved
    };
    let mut open: Vec<&Record> = all.filter(is_open).collect();
    let grave =
        |problem: &Record| std::cmp::Reverse(tickets::rank(tickets::priority(estate, problem)));
    open.sort_by_key(|problem| (grave(problem), problem.id));
    open
}

/// The day a change was made: as written, else the end that was planned for one that is over.
/// `None` for one that is still to be made, or never will be.
pub fn done_on(change: &Record) -> Option<Date> {
    if tickets::is_open(change) || is_dropped(change) {
        return None;
    }
    let view = change.view();
    let planned = || {
        view.date_time("planned_end")
            .or(view.date_time("planned_start"))
    };
    view.date("done").or_else(|| planned().map(DateTime::date))
}

/// The day a change is to begin; `None` for one that will not be made.
pub fn planned_on(change: &Record) -> Option<Date> {
    let start = change.view().date_time("planned_start")?;
    (!is_dropped(change)).then(|| start.date())
}

fn is_dropped(change: &Record) -> bool {
    let status = change.view().choice("status");
    status.is_some_and(|status| matches!(status.key.as_str(), "refused" | "cancelled"))
}

fn choices<'a>(estate: &'a Estate, key: &str) -> &'a [Choice] {
    let kind = estate.schema.kind("asset");
    let field = kind.and_then(|kind| kind.field(key));
    field.map_or(&[], |(_, field)| field.choices())
}
