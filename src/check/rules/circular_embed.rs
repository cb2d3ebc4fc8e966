//! Finds pages that embed themselves, directly or through others.
//!
//! Such a page has no end; it is shown without the embed that closes the circle. Mend it by turning
//! one of the embeds (`![[…]]`) into a link (`[[…]]`).

use std::collections::BTreeSet;

use crate::check::{Check, Report};
use crate::diagnostic::{Rule, Severity};
use crate::estate::{Estate, Record, RecordId, Target};
use crate::markdown::{Reference, ReferenceKind};
use crate::text;

use super::place;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "circular-embed",
        level: Severity::Error,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    for record in estate.records() {
        for (reference, embedded) in embeds(record) {
            let mut chain = vec![record.id];
            if !reaches(estate, embedded, &mut chain, &mut BTreeSet::new()) {
                continue;
            }
            let target = &reference.target;
            let paths: Vec<String> = chain
                .iter()
                .chain([&record.id])
                .map(|id| format!("`{}`", estate.record(*id).source.file.path))
                .collect();
            let chain = paths.join(" → ");
            let message = text!(
                "inclure `{target}` tourne en rond : {chain}",
                "embedding `{target}` goes round in a circle: {chain}"
            );
            let help = text!(
                "remplacez une inclusion `![[…]]` par un lien `[[…]]`",
                "turn one embed `![[…]]` into a link `[[…]]`"
            );
            report.at(place(record, reference), message, Some(help));
        }
    }
}

/// The embeds of a record's body that show another record.
fn embeds(record: &Record) -> impl Iterator<Item = (&Reference, RecordId)> {
    let body = record.source.body;
    let documents = body.into_iter().flat_map(|index| {
        record.source.documents[index]
            .references
            .iter()
            .zip(&record.mentions[index])
    });
    documents.filter_map(|(reference, target)| match target {
        Target::Record { id, .. } if reference.kind == ReferenceKind::Embed => {
            Some((reference, *id))
        }
        _ => None,
    })
}

/// Whether the embeds of `from` lead back to the start of the chain, which then holds the way.
fn reaches(
    estate: &Estate,
    from: RecordId,
    chain: &mut Vec<RecordId>,
    seen: &mut BTreeSet<RecordId>,
) -> bool {
    if from == chain[0] {
        return true;
    }
    if !seen.insert(from) {
        return false;
    }
    chain.push(from);
    if embeds(estate.record(from)).any(|(_, next)| reaches(estate, next, chain, seen)) {
        return true;
    }
    chain.pop();
    false
}
