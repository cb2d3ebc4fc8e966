//! « Cited by »: which records refer to this one, by kind.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::estate::Record;
use crate::schema::Kind;
use crate::site::context::{BackLinks, Link};
use crate::site::page::Page;

use super::applicable;
use super::desk::figures::question;

/// A page lists this many of a kind; the others are counted.
const MOST: usize = 40;

/// Who refers to a record, by kind in the order of their names.
pub(super) fn of(page: &Page<'_>, record: &Record) -> Vec<BackLinks> {
    fewer(page, record, MOST)
}

/// The same, with so many links of a kind at most.
pub(super) fn fewer(page: &Page<'_>, record: &Record, most: usize) -> Vec<BackLinks> {
    let mut groups: BTreeMap<String, (&Kind, Vec<Sorted>)> = BTreeMap::new();
    // A page and its translation are one place for a reader.
    let mut shown = BTreeSet::new();
    for back_link in &record.back_links {
        let from = page.estate().record(back_link.from);
        let kind = from.kind();
        let field = back_link.field.map(|field| &kind.fields[field]);
        // That a change has a relation to this is what being cited says already.
        let field = field.filter(|field| field.key != "relations");
        let field = field.map(|field| field.labels.get(page.language));
        let mut link = applicable::link(page, record, from);
        // What lies in a place need not be called with it on its page.
        if kind.name == "site" && record.kind().name == "site" {
            link.text.clone_from(&from.title);
        }
        let day = day(from);
        link.hint = hint(page, from, day, field);
        let place = (link.url.clone(), link.text.clone(), link.hint.clone());
        if !shown.insert(place) {
            continue;
        }
        let title = kind.plural.get(page.language).to_owned();
        let (_, links) = groups.entry(title).or_insert((kind, Vec::new()));
        links.push((Newest(day.is_none(), Reverse(day)), link));
    }
    let groups = groups.into_iter();
    groups
        .map(|(title, (kind, mut links))| {
            let count = links.len();
            links.sort_by_key(|(newest, _)| *newest);
            links.truncate(most);
            let links = links.into_iter().map(|(_, link)| link).collect();
            let more = (count > most).then(|| others(page, record, kind, count - most));
            BackLinks {
                title,
                count,
                links,
                more,
            }
        })
        .collect()
}

/// The kinds whose records are of a day: the fields that tell it, the first one written counts.
const DATED: [(&str, &[&str]); 3] = [
    ("change", &["done", "planned_start", "opened"]),
    ("problem", &["opened"]),
    ("ticket", &["opened"]),
];

/// The newest first, then what has no day; what is of no day at all stays in its order.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
struct Newest(bool, Reverse<Option<Date>>);

/// A link with its place among those of its kind.
type Sorted = (Newest, Link);

/// The day of a record whose kind has one.
fn day(record: &Record) -> Option<Date> {
    let kind = &record.kind().name;
    let (_, keys) = DATED.iter().find(|(own, _)| own == kind)?;
    keys.iter().find_map(|key| record.view().date(key))
}

/// What is told of a record that refers: its day and state where it is of a day, and the field that refers.
fn hint(page: &Page<'_>, from: &Record, day: Option<Date>, field: Option<&str>) -> Option<String> {
    let state = day.and_then(|_| from.view().choice("status"));
    let state = state.map(|choice| choice.labels.get(page.language).to_owned());
    let day = day.map(|day| page.date(day).text);
    let told = [day, state, field.map(str::to_owned)].into_iter().flatten();
    let told = told.collect::<Vec<_>>().join(" · ");
    (!told.is_empty()).then_some(told)
}

/// Those that are left out: a search for this record's title among that kind finds them.
fn others(page: &Page<'_>, record: &Record, kind: &Kind, count: usize) -> Link {
    let query = format!("kind:{} {}", kind.name, record.title);
    question(page, &page.count("and-more", count), &query)
}
