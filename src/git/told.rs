//! What commits and tags changed: remembered, or told now, and written down for the next time.

use std::borrow::Cow;
use std::collections::BTreeMap;

use git2::{Error, Oid};

use super::cache::{Entry, Line, Step};
use super::commits::Commit;
use super::found::Found;
use super::later::{self, Hidden, Shown};
use super::meaning::Told;
use super::objects::{Lack, OnDisk};
use super::pairs::Side;
use super::renames::Rename;
use super::trees::Difference;
use super::walk::Walk;
use crate::history::Changes;
use crate::history::semantic::{BecameSecret, Reader, merge};

/// From one tree to another, further apart than a commit and its parent.
#[derive(Debug)]
pub(super) struct Between {
    pub(super) old: Oid,
    pub(super) new: Oid,
    /// The place of the commit that has the newer tree.
    pub(super) end: usize,
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
    let sides = sides(found, &steps);
    let nothing = OnDisk::new();
    let told = walk.meaning(reader, &nothing).tell(&sides)?;
    drop(sides);
    let mut told = told.into_iter();
    let mut all = AllTold::default();
    let mut writable = Writable::default();
    let mut became = BTreeMap::new();
    for (place, found) in found.iter_mut().enumerate().rev() {
        let kept = found.kept.take();
        let (changes, line) = if let Some((changes, line)) = kept {
            (changes, Some(Written::Kept(line)))
        } else {
            let count = std::mem::take(&mut found.touched.sides).len();
            let mut sides: Vec<Told> = told.by_ref().take(count).collect();
            let mut values = BecameSecret::new();
            for (name, more) in sides
                .iter_mut()
                .flat_map(|side| std::mem::take(&mut side.became_secret))
            {
                values.entry(name).or_default().extend(more);
            }
            if !values.is_empty() {
                became.insert(place, values);
            }
            let whole = all.is_whole(&sides) && !commits[place].cut;
            let changes = merge(sides.into_iter().map(|side| side.changes).collect());
            (changes, whole.then_some(Written::Fresh))
        };
        all.commits.push(changes);
        writable.commits.push(line);
    }
    all.commits.reverse();
    writable.commits.reverse();
    let mut between = Vec::new();
    let mut ends = Vec::new();
    for step in steps {
        let (changes, line) = if let Some((changes, line)) = step.kept {
            (changes, Some(Written::Kept(line)))
        } else {
            let told = told.next().unwrap_or_default();
            let whole = all.is_whole(std::slice::from_ref(&told)) && step.old != step.new;
            (told.changes, whole.then_some(Written::Fresh))
        };
        all.steps.push(changes);
        writable.steps.push(line);
        between.push((step.old, step.new));
        ends.push(step.end);
    }
    let mut shown = Shown {
        commits: &mut all.commits,
        steps: &mut all.steps,
        ends: &ends,
    };
    let hidden = later::all((commits, found), &became, &mut shown);
    if walk.request.cache.is_some() && walk.request.from.is_none() {
        all.write(writable, (commits, found, &between), &hidden);
    }
    Ok(all)
}

/// What has to be read: the sides of commits from the oldest, then the steps.
fn sides<'t>(found: &'t [Found], steps: &'t [Between]) -> Vec<Side<'t>> {
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
    sides
}

/// How something is written down for the next time.
enum Written {
    /// As it was, in this line.
    Kept(String),
    /// Anew.
    Fresh,
}

/// What can be written down: of each commit and step, how.
#[derive(Default)]
struct Writable {
    commits: Vec<Option<Written>>,
    steps: Vec<Option<Written>>,
}

impl AllTold {
    /// Whether everything could be read, and can be remembered.
    fn is_whole(&mut self, told: &[Told]) -> bool {
        let lack = told.iter().map(|side| side.lack).max().unwrap_or_default();
        self.absent |= lack == Lack::Absent;
        lack == Lack::Nothing
    }

    /// The lines for the next time, the oldest commit first. What a later commit had hidden is
    /// written anew.
    fn write(
        &mut self,
        writable: Writable,
        (commits, found, between): (&[Commit], &[Found], &[(Oid, Oid)]),
        hidden: &Hidden,
    ) {
        for (place, line) in writable.commits.into_iter().enumerate().rev() {
            let redacted = hidden.commits.contains(&place);
            let touched = &found[place].touched;
            let anew = || {
                let kinds = touched.kinds.iter().map(ToString::to_string);
                Line::Commit(Entry {
                    id: Cow::Borrowed(&commits[place].said.id),
                    paths: Cow::Borrowed(&touched.paths),
                    renames: Cow::Borrowed(&touched.renames),
                    kinds: kinds.collect(),
                    changes: Cow::Borrowed(&self.commits[place]),
                    redacted,
                })
                .written()
            };
            let (line, fresh) = written(line, redacted, anew);
            self.fresh |= fresh;
            self.lines.extend(line);
        }
        for (place, line) in writable.steps.into_iter().enumerate() {
            let redacted = hidden.steps.contains(&place);
            let (old, new) = between[place];
            let anew = || {
                Line::Step(Step {
                    old: Cow::Owned(old.to_string()),
                    new: Cow::Owned(new.to_string()),
                    changes: Cow::Borrowed(&self.steps[place]),
                    redacted,
                })
                .written()
            };
            let (line, fresh) = written(line, redacted, anew);
            self.fresh |= fresh;
            self.lines.extend(line);
        }
    }
}

/// The line, if there is to be one, and whether it was made now.
fn written(
    line: Option<Written>,
    redacted: bool,
    anew: impl FnOnce() -> Option<String>,
) -> (Option<String>, bool) {
    match line {
        None => (None, false),
        Some(Written::Kept(line)) if !redacted => (Some(line), false),
        Some(_) => (anew(), true),
    }
}
