//! The network on pages: maps of sites, ports, racks, Wi-Fi, filtering. Each table is also a spreadsheet and a file
//! for programs.

mod block;
mod filtering;
mod map;
mod patching;
mod picture;
mod racks;
mod wireless;

pub(super) use block::{block, heading};

use crate::estate::topology::{FILTERING, PAGE, PATCHING, RACKS, WIRELESS};
use crate::estate::{Estate, Record, RecordId, topology};
use crate::site::address::page_path;
use crate::site::context::{Column, Link, Row, TableSection, TopologyContext};
use crate::site::output::Output;
use crate::site::page::Page;
use crate::site::templates::TemplateError;
use crate::site::{export, frame};

use super::desk::figures::{Cell, Figures};
use super::list;

/// A table shows this many rows; the files have all of them.
const MOST_ROWS: usize = 500;

/// A page about the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) enum TopologyPage {
    /// Maps of some sites, from part 1.
    Map(usize),
    /// The devices with ports.
    Patching,
    /// The ports of one.
    Ports(RecordId),
    /// Some racks, from part 1.
    Racks(usize),
    /// Wi-Fi networks.
    Wireless,
    /// What may pass where.
    Filtering,
}

/// A table of such a page as a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) enum TopologyTable {
    Links,
    Ports,
    Racks,
    Wireless,
    Filtering,
}

impl TopologyTable {
    const ALL: [Self; 5] = [
        Self::Links,
        Self::Ports,
        Self::Racks,
        Self::Wireless,
        Self::Filtering,
    ];

    /// The page that shows it.
    fn page(self) -> &'static str {
        match self {
            Self::Links => PAGE,
            Self::Ports => PATCHING,
            Self::Racks => RACKS,
            Self::Wireless => WIRELESS,
            Self::Filtering => FILTERING,
        }
    }

    /// The label of that page's title.
    fn title(self) -> &'static str {
        match self {
            Self::Links => "topology",
            Self::Ports => "patching",
            Self::Racks => "racks",
            Self::Wireless => "wireless",
            Self::Filtering => "filtering",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Links => "links",
            Self::Ports => "ports",
            Self::Racks => "racks",
            Self::Wireless => "wireless",
            Self::Filtering => "filtering",
        }
    }

    /// The address of the table for people.
    fn csv(self) -> String {
        format!("{}{}.csv", self.page(), self.name())
    }

    /// The address of the table for programs.
    fn data(self) -> String {
        format!("data/network-{}.csv", self.name())
    }

    /// Whether there is something to show.
    fn exists(self, estate: &Estate) -> bool {
        let topology = estate.topology();
        match self {
            Self::Links => !topology.links.is_empty(),
            Self::Ports => !topology.devices.is_empty(),
            Self::Racks => !topology.racks.is_empty(),
            Self::Wireless => topology::wireless::wireless(estate).next().is_some(),
            Self::Filtering => filtering::exists(estate),
        }
    }

    fn figures(self, page: &Page<'_>) -> Figures {
        match self {
            Self::Links => map::links(page, |_| true),
            Self::Ports => patching::all(page),
            Self::Racks => racks::all(page),
            Self::Wireless => wireless::networks(page),
            Self::Filtering => filtering::rules(page),
        }
    }
}

/// Every page and file about the network, with its path.
pub(in crate::site) fn outputs(estate: &Estate) -> Vec<(String, Output)> {
    let mut outputs = Vec::new();
    let tables = TopologyTable::ALL.into_iter();
    for table in tables.filter(|table| table.exists(estate)) {
        outputs.push((table.csv(), Output::TopologyCsv(table)));
        outputs.push((table.data(), Output::TopologyData(table)));
        let mut add = |url: &str, page| outputs.push((page_path(url), Output::Topology(page)));
        match table {
            TopologyTable::Links => (1..=map::parts(estate))
                .for_each(|part| add(&list::url(PAGE_FOLDER, part), TopologyPage::Map(part))),
            TopologyTable::Ports => {
                add(PATCHING, TopologyPage::Patching);
                for id in &estate.topology().devices {
                    let url = ports_url(estate.record(*id));
                    add(&url, TopologyPage::Ports(*id));
                }
            }
            TopologyTable::Racks => (1..=racks::parts(estate))
                .for_each(|part| add(&list::url(RACKS_FOLDER, part), TopologyPage::Racks(part))),
            TopologyTable::Wireless => add(WIRELESS, TopologyPage::Wireless),
            TopologyTable::Filtering => add(FILTERING, TopologyPage::Filtering),
        }
    }
    outputs
}

/// Folders of pages in parts, as [`list::url`] takes them.
const PAGE_FOLDER: &str = PAGE.split_at(PAGE.len() - 1).0;
const RACKS_FOLDER: &str = RACKS.split_at(RACKS.len() - 1).0;

/// The page of a device's ports.
fn ports_url(device: &Record) -> String {
    format!("{}ports/", device.url)
}

