//! The files of a project as they were last found, in the order of the tree, with what was read of each.
//!
//! A walk over ten thousand files costs more than reading the one that was saved: whoever is told which files
//! changed has only those looked at, as long as none came or went.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::load::FOLDERS;
use crate::load::files::Files;
use crate::load::walk::{Item, in_order};
use crate::project::{Location, ParsedFile};
use crate::secrets::Fingerprint;

/// Where imports keep what they imported last: no records, nothing to publish.
const IMPORTED: &str = "inventory/_imports/";

/// All files, and what the walk could not use.
#[derive(Debug, Default)]
pub(super) struct Kept {
    pub files: Vec<Known>,
    pub refusals: Vec<Diagnostic>,
    /// Whether anything was taken over without a walk since the last one.
    unwalked: bool,
}

/// A file, and what was read of it.
#[derive(Debug)]
pub(super) struct Known {
    pub item: Item,
    pub content: Content,
}

/// What was read of a file.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// Nothing yet, or it may have changed since.
    Unread,
    /// The bytes of a file with records, which nobody understood yet, and what its path says.
    Fetched(Vec<u8>, Location),
    Records(Arc<ParsedFile>),
    /// Of a file to look at or download, with what in it looks like a secret and may be published.
    Bytes(Arc<[u8]>, Vec<Fingerprint>),
    /// A file that could not be used, and why.
    Refused(Diagnostic),
}

impl Kept {
    /// Finds the files anew. What has its size and time is not read again, but for the paths in `changed`.
    pub fn walk(&mut self, files: &Files, changed: &BTreeSet<String>) {
        let (items, refusals) = walked(files);
        let before = std::mem::take(&mut self.files).into_iter();
        let mut before: HashMap<String, Known> = before
            .map(|known| (known.item.path.clone(), known))
            .collect();
        let known = items.into_iter().map(|item| {
            let same = before
                .remove(&item.path)
                .filter(|known| is_same(&known.item, &item) && !changed.contains(&item.path));
            Known {
                content: same.map_or(Content::Unread, |known| known.content),
                item,
            }
        });
        self.files = known.collect();
        self.refusals = refusals;
        self.unwalked = false;
    }

    /// Has the named files read again, and trusts that no other one changed. `false` when that is not enough, and only
    /// a walk tells what there is: a file came or went, or is none any more.
    pub fn renew(&mut self, files: &Files, changed: &BTreeSet<String>) -> bool {
        if self.files.is_empty() {
            return false;
        }
        for path in changed.iter().filter(|path| is_content(path)) {
            match (self.place(path), files.item(path)) {
                (Ok(place), Some(item)) => {
                    let content = Content::Unread;
                    self.files[place] = Known { item, content };
                }
                // What an editor tried out and took away again.
                (Err(_), None) if !files.is_written(path) && !self.knows(path) => {}
                _ => return false,
            }
        }
        self.unwalked = true;
        true
    }

    /// Takes the sizes and times of these files as they are now.
    pub fn confirm(&mut self, files: &Files, same: &BTreeSet<String>) {
        for path in same {
            if let (Ok(place), Some(item)) = (self.place(path), files.item(path)) {
                self.files[place].item = item;
            }
        }
    }

    /// Whether what is there now is what is known, asked once after files were taken over: a change that nobody heard
    /// of is noticed, and a project that cannot be read is not read again and again.
    pub fn is_current(&mut self, files: &Files) -> bool {
        if !std::mem::take(&mut self.unwalked) {
            return true;
        }
        let (items, refusals) = walked(files);
        let known = self.files.iter().map(|known| &known.item);
        refusals == self.refusals
            && items.len() == self.files.len()
            && known
                .zip(&items)
                .all(|(known, item)| known.path == item.path && is_same(known, item))
    }

    /// Forgets what was read of all files.
    pub fn forget(&mut self) {
        for known in &mut self.files {
            known.content = Content::Unread;
        }
    }

    /// Where a file is, or would be.
    fn place(&self, path: &str) -> Result<usize, usize> {
        self.files
            .binary_search_by(|known| in_order(&known.item.path, path))
    }

    /// Whether a path is a file, a folder of files, or was refused.
    fn knows(&self, path: &str) -> bool {
        let is_at = |other: &str| {
            let inside = other.strip_prefix(path);
            inside.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.files.iter().any(|known| is_at(&known.item.path))
            || self.refusals.iter().any(|refused| is_at(&refused.path))
    }
}

/// The files of all folders in order, and what cannot be used of them.
fn walked(files: &Files) -> (Vec<Item>, Vec<Diagnostic>) {
    let (mut items, mut refusals) = (Vec::new(), Vec::new());
    for folder in FOLDERS {
        files.walk(folder, &mut items, &mut refusals);
    }
    items.retain(|item| is_content(&item.path));
    (items, refusals)
}

/// Without a time, nothing says that a file is the same.
fn is_same(known: &Item, now: &Item) -> bool {
    known.length == now.length && known.modified == now.modified && known.modified.is_some()
}

fn is_content(path: &str) -> bool {
    let top = path.split('/').next().unwrap_or_default();
    FOLDERS.contains(&top) && !path.starts_with(IMPORTED)
}
