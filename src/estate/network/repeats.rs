//! What two assets cannot both have: an address in one network, a MAC address, a host name.
//!
//! Machines that relieve each other (`redundant_with`) share an address on purpose.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::{holds_addresses, is_assignable, is_on_network, is_private};
use crate::estate::quality::Placeholders;
use crate::estate::{Estate, Record, RecordId};
use crate::fold::case_fold;
use crate::project::Value;
use crate::source::TextRange;

/// Something that two assets have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeat {
    /// What, as the second one writes it.
    pub written: String,
    /// Who has it too, and where it is written.
    pub asset: RecordId,
    /// Its place.
    pub range: TextRange,
    /// Who has it first, by id.
    pub first: RecordId,
    /// Its place there.
    pub first_range: TextRange,
}

/// An address that several assets on the network have and should not share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// The address.
    pub address: IpAddr,
    /// The prefix it belongs to.
    pub prefix: Option<RecordId>,
    /// Who has it, by id; two or more.
    pub assets: Vec<RecordId>,
}

/// The addresses that are shared by mistake, worked out once an estate: findings, pages and pictures ask.
#[derive(Debug, Default)]
pub struct SharedAddresses {
    /// What each asset after the first repeats, by file and place.
    pub repeats: Vec<Repeat>,
    /// The addresses, by number, then prefix.
    pub all: Vec<Shared>,
    /// The places in `all`, by prefix.
    by_prefix: BTreeMap<RecordId, BTreeMap<IpAddr, usize>>,
}

impl SharedAddresses {
    fn new(estate: &Estate) -> Self {
        let mut found = Self::default();
        for ((scope, address), same) in holders(estate) {
            let repeats = repeats(estate, std::iter::once(same));
            let Some(first) = repeats.first().map(|it| it.first) else {
                continue;
            };
            let mut assets = vec![first];
            assets.extend(repeats.iter().map(|it| it.asset));
            assets.sort_unstable();
            let prefix = match scope {
                Scope::Prefix(prefix) => Some(prefix),
                Scope::Inside(..) | Scope::World => None,
            };
            found.all.push(Shared {
                address,
                prefix,
                assets,
            });
            found.repeats.extend(repeats);
        }
        found.all.sort_by_key(|it| (it.address, it.prefix));
        let places = found.all.iter().enumerate();
        for (prefix, address, place) in
            places.filter_map(|(n, it)| Some((it.prefix?, it.address, n)))
        {
            let own = found.by_prefix.entry(prefix).or_default();
            own.insert(address, place);
        }
        found
            .repeats
            .sort_by_key(|repeat| (repeat.asset, repeat.range.start));
        found
    }

    /// The shared addresses that belong to a prefix, in order.
    pub fn in_prefix(&self, prefix: RecordId) -> impl Iterator<Item = &Shared> {
        let own = self.by_prefix.get(&prefix).into_iter().flatten();
        own.map(|(_, place)| &self.all[*place])
    }

    /// Who shares an address of a prefix; `None` when nobody does.
    pub fn of(&self, prefix: RecordId, address: IpAddr) -> Option<&Shared> {
        let place = self.by_prefix.get(&prefix)?.get(&address)?;
        self.all.get(*place)
    }
}

impl Estate {
    /// The addresses that several assets have by mistake, worked out when they are first asked for.
    pub fn shared_addresses(&self) -> &SharedAddresses {
        let shared = &self.shared_addresses;
        shared.get_or_init(|| SharedAddresses::new(self))
    }
}

/// Where an address means one machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Scope {
    /// In a prefix.
    Prefix(RecordId),
    /// Inside of an organisation, at a place; without a prefix nothing says that two places are joined.
    Inside(Option<RecordId>, Option<RecordId>),
    /// In the world.
    World,
}

type Holder = (RecordId, TextRange, String);

/// Addresses that several assets on the network have.
pub fn addresses(estate: &Estate) -> &[Repeat] {
    &estate.shared_addresses().repeats
}

