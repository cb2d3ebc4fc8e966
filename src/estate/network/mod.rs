//! The addressing plan: prefixes as a tree, the addresses that assets have in them, and what is left.
//!
//! Two clients may use the same private range. So an address belongs to the smallest prefix that contains
//! it among those of its asset's own organisation (or of one above it); failing that, among those at its
//! asset's place; failing that, among those of nobody. Without an organisation, any prefix will do whose
//! owner is beyond doubt.

mod known;
mod placing;
mod range;
pub mod repeats;
mod usage;

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::OnceLock;

pub use known::{Known, Standing, known, macs};
pub use range::{AddressRange, Network, ranges};
pub use usage::{State, Stretch, Usage, next_blocks};

use crate::estate::{Estate, Record, RecordId, places};
use crate::project::Value;
use crate::schema::Choice;
use crate::source::TextRange;

use placing::Index;

/// The page that says it all.
pub const PAGE: &str = "network/addressing/";

/// The prefixes and the addresses of assets.
#[derive(Debug, Default)]
pub struct Addressing {
    /// The prefixes that can be read, by id.
    pub prefixes: BTreeMap<RecordId, Prefix>,
    /// Every address that an asset has, by address, then asset.
    pub addresses: Vec<Held>,
    /// The places in `addresses`, by asset.
    by_asset: BTreeMap<RecordId, Vec<usize>>,
    /// The prefixes that a VLAN carries.
    by_vlan: BTreeMap<RecordId, Vec<RecordId>>,
    /// Places where prefixes are declared, and the places below them count as theirs.
    planned_sites: BTreeSet<RecordId>,
}

/// A prefix in the tree.
#[derive(Debug)]
pub struct Prefix {
    /// Its record.
    pub record: RecordId,
    /// Its addresses.
    pub network: Network,
    /// Whose it is.
    pub owner: Option<RecordId>,
    /// The VLAN that it names, or that names it.
    pub vlan: Option<RecordId>,
    /// Whether it holds other prefixes and no machine: its role says so, or prefixes are in it and it has
    /// neither role nor VLAN, gateway or DHCP range.
    pub is_container: bool,
    /// The smallest prefix around it.
    pub parent: Option<RecordId>,
    /// The prefixes right under it, by address.
    pub children: Vec<RecordId>,
    /// Its gateway, when that is in it.
    pub gateway: Option<IpAddr>,
    /// What the DHCP server gives out, as far as it is in it.
    pub dhcp: Vec<AddressRange>,
    /// What is kept, and what for, as far as it is in it.
    pub reserved: Vec<(AddressRange, Option<String>)>,
    /// The addresses of assets in it and in none of its children: places in [`Addressing::addresses`].
    pub held: Vec<usize>,
    usage: OnceLock<Usage>,
}

/// An address that an asset has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The address; an IPv4 one written as IPv6 is told as IPv4.
    pub address: IpAddr,
    /// Who has it.
    pub asset: RecordId,
    /// Where it is written, the first time.
    pub range: TextRange,
    /// Where it is written again on the same asset.
    pub again: Option<TextRange>,
    /// The prefix it belongs to.
    pub prefix: Option<RecordId>,
}

impl Prefix {
    /// The addresses at its ends that no machine can have; none in a container. The first of an IPv6 network
    /// means any of its routers (RFC 4291, 2.6.1), so that it can be the gateway.
    pub fn ends(&self) -> Vec<IpAddr> {
        let mut ends = self.network.ends();
        let is_router = |end: &IpAddr| end.is_ipv6() && self.gateway == Some(*end);
        ends.retain(|end| !self.is_container && !is_router(end));
        ends
    }

    /// Its gateway, when a machine can have that address.
    pub fn usable_gateway(&self) -> Option<IpAddr> {
        self.gateway.filter(|it| !self.ends().contains(it))
    }
}

