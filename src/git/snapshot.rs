//! A commit's tree as the files of a folder: listed in the order of a disk's walk, read by path.
//!
//! Nothing is checked out, no filter runs, submodules are not entered: a file is what Git keeps,
//! with Git LFS's content in the place of its pointer when it was downloaded.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::anyhow;
use git2::{Error, ErrorCode, ObjectType, Oid, Repository};

use super::lfs::Pointer;
use super::readers::Readers;
use super::selection::Selection;
use super::{PATIENCE, Pulse, broken, commits, open, revision};

/// Folders within folders; more is an attack on the stack.
const DEPTH: usize = 100;
/// Entries of one tree; more is a tree made to expand without end.
const ENTRIES: usize = 2_000_000;

/// Some folders of a commit.
#[derive(Debug)]
pub struct Snapshot {
    commit: String,
    entries: Vec<Entry>,
    by_path: HashMap<String, usize>,
    readers: Readers,
    /// Where linked worktrees share what they have in common.
    common: PathBuf,
}

/// A file or folder of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// From the project's root, `/` between parts; what is not UTF-8 is replaced.
    pub path: String,
    /// Whether the path is UTF-8, and so is the whole truth.
    pub is_utf8: bool,
    /// What it is.
    pub kind: EntryKind,
    id: Oid,
}

/// What an entry of a tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A folder; what it holds follows it.
    Folder,
    /// A file, executable or not.
    File {
        /// Its length in bytes as Git keeps it; 0 when the object cannot be looked at.
        length: u64,
    },
    /// A symbolic link.
    Link,
    /// Another repository, of which Git keeps the commit only.
    Submodule,
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// It is larger than asked for: its length in bytes.
    TooLarge(u64),
    /// Git LFS keeps it, and it was not downloaded.
    LargeFile,
    /// What the Git library or the system said, in its words.
    Failed(String),
}

impl Snapshot {
    /// Lists the files and folders named in `folders` (relative to `root`) as they were at a
    /// commit, by its full name. `root` may lie below the repository's top.
    pub fn open(root: &Path, commit: &str, folders: &[&str]) -> anyhow::Result<Self> {
        Self::open_within(root, commit, folders, PATIENCE)
    }

    /// As [`Self::open`], giving up when nothing moved for `patience`.
    pub fn open_within(
        root: &Path,
        commit: &str,
        folders: &[&str],
        patience: Duration,
    ) -> anyhow::Result<Self> {
        let failed = |error: &Error| anyhow!(revision::unreachable_text(broken(error)));
        let repository =
            open(root).map_err(|absence| anyhow!(revision::unreachable_text(absence)))?;
        let folders: Vec<String> = folders.iter().map(|&folder| folder.to_owned()).collect();
        let selection =
            Selection::new(&repository, root, &folders).map_err(|error| failed(&error))?;
        let id = Oid::from_str(commit).map_err(|error| failed(&error))?;
        let readers = Readers::start(repository.path(), patience)?;
        let listed = readers.ask(move |repository, pulse| {
            let mut listing = Listing {
                repository,
                selection: &selection,
                pulse,
                entries: Vec::new(),
            };
            listing.list(id).map(|()| listing.entries)
        })?;
        let entries = listed.map_err(|error| failed(&error))?;
        let exact = entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.is_utf8);
        let by_path = exact
            .map(|(place, entry)| (entry.path.clone(), place))
            .collect();
        Ok(Self {
            commit: commit.to_owned(),
            entries,
            by_path,
            readers,
            common: repository.commondir().to_path_buf(),
        })
    }

    /// The full name of the commit.
    pub fn commit(&self) -> &str {
        &self.commit
    }

    /// What stands at a path from the root.
    pub fn entry(&self, path: &str) -> Option<&Entry> {
        self.by_path.get(path).map(|place| &self.entries[*place])
    }

    /// A file or folder and all below it, each folder before what it holds, names sorted by their
    /// bytes; nothing when there is no such path.
    pub fn under(&self, path: &str) -> impl Iterator<Item = &Entry> {
        let first = self
            .by_path
            .get(path)
            .copied()
            .unwrap_or(self.entries.len());
        let inside = move |entry: &&Entry| {
            let rest = entry.path.strip_prefix(path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.entries[first..].iter().take_while(inside)
    }

    /// The bytes of a file, at most `limit` of them. May be asked by many threads at once.
    pub fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, Unread> {
        let entry = self.entry(path);
        let file = entry.filter(|entry| matches!(entry.kind, EntryKind::File { .. }));
        let id = file.ok_or(Unread::Failed("not a file".into()))?.id;
        let read = self
            .readers
            .ask(move |repository, _| blob(repository, id, limit));
        let bytes = read.unwrap_or_else(|error| Err(Unread::Failed(error.to_string())))?;
        match Pointer::read(&bytes) {
            None => Ok(bytes),
            Some(pointer) => self.large_file(&pointer, limit),
        }
    }

    fn large_file(&self, pointer: &Pointer, limit: u64) -> Result<Vec<u8>, Unread> {
        if pointer.length > limit {
            return Err(Unread::TooLarge(pointer.length));
        }
        let path = pointer.content(&self.common).ok_or(Unread::LargeFile)?;
        std::fs::read(path).map_err(|error| Unread::Failed(error.to_string()))
    }
}

fn blob(repository: &Repository, id: Oid, limit: u64) -> Result<Vec<u8>, Unread> {
    let failed = |error: Error| Unread::Failed(error.message().to_owned());
    let store = repository.odb().map_err(failed)?;
    let (length, _) = store.read_header(id).map_err(failed)?;
    if length as u64 > limit {
        return Err(Unread::TooLarge(length as u64));
    }
    let object = store.read(id).map_err(failed)?;
    if object.kind() != ObjectType::Blob {
        return Err(Unread::Failed(format!("object {id} is not a file")));
    }
    Ok(object.data().to_vec())
}

struct Listing<'l> {
    repository: &'l Repository,
    selection: &'l Selection,
    pulse: &'l Pulse,
    entries: Vec<Entry>,
}

