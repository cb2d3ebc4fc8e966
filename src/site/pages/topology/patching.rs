//! The ports of each device in the order people count them, with what is plugged into them.

use crate::estate::Record;
use crate::estate::topology::{PortUse, ports};
use crate::site::context::{Badge, Column, Link, Row, TableSection, Tone, TopologyContext, Value};
use crate::site::frame;
use crate::site::page::Page;

use super::super::desk::figures::{Cell, Figures, integer};
use super::{
    MOST_ROWS, TopologyTable, columns, context, keyed, kind, left_out, medium, ports_url, record,
    section, site_name, state, text,
};

/// How many ports a device has and uses.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Count {
    pub all: usize,
    pub used: usize,
}

impl Count {
    pub fn of(ports: &[PortUse<'_>]) -> Self {
        let named = || ports.iter().filter(|port| !port.name.is_empty());
        Self {
            all: named().count(),
            used: named().filter(|port| !port.links.is_empty()).count(),
        }
    }

    /// « 14 ports sur 26 utilisés, 12 libres. »
    pub fn sentence(self, page: &Page<'_>) -> String {
        let text = page.count("patching-used", self.used);
        let text = text.replace("{all}", &integer(self.all, page.language));
        page.agree(&text, "free", self.all - self.used)
    }
}

/// The devices that have ports.
pub(super) fn page(page: &Page<'_>) -> TopologyContext {
    let estate = page.estate();
    let devices = estate
        .topology()
        .devices
        .iter()
        .map(|id| estate.record(*id));
    let mut sum = Count::default();
    let mut rows = Vec::new();
    for device in devices {
        let count = Count::of(&ports(estate, device));
        (sum.all, sum.used) = (sum.all + count.all, sum.used + count.used);
        if rows.len() < MOST_ROWS {
            rows.push(device_row(page, device, count));
        }
    }
    let all = estate.topology().devices.len();
    let mut own = context(page, TopologyTable::Ports);
    own.lead = page
        .count("patching-lead", all)
        .replace("{used}", &sum.sentence(page));
    let heads = ["site", "type", "used", "all", "free"];
    let column = |key: &str| Column {
        key: key.to_owned(),
        label: page.word(&format!("patching-column-{key}")),
        numeric: matches!(key, "used" | "all" | "free"),
        facet: matches!(key, "site" | "type"),
        order: Vec::new(),
        sorted: None,
    };
    own.tables = vec![TableSection {
        id: "devices".to_owned(),
        title: page.word("patching-devices"),
        columns: std::iter::once("device").chain(heads).map(column).collect(),
        rows,
        total: Vec::new(),
    }];
    own.more = left_out(page, all);
    own.notes = vec![page.word("patching-note")];
    own
}

fn device_row(page: &Page<'_>, device: &Record, count: Count) -> Row {
    let number = |count: usize| Value::number(integer(count, page.language), count.to_string());
    let site = page.estate().topology().site(device.id);
    let link = Link::new(&device.title, page.to(&ports_url(device))).hint(&device.source.id);
    Row {
        cells: vec![
            Value::link(link),
            Value::text(site_name(page, site)),
            Value::text(kind(page, device)),
            number(count.used),
            number(count.all),
            number(count.all - count.used),
        ],
    }
}

/// The ports of a device.
pub(super) fn ports_page(page: &Page<'_>, device: &Record) -> TopologyContext {
    let all = ports(page.estate(), device);
    let mut figures = Figures {
        columns: port_columns(page),
        ..Figures::default()
    };
    for port in &all {
        figures.rows.extend(port_rows(page, device, port));
    }
    for row in figures
        .rows
        .iter_mut()
        .filter(|row| row[1] == Cell::Nothing)
    {
        row[1] = Cell::verdict(
            "free",
            Badge::new(page.word("patching-free"), Tone::Neutral),
        );
    }
    figures.drop_empty_columns();
    let mut own = context(page, TopologyTable::Ports);
    let title = page
        .word("patching-ports-of")
        .replace("{device}", &device.title);
    let patching = Link::new(page.word("patching"), page.to(super::PATCHING));
    let parents = vec![frame::home(page), patching, page.link(device)];
    own.frame = frame::frame(page, &title, parents);
    own.lead = Count::of(&all).sentence(page);
    own.more = left_out(page, figures.rows.len());
    own.tables = vec![section(page, "ports", "patching-ports", &figures)];
    own.files.truncate(1);
    own
}

/// Every port of every device.
pub(super) fn all(page: &Page<'_>) -> Figures {
    let estate = page.estate();
    let mut figures = Figures {
        columns: columns(page, [("device", "patching-column-device")]),
        ..Figures::default()
    };
    figures.columns.extend(port_columns(page));
    for id in &estate.topology().devices {
        let device = estate.record(*id);
        for port in &ports(estate, device) {
            for row in port_rows(page, device, port) {
                let head = std::iter::once(Cell::Record(*id));
                figures.rows.push(head.chain(row).collect());
            }
        }
    }
    figures
}

fn port_columns(page: &Page<'_>) -> Vec<(&'static str, String)> {
    columns(
        page,
        [
            ("port", "topology-port"),
            ("peer", "patching-plugged"),
            ("peer_port", "topology-peer-port"),
            ("vlan", "topology-vlan"),
            ("patch_panel", "patching-panel"),
            ("outlet", "patching-outlet"),
            ("medium", "topology-medium"),
            ("speed", "topology-speed"),
            ("seen", "topology-seen"),
            ("state", "topology-state"),
        ],
    )
}

/// A row for each thing that is plugged in; one row for a free port.
fn port_rows(page: &Page<'_>, device: &Record, port: &PortUse<'_>) -> Vec<Vec<Cell>> {
    let of_model = |key: &str| port.of_model.and_then(|view| view.text(key));
    let name = || {
        if port.name.is_empty() {
            keyed("", page.word("patching-unknown-port"), None)
        } else {
            Cell::Text(port.name.clone())
        }
    };
    if port.links.is_empty() {
        let mut row = vec![name()];
        row.resize(7, Cell::Nothing);
        row[6] = text(of_model("type"));
        row.extend([text(of_model("speed")), Cell::Nothing, Cell::Nothing]);
        return vec![row];
    }
    let rows = port.links.iter().map(|link| {
        let (_, far) = link.from(device.id);
        let made_of = link.medium.as_deref();
        let made_of = made_of.map(|key| keyed(key, medium(page, key), None));
        vec![
            name(),
            Cell::Record(far.asset),
            text(far.port.as_deref()),
            record(link.vlan),
            text(link.patch_panel.as_deref()),
            text(link.outlet.as_deref()),
            made_of.unwrap_or_else(|| text(of_model("type"))),
            text(link.speed.as_deref().or_else(|| of_model("speed"))),
            link.seen.map_or(Cell::Nothing, Cell::Date),
            state(page, link),
        ]
    });
    rows.collect()
}
