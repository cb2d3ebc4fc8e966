//! Finds fields that name a file which is not there.
//!
//! An invoice that cannot be opened is not a proof. Mend it by adding the file to the repository, or
//! by correcting its path: beside the record, or from the root.

use crate::check::{Check, Report};
use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::project::Value;
use crate::schema::Type;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "missing-file",
        level: Severity::Error,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for record in estate.records() {
        let files = record
            .kind()
            .fields
            .iter()
            .filter(|field| field.value == Type::File);
        for placed in files.flat_map(|field| record.view().values(&field.key)) {
            let Value::File(path) = &placed.value else {
                continue;
            };
            if estate.file_of(record, path).is_some() {
                continue;
            }
            let last = path.rsplit('/').next().unwrap_or(path);
            let names = estate
                .attachments
                .keys()
                .filter_map(|path| path.rsplit('/').next());
            let add = text!(
                "ajoutez le fichier au dépôt, à côté de la fiche",
                "add the file to the repository, beside the record"
            );
            let help = did_you_mean(last, names).unwrap_or(add);
            let message = text!(
                "le fichier `{path}` n’existe pas",
                "the file `{path}` does not exist"
            );
            report.at(record.source.span(placed.range), message, Some(help));
        }
    }
}
