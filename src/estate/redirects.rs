//! Former addresses: what an author wrote under `redirect_from`, and the renames that Git knows.
//!
//! A bookmark, a ticket or a printed code leads to the address of its day. What stands there now decides: an
//! address that a page has today is never a former one.

use std::collections::BTreeMap;

use crate::estate::resolve::own_folder;
use crate::estate::{Estate, Record, RecordId};
use crate::fold::{case_fold, is_reserved_on_windows};
use crate::history::RecordName;
use crate::markdown::percent_decode;
use crate::project::{Value, address};
use crate::source::TextRange;

/// The field of former addresses; kinds of a site's own may have it too.
pub const FIELD: &str = "redirect_from";

/// Bytes of one part of an address: file systems take 255, and copies add an ending.
const LONGEST_PART: usize = 200;
/// What a name of a file cannot hold on every system, and what has a meaning in an address.
const REFUSED: [char; 10] = ['\\', '?', '#', ':', '*', '"', '<', '>', '|', '%'];
/// Bytes of a whole address: systems take 4,096 with the folder that the site is published into.
const LONGEST_ADDRESS: usize = 1_000;
/// Folders and files of the site's root that are no pages, in lower case: Carnet's, and what servers and search engines read.
const TAKEN: [&str; 8] = [
    "_carnet",
    "_offline",
    "favicon.ico",
    "manifest-previous.json",
    "manifest.json",
    "offline-worker.js",
    "robots.txt",
    "shard.json",
];
/// A file in any folder that sets up a server of Windows, which stops at a folder of this name.
const OF_SERVER: &str = "web.config";

/// A former address that an author wrote.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    /// Whose it was.
    pub record: &'a Record,
    /// As written.
    pub text: &'a str,
    /// Where.
    pub range: TextRange,
}

/// The output path of a former address: `wiki/vpn/index.html` for `/wiki/vpn/`, `wiki/vpn.html` for itself.
/// `None` for what is no address of a page of this site.
pub fn path(written: &str) -> Option<String> {
    let decoded = percent_decode(written.trim());
    let rest = decoded.strip_prefix('/').unwrap_or(&decoded);
    let page = rest.strip_suffix("index.html").unwrap_or(rest);
    let page = page.strip_suffix('/').unwrap_or(page);
    if !can_stand(page) {
        return None;
    }
    let is_file = page.len() >= 5 && page.is_char_boundary(page.len() - 5) && {
        let end = &page[page.len() - 5..];
        end.eq_ignore_ascii_case(".html") && page.len() == rest.len()
    };
    Some(if is_file {
        page.to_owned()
    } else {
        format!("{page}/index.html")
    })
}

/// Whether a page can stand at an address without slashes at its ends, on every system.
fn can_stand(page: &str) -> bool {
    let is_part = |part: &str| {
        let is_usable =
            !part.contains(|letter: char| letter.is_control() || REFUSED.contains(&letter));
        let ends = part.starts_with(['.', ' ']) || part.ends_with(['.', ' ']);
        let stem = case_fold(part.split('.').next().unwrap_or_default());
        let is_kept = is_reserved_on_windows(&stem) || case_fold(part) == OF_SERVER;
        !part.is_empty() && part.len() <= LONGEST_PART && is_usable && !ends && !is_kept
    };
    let first = case_fold(page.split('/').next().unwrap_or_default());
    let is_site_map = first
        .strip_suffix(".xml")
        .is_some_and(|name| name.starts_with("sitemap"));
    page.len() <= LONGEST_ADDRESS
        && page.split('/').all(is_part)
        && !TAKEN.contains(&first.as_str())
        && !is_site_map
}

/// Every former address that is written, in the order of the records.
pub fn written(estate: &Estate) -> impl Iterator<Item = Written<'_>> {
    estate.records().iter().flat_map(|record| {
        let values = record.view().values(FIELD).iter();
        values.filter_map(move |placed| match &placed.value {
            Value::Text(text) => Some(Written {
                record,
                text,
                range: placed.range,
            }),
            _ => None,
        })
    })
}

