//! The commits reachable from the one that is checked out: children before parents, newest first.
//!
//! Walked here and not by libgit2, which looks for the file `shallow` in the wrong folder of a
//! linked worktree and then fails on the parents that a shallow clone lacks.

use std::collections::{BTreeSet, BinaryHeap, HashMap};

use git2::{Odb, Oid, Repository};

use super::Pulse;
use super::commit_object;
use super::mailmap::Mailmap;
use crate::history;

/// Fewer commits are read by one thread: opening the repository a second time costs more.
const FEW: usize = 512;

/// One commit with what the walk needs of it.
#[derive(Debug)]
pub(super) struct Commit {
    /// The tree it records.
    pub(super) tree: Oid,
    /// Places of its parents in the list, in its own order, each once.
    pub(super) parents: Vec<u32>,
    /// Its parents exist, and are not in this clone.
    pub(super) cut: bool,
    /// What people are told; `files` is still 0.
    pub(super) said: history::Commit,
}

/// A commit as it was found, its parents still by name.
pub(super) struct Found {
    pub(super) tree: Oid,
    pub(super) parents: Vec<Oid>,
    pub(super) cut: bool,
    /// Seconds of the committer's clock, for the order only.
    pub(super) committed: i64,
    pub(super) said: history::Commit,
}

/// Lists every commit reachable from `head`. Those of `expected`, which an earlier run met, are read
/// first, on two threads: the others are found one through the other, which one thread does.
pub(super) fn list(
    repository: &Repository,
    head: Oid,
    names: &Mailmap,
    (pulse, expected): (&Pulse, &[Oid]),
) -> Result<Vec<Commit>, git2::Error> {
    let boundary = boundary(repository)?;
    let store = repository.odb()?;
    let mut ready = ready(repository, &store, names, (pulse, expected));
    let mut found: Vec<Found> = Vec::with_capacity(ready.len());
    let mut places: HashMap<Oid, u32> = HashMap::with_capacity(ready.len());
    let mut ahead = vec![head];
    while let Some(id) = ahead.pop() {
        if places.contains_key(&id) {
            continue;
        }
        pulse.beat();
        let place =
            u32::try_from(found.len()).map_err(|_| git2::Error::from_str("too many commits"))?;
        places.insert(id, place);
        let mut commit = match ready.remove(&id) {
            Some(commit) => commit,
            None => commit_object::read(&store, id, names)?,
        };
        commit.cut = boundary.contains(&id);
        if commit.cut {
            commit.parents.clear();
        }
        ahead.extend(commit.parents.iter().rev());
        found.push(commit);
    }
    Ok(sort(found, &places))
}

/// Commits that are likely to be asked for. What cannot be read is left out: it may be of a history
/// that was rewritten since.
fn ready(
    repository: &Repository,
    store: &Odb<'_>,
    names: &Mailmap,
    (pulse, ids): (&Pulse, &[Oid]),
) -> HashMap<Oid, Found> {
    let read = |store: &Odb<'_>, ids: &[Oid]| {
        let read = ids.iter().filter_map(|id| {
            pulse.beat();
            Some((*id, commit_object::read(store, *id, names).ok()?))
        });
        read.collect::<Vec<_>>()
    };
    let middle = if ids.len() < FEW { 0 } else { ids.len() / 2 };
    let (first, second) = ids.split_at(middle);
    let place = repository.path();
    let (first, second) = std::thread::scope(|scope| {
        let other = scope.spawn(|| {
            let repository = Repository::open(place)?;
            let store = repository.odb()?;
            Ok(read(&store, first))
        });
        let second = read(store, second);
        let first: Result<_, git2::Error> = other
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (first.unwrap_or_default(), second)
    });
    first.into_iter().chain(second).collect()
}

/// The commits whose parents a shallow clone left out, from `<common folder>/shallow`.
pub(super) fn boundary(repository: &Repository) -> Result<BTreeSet<Oid>, git2::Error> {
    match std::fs::read_to_string(repository.commondir().join("shallow")) {
        Ok(text) => text.split_whitespace().map(Oid::from_str).collect(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(error) => Err(git2::Error::from_str(&format!("shallow: {error}"))),
    }
}

/// What a commit is without its words.
pub(super) struct Bare {
    pub(super) id: Oid,
    pub(super) tree: Oid,
    /// In its own order.
    pub(super) parents: Vec<Oid>,
    /// The committer's clock.
    pub(super) when: git2::Time,
}

/// Reads a commit, be its author's line one that libgit2 refuses.
pub(super) fn bare(repository: &Repository, id: Oid) -> Result<Bare, git2::Error> {
    match repository.find_commit(id) {
        Ok(commit) => Ok(Bare {
            id,
            tree: commit.tree_id(),
            parents: commit.parent_ids().collect(),
            when: commit.time(),
        }),
        Err(error) => {
            let store = repository.odb()?;
            let found = commit_object::read(&store, id, &Mailmap::default());
            let found = found.map_err(|_| error)?;
            Ok(Bare {
                id,
                tree: found.tree,
                parents: found.parents,
                when: git2::Time::new(found.committed, 0),
            })
        }
    }
}

/// The tree of a commit.
pub(super) fn tree(repository: &Repository, id: Oid) -> Result<git2::Tree<'_>, git2::Error> {
    repository.find_tree(bare(repository, id)?.tree)
}

/// Children before parents, and among those that are ready the newest first. A commit is never
/// listed after its parent, however wrong its clock was.
fn sort(found: Vec<Found>, places: &HashMap<Oid, u32>) -> Vec<Commit> {
    let parents: Vec<Vec<u32>> = found
        .iter()
        .map(|commit| commit.parents.iter().map(|id| places[id]).collect())
        .collect();
    let mut children = vec![0_u32; found.len()];
    for parent in parents.iter().flatten() {
        children[*parent as usize] += 1;
    }
    // Of two commits in the same second the one found first stands first.
    let key = |place: u32| (found[place as usize].committed, std::cmp::Reverse(place));
    let mut ready: BinaryHeap<_> = std::iter::once(key(0)).collect();
    let mut order = Vec::with_capacity(found.len());
    let mut rank = vec![0_u32; found.len()];
    let mut next = 0;
    while let Some((_, std::cmp::Reverse(place))) = ready.pop() {
        rank[place as usize] = next;
        next += 1;
        order.push(place);
        for parent in &parents[place as usize] {
            let left = &mut children[*parent as usize];
            *left -= 1;
            if *left == 0 {
                ready.push(key(*parent));
            }
        }
    }
    let mut found: Vec<Option<Found>> = found.into_iter().map(Some).collect();
    let take = |place: u32| {
        let commit = found[place as usize].take()?;
        let parents = parents[place as usize].iter();
        Some(Commit {
            tree: commit.tree,
            parents: parents.map(|parent| rank[*parent as usize]).collect(),
            cut: commit.cut,
            said: commit.said,
        })
    };
    order.into_iter().filter_map(take).collect()
}
