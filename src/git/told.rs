//! What commits and tags changed: remembered, or told now, and written down for the next time.

use std::borrow::Cow;

use git2::{Error, Oid};

use super::cache::{Entry, Line, Step};
use super::commits::Commit;
use super::found::Found;
use super::meaning::Told;
use super::objects::{Lack, OnDisk};
use super::pairs::Side;
use super::renames::Rename;
use super::trees::Difference;
use super::walk::Walk;
use crate::history::Changes;
use crate::history::semantic::{Reader, merge};

/// From one tree to another, further apart than a commit and its parent.
#[derive(Debug)]
pub(super) struct Between {
    pub(super) old: Oid,
    pub(super) new: Oid,
    pub(super) differences: Vec<Difference>,
    pub(super) renames: Vec<Rename>,
    /// What changed, where that is remembered, with the line that says so.
    pub(super) kept: Option<(Changes, String)>,
}

/// What was told.
#[derive(Debug, Default)]
pub(super) struct AllTold {
    /// What each commit changed, in their order.
    pub(super) commits: Vec<Changes>,
    /// What changed from tree to tree, in their order.
    pub(super) steps: Vec<Changes>,
    /// All of it that can be remembered.
    pub(super) lines: Vec<String>,
    /// Something of `lines` was not remembered before.
    pub(super) fresh: bool,
    /// Versions that are told are not in this clone.
    pub(super) absent: bool,
}

/// Tells what is not remembered, and takes what is.
pub(super) fn tell(
    walk: &Walk<'_>,
    reader: &Reader,
    commits: &[Commit],
    (found, steps): (&mut [Found], Vec<Between>),
) -> Result<AllTold, Error> {
    let mut sides = Vec::new();
    for (age, found) in (0_u32..).zip(found.iter().rev()) {
        let touched = &found.touched;
        if found.kept.is_some() {
            continue;
        }
        for (differences, renames) in touched.sides.iter().zip(&touched.renames) {
            sides.push(Side {
                differences,
                renames,
                age,
            });
        }
    }
    for step in steps.iter().filter(|step| step.kept.is_none()) {
        sides.push(Side {
            differences: &step.differences,
            renames: &step.renames,
            age: u32::MAX,
        });
    }
    let nothing = OnDisk::new();
    let told = walk.meaning(reader, &nothing).tell(&sides)?;
    drop(sides);
    let mut told = told.into_iter();
    let mut all = AllTold::default();
    for (commit, found) in commits.iter().zip(found.iter_mut()).rev() {
        let changes = match found.kept.take() {
            Some((changes, line)) => {
                all.lines.push(line);
                changes
            }
            None => all.commit(walk, commit, found, &mut told),
        };
        all.commits.push(changes);
    }
    all.commits.reverse();
    for step in steps {
        let changes = match step.kept {
            Some((changes, line)) => {
                all.lines.push(line);
                changes
            }
            None => all.step(walk, &step, &mut told),
        };
        all.steps.push(changes);
    }
    Ok(all)
}

impl AllTold {
    fn commit(
        &mut self,
        walk: &Walk<'_>,
        commit: &Commit,
        found: &mut Found,
        told: &mut impl Iterator<Item = Told>,
    ) -> Changes {
        let sides = std::mem::take(&mut found.touched.sides);
        let sides: Vec<Told> = told.take(sides.len()).collect();
        let whole = self.is_whole(&sides);
        let changes = merge(sides.into_iter().map(|side| side.changes).collect());
        if whole && !commit.cut {
            let kinds = found.touched.kinds.iter().map(ToString::to_string);
            self.remember(walk, || {
                Line::Commit(Entry {
                    id: Cow::Borrowed(&commit.said.id),
                    paths: Cow::Borrowed(&found.touched.paths),
                    renames: Cow::Borrowed(&found.touched.renames),
                    kinds: kinds.collect(),
                    changes: Cow::Borrowed(&changes),
                })
            });
        }
        changes
    }

    fn step(
        &mut self,
        walk: &Walk<'_>,
        step: &Between,
        told: &mut impl Iterator<Item = Told>,
    ) -> Changes {
        let told = told.next().unwrap_or_default();
        let whole = self.is_whole(std::slice::from_ref(&told));
        let changes = told.changes;
        if whole && step.old != step.new {
            self.remember(walk, || {
                Line::Step(Step {
                    old: Cow::Owned(step.old.to_string()),
                    new: Cow::Owned(step.new.to_string()),
                    changes: Cow::Borrowed(&changes),
                })
            });
        }
        changes
    }

    /// Whether everything could be read, and can be remembered.
    fn is_whole(&mut self, told: &[Told]) -> bool {
        let lack = told.iter().map(|side| side.lack).max().unwrap_or_default();
        self.absent |= lack == Lack::Absent;
        lack == Lack::Nothing
    }

    fn remember<'l>(&mut self, walk: &Walk<'_>, line: impl FnOnce() -> Line<'l>) {
        if walk.request.cache.is_some() && walk.request.from.is_none() {
            self.lines.extend(line().written());
            self.fresh = true;
        }
    }
}
