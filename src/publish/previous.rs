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
