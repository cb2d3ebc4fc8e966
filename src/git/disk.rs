//! What is on disk and in no commit. The index is read and never refreshed.

use std::collections::BTreeSet;
use std::path::Path;

use git2::{Error, ErrorCode, ObjectType, Oid, Repository};

use super::commits;
use super::objects::OnDisk;
use super::pairs::has_records;
use super::selection::Selection;
use super::trees::Difference;
use super::unsaved;
use crate::project::LARGEST_YAML;
use crate::schema::Schema;

/// How the disk differs from the commit that is checked out.
#[derive(Debug, Default)]
pub(super) struct Disk {
    /// Paths (from the project's root) whose content on disk is in no commit. Deleted files are
    /// not listed: they are not in the site either.
    pub(super) modified: BTreeSet<String>,
    /// The same and the deleted ones, as what differs between that commit and the disk.
    pub(super) differences: Vec<Difference>,
    /// The contents that `differences` names.
    pub(super) contents: OnDisk,
}

/// Compares the disk with the commit that is checked out. A bare repository has no disk.
pub(super) fn disk(
    repository: &Repository,
    selection: &Selection,
    schema: &Schema,
) -> Result<Disk, Error> {
    let mut disk = Disk::default();
    let Some(top) = repository.workdir().filter(|_| !repository.is_bare()) else {
        return Ok(disk);
    };
    let head = super::head(repository)?;
    let head = head.map(|head| commits::tree(repository, head));
    let head = head.transpose()?;
    for (whole, deleted) in unsaved::paths(repository, selection)? {
        let path = selection.below_root(&whole).to_owned();
        // A file with a secret in its name is not read, and no name of it is told.
        if !schema.allowed_secrets().find(&path).is_empty() {
            continue;
        }
        if !deleted {
            disk.modified.insert(path.clone());
        }
        let old = match &head {
            Some(tree) => committed(tree, Path::new(&whole))?,
            None => None,
        };
        let new = content(&top.join(&whole)).map(|content| {
            let wanted = has_records(&path, schema);
            disk.keep(content, wanted)
        });
        if old != new {
            disk.differences.push(Difference { path, old, new });
        }
    }
    disk.differences.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(disk)
}

/// The blob of a path in a tree; links are blobs there, submodules and folders are not.
fn committed(tree: &git2::Tree<'_>, path: &Path) -> Result<Option<Oid>, Error> {
    match tree.get_path(path) {
        Ok(entry) => Ok((entry.kind() == Some(ObjectType::Blob)).then(|| entry.id())),
        Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// A regular file as it is on disk.
enum Content {
    Bytes(Vec<u8>),
    /// Larger than what is read, by its length.
    Large(u64),
}

/// Reads a regular file; anything else counts as not there, as it does for the site.
fn content(path: &Path) -> Option<Content> {
    let about = path.symlink_metadata().ok()?;
    if !about.is_file() {
        return None;
    }
    if about.len() > LARGEST_YAML {
        return Some(Content::Large(about.len()));
    }
    std::fs::read(path).ok().map(Content::Bytes)
}

impl Disk {
    /// Names a content as Git would, and keeps its bytes where they are `wanted`.
    fn keep(&mut self, content: Content, wanted: bool) -> Oid {
        // No text begins so: a file too large to be read is told as one that cannot be.
        let bytes = match content {
            Content::Bytes(bytes) => bytes,
            Content::Large(length) => [&[0xff], &length.to_le_bytes()[..]].concat(),
        };
        let id = Oid::hash_object(ObjectType::Blob, &bytes).unwrap_or(Oid::ZERO_SHA1);
        if wanted {
            self.contents.insert(id, bytes);
        }
        id
    }
}
