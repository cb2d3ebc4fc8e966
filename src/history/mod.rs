//! History as data: which commits touched which path, by whom, when and why.
//!
//! Read by [`crate::git`], asked by everything that shows a change log. What could not be known
//! (no repository, a shallow clone) is a [`State`], so that no page prints a date nobody knows.

mod canonical;
mod change;
mod forge;
mod forgotten;
mod message;
mod request;
mod secrets;
mod seen;
pub mod semantic;
mod trailers;
mod unreadable;
mod visible;

use std::collections::{BTreeMap, BTreeSet};

use self::semantic::BecameSecret;

pub use canonical::from_canonical;
pub use change::{
    Changes, FieldChange, FileChange, FileWhat, Passage, Piece, RecordChange, RecordName, Recorded,
    SectionChange, TextChange, ValueChange, What,
};
pub use forge::{Flavour, Forge, web_address};
pub use request::{RequestMark, RequestNumber, ShownRequest, request_number};
pub use seen::Sight;
pub use visible::{is_command, named_line, visible, visible_line};

/// The full name of a commit: 40 hexadecimal digits.
pub type CommitId = String;

/// What the repository says about the files of the project.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct History {
    /// Whether the commits below are all there are.
    pub state: State,
    /// Older contents of files are not in this clone (`git clone --filter`): what they said is told
    /// as unreadable.
    pub is_partial: bool,
    /// The commit that is checked out; `None` without a readable one.
    pub head: Option<CommitId>,
    /// Newest first, every child before its parents.
    commits: Vec<Commit>,
    /// For each path, places in `commits`, newest first.
    by_path: BTreeMap<String, Vec<u32>>,
    /// For each record by [`RecordName::key`], under its present name, its changes newest first:
    /// the place of the commit, and that of the change within it.
    by_record: BTreeMap<RecordName, Vec<(u32, u32)>>,
    /// For each path that some commits left unreadable, their places.
    broken: BTreeMap<String, Vec<u32>>,
    /// Paths whose content on disk is in no commit: modified, added or untracked.
    pub modified: BTreeSet<String>,
    /// What differs between the last commit and the disk.
    pub uncommitted: Changes,
    /// Tags on commits of this history, newest commit first, and by name on one commit.
    pub tags: Vec<Tag>,
    /// Web address of the forge (`https://forge.example/group/project`), without credentials.
    pub remote: Option<String>,
    /// How many places of the commits show a mask where somebody wrote a secret.
    pub masked: usize,
}

/// How far the history can be believed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum State {
    /// Every commit up to the first one was read.
    Complete,
    /// The clone was cut: older commits exist elsewhere, so first dates are unknown, and a path
    /// without a commit may well have one.
    Shallow,
    /// Nothing is known.
    Absent(Absence),
}

/// Why there is no history.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Absence {
    /// The folder is in no Git repository.
    NoRepository,
    /// The repository has no commit yet.
    NoCommit,
    /// The repository belongs to another user of the machine, and Git refuses it.
    Distrusted {
        /// The folder to name in `safe.directory`.
        path: String,
    },
    /// The repository could not be read.
    Broken {
        /// What the Git library said, in English.
        reason: String,
    },
    /// Whoever called did not want one (`--no-history`).
    TurnedOff,
}

/// One commit. No e-mail address is kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Commit {
    /// Full name, 40 hexadecimal digits.
    pub id: CommitId,
    /// The author's name, as `.mailmap` corrects it.
    pub author: String,
    /// When the author wrote it, in the author's own offset from UTC.
    pub when: jiff::Zoned,
    /// The first paragraph of the message on one line.
    pub summary: String,
    /// The rest of the message, trimmed.
    pub body: String,
    /// How many paths of the project it touched; 0 for a merge that changed nothing itself.
    pub files: u32,
    /// What it changed.
    pub changes: Changes,
    /// The merge or pull request that brought it in, where a message tells; shown
    /// by [`Commit::request_on`].
    pub request: Option<RequestNumber>,
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Tag {
    /// Its name, without `refs/tags/`.
    pub name: String,
    /// What an annotated tag says, trimmed; empty for a light one. No e-mail address is kept.
    pub message: String,
    /// The commit it names, as a place in [`History::commits`].
    pub commit: u32,
    /// What changed since the tag before it in this list's order of age; `None` for the oldest tag
    /// and for those beyond the number that are compared.
    pub since: Option<Changes>,
}

