//! The deadlines of the whole estate: a list by urgency that can be filtered, in parts when it is long.

mod calendar;
mod export;
mod feed;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub(in crate::site) use calendar::calendar;
pub(in crate::site) use export::{DeadlineFile, file};

use crate::estate::deadlines::{
    CALENDAR, Deadline, PAGE, Urgency, in_charge as in_charge_of, responsible, shown, steps,
    urgency,
};
use crate::estate::{Estate, Record, places};
use crate::format;
use crate::site::address::encode;
use crate::site::context::{Badge, Column, DeadlinesContext, Link, Row, Tone, UrgencyCount, Value};
use crate::site::frame;
use crate::site::page::Page;
use crate::site::rows::{self, Long};
use crate::site::templates::TemplateError;

use super::list;

/// The folder of the list and its parts.
pub(in crate::site) const FOLDER: &str = "deadlines";
/// Columns: their keys, their labels, and whether they filter.
const COLUMNS: [(&str, &str, bool); 8] = [
    ("record", "deadline-record", false),
    ("what", "deadline-what", true),
    ("date", "deadline-date", false),
    ("responsible", "deadline-responsible", true),
    ("client", "deadline-client", true),
    ("place", "deadline-place", true),
    ("kind", "deadline-kind", true),
    ("urgency", "deadline-urgency", true),
];

/// How many parts the list has; at least one.
pub(in crate::site) fn parts(estate: &Estate) -> usize {
    rows::parts(count(estate))
}

/// How many rows the list has.
pub(in crate::site) fn count(estate: &Estate) -> usize {
    shown(estate).len()
}

/// Some rows of the list, from 0.
pub(in crate::site) fn rows(page: &Page<'_>, skip: usize, take: usize) -> Vec<Row> {
    let all = shown(page.estate());
    let some = all.iter().skip(skip).take(take);
    some.map(|deadline| row(page, deadline)).collect()
}

/// The link to the list, from pages that show some of it; `None` when it is empty.
pub(in crate::site) fn link(page: &Page<'_>) -> Option<Link> {
    let all = shown(page.estate());
    let past = all.iter().filter(|deadline| deadline.days < 0).count();
    let link = Link::new(page.word("deadlines-all"), page.to(PAGE));
    let told = |link: Link| match past {
        0 => link,
        _ => link.hint(page.count("deadlines-past", past)),
    };
    (!all.is_empty()).then(|| told(link))
}

/// The label and the link to the deadlines that somebody answers for; `None` without any.
pub(in crate::site) fn in_charge(page: &Page<'_>, record: &Record) -> Option<(String, Value)> {
    let count = in_charge_of(page.estate(), record);
    // The list is filtered by what its rows say.
    let query = format!("?responsible={}", encode(&page.link(record).text));
    let link = Link::new(page.count("deadlines-count", count), page.to(PAGE) + &query);
    (count > 0).then(|| (page.word("deadlines-in-charge"), Value::link(link)))
}

/// Renders a part of the list.
pub(in crate::site) fn list(page: &Page<'_>, part: usize) -> Result<String, TemplateError> {
    let all = shown(page.estate());
    let title = page.word("deadlines-all");
    let mut frame = frame::frame(page, &title, vec![frame::home(page)]);
    let feed = Link::new(title, page.to(DeadlineFile::Feed.url()));
    frame.feed = Some(feed.clone());
    let columns = columns(page);
    let whole = rows::whole(page, &Long::Deadlines, all.len(), &columns);
    let files = [
        ("csv", DeadlineFile::People),
        ("calendar-file", DeadlineFile::Calendar),
    ];
    let files = files.map(|(word, file)| Link::new(page.word(word), page.to(file.url())));
    let size = rows::per_page(all.len());
    let context = DeadlinesContext {
        count: all.len(),
        urgencies: urgencies(page, &all),
        calendar: Some(Link::new(
            page.word("deadlines-calendar"),
            page.to(CALENDAR),
        )),
        downloads: files.into(),
        feed: Some(Link {
            text: page.word("feed"),
            ..feed
        }),
        columns,
        rows: rows(page, (part - 1) * size, size),
        pager: list::pager(page, FOLDER, part, rows::parts(all.len())),
        whole,
        frame,
    };
    page.render("deadlines.html", &context)
}

