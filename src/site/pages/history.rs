//! The change log of the whole site or of one kind, by day.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::estate::{Estate, field_label};

use crate::fold::fold;
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
    for commit in estate.history.touching() {
        authors.insert(commit.author.clone());
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
    let sites = sites.map(|site| (site.source.id.clone(), site.title.clone()));
    let authors = authors.into_iter().map(|author| (author.clone(), author));
    HistoryFilter {
        script: page.assets().history.clone(),
        shards: shards::addresses(estate),
        selects: vec![
            select(page, "kind", "filter-kind", kinds.collect()),
            select(page, "site", "filter-site", sites.collect()),
            select(page, "author", "filter-author", authors.collect()),
            select(page, "field", "filter-field", fields.into_iter().collect()),
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
