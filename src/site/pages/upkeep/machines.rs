//! Systems and their support, versions behind those that are approved, and the protection that agents saw.

use std::collections::BTreeMap;

use crate::estate::backups::is_in_use;
use crate::estate::upkeep::protection::{Gap, Protection, tools};
use crate::estate::upkeep::updates::{Found, Update};
use crate::estate::{Record, RecordId};
use crate::site::context::{Badge, Tone};
use crate::site::diagrams::chart::Bar;
use crate::site::page::Page;

use super::super::desk::figures::{Cell, Figures, integer};
use super::super::finance::{Part, columns};
use super::support_cell;

/// A cell names this many machines; the lists of the machines have all of them.
const MOST_NAMED: usize = 5;

/// The systems of machines in use by the end of their support, the first to end first, unknown ones last.
pub(super) fn systems(page: &Page<'_>) -> Part {
    let estate = page.estate();
    let mut machines: BTreeMap<usize, Vec<RecordId>> = BTreeMap::new();
    for asset in estate.listed("asset").filter(|asset| is_in_use(asset)) {
        if let Some(place) = estate.systems().place(asset) {
            machines.entry(place).or_default().push(asset.id);
        }
    }
    let mut lines: Vec<(usize, Vec<RecordId>)> = machines.into_iter().collect();
    lines.sort_by_key(|(place, _)| {
        let end = estate.systems().all[*place].end;
        (end.is_none(), end, *place)
    });
    let row = |(place, machines): (usize, Vec<RecordId>)| {
        let system = &estate.systems().all[place];
        let is_past = system.is_past(estate.as_of);
        vec![
            Cell::Text(system.name.clone()),
            system.version.clone().map_or(Cell::Nothing, Cell::Text),
            Cell::Count(machines.len()),
            system.end.map_or(Cell::Nothing, Cell::Date),
            support_cell(page, system),
            system.software.map_or(Cell::Nothing, Cell::Record),
            if is_past {
                named(machines)
            } else {
                Cell::Nothing
            },
        ]
    };
    Part {
        figures: Figures {
            columns: columns(
                page,
                [
                    ("system", "fleet-system"),
                    ("version", "fleet-version"),
                    ("machines", "upkeep-machines"),
                    ("end_of_support", "fleet-end"),
                    ("verdict", "ledger-verdict"),
                    ("software", "upkeep-software"),
                    ("unsupported", "upkeep-to-replace"),
                ],
            ),
            rows: lines.into_iter().map(row).collect(),
            total: Vec::new(),
        },
        chart: None,
    }
}

fn named(mut machines: Vec<RecordId>) -> Cell {
    machines.truncate(MOST_NAMED);
    if machines.is_empty() {
        Cell::Nothing
    } else {
        Cell::Records(machines)
    }
}

/// Versions by software, the most outdated first.
pub(super) fn updates(page: &Page<'_>) -> Part {
    let mut all: Vec<&Update> = page.estate().upkeep().updates.iter().collect();
    all.sort_by_key(|update| {
        let worst = (update.outdated.len(), update.behind.len());
        (std::cmp::Reverse(worst), update.software)
    });
    let row = |update: &&Update| {
        let text = |key| {
            let text = page.estate().record(update.software).view().text(key);
            text.map_or(Cell::Nothing, |text| Cell::Text(text.to_owned()))
        };
        let mut old = update.outdated.iter().chain(&update.behind).peekable();
        let oldest = old.peek().map(|found| found.version.clone());
        vec![
            Cell::Record(update.software),
            Cell::Count(update.outdated.len()),
            Cell::Count(update.behind.len()),
            Cell::Count(update.current()),
            Cell::Count(update.unknown),
            Cell::Count(update.machines),
            text("version"),
            text("minimum_version"),
            oldest.map_or(Cell::Nothing, Cell::Text),
            named(old.map(|found: &Found| found.asset).collect()),
        ]
    };
    let bar = |update: &&Update| {
        let length = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let count = |count: usize| integer(count, page.language);
        Bar {
            label: page.set(&page.estate().record(update.software).title),
            value: length(update.machines),
            full: length(update.current()),
            text: page
                .word("ledger-worth")
                .replace("{part}", &count(update.current()))
                .replace("{whole}", &count(update.machines)),
        }
    };
    Part {
        chart: Some((
            page.word("upkeep-updates-chart"),
            all.iter().map(bar).collect(),
        )),
        figures: Figures {
            columns: columns(
                page,
                [
                    ("software", "upkeep-software"),
                    ("outdated", "upkeep-outdated"),
                    ("behind", "upkeep-behind"),
                    ("current", "upkeep-current"),
                    ("unknown", "upkeep-unknown"),
                    ("machines", "upkeep-machines"),
                    ("expected", "upkeep-expected"),
                    ("minimum", "upkeep-minimum"),
                    ("oldest", "upkeep-oldest"),
                    ("on", "upkeep-on"),
                ],
            ),
            rows: all.iter().map(row).collect(),
            total: Vec::new(),
        },
    }
}