/// How many deadlines there are of each urgency, linked to the list of these alone.
fn urgencies(page: &Page<'_>, all: &[Deadline<'_>]) -> Vec<UrgencyCount> {
    let estate = page.estate();
    let mut counts: BTreeMap<Urgency, usize> = BTreeMap::new();
    for deadline in all {
        *counts.entry(urgency(estate, deadline.days)).or_default() += 1;
    }
    let count = |step: Urgency| {
        let count = counts.get(&step).copied().unwrap_or_default();
        // The list is filtered by what its rows say.
        let query = format!("?urgency={}", encode(&badge(page, step, 1).text));
        UrgencyCount {
            url: (count > 0).then(|| page.to(PAGE) + &query),
            badge: badge(page, step, count),
            count,
        }
    };
    steps(estate).into_iter().map(count).collect()
}

/// The words of an urgency as one or several deadlines have it, coloured: what is past, what is within the first
/// threshold, the rest.
fn badge(page: &Page<'_>, step: Urgency, count: usize) -> Badge {
    let thresholds = &page.estate().config.deadlines.thresholds;
    match step {
        Urgency::Overdue => Badge::new(page.count("deadline-overdue", count), Tone::Danger),
        Urgency::Within(days) => {
            let before = thresholds.iter().rev().find(|threshold| **threshold < days);
            let count = |days: i32| usize::try_from(days).unwrap_or_default();
            match before {
                None => Badge::new(page.count("deadline-within", count(days)), Tone::Warning),
                // Each counts its own alone: « within 30 days » would be read as all of them.
                Some(before) => {
                    let words = page.count("deadline-between", count(days));
                    let from = (before + 1).to_string();
                    Badge::new(words.replace("{from}", &from), Tone::Info)
                }
            }
        }
        Urgency::Later => Badge::new(page.word("deadline-later"), Tone::Neutral),
    }
}

fn columns(page: &Page<'_>) -> Vec<Column> {
    let words = || {
        let steps = steps(page.estate()).into_iter();
        steps.map(|step| badge(page, step, 1).text).collect()
    };
    let column = |(key, label, facet): (&str, &str, bool)| Column {
        key: key.to_owned(),
        label: page.word(label),
        facet,
        order: if key == "urgency" {
            words()
        } else {
            Vec::new()
        },
        sorted: (key == "date").then_some("ascending"),
        ..Column::default()
    };
    COLUMNS.map(column).into()
}

fn row(page: &Page<'_>, deadline: &Deadline<'_>) -> Row {
    let step = badge(page, urgency(page.estate(), deadline.days), 1);
    let whose = Whose::of(page.estate(), deadline.record);
    let link = |record: Option<&Record>| {
        record.map_or(Value::Empty, |record| Value::link(page.link(record)))
    };
    let tone = step.tone;
    let mut named = page.link_with_id(deadline.record);
    named.text = deadline.title();
    let cells = vec![
        Value::link(named),
        Value::text(deadline.label().get(page.language)),
        Value::Date {
            date: page.date(deadline.date),
            badge: Some(Badge::new(
                format::distance(deadline.days, page.language),
                tone,
            )),
        },
        link(whose.responsible),
        link(whose.client),
        link(whose.place),
        Value::text(deadline.record.kind().labels.get(page.language)),
        Value::Badge { badge: step },
    ];
    Row { cells }
}

/// Whom a deadline concerns.
struct Whose<'a> {
    client: Option<&'a Record>,
    place: Option<&'a Record>,
    responsible: Option<&'a Record>,
}

impl<'a> Whose<'a> {
    fn of(estate: &'a Estate, record: &'a Record) -> Self {
        let client = estate.clients().owner(record);
        Self {
            client: client.map(|id| estate.record(id)),
            place: places::places(estate, record).into_iter().next(),
            responsible: responsible(estate, record),
        }
    }

    /// Client, place and responsible by name, where they are known.
    fn names(&self, estate: &Estate) -> [String; 3] {
        [self.client, self.place, self.responsible]
            .map(|record| record.map_or_else(String::new, |record| places::told(estate, record)))
    }

    /// The same by id.
    fn ids(&self) -> [&'a str; 3] {
        [self.client, self.place, self.responsible]
            .map(|record| record.map_or("", |record| record.source.id.as_str()))
    }
}
