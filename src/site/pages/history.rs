//! The change log of the whole site or of one kind, by day.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::estate::{Estate, field_label, places};

use crate::fold::fold;
use crate::format;
use crate::history::{Commit, State};
use crate::site::context::{
    FilterSelect, HistoryContext, HistoryDay, HistoryFilter, Link, SiteChange,
};
use crate::site::log::commit::{Extent, ON_HISTORY, is_told_at_home, site_change};
use crate::site::page::Page;
use crate::site::templates::TemplateError;
use crate::site::{feed, frame, shards};

use super::list;

/// A part has this many commits.
const COMMITS: usize = 100;

/// How many commits changed records of each kind that the schema knows.
pub(in crate::site) fn kinds(estate: &Estate) -> BTreeMap<&str, usize> {
    let mut kinds = BTreeMap::new();
    for commit in estate.history.touching() {
        let records = commit.changes.records.iter();
        let of_commit: BTreeSet<&str> = records.map(|it| it.record.kind.as_str()).collect();
        for kind in of_commit {
            if let Some(kind) = estate.schema.kind(kind) {
                *kinds.entry(kind.name.as_str()).or_default() += 1;
            }
        }
    }
    kinds
}

/// How many parts a log of so many commits has; at least one.
pub(in crate::site) fn parts(commits: usize) -> usize {
    commits.div_ceil(COMMITS).max(1)
}

/// The address of a part.
pub(in crate::site) fn url(part: usize) -> String {
    list::url("history", part)
}

/// The folder of the log of a kind.
pub(in crate::site) fn kind_folder(folder: &str) -> String {
    format!("history/kinds/{folder}")
}

/// Renders a part of the site's log.
pub(in crate::site) fn history(page: &Page<'_>, part: usize) -> Result<String, TemplateError> {
    let estate = page.estate();
    let commits: Vec<&Commit> = estate.history.touching().collect();
    let mut frame = frame::frame(page, &page.word("history"), vec![frame::home(page)]);
    frame.feed = feed::link(page, None);
    let is_first = part == 1;
    let kinds = if is_first {
        kinds(estate)
    } else {
        BTreeMap::new()
    };
    let tags = estate.history.tags.len();
    let context = HistoryContext {
        days: days(page, &commits, None, part),
        notice: notice(page),
        tags: (is_first && tags > 0)
            .then(|| Link::new(page.count("tags-count", tags), page.to("history/tags/"))),
        kinds: kind_links(page, &kinds),
        months: months(page, "history", &commits, part),
        filter: (!kinds.is_empty()).then(|| filter(page, &kinds)),
        pager: list::pager(page, "history", part, parts(commits.len())),
        frame,
    };
    page.render("history.html", &context)
}

/// Renders a part of the log of a kind.
pub(in crate::site) fn of_kind(
    page: &Page<'_>,
    kind: &str,
    part: usize,
) -> Result<String, TemplateError> {
    let estate = page.estate();
    let kind = estate
        .schema
        .kind(kind)
        .expect("the plan lists known kinds");
    let touches = |commit: &&Commit| {
        let mut records = commit.changes.records.iter();
        records.any(|change| change.record.kind == kind.name)
    };
    let commits: Vec<&Commit> = estate.history.touching().filter(touches).collect();
    let whole = Link::new(page.word("history"), page.to("history/"));
    let title = page
        .word("history-of")
        .replace("{kind}", kind.plural.get(page.language));
    let mut frame = frame::frame(page, &title, vec![frame::home(page), whole]);
    frame.feed = feed::link(page, Some(kind));
    let folder = kind_folder(&kind.folder);
    let context = HistoryContext {
        days: days(page, &commits, Some(&kind.name), part),
        notice: notice(page),
        months: months(page, &folder, &commits, part),
        pager: list::pager(page, &folder, part, parts(commits.len())),
        frame,
        ..HistoryContext::default()
    };
    page.render("history.html", &context)
}

/// The commits of a part by day. Days stay whole even where the history's order, in which a child
/// comes before its parents, is not that of the authors' clocks.
fn days(page: &Page<'_>, commits: &[&Commit], kind: Option<&str>, part: usize) -> Vec<HistoryDay> {
    let shown = commits.iter().skip((part - 1) * COMMITS).take(COMMITS);
    let mut shown: Vec<&&Commit> = shown.collect();
    shown.sort_by_key(|commit| Reverse(commit.when.date()));
    let mut days: Vec<HistoryDay> = Vec::new();
    for commit in shown {
        let day = page.long_date(commit.when.date());
        let entry = site_change(page, commit, kind, ON_HISTORY);
        match days.last_mut() {
            Some(last) if last.date == day => last.changes.push(entry),
            _ => days.push(HistoryDay {
                date: day,
                changes: vec![entry],
            }),
        }
    }
    days
}

/// The first day of the month of a commit, as its author's clock had it.
fn month(commit: &Commit) -> Date {
    commit.when.date().first_of_month()
}

