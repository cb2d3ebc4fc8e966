//! The procedures that apply to a record: the list on its page, each with why it is there; and the values
//! of an asset that a procedure asks for.

use crate::estate::applicable::{Applicable, Criterion};
use crate::estate::holdings::is_gone;
use crate::estate::{Record, placeholders, places};
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

/// The procedures of a record, for its first block: the only one, or the way to their list.
pub(super) fn view(page: &Page<'_>, record: &Record) -> Option<Link> {
    let estate = page.estate();
    match estate.applicable_procedures().of(record.id).as_slice() {
        [] => None,
        [only] => {
            let link = link(page, record, estate.record(only.procedure));
            Some(Link {
                text: page.word("applicable-one").replace("{title}", &link.text),
                ..link
            })
        }
        all => Some(Link::new(
            page.count("applicable-count", all.len()),
            "#applicable",
        )),
    }
}

/// The assets whose values fill a procedure: those that it applies to, else those that it names; none that is gone.
fn assets<'a>(page: &Page<'a>, procedure: &'a Record) -> Vec<&'a Record> {
    let estate = page.estate();
    let applies = estate.applicable_procedures().assets(procedure.id);
    let applies = applies.into_iter().map(|asset| estate.record(asset));
    let present = |asset: &&Record| asset.kind().name == "asset" && !is_gone(asset);
    let found: Vec<&Record> = applies.filter(present).collect();
    if found.is_empty() {
        return estate.all(procedure, "assets").filter(present).collect();
    }
    found
}

/// The page of a procedure itself, with the values of an asset: its number first, which stands on its label.
fn choice(page: &Page<'_>, asset: &Record, procedure: &Record) -> Link {
    let fragment = placeholders::fragment(page.estate(), asset, procedure, page.language);
    let Link { text, hint, .. } = page.link_with_id(asset);
    let site = places::whole(page.estate(), asset).map(|site| page.set(&site.title));
    let name = hint.is_some().then(|| page.set(&text));
    let told: Vec<String> = name.into_iter().chain(site).collect();
    let (text, hint) = (hint.unwrap_or(text), Some(told.join(", ")));
    let hint = hint.filter(|hint| !hint.is_empty());
    Link {
        text,
        url: fragment.map(|fragment| format!("#{fragment}")),
        hint,
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
    let assets = assets(page, procedure);
    let more = assets.len().saturating_sub(MOST);
    let choices = assets
        .iter()
        .take(MOST)
        .map(|asset| choice(page, asset, procedure));
    Some(Placeholders {
        choices: choices.collect(),
        more: (more > 0).then(|| page.count("placeholders-more", more)),
        expects: page
            .word("placeholders-expected")
            .replace("{names}", &names),
        asset: page.to(&format!("{folder}/-asset-/")),
    })
}
