//! Where in a record's log its file could not be read. A commit tells that of the file alone,
//! because nothing is known of its records; here it is told of each that the file is known to hold.

use std::collections::{BTreeMap, BTreeSet};

use super::{Commit, FileWhat, History, RecordChange, RecordName, What};

/// A place in [`History::commits`] and what that commit did to the record, newest first.
type Log<'h> = Vec<(u32, &'h RecordChange)>;

impl History {
    /// The log of a record, see [`Self::of_record`], with the commits after which its file could not
    /// be read, see [`Self::unreadable`], newest first.
    pub fn whole_log<'h>(
        &'h self,
        name: &RecordName,
        unreadable: &'h [(&'h Commit, RecordChange)],
    ) -> Vec<(&'h Commit, &'h RecordChange)> {
        let mut all: Vec<(&Commit, &RecordChange)> = self.of_record(name).collect();
        if !unreadable.is_empty() {
            all.extend(unreadable.iter().map(|(commit, change)| (*commit, change)));
            let order: BTreeMap<&str, usize> = self
                .commits
                .iter()
                .map(|commit| commit.id.as_str())
                .zip(0..)
                .collect();
            all.sort_by_key(|(commit, _)| order.get(commit.id.as_str()));
        }
        all
    }

    /// The commits after which the file of a record could not be read, newest first. `today` is its
    /// file now, which is asked for when its log says nothing of the time before.
    pub fn unreadable(
        &self,
        name: &RecordName,
        today: Option<&str>,
    ) -> Vec<(&Commit, RecordChange)> {
        if self.broken.is_empty() {
            return Vec::new();
        }
        let places = self.by_record.get(&name.key());
        let log: Log<'_> = places
            .into_iter()
            .flatten()
            .map(|(place, change)| {
                let commit = &self.commits[*place as usize];
                (*place, &commit.changes.records[*change as usize])
            })
            .collect();
        let changes = log.iter().map(|(_, change)| *change);
        let mut paths: BTreeSet<&str> = changes
            .flat_map(|change| [Some(change.path.as_str()), change.moved_from.as_deref()])
            .flatten()
            .collect();
        paths.extend(today);
        let mut found = BTreeSet::new();
        for path in paths {
            let places = self.broken.get(path).into_iter().flatten();
            found.extend(places.filter(|place| stood_in(&log, **place, today) == Some(path)));
        }
        let told = |place: &u32| {
            let path = stood_in(&log, *place, today).unwrap_or_default();
            let change = RecordChange {
                audiences: Vec::new(),
                record: name.clone(),
                title: None,
                path: path.to_owned(),
                what: What::Unreadable,
                moved_from: None,
                renamed_from: None,
                fields: Vec::new(),
                body: None,
            };
            (&self.commits[*place as usize], change)
        };
        found.into_iter().map(told).collect()
    }
}

/// The files that commits left unreadable, with the places of those commits.
pub(super) fn broken(commits: &[Commit]) -> BTreeMap<String, Vec<u32>> {
    let mut broken = BTreeMap::<String, Vec<u32>>::new();
    for (place, commit) in (0_u32..).zip(commits) {
        for file in &commit.changes.files {
            if file.what == FileWhat::Broken {
                broken.entry(file.path.clone()).or_default().push(place);
            }
        }
    }
    broken
}

/// The file that a record stood in at a commit, by what is told of it before that, else after;
/// `None` where it was not there, or that commit says itself what became of it.
fn stood_in<'s>(log: &Log<'s>, at: u32, today: Option<&'s str>) -> Option<&'s str> {
    if log.iter().any(|(place, _)| *place == at) {
        return None;
    }
    if let Some((_, before)) = log.iter().find(|(place, _)| *place > at) {
        return (before.what != What::Removed).then_some(before.path.as_str());
    }
    match log.iter().rev().find(|(place, _)| *place < at) {
        Some((_, after)) if after.what == What::Added => None,
        Some((_, after)) => Some(after.moved_from.as_deref().unwrap_or(&after.path)),
        None => today,
    }
}
