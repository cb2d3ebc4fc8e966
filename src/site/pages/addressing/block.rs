//! The block on the page of a prefix (its picture, what comes next, its ranges) or a VLAN, and where
//! the addresses of an asset belong.

use std::collections::BTreeMap;

use super::{counts, faults, map, words};
use crate::estate::network::{Addressing, Held, PAGE, Prefix, State, Stretch, next_blocks};
use crate::estate::{Record, RecordId};
use crate::site::context::{AddressingBlock, Heading, Html, Link, Section, Table, Value};
use crate::site::page::Page;

/// A table shows this many ranges, and fewer on a heavy page.
const MOST_RANGES: usize = 60;
const FEWEST_RANGES: usize = 15;
/// A range names this many assets.
pub(super) const MOST_ASSETS: usize = 6;
/// So many free addresses or networks are named.
const MOST_NEXT: usize = 8;

/// The block of a prefix or of a VLAN that carries some.
pub(in crate::site::pages) fn block(page: &Page<'_>, record: &Record) -> Option<AddressingBlock> {
    let plan = page.estate().addressing();
    match record.kind().name.as_str() {
        "prefix" => Some(of_prefix(page, plan.prefixes.get(&record.id)?)),
        "vlan" => of_vlan(page, plan, record),
        _ => None,
    }
}

/// For "on this page".
pub(in crate::site::pages) fn heading(page: &Page<'_>) -> Heading {
    Heading {
        id: "addressing".to_owned(),
        text: page.word("addressing-block"),
        level: 2,
    }
}

/// Takes words out of the picture of a page that would weigh too much, then ranges out of its table: the
/// files have them all.
pub(in crate::site::pages) fn shorten(
    page: &Page<'_>,
    record: &Record,
    block: &mut AddressingBlock,
) {
    let plan = page.estate().addressing();
    let Some(prefix) = plan.prefixes.get(&record.id) else {
        return;
    };
    if let Some((svg, _)) = map::map(page, prefix, true) {
        block.map = Some(Html(svg));
    }
    (block.table, block.more) = table(page, prefix, FEWEST_RANGES);
}

/// Tells, where an asset's fields list its addresses, the network and the VLAN of each, and what is wrong
/// with it. An asset of which no address is in the plan keeps its plain list.
pub(in crate::site::pages) fn tell_addresses(
    page: &Page<'_>,
    record: &Record,
    sections: &mut [Section],
) {
    let Some((_, field)) = record.kind().field("ip") else {
        return;
    };
    let plan = page.estate().addressing();
    let held: Vec<&Held> = plan.of_asset(record.id).collect();
    if !held.iter().any(|held| held.prefix.is_some()) {
        return;
    }
    let label = field.labels.get(page.language);
    let mut fields = sections.iter_mut().flat_map(|section| &mut section.fields);
    if let Some(shown) = fields.find(|field| field.label == label) {
        let columns = [
            "addressing-address",
            "addressing-network",
            "addressing-vlan",
        ];
        let table = Table {
            caption: None,
            columns: columns.map(|key| page.word(key)).to_vec(),
            rows: held.iter().map(|held| address_row(page, held)).collect(),
        };
        shown.value = Value::Table { table };
        shown.wide = true;
    }
}

fn address_row(page: &Page<'_>, held: &Held) -> Vec<Value> {
    let plan = page.estate().addressing();
    let prefix = held.prefix.and_then(|id| plan.prefixes.get(&id));
    let address = Value::code(held.address.to_string());
    let fault = prefix.and_then(|prefix| faults::of_address(page, prefix, held));
    let vlan = prefix.and_then(|prefix| prefix.vlan);
    vec![
        match fault {
            Some(Value::List { items }) => Value::List {
                items: std::iter::once(address).chain(items).collect(),
            },
            _ => address,
        },
        prefix.map_or(Value::Empty, |prefix| {
            Value::link(words::prefix_link(page, prefix))
        }),
        vlan.map_or(Value::Empty, |vlan| {
            Value::link(words::vlan_link(page, vlan))
        }),
    ]
}