impl Addressing {
    fn new(estate: &Estate) -> Self {
        let mut plan = Self {
            prefixes: placing::prefixes(estate),
            ..Self::default()
        };
        let index = Index::new(estate, &plan.prefixes);
        plan.grow(estate, &index);
        plan.hold(estate, &index);
        for prefix in plan.prefixes.values() {
            if let Some(vlan) = prefix.vlan {
                plan.by_vlan.entry(vlan).or_default().push(prefix.record);
            }
            let site = estate.first(estate.record(prefix.record), "site");
            plan.planned_sites.extend(site.map(|site| site.id));
        }
        plan
    }

    /// Finds the parent of every prefix, then who is a container.
    fn grow(&mut self, estate: &Estate, index: &Index) {
        let parents: Vec<(RecordId, RecordId)> = self
            .prefixes
            .values()
            .filter_map(|prefix| {
                Some((prefix.record, index.parent(estate, &self.prefixes, prefix)?))
            })
            .collect();
        let mut children: BTreeMap<RecordId, Vec<RecordId>> = BTreeMap::new();
        for (child, parent) in parents {
            if let Some(prefix) = self.prefixes.get_mut(&child) {
                prefix.parent = Some(parent);
            }
            children.entry(parent).or_default().push(child);
        }
        for (parent, mut all) in children {
            all.sort_by_key(|child| (self.prefixes[child].network, *child));
            if let Some(prefix) = self.prefixes.get_mut(&parent) {
                let record = estate.record(parent);
                let is_bare = prefix.vlan.is_none() && prefix.dhcp.is_empty();
                let is_bare = is_bare && prefix.gateway.is_none();
                prefix.is_container |= is_bare && record.view().choice("role").is_none();
                prefix.children = all;
            }
        }
    }

    /// Gives every address of an asset its prefix.
    fn hold(&mut self, estate: &Estate, index: &Index) {
        for asset in estate
            .listed("asset")
            .filter(|asset| holds_addresses(estate, asset))
        {
            let spaces = placing::spaces(estate, asset);
            for mut held in addresses(asset) {
                if is_assignable(held.address) {
                    held.prefix = index.find(estate, &self.prefixes, &spaces, held.address);
                }
                self.addresses.push(held);
            }
        }
        self.addresses
            .sort_by_key(|held| (held.address, held.asset));
        for (place, held) in self.addresses.iter().enumerate() {
            self.by_asset.entry(held.asset).or_default().push(place);
            if let Some(prefix) = held.prefix.and_then(|id| self.prefixes.get_mut(&id)) {
                prefix.held.push(place);
            }
        }
    }

    /// The addresses of an asset, in order.
    pub fn of_asset(&self, asset: RecordId) -> impl Iterator<Item = &Held> {
        let places = self.by_asset.get(&asset).into_iter().flatten();
        places.map(|place| &self.addresses[*place])
    }

    /// The addresses right in a prefix, in order.
    pub fn held_in<'a>(&'a self, prefix: &'a Prefix) -> impl Iterator<Item = &'a Held> {
        prefix.held.iter().map(|place| &self.addresses[*place])
    }

    /// The prefixes that a VLAN carries, by id.
    pub fn of_vlan(&self, vlan: RecordId) -> &[RecordId] {
        self.by_vlan.get(&vlan).map_or(&[], Vec::as_slice)
    }

