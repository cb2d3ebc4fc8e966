//! The pages at former addresses, after all others: none takes the place of a page of today.
//!
//! Servers and file systems may ignore case, so that addresses are compared without it, and a page never
//! stands where another path needs a folder.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::estate::redirects::{self, Written};
use crate::estate::{Estate, RecordId};
use crate::fold::case_fold;
use crate::site::Output;
use crate::site::plan::collisions::{Outputs, PATH_COLLISION};
use crate::text;

/// Adds them; the findings are written addresses that are taken.
pub(super) fn pages(estate: &Estate, outputs: &mut Outputs) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut added: BTreeMap<String, RecordId> = BTreeMap::new();
    for written in redirects::written(estate) {
        let Some(path) = redirects::path(written.text) else {
            continue;
        };
        let folded = case_fold(&path);
        if let Some(other) = added.get(&folded) {
            if *other != written.record.id {
                diagnostics.push(claimed_twice(estate, &written, *other));
            }
        } else if let Some(other) = taken(&outputs.kept, &path, &folded) {
            diagnostics.push(occupied(estate, &written, outputs.kept.get(&other)));
        } else if taken(&added, &path, &folded).is_some() {
            diagnostics.push(occupied(estate, &written, None));
        } else {
            added.insert(folded, written.record.id);
            outputs.add(path, Output::Redirect(written.record.id));
        }
    }
    for (path, record) in redirects::renamed(estate) {
        let folded = case_fold(&path);
        if taken(&outputs.kept, &path, &folded).is_none() && taken(&added, &path, &folded).is_none()
        {
            outputs.add(path, Output::Redirect(record));
        }
    }
    diagnostics
}

/// The path that stands where this one would, or where it would need a folder, or whose folder it would be.
fn taken<T>(kept: &BTreeMap<String, T>, path: &str, folded: &str) -> Option<String> {
    [path, folded].into_iter().find_map(|path| {
        let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        let mut above = folders.chain([path]);
        let below = format!("{path}/");
        above
            .find(|path| kept.contains_key(*path))
            .map(str::to_owned)
            .or_else(|| {
                let (first, _) = kept.range(below.clone()..).next()?;
                first.starts_with(&below).then(|| first.clone())
            })
    })
}

/// A written address that a page has today.
fn occupied(estate: &Estate, written: &Written<'_>, other: Option<&Output>) -> Diagnostic {
    let text = written.text;
    let message = text!(
        "`{text}` est l’adresse d’une page d’aujourd’hui, qui garde sa place",
        "`{text}` is the address of a page of today, which keeps its place"
    );
    let place = written.record.source.span(written.range);
    let diagnostic = Diagnostic::at(PATH_COLLISION, place, message).help(text!(
        "retirez cette adresse, ou renommez la page qui s’y trouve",
        "remove this address, or rename the page that stands there"
    ));
    let Some(Output::Record(id)) = other else {
        return diagnostic;
    };
    let other = &estate.record(*id).source;
    diagnostic.note(
        other.span(other.id_range),
        text!("elle vient d’ici", "it comes from here"),
    )
}

/// An address that two records say they had.
fn claimed_twice(estate: &Estate, written: &Written<'_>, other: RecordId) -> Diagnostic {
    let text = written.text;
    let message = text!(
        "`{text}` est déjà l’ancienne adresse d’une autre page",
        "`{text}` is already the former address of another page"
    );
    let other = &estate.record(other).source;
    let place = written.record.source.span(written.range);
    Diagnostic::at(PATH_COLLISION, place, message)
        .note(
            other.span(other.id_range),
            text!("celle-ci la reçoit", "this one has it"),
        )
        .help(text!(
            "gardez-la sur une seule des deux pages",
            "keep it on one of the two pages"
        ))
}
