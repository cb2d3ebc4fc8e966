//! Racks from the front, each with its list from the top down, and what is free in it.

use crate::estate::topology::{Elevation, Placed};
use crate::estate::{Estate, Record, RecordId};
use crate::site::context::{Drawing, Html, Table, TopologyContext, Value};
use crate::site::diagrams::rack::{Mounted, Rack, rack};
use crate::site::page::Page;

use super::super::desk::figures::{Cell, Figures, integer};
use super::super::list;
use super::{
    RACKS_FOLDER, TopologyTable, columns, context, contradictions, keyed, kind, kind_cell, picture,
    record, section,
};

/// A page draws this many racks.
const RACKS: usize = 12;

/// How many parts the racks have.
pub(super) fn parts(estate: &Estate) -> usize {
    estate.topology().racks.len().div_ceil(RACKS).max(1)
}

/// Some racks, drawn; the first part opens with all of them as a table.
pub(super) fn page(page: &Page<'_>, part: usize) -> TopologyContext {
    let estate = page.estate();
    let racks = &estate.topology().racks;
    let mut own = context(page, TopologyTable::Racks);
    let sum = |of: fn(&Elevation) -> usize| racks.values().map(of).sum::<usize>();
    let free = sum(|it| it.free().len());
    let units = sum(|it| it.height as usize);
    let faults = sum(|it| it.faults.len());
    let mut sentences = vec![
        page.count("racks-lead", racks.len())
            .replace("{free}", &page.count("racks-free-units", free))
            .replace("{units}", &integer(units, page.language)),
    ];
    sentences.extend((faults > 0).then(|| page.count("racks-faults", faults)));
    own.lead = sentences.join(" ");
    let shown = racks.iter().skip((part - 1) * RACKS).take(RACKS);
    own.drawings = shown.map(|(id, it)| drawing(page, *id, it)).collect();
    if part == 1 {
        own.contradictions = contradictions::of_racks(page);
        own.overview = vec![section(page, "racks", "racks-all", &summary(page))];
    }
    own.notes = vec![page.word("racks-note")];
    own.pager = list::pager(page, RACKS_FOLDER, part, parts(estate));
    own
}

fn drawing(page: &Page<'_>, id: RecordId, elevation: &Elevation) -> Drawing {
    let asset = page.estate().record(id);
    let facts = facts(page, elevation);
    let head = ["racks-unit", "topology-asset", "racks-what"];
    let mut rows: Vec<Vec<Value>> = elevation
        .placed
        .iter()
        .rev()
        .map(|it| line(page, &units(page, it), it.asset))
        .collect();
    let nowhere = page.word("racks-somewhere");
    rows.extend(
        elevation
            .somewhere
            .iter()
            .map(|it| line(page, &nowhere, *it)),
    );
    Drawing {
        id: format!("rack-{}", asset.source.id),
        title: page.link(asset),
        picture: Html(draw(page, asset, elevation)),
        table: Some(Table {
            caption: Some(page.word("racks-from-top")),
            columns: head.map(|key| page.word(key)).to_vec(),
            rows,
        }),
        facts,
    }
}

/// « 24 U, 17 libres, dont 10 d’un seul tenant. »
pub(super) fn facts(page: &Page<'_>, elevation: &Elevation) -> String {
    let number = |count: u32| integer(count as usize, page.language);
    page.count("racks-facts", elevation.free().len())
        .replace("{units}", &number(elevation.height))
        .replace("{run}", &number(elevation.longest_free()))
}

/// `U12`, `U12–U13`, and where it hangs at the back.
fn units(page: &Page<'_>, placed: &Placed) -> String {
    let mut text = format!("U{}", placed.bottom);
    if placed.units > 1 {
        text = format!("U{}–U{}", placed.bottom, placed.top());
    }
    if placed.is_behind {
        text = format!("{text} ({})", page.word("racks-behind"));
    }
    text
}

fn line(page: &Page<'_>, units: &str, asset: RecordId) -> Vec<Value> {
    let asset = page.estate().record(asset);
    vec![
        Value::text(units),
        Value::link(page.link_with_id(asset)),
        Value::text(kind(page, asset)),
    ]
}

/// The picture of a rack.
pub(super) fn draw(page: &Page<'_>, asset: &Record, elevation: &Elevation) -> String {
    let estate = page.estate();
    let mounted = elevation.placed.iter().map(|it| {
        let asset = estate.record(it.asset);
        Mounted {
            bottom: it.bottom,
            units: it.units,
            name: asset.source.id.clone(),
            about: asset.title.clone(),
            url: Some(page.to(&asset.url)),
            class: match kind_key(asset) {
                Some("ups") => "closed",
                _ => picture::class(asset),
            },
            is_behind: it.is_behind,
        }
    });
    rack(&Rack {
        id_prefix: format!("rack-{}", asset.id.0),
        title: page.word("racks-drawn").replace("{rack}", &asset.title),
        description: facts(page, elevation),
        height: elevation.height,
        boxes: mounted.collect(),
    })
}

fn kind_key(asset: &Record) -> Option<&str> {
    crate::estate::topology::type_of(asset)
}

/// Every rack with what is free in it.
fn summary(page: &Page<'_>) -> Figures {
    let estate = page.estate();
    let topology = estate.topology();
    let mut figures = Figures {
        columns: columns(
            page,
            [
                ("rack", "racks-rack"),
                ("site", "topology-site"),
                ("height", "racks-height"),
                ("assets", "racks-assets"),
                ("free", "racks-free"),
                ("run", "racks-run"),
            ],
        ),
        ..Figures::default()
    };
    for (id, elevation) in &topology.racks {
        let place = estate.first(estate.record(*id), "site").map(|it| it.id);
        figures.rows.push(vec![
            Cell::Record(*id),
            record(place),
            Cell::Count(elevation.height as usize),
            Cell::Count(elevation.placed.len() + elevation.somewhere.len()),
            Cell::Count(elevation.free().len()),
            Cell::Count(elevation.longest_free() as usize),
        ]);
    }
    figures
}

/// Everything that stands in a rack, a row each.
pub(super) fn all(page: &Page<'_>) -> Figures {
    let estate = page.estate();
    let mut figures = Figures {
        columns: columns(
            page,
            [
                ("rack", "racks-rack"),
                ("unit", "racks-lowest"),
                ("units", "racks-height"),
                ("asset", "topology-asset"),
                ("type", "racks-what"),
                ("behind", "racks-face"),
            ],
        ),
        ..Figures::default()
    };
    for (id, elevation) in &estate.topology().racks {
        for it in &elevation.placed {
            let (face, label) = if it.is_behind {
                ("rear", "racks-behind")
            } else {
                ("front", "racks-front")
            };
            figures.rows.push(vec![
                Cell::Record(*id),
                Cell::Count(it.bottom as usize),
                Cell::Count(it.units as usize),
                Cell::Record(it.asset),
                kind_cell(page, estate.record(it.asset)),
                keyed(face, page.word(label), None),
            ]);
        }
        for asset in &elevation.somewhere {
            let mut row = vec![Cell::Record(*id), Cell::Nothing, Cell::Nothing];
            row.extend([Cell::Record(*asset), kind_cell(page, estate.record(*asset))]);
            row.push(Cell::Nothing);
            figures.rows.push(row);
        }
    }
    figures
}
