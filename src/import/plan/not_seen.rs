//! What a complete import did not see is remembered, with the day on which it was first missed.

use std::collections::BTreeSet;

use crate::import::plan::known::Seen;
use crate::import::plan::write::remembered;
use crate::import::plan::{Batch, Doubt, Plan, Request};

/// Notes in the states of what a complete import lacks since when it was not seen.
pub(super) fn not_seen(request: &Request<'_>, seen: &[Seen], plan: &mut Plan, batch: &mut Batch) {
    if !request.complete {
        return;
    }
    let mut met: Vec<&str> = Vec::new();
    for one in seen {
        met.extend(one.state.as_ref().map(|(path, _)| path.as_str()));
    }
    met.sort_unstable();
    let kinds: BTreeSet<&str> = seen.iter().map(|one| one.kind).collect();
    let mut doubtful: BTreeSet<String> = BTreeSet::new();
    for doubt in &plan.doubts {
        match doubt {
            Doubt::Several(_, names) | Doubt::Same(_, names) => {
                doubtful.extend(names.iter().cloned());
            }
            Doubt::Deleted(_, name, _) => drop(doubtful.insert(name.clone())),
        }
    }
    for (path, state) in request.states {
        let is_seen = met.binary_search(&path.as_str()).is_ok() || doubtful.contains(&state.record);
        if is_seen || !kinds.contains(state.name().0) {
            continue;
        }
        let mut gone = state.clone();
        let day = gone
            .not_seen_since
            .get_or_insert_with(|| request.day.to_string());
        plan.not_seen.insert(state.record.clone(), day.clone());
        let change = remembered(path, (Some(state), Some(&gone)));
        batch.states.extend(change);
    }
}
