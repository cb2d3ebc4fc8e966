//! The block on the page of a rack (its elevation) or of a device (its ports, counted).

use crate::estate::Record;
use crate::estate::topology::{RACKS, ports};
use crate::site::context::{Heading, Html, Link, TopologyBlock};
use crate::site::page::Page;

use super::patching::Count;
use super::{contradictions, ports_url, racks};

/// The block of a record; `None` for what is neither a rack nor a device with ports.
pub(in crate::site::pages) fn block(page: &Page<'_>, record: &Record) -> Option<TopologyBlock> {
    if record.kind().name != "asset" {
        return None;
    }
    let estate = page.estate();
    let topology = estate.topology();
    if let Some(elevation) = topology.racks.get(&record.id) {
        return Some(TopologyBlock {
            title: page.word("racks-elevation"),
            facts: racks::facts(page, elevation),
            contradictions: contradictions::of_rack(page, record.id, elevation),
            picture: Some(Html(racks::draw(page, record, elevation))),
            all: Link::new(page.word("racks-page"), page.to(RACKS)),
        });
    }
    topology.devices.binary_search(&record.id).ok()?;
    let count = Count::of(&ports(estate, record));
    if count.all == 0 {
        return None;
    }
    Some(TopologyBlock {
        title: page.word("patching-ports"),
        facts: count.sentence(page),
        picture: None,
        contradictions: None,
        all: Link::new(page.word("patching-see"), page.to(&ports_url(record))),
    })
}

/// For "on this page".
pub(in crate::site::pages) fn heading(block: &TopologyBlock) -> Heading {
    Heading {
        id: "network".to_owned(),
        text: block.title.clone(),
        level: 2,
    }
}
