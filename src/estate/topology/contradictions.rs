//! What cannot all be true of the cables: two ends that disagree, and a port with two cables.

use std::collections::{BTreeMap, BTreeSet};

use crate::estate::{Estate, RecordId};
use crate::fold::fold;

use super::Link;

/// Media that share a port: many stations at one radio, many tunnels and machines behind one port.
const SHARED: [&str; 3] = ["radio", "tunnel", "virtual"];

/// Declarations that cannot all be true, each an asset and the place among its `connected_to`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contradiction {
    /// A cable from an asset to itself.
    ToItself {
        /// Who declares it.
        declared: (RecordId, usize),
    },
    /// Both ends declare the cable, with one port in common and another that differs.
    EndsDisagree {
        /// As the lower record has it.
        one: (RecordId, usize),
        /// As the other has it.
        other: (RecordId, usize),
    },
    /// Two cables in one port.
    PortUsedTwice {
        /// The device.
        asset: RecordId,
        /// Its port, as first written.
        port: String,
        /// Who declares the first cable.
        first: (RecordId, usize),
        /// Who declares another one.
        again: (RecordId, usize),
        /// Where the two lead.
        peers: [RecordId; 2],
    },
}

/// Marks the ends of cables whose port holds another one.
pub(super) fn mark(links: &mut [Link], twice: &[Contradiction]) {
    let ports = twice.iter().filter_map(|it| match it {
        Contradiction::PortUsedTwice { asset, port, .. } => Some((*asset, fold(port))),
        Contradiction::EndsDisagree { .. } | Contradiction::ToItself { .. } => None,
    });
    let crowded: BTreeSet<(RecordId, String)> = ports.collect();
    for link in links.iter_mut().filter(|link| !link.is_of(&SHARED)) {
        for end in &mut link.ends {
            let port = end.port.as_deref().map(|port| (end.asset, fold(port)));
            end.is_crowded = port.is_some_and(|port| crowded.contains(&port));
        }
    }
}

/// The ports that hold more than one cable; each cable after the first is told.
pub(super) fn ports_used_twice(links: &[Link]) -> Vec<Contradiction> {
    let mut holders: BTreeMap<(RecordId, String), &Link> = BTreeMap::new();
    let mut found = Vec::new();
    for link in links.iter().filter(|link| !link.is_of(&SHARED)) {
        for end in &link.ends {
            let Some(port) = &end.port else {
                continue;
            };
            let key = (end.asset, fold(port));
            let Some(first) = holders.get(&key) else {
                holders.insert(key, link);
                continue;
            };
            found.push(Contradiction::PortUsedTwice {
                asset: end.asset,
                port: port.clone(),
                first: first.declared[0],
                again: link.declared[0],
                peers: [first, &link].map(|it| it.from(end.asset).1.asset),
            });
        }
    }
    found
}

/// A text of a declaration: an asset, and a place among its `connected_to`.
pub fn declared_text(
    estate: &Estate,
    (asset, place): (RecordId, usize),
    key: &str,
) -> Option<String> {
    let mut all = estate.record(asset).view().structures("connected_to");
    all.nth(place)?.text(key).map(str::to_owned)
}
