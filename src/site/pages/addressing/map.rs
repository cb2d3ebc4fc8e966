//! The picture of a prefix: its addresses one by one up to 256, else 256 blocks with how much of each is used.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::faults::{self, Fault};
use super::words;
use crate::estate::network::{AddressRange, Addressing, Network, Prefix, State, Stretch};
use crate::site::diagrams::subnet::{Cell, Fill, Subnet, subnet};
use crate::site::page::Page;

/// A picture has this many cells at most, and the bits that number them.
const MOST_CELLS: u128 = 256;
const BITS: u8 = 8;
/// A smaller network is told by its table alone.
const FEWEST_CELLS: u128 = 8;

/// The picture, and what one of its cells is. `None` for what is too small, and for IPv6 networks too large
/// for any cell to show something.
pub(super) fn map(page: &Page<'_>, prefix: &Prefix, is_brief: bool) -> Option<(String, String)> {
    let plan = page.estate().addressing();
    let Network { range, length } = prefix.network;
    let is_worth_it = !range.is_v6() || range.size() <= MOST_CELLS || !prefix.children.is_empty();
    if range.size() < FEWEST_CELLS || !is_worth_it {
        return None;
    }
    let bits = if range.is_v6() { 128 } else { 32 };
    let of_cell = (length + BITS).min(bits);
    let blocks: Vec<Network> = blocks(prefix.network, of_cell);
    let is_block = of_cell < bits;
    let cells = cells(page, prefix, &blocks, is_brief);
    let shown = |fill: Fill| {
        cells
            .iter()
            .any(|cell| cell.fill == fill || fill == Fill::Used && cell.used > 0)
    };
    let legend = words::FILLS.iter().filter(|(fill, _)| shown(*fill));
    let title = page
        .word("addressing-map")
        .replace("{network}", &prefix.network.to_string());
    let caption = if is_block {
        let text = page.word("addressing-cell-block");
        text.replace("{length}", &of_cell.to_string())
    } else {
        page.word("addressing-cell-one")
    };
    let drawn = Subnet {
        id_prefix: "subnet".to_owned(),
        description: super::block::facts(page, plan, prefix),
        title,
        rows: blocks
            .iter()
            .step_by(16)
            .map(|block| label(prefix.network, block.range.first()))
            .collect(),
        legend: legend
            .map(|(fill, _)| (*fill, words::of_fill(page, *fill)))
            .collect(),
        cells,
    };
    Some((subnet(&drawn), caption))
}

/// The blocks of a length in a network.
fn blocks(network: Network, length: u8) -> Vec<Network> {
    let mut next = Some(network.range.first());
    let mut blocks = Vec::new();
    while let Some(first) = next {
        let block = Network::new(first, length);
        blocks.push(block);
        next = block
            .range
            .after()
            .filter(|it| network.range.covers(AddressRange::one(*it)));
    }
    blocks
}

fn cells(page: &Page<'_>, prefix: &Prefix, blocks: &[Network], is_brief: bool) -> Vec<Cell> {
    let plan = page.estate().addressing();
    let stretches = &plan.usage(prefix).stretches;
    let below = plan.addresses_below(prefix);
    let faults = faults::below(page, prefix);
    let mut from = 0;
    let mut cells = Vec::new();
    for block in blocks {
        while stretches
            .get(from)
            .is_some_and(|it| it.range.last() < block.range.first())
        {
            from += 1;
        }
        let over = stretches[from..].iter();
        let over: Vec<&Stretch> = over
            .take_while(|it| it.range.first() <= block.range.last())
            .collect();
        let cell = if block.range.size() == 1 {
            single(page, block.range.first(), &over)
        } else {
            let taken = taken(&below, *block);
            several(page, plan, (*block, taken), &over)
        };
        let wrong: Vec<&Fault> = wrong(&faults, block.range).collect();
        let cell = marked(page, cell, &wrong, block.range.size() == 1);
        let title = cell.title.filter(|_| !is_brief);
        cells.push(Cell { title, ..cell });
    }
    cells
}

