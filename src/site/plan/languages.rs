//! What each language beside the site's own has: a home page, a search, and in the languages that the site names
//! every procedure and page, translated or not.

use std::collections::BTreeSet;

use crate::diagnostic::Language;
use crate::estate::Estate;
use crate::site::Output;
use crate::site::address::page_path;
use crate::site::plan::collisions::Outputs;

/// The languages of translations with their folders: those that the site names, and those of its texts.
pub(super) fn translated(estate: &Estate) -> Vec<(Language, String)> {
    let config = &estate.config;
    let records = estate.records().iter();
    let written = records.filter_map(|record| record.source.language);
    // English has a folder of its own on an English site too.
    let apart = |language: &Language| *language != config.language || *language == Language::En;
    let languages: BTreeSet<Language> = written.filter(apart).chain(config.others()).collect();
    let folder = |language| match language {
        Language::En => "en/".to_owned(),
        language => config.folder_of(language),
    };
    let languages = languages.into_iter();
    languages
        .map(|language| (language, folder(language)))
        .collect()
}

/// Whether an address is that of a language's home page, which is more than the text that opens it.
pub(super) fn is_home(estate: &Estate, url: &str) -> bool {
    !url.is_empty() && estate.config.without_language(url).is_empty()
}

/// The procedures and pages that are not translated, for the readers of each language that the site names.
pub(super) fn untranslated(estate: &Estate, outputs: &mut Outputs) {
    for language in estate.config.others() {
        for record in estate.records() {
            let has_page = !record.url.is_empty()
                && (record.kind().name == "page" || !record.is_folder_page());
            if has_page && estate.is_untranslated(record, language) {
                let path = page_path(&estate.address_in(record, language));
                outputs.add(path, Output::Untranslated(record.id, language));
            }
        }
    }
}