/// The protection of each machine, the worst first.
pub(super) fn protection(page: &Page<'_>) -> Part {
    let estate = page.estate();
    let mut all: Vec<&Protection> = estate.upkeep().protections.iter().collect();
    all.sort_by_key(|it| (it.gaps.is_empty(), it.gaps.clone(), it.asset));
    let row = |it: &&Protection| {
        let asset = estate.record(it.asset);
        let tools = tools(asset).join(", ");
        vec![
            Cell::Record(it.asset),
            verdict(page, it),
            encryption(page, asset),
            yes_or_no(page, it.antivirus),
            yes_or_no(page, it.firewall),
            if tools.is_empty() {
                Cell::Nothing
            } else {
                Cell::Text(tools)
            },
            it.patched.map_or(Cell::Nothing, Cell::Date),
        ]
    };
    Part {
        figures: Figures {
            columns: columns(
                page,
                [
                    ("machine", "upkeep-machine"),
                    ("verdict", "ledger-verdict"),
                    ("disk_encryption", "upkeep-encryption"),
                    ("antivirus", "upkeep-antivirus"),
                    ("host_firewall", "upkeep-firewall"),
                    ("tools", "upkeep-tools"),
                    ("last_patched", "upkeep-patched"),
                ],
            ),
            rows: all.iter().map(row).collect(),
            total: Vec::new(),
        },
        chart: None,
    }
}

/// What is wrong with a machine, or that nothing is.
fn verdict(page: &Page<'_>, protection: &Protection) -> Cell {
    let gaps = protection.gaps.iter().map(|gap| gap_word(page, *gap));
    let gaps: Vec<String> = gaps.collect();
    if gaps.is_empty() {
        return Cell::Nothing;
    }
    let tone = match protection.gaps.first() {
        Some(Gap::Unencrypted) => Tone::Danger,
        _ => Tone::Warning,
    };
    let keys: Vec<&str> = protection.gaps.iter().map(|gap| gap_key(*gap)).collect();
    Cell::verdict(keys.join(" "), Badge::new(gaps.join(", "), tone))
}

/// What is wrong, for programs.
fn gap_key(gap: Gap) -> &'static str {
    match gap {
        Gap::Unencrypted => "unencrypted",
        Gap::Antivirus => "antivirus",
        Gap::Firewall => "firewall",
        Gap::Unpatched => "unpatched",
    }
}

/// What is wrong, in a word.
pub(super) fn gap_word(page: &Page<'_>, gap: Gap) -> String {
    page.word(match gap {
        Gap::Unencrypted => "gap-unencrypted",
        Gap::Antivirus => "gap-antivirus",
        Gap::Firewall => "gap-firewall",
        Gap::Unpatched => "gap-unpatched",
    })
}

fn encryption(page: &Page<'_>, asset: &Record) -> Cell {
    Cell::choice(page, asset.view().choice("disk_encryption"))
}

fn yes_or_no(page: &Page<'_>, value: Option<bool>) -> Cell {
    value.map_or(Cell::Nothing, |yes| Cell::yes_or_no(page, yes))
}