/// What a log tells of a month: the first part that does, the newest day there, how many commits in all.
struct Told {
    part: usize,
    newest: Date,
    count: usize,
}

/// The months of a log, newest first, how many commits as hint; on the first part, where there is a choice.
fn months(page: &Page<'_>, folder: &str, commits: &[&Commit], part: usize) -> Vec<Link> {
    let mut months: BTreeMap<Date, Told> = BTreeMap::new();
    for (place, commit) in commits.iter().enumerate().filter(|_| part == 1) {
        let (part, newest) = (place / COMMITS + 1, commit.when.date());
        let month = months.entry(month(commit)).or_insert(Told {
            part,
            newest,
            count: 0,
        });
        month.count += 1;
        if month.part == part {
            month.newest = month.newest.max(newest);
        }
    }
    if months.len() < 2 {
        return Vec::new();
    }
    let months = months.into_iter().rev();
    months
        .map(|(month, told)| {
            let url = page.to(&list::url(folder, told.part));
            let anchor = format!("{url}#d{}", told.newest);
            Link::new(format::month(month, page.language), anchor).hint(told.count.to_string())
        })
        .collect()
}

fn notice(page: &Page<'_>) -> Option<String> {
    match page.estate().history.state {
        State::Complete => None,
        State::Shallow => Some(page.word("log-shallow")),
        State::Absent(_) => Some(page.word("log-absent")),
    }
}

fn kind_links(page: &Page<'_>, kinds: &BTreeMap<&str, usize>) -> Vec<Link> {
    let known = page.estate().schema.kinds();
    let mut counted: Vec<_> = known
        .filter_map(|kind| Some((kind, kinds.get(kind.name.as_str())?)))
        .collect();
    counted.sort_by_cached_key(|(kind, _)| fold(kind.plural.get(page.language)));
    counted
        .into_iter()
        .map(|(kind, count)| {
            let url = format!("{}/", kind_folder(&kind.folder));
            Link::new(kind.plural.get(page.language), page.to(&url)).hint(count.to_string())
        })
        .collect()
}

/// What the history can be filtered by.
fn filter(page: &Page<'_>, kinds: &BTreeMap<&str, usize>) -> HistoryFilter {
    let estate = page.estate();
    let mut authors = BTreeSet::new();
    let mut fields = BTreeMap::new();
    let mut months = BTreeSet::new();
    for commit in estate.history.touching() {
        authors.insert(commit.author.clone());
        months.insert(month(commit));
        for change in &commit.changes.records {
            let kind = estate.schema.kind(&change.record.kind);
            for field in &change.fields {
                let label = || match kind {
                    Some(kind) => field_label(kind, &field.key, page.language),
                    None => field.key.clone(),
                };
                fields.entry(field.key.clone()).or_insert_with(label);
            }
            if change.body.is_some() {
                let label = || page.word("log-text");
                fields.entry("body".to_owned()).or_insert_with(label);
            }
        }
    }
    let known = estate.schema.kinds();
    let kinds = known.filter(|kind| kinds.contains_key(kind.name.as_str()));
    let kinds = kinds.map(|kind| {
        let label = kind.plural.get(page.language);
        (kind.name.clone(), label.to_owned())
    });
    let sites = estate.listed("site");
    let sites = sites.map(|site| (site.source.id.clone(), places::told(estate, site)));
    let authors = authors.into_iter().map(|author| (author.clone(), author));
    // A single month is no choice.
    let several = months.len() > 1;
    let months = months.into_iter().rev().filter(|_| several);
    let months = months.map(|month| {
        let name = format::month(month, page.language);
        (month.strftime("%Y-%m").to_string(), name)
    });
    HistoryFilter {
        script: page.assets().history.clone(),
        shards: shards::addresses(estate),
        selects: vec![
            select(page, "kind", "filter-kind", kinds.collect()),
            select(page, "site", "filter-site", sites.collect()),
            select(page, "author", "filter-author", authors.collect()),
            select(page, "field", "filter-field", fields.into_iter().collect()),
            FilterSelect {
                name: "month",
                label: page.word("filter-month"),
                options: months.collect(),
            },
        ],
    }
}

fn select(
    page: &Page<'_>,
    name: &'static str,
    label: &str,
    mut options: Vec<(String, String)>,
) -> FilterSelect {
    options.sort_by_cached_key(|(value, text)| (fold(text), value.clone()));
    FilterSelect {
        name,
        label: page.word(label),
        options,
    }
}

/// The latest commits of the site with what they touched.
pub(in crate::site) fn latest(page: &Page<'_>, most: usize, extent: Extent) -> Vec<SiteChange> {
    let commits = page.estate().history.touching();
    let commits = commits.filter(|commit| is_told_at_home(commit)).take(most);
    let mut latest: Vec<SiteChange> = commits
        .map(|commit| site_change(page, commit, None, extent))
        .collect();
    // A glance: explanations are on the pages of the history.
    for entry in &mut latest {
        entry.change.rest.clear();
    }
    latest
}
