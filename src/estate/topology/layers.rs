//! A site as a picture shows it: routers above firewalls above switches, each switch with what is plugged
//! into it, and the links between sites.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::estate::{Estate, RecordId};

use super::{Link, Topology, is_network, type_of};

/// A picture has this many devices; the others are counted.
const MOST: usize = 60;
/// What is plugged into a switch and is told by name.
const NAMED: [&str; 3] = ["access-point", "server", "nas"];

/// The network of one outermost place.
#[derive(Debug, Default)]
pub struct Site {
    /// The place; `None` for assets without one.
    pub place: Option<RecordId>,
    /// Devices from the way in to the furthest switches.
    pub layers: Vec<Vec<Node>>,
    /// The links among them, by both ends, the lower first.
    pub edges: BTreeMap<(RecordId, RecordId), Vec<usize>>,
    /// How many devices are left out.
    pub left_out: usize,
}

/// A device of the picture.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Node {
    /// Which.
    pub asset: Option<RecordId>,
    /// Access points and servers plugged into it.
    pub named: Vec<RecordId>,
    /// How many others of each type are; `""` for those without a type.
    pub counted: BTreeMap<String, usize>,
    /// The links that leave the site, with the place they lead to.
    pub outside: Vec<(Option<RecordId>, usize)>,
}

/// The outermost places of the two ends of a link.
pub type Ends = (Option<RecordId>, Option<RecordId>);

impl Topology {
    /// The sites that have a device of the network, in the order of their records; assets without a place last.
    pub fn sites(&self, estate: &Estate) -> Vec<Option<RecordId>> {
        let has_network = |members: &[RecordId]| {
            let mut all = members.iter();
            all.any(|id| is_network(estate.record(*id)))
        };
        let sites = self.sites.iter().filter(|(_, it)| has_network(it));
        let (without, with): (Vec<_>, Vec<_>) =
            sites.map(|(place, _)| *place).partition(Option::is_none);
        with.into_iter().chain(without).collect()
    }

    /// The links from one site to another, by both sites.
    pub fn between_sites(&self) -> BTreeMap<Ends, Vec<usize>> {
        let mut found: BTreeMap<Ends, Vec<usize>> = BTreeMap::new();
        for (place, link) in self.links.iter().enumerate() {
            let [one, other] = [0, 1].map(|end: usize| self.site(link.ends[end].asset));
            if one != other {
                let key = (one.min(other), one.max(other));
                found.entry(key).or_default().push(place);
            }
        }
        found
    }

    /// The outermost place of an asset that has a link.
    pub fn site(&self, asset: RecordId) -> Option<RecordId> {
        self.site_of.get(&asset).copied().flatten()
    }

    /// A site as a picture.
    pub fn map(&self, estate: &Estate, place: Option<RecordId>) -> Site {
        let members = self.sites.get(&place).map_or(&[][..], Vec::as_slice);
        let inside: BTreeSet<RecordId> = members.iter().copied().collect();
        let nodes: BTreeSet<RecordId> = members
            .iter()
            .copied()
            .filter(|id| self.is_node(estate, *id, &inside))
            .collect();
        let layer_of = self.layers(estate, &nodes);
        let mut order: Vec<RecordId> = nodes.iter().copied().collect();
        order.sort_by_key(|id| (layer_of[id], *id));
        let left_out = order.len().saturating_sub(MOST);
        order.truncate(MOST);
        let shown: BTreeSet<RecordId> = order.iter().copied().collect();
        let mut layers: BTreeMap<usize, Vec<Node>> = BTreeMap::new();
        for id in &order {
            let node = self.node(estate, *id, &inside, &nodes);
            layers.entry(layer_of[id]).or_default().push(node);
        }
        Site {
            place,
            layers: layers.into_values().collect(),
            edges: self.edges(&shown),
            left_out,
        }
    }

    /// Routers, firewalls and switches are boxes of the picture, and an access point that joins several.
    fn is_node(&self, estate: &Estate, id: RecordId, inside: &BTreeSet<RecordId>) -> bool {
        let asset = estate.record(id);
        if type_of(asset) != Some("access-point") {
            return is_network(asset);
        }
        let peers: BTreeSet<RecordId> = self
            .peers(id)
            .filter(|peer| inside.contains(peer) && is_network(estate.record(*peer)))
            .collect();
        peers.len() > 1
    }

