//! Finds `{{ asset.<field> }}` in procedures whose field assets do not have, or keep secret.
//!
//! Such a placeholder is shown as it is written and is never filled. Mend it by writing the key of a
//! field of assets; a secret stays in its vault.

use crate::check::{Check, Report};
use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Rule, Severity};
use crate::estate::{Estate, placeholders};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "unknown-placeholder",
        level: Severity::Error,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let Some(asset) = estate.schema.kind("asset") else {
        return;
    };
    for procedure in estate.of_kind(placeholders::IN) {
        let documents = procedure.source.documents.iter();
        for placeholder in documents.flat_map(|document| &document.placeholders) {
            let key = &placeholder.field;
            let field = asset.fields.iter().find(|field| field.key == *key);
            let span = procedure.source.span(placeholder.range);
            match field {
                Some(field) if field.secret => report.at(
                    span,
                    text!(
                        "le champ `{key}` est secret, aucune procédure ne le montre",
                        "the field `{key}` is secret, no procedure shows it"
                    ),
                    Some(text!(
                        "dites plutôt où le trouver",
                        "say where to find it instead"
                    )),
                ),
                Some(_) => {}
                None => {
                    let known = placeholders::fields(estate).map(|field| field.key.as_str());
                    let message = text!(
                        "les équipements n’ont pas de champ `{key}`",
                        "assets have no field `{key}`"
                    );
                    report.at(span, message, did_you_mean(key, known));
                }
            }
        }
    }
}
