//! Finds references that several records could be.
//!
//! A name without its kind may belong to a service and to a machine; a guess would be right until
//! somebody adds the second one. Mend it by writing `kind:id` or the whole id.

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity, Text};
use crate::estate::{Estate, Link, RecordId, Target};
use crate::text;

use super::{mentions, place};

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "ambiguous-reference",
        level: Severity::Error,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for record in estate.records() {
        for (reference, link) in record.source.references.iter().zip(&record.links) {
            if let Link::Ambiguous(ids) = link {
                let name = &reference.text;
                report.at(
                    record.source.span(reference.range),
                    message(name),
                    Some(help(estate, ids)),
                );
            }
        }
    }
    for (record, reference, target) in mentions(estate) {
        if let Target::Ambiguous(ids) = target {
            report.at(
                place(record, reference),
                message(&reference.target),
                Some(help(estate, ids)),
            );
        }
    }
}

fn message(name: &str) -> Text {
    text!(
        "`{name}` peut désigner plusieurs fiches",
        "`{name}` could be several records"
    )
}

fn help(estate: &Estate, ids: &[RecordId]) -> Text {
    let names = ids.iter().take(5).map(|id| {
        let record = estate.record(*id);
        format!("`{}:{}`", record.kind().name, record.source.id)
    });
    let names = names.collect::<Vec<_>>().join(", ");
    text!("écrivez l’un de {names}", "write one of {names}")
}
