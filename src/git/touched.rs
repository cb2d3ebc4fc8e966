//! For each commit: which paths it touched, and which files changed their name on the way from
//! each of its parents. The costly part of a walk, so it is shared out among threads.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use git2::{Error, Repository};

use super::Pulse;
use super::commits::Commit;
use super::objects::Objects;
use super::renames::{self, Rename};
use super::selection::Selection;
use super::trees::{self, Difference};

/// Neighbouring commits a thread takes at a time: they share most of their trees.
const BLOCK: usize = 32;
/// More threads wait for each other inside libgit2, which locks its packs.
const THREADS: usize = 4;

/// What one commit did.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// Paths it added, changed, renamed (by the new name) or removed, sorted.
    pub(super) paths: Vec<String>,
    /// For each parent, the renames between that parent and the commit.
    pub(super) renames: Vec<Vec<Rename>>,
}

/// Compares every commit with its parents. The answer stands in the order of `commits`.
pub(super) fn by_commit(
    repository: &Repository,
    commits: &[Commit],
    selection: &Selection,
    pulse: &Pulse,
) -> Result<Vec<Touched>, Error> {
    let place = repository.path();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.clamp(1, THREADS).min(commits.len().div_ceil(BLOCK));
    let taken = AtomicUsize::new(0);
    let work = || blocks(place, commits, selection, pulse, &taken);
    let parts: Vec<_> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let ended = running.into_iter().map(std::thread::ScopedJoinHandle::join);
        ended
            .map(|part| part.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    // Every thread may have met its own fault; the one of the newest commit is told.
    let mut by_block: BTreeMap<usize, Result<Vec<Touched>, Error>> = BTreeMap::new();
    for (block, part) in parts.into_iter().flatten() {
        by_block.insert(block, part);
    }
    let parts: Vec<Vec<Touched>> = by_block.into_values().collect::<Result<_, Error>>()?;
    Ok(parts.into_iter().flatten().collect())
}

/// Takes blocks of commits until none is left or one is unreadable.
fn blocks(
    place: &Path,
    commits: &[Commit],
    selection: &Selection,
    pulse: &Pulse,
    taken: &AtomicUsize,
) -> Vec<(usize, Result<Vec<Touched>, Error>)> {
    let mut done = Vec::new();
    let repository = Repository::open(place);
    let store = match repository.as_ref().map(Repository::odb) {
        Ok(Ok(store)) => store,
        Ok(Err(error)) => return vec![(0, Err(error))],
        Err(error) => return vec![(0, Err(Error::from_str(error.message())))],
    };
    let mut objects = Objects::new(&store, pulse);
    loop {
        let block = taken.fetch_add(1, Ordering::Relaxed);
        let first = block * BLOCK;
        if first >= commits.len() {
            return done;
        }
        let last = (first + BLOCK).min(commits.len());
        let block_commits = &commits[first..last];
        let part: Result<Vec<Touched>, Error> = block_commits
            .iter()
            .map(|commit| one(&mut objects, commits, commit, selection))
            .collect();
        let failed = part.is_err();
        done.push((block, part));
        if failed {
            return done;
        }
    }
}

/// Compares one commit with its parents. The boundary of a shallow clone touches nothing: what
/// it changed is not known.
fn one(
    objects: &mut Objects<'_>,
    commits: &[Commit],
    commit: &Commit,
    selection: &Selection,
) -> Result<Touched, Error> {
    if commit.cut {
        return Ok(Touched::default());
    }
    let tree = Some(commit.tree);
    if commit.parents.is_empty() {
        let differences = trees::compare(objects, selection, None, tree)?;
        let paths = differences.into_iter().map(|difference| difference.path);
        return Ok(Touched {
            paths: paths.collect::<BTreeSet<_>>().into_iter().collect(),
            renames: Vec::new(),
        });
    }
    let mut sides = Vec::with_capacity(commit.parents.len());
    for parent in &commit.parents {
        let old = Some(commits[*parent as usize].tree);
        let differences = trees::compare(objects, selection, old, tree)?;
        let renames = renames::find(objects, &differences);
        sides.push((differences, renames));
    }
    let paths = own_paths(&sides);
    let renames = sides.into_iter().map(|(_, renames)| renames).collect();
    Ok(Touched { paths, renames })
}

/// The paths that differ from every parent. A merge that takes one side's rename and the other
/// side's content brings nothing of its own, so a file that only moved does not count there.
fn own_paths(sides: &[(Vec<Difference>, Vec<Rename>)]) -> Vec<String> {
    let mut own: Option<BTreeSet<&str>> = None;
    for (differences, renames) in sides {
        let old: BTreeSet<&str> = renames.iter().map(|rename| rename.old.as_str()).collect();
        let paths = differences
            .iter()
            .map(|difference| difference.path.as_str());
        let here: BTreeSet<&str> = paths.filter(|path| !old.contains(path)).collect();
        own = Some(match own {
            None => here,
            Some(before) => before.intersection(&here).copied().collect(),
        });
    }
    let mut own = own.unwrap_or_default();
    if sides.len() > 1 {
        let changed: BTreeSet<&str> = sides
            .iter()
            .flat_map(|(differences, _)| differences)
            .filter(|difference| difference.old.is_some() && difference.new.is_some())
            .map(|difference| difference.path.as_str())
            .collect();
        for rename in sides.iter().flat_map(|(_, renames)| renames) {
            if rename.exact && changed.contains(rename.new.as_str()) {
                own.remove(rename.new.as_str());
            }
        }
    }
    own.into_iter().map(str::to_owned).collect()
}
