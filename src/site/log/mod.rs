//! Change logs: what Git says about a record, a page, a commit, the whole site.
//!
//! A record's log is its own, whichever file it stands in. Where the history knows files only, the
//! log of a file stands in for that of the record, and says no more than it knows.

pub(super) mod alteration;
pub(super) mod commit;
pub(super) mod known;
mod message;

use crate::estate::Record;
use crate::history::{Changes, Commit, RecordChange, State, What};
use crate::site::address::page_path;
use crate::site::context::{Change, ChangeLog, Dates, Link, Moment};
use crate::site::page::Page;
use alteration::{Room, alteration};

/// A record's page lists this many changes; older ones are counted.
const MOST: usize = 20;

/// The change log of a record: what is not committed yet, then its commits, newest first.
pub(super) fn of_record(page: &Page<'_>, record: &Record) -> ChangeLog {
    in_room(page, record, Room::of_page(1))
}

/// The same in a part of the room: in a half, a quarter.
pub(super) fn of_record_in(page: &Page<'_>, record: &Record, part: usize) -> ChangeLog {
    in_room(page, record, Room::of_page(part))
}

fn in_room(page: &Page<'_>, record: &Record, mut room: Room) -> ChangeLog {
    let history = &page.estate().history;
    let name = known::name_of(record);
    let mut notices = Vec::new();
    let mut changes = Vec::new();
    if let Some(change) = page.site.known().uncommitted(history, &name) {
        changes.push(pending(page, change, &mut room));
    } else if is_modified(page, record) {
        notices.push(page.word("log-modified"));
    }
    let unreadable = history.unreadable(&name, Some(&record.source.file.path));
    let mut all = 0;
    for (commit, what) in history.whole_log(&name, &unreadable) {
        all += 1;
        if all <= MOST && (all == 1 || !room.is_full()) {
            let mut entry = change(page, commit);
            room.take(entry.rest.len());
            entry.what = Some(alteration(page, what, &mut room));
            changes.push(entry);
        }
    }
    let own = history.of_record(&name).next().is_some();
    if !own {
        changes.retain(|change| change.pending.is_some());
        all = page.estate().log(record).count();
        for commit in page.estate().log(record).take(MOST) {
            let mut entry = change(page, commit);
            let mut of_commit = unreadable.iter().filter(|(other, _)| other.id == commit.id);
            let what = of_commit
                .next()
                .map(|(_, what)| alteration(page, what, &mut room));
            entry.what = what;
            changes.push(entry);
        }
    }
    let shown = changes.iter().filter(|change| change.pending.is_none());
    let older = all - shown.count();
    match &history.state {
        State::Complete if older > 0 && !own => notices.push(page.count("log-older", older)),
        State::Complete => {}
        State::Shallow => notices.push(page.word("log-shallow")),
        State::Absent(_) => notices.push(page.word("log-absent")),
    }
    let link = || Link::new(page.count("log-more", older), history_of(page, record));
    ChangeLog {
        changes,
        notice: (!notices.is_empty()).then(|| notices.join(" ")),
        more: (own && older > 0).then(link),
    }
}

/// The site's history, narrowed to one record by its script.
fn history_of(page: &Page<'_>, record: &Record) -> String {
    let name = format!("{}:{}", record.kind().name, record.source.id);
    format!("{}?record={}", page.to("history/"), query(&name))
}

/// A text as the value of an address's query.
pub(super) fn query(text: &str) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Whether what a page shows is in no commit, as far as the history can tell one record of a file
/// from another.
pub(super) fn is_modified(page: &Page<'_>, record: &Record) -> bool {
    let history = &page.estate().history;
    let path = &record.source.file.path;
    let Changes { records, .. } = &history.uncommitted;
    if page
        .site
        .known()
        .uncommitted(history, &known::name_of(record))
        .is_some()
    {
        return true;
    }
    history.modified.contains(path) && !records.iter().any(|change| change.path == *path)
}

/// The last commit that changed the facts of a record, and the one that brought it in.
fn ends<'p>(page: &Page<'p>, record: &Record) -> (Option<&'p Commit>, Option<&'p Commit>) {
    let history = &page.estate().history;
    let name = known::name_of(record);
    let mut changes = history.of_record(&name).peekable();
    if changes.peek().is_none() {
        // The dates of a file are those of its record only where it holds no other.
        let path = &record.source.file.path;
        let ends = (history.last(path), history.first(path));
        let shares = || page.site.known().shares_its_file(page.estate(), record);
        return if ends.0.is_some() && shares() {
            (None, None)
        } else {
            ends
        };
    }
    let mut oldest = None;
    let mut last = None;
    for (commit, change) in changes {
        if last.is_none() && change.what != What::Reformatted {
            last = Some(commit);
        }
        oldest = Some((commit, change));
    }
    // A log may begin later than its record: at the commit that mended its file, say.
    let first = oldest.filter(|(_, change)| change.what == What::Added);
    (last, first.map(|(commit, _)| commit))
}

/// The last commit that changed what the page of a record shows.
pub(super) fn last<'p>(page: &Page<'p>, record: &Record) -> Option<&'p Commit> {
    ends(page, record).0
}

/// When a record was changed last, by whom, and since when it is known.
pub(super) fn dates(page: &Page<'_>, record: &Record) -> Option<Dates> {
    let (last, first) = ends(page, record);
    let is_whole = page.estate().history.state == State::Complete;
    let last = last?;
    Some(Dates {
        updated: Some(page.long_date(last.when.date())),
        author: last.author.clone(),
        since: first
            .filter(|_| is_whole)
            .map(|first| page.long_date(first.when.date())),
    })
}

/// A commit as a change.
pub(super) fn change(page: &Page<'_>, commit: &Commit) -> Change {
    let moment = commit.when.datetime();
    let forge = page.estate().forge();
    let request = commit.request_on(forge.as_ref());
    let request = request.map(|request| Link {
        text: request.name,
        url: request.url,
        hint: None,
    });
    Change {
        author: commit.author.clone(),
        date: Moment::new(
            commit.when.timestamp().to_string(),
            crate::format::date_time(moment, page.language),
        ),
        message: commit.summary.clone(),
        rest: message::rest(&commit.body),
        revision: Link {
            text: short(&commit.id).to_owned(),
            url: forge.map(|forge| forge.commit_url(&commit.id)),
            hint: None,
        },
        request,
        carries: carried(page, commit),
        ..Change::default()
    }
}

/// The changes that a commit says it carries, by their ids; not on the page of that change.
fn carried(page: &Page<'_>, commit: &Commit) -> Vec<Link> {
    let estate = page.estate();
    let names = commit.carries();
    let records = names.iter().filter_map(|name| known::named(estate, name));
    let others = records.filter(|record| page.path != page_path(&record.url));
    let mut links: Vec<Link> = others
        .map(|record| Link {
            text: record.source.id.clone(),
            ..page.link(record)
        })
        .collect();
    links.dedup();
    links
}

/// The first digits of a commit's name.
pub(super) fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}

/// What differs between the last commit and the disk.
fn pending(page: &Page<'_>, what: &RecordChange, room: &mut Room) -> Change {
    Change {
        pending: Some(page.word("log-pending")),
        what: Some(alteration(page, what, room)),
        ..Change::default()
    }
}
