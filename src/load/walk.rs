//! The files of a folder, sorted; links are never followed and nothing unreadable is passed over.

use std::path::Path;
use std::time::SystemTime;

use walkdir::WalkDir;

use crate::diagnostic::Diagnostic;
use crate::load::regular;
use crate::project::rules::{INVALID_ENCODING, UNREADABLE};
use crate::text;

/// A regular file under the root.
#[derive(Debug)]
pub(super) struct Item {
    /// From the root, `/` between parts.
    pub path: String,
    pub length: u64,
    pub modified: Option<SystemTime>,
}

/// Adds the files of `folder` in path order; a folder that does not exist has none.
pub(super) fn walk(
    root: &Path,
    folder: &str,
    items: &mut Vec<Item>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let top = root.join(folder);
    if top.symlink_metadata().is_err() {
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
                let cause = error
                    .io_error()
                    .map_or_else(|| error.to_string(), ToString::to_string);
                let message = text!("illisible : {cause}", "cannot be read: {cause}");
                diagnostics.push(Diagnostic::on_path(UNREADABLE, shown, message));
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
            let message = text!(
                "le nom de ce fichier n’est pas en UTF-8",
                "this file's name is not UTF-8"
            );
            let help = text!(
                "renommez-le avec des lettres, des chiffres et `-`",
                "rename it with letters, digits and `-`"
            );
            diagnostics.push(Diagnostic::on_path(INVALID_ENCODING, lossy, message).help(help));
            return;
        }
    };
    let file_type = entry.file_type();
    if file_type.is_dir() {
        return;
    }
    if file_type.is_symlink() {
        diagnostics.push(regular::symbolic_link(&path));
        return;
    }
    if !file_type.is_file() {
        diagnostics.push(regular::not_regular(&path));
        return;
    }
    match entry.metadata() {
        Ok(metadata) => items.push(Item {
            path,
            length: metadata.len(),
            modified: metadata.modified().ok(),
        }),
        Err(error) => {
            let message = text!("illisible : {error}", "cannot be read: {error}");
            diagnostics.push(Diagnostic::on_path(UNREADABLE, path, message));
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
