//! The commits reachable from the one that is checked out: children before parents, newest first.
//!
//! Walked here and not by libgit2, which looks for the file `shallow` in the wrong folder of a
//! linked worktree and then fails on the parents that a shallow clone lacks.

use std::collections::{BTreeSet, BinaryHeap, HashMap};

use git2::{Oid, Repository};

use super::Pulse;
use super::mailmap::Mailmap;
use super::malformed;
use super::wording;
use crate::history;

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

/// Lists every commit reachable from `head`.
pub(super) fn list(
    repository: &Repository,
    head: Oid,
    names: &Mailmap,
    pulse: &Pulse,
) -> Result<Vec<Commit>, git2::Error> {
    let boundary = boundary(repository)?;
    let mut found: Vec<Found> = Vec::new();
    let mut places: HashMap<Oid, u32> = HashMap::new();
    let mut ahead = vec![head];
    while let Some(id) = ahead.pop() {
        if places.contains_key(&id) {
            continue;
        }
        pulse.beat();
        let place =
            u32::try_from(found.len()).map_err(|_| git2::Error::from_str("too many commits"))?;
        places.insert(id, place);
        let commit = read(repository, id, &boundary, names)?;
        ahead.extend(commit.parents.iter().rev());
        found.push(commit);
    }
    Ok(sort(found, &places))
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
            let found = malformed::read(repository, id, &Mailmap::default());
            let found = found.ok_or(error)?;
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

fn read(
    repository: &Repository,
    id: Oid,
    boundary: &BTreeSet<Oid>,
    names: &Mailmap,
) -> Result<Found, git2::Error> {
    let cut = boundary.contains(&id);
    let commit = match repository.find_commit(id) {
        Ok(commit) => commit,
        // Git itself reads a commit whose author's line libgit2 refuses.
        Err(error) => {
            let found = malformed::read(repository, id, names);
            return found
                .map(|found| Found {
                    parents: if cut { Vec::new() } else { found.parents },
                    cut,
                    ..found
                })
                .ok_or(error);
        }
    };
    let mut parents: Vec<Oid> = Vec::new();
    if !cut {
        for parent in commit.parent_ids() {
            if !parents.contains(&parent) {
                parents.push(parent);
            }
        }
    }
    Ok(Found {
        tree: commit.tree_id(),
        parents,
        cut,
        committed: commit.time().seconds(),
        said: wording::commit(&commit, names),
    })
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
