//! What ties a supplier to us, and what stands in a place: short tables on their pages, the whole elsewhere.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::estate::physical_inventory::{self, Room};
use crate::estate::{Estate, Record};
use crate::format;
use crate::schema::Choice;
use crate::site::context::{ClientSection, Column, Link, Row, TableSection, Value};
use crate::site::page::{Page, tone};

use super::place;

/// A table on a record's page has this many rows of a sort.
const SHOWN: usize = 10;

/// What is bought from or kept up by a supplier: kind, and the field with the day until which it holds.
const TIES: [(&str, &str); 4] = [
    ("contract", "ends"),
    ("licence", "expires"),
    ("purchase", "expected"),
    ("asset", "warranty_end"),
];

/// The tables of a supplier or a place, what else is told of a place, and who may do what there.
pub(super) fn topics(page: &Page<'_>, record: &Record) -> Vec<ClientSection> {
    let own = match record.kind().name.as_str() {
        "supplier" => of_supplier(page, record),
        _ => of_place(page, record),
    };
    let rights = super::rights::topics::on_resource(page, record);
    let place = match record.kind().name.as_str() {
        "site" => place::sections(page, record),
        _ => Vec::new(),
    };
    own.into_iter().chain(place).chain(rights).collect()
}

/// Contracts, licences, purchases under way and machines under guarantee of a supplier, the next day first; with
/// whom to call.
fn of_supplier(page: &Page<'_>, supplier: &Record) -> Option<ClientSection> {
    let estate = page.estate();
    let mut rows = Vec::new();
    let mut left_out = Vec::new();
    for (kind, key) in TIES {
        let mut own: Vec<(Option<Date>, &Record)> = estate
            .referring(supplier, kind, "supplier")
            .map(|record| (record.view().date(key), record))
            .filter(|(until, record)| is_live(estate, record, *until))
            .collect();
        own.sort_by_key(|(until, record)| (until.is_none(), *until, record.id));
        let kind = own.first().map(|(_, record)| record.kind());
        if let Some(kind) = kind.filter(|_| own.len() > SHOWN) {
            let count = format::integer(own.len().try_into().unwrap_or(i64::MAX), page.language);
            left_out.push(format!("{} {count}", kind.plural.get(page.language)));
        }
        let shown = own.into_iter().take(SHOWN);
        rows.extend(shown.map(|(until, record)| tie(page, record, until)));
    }
    let keys = ["ties-what", "ties-kind", "ties-status", "ties-until"];
    let notes = [
        whom_to_call(page, supplier),
        (!left_out.is_empty()).then(|| {
            let all = left_out.join(", ");
            page.word("ties-all").replace("{all}", &all)
        }),
    ];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    section(
        page,
        "ties",
        &keys,
        rows,
        (!notes.is_empty()).then(|| notes.join(" ")),
    )
}

/// Whether it still holds on the site's day: a machine only under guarantee, a purchase until it is delivered.
fn is_live(estate: &Estate, record: &Record, until: Option<Date>) -> bool {
    let status = record.view().choice("status").map(Choice::meaning);
    match record.kind().name.as_str() {
        "purchase" => !matches!(
            status,
            Some("delivered" | "invoiced" | "paid" | "closed" | "cancelled" | "refused")
        ),
        "asset" => {
            let is_gone = matches!(status, Some("retired" | "lost"));
            !is_gone && until.is_some_and(|until| until >= estate.as_of)
        }
        _ => until.is_none_or(|until| until >= estate.as_of),
    }
}

fn tie(page: &Page<'_>, record: &Record, until: Option<Date>) -> Row {
    let status = record.view().choice("status");
    let cells = vec![
        Value::link(page.link_with_id(record)),
        Value::text(record.kind().labels.get(page.language)),
        status.map_or(Value::Empty, |status| {
            Value::badge(status.labels.get(page.language), tone(status.tone))
        }),
        until.map_or(Value::Empty, |until| Value::date(page.date(until))),
    ];
    Row { cells }
}

/// The number and hours of the support, else the general number.
fn whom_to_call(page: &Page<'_>, supplier: &Record) -> Option<String> {
    let view = supplier.view();
    let number = view.text("support_phone").or(view.text("phone"))?;
    let told = page.word("ties-call").replace("{number}", number);
    Some(match view.text("support_hours") {
        Some(hours) => format!("{told} ({}).", page.set(hours)),
        None => format!("{told}."),
    })
}

/// What should stand in a place, by room and type.
fn of_place(page: &Page<'_>, place: &Record) -> Option<ClientSection> {
    let estate = page.estate();
    let site = physical_inventory::site_of(estate, place);
    let is_inner = site.id != place.id;
    let rooms = estate.physical_inventory().rooms(site.id).iter();
    let rooms = rooms.filter(|room| !is_inner || room.place == Some(place.id));
    let all: Vec<&Room> = rooms.collect();
    let rows = all.iter().take(SHOWN * 2).map(|room| Row {
        cells: vec![
            Value::text(super::physical_inventory::room_title(page, room)),
            Value::number(room.assets.len().to_string(), room.assets.len().to_string()),
            Value::text(by_type(page, room)),
        ],
    });
    let keys = ["inventory-room", "ties-count", "ties-types"];
    let left = all.len().saturating_sub(SHOWN * 2);
    let note = (left > 0).then(|| page.count("and-more", left));
    let mut section = section(page, "standing", &keys, rows.collect(), note)?;
    let list = super::physical_inventory::url(site, 1);
    section.more = Some(Link::new(page.word("inventory-list"), page.to(&list)));
    Some(section)
}

/// The types of a room's assets with their numbers, the most frequent first.
fn by_type(page: &Page<'_>, room: &Room) -> String {
    let mut types: BTreeMap<&str, usize> = BTreeMap::new();
    for asset in room.assets.iter().map(|id| page.estate().record(*id)) {
        let name = asset.view().choice("type");
        let name = name.map_or_else(
            || asset.kind().labels.get(page.language),
            |choice| choice.labels.get(page.language),
        );
        *types.entry(name).or_default() += 1;
    }
    let mut types: Vec<(&str, usize)> = types.into_iter().collect();
    types.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    let told = types.iter().map(|(name, count)| match count {
        1 => (*name).to_owned(),
        _ => format!("{name} × {count}"),
    });
    told.collect::<Vec<_>>().join(", ")
}

fn section(
    page: &Page<'_>,
    id: &str,
    keys: &[&str],
    rows: Vec<Row>,
    note: Option<String>,
) -> Option<ClientSection> {
    let column = |key: &&str| Column {
        key: (*key).to_owned(),
        label: page.word(key),
        numeric: *key == "ties-count",
        ..Column::default()
    };
    (!rows.is_empty()).then(|| ClientSection {
        table: TableSection {
            id: id.to_owned(),
            title: page.word(if id == "ties" { "ties" } else { "standing" }),
            columns: keys.iter().map(column).collect(),
            rows,
            total: Vec::new(),
        },
        note,
        more: None,
    })
}
