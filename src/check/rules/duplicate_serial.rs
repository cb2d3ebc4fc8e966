//! Finds devices that share a serial number, a UUID or an IMEI, compared without case and punctuation.
//!
//! A manufacturer gives each number once: one of the records is a copy, or the machine has two. Mend it by
//! correcting the copied number, or by keeping one record. Retired machines and fake values do not count, and a
//! field marked `unique` is told by `duplicate-value`.

use crate::check::{Check, Report};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::estate::Estate;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "duplicate-serial",
        level: Severity::Warning,
    },
    run,
};

/// The fields that are told.
const KEYS: [&str; 3] = ["serial", "uuid", "imei"];

fn run(estate: &Estate, report: &mut Report<'_>) {
    let kind = estate.schema.kind("asset");
    let is_unique = |key: &str| {
        let field = kind.and_then(|kind| kind.field(key));
        field.is_some_and(|(_, field)| field.unique)
    };
    let shared = estate.quality().duplicates.iter();
    for duplicate in shared.filter(|it| KEYS.contains(&it.key) && !is_unique(it.key)) {
        let Some(((first, at), others)) = duplicate.records.split_first() else {
            continue;
        };
        let first = estate.record(*first);
        for (other, range) in others {
            let (key, name) = (duplicate.key, &first.source.id);
            let message = text!(
                "`{name}` a le même `{key}`",
                "`{name}` has the same `{key}`"
            );
            let span = estate.record(*other).source.span(*range);
            let found = Diagnostic::at(report.rule, span, message)
                .note(
                    first.source.span(*at),
                    text!("la première fois ici", "first written here"),
                )
                .help(text!(
                    "corrigez l’un des deux, ou ne gardez qu’une fiche",
                    "correct one of the two, or keep one record"
                ));
            report.diagnostics.push(found);
        }
    }
}