/// What is wrong in some addresses.
fn wrong(faults: &BTreeMap<IpAddr, Fault>, range: AddressRange) -> impl Iterator<Item = &Fault> {
    faults.range(range.first()..=range.last()).map(|(_, it)| it)
}

/// A cell with the mark of what is wrong in it, and how much.
fn marked(page: &Page<'_>, cell: Cell, wrong: &[&Fault], is_single: bool) -> Cell {
    let Some(fill) = wrong.iter().map(|it| it.fill).min() else {
        return cell;
    };
    let word = if is_single {
        words::of_fill(page, fill)
    } else {
        page.count("addressing-count-fault", wrong.len())
    };
    let title = cell.title.map_or_else(
        || format!("{} ({word})", wrong[0].address),
        |title| format!("{title} ({word})"),
    );
    Cell {
        fill,
        title: Some(title),
        ..cell
    }
}

/// How many of some sorted addresses are in a block.
fn taken(all: &[IpAddr], block: Network) -> u128 {
    let begin = all.partition_point(|it| *it < block.range.first());
    let end = all.partition_point(|it| *it <= block.range.last());
    end.saturating_sub(begin) as u128
}

fn single(page: &Page<'_>, address: IpAddr, over: &[&Stretch]) -> Cell {
    let Some(stretch) = over.first() else {
        return Cell::default();
    };
    let holders: Vec<&str> = stretch
        .whose
        .iter()
        .map(|id| page.estate().record(*id).title.as_str())
        .collect();
    let is_told = stretch.state == State::Gateway || !holders.is_empty();
    Cell {
        fill: words::fill(stretch.state),
        used: 0,
        title: is_told.then(|| {
            format!("{address} {}", holders.join(", "))
                .trim()
                .to_owned()
        }),
    }
}

/// A block: filled as most of it is, with the share that is used.
fn several(
    page: &Page<'_>,
    plan: &Addressing,
    (block, taken): (Network, u128),
    over: &[&Stretch],
) -> Cell {
    let part = |it: &Stretch| it.range.shared(block.range).map_or(0, AddressRange::size);
    let free = |it: &&&Stretch| !matches!(it.state, State::Used | State::Gateway);
    let subnet = over.iter().find(|it| it.state == State::Subnet);
    // Where a network begins matters more than what is left beside it.
    let most = over.iter().filter(free).max_by_key(|it| part(it));
    let fill = subnet
        .or(most)
        .map_or(Fill::Used, |it| words::fill(it.state));
    let size = block.range.size();
    let used = (taken * 100).div_ceil(size).min(100);
    let subnet = subnet.and_then(|it| plan.prefixes.get(it.whose.first()?));
    let name = subnet.and_then(|it| page.estate().record(it.record).view().text("name"));
    let told = page.word("addressing-cell-used");
    let told = told
        .replace("{network}", &block.to_string())
        .replace("{used}", &words::number(page, taken))
        .replace("{all}", &words::number(page, size));
    let title = match name {
        Some(name) => Some(format!("{told} ({name})")),
        None => (taken > 0).then_some(told),
    };
    Cell {
        fill,
        used: u8::try_from(used).unwrap_or(100),
        title,
    }
}

/// What changes of an address along the rows: `.16` in a /24, `.16.0` in a /16.
fn label(network: Network, first: IpAddr) -> String {
    match first {
        IpAddr::V4(address) => v4_label(network, address),
        IpAddr::V6(address) => v6_label(address),
    }
}

fn v4_label(network: Network, address: Ipv4Addr) -> String {
    let fixed = usize::from(network.length / 8).min(3);
    let octets = address.octets();
    let rest = octets[fixed..].iter().map(|octet| format!(".{octet}"));
    rest.collect::<String>()
        .trim_start_matches(if fixed == 0 { "." } else { "" })
        .to_owned()
}

/// The last ten letters.
fn v6_label(address: Ipv6Addr) -> String {
    let text = address.to_string();
    match text.char_indices().rev().nth(9) {
        Some((at, _)) if at > 0 => format!("…{}", &text[at..]),
        _ => text,
    }
}
