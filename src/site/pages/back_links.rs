//! « Cited by »: which records refer to this one, by kind.

use std::collections::{BTreeMap, BTreeSet};

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
    let mut groups: BTreeMap<String, (&Kind, Vec<Link>)> = BTreeMap::new();
    // A page and its translation are one place for a reader.
    let mut shown = BTreeSet::new();
    for back_link in &record.back_links {
        let from = page.estate().record(back_link.from);
        let kind = from.kind();
        let field = back_link
            .field
            .map(|field| kind.fields[field].labels.get(page.language));
        let mut link = applicable::link(page, record, from);
        link.hint = field.map(str::to_owned);
        let place = (link.url.clone(), link.text.clone(), link.hint.clone());
        if !shown.insert(place) {
            continue;
        }
        let title = kind.plural.get(page.language).to_owned();
        let (_, links) = groups.entry(title).or_insert((kind, Vec::new()));
        links.push(link);
    }
    let groups = groups.into_iter();
    groups
        .map(|(title, (kind, mut links))| {
            let count = links.len();
            links.truncate(most);
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

/// Those that are left out: a search for this record's title among that kind finds them.
fn others(page: &Page<'_>, record: &Record, kind: &Kind, count: usize) -> Link {
    let query = format!("kind:{} {}", kind.name, record.title);
    question(page, &page.count("and-more", count), &query)
}
