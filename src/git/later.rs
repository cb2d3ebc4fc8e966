//! Values that a later commit made secret are hidden in the changes of the commits that lead to it,
//! remembered ones included; so the cache forgets them too.
//!
//! Only commits that lead to the one that made a value secret are looked at: with a cache, no other
//! commit knows that value any more, and a history must say the same with one and without.

use std::collections::{BTreeMap, BTreeSet};

use super::commits::Commit;
use super::found::Found;
use super::records;
use crate::history::semantic::{BecameSecret, hide};
use crate::history::{Changes, RecordName};

/// What was hidden: the places of commits, and those of steps.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    pub(super) commits: BTreeSet<usize>,
    pub(super) steps: BTreeSet<usize>,
}

/// What each commit, and each step that ends at a commit of that place, changed.
pub(super) struct Shown<'s> {
    pub(super) commits: &'s mut [Changes],
    pub(super) steps: &'s mut [Changes],
    pub(super) ends: &'s [usize],
}

/// Hides what became secret at some commits, by their places.
pub(super) fn all(
    (commits, found): (&[Commit], &[Found]),
    became: &BTreeMap<usize, BecameSecret>,
    shown: &mut Shown<'_>,
) -> Hidden {
    let mut hidden = Hidden::default();
    if became.is_empty() {
        return hidden;
    }
    let logs = records::logs(commits, found, shown.commits);
    for log in logs.values() {
        let mut names: BTreeSet<RecordName> = BTreeSet::new();
        let mut values: Vec<(usize, &str)> = Vec::new();
        for (place, number) in log {
            let place = *place as usize;
            let name = shown.commits[place].records[*number as usize].record.key();
            let of_commit = became.get(&place).and_then(|became| became.get(&name));
            values.extend(
                of_commit
                    .into_iter()
                    .flatten()
                    .map(|value| (place, value.as_str())),
            );
            names.insert(name);
        }
        if values.is_empty() {
            continue;
        }
        let until = |at: usize| -> BTreeSet<&str> {
            let later = values.iter().filter(|(place, _)| *place <= at);
            later.map(|(_, value)| *value).collect()
        };
        // Most records tell none of their secrets: who leads to whom is asked where one does.
        let leading = |at: usize| -> BTreeSet<&str> {
            let later = values
                .iter()
                .filter(|(place, _)| leads(commits, at, *place));
            later.map(|(_, value)| *value).collect()
        };
        for (place, number) in log {
            let place = *place as usize;
            let change = &mut shown.commits[place].records[*number as usize];
            if hide(&mut change.clone(), &until(place)) && hide(change, &leading(place)) {
                hidden.commits.insert(place);
            }
        }
        for (step, end) in shown.ends.iter().enumerate() {
            let records = shown.steps[step].records.iter_mut();
            for change in records.filter(|change| names.contains(&change.record.key())) {
                if hide(&mut change.clone(), &until(*end)) && hide(change, &leading(*end)) {
                    hidden.steps.insert(step);
                }
            }
        }
    }
    hidden
}

/// Whether one commit is another or leads to it: parents stand after their children.
fn leads(commits: &[Commit], from: usize, to: usize) -> bool {
    let mut ahead = vec![to];
    let mut seen = BTreeSet::new();
    while let Some(place) = ahead.pop() {
        if place == from {
            return true;
        }
        let parents = commits[place].parents.iter().map(|parent| *parent as usize);
        ahead.extend(parents.filter(|parent| *parent <= from && seen.insert(*parent)));
    }
    false
}
