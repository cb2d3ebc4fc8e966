//! Finds records that are their own parent, directly or through others.
//!
//! A building that stands in one of its own rooms has no place in the tree of places: it would
//! vanish from every list that follows the tree from the top. Mend it by correcting one `parent`.

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::{Estate, Record};
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
        for record in estate.listed(&kind.name) {
            let Some(circle) = circle(estate, record) else {
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
                "`{id}` fait partie de lui-même : {chain}",
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

/// The records from `start` up to itself, or `None` when its line of parents ends elsewhere.
fn circle<'a>(estate: &'a Estate, start: &'a Record) -> Option<Vec<&'a Record>> {
    let mut line = vec![start];
    let mut above = estate.first(start, PARENT)?;
    while above.id != start.id {
        // A circle further up is told at its own records.
        if line.iter().any(|record| record.id == above.id) {
            return None;
        }
        line.push(above);
        above = estate.first(above, PARENT)?;
    }
    Some(line)
}