impl History {
    /// The history of a project that has none.
    pub fn absent(absence: Absence) -> Self {
        Self::new(State::Absent(absence), Vec::new(), BTreeMap::new())
    }

    /// A history from its commits (newest first) and, for each path, places in that list.
    /// Places are sorted and made unique; one outside the list is a bug of the caller.
    pub fn new(
        state: State,
        commits: Vec<Commit>,
        mut by_path: BTreeMap<String, Vec<u32>>,
    ) -> Self {
        for places in by_path.values_mut() {
            places.sort_unstable();
            places.dedup();
            let last = places.last().map_or(0, |place| *place as usize + 1);
            assert!(last <= commits.len(), "a place names no commit");
        }
        let broken = unreadable::broken(&commits);
        Self {
            state,
            is_partial: false,
            head: None,
            commits,
            by_path,
            by_record: BTreeMap::new(),
            broken,
            modified: BTreeSet::new(),
            uncommitted: Changes::default(),
            tags: Vec::new(),
            remote: None,
            masked: 0,
        }
    }

    /// The same with the log of each record: by its key under its present name, places of commits
    /// and of changes within them, newest first.
    #[must_use]
    pub fn with_records(mut self, by_record: BTreeMap<RecordName, Vec<(u32, u32)>>) -> Self {
        self.by_record = by_record;
        self
    }

    /// The same with what differs between the last commit and the disk, and the files (old path, new
    /// path) that were renamed on disk only: logs stand under the names of the disk.
    #[must_use]
    pub fn with_uncommitted(mut self, changes: Changes, renames: Vec<(String, String)>) -> Self {
        let records = changes.records.iter().filter_map(|change| {
            let old = RecordName {
                id: change.renamed_from.clone()?,
                ..change.record.clone()
            };
            Some((old.key(), change.record.key()))
        });
        move_logs(&mut self.by_record, records.collect());
        move_logs(&mut self.by_path, renames);
        self.uncommitted = changes;
        self
    }

    /// Hides in every change of a record the values that became secret since, by the record's key
    /// today. Of the changes between tags, those of records under their present names.
    pub fn hide(&mut self, became: &BecameSecret) {
        for (name, values) in became {
            let values: BTreeSet<&str> = values.iter().map(String::as_str).collect();
            for (commit, change) in self.by_record.get(name).into_iter().flatten() {
                let changes = &mut self.commits[*commit as usize].changes;
                semantic::hide(&mut changes.records[*change as usize], &values);
            }
            let steps = self.tags.iter_mut().filter_map(|tag| tag.since.as_mut());
            let records = steps.flat_map(|changes| changes.records.iter_mut());
            for change in records.filter(|change| change.record.key() == *name) {
                semantic::hide(change, &values);
            }
        }
    }

    /// The changes of a record, under its present and its former names, newest first.
    pub fn of_record(
        &self,
        name: &RecordName,
    ) -> impl DoubleEndedIterator<Item = (&Commit, &RecordChange)> {
        let places = self.by_record.get(&name.key());
        let places = places.map_or(&[][..], Vec::as_slice);
        places.iter().map(|(commit, change)| {
            let commit = &self.commits[*commit as usize];
            (commit, &commit.changes.records[*change as usize])
        })
    }