    /// What becomes of the addresses of a prefix, counted once.
    pub fn usage<'a>(&self, prefix: &'a Prefix) -> &'a Usage {
        prefix.usage.get_or_init(|| Usage::new(self, prefix))
    }

    /// The addresses of assets and gateways in a prefix and in all under it, each once, in order.
    pub fn addresses_below(&self, prefix: &Prefix) -> Vec<IpAddr> {
        let mut open = vec![prefix];
        let mut all = BTreeSet::new();
        while let Some(prefix) = open.pop() {
            let ends = prefix.ends();
            let own = self.held_in(prefix).map(|held| held.address);
            let own = own.chain(prefix.gateway);
            all.extend(own.filter(|it| !ends.contains(it)));
            open.extend(
                prefix
                    .children
                    .iter()
                    .filter_map(|id| self.prefixes.get(id)),
            );
        }
        all.into_iter().collect()
    }

    /// How many addresses are used in a prefix and in all under it.
    pub fn taken_below(&self, prefix: &Prefix) -> u128 {
        self.addresses_below(prefix).len() as u128
    }

    /// Whether prefixes are declared at the place of a record, or at one above it.
    pub fn is_planned_at(&self, estate: &Estate, record: &Record) -> bool {
        let own = places::places(estate, record);
        own.iter()
            .any(|place| self.planned_sites.contains(&place.id))
    }

    /// The prefixes in none other of the same owner, by owner (nobody's first), then address.
    pub fn roots(&self) -> Vec<&Prefix> {
        let tops = self.prefixes.values().filter(|prefix| {
            let parent = prefix.parent.and_then(|id| self.prefixes.get(&id));
            parent.is_none_or(|parent| parent.owner != prefix.owner)
        });
        let mut tops: Vec<&Prefix> = tops.collect();
        tops.sort_by_key(|prefix| (prefix.owner, prefix.network, prefix.record));
        tops
    }
}

impl Estate {
    /// The addressing plan, worked out when it is first asked for.
    pub fn addressing(&self) -> &Addressing {
        self.addressing.get_or_init(|| Addressing::new(self))
    }
}

/// Whether an asset keeps its addresses: it is not retired, lost, or gone from the fleet.
pub fn holds_addresses(estate: &Estate, asset: &Record) -> bool {
    let gone = asset
        .view()
        .date("disposed")
        .is_some_and(|day| day <= estate.as_of);
    !gone && !matches!(meaning(asset), Some("retired" | "lost"))
}

/// Whether an asset is on the network today: another may be planned, in stock or in repair under the same
/// address without being in its way.
pub fn is_on_network(estate: &Estate, asset: &Record) -> bool {
    let away = matches!(meaning(asset), Some("planned" | "in-stock" | "in-repair"));
    holds_addresses(estate, asset) && !away
}

fn meaning(asset: &Record) -> Option<&str> {
    asset.view().choice("status").map(Choice::meaning)
}

/// Whether it is the address of no machine: `0.0.0.0`, the machine itself, a group, or everybody.
pub fn is_nobodys(address: IpAddr) -> bool {
    let is_everybody = matches!(address, IpAddr::V4(address) if address.is_broadcast());
    is_everybody || address.is_unspecified() || address.is_loopback() || address.is_multicast()
}

/// Whether one machine of a plan can have it: not those of no machine, nor those that every link has again.
pub fn is_assignable(address: IpAddr) -> bool {
    let is_local = match address {
        IpAddr::V4(address) => address.is_link_local(),
        IpAddr::V6(address) => address.is_unicast_link_local(),
    };
    !is_local && !is_nobodys(address)
}

/// Whether it is for the inside of an organisation: RFC 1918, RFC 6598 (shared with a carrier), RFC 4193.
pub fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let [a, b, ..] = address.octets();
            address.is_private() || (a == 100 && (64..128).contains(&b))
        }
        IpAddr::V6(address) => address.is_unique_local(),
    }
}

/// The addresses written on an asset, each once.
fn addresses(asset: &Record) -> Vec<Held> {
    let mut all: Vec<Held> = Vec::new();
    for placed in asset.view().values("ip") {
        let Value::IpAddress(address) = placed.value else {
            continue;
        };
        let address = address.to_canonical();
        if let Some(same) = all.iter_mut().find(|held| held.address == address) {
            same.again = Some(placed.range);
            continue;
        }
        all.push(Held {
            address,
            asset: asset.id,
            range: placed.range,
            again: None,
            prefix: None,
        });
    }
    all
}

#[cfg(test)]
mod tests;
