//! What is wrong with addresses: several machines with one of them, and one that no machine can have given to
//! somebody. Marked on the picture, told in the tables.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::block::cut_table;
use super::{MOST_NAMED, words};
use crate::estate::RecordId;
use crate::estate::network::{AddressRange, Addressing, Held, Prefix, State, Stretch};
use crate::site::context::{Badge, Link, Table, Tone, Value};
use crate::site::diagrams::subnet::Fill;
use crate::site::page::Page;

/// An address with what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// The address.
    pub address: IpAddr,
    /// The prefix it belongs to.
    pub prefix: Option<RecordId>,
    /// How it is drawn: [`Fill::Duplicate`] or [`Fill::Misplaced`].
    pub fill: Fill,
    /// Who has it; a gateway without an asset has nobody.
    pub whose: Vec<RecordId>,
}

/// What is wrong right in a prefix, by address.
pub(super) fn of_prefix(page: &Page<'_>, prefix: &Prefix) -> Vec<Fault> {
    let plan = page.estate().addressing();
    let shared = page.estate().shared_addresses().in_prefix(prefix.record);
    let fault = |address, fill, whose| Fault {
        address,
        prefix: Some(prefix.record),
        fill,
        whose,
    };
    let mut all: BTreeMap<IpAddr, Fault> = prefix
        .ends()
        .into_iter()
        .filter_map(|end| {
            let holders = plan.held_in(prefix).filter(|held| held.address == end);
            let whose: Vec<RecordId> = holders.map(|held| held.asset).collect();
            let is_claimed = !whose.is_empty() || prefix.gateway == Some(end);
            is_claimed.then(|| (end, fault(end, Fill::Misplaced, whose)))
        })
        .collect();
    for it in shared {
        // Two machines at an impossible address are an impossible address first.
        let duplicate = || fault(it.address, Fill::Duplicate, it.assets.clone());
        all.entry(it.address).or_insert_with(duplicate);
    }
    all.into_values().collect()
}

/// What is wrong in a prefix and in all under it, by address.
pub(super) fn below(page: &Page<'_>, prefix: &Prefix) -> BTreeMap<IpAddr, Fault> {
    let plan = page.estate().addressing();
    let mut open = vec![prefix];
    let mut all = BTreeMap::new();
    while let Some(prefix) = open.pop() {
        all.extend(
            of_prefix(page, prefix)
                .into_iter()
                .map(|it| (it.address, it)),
        );
        let children = prefix.children.iter();
        open.extend(children.filter_map(|id| plan.prefixes.get(id)));
    }
    all
}

/// What is wrong with one address of a prefix.
pub(super) fn of_stretch(page: &Page<'_>, prefix: &Prefix, stretch: &Stretch) -> Option<Fault> {
    let address = stretch.range.first();
    if stretch.range != AddressRange::one(address) {
        return None;
    }
    let is_claimed = !stretch.whose.is_empty() || prefix.gateway == Some(address);
    let (fill, whose) = if stretch.state == State::End {
        (Fill::Misplaced, is_claimed.then(|| stretch.whose.clone())?)
    } else {
        let shared = page.estate().shared_addresses();
        let shared = shared.of(prefix.record, address)?;
        (Fill::Duplicate, shared.assets.clone())
    };
    Some(Fault {
        address,
        prefix: Some(prefix.record),
        fill,
        whose,
    })
}

/// All in the plan, by address: duplicates outside of the prefixes too.
pub(super) fn all(page: &Page<'_>, plan: &Addressing) -> Vec<Fault> {
    let mut all: Vec<Fault> = plan
        .prefixes
        .values()
        .flat_map(|prefix| of_prefix(page, prefix))
        .collect();
    let shared = page.estate().shared_addresses().all.iter();
    all.extend(shared.filter(|it| it.prefix.is_none()).map(|it| Fault {
        address: it.address,
        prefix: None,
        fill: Fill::Duplicate,
        whose: it.assets.clone(),
    }));
    all.sort_by_key(|it| (it.address, it.prefix));
    all
}

/// The marks of a prefix in the tree: how many duplicates, and a gateway that cannot be one.
pub(super) fn badges(page: &Page<'_>, prefix: &Prefix) -> Vec<Badge> {
    let faults = of_prefix(page, prefix);
    let of = |fill| faults.iter().filter(move |it| it.fill == fill).count();
    let counted = [
        ("addressing-count-duplicate", of(Fill::Duplicate)),
        ("addressing-count-misplaced", of(Fill::Misplaced)),
    ];
    let counted = counted.into_iter().filter(|(_, count)| *count > 0);
    counted
        .map(|(key, count)| Badge::new(page.count(key, count), Tone::Danger))
        .collect()
}

/// The faults as a table, and how many it leaves out.
pub(super) fn table(page: &Page<'_>, faults: &[Fault]) -> (Option<Table>, Option<String>) {
    let plan = page.estate().addressing();
    let rows: Vec<Vec<Value>> = faults
        .iter()
        .take(MOST_NAMED)
        .map(|fault| {
            let prefix = fault.prefix.and_then(|id| plan.prefixes.get(&id));
            vec![
                Value::code(fault.address.to_string()),
                prefix.map_or(Value::Empty, |it| Value::link(words::prefix_link(page, it))),
                Value::text(words::of_fill(page, fault.fill)),
                whose(page, fault, prefix),
            ]
        })
        .collect();
    let columns = ["address", "network", "fault", "whose"];
    let more = faults.len().saturating_sub(MOST_NAMED);
    cut_table(page, &columns, rows, more)
}

/// Who has the address: the gateway by that word, assets by name and id.
fn whose(page: &Page<'_>, fault: &Fault, prefix: Option<&Prefix>) -> Value {
    let mut items: Vec<Value> = links(page, &fault.whose).map(Value::link).collect();
    let more = fault.whose.len().saturating_sub(items.len());
    items.extend((more > 0).then(|| Value::text(page.count("and-more", more))));
    if prefix.is_some_and(|it| it.gateway == Some(fault.address)) {
        items.push(Value::text(page.word("addressing-gateway")));
    }
    match items.len() {
        0 => Value::Empty,
        1 => items.remove(0),
        _ => Value::List { items },
    }
}

/// The first of some assets.
fn links(page: &Page<'_>, assets: &[RecordId]) -> impl Iterator<Item = Link> {
    let first = assets.iter().take(super::block::MOST_ASSETS);
    first.map(|id| page.link_with_id(page.estate().record(*id)))
}

/// What is wrong with an address of an asset, on that asset's page: in a word, with the others that have it.
pub(super) fn of_address(page: &Page<'_>, prefix: &Prefix, held: &Held) -> Option<Value> {
    let shared = page.estate().shared_addresses();
    let (fill, others) = if prefix.ends().contains(&held.address) {
        (Fill::Misplaced, Vec::new())
    } else {
        let same = shared.of(prefix.record, held.address)?;
        let others = same.assets.iter().filter(|id| **id != held.asset);
        (Fill::Duplicate, others.copied().collect())
    };
    let word = words::of_fill(page, fill);
    let links = links(page, &others).map(Value::link);
    let badge = Value::badge(word, Tone::Danger);
    Some(Value::List {
        items: std::iter::once(badge).chain(links).collect(),
    })
}
