//! What each commit of a history did: remembered, or compared with its parents now.

use git2::{Error, Oid};

use super::cache::Known;
use super::commits::Commit;
use super::objects::Objects;
use super::touched::{Touched, touched};
use super::walk::Walk;
use crate::history::Changes;

/// What a commit did.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) touched: Touched,
    /// What it changed, where that is remembered, with the line that says so.
    pub(super) kept: Option<(Changes, String)>,
}

/// What all commits did, in their order. What was remembered is taken out of `known`.
pub(super) fn all(
    walk: &Walk<'_>,
    objects: &mut Objects<'_>,
    commits: &[Commit],
    known: &mut Known,
) -> Result<Vec<Found>, Error> {
    let one = |commit: &Commit| {
        // What a commit at the boundary of a shallow clone did may be known from a deeper one; it
        // is not told, so that a clone says the same whatever was there before.
        let kept = known.commits.remove(&commit.said.id);
        if let Some((entry, line)) = kept.filter(|_| !commit.cut) {
            let kinds = entry.kinds.iter().map(|id| Oid::from_str(id));
            let touched = Touched {
                paths: entry.paths.into_owned(),
                renames: entry.renames.into_owned(),
                kinds: kinds.collect::<Result<_, _>>()?,
                sides: Vec::new(),
            };
            return Ok(Found {
                touched,
                kept: Some((entry.changes.into_owned(), line)),
            });
        }
        Ok(Found {
            touched: touched(objects, commits, commit, walk.selection)?,
            kept: None,
        })
    };
    commits.iter().map(one).collect()
}
