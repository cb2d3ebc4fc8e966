//! How the network hangs together: each cable once, whichever of its ends declares it, the ports of each
//! device, and what stands in which rack.
//!
//! Only what is in use counts. All of it is found in one pass over the assets and kept in the estate.

mod cables;
mod contradictions;
mod layers;
mod ports;
mod racks;
pub mod wireless;

pub use contradictions::{Contradiction, declared_text};
pub use layers::{Ends, Node, Site};
pub use ports::{PortUse, natural_order, ports};
pub use racks::{Elevation, Fault, Placed};

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::estate::{Estate, Record, RecordId, places};

/// The pages, from the site's root.
pub const PAGE: &str = "network/topology/";
/// Ports of each device.
pub const PATCHING: &str = "network/patching/";
/// Elevations of racks.
pub const RACKS: &str = "network/racks/";
/// Wi-Fi networks.
pub const WIRELESS: &str = "network/wireless/";
/// What may pass where.
pub const FILTERING: &str = "network/filtering/";

/// Types of assets that carry the network of others.
pub const NETWORK: [&str; 4] = ["router", "firewall", "switch", "access-point"];

/// The network as declared.
#[derive(Debug, Default)]
pub struct Topology {
    /// Each cable, radio link or tunnel once, by its ends.
    pub links: Vec<Link>,
    /// The links of each asset, by their place in `links`.
    by_asset: BTreeMap<RecordId, Vec<usize>>,
    /// What cannot all be true.
    pub contradictions: Vec<Contradiction>,
    /// Routers, firewalls and switches, sorted.
    pub devices: Vec<RecordId>,
    /// Access points, sorted.
    pub access_points: Vec<RecordId>,
    /// What stands in each rack.
    pub racks: BTreeMap<RecordId, Elevation>,
    /// The assets of the network by the outermost place they stand in; `None` for those without any.
    sites: BTreeMap<Option<RecordId>, Vec<RecordId>>,
    /// The same the other way.
    site_of: BTreeMap<RecordId, Option<RecordId>>,
}

/// A cable, a radio link, a tunnel, or a virtual one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Both ends, the lower record first.
    pub ends: [End; 2],
    /// Who declared it: an asset, and the place among its `connected_to`, from 0; one or both ends.
    pub declared: Vec<(RecordId, usize)>,
    /// The virtual network that it carries untagged.
    pub vlan: Option<RecordId>,
    /// Of what it is made: a key of `medium`.
    pub medium: Option<String>,
    /// How fast.
    pub speed: Option<String>,
    /// Where it is patched.
    pub patch_panel: Option<String>,
    /// The outlet in the wall.
    pub outlet: Option<String>,
    /// When a device itself told of it.
    pub seen: Option<Date>,
}

/// An end of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// The asset.
    pub asset: RecordId,
    /// Its port, as written.
    pub port: Option<String>,
    /// The port that the declaration of the other end names instead.
    pub otherwise: Option<String>,
    /// Whether another cable is in that port.
    pub is_crowded: bool,
}

impl Link {
    /// The end at an asset, then the other one; as they stand for an asset that has neither.
    pub fn from(&self, asset: RecordId) -> (&End, &End) {
        let [one, other] = &self.ends;
        if other.asset == asset {
            (other, one)
        } else {
            (one, other)
        }
    }

    /// Whether its two ends name different ports.
    pub fn is_contradicted(&self) -> bool {
        self.ends.iter().any(|end| end.otherwise.is_some())
    }

    /// Whether one of its ports holds another cable too.
    pub fn is_crowded(&self) -> bool {
        self.ends.iter().any(|end| end.is_crowded)
    }

    /// Whether its medium is one of some.
    pub fn is_of(&self, media: &[&str]) -> bool {
        let medium = self.medium.as_deref();
        medium.is_some_and(|medium| media.contains(&medium))
    }
}

impl Topology {
    fn new(estate: &Estate) -> Self {
        let (mut links, mut contradictions) = cables::cables(estate);
        let mut by_asset: BTreeMap<RecordId, Vec<usize>> = BTreeMap::new();
        for (place, link) in links.iter().enumerate() {
            for end in &link.ends {
                by_asset.entry(end.asset).or_default().push(place);
            }
        }
        let twice = contradictions::ports_used_twice(&links);
        contradictions::mark(&mut links, &twice);
        contradictions.extend(twice);
        contradictions.sort_unstable();
        let mut sites: BTreeMap<Option<RecordId>, Vec<RecordId>> = BTreeMap::new();
        let mut site_of_asset = BTreeMap::new();
        for asset in estate.listed("asset").filter(|it| counts(it)) {
            if by_asset.contains_key(&asset.id) || is_network(asset) {
                let site = site_of(estate, asset);
                sites.entry(site).or_default().push(asset.id);
                site_of_asset.insert(asset.id, site);
            }
        }
        let network = estate
            .listed("asset")
            .filter(|it| counts(it) && is_network(it));
        let (access_points, devices): (Vec<&Record>, Vec<&Record>) =
            network.partition(|it| type_of(it) == Some("access-point"));
        let ids = |records: Vec<&Record>| records.iter().map(|it| it.id).collect();
        Self {
            devices: ids(devices),
            access_points: ids(access_points),
            links,
            by_asset,
            contradictions,
            racks: racks::elevations(estate),
            sites,
            site_of: site_of_asset,
        }
    }

    /// The links of an asset.
    pub fn of(&self, asset: RecordId) -> impl Iterator<Item = &Link> {
        let places = self.by_asset.get(&asset).into_iter().flatten();
        places.map(|place| &self.links[*place])
    }
}

impl Estate {
    /// How the network hangs together, worked out when it is first asked for.
    pub fn topology(&self) -> &Topology {
        self.topology.get_or_init(|| Topology::new(self))
    }
}

/// Whether an asset stands where it is said to: in use, and neither planned, in stock, retired nor lost.
fn counts(asset: &Record) -> bool {
    super::backups::is_in_use(asset)
}

/// Whether an asset carries the network of others.
pub fn is_network(asset: &Record) -> bool {
    type_of(asset).is_some_and(|key| NETWORK.contains(&key))
}

/// The key of an asset's type.
pub fn type_of(asset: &Record) -> Option<&str> {
    asset
        .view()
        .choice("type")
        .map(|choice| choice.key.as_str())
}

/// The outermost place that an asset stands in, or else its rack.
fn site_of(estate: &Estate, asset: &Record) -> Option<RecordId> {
    let outermost = |asset| places::places(estate, asset).last().map(|place| place.id);
    let rack = || estate.first(asset, "rack").and_then(outermost);
    outermost(asset).or_else(rack)
}

#[cfg(test)]
mod tests;
