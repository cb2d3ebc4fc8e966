//! Finds records that are their own parent, directly or through others.
//!
//! A building that stands in one of its own rooms has no place in the tree of places: it would
//! vanish from every list that follows the tree from the top. Mend it by correcting one `parent`.

use std::collections::HashMap;

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::{Estate, Record, RecordId};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "circular-parent",
        level: Severity::Error,
    },
    run,
};

/// The field that makes a tree, in every kind that has one.
const PARENT: &str = "parent";

fn run(estate: &Estate, report: &mut Report<'_>) {
    for kind in estate.schema.kinds() {
        if kind.index_of(PARENT).is_none() {
            continue;
        }
        let walks = walks(estate, &kind.name);
        for record in estate.listed(&kind.name) {
            let Some(circle) = circle(estate, record, &walks) else {
                continue;
            };
            let Some(entry) = record.view().entry(PARENT) else {
                continue;
            };
            let ids: Vec<String> = circle
                .iter()
                .chain([&record])
                .map(|record| format!("`{}`", record.source.id))
                .collect();
            let (id, chain) = (&record.source.id, ids.join(" → "));
            let message = text!(
                "`{id}` fait partie de lui-même\u{a0}: {chain}",
                "`{id}` is part of itself: {chain}"
            );
            let help = text!(
                "corrigez l’un des champs `parent` du cercle",
                "correct one of the `parent` fields of the circle"
            );
            report.at(record.source.span(entry.value.range), message, Some(help));
        }
    }
}

/// What is known of a record's line of parents.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    /// It is followed by the walk of this number.
    Followed(usize),
    /// It comes back to the record.
    Circle,
}

/// Follows the lines of all records, each record once.
fn walks(estate: &Estate, kind: &str) -> HashMap<RecordId, Line> {
    let mut lines: HashMap<RecordId, Line> = HashMap::new();
    for (walk, start) in estate.listed(kind).enumerate() {
        let mut at = Some(start);
        while let Some(record) = at {
            match lines.get(&record.id) {
                // The walk met itself: what follows from here, up to here again, is a circle.
                Some(line) if *line == Line::Followed(walk) => {
                    lines.insert(record.id, Line::Circle);
                }
                Some(_) => break,
                None => {
                    lines.insert(record.id, Line::Followed(walk));
                }
            }
            at = estate.first(record, PARENT);
        }
    }
    lines
}

/// The records from `start` up to itself, or `None` when its line of parents ends elsewhere.
fn circle<'a>(
    estate: &'a Estate,
    start: &'a Record,
    lines: &HashMap<RecordId, Line>,
) -> Option<Vec<&'a Record>> {
    if lines.get(&start.id) != Some(&Line::Circle) {
        return None;
    }
    let above = |record: &&'a Record| {
        let above = estate.first(record, PARENT);
        above.filter(|above| above.id != start.id)
    };
    Some(std::iter::successors(Some(start), above).collect())
}
