//! The change log of the whole site, by day.

use std::collections::BTreeMap;

use crate::estate::{Estate, Record};
use crate::history::{Commit, State};
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
    estate.history.commits().len().div_ceil(COMMITS).max(1)
}

/// The address of a part.
pub(in crate::site) fn url(part: usize) -> String {
    list::url("history", part)
}

/// Renders a part of the log.
pub(in crate::site) fn history(page: &Page<'_>, part: usize) -> Result<String, TemplateError> {
    let estate = page.estate();
    let frame = frame::frame(page, &page.word("history"), vec![frame::home(page)]);
    let commits: Vec<&Commit> = estate.history.commits().iter().collect();
    let touched = touched(estate);
    let mut days: Vec<HistoryDay> = Vec::new();
    for (index, commit) in commits.iter().enumerate().skip((part - 1) * COMMITS).take(COMMITS) {
        let day = page.long_date(commit.when.date());
        let entry = entry(page, commit, touched.get(&index).map_or(&[], Vec::as_slice));
        match days.last_mut() {
            Some(last) if last.date == day => last.changes.push(entry),
            _ => days.push(HistoryDay { date: day, changes: vec![entry] }),
        }
    }
    let notice = match estate.history.state {
        State::Complete => None,
        State::Shallow => Some(page.word("log-shallow")),
        State::Absent(_) => Some(page.word("log-absent")),
    };
    let pager = list::pager(page, "history", part, parts(estate));
    page.render("history.html", &HistoryContext { frame, days, notice, feed: None, pager })
}

/// The latest commits of the site with what they touched.
pub(in crate::site) fn latest(page: &Page<'_>, most: usize) -> Vec<SiteChange> {
    let estate = page.estate();
    let touched = touched(estate);
    let commits = estate.history.commits().iter().enumerate().take(most);
    commits.map(|(index, commit)| entry(page, commit, touched.get(&index).map_or(&[], Vec::as_slice))).collect()
}

fn entry(page: &Page<'_>, commit: &Commit, records: &[&Record]) -> SiteChange {
    let link = |record: &&Record| {
        Link { hint: Some(record.kind().labels.get(page.language).to_owned()), ..page.link(record) }
    };
    SiteChange {
        change: log::change(page, commit),
        pages: records.iter().take(RECORDS).map(link).collect(),
        more: records.len().saturating_sub(RECORDS),
    }
}

/// The records whose file each commit touched, by the commit's place in the history. A file with
/// many records names none: which of them changed is not known from the file alone.
fn touched(estate: &Estate) -> BTreeMap<usize, Vec<&Record>> {
    let mut by_file: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for record in estate.records() {
        by_file.entry(&record.source.file.path).or_default().push(record);
    }
    let mut touched: BTreeMap<usize, Vec<&Record>> = BTreeMap::new();
    for (path, records) in by_file {
        let [record] = records[..] else { continue };
        for index in estate.history.places(path) {
            touched.entry(index).or_default().push(record);
        }
    }
    touched
}
