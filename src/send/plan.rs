//! What is sent and removed, and in which order: files whose names carry their hash, then what pages name,
//! then pages (those deep down before those that lead to them), then what names pages; removals come last.
//! A reader in the middle of it finds whatever a page names. Pure.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::publish::{Entry, Manifest};

/// What Carnet has put to a target, by path; `None` where a sending was cut short and either content may stand.
pub type Known = BTreeMap<String, Option<Entry>>;

/// When a file is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Its name carries the hash of its content: it never changes, and nothing names it yet.
    Hashed,
    /// What pages lead to: pictures, attachments, tables, data.
    Files,
    /// Pages.
    Pages,
    /// What names pages and files: roots of the search, feeds, site maps, the worker and its list.
    Indexes,
}

/// A file to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// Its path.
    pub path: String,
    /// What it holds.
    pub entry: Entry,
    /// When.
    pub part: Part,
}

impl Put {
    /// Where it stands in the order: its part, and of pages those deep down first.
    fn step(&self) -> (Part, Reverse<usize>) {
        let depth = match self.part {
            Part::Pages => self.path.matches('/').count(),
            _ => 0,
        };
        (self.part, Reverse(depth))
    }

    /// Whether both may be under way at once: neither names the other.
    pub(super) fn goes_with(&self, next: &Self) -> bool {
        self.step() == next.step()
    }
}

/// What is to be done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files to be sent, in their order. The manifest, which comes after them, is not among them.
    pub puts: Vec<Put>,
    /// Paths of files to be removed after that.
    pub removals: Vec<String>,
    /// How many files stay as they are.
    pub unchanged: usize,
}

impl Plan {
    /// The size of what is to be sent.
    pub fn bytes(&self) -> u64 {
        self.puts.iter().map(|put| put.entry.length).sum()
    }
}

/// What a target has when its last sending came to its end.
pub fn known(manifest: &Manifest) -> Known {
    let files = manifest.files.iter();
    let known = files.map(|(path, entry)| (path.clone(), Some(entry.clone())));
    known.collect()
}

/// What makes a target that has `known` into `new`. `there` are the files that stand there indeed, where that
/// can be asked. The error names files there that are not Carnet's and in the way.
pub fn plan(
    new: &Manifest,
    known: &Known,
    there: Option<&BTreeMap<String, u64>>,
) -> Result<Plan, Vec<String>> {
    let is_whole = |path: &str, entry: &Entry| {
        let is_known = known
            .get(path)
            .is_some_and(|had| had.as_ref() == Some(entry));
        is_known && there.is_none_or(|there| there.get(path) == Some(&entry.length))
    };
    let is_there = |path: &str| there.is_some_and(|there| there.contains_key(path));
    let mut made = Plan::default();
    let mut foreign = Vec::new();
    for (path, entry) in &new.files {
        // A link or a file in the place of a folder would lead what is written below it elsewhere.
        let blocked = folders(path).find(|folder| is_there(folder) && !known.contains_key(*folder));
        if let Some(folder) = blocked {
            foreign.push(folder.to_owned());
        } else if is_whole(path, entry) {
            made.unchanged += 1;
        } else if is_there(path) && !known.contains_key(path) {
            foreign.push(path.clone());
        } else {
            made.puts.push(Put {
                path: path.clone(),
                entry: entry.clone(),
                part: part(path, &new.files),
            });
        }
    }
    if !foreign.is_empty() {
        foreign.dedup();
        return Err(foreign);
    }
    let stale = known.keys().filter(|path| !new.files.contains_key(*path));
    // Below a link nothing is Carnet's.
    let stale = stale.filter(|path| !folders(path).any(is_there));
    let stale = stale.filter(|path| there.is_none() || is_there(path));
    made.removals = stale.cloned().collect();
    // Paths are sorted already.
    made.puts.sort_by_key(Put::step);
    Ok(made)
}

/// The folders above a path.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

/// When a file of a site is sent. A packed copy goes along with its original.
fn part(path: &str, files: &BTreeMap<String, Entry>) -> Part {
    let original = path.strip_suffix(".gz");
    let path = original
        .filter(|name| files.contains_key(*name))
        .unwrap_or(path);
    let Some(entry) = files.get(path) else {
        return Part::Files;
    };
    let name = path.rsplit('/').next().unwrap_or(path);
    if is_hashed(path, name, entry) {
        return Part::Hashed;
    }
    let is_index = path.starts_with("_carnet/")
        || path.starts_with("_offline/")
        || path == "offline-worker.js"
        || name == "feed.xml"
        || !path.contains('/') && path.starts_with("sitemap");
    if is_index {
        Part::Indexes
    } else if name.rsplit('.').next() == Some("html") {
        Part::Pages
    } else {
        Part::Files
    }
}

