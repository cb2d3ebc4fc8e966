//! Finds two records that share a value of a field marked `unique`, such as an inventory number.
//!
//! Two machines with one label cannot be told apart at a physical inventory. Mend it by correcting
//! the value that was copied.

use std::collections::BTreeMap;

use crate::check::{Check, Report};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::estate::{Estate, Record};
use crate::fold::case_fold;
use crate::project::Placed;
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "duplicate-value",
        level: Severity::Error,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for kind in estate.schema.kinds() {
        for field in kind
            .fields
            .iter()
            .filter(|field| field.unique && !field.secret)
        {
            let mut seen: BTreeMap<String, (&Record, &Placed)> = BTreeMap::new();
            for record in estate.of_kind(&kind.name) {
                for placed in record.view().values(&field.key) {
                    let written = record
                        .source
                        .file
                        .slice(placed.range)
                        .trim_matches(['"', '\'']);
                    // A value that many devices bear is told as what it is, by `placeholder-serial`.
                    let is_fake = kind.name == "asset"
                        && estate.quality().placeholders.includes(&field.key, written);
                    if is_fake {
                        continue;
                    }
                    let Some((first, place)) = seen.get(&case_fold(written)) else {
                        seen.insert(case_fold(written), (record, placed));
                        continue;
                    };
                    let key = &field.key;
                    let message = text!(
                        "`{key}` vaut déjà `{written}` ailleurs",
                        "`{key}` is already `{written}` elsewhere"
                    );
                    let diagnostic =
                        Diagnostic::at(report.rule, record.source.span(placed.range), message)
                            .note(
                                first.source.span(place.range),
                                text!("la première fois ici", "first written here"),
                            )
                            .help(text!(
                                "corrigez l’une des deux valeurs",
                                "correct one of the two values"
                            ));
                    report.diagnostics.push(diagnostic);
                }
            }
        }
    }
}
