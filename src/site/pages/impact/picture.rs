//! Which of the records that stop the picture shows: services with the way to them first, the most critical
//! before the others, then what is nearest; the rest is counted where it hangs.

use std::collections::{BTreeMap, BTreeSet};

use crate::estate::impact::{Stopped, criticality};
use crate::estate::{Record, RecordId};
use crate::site::diagrams::impact::{DEEPEST, Falling, Impact, impact};
use crate::site::diagrams::relations::Node;
use crate::site::page::Page;

/// The picture shows this many boxes, and this many of what the record needs.
const MOST: usize = 10;
const MOST_ABOVE: usize = 5;
/// Beside services and the way to them, this many hang on one box.
const MOST_OF_ONE: usize = 4;

/// The picture of what stops with a record.
pub(super) fn picture(page: &Page<'_>, record: &Record, stopped: &[Stopped]) -> Option<String> {
    let estate = page.estate();
    let above: Vec<RecordId> = estate.dependencies().below(record.id).into_iter().collect();
    let description = page
        .word("impact-drawn-text")
        .replace("{above}", &page.number(above.len()))
        .replace("{below}", &page.number(stopped.len()));
    let tree = Tree::new(page, record, stopped);
    let mut falling = Vec::new();
    tree.draw(record.id, 1, &mut falling);
    let mut needs: Vec<Node> = above
        .iter()
        .take(MOST_ABOVE)
        .map(|id| node(page, estate.record(*id)))
        .collect();
    needs.extend(rest(page, above.len().saturating_sub(MOST_ABOVE)));
    impact(&Impact {
        id_prefix: "impact".to_owned(),
        title: page.word("impact-drawn"),
        description,
        above: needs,
        centre: Node {
            name: record.title.clone(),
            about: record.source.id.clone(),
            url: None,
        },
        below: falling,
    })
}

/// What hangs on what, and which of it is shown.
struct Tree<'p> {
    page: &'p Page<'p>,
    children: BTreeMap<RecordId, Vec<RecordId>>,
    /// How many stop with each, itself counted.
    sizes: BTreeMap<RecordId, usize>,
    shown: BTreeSet<RecordId>,
}

impl<'p> Tree<'p> {
    fn new(page: &'p Page<'p>, record: &Record, stopped: &[Stopped]) -> Self {
        let mut tree = Self {
            page,
            children: BTreeMap::new(),
            sizes: BTreeMap::new(),
            shown: BTreeSet::new(),
        };
        for it in stopped {
            tree.children.entry(it.through).or_default().push(it.record);
        }
        // Those further away come last, so that each is whole before what it hangs on is counted.
        for it in stopped.iter().rev() {
            let own = tree.sizes.get(&it.record).copied().unwrap_or(0) + 1;
            tree.sizes.insert(it.record, own);
            *tree.sizes.entry(it.through).or_default() += own;
        }
        tree.show_services(record.id, stopped);
        tree.show_nearest(stopped);
        let keys: Vec<RecordId> = tree.children.keys().copied().collect();
        for key in keys {
            let mut own = tree.children.remove(&key).unwrap_or_default();
            own.sort_by_cached_key(|id| tree.order(*id));
            tree.children.insert(key, own);
        }
        tree
    }

    /// Services first, the critical ones first, then what takes most with it.
    fn order(&self, id: RecordId) -> (bool, usize, usize, RecordId) {
        let record = self.page.estate().record(id);
        let size = self.sizes.get(&id).copied().unwrap_or(0);
        let is_asset = record.kind().name != "service";
        (
            is_asset,
            usize::MAX - criticality(record),
            usize::MAX - size,
            id,
        )
    }

    fn show_services(&mut self, first: RecordId, stopped: &[Stopped]) {
        let estate = self.page.estate();
        let through: BTreeMap<RecordId, RecordId> =
            stopped.iter().map(|it| (it.record, it.through)).collect();
        let is_service = |it: &&Stopped| {
            it.distance <= DEEPEST && estate.record(it.record).kind().name == "service"
        };
        let mut services: Vec<&Stopped> = stopped.iter().filter(is_service).collect();
        services.sort_by_cached_key(|it| {
            let rank = usize::MAX - criticality(estate.record(it.record));
            (rank, it.distance, it.record)
        });
        for service in services {
            let way = std::iter::successors(Some(service.record), |id| through.get(id).copied());
            let way: Vec<RecordId> = way.take_while(|id| *id != first).collect();
            let added = way.iter().filter(|id| !self.shown.contains(id)).count();
            if self.shown.len() + added <= MOST {
                self.shown.extend(way);
            }
        }
    }

    fn show_nearest(&mut self, stopped: &[Stopped]) {
        let mut of_one: BTreeMap<RecordId, usize> = BTreeMap::new();
        let mut near: Vec<&Stopped> = stopped.iter().collect();
        near.sort_by_cached_key(|it| (it.distance, self.order(it.record)));
        let first = near.first().map(|it| it.through);
        for it in near {
            let is_held = Some(it.through) == first || self.shown.contains(&it.through);
            let own = of_one.entry(it.through).or_default();
            let fits = self.shown.len() < MOST && *own < MOST_OF_ONE && it.distance <= DEEPEST;
            if is_held && fits && self.shown.insert(it.record) {
                *own += 1;
            }
        }
    }

    /// What hangs on a record, and how much more does.
    fn draw(&self, id: RecordId, depth: usize, out: &mut Vec<Falling>) {
        let mut hidden = 0;
        for child in self.children.get(&id).into_iter().flatten() {
            if !self.shown.contains(child) {
                hidden += self.sizes.get(child).copied().unwrap_or(1);
                continue;
            }
            let record = self.page.estate().record(*child);
            out.push(Falling {
                node: node(self.page, record),
                depth,
                is_service: record.kind().name == "service",
            });
            self.draw(*child, depth + 1, out);
        }
        out.extend(rest(self.page, hidden).map(|node| Falling {
            node,
            depth: depth.min(DEEPEST),
            is_service: false,
        }));
    }
}

fn rest(page: &Page<'_>, count: usize) -> Option<Node> {
    (count > 0).then(|| Node {
        name: page.count("and-more", count),
        ..Node::default()
    })
}

fn node(page: &Page<'_>, record: &Record) -> Node {
    let kind = super::kind(page, record);
    Node {
        name: record.title.clone(),
        about: format!("{kind} · {}", record.source.id),
        url: Some(page.to(&record.url)),
    }
}
