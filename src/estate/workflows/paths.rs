//! What is wrong with a workflow's own design: states that nothing leads to, states that nothing leads
//! out of. A workflow without transitions is a list of states and has neither.

use std::collections::BTreeSet;

use super::Workflow;

/// The states that no path from the first one reaches, in their order.
pub fn unreachable(workflow: &Workflow<'_>) -> Vec<usize> {
    if workflow.transitions.is_empty() {
        return Vec::new();
    }
    let mut reached = BTreeSet::from([0]);
    let mut waiting = vec![0];
    while let Some(state) = waiting.pop() {
        let next = leaving(workflow, state);
        waiting.extend(next.filter(|next| reached.insert(*next)));
    }
    (0..workflow.states.len())
        .filter(|state| !reached.contains(state))
        .collect()
}

/// The states that are not the end and that no transition leaves for another one, in their order.
pub fn dead_ends(workflow: &Workflow<'_>) -> Vec<usize> {
    if workflow.transitions.is_empty() {
        return Vec::new();
    }
    let is_end = |state: usize| {
        let phase = workflow.states[state].choice("phase");
        phase.is_none_or(|phase| phase.key == "closed")
    };
    (0..workflow.states.len())
        .filter(|state| !is_end(*state) && leaving(workflow, *state).next().is_none())
        .collect()
}

/// The other states that transitions lead to from a state, in the order they were written.
pub fn leaving<'w>(
    workflow: &'w Workflow<'_>,
    state: usize,
) -> impl Iterator<Item = usize> + use<'w> {
    let ways = workflow.transitions.iter();
    ways.filter(move |way| way.from == state && way.to != state)
        .map(|way| way.to)
}
