//! One page in several languages: the switch from one to the others, and what a reader is told where a page is
//! in the site's own language because nobody has translated it.

use crate::diagnostic::Language;
use crate::estate::Record;
use crate::site::context::{Link, Notice, Tone, Translation};
use crate::site::page::Page;

/// The other languages of a procedure or page: those that the site names, else those that it is written in.
pub(super) fn of(page: &Page<'_>, record: &Record) -> Vec<Translation> {
    let estate = page.estate();
    let config = &estate.config;
    let is_translated = matches!(record.kind().name.as_str(), "page" | "procedure");
    if config.languages.is_empty() || !is_translated {
        let others = estate.translations(record).map(|other| {
            let language = other.source.language.unwrap_or(config.language);
            translation(page, language, &other.url)
        });
        return others.collect();
    }
    let others = config.languages.iter();
    let others = others.filter(|language| **language != page.language);
    others
        .filter_map(|language| {
            let own = record.source.language.unwrap_or(config.language);
            let url = estate.address_in(record, *language);
            // A page that only one language has stands nowhere else.
            (*language == own || url != record.url).then(|| translation(page, *language, &url))
        })
        .collect()
}

/// The home pages in the other languages that the site names.
pub(super) fn of_home(page: &Page<'_>) -> Vec<Translation> {
    let config = &page.estate().config;
    let others = config.languages.iter();
    let others = others.filter(|language| **language != page.language);
    others
        .map(|language| translation(page, *language, &config.folder_of(*language)))
        .collect()
}

fn translation(page: &Page<'_>, language: Language, url: &str) -> Translation {
    Translation {
        language: language.code(),
        link: Link::new(name(language), page.to(url)),
    }
}

/// A language's own name.
pub(super) fn name(language: Language) -> &'static str {
    match language {
        Language::Fr => "Français",
        Language::En => "English",
        Language::Other(locale) => locale.name(),
    }
}

/// The notice over a page that is not in its reader's language.
pub(super) fn missing(page: &Page<'_>, record: &Record) -> Option<Notice> {
    let own = language_of(page, record);
    (own != page.language).then(|| Notice {
        tone: Tone::Info,
        text: page.word("untranslated").replace("{language}", name(own)),
        link: Some(Link::new(&record.title, page.to(&record.url))),
    })
}

/// The language that a record's text is written in.
pub(super) fn language_of(page: &Page<'_>, record: &Record) -> Language {
    let own = record.source.language;
    own.unwrap_or(page.estate().config.language)
}
