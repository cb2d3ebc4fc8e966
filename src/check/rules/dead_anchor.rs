//! Finds links to a heading that its page does not have.
//!
//! The reader lands at the top of a long page and searches. Mend it by correcting what follows `#`:
//! headings' ids are those that the Git forge makes.

use crate::check::{Check, Report};
use crate::diagnostic::nearest::{did_you_mean, meant};
use crate::diagnostic::{Rule, Severity, Text};
use crate::estate::{Estate, Target};
use crate::markdown::heading_id;
use crate::text;

use super::{mentions, place};

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "dead-anchor",
        level: Severity::Error,
    },
    run,
};

/// The most headings worth naming.
const MOST_LISTED: usize = 8;

fn run(estate: &Estate, report: &mut Report<'_>) {
    for (record, reference, target) in mentions(estate) {
        let Target::DeadAnchor { id } = target else {
            continue;
        };
        let fragment = reference.fragment.as_deref().unwrap_or_default();
        let page = estate.record(*id);
        let body = page.source.body().into_iter();
        let ids: Vec<&str> = body
            .flat_map(|body| &body.headings)
            .map(|heading| heading.id.as_str())
            .collect();
        let near = did_you_mean(&heading_id(fragment), ids.iter().copied());
        let help = near.or_else(|| list(&ids));
        let path = &page.source.file.path;
        let message = text!(
            "`{path}` n’a pas de titre `#{fragment}`",
            "`{path}` has no heading `#{fragment}`"
        );
        let meant = meant(&heading_id(fragment), ids.iter().copied());
        let said = (message, help);
        report.mistyped((place(record, reference), fragment), meant, said);
    }
}

/// The headings that a page does have, where they are few enough to be read.
fn list(ids: &[&str]) -> Option<Text> {
    if ids.is_empty() || ids.len() > MOST_LISTED {
        return None;
    }
    let ids: Vec<String> = ids.iter().map(|id| format!("`#{id}`")).collect();
    let ids = ids.join(", ");
    Some(text!(
        "titres de la page : {ids}",
        "headings of the page: {ids}"
    ))
}