/// The pages that the menu names: title and address.
pub(in crate::site) fn menu(estate: &Estate) -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = TopologyTable::ALL.into_iter();
    let shown = all.filter(|table| table.exists(estate));
    shown.map(|table| (table.title(), table.page()))
}

/// Renders a page.
pub(in crate::site) fn render(
    page: &Page<'_>,
    which: TopologyPage,
) -> Result<String, TemplateError> {
    let context = match which {
        TopologyPage::Map(part) => map::page(page, part),
        TopologyPage::Patching => patching::page(page),
        TopologyPage::Ports(id) => patching::ports_page(page, page.estate().record(id)),
        TopologyPage::Racks(part) => racks::page(page, part),
        TopologyPage::Wireless => wireless::page(page),
        TopologyPage::Filtering => filtering::page(page),
    };
    page.render("topology.html", &context)
}

/// A table for people.
pub(in crate::site) fn csv(page: &Page<'_>, table: TopologyTable) -> Vec<u8> {
    let figures = table.figures(page);
    let rows = figures.rows.iter();
    let rows = rows.map(|row| row.iter().map(|cell| cell.text(page)).collect());
    export::people_table(&figures.csv_head(page), rows, page.language)
}

/// A table for programs.
pub(in crate::site) fn data(page: &Page<'_>, table: TopologyTable) -> Vec<u8> {
    let figures = table.figures(page);
    let head: Vec<&str> = figures.columns.iter().map(|(key, _)| *key).collect();
    let rows = figures.rows.iter();
    let rows = rows.map(|row| row.iter().map(|cell| cell.machine(page)).collect());
    export::machine_table(&head, rows)
}

/// What all pages of a table have: title, files.
fn context(page: &Page<'_>, table: TopologyTable) -> TopologyContext {
    let title = page.word(table.title());
    TopologyContext {
        frame: frame::frame(page, &title, vec![frame::home(page)]),
        files: vec![
            Link::new(page.word("csv"), page.to(&table.csv())),
            Link::new(page.word("ledger-data"), page.to(&table.data())),
        ],
        ..TopologyContext::default()
    }
}

/// A table of a page, its first rows.
fn section(page: &Page<'_>, id: &str, title: &str, figures: &Figures) -> TableSection {
    let column = |(place, (key, label)): (usize, &(&'static str, String))| Column {
        key: (*key).to_owned(),
        label: label.clone(),
        numeric: figures.is_numeric(place),
        facet: matches!(*key, "site" | "medium" | "security" | "action" | "rack"),
        sorted: None,
    };
    let row = |cells: &Vec<Cell>| Row {
        cells: cells.iter().map(|cell| cell.value(page)).collect(),
    };
    TableSection {
        id: id.to_owned(),
        title: page.word(title),
        columns: figures.columns.iter().enumerate().map(column).collect(),
        rows: figures.rows.iter().take(MOST_ROWS).map(row).collect(),
        total: Vec::new(),
    }
}

/// How many rows a table leaves to its files, in words.
fn left_out(page: &Page<'_>, rows: usize) -> Option<String> {
    let hidden = rows.saturating_sub(MOST_ROWS);
    (hidden > 0).then(|| page.count("desk-more", hidden))
}

/// Columns by key and heading.
fn columns<const N: usize>(
    page: &Page<'_>,
    of: [(&'static str, &str); N],
) -> Vec<(&'static str, String)> {
    of.map(|(key, label)| (key, page.word(label))).to_vec()
}

/// A text, or nothing.
fn text(text: Option<&str>) -> Cell {
    text.map_or(Cell::Nothing, |text| Cell::Text(text.to_owned()))
}

/// A record, or nothing.
fn record(id: Option<RecordId>) -> Cell {
    id.map_or(Cell::Nothing, Cell::Record)
}

/// What a key of an enumeration of `connected_to` is called.
fn medium(page: &Page<'_>, key: &str) -> String {
    let kind = page.estate().schema.kind("asset");
    let field = kind.and_then(|kind| kind.field("connected_to"));
    let parts = field.map_or(&[][..], |(_, field)| field.fields());
    let choices = parts.iter().find(|part| part.key == "medium");
    let choices = choices.map_or(&[][..], |part| part.choices());
    let choice = choices.iter().find(|choice| choice.key == key);
    choice
        .map_or(key, |choice| choice.labels.get(page.language))
        .to_owned()
}

/// What an asset is: its type.
fn kind(page: &Page<'_>, asset: &Record) -> String {
    let choice = asset.view().choice("type");
    let labels = choice.map_or(&asset.kind().labels, |choice| &choice.labels);
    labels.get(page.language).to_owned()
}

/// The outermost place of an asset, as words; « sans lieu » without one.
fn site_name(page: &Page<'_>, place: Option<RecordId>) -> String {
    match place {
        Some(id) => page.estate().record(id).title.clone(),
        None => page.word("topology-no-site"),
    }
}
