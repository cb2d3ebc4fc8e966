//! The files of a folder, on disk or in a commit, sorted; links are never followed and nothing unreadable is passed over.

use std::path::Path;
use std::time::SystemTime;

use walkdir::WalkDir;

use crate::diagnostic::{Diagnostic, Text, failure};
use crate::git::{EntryKind, Snapshot};
use crate::load::files::Unsaved;
use crate::load::{FOLDERS, refusals};

/// A regular file under the root; without a time, it is read each time.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// From the root, `/` between parts.
    pub path: String,
    pub length: u64,
    pub modified: Option<SystemTime>,
}

impl Item {
    /// A text that stands for a file; its time is that of no file, so that it is read whenever it is asked for.
    pub(super) fn unsaved(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            length: text.len() as u64,
            modified: None,
        }
    }
}

/// Puts the unsaved texts of a folder among its files, in the order of the walk: in the place of their file, or new.
pub(super) fn hold(unsaved: &Unsaved, folder: &str, items: &mut Vec<Item>) {
    let is_inside = |path: &str| {
        let rest = path
            .strip_prefix(folder)
            .and_then(|rest| rest.strip_prefix('/'));
        rest.is_some_and(|rest| !rest.split('/').any(is_hidden))
    };
    for (path, text) in unsaved.iter().filter(|(path, _)| is_inside(path)) {
        let item = Item::unsaved(path, text);
        match items.binary_search_by(|other| in_order(&other.path, path)) {
            Ok(place) => items[place] = item,
            Err(place) => items.insert(place, item),
        }
    }
}

/// The order of a walk: name by name, so that `a/b.md` stands before `a.md`.
pub(super) fn in_order(left: &str, right: &str) -> std::cmp::Ordering {
    left.split('/').cmp(right.split('/'))
}

/// Adds the files of a folder on disk in path order; a folder that does not exist has none.
pub(super) fn disk(
    root: &Path,
    folder: &str,
    items: &mut Vec<Item>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let top = root.join(folder);
    if let Err(error) = top.symlink_metadata()
        && failure::is_absence(&error)
    {
        return;
    }
    let entries = WalkDir::new(&top)
        .follow_links(false)
        .follow_root_links(false)
        .sort_by_file_name();
    let visible = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !is_hidden(&entry.file_name().to_string_lossy())
    };
    for entry in entries.into_iter().filter_entry(visible) {
        match entry {
            Ok(entry) => add(root, &entry, items, diagnostics),
            Err(error) => {
                let path = error.path().unwrap_or(&top);
                let shown = relative(root, path).unwrap_or_else(|lossy| lossy);
                diagnostics.push(*refusals::unreadable(&shown, &cause(&error)));
            }
        }
    }
}

fn add(
    root: &Path,
    entry: &walkdir::DirEntry,
    items: &mut Vec<Item>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let path = match relative(root, entry.path()) {
        Ok(path) => path,
        Err(lossy) => {
            diagnostics.push(refusals::foreign_name(&lossy));
            return;
        }
    };
    let file_type = entry.file_type();
    if file_type.is_dir() {
        return;
    }
    if file_type.is_symlink() {
        diagnostics.push(refusals::symbolic_link(&path));
        return;
    }
    if !file_type.is_file() {
        diagnostics.push(refusals::not_regular(&path));
        return;
    }
    match entry.metadata() {
        Ok(metadata) => items.push(Item {
            path,
            length: metadata.len(),
            modified: metadata.modified().ok(),
        }),
        Err(error) => diagnostics.push(*refusals::unreadable(&path, &cause(&error))),
    }
}

/// Adds the files of a folder of a commit in path order, by the rules of the disk.
pub(super) fn tree(
    tree: &Snapshot,
    folder: &str,
    items: &mut Vec<Item>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut passed_over: Option<String> = None;
    for entry in tree.under(folder) {
        let path = &entry.path;
        if passed_over
            .as_ref()
            .is_some_and(|folder| path.starts_with(folder))
        {
            continue;
        }
        let name = path.rsplit('/').next().unwrap_or_default();
        if path != folder && is_hidden(name) {
            passed_over = (entry.kind == EntryKind::Folder).then(|| format!("{path}/"));
            continue;
        }
        if !entry.is_utf8 {
            diagnostics.push(refusals::foreign_name(path));
            continue;
        }
        match entry.kind {
            EntryKind::Folder => {}
            EntryKind::Link => diagnostics.push(refusals::symbolic_link(path)),
            EntryKind::Submodule => diagnostics.push(refusals::submodule(path)),
            EntryKind::File { length } => items.push(Item {
                path: path.clone(),
                length,
                modified: None,
            }),
        }
    }
}

/// The path from the root with `/` between parts; the lossy form when it is not UTF-8.
fn relative(root: &Path, path: &Path) -> Result<String, String> {
    let path = path.strip_prefix(root).unwrap_or(path);
    let lossy = || path.to_string_lossy().replace('\\', "/");
    let parts: Option<Vec<&str>> = path
        .components()
        .map(|part| part.as_os_str().to_str())
        .collect();
    parts.map(|parts| parts.join("/")).ok_or_else(lossy)
}

/// Whether a folder is a project: one with a configuration, or with a folder of records or pages.
pub fn is_project(root: &Path) -> bool {
    let mut places = ["carnet.yaml"].into_iter().chain(FOLDERS);
    places.any(|place| root.join(place).try_exists().unwrap_or(true))
}

/// How many folders of records a project has: what `serve` follows.
pub fn folders(root: &Path) -> usize {
    let of = |folder: &str| {
        let walk = WalkDir::new(root.join(folder)).into_iter();
        let walk = walk.filter_entry(|entry| {
            let name = entry.file_name().to_str();
            entry.file_type().is_dir() && !name.is_some_and(is_hidden)
        });
        walk.filter_map(Result::ok).count()
    };
    FOLDERS.into_iter().map(of).sum()
}

/// What editors and systems leave behind, and what stands for folders of tools.
pub fn is_hidden(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || matches!(name, "Thumbs.db" | "desktop.ini")
        || [".swp", ".swx", ".bak", ".orig", ".tmp"]
            .iter()
            .any(|end| name.ends_with(end))
}

/// What the system said, without the path that the walk puts before it.
fn cause(error: &walkdir::Error) -> Text {
    match error.io_error() {
        Some(error) => failure::words(error),
        None => failure::words(error),
    }
}
