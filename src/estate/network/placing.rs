//! Which prefix an address belongs to, and which one a prefix stands in: the longest match among the
//! prefixes that may be meant.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::OnceLock;

use super::Prefix;
use super::range::{AddressRange, Network, ranges};
use crate::estate::{Estate, Record, RecordId, places};
use crate::project::Value;

/// Organisations deeper than this are not followed; a circle is a finding of its own.
const DEEPEST: usize = 8;

/// Prefixes among which each address means one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Space {
    /// Those of an organisation.
    Owner(RecordId),
    /// Those at a place.
    Site(RecordId),
    /// Those of no organisation.
    Nobody,
    /// All.
    Any,
}

/// Prefixes by space, then family and length, then first address.
#[derive(Debug, Default)]
pub(super) struct Index(BTreeMap<Space, Lengths>);

/// The prefixes of a space.
type Lengths = BTreeMap<(bool, u8), BTreeMap<u128, Vec<RecordId>>>;

impl Index {
    pub fn new(estate: &Estate, prefixes: &BTreeMap<RecordId, Prefix>) -> Self {
        let mut index = Self::default();
        for prefix in prefixes.values() {
            let Network { range, length } = prefix.network;
            let site = estate.first(estate.record(prefix.record), "site");
            let spaces = [
                Some(prefix.owner.map_or(Space::Nobody, Space::Owner)),
                site.map(|site| Space::Site(site.id)),
                Some(Space::Any),
            ];
            for space in spaces.into_iter().flatten() {
                let lengths = index.0.entry(space).or_default();
                let same = lengths.entry((range.is_v6(), length)).or_default();
                same.entry(range.start()).or_default().push(prefix.record);
            }
        }
        index
    }

    /// The prefixes of a space around some addresses, the smallest first; several of the same addresses at
    /// once.
    fn around(&self, space: Space, inner: AddressRange) -> impl Iterator<Item = &[RecordId]> {
        let lengths = self.0.get(&space).into_iter().flatten().rev();
        lengths.filter_map(move |((is_v6, length), same)| {
            let network = Network::new(inner.first(), *length);
            let is_around = inner.is_v6() == *is_v6 && network.range.covers(inner);
            let found = same.get(&network.range.start()).filter(|_| is_around);
            found.map(Vec::as_slice)
        })
    }

    /// The prefix of an address that is looked for in some spaces, one after the other.
    pub fn find(
        &self,
        estate: &Estate,
        prefixes: &BTreeMap<RecordId, Prefix>,
        (spaces, own): &(Vec<Space>, Vec<RecordId>),
        address: IpAddr,
    ) -> Option<RecordId> {
        let one = AddressRange::one(address);
        spaces.iter().find_map(|space| {
            let same = self.around(*space, one).next()?;
            let owner = |id: &RecordId| prefixes[id].owner;
            let is_doubtful = *space == Space::Any && {
                // Whoever may own it, one of the prefixes around it has to be beyond doubt.
                let all = self.around(*space, one).flatten();
                let mut owners = all.map(owner);
                let first = owners.next();
                owners.any(|other| Some(other) != first)
            };
            if is_doubtful {
                return None;
            }
            same.iter().copied().min_by_key(|id| {
                let site = estate.first(estate.record(*id), "site");
                let is_near = site.is_some_and(|site| own.contains(&site.id));
                (!is_near, prefixes[id].is_container, *id)
            })
        })
    }

    /// The smallest prefix around another, of the same owner or of nobody; of two with the same addresses
    /// the container is around the other.
    pub fn parent(
        &self,
        estate: &Estate,
        prefixes: &BTreeMap<RecordId, Prefix>,
        prefix: &Prefix,
    ) -> Option<RecordId> {
        let own = Space::Nobody;
        let own = prefix.owner.map_or(own, Space::Owner);
        let site = |id: RecordId| estate.first(estate.record(id), "site").map(|site| site.id);
        let is_above = |id: &RecordId| {
            let other = &prefixes[id];
            let is_wider = other.network.length < prefix.network.length;
            let rank = |it: &Prefix| (!it.is_container, it.record);
            let is_alike = other.network == prefix.network && other.is_container;
            *id != prefix.record && (is_wider || is_alike && rank(other) < rank(prefix))
        };
        [own, Space::Nobody].into_iter().find_map(|space| {
            self.around(space, prefix.network.range).find_map(|same| {
                let above = same.iter().copied().filter(is_above);
                above.min_by_key(|id| (site(*id) != site(prefix.record), *id))
            })
        })
    }
}

/// Where the addresses of an asset are looked for, and its places.
pub(super) fn spaces(estate: &Estate, asset: &Record) -> (Vec<Space>, Vec<RecordId>) {
    let owner = estate.clients().owner(asset).map(|id| estate.record(id));
    let owners = std::iter::successors(owner, |it| estate.first(it, "parent")).take(DEEPEST);
    let sites: Vec<RecordId> = places::places(estate, asset)
        .iter()
        .map(|it| it.id)
        .collect();
    let mut spaces: Vec<Space> = owners.map(|owner| Space::Owner(owner.id)).collect();
    spaces.extend(sites.iter().map(|site| Space::Site(*site)));
    spaces.push(Space::Nobody);
    if owner.is_none() {
        spaces.push(Space::Any);
    }
    (spaces, sites)
}

/// The prefixes that can be read, without tree and addresses.
pub(super) fn prefixes(estate: &Estate) -> BTreeMap<RecordId, Prefix> {
    let mut naming: BTreeMap<RecordId, RecordId> = BTreeMap::new();
    for vlan in estate.listed("vlan") {
        for prefix in estate.all(vlan, "prefixes") {
            naming.entry(prefix.id).or_insert(vlan.id);
        }
    }
    let all = estate.listed("prefix").filter_map(|record| {
        let view = record.view();
        let Some((_, Value::Network(written, length))) = view.get("prefix") else {
            return None;
        };
        let network = Network::new(*written, *length);
        let inside = |text: &str| {
            let all = ranges(text).unwrap_or_default().into_iter();
            let inside: Vec<_> = all.filter_map(|it| network.range.shared(it)).collect();
            inside
        };
        let gateway = match view.get("gateway") {
            Some((_, Value::IpAddress(address))) => Some(address.to_canonical()),
            _ => None,
        };
        let reserved = view.structures("reserved").flat_map(|it| {
            let usage = it.text("use").map(str::to_owned);
            let ranges = inside(it.text("range").unwrap_or_default()).into_iter();
            ranges.map(move |range| (range, usage.clone()))
        });
        let vlan = estate.first(record, "vlan").map(|vlan| vlan.id);
        let prefix = Prefix {
            record: record.id,
            network,
            owner: estate.clients().owner(record),
            vlan: vlan.or_else(|| naming.get(&record.id).copied()),
            is_container: view
                .choice("role")
                .is_some_and(|role| role.key == "container"),
            parent: None,
            children: Vec::new(),
            gateway: gateway.filter(|it| network.range.covers(AddressRange::one(*it))),
            dhcp: view.text("dhcp_range").map(inside).unwrap_or_default(),
            reserved: reserved.collect(),
            held: Vec::new(),
            usage: OnceLock::new(),
        };
        Some((record.id, prefix))
    });
    all.collect()
}