impl Listing<'_> {
    fn list(&mut self, commit: Oid) -> Result<(), Error> {
        let tree = commits::tree(self.repository, commit)?;
        for path in self.selection.wanted() {
            let entry = match tree.get_path(Path::new(path)) {
                Ok(entry) => entry,
                Err(error) if error.code() == ErrorCode::NotFound => continue,
                Err(error) => return Err(error),
            };
            let below = self.selection.below_root(path).to_owned();
            self.add(below, true, (entry.filemode_raw(), entry.id()), 0)?;
        }
        Ok(())
    }

    fn add(
        &mut self,
        path: String,
        is_utf8: bool,
        (mode, id): (i32, Oid),
        depth: usize,
    ) -> Result<(), Error> {
        self.pulse.beat();
        if self.entries.len() >= ENTRIES || depth > DEPTH {
            return Err(Error::from_str("a tree is too large or too deep"));
        }
        let kind = match mode & 0o170_000 {
            0o040_000 => EntryKind::Folder,
            0o120_000 => EntryKind::Link,
            0o160_000 => EntryKind::Submodule,
            _ => EntryKind::File {
                length: self.length(id),
            },
        };
        let inside = (kind == EntryKind::Folder).then(|| path.clone());
        self.entries.push(Entry {
            path,
            is_utf8,
            kind,
            id,
        });
        match inside {
            Some(folder) => self.folder(&folder, is_utf8, id, depth + 1),
            None => Ok(()),
        }
    }

    fn folder(&mut self, path: &str, is_utf8: bool, id: Oid, depth: usize) -> Result<(), Error> {
        let tree = self.repository.find_tree(id)?;
        let lines = tree.iter();
        let mut lines: Vec<(Vec<u8>, i32, Oid)> = lines
            .map(|line| (line.name_bytes().to_vec(), line.filemode_raw(), line.id()))
            .collect();
        // Git sorts a folder as if its name ended with `/`; a disk's walk does not.
        lines.sort();
        for (name, mode, id) in lines {
            if !is_name(&name) {
                return Err(Error::from_str("a tree holds a name that no file can have"));
            }
            let text = std::str::from_utf8(&name);
            let inner = format!("{path}/{}", String::from_utf8_lossy(&name));
            self.add(inner, is_utf8 && text.is_ok(), (mode, id), depth)?;
        }
        Ok(())
    }

    /// The length of a blob. One that is damaged or missing (a partial clone) fails when it is read.
    fn length(&self, id: Oid) -> u64 {
        let store = self.repository.odb();
        let header = store.and_then(|store| store.read_header(id));
        header.map_or(0, |(length, _)| length as u64)
    }
}

/// Whether a disk could hold the name: a tree made by hand may say `a/../../b`.
fn is_name(name: &[u8]) -> bool {
    let separators: &[u8] = if cfg!(windows) { b"/\\:" } else { b"/" };
    let plain = !name.iter().any(|byte| separators.contains(byte));
    plain && !matches!(name, b"" | b"." | b"..")
}
