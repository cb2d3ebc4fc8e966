//! Finds services and machines that depend on each other in a circle, directly or through others.
//!
//! After a power cut none of them can start first, and what stops with what has no end. Mend it by taking
//! away the `depends_on` that is only a convenience; a real circle is worth a change.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::{Estate, RecordId};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "circular-dependency",
        level: Severity::Warning,
    },
    run,
};

/// The field by which assets and services depend on others.
const DEPENDS_ON: &str = "depends_on";

fn run(estate: &Estate, report: &mut Report<'_>) {
    let below = entangled(estate);
    for id in below.keys() {
        let record = estate.record(*id);
        let circle = circle(&below, *id);
        let entry = record.view().entry(DEPENDS_ON);
        let (Some(circle), Some(entry)) = (circle, entry) else {
            continue;
        };
        let ids: Vec<String> = circle
            .iter()
            .chain([id])
            .map(|id| format!("`{}`", estate.record(*id).source.id))
            .collect();
        let chain = ids.join(" → ");
        let message = text!(
            "ces éléments dépendent les uns des autres en cercle\u{a0}: {chain}",
            "these depend on each other in a circle: {chain}"
        );
        let help = text!(
            "retirez l’un des `depends_on` du cercle",
            "take away one `depends_on` of the circle"
        );
        report.at(record.source.span(entry.value.range), message, Some(help));
    }
}

/// What each record depends on, without all those whose dependences end somewhere: what is left
/// stands in a circle, or depends on one.
fn entangled(estate: &Estate) -> BTreeMap<RecordId, BTreeSet<RecordId>> {
    let mut below: BTreeMap<RecordId, BTreeSet<RecordId>> = BTreeMap::new();
    let mut above: BTreeMap<RecordId, Vec<RecordId>> = BTreeMap::new();
    let kinds = ["asset", "service"].into_iter();
    for record in kinds.flat_map(|kind| estate.listed(kind)) {
        for other in estate.all(record, DEPENDS_ON) {
            if below.entry(record.id).or_default().insert(other.id) {
                above.entry(other.id).or_default().push(record.id);
            }
        }
    }
    let ends = above.keys().filter(|id| !below.contains_key(id));
    let mut free: Vec<RecordId> = ends.copied().collect();
    while let Some(end) = free.pop() {
        for record in above.get(&end).into_iter().flatten() {
            let Some(left) = below.get_mut(record) else {
                continue;
            };
            left.remove(&end);
            if left.is_empty() {
                below.remove(record);
                free.push(*record);
            }
        }
    }
    below
}

/// The shortest way from a record back to itself; `None` for one that only depends on a circle.
fn circle(
    below: &BTreeMap<RecordId, BTreeSet<RecordId>>,
    start: RecordId,
) -> Option<Vec<RecordId>> {
    let mut through: BTreeMap<RecordId, RecordId> = BTreeMap::new();
    let mut line = vec![start];
    while !line.is_empty() {
        let mut next = Vec::new();
        for id in line {
            for other in below.get(&id).into_iter().flatten() {
                if *other == start {
                    let back = std::iter::successors(Some(id), |id| through.get(id).copied());
                    let mut way: Vec<RecordId> = back.collect();
                    way.reverse();
                    return Some(way);
                }
                if !through.contains_key(other) {
                    through.insert(*other, id);
                    next.push(*other);
                }
            }
        }
        line = next;
    }
    None
}
