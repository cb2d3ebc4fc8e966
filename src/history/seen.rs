//! The history of somebody who may not see all of it: what is not provably theirs is not there.
//!
//! A commit that changed nothing they see is gone; one that changed other things too keeps its author and day and
//! loses its message, which may tell of both.

use std::collections::{BTreeMap, BTreeSet};

use super::{Changes, Commit, FileChange, History, RecordChange, RecordName, Tag};

/// Says what of a change may be seen.
pub trait Sight {
    /// What is left of a record's change.
    fn record(&self, change: &RecordChange) -> Option<RecordChange>;

    /// Whether a record may be seen under its present name, whose whole log this is.
    fn log(&self, today: &RecordName, log: &[&RecordChange]) -> bool;

    /// Whether what is said of a file itself may be seen.
    fn file(&self, change: &FileChange) -> bool;

    /// The records of a file that may be seen, by [`RecordName::key`].
    fn records_of(&self, path: &str) -> Vec<RecordName>;

    /// Whether a record stands today, and may be seen.
    fn stands(&self, name: &RecordName) -> bool;
}

/// What is left of a commit, and for each of its changes of records where it went.
struct Left {
    commit: Option<Commit>,
    places: BTreeMap<u32, u32>,
}

impl History {
    /// The same, as far as it may be seen.
    #[must_use]
    pub fn seen(&self, sight: &dyn Sight) -> Self {
        let mut told: BTreeSet<(u32, u32)> = BTreeSet::new();
        for (name, places) in &self.by_record {
            let log: Vec<&RecordChange> = places.iter().map(|at| self.change(*at)).collect();
            if sight.log(name, &log) {
                told.extend(places);
            }
        }
        let commits = self.commits.iter().zip(0..);
        let left: Vec<Left> = commits
            .map(|(commit, at)| left(commit, sight, |change| told.contains(&(at, change))))
            .collect();
        let mut new_places = BTreeMap::new();
        let mut commits = Vec::new();
        for (left, old) in left.iter().zip(0u32..) {
            if let Some(commit) = &left.commit {
                let place = u32::try_from(commits.len()).expect("no more than before");
                new_places.insert(old, place);
                commits.push(commit.clone());
            }
        }
        let by_record = self.by_record.iter().filter_map(|(name, places)| {
            let places = places.iter().filter_map(|(commit, change)| {
                let change = left[*commit as usize].places.get(change)?;
                Some((*new_places.get(commit)?, *change))
            });
            let places: Vec<(u32, u32)> = places.collect();
            (!places.is_empty()).then(|| (name.clone(), places))
        });
        let by_record: BTreeMap<RecordName, Vec<(u32, u32)>> = by_record.collect();
        let by_path = self.paths_seen(sight, &commits, &by_record);
        let seen = Self::new(self.state.clone(), commits, by_path).with_records(by_record);
        let (uncommitted, _) = changes(&self.uncommitted, sight);
        let modified = self.modified.iter();
        let is_told = |path: &&String| {
            let records = uncommitted.records.iter().map(|change| &change.path);
            let mut paths = records.chain(uncommitted.files.iter().map(|file| &file.path));
            paths.any(|told| told == *path)
        };
        Self {
            is_partial: self.is_partial,
            head: seen.commits.first().map(|commit| commit.id.clone()),
            modified: modified.filter(is_told).cloned().collect(),
            tags: self.tags_seen(sight, &new_places),
            remote: self.remote.clone(),
            uncommitted,
            ..seen
        }
    }

    fn change(&self, (commit, change): (u32, u32)) -> &RecordChange {
        &self.commits[commit as usize].changes.records[change as usize]
    }

    /// The logs of paths: of a file of records those of its records.
    fn paths_seen(
        &self,
        sight: &dyn Sight,
        commits: &[Commit],
        by_record: &BTreeMap<RecordName, Vec<(u32, u32)>>,
    ) -> BTreeMap<String, Vec<u32>> {
        let mut by_path: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for path in self.by_path.keys() {
            let records = sight.records_of(path);
            let logs = records
                .iter()
                .filter_map(|name| by_record.get(name))
                .flatten();
            let places: Vec<u32> = logs.map(|(commit, _)| *commit).collect();
            if !places.is_empty() {
                by_path.insert(path.clone(), places);
            }
        }
        for (commit, place) in commits.iter().zip(0..) {
            for file in &commit.changes.files {
                by_path.entry(file.path.clone()).or_default().push(place);
            }
        }
        by_path
    }

    fn tags_seen(&self, sight: &dyn Sight, places: &BTreeMap<u32, u32>) -> Vec<Tag> {
        let tags = self.tags.iter().filter_map(|tag| {
            let commit = *places.get(&tag.commit)?;
            let since = tag.since.as_ref();
            let since = since.map(|since| changes(since, sight));
            let is_whole = since.as_ref().is_some_and(|(_, is_whole)| *is_whole);
            let message = if is_whole {
                tag.message.clone()
            } else {
                String::new()
            };
            Some(Tag {
                name: tag.name.clone(),
                message,
                commit,
                since: since.map(|(since, _)| since),
            })
        });
        tags.collect()
    }
}

/// What is left of a commit, of which these changes of records may be told.
fn left(commit: &Commit, sight: &dyn Sight, is_told: impl Fn(u32) -> bool) -> Left {
    let mut places = BTreeMap::new();
    let mut records = Vec::new();
    for (change, old) in commit.changes.records.iter().zip(0..) {
        if let Some(seen) = sight.record(change).filter(|_| is_told(old)) {
            let place = u32::try_from(records.len()).expect("no more than before");
            places.insert(old, place);
            records.push(seen);
        }
    }
    let files = commit.changes.files.iter().filter(|file| sight.file(file));
    let seen = Changes {
        records,
        files: files.cloned().collect(),
    };
    if seen.records.is_empty() && seen.files.is_empty() {
        return Left {
            commit: None,
            places,
        };
    }
    let is_whole = seen == commit.changes;
    let paths: BTreeSet<&str> = seen
        .records
        .iter()
        .map(|it| it.path.as_str())
        .chain(seen.files.iter().map(|it| it.path.as_str()))
        .collect();
    let files = u32::try_from(paths.len()).unwrap_or(u32::MAX);
    let told = |text: &String| {
        if is_whole {
            text.clone()
        } else {
            String::new()
        }
    };
    let commit = Commit {
        id: commit.id.clone(),
        author: commit.author.clone(),
        when: commit.when.clone(),
        summary: told(&commit.summary),
        body: told(&commit.body),
        files,
        request: commit.request.filter(|_| is_whole),
        changes: seen,
    };
    Left {
        commit: Some(commit),
        places,
    }
}

/// What is left of changes that stand in no log, and whether that is all of them.
fn changes(all: &Changes, sight: &dyn Sight) -> (Changes, bool) {
    let records = all.records.iter().filter_map(|change| {
        let stands = sight.stands(&change.record.key());
        sight.record(change).filter(|_| stands)
    });
    let files = all.files.iter().filter(|file| sight.file(file));
    let seen = Changes {
        records: records.collect(),
        files: files.cloned().collect(),
    };
    let is_whole = seen == *all;
    (seen, is_whole)
}