/// « 254 adresses utilisables : 12 utilisées, 80 réservées, 100 en DHCP, 62 libres. »
pub(super) fn facts(page: &Page<'_>, plan: &Addressing, prefix: &Prefix) -> String {
    let [used, reserved, dhcp, free] = counts(plan, prefix);
    let key = if prefix.is_container {
        "addressing-container-facts"
    } else {
        "addressing-facts"
    };
    let size = if prefix.is_container {
        prefix.network.range.size()
    } else {
        prefix.network.usable()
    };
    let counts = [
        ("size", size),
        ("networks", prefix.children.len() as u128),
        ("used", used),
        ("reserved", reserved),
        ("dhcp", dhcp),
        ("free", free),
    ];
    counts.into_iter().fold(page.word(key), |text, (key, it)| {
        words::agree(page, &text, key, it)
    })
}

fn of_prefix(page: &Page<'_>, prefix: &Prefix) -> AddressingBlock {
    let plan = page.estate().addressing();
    let (map, caption) = map::map(page, prefix, false).unzip();
    let (table, more) = table(page, prefix, MOST_RANGES);
    let (next_title, next) = next(plan, prefix);
    AddressingBlock {
        facts: facts(page, plan, prefix),
        map: map.map(Html),
        caption: caption.unwrap_or_default(),
        next_title: page.word(&format!("addressing-{next_title}")),
        next,
        table,
        more,
        all: Link::new(page.word("addressing-plan"), page.to(PAGE)),
    }
}

/// The next free addresses of a network; of a container, the next free networks as large as most in it.
fn next(plan: &Addressing, prefix: &Prefix) -> (&'static str, Vec<String>) {
    let usage = plan.usage(prefix);
    if !prefix.is_container {
        let next = usage.next_free(MOST_NEXT).into_iter();
        return ("next-addresses", next.map(|it| it.to_string()).collect());
    }
    let mut lengths: BTreeMap<u8, usize> = BTreeMap::new();
    for child in prefix
        .children
        .iter()
        .filter_map(|id| plan.prefixes.get(id))
    {
        *lengths.entry(child.network.length).or_default() += 1;
    }
    let usual = lengths
        .into_iter()
        .max_by_key(|(length, count)| (*count, *length));
    let blocks = usual.map(|(length, _)| next_blocks(usage, length, MOST_NEXT));
    let blocks = blocks.unwrap_or_default().into_iter();
    ("next-networks", blocks.map(|it| it.to_string()).collect())
}

/// The ranges of a prefix, so many at most, and what is left out. Addresses in a row that assets have are one
/// range.
fn table(page: &Page<'_>, prefix: &Prefix, most: usize) -> (Option<Table>, Option<String>) {
    let stretches = &page.estate().addressing().usage(prefix).stretches;
    let is_plain =
        |it: &Stretch| it.state == State::Used && faults::of_stretch(page, prefix, it).is_none();
    let joined: Vec<&[Stretch]> = stretches
        .chunk_by(|a, b| is_plain(a) && is_plain(b) && a.usage == b.usage)
        .collect();
    let rows: Vec<Vec<Value>> = joined
        .iter()
        .take(most)
        .map(|run| range_row(page, prefix, run))
        .collect();
    let columns = ["range", "state", "whose"];
    let more = joined.len().saturating_sub(most);
    cut_table(page, &columns, rows, more)
}

/// A table without rows that were too many, and what says how many those are; no table without a row.
pub(super) fn cut_table(
    page: &Page<'_>,
    columns: &[&str],
    rows: Vec<Vec<Value>>,
    more: usize,
) -> (Option<Table>, Option<String>) {
    let columns = columns.iter();
    let columns = columns.map(|key| page.word(&format!("addressing-{key}")));
    let table = (!rows.is_empty()).then(|| Table {
        caption: None,
        columns: columns.collect(),
        rows,
    });
    (table, (more > 0).then(|| page.count("and-more", more)))
}