    fn peers(&self, id: RecordId) -> impl Iterator<Item = RecordId> {
        self.of(id).map(move |link| link.from(id).1.asset)
    }

    /// Routers stand above firewalls, switches as many layers below as they are cables away.
    fn layers(&self, estate: &Estate, nodes: &BTreeSet<RecordId>) -> BTreeMap<RecordId, usize> {
        let rank = |id: &RecordId| match type_of(estate.record(*id)) {
            Some("router") => 0,
            Some("firewall") => 1,
            _ => 2,
        };
        let mut layers: BTreeMap<RecordId, usize> = nodes
            .iter()
            .filter(|id| rank(id) < 2)
            .map(|id| (*id, rank(id)))
            .collect();
        let deepest = layers.values().copied().max();
        let is_source = |id: &&RecordId| Some(rank(id)) == deepest;
        let mut waiting: VecDeque<RecordId> = nodes.iter().filter(is_source).copied().collect();
        self.spread(nodes, &mut waiting, &mut layers);
        // Where nothing leads in, the switch with most cables is the core.
        let mut cores: Vec<RecordId> = nodes.iter().copied().collect();
        cores.sort_by_cached_key(|id| (usize::MAX - self.of(*id).count(), *id));
        for core in cores {
            if let Entry::Vacant(place) = layers.entry(core) {
                place.insert(2);
                waiting.push_back(core);
                self.spread(nodes, &mut waiting, &mut layers);
            }
        }
        layers
    }

    /// Puts what hangs on known devices a layer below them, the nearest first.
    fn spread(
        &self,
        nodes: &BTreeSet<RecordId>,
        waiting: &mut VecDeque<RecordId>,
        layers: &mut BTreeMap<RecordId, usize>,
    ) {
        while let Some(id) = waiting.pop_front() {
            let next = layers[&id] + 1;
            for peer in self.peers(id).filter(|peer| nodes.contains(peer)) {
                if let Entry::Vacant(place) = layers.entry(peer) {
                    place.insert(next.max(2));
                    waiting.push_back(peer);
                }
            }
        }
    }

    fn node(
        &self,
        estate: &Estate,
        id: RecordId,
        inside: &BTreeSet<RecordId>,
        nodes: &BTreeSet<RecordId>,
    ) -> Node {
        let mut node = Node {
            asset: Some(id),
            ..Node::default()
        };
        let mut plugged: BTreeSet<RecordId> = BTreeSet::new();
        let links = self.by_asset.get(&id).into_iter().flatten();
        for place in links {
            let peer = self.links[*place].from(id).1.asset;
            if !inside.contains(&peer) {
                node.outside.push((self.site(peer), *place));
            } else if !nodes.contains(&peer) && plugged.insert(peer) {
                plugged.extend(self.behind(estate, peer));
            }
        }
        for peer in plugged {
            let key = type_of(estate.record(peer)).unwrap_or_default();
            if NAMED.contains(&key) {
                node.named.push(peer);
            } else {
                *node.counted.entry(key.to_owned()).or_default() += 1;
            }
        }
        node
    }

    /// What reaches the network through a telephone on the same desk.
    fn behind(&self, estate: &Estate, peer: RecordId) -> Vec<RecordId> {
        if type_of(estate.record(peer)) != Some("phone") {
            return Vec::new();
        }
        let is_alone = |id: &RecordId| {
            let mut peers = self.peers(*id);
            !is_network(estate.record(*id)) && peers.all(|it| !is_network(estate.record(it)))
        };
        self.peers(peer).filter(is_alone).collect()
    }

    fn edges(&self, shown: &BTreeSet<RecordId>) -> BTreeMap<(RecordId, RecordId), Vec<usize>> {
        let mut edges: BTreeMap<(RecordId, RecordId), Vec<usize>> = BTreeMap::new();
        for id in shown {
            for place in self.by_asset.get(id).into_iter().flatten() {
                let Link { ends, .. } = &self.links[*place];
                if ends[0].asset == *id && shown.contains(&ends[1].asset) {
                    let key = (ends[0].asset, ends[1].asset);
                    edges.entry(key).or_default().push(*place);
                }
            }
        }
        edges
    }
}
