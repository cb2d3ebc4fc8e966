//! The search page and the lists from A to Z: what leads everywhere when no script does.

use std::collections::BTreeMap;

use crate::diagnostic::Language;
use crate::estate::{Estate, RecordId};
use crate::fold::fold;
use crate::project::Config;
use crate::site::context::{KindCount, LetterContext, Link, SearchContext};
use crate::site::frame;
use crate::site::page::Page;
use crate::site::templates::TemplateError;

use super::list;

/// A part of a letter has this many titles.
const TITLES: usize = 1000;

/// Where titles stand that begin with no letter from A to Z.
const OTHERS: char = '0';

/// What has a page of its own, by language and first letter, in the order of titles.
#[derive(Debug, Default)]
pub(in crate::site) struct Titles {
    by_language: BTreeMap<Language, BTreeMap<char, Vec<RecordId>>>,
}

impl Titles {
    /// Reads all titles once: each letter's pages would read them all again.
    pub(in crate::site) fn new(estate: &Estate) -> Self {
        let mut titles: Vec<(Language, char, &str, RecordId)> = estate
            .records()
            .iter()
            .filter(|record| !record.is_folder_page() || record.kind().name == "page")
            .map(|record| {
                let language = record.source.language.unwrap_or(estate.config.language);
                let folded = record.source.names().folded_title.as_str();
                (language, letter(folded), folded, record.id)
            })
            .collect();
        titles.sort();
        let mut all = Self::default();
        for (language, letter, _, id) in titles {
            let letters = all.by_language.entry(language).or_default();
            letters.entry(letter).or_default().push(id);
        }
        all
    }

    /// How many parts each letter of a language has; letters without a title are missing.
    pub(in crate::site) fn parts(
        &self,
        language: Language,
    ) -> impl Iterator<Item = (char, usize)> + '_ {
        let letters = self.by_language.get(&language).into_iter().flatten();
        letters.map(|(letter, all)| (*letter, all.len().div_ceil(TITLES)))
    }

    fn under(&self, language: Language, letter: char) -> &[RecordId] {
        let letters = self.by_language.get(&language);
        letters
            .and_then(|letters| letters.get(&letter))
            .map_or(&[], Vec::as_slice)
    }
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
    let records = page.site.titles.under(page.language, chosen);
    let colon = page.word("colon");
    let title = format!("{}{colon} {}", page.word("search-letters"), name(chosen));
    let parents = vec![
        frame::home(page),
        Link::new(
            page.word("search"),
            page.to(&address(&estate.config, page.language)),
        ),
    ];
    let entry = |id: &RecordId| {
        let record = estate.record(*id);
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
    let letters = page.site.titles.parts(page.language);
    letters
        .map(|(letter, _)| {
            let address = page.to(&url(estate, page.language, letter, 1));
            Link {
                url: (Some(letter) != shown).then_some(address),
                ..Link::new(name(letter), "")
            }
        })
        .collect()
}

/// The letter that a folded title is listed under, lower case.
fn letter(folded: &str) -> char {
    folded
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

/// The address of the search page of a language.
pub(in crate::site) fn address(config: &Config, language: Language) -> String {
    format!("{}search/", config.folder_of(language))
}

fn folder(estate: &Estate, language: Language, letter: char) -> String {
    format!("{}{letter}", address(&estate.config, language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_stand_under_their_first_letter() {
        assert_eq!(letter(&fold("Écran de réserve")), 'e');
        assert_eq!(letter(&fold("« Œuvre »")), 'o');
        assert_eq!(letter(&fold("7-Zip")), OTHERS);
        assert_eq!(letter(&fold("Ωmega")), OTHERS);
        assert_eq!(letter(&fold("")), OTHERS);
    }
}