/// The assets on the network by address and where it means one machine.
fn holders(estate: &Estate) -> BTreeMap<(Scope, IpAddr), Vec<Holder>> {
    let plan = estate.addressing();
    let mut holders: BTreeMap<(Scope, IpAddr), Vec<Holder>> = BTreeMap::new();
    for held in &plan.addresses {
        let asset = estate.record(held.asset);
        if !is_assignable(held.address) || !is_on_network(estate, asset) {
            continue;
        }
        let scope = match held.prefix {
            Some(prefix) => Scope::Prefix(prefix),
            None if is_private(held.address) => {
                let site = estate.first(asset, "site").map(|site| site.id);
                Scope::Inside(estate.clients().owner(asset), site)
            }
            None => Scope::World,
        };
        let holder = (held.asset, held.range, held.address.to_string());
        let same = holders.entry((scope, held.address)).or_default();
        same.push(holder);
    }
    holders
}

/// MAC addresses that several assets have. One that a hypervisor made up may be made up again elsewhere; one that
/// every machine has, such as that of a virtual adapter, tells nothing.
pub fn macs(estate: &Estate) -> Vec<Repeat> {
    let placeholders = Placeholders::new(estate);
    let mut holders: BTreeMap<(Option<RecordId>, u64), Vec<Holder>> = BTreeMap::new();
    for asset in assets(estate).filter(|asset| holds_addresses(estate, asset)) {
        for placed in asset.view().values("mac") {
            let Value::MacAddress(written) = &placed.value else {
                continue;
            };
            let digits: String = written.chars().filter(char::is_ascii_hexdigit).collect();
            let Ok(number) = u64::from_str_radix(&digits, 16) else {
                continue;
            };
            let first = digits
                .get(..2)
                .and_then(|it| u8::from_str_radix(it, 16).ok());
            let first = first.unwrap_or(0);
            let (is_group, is_made_up) = (first & 1 == 1, first & 2 == 2);
            if number == 0 || is_group || placeholders.includes("mac", written) {
                continue;
            }
            let scope = is_made_up.then(|| estate.clients().owner(asset)).flatten();
            let same = holders.entry((scope, number)).or_default();
            if same.iter().all(|(other, ..)| *other != asset.id) {
                same.push((asset.id, placed.range, written.clone()));
            }
        }
    }
    repeats(estate, holders.into_values())
}

/// Host names that several assets of an organisation have on the network.
pub fn host_names(estate: &Estate) -> Vec<Repeat> {
    let mut holders: BTreeMap<(Option<RecordId>, String), Vec<Holder>> = BTreeMap::new();
    for asset in assets(estate).filter(|asset| is_on_network(estate, asset)) {
        let view = asset.view();
        let (Some(entry), Some(name)) = (view.entry("hostname"), view.text("hostname")) else {
            continue;
        };
        let name = name.trim_end_matches('.');
        let scope = (estate.clients().owner(asset), case_fold(name));
        let same = holders.entry(scope).or_default();
        same.push((asset.id, entry.value.range, name.to_owned()));
    }
    repeats(estate, holders.into_values())
}

fn assets(estate: &Estate) -> impl Iterator<Item = &Record> {
    estate.listed("asset")
}

/// All after the first of each, by file and place.
fn repeats(estate: &Estate, holders: impl Iterator<Item = Vec<Holder>>) -> Vec<Repeat> {
    let mut found = Vec::new();
    for same in holders.filter(|same| same.len() > 1) {
        let [(first, first_range, _), others @ ..] = same.as_slice() else {
            continue;
        };
        for (asset, range, written) in others {
            if estate
                .dependencies()
                .relief_of(*first)
                .any(|id| id == *asset)
            {
                continue;
            }
            found.push(Repeat {
                written: written.clone(),
                asset: *asset,
                range: *range,
                first: *first,
                first_range: *first_range,
            });
        }
    }
    found.sort_by_key(|repeat| (repeat.asset, repeat.range.start));
    found
}
