//! Finds pages that embed themselves, directly or through others.
//!
//! Such a page has no end; it is shown without the embed that closes the circle. Mend it by turning
//! one of the embeds (`![[…]]`) into a link (`[[…]]`). Each embed that closes a circle is told once: without
//! those that are told, no circle is left. One walk over all embeds finds them.

use std::collections::BTreeMap;

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

/// How many pages at each end of a long circle are named.
const NAMED: usize = 4;

/// Where the walk is on a page.
enum Visit {
    /// It is on the way at hand, so many pages from its start.
    OnTheWay(usize),
    /// All that it embeds was walked.
    Done,
}

fn run(estate: &Estate, report: &mut Report<'_>) {
    let mut visits: BTreeMap<RecordId, Visit> = BTreeMap::new();
    for start in estate.records() {
        if visits.contains_key(&start.id) || embeds(start).next().is_none() {
            continue;
        }
        visits.insert(start.id, Visit::OnTheWay(0));
        let mut way = vec![(start, embeds(start))];
        while let Some((record, left)) = way.last_mut() {
            let record = *record;
            let Some((reference, embedded)) = left.next() else {
                visits.insert(record.id, Visit::Done);
                way.pop();
                continue;
            };
            match visits.get(&embedded) {
                Some(Visit::Done) => {}
                Some(Visit::OnTheWay(place)) => {
                    let circle = &way[*place..];
                    let page = |at: usize| circle[at].0;
                    tell(report, (record, reference), &named(circle.len(), page));
                }
                None => {
                    visits.insert(embedded, Visit::OnTheWay(way.len()));
                    let next = estate.record(embedded);
                    way.push((next, embeds(next)));
                }
            }
        }
    }
}

/// The pages of a circle in their order; of a long one the first and the last, and how many are between them.
fn named<'a>(length: usize, page: impl Fn(usize) -> &'a Record) -> Vec<String> {
    let name = |at: usize| format!("`{}`", page(at).source.file.path);
    if length <= 2 * NAMED {
        return (0..length).map(name).collect();
    }
    let mut names: Vec<String> = (0..NAMED).map(name).collect();
    names.push(format!("… (+{})", length - 2 * NAMED));
    names.extend((length - NAMED..length).map(name));
    names
}

/// Tells the embed that leads from the last page of a circle to its first one.
fn tell(report: &mut Report<'_>, (last, reference): (&Record, &Reference), circle: &[String]) {
    let target = &reference.target;
    let chain = format!("`{}` → {}", last.source.file.path, circle.join(" → "));
    let message = text!(
        "inclure `{target}` tourne en rond\u{a0}: {chain}",
        "embedding `{target}` goes round in a circle: {chain}"
    );
    let help = text!(
        "remplacez une inclusion `![[…]]` par un lien `[[…]]`",
        "turn one embed `![[…]]` into a link `[[…]]`"
    );
    report.at(place(last, reference), message, Some(help));
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

#[cfg(test)]
mod tests {
    use crate::check::check;
    use crate::diagnostic::Diagnostic;
    use crate::estate::samples;

    /// What is told of pages that embed others, each given by its number.
    fn told(embeds: impl Iterator<Item = (usize, Vec<usize>)>) -> Vec<Diagnostic> {
        let pages = embeds.map(|(page, others)| {
            let lines = others.iter().map(|other| format!("![[p{other:04}]]\n\n"));
            let text = format!("Texte.\n\n{}", lines.collect::<String>());
            (format!("content/p{page:04}.md"), text)
        });
        let pages: Vec<(String, String)> = pages.collect();
        let files = pages
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()));
        let estate = samples::estate(&files.collect::<Vec<_>>());
        let mut found = check(&estate);
        found.retain(|it| it.rule.name == "circular-embed");
        found
    }

    #[test]
    fn a_long_circle_is_told_once_and_in_short() {
        const PAGES: usize = 3500;
        let found = told((0..PAGES).map(|page| (page, vec![(page + 1) % PAGES])));
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].message.en,
            "embedding `p0000` goes round in a circle: `content/p3499.md` → `content/p0000.md` → `content/p0001.md` → \
             `content/p0002.md` → `content/p0003.md` → … (+3492) → `content/p3496.md` → `content/p3497.md` → \
             `content/p3498.md` → `content/p3499.md`"
        );
    }

    #[test]
    fn without_the_embeds_that_are_told_no_circle_is_left() {
        let all = |page: usize| (0..40).filter(move |other| *other != page).collect();
        let found = told((0..40).map(|page| (page, all(page))));
        // The embeds that are left lead from lower to higher pages only.
        assert_eq!(found.len(), 40 * 39 / 2);
        let apart = [(0, vec![1, 2]), (1, vec![0, 3]), (2, vec![3]), (3, vec![])];
        assert_eq!(told(apart.into_iter()).len(), 1);
    }
}
