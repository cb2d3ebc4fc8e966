//! The lists by which a browser keeps sections of the site (`_offline/`): every file with its hash and length.
//! They need all bytes of a build, so publishing makes them; `serve` has none.
//!
//! `index.json` names the lists of each section. A path's list follows from the path alone (FNV-1a), so that a new
//! record changes one list, and a list has about a thousand files however large the section is.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::publish::manifest::Entry;
use crate::site::{Site, section};

/// Their folder in the published one.
const FOLDER: &str = "_offline/";

/// A list has about this many files.
const FILES: usize = 1000;

/// How many hexadecimal digits of a hash tell two files of one path apart.
const DIGITS: usize = 16;

/// A file: its address from the root, the start of its hash, its length in bytes.
type File<'a> = (&'a str, &'a str, u64);

/// What `index.json` holds.
#[derive(Serialize)]
struct Index<'a> {
    /// The hash of all that follows: another one is another build.
    build: String,
    sections: BTreeMap<&'a str, Section>,
}

/// A section and its lists, by the place that a path's hash gives.
#[derive(Default, Serialize)]
struct Section {
    files: usize,
    bytes: u64,
    /// Name of the list, its number of files, and their bytes.
    lists: Vec<(String, usize, u64)>,
}

/// The sections that a browser may keep; none of a site that is opened without a server.
pub(super) fn sections(site: &Site) -> Option<BTreeSet<String>> {
    (!site.estate.config.offline).then(|| site.sections())
}

/// The files of `_offline/` for what a build made, by its [`sections`].
pub(super) fn lists(
    sections: Option<&BTreeSet<String>>,
    files: &BTreeMap<String, Entry>,
) -> BTreeMap<String, Vec<u8>> {
    let Some(names) = sections else {
        return BTreeMap::new();
    };
    let mut by_section: BTreeMap<&str, Vec<File<'_>>> = BTreeMap::new();
    for (path, entry) in files {
        if let Some(section) = section(path, names) {
            let page = path.strip_suffix("index.html");
            let address = page.filter(|page| page.is_empty() || page.ends_with('/'));
            let file = (
                address.unwrap_or(path),
                &entry.sha256[..DIGITS],
                entry.length,
            );
            by_section.entry(section).or_default().push(file);
        }
    }
    let mut outputs = BTreeMap::new();
    let mut sections = BTreeMap::new();
    for (name, files) in by_section {
        sections.insert(name, split(&files, &mut outputs));
    }
    let build = Entry::of(&json(&sections)).sha256[..DIGITS].to_owned();
    let index = json(&Index { build, sections });
    outputs.insert(format!("{FOLDER}index.json"), index);
    outputs
}

/// The lists of a section, each under the hash of its content.
fn split(files: &[File<'_>], outputs: &mut BTreeMap<String, Vec<u8>>) -> Section {
    // A power of two: a section that grows is not cut anew each time.
    let count = files.len().div_ceil(FILES).next_power_of_two();
    let mut parts: Vec<Vec<File<'_>>> = vec![Vec::new(); count];
    for file in files {
        parts[hash(file.0) as usize % count].push(*file);
    }
    let mut section = Section::default();
    for part in parts {
        let bytes = part.iter().map(|(.., length)| length).sum();
        let text = json(&part);
        let name = Entry::of(&text).sha256[..DIGITS].to_owned();
        outputs.insert(format!("{FOLDER}{name}.json"), text);
        section.files += part.len();
        section.bytes += bytes;
        section.lists.push((name, part.len(), bytes));
    }
    section
}

/// FNV-1a of 32 bits, which the worker computes too.
fn hash(path: &str) -> u32 {
    let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    path.bytes().fold(0x811c_9dc5, step)
}

fn json(value: &impl Serialize) -> Vec<u8> {
    let mut text = serde_json::to_vec(value).expect("plain structs serialise");
    text.push(b'\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worker finds a path's list by the same figures.
    #[test]
    fn the_hash_is_fnv_1a() {
        assert_eq!(hash(""), 0x811c_9dc5);
        assert_eq!(hash("a"), 0xe40c_292c);
        assert_eq!(hash("foobar"), 0xbf9c_f968);
    }

    #[test]
    fn a_new_file_changes_one_list_of_many() {
        let paths: Vec<String> = (0..5000).map(|n| format!("assets/pc-{n}/")).collect();
        let files: Vec<File<'_>> = paths.iter().map(|path| (path.as_str(), "00", 7)).collect();
        let lists = |files: &[File<'_>]| {
            let mut outputs = BTreeMap::new();
            (split(files, &mut outputs), outputs)
        };
        let (section, before) = lists(&files[1..]);
        assert_eq!(
            (section.files, section.bytes, before.len()),
            (4999, 34_993, 8)
        );
        let (_, after) = lists(&files);
        let new = after.keys().filter(|name| !before.contains_key(*name));
        assert_eq!(new.count(), 1);
    }

    #[test]
    fn a_file_is_named_as_it_is_asked_for_in_the_list_of_its_section() {
        let names: BTreeSet<String> = ["assets".to_owned()].into();
        let paths = [
            "index.html",
            "assets/index.html",
            "assets/pc/index.html",
            "assets/noindex.html",
            "assets.csv",
            "404.html",
        ];
        let entry = Entry::of(b"seven b");
        let files = paths.map(|path| (path.to_owned(), entry.clone())).into();
        let outputs = lists(Some(&names), &files);
        let index: serde_json::Value =
            serde_json::from_slice(&outputs["_offline/index.json"]).expect("JSON");
        let listed = |section: &str| -> Vec<String> {
            let lists = index["sections"][section]["lists"].as_array();
            let lists = lists.expect("lists").iter();
            let files = lists.flat_map(|list| {
                let name = list[0].as_str().expect("a name");
                let bytes = &outputs[&format!("_offline/{name}.json")];
                let files: Vec<(String, String, u64)> =
                    serde_json::from_slice(bytes).expect("JSON");
                files
            });
            let sha256 = &entry.sha256[..DIGITS];
            files
                .map(|(address, hash, length)| {
                    assert_eq!((hash.as_str(), length), (sha256, 7));
                    address
                })
                .collect()
        };
        assert_eq!(
            listed("assets"),
            ["assets/", "assets/noindex.html", "assets/pc/"]
        );
        let sections = index["sections"].as_object().expect("sections");
        let all = sections.keys().flat_map(|section| listed(section)).count();
        assert_eq!(all, 5, "all but the page for addresses that do not exist");
        assert!(lists(None, &files).is_empty());
    }
}