    /// The names that records had: today's by [`RecordName::key`], and the id it had, the last rename
    /// first and each as often as it was given up.
    pub fn former_names(&self) -> Vec<(&RecordName, &str)> {
        let uncommitted = self.uncommitted.records.iter();
        let on_disk = uncommitted.filter_map(|change| {
            let (today, _) = self.by_record.get_key_value(&change.record.key())?;
            Some((today, change.renamed_from.as_deref()?))
        });
        let mut committed = Vec::new();
        for (today, places) in &self.by_record {
            for (commit, change) in places {
                let change = &self.commits[*commit as usize].changes.records[*change as usize];
                let old = change.renamed_from.as_deref();
                committed.extend(old.map(|old| (*commit, (today, old))));
            }
        }
        committed.sort_unstable();
        let committed = committed.into_iter().map(|(_, names)| names);
        on_disk.chain(committed).collect()
    }

    /// Every commit reachable from the one that is checked out, newest first.
    pub fn commits(&self) -> &[Commit] {
        &self.commits
    }

    /// The commits that touched at least one path of the project, newest first.
    pub fn touching(&self) -> impl Iterator<Item = &Commit> {
        self.commits.iter().filter(|commit| commit.files > 0)
    }

    /// The commits that touched a path, under its present and its former names, newest first.
    pub fn of(&self, path: &str) -> impl Iterator<Item = &Commit> {
        let places = self.by_path.get(path).map_or(&[][..], Vec::as_slice);
        places.iter().map(|place| &self.commits[*place as usize])
    }

    /// The newest commit that touched a path. Where [`Self::modified`] holds the path, the
    /// content on disk is newer still.
    pub fn last(&self, path: &str) -> Option<&Commit> {
        self.of(path).next()
    }

    /// The oldest known commit of a path; in a shallow clone not the one that created it.
    pub fn first(&self, path: &str) -> Option<&Commit> {
        self.of(path).last()
    }

    /// The commits that touched any of several paths, each once, newest first.
    pub fn of_all<'p>(
        &self,
        paths: impl IntoIterator<Item = &'p str>,
    ) -> impl Iterator<Item = &Commit> {
        let lists = paths.into_iter().filter_map(|path| self.by_path.get(path));
        let places: BTreeSet<u32> = lists.flatten().copied().collect();
        places
            .into_iter()
            .map(|place| &self.commits[place as usize])
    }

    /// Every path that a commit touched, under its last name, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.by_path.keys().map(String::as_str)
    }
}

/// Gives logs to new names. All are taken before the first is given: names may change places.
fn move_logs<N: Ord, L>(logs: &mut BTreeMap<N, L>, renames: Vec<(N, N)>) {
    let renames = renames.into_iter().filter(|(old, new)| old != new);
    let taken: Vec<(N, Option<L>)> = renames.map(|(old, new)| (new, logs.remove(&old))).collect();
    for (new, log) in taken {
        if let Some(log) = log {
            logs.insert(new, log);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commit(id: &str, files: u32) -> Commit {
        Commit {
            id: id.repeat(40),
            author: "Zoé Martin".into(),
            when: jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC),
            summary: String::new(),
            body: String::new(),
            files,
            changes: Changes::default(),
            request: None,
        }
    }

    #[test]
    fn several_paths_share_one_log_without_repetition() {
        let by_path = BTreeMap::from([
            ("a.yaml".to_owned(), vec![2, 0]),
            ("b.yaml".to_owned(), vec![1, 2]),
        ]);
        let commits = vec![
            commit("c", 1),
            commit("b", 1),
            commit("a", 2),
            commit("0", 0),
        ];
        let history = History::new(State::Complete, commits, by_path);
        let ids = |found: Vec<&Commit>| -> String {
            found.iter().map(|commit| &commit.id[..1]).collect()
        };
        assert_eq!(
            ids(history.of_all(["a.yaml", "b.yaml", "x"]).collect()),
            "cba"
        );
        assert_eq!(ids(history.of("a.yaml").collect()), "ca");
        assert_eq!(ids(history.last("b.yaml").into_iter().collect()), "b");
        assert_eq!(ids(history.first("b.yaml").into_iter().collect()), "a");
        assert_eq!(ids(history.touching().collect()), "cba");
        assert!(history.last("x").is_none());
    }
}
