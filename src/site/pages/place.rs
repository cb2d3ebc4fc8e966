//! What the page of a place says beside what stands there: its IP networks, and whom to ask on site.

use std::collections::BTreeSet;

use crate::estate::network::PAGE;
use crate::estate::{Estate, Record, places};
use crate::site::context::{ClientSection, Column, Link, Row, TableSection, Value};
use crate::site::page::Page;
use crate::site::telephone;

use super::addressing;

/// A table has this many rows.
const SHOWN: usize = 20;
/// Places within places deeper than this are not followed; a circle is a finding of its own.
const DEEPEST: usize = 8;

/// The networks of a place and the people to ask there; what has no row is left out.
pub(super) fn sections(page: &Page<'_>, place: &Record) -> Vec<ClientSection> {
    let both = [networks(page, place), contacts(page, place)];
    both.into_iter().flatten().collect()
}

/// The prefixes of a place and of those in it; a room without one shows those of the nearest place around it.
fn networks(page: &Page<'_>, place: &Record) -> Option<ClientSection> {
    let estate = page.estate();
    let around = places::places(estate, place);
    let (site, prefixes) = around.iter().find_map(|site| {
        let own = if site.id == place.id {
            inside(estate, place)
        } else {
            vec![*site]
        };
        let all: Vec<&Record> = own
            .into_iter()
            .flat_map(|own| estate.referring(own, "prefix", "site"))
            .collect();
        (!all.is_empty()).then_some((*site, all))
    })?;
    let mut known: Vec<_> = prefixes
        .iter()
        .filter_map(|record| estate.addressing().prefixes.get(&record.id))
        .collect();
    known.sort_by_key(|prefix| (prefix.network, prefix.record));
    let rows = known.iter().take(SHOWN).map(|prefix| Row {
        cells: addressing::place_row(page, prefix),
    });
    let keys = [
        "addressing-network",
        "addressing-vlan",
        "addressing-gateway",
        "addressing-used",
        "addressing-free",
    ];
    let mut notes = Vec::new();
    if site.id != place.id {
        let title = places::told(estate, site);
        notes.push(page.word("place-networks-of").replace("{place}", &title));
    }
    let more = known.len().saturating_sub(SHOWN);
    notes.extend((more > 0).then(|| page.count("and-more", more)));
    let mut section = section(page, "place-networks", &keys, rows.collect())?;
    section.note = (!notes.is_empty()).then(|| notes.join(" "));
    section.more = Some(Link::new(page.word("addressing-plan"), page.to(PAGE)));
    Some(section)
}

/// A place, and all in it.
fn inside<'a>(estate: &'a Estate, place: &'a Record) -> Vec<&'a Record> {
    let mut all = vec![place];
    let mut known = BTreeSet::from([place.id]);
    let mut last = vec![place];
    for _ in 0..DEEPEST {
        let next = last
            .iter()
            .flat_map(|place| estate.referring(place, "site", "parent"));
        last = next.filter(|place| known.insert(place.id)).collect();
        all.extend(&last);
    }
    all
}

/// The person to ask on site, of the place and of those around it, then the groups that are there.
fn contacts(page: &Page<'_>, place: &Record) -> Option<ClientSection> {
    let estate = page.estate();
    let around = places::places(estate, place);
    let named = around.iter().filter_map(|site| {
        let person = estate.first(site, "contact")?;
        let role = if site.id == place.id {
            page.word("place-contact")
        } else {
            let title = places::told(estate, site);
            page.word("place-contact-of").replace("{place}", &title)
        };
        Some((person, role))
    });
    let groups = estate.referring(place, "group", "site");
    let groups = groups.map(|group| (group, group.kind().labels.get(page.language).to_owned()));
    let mut known = BTreeSet::new();
    let all = named.chain(groups);
    let all = all.filter(|(record, _)| known.insert(record.id));
    let rows = all.take(SHOWN).map(|(record, role)| {
        let view = record.view();
        let phones = ["phone", "mobile"].iter().filter_map(|key| view.text(key));
        let items = phones.map(|phone| Value::link(telephone::link(phone)));
        let items: Vec<Value> = items.collect();
        let phones = if items.is_empty() {
            Value::Empty
        } else {
            Value::List { items }
        };
        Row {
            cells: vec![
                Value::link(page.link(record)),
                Value::text(role),
                phones,
                view.text("email").map_or(Value::Empty, Value::text),
            ],
        }
    });
    let keys = ["place-who", "place-role", "place-phone", "place-email"];
    section(page, "place-contacts", &keys, rows.collect())
}

fn section(page: &Page<'_>, id: &str, keys: &[&str], rows: Vec<Row>) -> Option<ClientSection> {
    let column = |key: &&str| Column {
        key: (*key).to_owned(),
        label: page.word(key),
        numeric: matches!(*key, "addressing-used" | "addressing-free"),
        ..Column::default()
    };
    (!rows.is_empty()).then(|| ClientSection {
        table: TableSection {
            id: id.to_owned(),
            title: page.word(id),
            columns: keys.iter().map(column).collect(),
            rows,
            total: Vec::new(),
        },
        note: None,
        more: None,
    })
}
