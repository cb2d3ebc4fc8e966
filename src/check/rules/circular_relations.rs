//! Finds changes that each have to come after the other, directly or through others.
//!
//! None of them can ever start. `relations` may well point both ways: they only say that changes belong
//! together; `after` says in which order. Mend it by taking one `after` away.

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::{Estate, Record};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "circular-relations",
        level: Severity::Error,
    },
    run,
};

/// The field that puts changes in order.
const AFTER: &str = "after";

fn run(estate: &Estate, report: &mut Report<'_>) {
    for change in estate.listed("change") {
        let Some(entry) = change.view().entry(AFTER) else {
            continue;
        };
        let Some(circle) = circle(estate, change) else {
            continue;
        };
        let ids: Vec<String> = circle
            .iter()
            .chain([&change])
            .map(|change| format!("`{}`", change.source.id))
            .collect();
        let chain = ids.join(" → ");
        let message = text!(
            "ces changements s’attendent l’un l’autre\u{a0}: {chain}",
            "these changes wait for each other: {chain}"
        );
        let help = text!(
            "retirez l’un des `after` du cercle",
            "take away one `after` of the circle"
        );
        report.at(change.source.span(entry.value.range), message, Some(help));
    }
}

/// A way from `start` back to itself, in the order of depth; `None` where there is none.
fn circle<'a>(estate: &'a Estate, start: &'a Record) -> Option<Vec<&'a Record>> {
    let mut seen = vec![start.id];
    let mut line = vec![(start, estate.all(start, AFTER).collect::<Vec<_>>())];
    while let Some((_, next)) = line.last_mut() {
        let Some(before) = next.pop() else {
            line.pop();
            continue;
        };
        if before.id == start.id {
            return Some(line.into_iter().map(|(change, _)| change).collect());
        }
        if !seen.contains(&before.id) {
            seen.push(before.id);
            line.push((before, estate.all(before, AFTER).collect()));
        }
    }
    None
}
