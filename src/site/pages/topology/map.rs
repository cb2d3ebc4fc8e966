//! The map of each site, of what joins sites, and every link of the network as a table.

use std::collections::BTreeMap;

use crate::estate::topology::{Link as NetworkLink, is_network, type_of};
use crate::estate::{Estate, RecordId};
use crate::site::context::{Drawing, Html, Link, TopologyContext};
use crate::site::page::Page;

use super::super::desk::figures::{Cell, Figures};
use super::super::list;
use super::{
    PAGE_FOLDER, TopologyTable, between, columns, context, contradictions, keyed, left_out, medium,
    picture, record, section, state, text,
};

/// A page draws this many sites.
const SITES: usize = 12;

/// How many parts the maps have.
pub(super) fn parts(estate: &Estate) -> usize {
    let sites = estate.topology().sites(estate).len();
    sites.div_ceil(SITES).max(1)
}

/// The maps of some sites; the first part opens with what joins them and ends with the table.
pub(super) fn page(page: &Page<'_>, part: usize) -> TopologyContext {
    let estate = page.estate();
    let topology = estate.topology();
    let sites = topology.sites(estate);
    let mut own = context(page, TopologyTable::Links);
    own.lead = lead(page, sites.iter().flatten().count());
    let between = (part == 1).then(|| between::between(page));
    own.drawings.extend(between.flatten());
    let shown = sites.iter().skip((part - 1) * SITES).take(SITES);
    own.drawings
        .extend(shown.filter_map(|place| site(page, *place)));
    if part == 1 {
        own.contradictions = contradictions::of_links(page);
        let mut figures = links(page, |link| is_backbone(estate, link));
        figures.drop_empty_columns();
        own.more = left_out(page, figures.rows.len());
        let title = "topology-links";
        own.tables = vec![section(page, "links", title, &figures)];
        own.notes = vec![page.word("topology-note"), page.word("topology-note-links")];
    }
    own.pager = list::pager(page, PAGE_FOLDER, part, parts(estate));
    own
}

fn lead(page: &Page<'_>, sites: usize) -> String {
    let topology = page.estate().topology();
    let tunnels = topology.links.iter().filter(|link| link.is_of(&["tunnel"]));
    let tunnels = tunnels.count();
    let label = if tunnels > 0 {
        "topology-lead"
    } else {
        "topology-lead-plain"
    };
    let mut sentences = vec![
        page.count(label, topology.links.len())
            .replace("{sites}", &page.count("topology-sites", sites))
            .replace("{tunnels}", &page.count("topology-tunnels", tunnels)),
    ];
    let wrong = topology.contradictions.len();
    sentences.push(if wrong == 0 {
        page.word("topology-sound")
    } else {
        page.count("topology-contradictions", wrong)
    });
    sentences.join(" ")
}

fn site(page: &Page<'_>, place: Option<RecordId>) -> Option<Drawing> {
    let estate = page.estate();
    let map = estate.topology().map(estate, place);
    let count: usize = map.layers.iter().map(Vec::len).sum();
    let mut facts = vec![page.count("topology-devices", count + map.left_out)];
    let mut plugged: BTreeMap<&str, usize> = BTreeMap::new();
    for node in map.layers.iter().flatten() {
        for (key, n) in picture::groups(node) {
            *plugged.entry(key).or_default() += n;
        }
    }
    facts.extend(plugged.into_iter().map(|(key, n)| page.count(key, n)));
    if map.left_out > 0 {
        facts.push(page.count("topology-left-out", map.left_out));
    }
    let facts = facts.join(", ");
    let picture = picture::site(page, &map, &facts)?;
    let title = match place {
        Some(id) => page.link(estate.record(id)),
        None => Link {
            text: page.word("topology-no-site"),
            ..Link::default()
        },
    };
    Some(Drawing {
        id: place.map_or("site-none".to_owned(), |id| {
            format!("site-{}", estate.record(id).source.id)
        }),
        title,
        facts,
        picture: Html(picture),
        table: None,
    })
}

/// Between devices, servers and storage; the cables of workstations are in the patching.
fn is_backbone(estate: &Estate, link: &NetworkLink) -> bool {
    link.ends.iter().all(|end| {
        let asset = estate.record(end.asset);
        is_network(asset) || matches!(type_of(asset), Some("server" | "nas"))
    })
}

/// The links that are asked for, a row each.
pub(super) fn links(page: &Page<'_>, shown: impl Fn(&NetworkLink) -> bool) -> Figures {
    let estate = page.estate();
    let topology = estate.topology();
    let mut figures = Figures {
        columns: columns(
            page,
            [
                ("asset", "topology-asset"),
                ("port", "topology-port"),
                ("peer", "topology-peer"),
                ("peer_port", "topology-peer-port"),
                ("medium", "topology-medium"),
                ("speed", "topology-speed"),
                ("vlan", "topology-vlan"),
                ("site", "topology-site"),
                ("declared", "topology-declared"),
                ("seen", "topology-seen"),
                ("state", "topology-state"),
            ],
        ),
        ..Figures::default()
    };
    for link in topology.links.iter().filter(|link| shown(link)) {
        let (near, far) = link.from(upper(estate, link));
        let (ends, declared) = if link.declared.len() > 1 {
            ("both-ends", "topology-both-ends")
        } else {
            ("one-end", "topology-one-end")
        };
        figures.rows.push(vec![
            Cell::Record(near.asset),
            text(near.port.as_deref()),
            Cell::Record(far.asset),
            text(far.port.as_deref()),
            link.medium
                .as_deref()
                .map_or(Cell::Nothing, |key| keyed(key, medium(page, key), None)),
            text(link.speed.as_deref()),
            record(link.vlan),
            record(topology.site(near.asset)),
            keyed(ends, page.word(declared), None),
            link.seen.map_or(Cell::Nothing, Cell::Date),
            state(page, link),
        ]);
    }
    figures
}

/// The end that carries the other: a router before a firewall before a switch before anything else.
fn upper(estate: &Estate, link: &NetworkLink) -> RecordId {
    let rank = |id: RecordId| match type_of(estate.record(id)) {
        Some("router") => 0,
        Some("firewall") => 1,
        Some("switch") => 2,
        Some("access-point") => 3,
        _ => 4,
    };
    let [one, other] = &link.ends;
    if rank(one.asset) <= rank(other.asset) {
        one.asset
    } else {
        other.asset
    }
}
