//! Finds records marked for an audience that `carnet.yaml` does not declare, and folders of `folders:` that are not there.
//!
//! A mark that nobody knows hides the record from everybody but `all`, so that a typing error never shows what was to be
//! hidden; and a rule about a folder that is not there protects nothing. Mend it by correcting the name.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::check::{Check, Report};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest::did_you_mean;
use crate::estate::Estate;
use crate::project::{self, UNKNOWN_AUDIENCE, place};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: UNKNOWN_AUDIENCE,
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let audiences = &estate.config.audiences;
    for record in sources(estate) {
        let mark = record.audience.as_ref();
        let unknown = mark.filter(|(name, _)| !name.is_empty());
        let unknown =
            unknown.and_then(|(name, range)| audiences.unknown(name, record.span(*range)));
        report.diagnostics.extend(unknown);
    }
    let mut missing = audiences.folders().peekable();
    if missing.peek().is_none() {
        return;
    }
    let folders = folders(estate);
    let places: BTreeSet<String> = folders.iter().map(|path| place(path)).collect();
    for path in missing.filter(|path| !places.contains(&place(path))) {
        let message = text!(
            "`folders` nomme `{path}`, qui n’existe pas ou ne contient rien",
            "`folders` names `{path}`, which does not exist or holds nothing"
        );
        let help = did_you_mean(path, folders.iter().copied());
        let found = Diagnostic::on_path(report.rule, "carnet.yaml", message);
        report.diagnostics.push(found.maybe_help(help));
    }
}

fn sources(estate: &Estate) -> impl Iterator<Item = &Arc<project::Record>> {
    let duplicates = estate.duplicates.iter().map(|(record, _)| record);
    estate
        .records()
        .iter()
        .map(|it| &it.source)
        .chain(duplicates)
}

/// Every folder and file that holds something, by path from the root.
fn folders(estate: &Estate) -> BTreeSet<&str> {
    let files = sources(estate).map(|record| record.file.path.as_str());
    let paths = files.chain(estate.attachments.keys().map(String::as_str));
    paths
        .flat_map(|path| {
            path.match_indices('/')
                .map(|(end, _)| &path[..end])
                .chain([path])
        })
        .collect()
}
