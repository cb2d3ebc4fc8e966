//! Finds pages that embed themselves, directly or through others.
//!
//! Such a page has no end; it is shown without the embed that closes the circle. Mend it by turning
//! one of the embeds (`![[…]]`) into a link (`[[…]]`). Each embed that closes a circle is told once: without
//! those that are told, no circle is left. One walk over all embeds finds them. A section is not its page: one that
//! shows another section of its own page is no circle.

use std::collections::{BTreeMap, BTreeSet};

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

/// What an embed shows: a page, or a section of it.
type Shown<'a> = (RecordId, Option<&'a str>);

fn run(estate: &Estate, report: &mut Report<'_>) {
    let mut visits: BTreeMap<Shown<'_>, Visit> = BTreeMap::new();
    // An embed stands in its page, and in a section that may be walked too.
    let mut told = BTreeSet::new();
    for start in estate.records() {
        let page = (start.id, None);
        if visits.contains_key(&page) || embeds(start, None).next().is_none() {
            continue;
        }
        visits.insert(page, Visit::OnTheWay(0));
        let mut way = vec![(page, embeds(start, None))];
        while let Some((shown, left)) = way.last_mut() {
            let shown = *shown;
            let Some((reference, embedded)) = left.next() else {
                visits.insert(shown, Visit::Done);
                way.pop();
                continue;
            };
            match visits.get(&embedded) {
                Some(Visit::Done) => {}
                Some(Visit::OnTheWay(place)) => {
                    let circle = &way[*place..];
                    let page = |at: usize| name(estate, circle[at].0);
                    if told.insert((shown.0, reference.range)) {
                        let chain = (name(estate, shown), named(circle.len(), page));
                        tell(report, (estate.record(shown.0), reference), chain);
                    }
                }
                None => {
                    visits.insert(embedded, Visit::OnTheWay(way.len()));
                    let (id, section) = embedded;
                    way.push((embedded, embeds(estate.record(id), section)));
                }
            }
        }
    }
}

fn name(estate: &Estate, (id, section): Shown<'_>) -> String {
    let path = &estate.record(id).source.file.path;
    match section {
        Some(section) => format!("`{path}#{section}`"),
        None => format!("`{path}`"),
    }
}

/// The pages of a circle in their order; of a long one the first and the last, and how many are between them.
fn named(length: usize, name: impl Fn(usize) -> String) -> Vec<String> {
    if length <= 2 * NAMED {
        return (0..length).map(name).collect();
    }
    let mut names: Vec<String> = (0..NAMED).map(&name).collect();
    names.push(format!("… (+{})", length - 2 * NAMED));
    names.extend((length - NAMED..length).map(name));
    names
}

/// Tells the embed that leads from the last page of a circle to its first one.
fn tell(
    report: &mut Report<'_>,
    (last, reference): (&Record, &Reference),
    (from, circle): (String, Vec<String>),
) {
    let target = match (&reference.target, &reference.fragment) {
        (target, Some(section)) if target.is_empty() => format!("#{section}"),
        (target, _) => target.clone(),
    };
    let chain = format!("{from} → {}", circle.join(" → "));
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

/// The embeds of a record's body, or of a section of it, that show a record.
fn embeds<'a>(
    record: &'a Record,
    section: Option<&str>,
) -> impl Iterator<Item = (&'a Reference, Shown<'a>)> + use<'a> {
    let body = record.source.body;
    let within: Option<BTreeSet<usize>> = body
        .zip(section)
        .map(|(index, section)| record.source.documents[index].embeds_in(section));
    let documents = body.into_iter().flat_map(|index| {
        let references = record.source.documents[index].references.iter();
        references.zip(&record.mentions[index]).enumerate()
    });
    documents.filter_map(move |(index, (reference, target))| match target {
        Target::Record { id, fragment }
            if reference.kind == ReferenceKind::Embed
                && within.as_ref().is_none_or(|within| within.contains(&index)) =>
        {
            Some((reference, (*id, fragment.as_deref())))
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

    #[test]
    fn a_section_that_shows_another_one_of_its_page_is_no_circle() {
        let told = |text: &str| {
            let estate = samples::estate(&[("content/p.md", text)]);
            let found = check(&estate).into_iter();
            let found = found.filter(|it| it.rule.name == "circular-embed");
            found.map(|it| it.message.en).collect::<Vec<_>>()
        };
        assert_eq!(told("## A\n\n![[p#B]]\n\n## B\n\nTexte.\n"), [""; 0]);
        assert_eq!(
            told("![[#^bloc]]\n\n## B\n\nTexte. ^bloc\n\n![[#A]]\n\n## A\n"),
            [""; 0]
        );
        assert_eq!(
            told("![[p#B]]\n\n## B\n\n### C\n\n![[p#B]]\n"),
            ["embedding `p` goes round in a circle: `content/p.md#b` → `content/p.md#b`"]
        );
        assert_eq!(
            told("## A\n\n![[#B]]\n\n## B\n\n![[p]]\n"),
            [
                "embedding `p` goes round in a circle: `content/p.md#b` → `content/p.md` → `content/p.md#b`"
            ]
        );
    }
}
