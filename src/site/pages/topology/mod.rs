//! The network on pages: maps of sites, ports, racks, Wi-Fi, filtering. Each table is also a spreadsheet and a file
//! for programs.

mod between;
mod block;
mod cells;
mod contradictions;
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
use crate::site::context::{Link, NavigationEntry, TopologyContext};
use crate::site::output::Output;
use crate::site::page::Page;
use crate::site::templates::TemplateError;
use crate::site::{export, frame};

use super::desk::figures::Figures;
use super::list;
use cells::{
    MOST_ROWS, choice, columns, keyed, kind, kind_cell, left_out, medium, record, section,
    site_name, state, text, verdict,
};

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
    let folder = format!("{}/", device.kind().folder);
    let name = device.url.strip_prefix(&folder).unwrap_or(&device.url);
    format!("{PATCHING}{name}")
}

/// The first of the pages in the menu; the others stand under it where one of them is read.
pub(in crate::site) fn navigation(page: &Page<'_>, is_own: bool) -> Option<NavigationEntry> {
    let entry = |table: TopologyTable| NavigationEntry {
        link: Link::new(page.word(table.title()), page.by_root(table.page())),
        ..NavigationEntry::default()
    };
    let all = TopologyTable::ALL.into_iter();
    let mut shown = all.filter(|table| table.exists(page.estate()));
    let first = shown.next().map(entry)?;
    Some(NavigationEntry {
        entries: shown.filter(|_| is_own).map(entry).collect(),
        ..first
    })
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
    let estate = page.estate();
    let others = TopologyTable::ALL.into_iter();
    let others = others.filter(|other| *other != table && other.exists(estate));
    TopologyContext {
        views: others
            .map(|other| Link::new(page.word(other.title()), page.to(other.page())))
            .collect(),
        frame: frame::frame(page, &title, vec![frame::home(page)]),
        files: vec![
            Link::new(page.word("csv"), page.to(&table.csv())),
            Link::new(page.word("ledger-data"), page.to(&table.data())),
        ],
        ..TopologyContext::default()
    }
}
