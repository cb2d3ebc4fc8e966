//! What earlier runs found, in `.carnet/history/` of the project: a file that may vanish at any time.
//!
//! One line a commit, in the order of the history, below a line that says what they depend on and
//! what their bytes must hash to. Another schema makes another file and the old one goes: a field
//! that became secret leaves no value behind. Whatever is wrong with the file, it is not there.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write as _;
use std::path::Path;

use git2::Oid;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::renames::Rename;
use crate::digest::{hex, sha256};
use crate::history::Changes;

/// Below the folder of the cache.
const NAME: &str = "commits.jsonl";
/// A larger file (bytes) was not written by us.
const LARGEST: u64 = 1 << 30;

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    /// What the comparison of trees depends on.
    trees: String,
    /// What the meaning of versions depends on.
    meaning: String,
    /// SHA-256 of all that follows the first line.
    body: String,
}

/// What a commit did, as it is kept.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entry<'e> {
    pub(super) id: Cow<'e, str>,
    #[serde(default, skip_serializing_if = "<[String]>::is_empty")]
    pub(super) paths: Cow<'e, [String]>,
    #[serde(default, skip_serializing_if = "<[Vec<Rename>]>::is_empty")]
    pub(super) renames: Cow<'e, [Vec<Rename>]>,
    /// Contents of schema files that it brought.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) kinds: Vec<String>,
    pub(super) changes: Cow<'e, Changes>,
    /// A value is hidden because of a later commit.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) redacted: bool,
}

/// What differs between two trees, as it is kept.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Step<'e> {
    pub(super) old: Cow<'e, str>,
    pub(super) new: Cow<'e, str>,
    pub(super) changes: Cow<'e, Changes>,
    /// A value is hidden because of a later commit.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) redacted: bool,
}

/// A line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Line<'e> {
    Commit(Entry<'e>),
    Step(Step<'e>),
}

impl Line<'_> {
    /// As it is written.
    pub(super) fn written(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }
}

/// What was found before. Whoever uses a line takes it out.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// What the changes depend on; they hold for no other.
    pub(super) meaning: String,
    /// Some of it holds only with all the commits that stand beside it.
    pub(super) redacted: bool,
    /// By the name of the commit, with the line as written.
    pub(super) commits: HashMap<String, (Entry<'static>, String)>,
    /// The names of the commits, in the order of the history.
    pub(super) order: Vec<Oid>,
    /// By the names of two trees, with the line as written.
    pub(super) steps: HashMap<(String, String), (Changes, String)>,
}

impl Known {
    /// Reads what stands in a folder and depends on the same `trees`. Empty when there is none, or
    /// anything is wrong with it.
    pub(super) fn read(folder: Option<&Path>, trees: &str) -> Self {
        folder
            .and_then(|folder| read(folder, trees))
            .unwrap_or_default()
    }
}

fn read(folder: &Path, trees: &str) -> Option<Known> {
    if !is_folder(folder) || !folder.parent().is_some_and(is_folder) {
        return None;
    }
    let path = folder.join(NAME);
    let about = path.symlink_metadata().ok()?;
    if !about.is_file() || about.len() > LARGEST || !is_private(&about) {
        return None;
    }
    let text = std::fs::read_to_string(path).ok()?;
    let (head, body) = text.split_once('\n')?;
    let head: Head = serde_json::from_str(head).ok()?;
    if head.trees != trees || head.body != hex(&sha256(body)) {
        return None;
    }
    let lines: Vec<&str> = body.lines().collect();
    let lines: Option<Vec<(Line<'static>, String)>> = lines
        .into_par_iter()
        .map(|line| Some((serde_json::from_str(line).ok()?, line.to_owned())))
        .collect();
    let mut known = Known {
        meaning: head.meaning,
        ..Known::default()
    };
    for (line, written) in lines? {
        match line {
            Line::Commit(entry) => {
                known.redacted |= entry.redacted;
                known.order.extend(Oid::from_str(&entry.id));
                known.commits.insert(entry.id.to_string(), (entry, written));
            }
            Line::Step(step) => {
                known.redacted |= step.redacted;
                let trees = (step.old.into_owned(), step.new.into_owned());
                known
                    .steps
                    .insert(trees, (step.changes.into_owned(), written));
            }
        }
    }
    Some(known)
}

fn is_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|about| about.is_dir())
}

/// Whether nobody else can read or write a file. What came with a clone is not: Git keeps no such
/// mode, so no history that somebody made up is taken for one that was read.
#[cfg(unix)]
pub fn is_private(about: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    matches!(about.permissions().mode() & 0o777, 0o400 | 0o600)
}

/// Windows has no such mode: a file that came with a clone cannot be told from one written here.
#[cfg(not(unix))]
pub fn is_private(_: &std::fs::Metadata) -> bool {
    true
}

/// Puts lines in the place of what was kept. A folder that cannot be written is no failure: the
/// next run reads the history again.
pub(super) fn write(folder: &Path, keys: (&str, &str), lines: &[String]) {
    let _ = try_write(folder, keys, lines);
}

fn try_write(folder: &Path, keys: (&str, &str), lines: &[String]) -> std::io::Result<()> {
    make(folder)?;
    let length = lines.iter().map(|line| line.len() + 1).sum();
    let mut body = String::with_capacity(length);
    for line in lines {
        body.push_str(line);
        body.push('\n');
    }
    let head = Head {
        trees: keys.0.to_owned(),
        meaning: keys.1.to_owned(),
        body: hex(&sha256(&body)),
    };
    let temporary = folder.join(format!("{NAME}.{}", std::process::id()));
    let written = fill(&temporary, &serde_json::to_string(&head)?, &body)
        .and_then(|()| std::fs::rename(&temporary, folder.join(NAME)));
    if written.is_err() {
        let _ = std::fs::remove_file(&temporary);
    }
    written
}

/// The folder, for its owner only, in one that keeps it out of every commit. Nothing is made where
/// a link leads.
fn make(folder: &Path) -> std::io::Result<()> {
    let parent = folder.parent().unwrap_or(folder);
    for (path, mode) in [(parent, 0o755), (folder, 0o700)] {
        if path.symlink_metadata().is_err() {
            folder_builder(mode).create(path)?;
        }
        if !is_folder(path) {
            return Err(std::io::Error::from(std::io::ErrorKind::NotADirectory));
        }
    }
    let ignore = parent.join(".gitignore");
    if ignore.symlink_metadata().is_err() {
        std::fs::write(ignore, "*\n")?;
    }
    Ok(())
}

#[cfg(unix)]
fn folder_builder(mode: u32) -> std::fs::DirBuilder {
    let mut builder = std::fs::DirBuilder::new();
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, mode);
    builder
}

#[cfg(not(unix))]
fn folder_builder(_: u32) -> std::fs::DirBuilder {
    std::fs::DirBuilder::new()
}

fn fill(path: &Path, head: &str, body: &str) -> std::io::Result<()> {
    // What a run that was killed left behind under the same number.
    let _ = std::fs::remove_file(path);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(head.as_bytes())?;
    file.write_all(b"\n")?;
    file.write_all(body.as_bytes())
}
