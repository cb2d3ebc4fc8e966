//! What a commit touched, and which files changed their name on the way from each of its parents.

use std::collections::BTreeSet;

use git2::{Error, Oid};

use super::commits::Commit;
use super::objects::Objects;
use super::renames::{self, Rename};
use super::selection::Selection;
use super::trees::{self, Difference};

/// The files that describe a project's own kinds, from its root.
pub(super) const KINDS: &str = "inventory/_kinds";
/// Differences between a merge and one of its parents that are all read; of more, only those of
/// paths that the merge changed itself.
const MERGED: usize = 500;

/// What one commit did.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// Paths it added, changed, renamed (by the new name) or removed, sorted.
    pub(super) paths: Vec<String>,
    /// For each parent, the renames between that parent and the commit.
    pub(super) renames: Vec<Vec<Rename>>,
    /// Contents of [`KINDS`] that its first parent does not have.
    pub(super) kinds: Vec<Oid>,
    /// For each parent what is to be read to tell the commit's changes: nothing for a merge without
    /// changes of its own.
    pub(super) sides: Vec<Vec<Difference>>,
}

/// Compares one commit with its parents. The boundary of a shallow clone touches nothing: what
/// it changed is not known.
pub(super) fn touched(
    objects: &mut Objects<'_>,
    commits: &[Commit],
    commit: &Commit,
    selection: &Selection,
) -> Result<Touched, Error> {
    let tree = Some(commit.tree);
    if commit.parents.is_empty() {
        let differences = trees::compare(objects, selection, None, tree)?;
        let kinds = kinds(&differences);
        if commit.cut {
            let unknown = Touched::default();
            return Ok(Touched { kinds, ..unknown });
        }
        let paths = differences.iter().map(|difference| difference.path.clone());
        return Ok(Touched {
            paths: paths.collect::<BTreeSet<_>>().into_iter().collect(),
            renames: vec![Vec::new()],
            kinds,
            sides: vec![differences],
        });
    }
    let mut sides = Vec::with_capacity(commit.parents.len());
    for parent in &commit.parents {
        let old = Some(commits[*parent as usize].tree);
        let differences = trees::compare(objects, selection, old, tree)?;
        let renames = renames::find(objects, &differences);
        sides.push((differences, renames));
    }
    let kinds = sides
        .first()
        .map_or_else(Vec::new, |(differences, _)| kinds(differences));
    let paths = own_paths(&sides);
    let mut touched = Touched {
        kinds,
        ..Touched::default()
    };
    for (mut differences, renames) in sides {
        if paths.is_empty() {
            differences.clear();
        } else if commit.parents.len() > 1 && differences.len() > MERGED {
            keep_own(&mut differences, &renames, &paths);
        }
        touched.sides.push(differences);
        touched.renames.push(renames);
    }
    touched.paths = paths;
    Ok(touched)
}

fn kinds(differences: &[Difference]) -> Vec<Oid> {
    let own = differences.iter().filter(|difference| {
        let rest = difference.path.strip_prefix(KINDS);
        rest.is_some_and(|rest| rest.starts_with('/'))
    });
    own.filter_map(|difference| difference.new).collect()
}

/// Keeps the differences of some paths, and of the names they had.
fn keep_own(differences: &mut Vec<Difference>, renames: &[Rename], paths: &[String]) {
    let own = |path: &String| paths.binary_search(path).is_ok();
    let moved = renames.iter().filter(|rename| own(&rename.new));
    let old: BTreeSet<&str> = moved.map(|rename| rename.old.as_str()).collect();
    differences
        .retain(|difference| own(&difference.path) || old.contains(difference.path.as_str()));
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
