//! Finds links in texts that lead nowhere.
//!
//! A procedure that sends its reader to a page nobody wrote is worse than no procedure. Mend it by
//! correcting the path or id, or by writing the page.

use crate::check::{Check, Report};
use crate::diagnostic::nearest::{did_you_mean, meant};
use crate::diagnostic::{Rule, Severity, Text};
use crate::estate::{Estate, Target};
use crate::markdown::{Reference, ReferenceKind};
use crate::text;

use super::{mentions, place};

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "dead-link",
        level: Severity::Error,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for (record, reference, target) in mentions(estate) {
        if *target != Target::Missing || super::missing_image::is_picture(reference) {
            continue;
        }
        let name = &reference.target;
        let message = text!("`{name}` ne mène nulle part", "`{name}` leads nowhere");
        let is_name = reference.kind != ReferenceKind::Link;
        let meant = meant(name, ids(estate)).filter(|_| is_name);
        let said = (message, nearest(estate, reference));
        report.mistyped((place(record, reference), name), meant, said);
    }
}

fn ids(estate: &Estate) -> impl Iterator<Item = &str> {
    let records = estate.records().iter();
    let ids = records.map(|record| record.source.id.as_str());
    ids.filter(|id| !id.is_empty())
}

fn nearest(estate: &Estate, reference: &Reference) -> Option<Text> {
    let name = reference.target.as_str();
    if reference.kind == ReferenceKind::Link {
        let last = name
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or(name);
        let files = estate
            .records()
            .iter()
            .filter(|record| record.source.body.is_some());
        let names = files.filter_map(|record| record.source.file.path.rsplit('/').next());
        return did_you_mean(last, names);
    }
    did_you_mean(name, ids(estate))
}
