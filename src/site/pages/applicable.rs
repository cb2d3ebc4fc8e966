//! The procedures that apply to a record: the list on its page, each with why it is there; and the values
//! of an asset that a procedure asks for.

use crate::estate::applicable::{Applicable, Criterion};
use crate::estate::{Record, placeholders};
use crate::site::context::{ApplicableProcedures, Link, Placeholders};
use crate::site::page::Page;

/// A page lists this many; the others are counted.
const MOST: usize = 8;

/// The procedures that apply to a record; `None` without any.
pub(super) fn procedures(page: &Page<'_>, record: &Record) -> Option<ApplicableProcedures> {
    let estate = page.estate();
    let found = estate.applicable_procedures().of(record.id);
    if found.is_empty() {
        return None;
    }
    let procedures = found.iter().take(MOST).map(|applicable| {
        let link = link(page, record, estate.record(applicable.procedure));
        (link, because(page, applicable))
    });
    let more = found.len().saturating_sub(MOST);
    Some(ApplicableProcedures {
        procedures: procedures.collect(),
        more: (more > 0)
            .then(|| Link::new(page.count("applicable-more", more), page.to("procedures/"))),
    })
}

/// Why, in words. The kind goes without saying once anything else is asked.
fn because(page: &Page<'_>, applicable: &Applicable) -> String {
    let criteria = &applicable.because;
    let told = criteria.iter().filter(|criterion| {
        let is_kind = matches!(criterion, Criterion::Kind(_));
        !is_kind || criteria.len() == 1
    });
    let reasons = told.map(|criterion| match criterion {
        Criterion::Kind(_) => page.word("applicable-kind"),
        Criterion::Type(_) => page.word("applicable-type"),
        Criterion::Model(_) => page.word("applicable-model"),
        Criterion::Category(_) => page.word("applicable-category"),
        Criterion::Software(_) => page.word("applicable-software"),
        Criterion::Error(text) => page.word("applicable-error").replace("{text}", text),
    });
    reasons.collect::<Vec<_>>().join(", ")
}

/// A link to another record; from an asset, or a ticket about one, to a procedure it carries the values that this one asks for.
pub(super) fn link(page: &Page<'_>, from: &Record, to: &Record) -> Link {
    let link = page.link(to);
    match placeholders::fragment(page.estate(), from, to, page.language) {
        Some(fragment) => Link {
            url: link.url.map(|url| format!("{url}#{fragment}")),
            ..link
        },
        None => link,
    }
}

/// What a procedure asks of an asset; `None` when it has no hole for a value.
pub(super) fn placeholders(page: &Page<'_>, procedure: &Record) -> Option<Placeholders> {
    let asked = placeholders::asked(page.estate(), procedure);
    if asked.is_empty() {
        return None;
    }
    let names = asked.iter().map(|field| field.labels.get(page.language));
    let names = names.collect::<Vec<_>>().join(", ");
    let folder = &page.estate().schema.kind("asset")?.folder;
    Some(Placeholders {
        expects: page
            .word("placeholders-expected")
            .replace("{names}", &names),
        asset: page.to(&format!("{folder}/-asset-/")),
    })
}
