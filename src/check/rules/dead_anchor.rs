//! Finds links to a heading that its page does not have.
//!
//! The reader lands at the top of a long page and searches. Mend it by correcting what follows `#`:
//! headings' ids are those that the Git forge makes.

use crate::check::{Check, Report};
use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Rule, Severity};
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

fn run(estate: &Estate, report: &mut Report<'_>) {
    for (record, reference, target) in mentions(estate) {
        let Target::DeadAnchor { id } = target else {
            continue;
        };
        let fragment = reference.fragment.as_deref().unwrap_or_default();
        let page = estate.record(*id);
        let headings = page
            .source
            .body()
            .into_iter()
            .flat_map(|body| &body.headings);
        let help = did_you_mean(
            &heading_id(fragment),
            headings.map(|heading| heading.id.as_str()),
        );
        let path = &page.source.file.path;
        let message = text!(
            "`{path}` n’a pas de titre `#{fragment}`",
            "`{path}` has no heading `#{fragment}`"
        );
        report.at(place(record, reference), message, help);
    }
}
