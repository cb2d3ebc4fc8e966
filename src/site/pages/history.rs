//! The change log of the whole site, by day.

use std::collections::BTreeMap;

use crate::estate::{Estate, RecordId};
use crate::history::{Commit, CommitId, State};
use crate::site::context::{HistoryContext, HistoryDay, Link, SiteChange};
use crate::site::page::Page;
use crate::site::templates::TemplateError;
use crate::site::{frame, log};

use super::list;

/// A part has this many commits.
const COMMITS: usize = 100;
/// A commit names this many records.
const RECORDS: usize = 8;

/// How many parts the log has; at least one.
pub(in crate::site) fn parts(estate: &Estate) -> usize {
    estate.history.touching().count().div_ceil(COMMITS).max(1)
}

/// The address of a part.
pub(in crate::site) fn url(part: usize) -> String {
    list::url("history", part)
}

/// Renders a part of the log.
pub(in crate::site) fn history(page: &Page<'_>, part: usize) -> Result<String, TemplateError> {
    let estate = page.estate();
    let frame = frame::frame(page, &page.word("history"), vec![frame::home(page)]);
    let mut days: Vec<HistoryDay> = Vec::new();
    for commit in estate
        .history
        .touching()
        .skip((part - 1) * COMMITS)
        .take(COMMITS)
    {
        let day = page.long_date(commit.when.date());
        let entry = entry(page, commit);
        match days.last_mut() {
            Some(last) if last.date == day => last.changes.push(entry),
            _ => days.push(HistoryDay {
                date: day,
                changes: vec![entry],
            }),
        }
    }
    let notice = match estate.history.state {
        State::Complete => None,
        State::Shallow => Some(page.word("log-shallow")),
        State::Absent(_) => Some(page.word("log-absent")),
    };
    let pager = list::pager(page, "history", part, parts(estate));
    page.render(
        "history.html",
        &HistoryContext {
            frame,
            days,
            notice,
            feed: None,
            pager,
        },
    )
}

/// The latest commits of the site with what they touched.
pub(in crate::site) fn latest(page: &Page<'_>, most: usize) -> Vec<SiteChange> {
    page.estate()
        .history
        .touching()
        .take(most)
        .map(|commit| entry(page, commit))
        .collect()
}

fn entry(page: &Page<'_>, commit: &Commit) -> SiteChange {
    let estate = page.estate();
    let touched = page.site.touched.get_or_init(|| touched(estate));
    let records = touched.get(&commit.id).map_or(&[][..], Vec::as_slice);
    let link = |id: &RecordId| {
        let record = estate.record(*id);
        Link {
            hint: Some(record.kind().labels.get(page.language).to_owned()),
            ..page.link(record)
        }
    };
    SiteChange {
        change: log::change(page, commit),
        pages: records.iter().take(RECORDS).map(link).collect(),
        more: records.len().saturating_sub(RECORDS),
    }
}

/// The records whose file each commit touched, by the commit's id. A file with many records names
/// none: which of them changed is not known from the file alone.
fn touched(estate: &Estate) -> BTreeMap<CommitId, Vec<RecordId>> {
    let mut by_file: BTreeMap<&str, Vec<RecordId>> = BTreeMap::new();
    for record in estate.records() {
        by_file
            .entry(&record.source.file.path)
            .or_default()
            .push(record.id);
    }
    let mut touched: BTreeMap<CommitId, Vec<RecordId>> = BTreeMap::new();
    for (path, records) in by_file {
        let [record] = records[..] else { continue };
        for commit in estate.history.of(path) {
            touched.entry(commit.id.clone()).or_default().push(record);
        }
    }
    touched
}
