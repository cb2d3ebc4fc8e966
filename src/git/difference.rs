//! What changed between two states of the project: two commits, or a commit and the disk.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::anyhow;
use git2::{Error, Oid, Repository};

use super::commits;
use super::disk::{self, Disk};
use super::meaning::Told;
use super::objects::Objects;
use super::pairs::Side;
use super::renames::Rename;
use super::revision::{standstill, unreachable_text};
use super::selection::Selection;
use super::trees::Difference;
use super::walk::Walk;
use super::{PATIENCE, Pulse, Request, broken, head, open, patience, renames, secrets, trees};
use crate::history::Changes;
use crate::history::semantic::{BecameSecret, Reader, hide};

/// What changed from one commit (its full name) to another, or to the disk for `None`, in the
/// folders of the request; [`Request::cache`] and [`Request::from`] are not looked at.
pub fn changes(request: &Request, old: &str, new: Option<&str>) -> anyhow::Result<Changes> {
    changes_within(request, (old, new), PATIENCE)
}

/// As [`changes`], giving up when nothing moved for `patience`.
pub fn changes_within(
    request: &Request,
    (old, new): (&str, Option<&str>),
    patience: Duration,
) -> anyhow::Result<Changes> {
    let request = request.clone();
    let (old, new) = (old.to_owned(), new.map(str::to_owned));
    let schema = request.schema.clone();
    let found = patience::within(patience, move |pulse| {
        super::trust_checksums();
        let repository =
            open(&request.root).map_err(|absence| anyhow!(unreachable_text(absence)))?;
        let compared = compare(&repository, &request, (&old, new.as_deref()), pulse);
        compared.map_err(|error| anyhow!(unreachable_text(broken(&error))))
    });
    let mut changes = found.unwrap_or_else(|| Err(anyhow!(standstill())))?;
    changes.forget(schema.forgotten());
    Ok(changes)
}

fn compare(
    repository: &Repository,
    request: &Request,
    (old, new): (&str, Option<&str>),
    pulse: &Pulse,
) -> Result<Changes, Error> {
    let selection = Selection::new(repository, &request.root, &request.folders)?;
    let walk = Walk {
        repository,
        selection: &selection,
        request,
        pulse,
    };
    let checked_out = head(repository)?;
    let old = commits::bare(repository, Oid::from_str(old)?)?;
    let new_commit = match new {
        Some(id) => Some(commits::bare(repository, Oid::from_str(id)?)?),
        None => checked_out
            .map(|head| commits::bare(repository, head))
            .transpose()?,
    };
    let disk = match new {
        Some(_) => Disk::default(),
        None => disk::disk(repository, &selection, &request.schema)?,
    };
    let store = repository.odb()?;
    let mut objects = Objects::new(&store, pulse).with(&disk.contents);
    let new_tree = new_commit.as_ref().map(|commit| commit.tree);
    let committed = trees::compare(&mut objects, &selection, Some(old.tree), new_tree)?;
    let differences = join(committed, &disk.differences);
    let renames = renames::find(&mut objects, &differences);
    let new_commit = new_commit.map(|commit| commit.id);
    let mut tips: Vec<Oid> = [Some(old.id), new_commit, checked_out]
        .into_iter()
        .flatten()
        .collect();
    tips.sort_unstable();
    tips.dedup();
    let secrets = secrets::until(&walk, &mut objects, &tips)?;
    let reader = Reader::new(request.schema.clone(), secrets);
    let side = Side {
        differences: &differences,
        renames: &renames,
        age: 0,
    };
    // What is secret on one side may be shown on the other, whichever of the two is older.
    let (back, renamed_back) = backwards(&differences, &renames);
    let back = Side {
        differences: &back,
        renames: &renamed_back,
        age: 1,
    };
    let meaning = walk.meaning(&reader, &disk.contents);
    let told = meaning.tell(&[side, back])?;
    Ok(without_secrets(told))
}

/// What the first of some sides changed, without what is secret on any of them.
fn without_secrets(told: Vec<Told>) -> Changes {
    let mut became = BecameSecret::new();
    let mut changes = Changes::default();
    for (place, side) in told.into_iter().enumerate() {
        for (name, values) in side.became_secret {
            became.entry(name).or_default().extend(values);
        }
        if place == 0 {
            changes = side.changes;
        }
    }
    for change in &mut changes.records {
        if let Some(values) = became.get(&change.record.key()) {
            hide(change, &values.iter().map(String::as_str).collect());
        }
    }
    changes
}

/// The same from the newer state to the older.
fn backwards(differences: &[Difference], renames: &[Rename]) -> (Vec<Difference>, Vec<Rename>) {
    let differences = differences.iter().map(|difference| Difference {
        path: difference.path.clone(),
        old: difference.new,
        new: difference.old,
    });
    let renames = renames.iter().map(|rename| Rename {
        old: rename.new.clone(),
        new: rename.old.clone(),
        exact: rename.exact,
    });
    (differences.collect(), renames.collect())
}

/// From a first state over a second to a third: what differs between the first and the third.
fn join(first: Vec<Difference>, second: &[Difference]) -> Vec<Difference> {
    let by_path = first
        .into_iter()
        .map(|difference| (difference.path.clone(), difference));
    let mut all: BTreeMap<String, Difference> = by_path.collect();
    for later in second {
        match all.get_mut(&later.path) {
            Some(difference) => difference.new = later.new,
            None => drop(all.insert(later.path.clone(), later.clone())),
        }
    }
    let all = all.into_values();
    all.filter(|difference| difference.old != difference.new)
        .collect()
}
