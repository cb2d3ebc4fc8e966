//! For whom the folders were at each commit, by its own `carnet.yaml`, written into what the commit changed: a folder
//! that was renamed or removed since keeps its past to those who could read it then.

use std::collections::BTreeMap;
use std::rc::Rc;

use git2::{Error, Oid};

use super::commits::Commit;
use super::found::Found;
use super::objects::Objects;
use super::selection::{Selection, Standing};
use super::trees;
use super::walk::Walk;
use crate::history::Changes;
use crate::project::Audiences;

/// The file that marks folders, from the project's root.
const FILE: &str = "carnet.yaml";
/// The mark of what nobody may read but those who see everything: no audience has this name.
const NOBODY: &str = "";

/// The marks of each commit, in the order of the history.
pub(super) struct Marks(Vec<Rc<Audiences>>);

impl Marks {
    /// Reads each version of [`FILE`] once.
    pub(super) fn read(
        walk: &Walk<'_>,
        objects: &mut Objects<'_>,
        (commits, found): (&[Commit], &[Found]),
    ) -> Result<Self, Error> {
        let selection = Selection::new(walk.repository, &walk.request.root, &[FILE.to_owned()])?;
        let is_followed = walk.selection.standing_below_root(FILE) == Standing::Inside;
        let mut versions: Vec<Option<Oid>> = vec![None; commits.len()];
        // Parents stand after their children.
        for (place, commit) in commits.iter().enumerate().rev() {
            let mut parents = commit
                .parents
                .iter()
                .map(|parent| versions[*parent as usize]);
            let of_first = parents.next();
            let is_touched = found[place].touched.paths.iter().any(|path| path == FILE);
            versions[place] = match of_first {
                Some(same) if is_followed && !is_touched && parents.all(|other| other == same) => {
                    same
                }
                _ => {
                    let file = trees::compare(objects, &selection, None, Some(commit.tree))?;
                    file.into_iter().find_map(|file| file.new)
                }
            };
        }
        let mut known: BTreeMap<Option<Oid>, Rc<Audiences>> = BTreeMap::new();
        let marks = versions.into_iter().map(|version| {
            let marks = known.entry(version).or_insert_with(|| {
                let read = |id| objects.blob(id, Audiences::of_configuration);
                Rc::new(match version {
                    None => Audiences::default(),
                    // What is not in this clone may have closed anything.
                    Some(id) => read(id).unwrap_or_else(Audiences::unreadable),
                })
            });
            Rc::clone(marks)
        });
        Ok(Self(marks.collect()))
    }

    /// The marks of the newest commit.
    pub(super) fn newest(&self) -> Option<&Audiences> {
        self.0.first().map(Rc::as_ref)
    }

    /// Marks what a commit changed as it was before and after.
    pub(super) fn on_commits(&self, commits: &[Commit], changes: &mut [Changes]) {
        for (place, (commit, changes)) in commits.iter().zip(changes).enumerate() {
            mark(changes, &self.0[place]);
            for parent in &commit.parents {
                mark(changes, &self.0[*parent as usize]);
            }
        }
    }

    /// Marks what differs between two commits, by their places.
    pub(super) fn between(&self, (old, new): (u32, u32), changes: &mut Changes) {
        mark(changes, &self.0[old as usize]);
        mark(changes, &self.0[new as usize]);
    }
}

/// Adds the audiences of the folders in which changed records stand and stood.
pub(super) fn mark(changes: &mut Changes, marks: &Audiences) {
    if marks.folders().next().is_none() && !marks.are_unreadable() {
        return;
    }
    for change in &mut changes.records {
        let paths = [Some(&change.path), change.moved_from.as_ref()];
        let named = paths.iter().flatten().flat_map(|path| marks.of_path(path));
        change.audiences.extend(named.map(str::to_owned));
        if marks.are_unreadable() {
            change.audiences.push(NOBODY.to_owned());
        }
        change.audiences.sort();
        change.audiences.dedup();
    }
}
