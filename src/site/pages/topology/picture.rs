//! What the map of a site shows: devices as boxes, workstations and printers as numbers in them.

use std::collections::BTreeMap;

use crate::estate::topology::{End, Node, Site, type_of};
use crate::estate::{Record, RecordId};
use crate::site::diagrams::network::{Device, Joint, Network, network};
use crate::site::page::Page;

use super::{kind, site_name};

/// A site with so many access points and servers at most has a box for each.
const LEAVES: usize = 16;
/// In a larger one, the box of a switch names so many.
const NAMED: usize = 6;
/// What is no cable.
pub(super) const NO_CABLE: [&str; 3] = ["tunnel", "radio", "virtual"];

/// What is plugged into a device and told by number: label and how many.
pub(super) fn groups(node: &Node) -> BTreeMap<&'static str, usize> {
    let mut groups = BTreeMap::new();
    for (key, count) in &node.counted {
        let label = match key.as_str() {
            "laptop" | "desktop" | "tablet" => "topology-workstations",
            "printer" => "topology-printers",
            "phone" => "topology-phones",
            "virtual-machine" => "topology-machines",
            _ => "topology-others",
        };
        *groups.entry(label).or_default() += count;
    }
    groups
}

/// The picture of a site.
pub(super) fn site(page: &Page<'_>, map: &Site, facts: &str) -> Option<String> {
    let name = site_name(page, map.place);
    let leaves = leaves(map);
    let has_boxes = leaves.len() <= LEAVES;
    let own = map.layers.iter().map(|layer| {
        let nodes = layer.iter();
        let boxes = nodes.filter_map(|node| device(page, map, node, !has_boxes));
        boxes.collect()
    });
    let mut layers: Vec<Vec<Device>> = own.collect();
    let mut joints = Vec::new();
    for (id, (layer, switches)) in leaves.into_iter().filter(|_| has_boxes) {
        layers.resize_with(layers.len().max(layer + 1), Vec::new);
        layers[layer].push(leaf(page, id, &switches));
        joints.extend(switches.into_iter().map(|switch| Joint {
            ends: (switch.0, id.0),
            ..Joint::default()
        }));
    }
    let lines = map.edges.iter().map(|((one, other), links)| Joint {
        ends: (one.0, other.0),
        is_dashed: is_dashed(page, links),
        is_multiple: links.len() > 1,
    });
    network(&Network {
        id_prefix: format!("map-{}", map.place.map_or(0, |id| id.0)),
        title: page.word("topology-drawn").replace("{site}", &name),
        description: page.word("topology-drawn-text").replace("{facts}", facts),
        layers,
        lines: lines.chain(joints).collect(),
    })
}

/// The access points and servers of a site, each with the layer below that of its lowest switch, and its switches.
fn leaves(map: &Site) -> BTreeMap<RecordId, (usize, Vec<RecordId>)> {
    let mut leaves: BTreeMap<RecordId, (usize, Vec<RecordId>)> = BTreeMap::new();
    for (layer, nodes) in map.layers.iter().enumerate() {
        for node in nodes {
            for id in &node.named {
                let (below, switches) = leaves.entry(*id).or_default();
                *below = layer + 1;
                switches.extend(node.asset);
            }
        }
    }
    leaves
}

/// The box of an access point or a server, with the ports by which it hangs on its switches.
fn leaf(page: &Page<'_>, id: RecordId, switches: &[RecordId]) -> Device {
    let estate = page.estate();
    let asset = estate.record(id);
    let mut about = vec![(what(page, asset), None)];
    for link in estate.topology().of(id) {
        let (near, far) = link.from(id);
        if switches.contains(&far.asset) {
            let line = joined(near, &estate.record(far.asset).source.id, far);
            about.push((line, None));
        }
    }
    Device {
        key: id.0,
        name: asset.title.clone(),
        about,
        url: Some(page.to(&asset.url)),
        class: class(asset),
    }
}

