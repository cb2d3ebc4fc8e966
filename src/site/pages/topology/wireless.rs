//! Wi-Fi networks with their protection, their virtual network, and the access points of the place.

use std::collections::BTreeMap;

use crate::estate::topology::wireless::{Wireless, wireless};
use crate::estate::{RecordId, places};
use crate::site::context::{Tone, TopologyContext};
use crate::site::page::Page;

use super::super::desk::figures::{Cell, Figures};
use super::{TopologyTable, columns, context, keyed, left_out, record, section};

/// A cell names this many access points.
const NAMED: usize = 12;

/// The page.
pub(super) fn page(page: &Page<'_>) -> TopologyContext {
    let estate = page.estate();
    let weak: Vec<&str> = wireless(estate)
        .filter(Wireless::is_weak)
        .filter_map(|it| it.view.text("ssid"))
        .collect();
    let figures = networks(page);
    let mut own = context(page, TopologyTable::Wireless);
    let mut lead = page.count("wireless-lead", figures.rows.len());
    lead.push(' ');
    lead.push_str(&if weak.is_empty() {
        page.word("wireless-sound")
    } else {
        page.count("wireless-weak-ones", weak.len())
            .replace("{names}", &weak.join(", "))
    });
    own.lead = lead;
    own.more = left_out(page, figures.rows.len());
    own.tables = vec![
        section(page, "networks", "wireless-networks", &figures),
        section(page, "points", "wireless-points", &points(page)),
    ];
    own.tables.retain(|table| !table.rows.is_empty());
    own.notes = vec![page.word("wireless-note")];
    own
}

/// Each network of each virtual network, a row each.
pub(super) fn networks(page: &Page<'_>) -> Figures {
    let estate = page.estate();
    let points = by_place(page);
    let mut figures = Figures {
        columns: columns(
            page,
            [
                ("ssid", "wireless-ssid"),
                ("security", "wireless-security"),
                ("verdict", "wireless-verdict"),
                ("vlan", "topology-vlan"),
                ("site", "topology-site"),
                ("guest", "wireless-guest"),
                ("hidden", "wireless-hidden"),
                ("points", "wireless-points"),
            ],
        ),
        ..Figures::default()
    };
    for it in wireless(estate) {
        let place = places::places(estate, it.vlan).last().map(|place| place.id);
        let own = points.get(&place).map_or(0, Vec::len);
        figures.rows.push(vec![
            Cell::Text(it.view.text("ssid").unwrap_or_default().to_owned()),
            super::verdict(page, it.view.choice("security")),
            verdict(page, &it),
            Cell::Record(it.vlan.id),
            record(estate.first(it.vlan, "site").map(|site| site.id)),
            yes_or_no(page, it.view.boolean("guest")),
            yes_or_no(page, it.view.boolean("hidden")),
            Cell::Count(own),
        ]);
    }
    figures
}

fn verdict(page: &Page<'_>, it: &Wireless<'_>) -> Cell {
    let (key, label, tone) = if it.is_weak() {
        ("weak", "wireless-weak", Tone::Danger)
    } else if it.view.choice("security").is_none() {
        ("untold", "wireless-untold", Tone::Warning)
    } else {
        ("fine", "wireless-fine", Tone::Success)
    };
    keyed(key, page.word(label), Some(tone))
}

fn yes_or_no(page: &Page<'_>, value: Option<bool>) -> Cell {
    match value {
        Some(true) => keyed("true", page.word("yes"), None),
        Some(false) => keyed("false", page.word("no"), None),
        None => Cell::Nothing,
    }
}

/// The access points in use by the outermost place they stand in.
fn by_place(page: &Page<'_>) -> BTreeMap<Option<RecordId>, Vec<RecordId>> {
    let topology = page.estate().topology();
    let mut found: BTreeMap<Option<RecordId>, Vec<RecordId>> = BTreeMap::new();
    for id in &topology.access_points {
        found.entry(topology.site(*id)).or_default().push(*id);
    }
    found
}

/// The access points of each place.
fn points(page: &Page<'_>) -> Figures {
    let mut figures = Figures {
        columns: columns(
            page,
            [
                ("site", "topology-site"),
                ("count", "wireless-count"),
                ("points", "wireless-points"),
            ],
        ),
        ..Figures::default()
    };
    for (place, points) in by_place(page) {
        let named = points.iter().take(NAMED).copied().collect();
        let row = vec![
            record(place),
            Cell::Count(points.len()),
            Cell::Records(named),
        ];
        figures.rows.push(row);
    }
    figures
}
