//! The scripts and styles of the last site, kept for one more publication: a page that was opened before the exchange
//! finds what it names after it. Content is never kept: what was taken off the site is gone.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use crate::publish::manifest::{Entry, Manifest};

/// The list of them, in the published folder. It is beside the manifest and not in it: the same input gives the same
/// manifest, whatever was published before.
pub(super) const PREVIOUS: &str = "manifest-previous.json";

/// What a folder keeps of the site before its own.
pub(super) fn read(folder: &Path) -> io::Result<BTreeMap<String, Entry>> {
    let listed = Manifest::read_from(&folder.join(PREVIOUS))?;
    let files = listed.map(|manifest| manifest.files).unwrap_or_default();
    // Files are removed by this list: nothing but what Carnet keeps is believed to be one.
    Ok(files
        .into_iter()
        .filter(|(path, _)| is_of_theme(path))
        .collect())
}

/// What the new site keeps of the old one.
pub(super) fn to_keep(old: Option<&Manifest>, new: &Manifest) -> BTreeMap<String, Entry> {
    let old = old.iter().flat_map(|manifest| &manifest.files);
    old.filter(|(path, _)| is_of_theme(path) && !new.files.contains_key(*path))
        .map(|(path, entry)| (path.clone(), entry.clone()))
        .collect()
}

/// Whether a path is that of a file of the theme, whose name carries its hash: `_carnet/style.93c609bb.css`.
fn is_of_theme(path: &str) -> bool {
    let Some(name) = path.strip_prefix("_carnet/") else {
        return false;
    };
    let parts: Vec<&str> = name.split('.').collect();
    let is_hash =
        |part: &&str| part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    parts.len() > 2 && !name.contains('/') && parts.get(parts.len() - 2).is_some_and(is_hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_theme_are_kept() {
        for path in [
            "_carnet/style.93c609bb.css",
            "_carnet/search.worker.0123ABCD.js",
        ] {
            assert!(is_of_theme(path), "{path}");
        }
        for path in [
            "style.93c609bb.css",
            "_carnet/style.css",
            "_carnet/93c609bb.css",
            "_carnet/style.93c609b.css",
            "_carnet/style.93c609bbb.css",
            "_carnet/style.93c609bg.css",
            "_carnet/style.93c609bb",
            "_carnet/fonts/style.93c609bb.css",
            "_carnet/../index.93c609bb.html",
        ] {
            assert!(!is_of_theme(path), "{path}");
        }
    }

    #[test]
    fn what_the_new_site_has_itself_is_not_kept() {
        let list = |paths: &[&str]| {
            let files = paths
                .iter()
                .map(|path| ((*path).to_owned(), Entry::of(b"")));
            Manifest::new(files.collect())
        };
        let old = list(&[
            "_carnet/a.93c609bb.css",
            "_carnet/b.93c609bb.css",
            "index.html",
        ]);
        let new = list(&["_carnet/a.93c609bb.css", "index.html"]);
        let kept = to_keep(Some(&old), &new);
        assert_eq!(kept.keys().collect::<Vec<_>>(), ["_carnet/b.93c609bb.css"]);
        assert!(to_keep(None, &new).is_empty());
    }
}
