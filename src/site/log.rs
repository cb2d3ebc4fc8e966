//! Change logs: what Git says about a record, a page, the whole site.

use crate::estate::Record;
use crate::history::{Commit, State};
use crate::site::context::{Change, ChangeLog, Link};
use crate::site::page::Page;

/// A record's page lists this many changes; older ones are counted.
const MOST: usize = 20;

/// The change log of a record's file.
pub(super) fn of_record(page: &Page<'_>, record: &Record) -> ChangeLog {
    let history = &page.estate().history;
    let path = &record.source.file.path;
    let all = page.estate().log(record).count();
    let changes = page
        .estate()
        .log(record)
        .take(MOST)
        .map(|commit| change(page, commit))
        .collect();
    let mut notices = Vec::new();
    if history.modified.contains(path) {
        notices.push(page.word("log-modified"));
    }
    match &history.state {
        State::Complete if all > MOST => notices.push(page.count("log-older", all - MOST)),
        State::Complete => {}
        State::Shallow => notices.push(page.word("log-shallow")),
        State::Absent(_) => notices.push(page.word("log-absent")),
    }
    let notice = (!notices.is_empty()).then(|| notices.join(" "));
    ChangeLog {
        changes,
        notice,
        more: None,
    }
}

/// A commit as a change.
pub(super) fn change(page: &Page<'_>, commit: &Commit) -> Change {
    let moment = commit.when.datetime();
    let short = commit.id.get(..8).unwrap_or(&commit.id);
    Change {
        author: commit.author.clone(),
        date: crate::site::context::Moment::new(
            commit.when.timestamp().to_string(),
            crate::format::date_time(moment, page.language),
        ),
        message: commit.summary.clone(),
        revision: Link {
            text: short.to_owned(),
            url: page
                .estate()
                .forge()
                .map(|forge| forge.commit_url(&commit.id)),
            hint: None,
        },
        fields: Vec::new(),
    }
}
