//! What joins sites: tunnels mostly, drawn from the site that most others hang on.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::estate::RecordId;
use crate::estate::topology::Ends;
use crate::site::context::{Drawing, Html, Link};
use crate::site::diagrams::network::{Device, Joint, Network, network};
use crate::site::page::Page;

use super::picture::{NO_CABLE, is_dashed};
use super::site_name;

/// The picture has this many sites.
const SITES: usize = 40;
/// The box of a site names this many links.
const LINES: usize = 6;

/// What joins sites: the one with most links above, the others as far below as they are links away.
pub(super) fn between(page: &Page<'_>) -> Option<Drawing> {
    let joined = page.estate().topology().between_sites();
    if joined.is_empty() {
        return None;
    }
    let layers = by_distance(&joined);
    let shown = layers.iter().flatten().count();
    let count: usize = joined.values().map(Vec::len).sum();
    let facts = page
        .count("topology-between-facts", count)
        .replace("{sites}", &page.count("topology-sites", shown));
    let key = |site: Option<RecordId>| site.map_or(u32::MAX, |id| id.0);
    let devices = |layer: &Vec<Option<RecordId>>| {
        let boxes = layer.iter().map(|place| Device {
            key: key(*place),
            name: site_name(page, *place),
            about: means(page, &joined, *place),
            url: place.map(|id| page.to(&page.estate().record(id).url)),
            class: "closed",
        });
        boxes.collect()
    };
    let lines = joined.iter().map(|((one, other), links)| Joint {
        ends: (key(*one), key(*other)),
        is_dashed: is_dashed(page, links),
        is_multiple: links.len() > 1,
    });
    let title = page.word("topology-between");
    let picture = network(&Network {
        id_prefix: "between".to_owned(),
        title: title.clone(),
        description: facts.clone(),
        layers: layers.iter().map(devices).collect(),
        lines: lines.collect(),
    })?;
    Some(Drawing {
        id: "between-sites".to_owned(),
        title: Link {
            text: title,
            ..Link::default()
        },
        facts,
        picture: Html(picture),
        table: None,
    })
}

/// By what a site is joined to the others, a line each.
fn means(
    page: &Page<'_>,
    joined: &BTreeMap<Ends, Vec<usize>>,
    place: Option<RecordId>,
) -> Vec<(String, Option<String>)> {
    let estate = page.estate();
    let own = joined
        .iter()
        .filter(|((one, other), _)| *one == place || *other == place);
    let mut lines = Vec::new();
    for link in own.flat_map(|(_, links)| links).take(LINES) {
        let link = &estate.topology().links[*link];
        let ends = &link.ends;
        let is_near = estate.topology().site(ends[0].asset) == place;
        let (near, far) = if is_near {
            (&ends[0], &ends[1])
        } else {
            (&ends[1], &ends[0])
        };
        let id = |asset: RecordId| &estate.record(asset).source.id;
        let arrow = if link.is_of(&NO_CABLE) { '⇢' } else { '→' };
        let url = Some(page.to(&estate.record(near.asset).url));
        lines.push((format!("{} {arrow} {}", id(near.asset), id(far.asset)), url));
    }
    lines
}

fn by_distance(joined: &BTreeMap<Ends, Vec<usize>>) -> Vec<Vec<Option<RecordId>>> {
    let mut peers: BTreeMap<Option<RecordId>, BTreeSet<Option<RecordId>>> = BTreeMap::new();
    for (one, other) in joined.keys() {
        peers.entry(*one).or_default().insert(*other);
        peers.entry(*other).or_default().insert(*one);
    }
    let mut order: Vec<_> = peers.keys().copied().collect();
    order.sort_by_key(|place| (usize::MAX - peers[place].len(), *place));
    let mut distance: BTreeMap<Option<RecordId>, usize> = BTreeMap::new();
    let mut layers: Vec<Vec<Option<RecordId>>> = Vec::new();
    for start in order {
        if distance.contains_key(&start) {
            continue;
        }
        distance.insert(start, 0);
        let mut waiting = VecDeque::from([start]);
        while let Some(place) = waiting.pop_front() {
            let depth = distance[&place];
            if layers.len() <= depth {
                layers.push(Vec::new());
            }
            if layers.iter().map(Vec::len).sum::<usize>() < SITES {
                layers[depth].push(place);
            }
            for peer in &peers[&place] {
                if !distance.contains_key(peer) {
                    distance.insert(*peer, depth + 1);
                    waiting.push_back(*peer);
                }
            }
        }
    }
    layers.retain(|layer| !layer.is_empty());
    layers
}
