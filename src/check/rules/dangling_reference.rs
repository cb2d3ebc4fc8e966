//! Finds fields that refer to a record that does not exist, or is of another kind.
//!
//! An asset at a site nobody described cannot be found there. Mend it by correcting the id or by
//! adding the record under `inventory/`.

use crate::check::{Check, Report};
use crate::diagnostic::nearest::{did_you_mean, meant};
use crate::diagnostic::{Rule, Severity};
use crate::estate::{Estate, Link};
use crate::schema::Type;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "dangling-reference",
        level: Severity::Error,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for record in estate.records() {
        for (reference, link) in record.source.references.iter().zip(&record.links) {
            let name = &reference.text;
            let Type::Reference(kinds) = &record.source.field_of(reference).value else {
                continue;
            };
            let expected = kinds.iter().map(|name| match estate.schema.kind(name) {
                Some(kind) => (kind.labels.fr.as_str(), kind.labels.en.as_str()),
                None => (name.as_str(), name.as_str()),
            });
            let (fr, en): (Vec<&str>, Vec<&str>) = expected.unzip();
            let (fr, en) = (fr.join(", ").to_lowercase(), en.join(", ").to_lowercase());
            let span = record.source.span(reference.range);
            match link {
                Link::Dangling => {
                    let ids = || {
                        let all = kinds.iter().flat_map(|kind| estate.listed(kind));
                        all.map(|record| record.source.id.as_str())
                    };
                    let help = did_you_mean(name, ids());
                    let message = text!(
                        "rien ne s’appelle `{name}` ({fr})",
                        "nothing is called `{name}` ({en})"
                    );
                    let folder = estate
                        .schema
                        .kind(kinds.first().map_or("", String::as_str))
                        .map_or("", |kind| &kind.folder);
                    let create = text!(
                        "corrigez l’identifiant, ou ajoutez la fiche sous `inventory/{folder}/`",
                        "correct the id, or add the record under `inventory/{folder}/`"
                    );
                    let said = (message, Some(help.unwrap_or(create)));
                    report.mistyped((span, name), meant(name, ids()), said);
                }
                Link::WrongKind(id) => {
                    let found = &estate.record(*id).kind().labels;
                    let (is_fr, is_en) = (found.fr.to_lowercase(), found.en.to_lowercase());
                    let message = text!(
                        "`{name}` désigne une fiche « {is_fr} », ce champ attend : {fr}",
                        "`{name}` is a record of kind {is_en}, this field expects: {en}"
                    );
                    report.at(span, message, None);
                }
                Link::Record(_) | Link::Ambiguous(_) => {}
            }
        }
    }
}
