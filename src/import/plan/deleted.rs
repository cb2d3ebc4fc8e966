//! Records that people deleted and a source still has: told the first time, and counted from then on. What was
//! imported last remembers that it was told.

use crate::import::plan::{Batch, Doubt, FileChange, Plan, Request};
use crate::import::state::State;

/// Takes the doubts out that were told before, and counts them; gives what is remembered of the others.
pub(super) fn note(request: &Request<'_>, plan: &mut Plan) -> Batch {
    let mut batch = Batch::default();
    let mut told = 0;
    plan.doubts.retain(|doubt| {
        let Doubt::Deleted(_, _, path) = doubt else {
            return true;
        };
        let Some(state) = request.states.get(path) else {
            return true;
        };
        if state.deleted_since.is_some() {
            told += 1;
            return false;
        }
        let after = State {
            deleted_since: Some(request.day.to_string()),
            ..state.clone()
        };
        let change = FileChange {
            before: Some(state.print()),
            after: Some(after.print()),
        };
        batch.states.insert(path.clone(), change);
        true
    });
    plan.deleted = told;
    batch
}
