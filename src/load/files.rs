//! Where the files of a project are: in a folder on disk, or in a commit's tree. Both are read by
//! the same rules, and what is wrong with a file is said in the same words.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Text, failure};
use crate::git::{EntryKind, Snapshot, Unread};
use crate::load::refusals;
use crate::load::walk::{self, Item};
use crate::project;
use crate::project::rules::UNREADABLE;
use crate::source::SourceFile;
use crate::text;

/// Texts that stand for files on disk, by path from the root: what an editor holds and has not saved.
pub(super) type Unsaved = BTreeMap<String, Arc<str>>;

/// The files of a project.
#[derive(Debug)]
pub(super) enum Files {
    /// A folder on disk, and what is held over its files.
    Folder(PathBuf, Unsaved),
    /// A commit's tree.
    Tree(Snapshot),
}

/// How much a file of its kind may hold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit {
    /// In bytes.
    pub bytes: u64,
    /// What to do with a larger one.
    pub help: fn() -> Text,
}

impl Files {
    /// Whether these are files of today, which people can change, and not a commit's.
    pub(super) fn are_of_today(&self) -> bool {
        matches!(self, Self::Folder(..))
    }

    /// Whether anything is at a path from the root. A link that leads nowhere is nothing.
    pub(super) fn exists(&self, path: &str) -> bool {
        match self {
            Self::Folder(root, unsaved) => {
                unsaved.contains_key(path) || may_be(root.join(path).metadata())
            }
            Self::Tree(tree) => tree.entry(path).is_some(),
        }
    }

    /// Whether anything is written at a path, be it a link that leads nowhere.
    pub(super) fn is_written(&self, path: &str) -> bool {
        match self {
            Self::Folder(root, unsaved) => {
                unsaved.contains_key(path) || may_be(root.join(path).symlink_metadata())
            }
            Self::Tree(tree) => tree.entry(path).is_some(),
        }
    }

    /// Whether a folder is at a path, or a link that may lead to one.
    pub(super) fn is_folder(&self, path: &str) -> bool {
        match self {
            Self::Folder(root, _) => match root.join(path).metadata() {
                Ok(metadata) => metadata.is_dir(),
                missing => may_be(missing),
            },
            Self::Tree(tree) => tree
                .entry(path)
                .is_some_and(|entry| matches!(entry.kind, EntryKind::Folder | EntryKind::Link)),
        }
    }

    /// Adds the files of a folder in path order; a folder that does not exist has none.
    pub(super) fn walk(
        &self,
        folder: &str,
        items: &mut Vec<Item>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        match self {
            Self::Folder(root, unsaved) => {
                let mut own = Vec::new();
                walk::disk(root, folder, &mut own, diagnostics);
                walk::hold(unsaved, folder, &mut own);
                items.append(&mut own);
            }
            Self::Tree(tree) => walk::tree(tree, folder, items, diagnostics),
        }
    }

    /// A regular file on disk by its path from the root; nothing else, and nothing of a commit.
    pub(super) fn item(&self, path: &str) -> Option<Item> {
        let Self::Folder(root, unsaved) = self else {
            return None;
        };
        if let Some(text) = unsaved.get(path) {
            return Some(Item::unsaved(path, text));
        }
        let metadata = root.join(path).symlink_metadata().ok()?;
        metadata.is_file().then(|| Item {
            path: path.to_owned(),
            length: metadata.len(),
            modified: metadata.modified().ok(),
        })
    }

    /// The text of a file that a project may do without; `None` where nothing is written at its path.
    pub(super) fn optional_text(
        &self,
        path: &str,
        limit: Limit,
    ) -> Option<Result<Arc<SourceFile>, Box<Diagnostic>>> {
        match self {
            Self::Folder(root, unsaved) if !unsaved.contains_key(path) => {
                match root.join(path).symlink_metadata() {
                    Err(error) if failure::is_absence(&error) => None,
                    Err(error) => Some(Err(refusals::unreadable(path, &failure::words(&error)))),
                    Ok(_) => Some(self.text(path, limit)),
                }
            }
            _ => self.is_written(path).then(|| self.text(path, limit)),
        }
    }

    /// The text of a file by its path from the root, or why it cannot be used.
    pub(super) fn text(
        &self,
        path: &str,
        limit: Limit,
    ) -> Result<Arc<SourceFile>, Box<Diagnostic>> {
        project::decode(path, self.bytes(path, limit)?)
    }

    /// The bytes of a file by its path from the root, or why they cannot be used. Nothing but a
    /// regular file is opened: a pipe would never end, and no link is followed.
    pub(super) fn bytes(&self, path: &str, limit: Limit) -> Result<Vec<u8>, Box<Diagnostic>> {
        let too_large = |length| {
            let refused = refusals::oversized(path, length, limit.bytes);
            Box::new(refused.help((limit.help)()))
        };
        match self {
            Self::Folder(_, unsaved) if let Some(text) = unsaved.get(path) => {
                let length = text.len() as u64;
                if length > limit.bytes {
                    return Err(too_large(length));
                }
                Ok(text.as_bytes().to_vec())
            }
            Self::Folder(root, _) => {
                let full = root.join(path);
                let length = regular(&full, path)?;
                if length > limit.bytes {
                    return Err(too_large(length));
                }
                std::fs::read(full)
                    .map_err(|error| refusals::unreadable(path, &failure::words(&error)))
            }
            Self::Tree(tree) => {
                if tree
                    .entry(path)
                    .is_some_and(|entry| entry.kind == EntryKind::Link)
                {
                    return Err(Box::new(refusals::symbolic_link(path)));
                }
                tree.read(path, limit.bytes).map_err(|unread| match unread {
                    Unread::TooLarge(length) => too_large(length),
                    Unread::LargeFile => Box::new(large_file(path, tree.commit())),
                    Unread::Failed(reason) => {
                        refusals::unreadable(path, &text!("{reason}", "{reason}"))
                    }
                })
            }
        }
    }
}

/// Whether something is there, or may be: where the system could not say, whoever reads it tells why.
fn may_be(metadata: io::Result<Metadata>) -> bool {
    metadata.map_or_else(|error| !failure::is_absence(&error), |_| true)
}

/// The length of a regular file on disk; everything else is refused.
fn regular(full: &Path, path: &str) -> Result<u64, Box<Diagnostic>> {
    let metadata = full
        .symlink_metadata()
        .map_err(|error| refusals::unreadable(path, &failure::words(&error)))?;
    if metadata.is_symlink() {
        return Err(Box::new(refusals::symbolic_link(path)));
    }
    if !metadata.is_file() {
        return Err(Box::new(refusals::not_regular(path)));
    }
    Ok(metadata.len())
}

/// A file of which this clone has the pointer only.
fn large_file(path: &str, commit: &str) -> Diagnostic {
    let commit = &commit[..commit.len().min(8)];
    let message = text!(
        "le contenu de ce fichier est dans Git LFS et n’a pas été téléchargé",
        "the content of this file is in Git LFS and was not downloaded"
    );
    let help = text!(
        "`git lfs fetch origin {commit}` télécharge les fichiers de ce commit (`git lfs pull`, ceux du commit extrait)",
        "`git lfs fetch origin {commit}` downloads the files of this commit (`git lfs pull`, those of the commit that is checked out)"
    );
    Diagnostic::on_path(UNREADABLE, path, message).help(help)
}
