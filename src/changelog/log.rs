//! The log of one record: what each commit changed in it, newest first, what is in no commit yet
//! before all.

use serde::Serialize;

use crate::changelog::written::RecordTold;
use crate::diagnostic::Language;
use crate::estate::Estate;
use crate::history::{Commit, RecordChange, RecordName, State};

/// What happened to a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordLog {
    /// Its kind.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// The language of a translation.
    pub language: Option<Language>,
    /// What it is called, or was called last.
    pub title: Option<String>,
    /// Its file; the last one, for a record that is no more.
    pub path: Option<String>,
    /// The record is there today.
    pub exists: bool,
    /// Commits before the first of these may be missing: the clone was cut.
    pub shallow: bool,
    /// Newest first.
    pub changes: Vec<LogEntry>,
    /// How many older changes there are beyond the number asked for.
    pub older: usize,
    /// The language all this is told in.
    #[serde(skip)]
    pub told_in: Language,
}

/// One change of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogEntry {
    /// By which commit; `None` for what is in none yet.
    pub commit: Option<CommitTold>,
    /// What changed.
    #[serde(flatten)]
    pub record: RecordTold,
}

/// A commit for readers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CommitTold {
    /// Its full name.
    pub id: String,
    /// When, in the author's own offset: `2026-11-20T09:30:00+01:00`.
    pub date: String,
    /// The same day and time in the reader's language.
    pub date_text: String,
    /// The author's name. Addresses are never kept.
    pub author: String,
    /// The first line of its message.
    pub summary: String,
    /// The rest of its message.
    pub message: String,
    /// Its page on the forge.
    pub url: Option<String>,
    /// The merge or pull request that brought it in.
    pub request: Option<u32>,
    /// The same as people write it: `!42`.
    pub request_text: Option<String>,
    /// The page of that request.
    pub request_url: Option<String>,
}

impl RecordLog {
    /// The log of a record under its present name, at most `limit` changes of it.
    pub fn new(estate: &Estate, name: &RecordName, limit: usize, language: Language) -> Self {
        let history = &estate.history;
        let key = name.key();
        let uncommitted = history.uncommitted.records.iter();
        let uncommitted = uncommitted.filter(|change| change.record.key() == key);
        let mut all: Vec<(Option<&Commit>, &RecordChange)> =
            uncommitted.map(|change| (None, change)).collect();
        let today = estate.of_kind(&name.kind).iter().find(|record| {
            let source = &record.source;
            let own = RecordName {
                kind: name.kind.clone(),
                id: source.id.clone(),
                language: source.language,
            };
            own.key() == key
        });
        let path = today.map(|record| record.source.file.path.as_str());
        let unreadable = history.unreadable(name, path);
        let committed = history.whole_log(name, &unreadable).into_iter();
        all.extend(committed.map(|(commit, change)| (Some(commit), change)));
        let last = all.first().map(|(_, change)| *change);
        let entries = all.iter().take(limit);
        Self {
            kind: name.kind.clone(),
            id: today
                .map(|record| record.source.id.clone())
                .or_else(|| last.map(|change| change.record.id.clone()))
                .unwrap_or_else(|| name.id.clone()),
            language: name.language,
            title: today
                .map(|record| record.title.clone())
                .or_else(|| last.and_then(|change| change.title.clone())),
            path: today
                .map(|record| record.source.file.path.clone())
                .or_else(|| last.map(|change| change.path.clone())),
            exists: today.is_some(),
            shallow: history.state == State::Shallow,
            changes: entries
                .map(|(commit, change)| LogEntry {
                    commit: commit.map(|commit| CommitTold::new(estate, commit, language)),
                    record: RecordTold::new(estate, change, language),
                })
                .collect(),
            older: all.len().saturating_sub(limit),
            told_in: language,
        }
    }
}

impl CommitTold {
    fn new(estate: &Estate, commit: &Commit, language: Language) -> Self {
        let forge = estate.forge();
        let of_forge = forge.as_ref();
        let request = commit.request_on(of_forge);
        Self {
            id: commit.id.clone(),
            date: commit.when.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            date_text: crate::format::date_time(commit.when.datetime(), language),
            author: commit.author.clone(),
            summary: commit.summary.clone(),
            message: commit.body.clone(),
            url: of_forge.map(|forge| forge.commit_url(&commit.id)),
            request: request.as_ref().map(|request| request.number),
            request_text: request.as_ref().map(|request| request.name.clone()),
            request_url: request.and_then(|request| request.url),
        }
    }

    /// The first eight digits of its name.
    pub fn short(&self) -> &str {
        self.id.get(..8).unwrap_or(&self.id)
    }
}
