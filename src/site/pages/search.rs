//! The search page and the lists from A to Z: what leads everywhere when no script does.

use std::collections::BTreeMap;

use crate::diagnostic::Language;
use crate::estate::{Estate, Record};
use crate::fold::fold;
use crate::site::context::{KindCount, LetterContext, Link, SearchContext};
use crate::site::frame;
use crate::site::page::Page;
use crate::site::templates::TemplateError;

use super::list;

/// A part of a letter has this many titles.
const TITLES: usize = 1000;

/// Where titles stand that begin with no letter from A to Z.
const OTHERS: char = '0';

/// How many parts each letter of a language has; letters without a title are missing.
pub(in crate::site) fn letters(estate: &Estate, language: Language) -> BTreeMap<char, usize> {
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    for record in records(estate, language) {
        *counts.entry(letter(&record.title)).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|(letter, count)| (letter, count.div_ceil(TITLES)))
        .collect()
}

/// The address of a part of a letter.
pub(in crate::site) fn url(
    estate: &Estate,
    language: Language,
    letter: char,
    part: usize,
) -> String {
    list::url(&folder(estate, language, letter), part)
}

/// Renders the search page.
pub(in crate::site) fn search(page: &Page<'_>) -> Result<String, TemplateError> {
    let estate = page.estate();
    let frame = frame::frame(page, &page.word("search"), vec![frame::home(page)]);
    let mut kinds: Vec<KindCount> = estate
        .schema
        .kinds()
        .filter(|kind| kind.name != "page")
        .map(|kind| KindCount {
            link: Link::new(
                kind.plural.get(page.language),
                page.to(&format!("{}/", kind.folder)),
            ),
            count: estate.listed(&kind.name).count(),
        })
        .filter(|kind| kind.count > 0)
        .collect();
    kinds.sort_by_cached_key(|kind| fold(&kind.link.text));
    let letters = alphabet(page, None);
    page.render(
        "search.html",
        &SearchContext {
            frame,
            kinds,
            letters,
        },
    )
}

/// Renders a part of a letter.
pub(in crate::site) fn titles(
    page: &Page<'_>,
    chosen: char,
    part: usize,
) -> Result<String, TemplateError> {
    let estate = page.estate();
    let mut records: Vec<&Record> = records(estate, page.language)
        .filter(|record| letter(&record.title) == chosen)
        .collect();
    records.sort_by_cached_key(|record| (fold(&record.title), record.id));
    let colon = page.word("colon");
    let title = format!("{}{colon} {}", page.word("search-letters"), name(chosen));
    let parents = vec![
        frame::home(page),
        Link::new(
            page.word("search"),
            page.to(&address(estate, page.language)),
        ),
    ];
    let entry = |record: &&Record| {
        let kind = record.kind().labels.get(page.language);
        page.link(record).hint(kind)
    };
    let shown = records.iter().skip((part - 1) * TITLES).take(TITLES);
    let context = LetterContext {
        frame: frame::frame(page, &title, parents),
        count: records.len(),
        entries: shown.map(entry).collect(),
        letters: alphabet(page, Some(chosen)),
        pager: list::pager(
            page,
            &folder(estate, page.language, chosen),
            part,
            records.len().div_ceil(TITLES),
        ),
    };
    page.render("letter.html", &context)
}

/// The letters that have titles, linked, but for the one that is shown.
fn alphabet(page: &Page<'_>, shown: Option<char>) -> Vec<Link> {
    let estate = page.estate();
    let letters = letters(estate, page.language).into_keys();
    letters
        .map(|letter| {
            let address = page.to(&url(estate, page.language, letter, 1));
            Link {
                url: (Some(letter) != shown).then_some(address),
                ..Link::new(name(letter), "")
            }
        })
        .collect()
}

/// What has a page of its own in this language.
fn records(estate: &Estate, language: Language) -> impl Iterator<Item = &Record> {
    estate.records().iter().filter(move |record| {
        let own = record.source.language.unwrap_or(estate.config.language);
        let folder = record.is_folder_page() && record.kind().name != "page";
        own == language && !folder
    })
}

/// The letter that a title is listed under, lower case.
fn letter(title: &str) -> char {
    fold(title)
        .chars()
        .find(|letter| letter.is_alphanumeric())
        .filter(char::is_ascii_lowercase)
        .unwrap_or(OTHERS)
}

fn name(letter: char) -> String {
    if letter == OTHERS {
        "0–9".to_owned()
    } else {
        letter.to_uppercase().collect()
    }
}

/// The address of the search page.
pub(in crate::site) fn address(estate: &Estate, language: Language) -> String {
    if language == estate.config.language {
        "search/".to_owned()
    } else {
        format!("{}/search/", language.code())
    }
}

fn folder(estate: &Estate, language: Language, letter: char) -> String {
    format!("{}{letter}", address(estate, language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_stand_under_their_first_letter() {
        assert_eq!(letter("Écran de réserve"), 'e');
        assert_eq!(letter("« Œuvre »"), 'o');
        assert_eq!(letter("7-Zip"), OTHERS);
        assert_eq!(letter("Ωmega"), OTHERS);
        assert_eq!(letter(""), OTHERS);
    }
}