fn range_row(page: &Page<'_>, prefix: &Prefix, run: &[Stretch]) -> Vec<Value> {
    let (first, last) = (&run[0], &run[run.len() - 1]);
    let count: u128 = run.iter().map(|it| it.range.size()).sum();
    let fault = faults::of_stretch(page, prefix, first);
    let fill = fault.map_or_else(|| words::fill(first.state), |it| it.fill);
    let word = words::of_fill(page, fill);
    let word = if count > 1 {
        format!("{word} ({})", words::number(page, count))
    } else {
        word
    };
    let whose: Vec<RecordId> = run.iter().flat_map(|it| it.whose.iter().copied()).collect();
    let is_gateway = prefix.gateway == Some(first.range.first());
    let mut items: Vec<Value> = whose
        .iter()
        .take(MOST_ASSETS)
        .map(|id| Value::link(whose_link(page, *id)))
        .collect();
    if whose.len() > MOST_ASSETS {
        items.push(Value::text(
            page.count("and-more", whose.len() - MOST_ASSETS),
        ));
    }
    if is_gateway && first.state == State::End {
        items.push(Value::text(page.word("addressing-gateway")));
    }
    items.extend(first.usage.iter().map(Value::text));
    let range = match first.range.to(last.range) {
        Some(range) => words::range(range),
        None => words::range(first.range),
    };
    let about = match items.len() {
        0 => Value::Empty,
        1 => items.remove(0),
        _ => Value::List { items },
    };
    vec![Value::code(range), Value::text(word), about]
}

/// A prefix by its network, an asset by its name.
fn whose_link(page: &Page<'_>, id: RecordId) -> Link {
    let plan = page.estate().addressing();
    match plan.prefixes.get(&id) {
        Some(prefix) => words::prefix_link(page, prefix),
        None => page.link(page.estate().record(id)),
    }
}

/// The prefixes that a VLAN carries, with their counts.
fn of_vlan(page: &Page<'_>, plan: &Addressing, vlan: &Record) -> Option<AddressingBlock> {
    let prefixes = plan.of_vlan(vlan.id).iter();
    let prefixes = prefixes.filter_map(|id| plan.prefixes.get(id));
    let rows: Vec<Vec<Value>> = prefixes
        .map(|prefix| {
            let gateway = prefix.gateway.map(|it| Value::code(it.to_string()));
            let counts = counts(plan, prefix).map(|count| {
                let sort = count.to_string();
                Value::number(words::number(page, count), sort)
            });
            let link = Value::link(words::prefix_link(page, prefix));
            let head = [link, gateway.unwrap_or_default()];
            head.into_iter().chain(counts).collect()
        })
        .collect();
    let columns = ["network", "gateway", "used", "reserved", "dhcp", "free"];
    (!rows.is_empty()).then(|| AddressingBlock {
        facts: String::new(),
        table: Some(Table {
            caption: None,
            columns: columns
                .map(|key| page.word(&format!("addressing-{key}")))
                .to_vec(),
            rows,
        }),
        all: Link::new(page.word("addressing-plan"), page.to(PAGE)),
        ..AddressingBlock::default()
    })
}

/// A prefix on the page of its place: link, VLAN, gateway, used, free.
pub(in crate::site::pages) fn place_row(page: &Page<'_>, prefix: &Prefix) -> Vec<Value> {
    let [used, _, _, free] = counts(page.estate().addressing(), prefix).map(|count| {
        let sort = count.to_string();
        Value::number(words::number(page, count), sort)
    });
    let gateway = prefix.gateway.map(|it| Value::code(it.to_string()));
    let vlan = prefix
        .vlan
        .map(|vlan| Value::link(words::vlan_link(page, vlan)));
    vec![
        Value::link(words::prefix_link(page, prefix)),
        vlan.unwrap_or_default(),
        gateway.unwrap_or_default(),
        used,
        free,
    ]
}