/// `sw-01 · Commutateur`; a hyphen of the type is no place to break a line.
fn what(page: &Page<'_>, asset: &Record) -> String {
    let kind = kind(page, asset).replace('-', "\u{2011}");
    format!("{} · {kind}", asset.source.id)
}

/// `Te1/1/1 → sw-01 Te1/1/4`, as far as the ports are known.
fn joined(near: &End, peer: &str, far: &End) -> String {
    let port = |end: &End| end.port.clone().unwrap_or_default();
    let line = format!("{} → {peer} {}", port(near), port(far));
    line.trim().to_owned()
}

/// Whether none of some links is a cable.
pub(super) fn is_dashed(page: &Page<'_>, links: &[usize]) -> bool {
    let all = &page.estate().topology().links;
    links.iter().all(|place| all[*place].is_of(&NO_CABLE))
}

fn device(page: &Page<'_>, map: &Site, node: &Node, tells_leaves: bool) -> Option<Device> {
    let estate = page.estate();
    let id = node.asset?;
    let asset = estate.record(id);
    let url = |record: &Record| Some(page.to(&record.url));
    let mut about = vec![(what(page, asset), None)];
    about.extend(uplinks(page, map, id).into_iter().map(|line| (line, None)));
    for (site, links) in outside(node) {
        let line = format!("⇢ {}", site_name(page, site));
        let dashed = is_dashed(page, &links);
        let line = if dashed {
            line
        } else {
            line.replace('⇢', "→")
        };
        about.push((line, None));
    }
    if tells_leaves {
        let named = node.named.iter().take(NAMED).map(|id| estate.record(*id));
        about.extend(named.map(|it| (format!("– {}", it.source.id), url(it))));
        let more = node.named.len().saturating_sub(NAMED);
        about.extend((more > 0).then(|| (page.count("and-more", more), None)));
    }
    let counted = groups(node);
    about.extend(
        counted
            .into_iter()
            .map(|(key, n)| (page.count(key, n), None)),
    );
    Some(Device {
        key: id.0,
        name: asset.title.clone(),
        about,
        url: url(asset),
        class: class(asset),
    })
}

/// How a device is filled.
pub(super) fn class(asset: &Record) -> &'static str {
    match type_of(asset) {
        Some("router" | "firewall") => "pending",
        Some("switch" | "access-point") => "new",
        Some("server") => "assigned",
        Some("nas") => "resolved",
        _ => "closed",
    }
}

/// By which ports a device hangs on those above it, each as a line: `Te1/1/1 → sw-01 Te1/1/4`.
fn uplinks(page: &Page<'_>, map: &Site, id: RecordId) -> Vec<String> {
    let estate = page.estate();
    let layer = |id: RecordId| {
        let has = |layer: &Vec<Node>| layer.iter().any(|node| node.asset == Some(id));
        map.layers.iter().position(has)
    };
    let own = layer(id);
    let edges = map
        .edges
        .iter()
        .filter(|((one, other), _)| *one == id || *other == id);
    let mut lines = Vec::new();
    for ((one, other), links) in edges {
        let peer = if *one == id { *other } else { *one };
        let above = layer(peer);
        if (above, peer) > (own, id) {
            continue;
        }
        let peer_id = &estate.record(peer).source.id;
        for place in links.iter().take(2) {
            let (near, far) = estate.topology().links[*place].from(id);
            lines.push(joined(near, peer_id, far));
        }
        if links.len() > 2 {
            lines.push(page.count("and-more", links.len() - 2));
        }
    }
    lines
}

/// The links that leave the site, by where they lead.
fn outside(node: &Node) -> BTreeMap<Option<RecordId>, Vec<usize>> {
    let mut sites: BTreeMap<Option<RecordId>, Vec<usize>> = BTreeMap::new();
    for (site, link) in &node.outside {
        sites.entry(*site).or_default().push(*link);
    }
    sites
}