/// Whether a file's name carries the hash of its content.
fn is_hashed(path: &str, name: &str, entry: &Entry) -> bool {
    if let Some(search) = path.strip_prefix("_carnet/search/") {
        // Only the roots, one a language, stand in the folder itself.
        return search.contains('/');
    }
    let starts = |hash: &str, digits| hash.len() == digits && entry.sha256.starts_with(hash);
    if path.starts_with("_carnet/") {
        return name.split('.').any(|piece| starts(piece, 8));
    }
    path.starts_with("_offline/") && name.split('.').any(|piece| starts(piece, 16))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(files: &[(&str, &str)]) -> Manifest {
        let files = files.iter();
        let files = files.map(|(path, text)| ((*path).to_owned(), Entry::of(text.as_bytes())));
        Manifest::new(files.collect())
    }

    fn there(manifest: &Manifest) -> BTreeMap<String, u64> {
        let files = manifest.files.iter();
        files
            .map(|(path, entry)| (path.clone(), entry.length))
            .collect()
    }

    fn paths(plan: &Plan) -> Vec<&str> {
        plan.puts.iter().map(|put| put.path.as_str()).collect()
    }

    #[test]
    fn what_is_named_is_sent_before_what_names_it() {
        let style = format!("_carnet/style.{}.css", &Entry::of(b"a").sha256[..8]);
        let list = format!("_offline/{}.json", &Entry::of(b"b").sha256[..16]);
        let gz = format!("{style}.gz");
        let new = manifest(&[
            ("_offline/index.json", "1"),
            ("_carnet/search/fr.json", "2"),
            ("_carnet/search/fr/0a1b2c3d.txt", "3"),
            ("_carnet/style.00000000.css", "not its hash"),
            (&style, "a"),
            (&gz, "packed"),
            (&list, "b"),
            ("index.html", "4"),
            ("assets/index.html", "5"),
            ("assets/pc-1/index.html", "6"),
            ("feed.xml", "7"),
            ("offline-worker.js", "8"),
            ("sitemap.xml", "9"),
            ("assets/plan.png", "10"),
        ]);
        let plan = plan(&new, &Known::new(), None).expect("nothing is in the way");
        let mut hashed = ["_carnet/search/fr/0a1b2c3d.txt", &style, &gz, &list];
        hashed.sort_unstable();
        let rest = [
            "assets/plan.png",
            "assets/pc-1/index.html",
            "assets/index.html",
            "index.html",
            "_carnet/search/fr.json",
            "_carnet/style.00000000.css",
            "_offline/index.json",
            "feed.xml",
            "offline-worker.js",
            "sitemap.xml",
        ];
        assert_eq!(paths(&plan), [&hashed[..], &rest].concat());
    }

    #[test]
    fn only_what_differs_is_sent_and_only_what_was_put_is_removed() {
        let old = manifest(&[
            ("a.html", "1"),
            ("b.html", "2"),
            ("c.html", "3"),
            ("d.html", "4"),
        ]);
        let new = manifest(&[("a.html", "1"), ("b.html", "changed"), ("d.html", "4")]);
        let mut there = there(&old);
        there.insert("web.config".to_owned(), 7);
        let plan = plan(&new, &known(&old), Some(&there)).expect("nothing is in the way");
        assert_eq!(paths(&plan), ["b.html"]);
        assert_eq!(plan.removals, ["c.html"]);
        assert_eq!(plan.unchanged, 2);
    }

    #[test]
    fn what_was_lost_or_cut_there_is_sent_again() {
        let site = manifest(&[("a.html", "11"), ("b.html", "22"), ("c.html", "33")]);
        let there = BTreeMap::from([("a.html".to_owned(), 2), ("b.html".to_owned(), 1)]);
        let plan = plan(&site, &known(&site), Some(&there)).expect("nothing is in the way");
        assert_eq!(paths(&plan), ["b.html", "c.html"]);
    }

    #[test]
    fn foreign_files_are_never_written_over() {
        let site = manifest(&[("a/index.html", "1"), ("index.html", "2")]);
        let there = BTreeMap::from([("a".to_owned(), u64::MAX), ("index.html".to_owned(), 9)]);
        let refused = plan(&site, &Known::new(), Some(&there));
        assert_eq!(refused, Err(vec!["a".to_owned(), "index.html".to_owned()]));
        // A link that took the place of a folder: nothing is removed behind it either.
        let known = known(&manifest(&[("a/old.html", "1")]));
        let plan = plan(&manifest(&[]), &known, Some(&there)).expect("nothing is written");
        assert!(plan.removals.is_empty());
    }
}
