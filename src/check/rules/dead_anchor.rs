//! Finds links to a heading, or to a named block, that its page does not have.
//!
//! The reader lands at the top of a long page and searches. Mend it by correcting what follows `#`:
//! headings' ids are those that the Git forge makes.

use std::sync::Arc;

use crate::check::{Check, Report};
use crate::diagnostic::nearest::{did_you_mean, meant};
use crate::diagnostic::{Rule, Severity, Text};
use crate::estate::{Estate, Target};
use crate::markdown::{Document, heading_id};
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
        let path = &page.source.file.path;
        let body = page.source.body().map(Arc::as_ref);
        let (written, ids, said) = if fragment.contains('^') {
            block(path, body, fragment)
        } else {
            heading(path, body, fragment)
        };
        let meant = meant(&written, ids.iter().copied());
        report.mistyped((place(record, reference), fragment), meant, said);
    }
}

/// A fragment as ids are written, the ids of the page, and what is told of it.
type Answer<'a> = (String, Vec<&'a str>, (Text, Option<Text>));

/// What is told of a heading that is not there.
fn heading<'a>(path: &str, body: Option<&'a Document>, fragment: &str) -> Answer<'a> {
    let headings = body.into_iter().flat_map(|body| &body.headings);
    let ids: Vec<&str> = headings.map(|heading| heading.id.as_str()).collect();
    let written = heading_id(fragment);
    let near = did_you_mean(&written, ids.iter().copied());
    let help = near.or_else(|| {
        let ids = list(&ids)?;
        Some(text!(
            "titres de la page\u{a0}: {ids}",
            "headings of the page: {ids}"
        ))
    });
    let message = text!(
        "`{path}` n’a pas de titre `#{fragment}`",
        "`{path}` has no heading `#{fragment}`"
    );
    (written, ids, (message, help))
}

/// The same for a block that Obsidian names: `#^name`.
fn block<'a>(path: &str, body: Option<&'a Document>, fragment: &str) -> Answer<'a> {
    let ids: Vec<&str> = body.into_iter().flat_map(Document::block_ids).collect();
    let near = did_you_mean(fragment, ids.iter().copied());
    let help = near.or_else(|| {
        let ids = list(&ids)?;
        Some(text!(
            "blocs nommés de la page\u{a0}: {ids}",
            "named blocks of the page: {ids}"
        ))
    });
    let message = text!(
        "`{path}` n’a pas de bloc `#{fragment}`",
        "`{path}` has no block `#{fragment}`"
    );
    (fragment.to_owned(), ids, (message, help))
}

/// The ids that a page does have, where they are few enough to be read.
fn list(ids: &[&str]) -> Option<String> {
    if ids.is_empty() || ids.len() > MOST_LISTED {
        return None;
    }
    let ids: Vec<String> = ids.iter().map(|id| format!("`#{id}`")).collect();
    Some(ids.join(", "))
}
