//! The block on the page of an asset or a service: what stops with it, in a sentence, a picture and lists.

use crate::estate::impact::{self, Impact, PAGE, Stopped};
use crate::estate::{Record, backups};
use crate::site::context::{Heading, Html, ImpactBlock, Link, SinglePoints, Stopping};
use crate::site::page::Page;

use super::picture;

/// A list names this many; the others are counted.
const MOST: usize = 30;
/// On a heavy page a list names this many.
pub(super) const FEWEST: usize = 3;
/// So many contracts are named, those with the shortest time.
const MOST_CONTRACTS: usize = 4;

/// The block of a record; `None` for a machine with which nothing stops and that nothing relieves.
pub(in crate::site::pages) fn block(page: &Page<'_>, record: &Record) -> Option<ImpactBlock> {
    let estate = page.estate();
    let kind = record.kind().name.as_str();
    if !matches!(kind, "asset" | "service") || !backups::is_in_use(record) {
        return None;
    }
    let dependencies = estate.dependencies();
    let relief: Vec<Link> = dependencies
        .relief_of(record.id)
        .map(|id| page.link_with_id(estate.record(id)))
        .collect();
    let impact = impact::impact(estate, record);
    let is_service = kind == "service";
    if impact.stopped.is_empty() && relief.is_empty() && !is_service {
        return None;
    }
    let of_service = |it: &Stopped| estate.record(it.record).kind().name == "service";
    let has_service = impact.stopped.iter().any(of_service);
    let named = impact.contracts.iter().take(MOST_CONTRACTS);
    let contracts = named.map(|(id, time)| {
        let link = page.link(estate.record(*id));
        (link, time.text(page.language))
    });
    Some(ImpactBlock {
        sentence: sentence(page, &impact),
        relief,
        single_points: is_service.then(|| single_points(page, record)),
        contracts: contracts.collect(),
        picture: picture::picture(page, record, &impact.stopped).map(Html),
        lists: ["service", "asset"]
            .into_iter()
            .filter_map(|kind| list(page, &impact.stopped, kind))
            .collect(),
        caveat: has_service.then(|| page.word("impact-caveat")),
        whole: super::has_page(estate, record).then(|| {
            let text = page.count("impact-whole", impact.stopped.len());
            Link::new(text, page.to(&super::own_url(record)))
        }),
        all: super::exists(page.estate())
            .then(|| Link::new(page.word("impact-services-page"), page.to(PAGE))),
    })
}

/// Shortens the lists of a page that would weigh too much; they say how many they leave out.
pub(in crate::site::pages) fn shorten(page: &Page<'_>, block: &mut ImpactBlock) {
    for list in &mut block.lists {
        list.links.truncate(FEWEST);
        let left_out = list.count - list.links.len();
        list.more = (left_out > 0).then(|| page.count("and-more", left_out));
    }
}

/// For "on this page".
pub(in crate::site::pages) fn heading(page: &Page<'_>) -> Heading {
    Heading {
        id: "impact".to_owned(),
        text: page.word("impact"),
        level: 2,
    }
}

/// « Si cet élément s’arrête : 14 équipements, 2 services, 1 contrat avec GTR 4 h. »
pub(super) fn sentence(page: &Page<'_>, impact: &Impact) -> String {
    if impact.stopped.is_empty() {
        return page.word("impact-none");
    }
    let of_kind = |kind: &str| {
        let stopped = impact.stopped.iter();
        let is = |it: &&Stopped| page.estate().record(it.record).kind().name == kind;
        stopped.filter(is).count()
    };
    let counts = [("asset", "impact-machines"), ("service", "impact-services")];
    let mut parts: Vec<String> = counts
        .iter()
        .map(|(kind, label)| (of_kind(kind), label))
        .filter(|(count, _)| *count > 0)
        .map(|(count, label)| page.count(label, count))
        .collect();
    if let Some((_, shortest)) = impact.contracts.first() {
        let text = page.count("impact-contracts", impact.contracts.len());
        parts.push(text.replace("{time}", &shortest.text(page.language)));
    }
    let parts = parts.join(", ");
    page.word("impact-sentence").replace("{what}", &parts)
}

fn single_points(page: &Page<'_>, service: &Record) -> SinglePoints {
    let dependencies = page.estate().dependencies();
    let points = dependencies.single_points(service.id);
    let sentence = if !points.is_empty() {
        page.count("impact-points", points.len())
    } else if dependencies.below(service.id).is_empty() {
        page.word("impact-undeclared-long")
    } else {
        page.word("impact-no-point-long")
    };
    let links = points.iter().take(MOST);
    SinglePoints {
        sentence,
        links: links
            .map(|id| page.link_with_id(page.estate().record(*id)))
            .collect(),
        more: more(page, points.len()),
    }
}

fn list(page: &Page<'_>, stopped: &[Stopped], kind: &str) -> Option<Stopping> {
    let estate = page.estate();
    let own: Vec<&Stopped> = stopped
        .iter()
        .filter(|it| estate.record(it.record).kind().name == kind)
        .collect();
    let plural = &estate.schema.kind(kind)?.plural;
    let link = |it: &&Stopped| {
        let through = &estate.record(it.through).source.id;
        let by = page.word("impact-through").replace("{what}", through);
        page.link(estate.record(it.record)).hint(by)
    };
    (!own.is_empty()).then(|| Stopping {
        title: plural.get(page.language).to_owned(),
        count: own.len(),
        links: own.iter().take(MOST).map(link).collect(),
        more: more(page, own.len()),
    })
}

fn more(page: &Page<'_>, count: usize) -> Option<String> {
    (count > MOST).then(|| page.count("and-more", count - MOST))
}
