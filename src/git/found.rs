//! What each commit of a history did: remembered, or compared with its parents now.

use std::sync::atomic::{AtomicUsize, Ordering};

use git2::{Error, Oid, Repository};

use super::cache::{Entry, Known};
use super::commits::Commit;
use super::objects::Objects;
use super::touched::{Touched, touched};
use super::walk::Walk;
use crate::history::Changes;

/// A thread compares so many commits at a time; of fewer, none is left to a second thread.
const TAKEN: usize = 128;

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
    let kept = commits.iter().map(|commit| {
        // What a commit at the boundary of a shallow clone did may be known from a deeper one; it
        // is not told, so that a clone says the same whatever was there before.
        let kept = known.commits.remove(&commit.said.id);
        kept.filter(|_| !commit.cut).map(remembered).transpose()
    });
    let mut found: Vec<Option<Found>> = kept.collect::<Result<_, _>>()?;
    let unknown = found
        .iter()
        .enumerate()
        .filter(|(_, found)| found.is_none());
    let unknown: Vec<usize> = unknown.map(|(place, _)| place).collect();
    for (place, touched) in compare(walk, objects, commits, &unknown)? {
        found[place] = Some(Found {
            touched,
            kept: None,
        });
    }
    Ok(found.into_iter().flatten().collect())
}

fn remembered((entry, line): (Entry<'static>, String)) -> Result<Found, Error> {
    let kinds = entry.kinds.iter().map(|id| Oid::from_str(id));
    let touched = Touched {
        paths: entry.paths.into_owned(),
        renames: entry.renames.into_owned(),
        kinds: kinds.collect::<Result<_, _>>()?,
        sides: Vec::new(),
    };
    Ok(Found {
        touched,
        kept: Some((entry.changes.into_owned(), line)),
    })
}

/// Compares the commits at some places with their parents. Neighbours stay together: they share
/// most of their trees.
fn compare(
    walk: &Walk<'_>,
    objects: &mut Objects<'_>,
    commits: &[Commit],
    places: &[usize],
) -> Result<Vec<(usize, Touched)>, Error> {
    let shares: Vec<&[usize]> = places.chunks(TAKEN).collect();
    let next = AtomicUsize::new(0);
    let (selection, pulse, repository) = (walk.selection, walk.pulse, walk.repository.path());
    let work = |objects: &mut Objects<'_>| {
        let mut done = Vec::new();
        while let Some(share) = shares.get(next.fetch_add(1, Ordering::Relaxed)) {
            for place in *share {
                let found = touched(objects, commits, &commits[*place], selection)?;
                done.push((*place, found));
            }
        }
        Ok::<_, Error>(done)
    };
    if shares.len() < 2 {
        return work(objects);
    }
    std::thread::scope(|scope| {
        let other = scope.spawn(|| {
            let repository = Repository::open(repository)?;
            let store = repository.odb()?;
            work(&mut Objects::new(&store, pulse))
        });
        let own = work(objects);
        let other = other.join();
        let mut all = own?;
        all.extend(other.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        Ok(all)
    })
}
