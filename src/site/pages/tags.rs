//! The tags of the history, and what changed between two of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::estate::Estate;
use crate::fold::slug;
use crate::history::{Changes, RecordChange, Tag, What};
use crate::schema::Kind;
use crate::site::context::{Badge, Link, TagContext, TagKind, TagLine, TagsContext, Tone, Touched};
use crate::site::log::commit::{OF_TAG, file_lines, touched};
use crate::site::page::Page;
use crate::site::templates::TemplateError;
use crate::site::{frame, log};

/// The tags that are compared with the one before, by the address of their page: `history/tags/v2/`.
pub(in crate::site) fn urls(estate: &Estate) -> BTreeMap<String, usize> {
    let addresses = addresses(estate).into_iter().enumerate();
    addresses
        .filter_map(|(place, url)| Some((url?, place)))
        .collect()
}

/// The address of each tag's page, in the order of the history's tags. Two names that fold alike
/// are told apart by a number.
fn addresses(estate: &Estate) -> Vec<Option<String>> {
    let mut taken = BTreeSet::new();
    let mut address = |tag: &Tag| {
        tag.since.as_ref()?;
        let slug = Some(slug(&tag.name)).filter(|slug| !slug.is_empty());
        let slug = slug.unwrap_or_else(|| "tag".to_owned());
        let mut own = slug.clone();
        for number in 2.. {
            if taken.insert(own.clone()) {
                break;
            }
            own = format!("{slug}-{number}");
        }
        Some(format!("history/tags/{own}/"))
    };
    estate.history.tags.iter().map(&mut address).collect()
}

fn line(page: &Page<'_>, tag: &Tag, url: Option<&String>) -> TagLine {
    let commit = &page.estate().history.commits()[tag.commit as usize];
    TagLine {
        link: Link {
            text: tag.name.clone(),
            url: url.map(|url| page.to(url)),
            hint: None,
        },
        message: tag.message.clone(),
        change: log::change(page, commit),
        counts: tag
            .since
            .as_ref()
            .map_or_else(Vec::new, |changes| counts(page, changes)),
    }
}

fn counts(page: &Page<'_>, changes: &Changes) -> Vec<Badge> {
    let sorts = [
        (What::Added, "tag-added", Tone::Success),
        (What::Removed, "tag-removed", Tone::Danger),
        (What::Changed, "tag-changed", Tone::Info),
    ];
    let counted = sorts.into_iter().map(|(what, key, tone)| {
        let records = changes.records.iter();
        let count = records.filter(|change| change.what == what).count();
        (count, Badge::new(page.count(key, count), tone))
    });
    counted
        .filter(|(count, _)| *count > 0)
        .map(|(_, badge)| badge)
        .collect()
}

/// Renders the list of tags.
pub(in crate::site) fn tags(page: &Page<'_>) -> Result<String, TemplateError> {
    let estate = page.estate();
    let parents = vec![frame::home(page), whole(page)];
    let addresses = addresses(estate);
    let tags = estate.history.tags.iter().zip(&addresses);
    let context = TagsContext {
        frame: frame::frame(page, &page.word("tags"), parents),
        tags: tags
            .map(|(tag, url)| line(page, tag, url.as_ref()))
            .collect(),
    };
    page.render("tags.html", &context)
}

fn whole(page: &Page<'_>) -> Link {
    Link::new(page.word("history"), page.to("history/"))
}

/// Renders what changed between a tag, by its place, and the one before.
pub(in crate::site) fn tag(page: &Page<'_>, place: usize) -> Result<String, TemplateError> {
    let estate = page.estate();
    let tag = &estate.history.tags[place];
    let older = estate.history.tags.get(place + 1);
    let previous = older.map_or_else(String::new, |tag| tag.name.clone());
    let changes = tag.since.clone().unwrap_or_default();
    let list = Link::new(page.word("tags"), page.to("history/tags/"));
    let parents = vec![frame::home(page), whole(page), list];
    let forge = estate.forge().filter(|_| older.is_some());
    let compare = forge.and_then(|forge| forge.compare_url(&previous, &tag.name));
    let context = TagContext {
        frame: frame::frame(page, &tag.name, parents),
        tag: line(page, tag, None),
        compare: compare.map(|url| Link::new(page.word("tag-compare"), url)),
        previous,
        kinds: kinds(page, &changes.records),
        files: file_lines(page, &changes.files, OF_TAG.files),
    };
    page.render("tag.html", &context)
}

/// Changes by kind in the schema's order, kinds that it does not know last.
fn kinds(page: &Page<'_>, changes: &[RecordChange]) -> Vec<TagKind> {
    let schema = &page.estate().schema;
    let mut by_kind: BTreeMap<&str, Vec<&RecordChange>> = BTreeMap::new();
    for change in changes {
        let of_kind = by_kind.entry(&change.record.kind).or_default();
        of_kind.push(change);
    }
    let known = schema.kinds().map(|kind| kind.name.as_str());
    let known: Vec<&str> = known.filter(|kind| by_kind.contains_key(kind)).collect();
    let unknown = by_kind.keys().filter(|kind| !known.contains(kind));
    let names: Vec<&str> = known.iter().chain(unknown).copied().collect();
    names
        .into_iter()
        .map(|name| {
            let title = |kind: &std::sync::Arc<Kind>| kind.plural.get(page.language).to_owned();
            TagKind {
                id: format!("kind-{}", slug(name)),
                title: schema.kind(name).map_or_else(|| name.to_owned(), title),
                count: by_kind[name].len(),
                touched: without_hints(touched(page, &by_kind[name], OF_TAG)),
            }
        })
        .collect()
}

/// Under the heading of their kind, records need not name it.
fn without_hints(mut touched: Touched) -> Touched {
    for line in &mut touched.records {
        line.link.hint = None;
    }
    for link in touched.lists.iter_mut().flat_map(|list| &mut list.links) {
        link.hint = None;
    }
    touched
}
