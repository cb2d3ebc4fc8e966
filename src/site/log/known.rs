//! What change logs look up again and again, found once for a site: records by the names that the
//! history uses, records of files for histories that tell no records. What reads every record waits for the
//! first question: while somebody edits, the one page that is looked at may have none.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::estate::{Estate, Found, Record, RecordId};
use crate::history::{CommitId, History, RecordChange, RecordName};

/// Records and commits by name.
#[derive(Debug, Default)]
pub(in crate::site) struct Known {
    records: OnceLock<BTreeMap<RecordName, RecordId>>,
    files: OnceLock<Files>,
    /// Places in the uncommitted changes.
    uncommitted: BTreeMap<RecordName, usize>,
    /// For each change, the places of the commits whose trailers name it, newest first.
    carriers: BTreeMap<RecordId, Vec<usize>>,
}

/// Files and the records in them.
#[derive(Debug, Default)]
struct Files {
    /// Files that hold several records.
    shared: BTreeSet<String>,
    /// The records whose own file was touched by each commit, in a history that knows files only.
    touched: BTreeMap<CommitId, Vec<RecordId>>,
}

/// The name of a record in the history.
pub(in crate::site) fn name_of(record: &Record) -> RecordName {
    RecordName {
        kind: record.kind().name.clone(),
        id: record.source.id.clone(),
        language: record.source.language,
    }
}

/// The change that a trailer names, in any case.
pub(super) fn named<'e>(estate: &'e Estate, name: &str) -> Option<&'e Record> {
    let exact = estate.find("change", name);
    exact.or_else(|| match estate.named(name, &["change".to_owned()]) {
        Found::One(id) => Some(estate.record(id)),
        Found::Several(_) | Found::Nothing => None,
    })
}

impl Known {
    pub(in crate::site) fn new(estate: &Estate) -> Self {
        let mut known = Self::default();
        let history = &estate.history;
        for (place, commit) in history.commits().iter().enumerate() {
            for change in commit.carries().iter().filter_map(|it| named(estate, it)) {
                let places = known.carriers.entry(change.id).or_default();
                // Two spellings of one id are one change.
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
        for (place, change) in history.uncommitted.records.iter().enumerate() {
            known.uncommitted.insert(change.record.key(), place);
        }
        known
    }

    /// The record that a name means today.
    pub(in crate::site) fn record<'e>(
        &self,
        estate: &'e Estate,
        name: &RecordName,
    ) -> Option<&'e Record> {
        let all = || {
            let records = estate.records().iter();
            records.map(|it| (name_of(it).key(), it.id)).collect()
        };
        let records = self.records.get_or_init(all);
        records.get(&name.key()).map(|id| estate.record(*id))
    }

    /// What is not committed yet of a record.
    pub(super) fn uncommitted<'h>(
        &self,
        history: &'h History,
        name: &RecordName,
    ) -> Option<&'h RecordChange> {
        if self.uncommitted.is_empty() {
            return None;
        }
        let place = self.uncommitted.get(&name.key())?;
        history.uncommitted.records.get(*place)
    }

    /// The places of the commits that say they carried a change, newest first.
    pub(in crate::site) fn carriers(&self, change: RecordId) -> &[usize] {
        self.carriers.get(&change).map_or(&[], Vec::as_slice)
    }

    pub(super) fn shares_its_file(&self, estate: &Estate, record: &Record) -> bool {
        let files = self.files.get_or_init(|| Files::new(estate));
        files.shared.contains(&record.source.file.path)
    }

    /// The records that a commit touched as files.
    pub(in crate::site) fn touched(&self, estate: &Estate, commit: &CommitId) -> &[RecordId] {
        let files = self.files.get_or_init(|| Files::new(estate));
        files.touched.get(commit).map_or(&[], Vec::as_slice)
    }
}

impl Files {
    fn new(estate: &Estate) -> Self {
        let mut by_file: BTreeMap<&str, Vec<RecordId>> = BTreeMap::new();
        for record in estate.records() {
            let path = &record.source.file.path;
            by_file.entry(path).or_default().push(record.id);
        }
        // A commit of only formatting tells no records where others do: today's record of its file
        // may not have existed then.
        let history = &estate.history;
        let mut commits = history.commits().iter();
        let files_only =
            commits.all(|it| it.changes.records.is_empty() && it.changes.files.is_empty());
        let mut files = Self::default();
        for (path, records) in by_file {
            // Which record of a file changed is not known from the file alone.
            let [record] = records[..] else {
                files.shared.insert(path.to_owned());
                continue;
            };
            if !files_only {
                continue;
            }
            for commit in history.of(path) {
                let touched = files.touched.entry(commit.id.clone()).or_default();
                touched.push(record);
            }
        }
        files
    }
}