/// Every address that a rename gave up, as Git tells, by output path, with the record that is known today under
/// the last of its names. Of two records that had one address, the one that left it last.
pub fn renamed(estate: &Estate) -> BTreeMap<String, RecordId> {
    let mut written_now: Option<BTreeMap<String, RecordId>> = None;
    let mut found = BTreeMap::new();
    for (today, id) in estate.history.former_names() {
        let Some(now) = address_of(estate, today, &today.id) else {
            continue;
        };
        // A page that was renamed, and later replaced by another that says so, leads on to that one.
        let record = estate.at_url(&now).map(|record| record.id).or_else(|| {
            let written = written_now.get_or_insert_with(|| by_path(estate));
            written
                .get(&case_fold(&format!("{now}index.html")))
                .copied()
        });
        let before = address_of(estate, today, id);
        if let (Some(record), Some(before)) = (record, before.filter(|before| *before != now)) {
            found.entry(format!("{before}index.html")).or_insert(record);
        }
    }
    found
}

/// What is written, by output path in lower case; the first record of each.
fn by_path(estate: &Estate) -> BTreeMap<String, RecordId> {
    let mut paths = BTreeMap::new();
    for written in written(estate) {
        if let Some(path) = path(written.text) {
            paths.entry(case_fold(&path)).or_insert(written.record.id);
        }
    }
    paths
}

/// The address that a record of this name has, under an id; `None` for a kind that is no more.
fn address_of(estate: &Estate, name: &RecordName, id: &str) -> Option<String> {
    let kind = estate.schema.kind(&name.kind)?;
    let folder = (kind.name != "page").then_some(kind.folder.as_str());
    let language = own_folder(name.language, &estate.config);
    let address = language + &address(folder, id);
    // The page of a whole folder, or of the whole site, is never anybody's former page; and what Git knows as a name
    // may be none that a page can have.
    let page = address.strip_suffix('/').unwrap_or(&address);
    (!id.is_empty() && can_stand(page)).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_a_browser_shows_it() {
        let page = |text: &str| path(text).unwrap_or_default();
        for written in ["/wiki/vpn/", "wiki/vpn", " /wiki/vpn/index.html "] {
            assert_eq!(page(written), "wiki/vpn/index.html", "{written}");
        }
        assert_eq!(page("/wiki/vpn.html"), "wiki/vpn.html");
        assert_eq!(page("/wiki/vpn.html/"), "wiki/vpn.html/index.html");
        assert_eq!(page("/wiki/proc%C3%A9dure"), "wiki/procédure/index.html");
        assert_eq!(page("é"), "é/index.html");
    }

    /// A file named `—.md` has no letter for an address.
    #[test]
    fn a_name_in_git_may_be_no_address() {
        assert!(can_stand("procedures/vpn"));
        for before in ["procedures/", "assets/../x", "assets/.", ""] {
            assert!(!can_stand(before), "{before}");
        }
    }

    #[test]
    fn what_is_no_page_of_the_site_is_refused() {
        for written in [
            "",
            "/",
            "index.html",
            "https://wiki.example/vpn",
            "//wiki.example/vpn",
            "/a//b",
            "/../etc",
            "/a/%2e%2e/b",
            "/a/./b",
            "/.git/config",
            "/vpn?page=2",
            "/vpn#haut",
            "a\\b",
            "/_carnet/x",
            "/manifest.json/",
            "/MANIFEST.JSON",
            "/_Carnet/x",
            "/_offline/index.json",
            "/offline-worker.js",
            "/manifest-previous.json",
            "/shard.json/",
            "/robots.txt",
            "/wiki/Web.config/",
            "/CON/",
            "/wiki/aux.notes/",
            "/sitemap.xml",
            "/Sitemap-2.xml/a",
            "/a%00b",
            "/fin./",
        ] {
            assert_eq!(path(written), None, "{written}");
        }
        assert_eq!(path(&"a".repeat(201)), None);
        assert_eq!(path(&["a".repeat(200).as_str(); 5].join("/")), None);
    }
}
