//! The sections that a reader may keep on a device, and which of them a file of the site belongs to. The page lists
//! them, `publish` says what each weighs, and the worker (`offline-worker.js`) sorts by the same rule.

use std::collections::BTreeSet;

use crate::fold::fold;
use crate::site::Site;
use crate::site::context::{OfflineContext, OfflineSection};
use crate::site::frame;
use crate::site::page::Page;
use crate::site::templates::TemplateError;

/// Where the page stands; English sites of a French one have it below `en/`.
pub(super) const PAGE: &str = "offline/";

/// The worker's file, at the root: what it may answer for lies below it.
pub(super) const WORKER: &str = "offline-worker.js";

/// What every kept section needs: the theme, the home page, the page about reading offline. The folder of a kind holds no
/// `_`, so that none has this name.
const BASE: &str = "_base";

/// The index of the search, its page and the titles from A to Z.
const SEARCH: &str = "search";

/// Where the files of that index stand.
const SEARCH_FILES: &str = "_carnet/search/";

/// What has no section of its own: the manual, notes, reports.
const REST: &str = "_pages";

/// Sections beside those of kinds, with the labels that name them.
const OTHERS: [(&str, &str); 4] = [
    (SEARCH, "offline-search"),
    ("history", "history"),
    ("data", "data"),
    (REST, "offline-rest"),
];

impl Site {
    /// The folders that are sections of their own: those of kinds, and a few of the site's own; and the folders
    /// of languages, which end with a slash and hold sections.
    pub fn sections(&self) -> BTreeSet<String> {
        let config = &self.estate.config;
        let kinds = self.estate.schema.kinds();
        let kinds = kinds.filter(|kind| kind.name != "page");
        let others = OTHERS.iter().map(|(name, _)| (*name).to_owned());
        kinds
            .map(|kind| kind.folder.clone())
            .chain(others)
            .chain(config.others().map(|language| config.folder_of(language)))
            .collect()
    }
}

/// The section that a published path belongs to; `None` for what is of no use without a server.
///
/// `sections` is [`Site::sections`]: the first folder names the section, below that of a language the second one.
pub fn section<'a>(path: &'a str, sections: &BTreeSet<String>) -> Option<&'a str> {
    if path == "404.html" || path == WORKER {
        return None;
    }
    if path.starts_with(SEARCH_FILES) {
        return Some(SEARCH);
    }
    let is_language = |first: &str| first == "en" || sections.contains(&format!("{first}/"));
    let own = match path.split_once('/') {
        Some((first, rest)) if is_language(first) => rest,
        _ => path,
    };
    let first = own.split_once('/').map_or("", |(first, _)| first);
    Some(match first {
        "_carnet" | "offline" => BASE,
        "" if own == "index.html" => BASE,
        first if sections.contains(first) => first,
        _ => REST,
    })
}

/// Renders the page where a reader chooses.
pub(super) fn page(page: &Page<'_>) -> Result<String, TemplateError> {
    let title = page.word("offline");
    let context = OfflineContext {
        frame: frame::frame(page, &title, vec![frame::home(page)]),
        index: format!("{}_offline/index.json", page.root()),
        sections: rows(page),
    };
    page.render("offline.html", &context)
}

/// The address of that page in a language; `None` on a site that is opened without a server.
pub(super) fn address(page: &Page<'_>) -> Option<String> {
    let estate = page.estate();
    let folder = estate.config.folder_of(page.language);
    (!estate.config.offline).then(|| page.by_root(&format!("{folder}{PAGE}")))
}

/// The kinds that have pages by their names, then the site's own sections.
fn rows(page: &Page<'_>) -> Vec<OfflineSection> {
    let estate = page.estate();
    let kinds = estate.schema.kinds();
    let kinds = kinds.filter(|kind| kind.name != "page");
    let mut rows: Vec<OfflineSection> = kinds
        .filter(|kind| estate.listed(&kind.name).next().is_some())
        .map(|kind| OfflineSection {
            name: kind.folder.clone(),
            title: kind.plural.get(page.language).to_owned(),
        })
        .collect();
    rows.sort_by_cached_key(|row| fold(&row.title));
    rows.extend(OTHERS.map(|(name, label)| OfflineSection {
        name: name.to_owned(),
        title: page.word(label),
    }));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_belongs_to_the_section_of_its_folder() {
        let sections = ["assets", "base", "pages", "search", "_pages"]
            .map(str::to_owned)
            .into();
        let cases = [
            ("assets/srv/index.html", Some("assets")),
            ("en/assets/index.html", Some("assets")),
            ("_carnet/style.01234567.css", Some("_base")),
            ("_carnet/search/fr.json", Some("search")),
            ("en/search/index.html", Some("search")),
            ("index.html", Some("_base")),
            ("en/index.html", Some("_base")),
            ("offline/index.html", Some("_base")),
            ("feed.xml", Some("_pages")),
            ("manuel/index.html", Some("_pages")),
            // Kinds may have any folder.
            ("base/meuble/index.html", Some("base")),
            ("pages/une/index.html", Some("pages")),
            ("404.html", None),
            ("offline-worker.js", None),
        ];
        for (path, expected) in cases {
            assert_eq!(section(path, &sections), expected, "{path}");
        }
    }
}
