//! The files of `carnet import`: which they are, and what all of them say, joined in their order.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use rayon::prelude::*;

use crate::commands::import_sources::Sources;
use crate::diagnostic::{Language, Text, failure};
use crate::history::visible;
use crate::import::{Inventory, Pool, Refusal};
use crate::load;
use crate::text;

/// The longest file that is opened, in bytes: readers refuse less, and say why.
const LARGEST: u64 = 64 << 20;

/// The files of an import.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// Those that are read, in path order.
    pub read: Vec<PathBuf>,
    /// Those of folders that the source does not write, by the end of their names (empty: none).
    pub passed_over: BTreeMap<String, usize>,
}

/// The files named, and those of the folders named.
pub(super) fn files(paths: &[PathBuf], sources: &Sources<'_>) -> anyhow::Result<Files> {
    let mut files = Files::default();
    for path in paths {
        let shown = || visible(&path.display().to_string());
        if fs::metadata(path).with_context(shown)?.is_dir() {
            folder(path, sources, &mut files)?;
        } else {
            files.read.push(path.clone());
        }
    }
    files.read.sort();
    files.read.dedup();
    if files.read.is_empty() {
        bail!(text!(
            "ces dossiers n’ont aucun fichier que cette source écrit",
            "these folders hold no file that this source writes"
        ));
    }
    Ok(files)
}

fn folder(path: &Path, sources: &Sources<'_>, files: &mut Files) -> anyhow::Result<()> {
    let shown = || visible(&path.display().to_string());
    for entry in fs::read_dir(path).with_context(shown)? {
        let entry = entry.with_context(shown)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type().with_context(shown)?;
        let end = name.rsplit_once('.').map_or("", |(_, end)| end);
        let end = end.to_ascii_lowercase();
        if load::is_hidden(&name) {
            continue;
        }
        if kind.is_dir() {
            folder(&entry.path(), sources, files)?;
        } else if kind.is_file() && sources.takes(&end) {
            files.read.push(entry.path());
        } else if kind.is_file() {
            *files.passed_over.entry(end).or_default() += 1;
        }
    }
    Ok(())
}

/// Reads all files, joined in their order; those that cannot be read, with the reason. `language` is
/// the site's, in which sizes are written.
pub(super) fn read(
    sources: &Sources<'_>,
    files: &[PathBuf],
    language: Language,
    pool: &Pool,
) -> (Inventory, Vec<(PathBuf, Text)>) {
    if sources.joins_files() {
        return read_together(sources, files, language);
    }
    if sources.is_directory() {
        return read_directory(sources, files, pool);
    }
    let read: Vec<Result<Inventory, Text>> = files
        .par_iter()
        .map(|path| {
            let bytes = bytes(path).map_err(|error| failure::words(&error))?;
            let inventory = sources.read(&bytes, language);
            let mut inventory = inventory.map_err(|refusal| refusal.message)?;
            inventory.share(pool);
            Ok(inventory)
        })
        .collect();
    if let Some(refusal) = sources.too_heavy() {
        return all_refused(sources, files, &refusal);
    }
    let mut inventory = Inventory::new(sources.name());
    let mut refused = Vec::new();
    for (path, read) in files.iter().zip(read) {
        match read {
            Ok(mut read) => {
                if files.len() > 1 {
                    say_whose(&mut read.notes, path);
                }
                inventory.join(read);
            }
            Err(why) => refused.push((path.clone(), why)),
        }
    }
    (inventory, refused)
}

/// Reads the files of a directory one after the other: what they say of one another is linked at the end.
fn read_directory(
    sources: &Sources<'_>,
    files: &[PathBuf],
    pool: &Pool,
) -> (Inventory, Vec<(PathBuf, Text)>) {
    let mut reader = sources.directory();
    let mut notes = Vec::new();
    let mut refused = Vec::new();
    for path in files {
        let bytes = bytes(path).map_err(|error| failure::words(&error));
        let taken = bytes.and_then(|bytes| {
            let taken = sources.take(&mut reader, &bytes);
            taken.map_err(|refusal| refusal.message)
        });
        match taken {
            Ok(mut own) => {
                if files.len() > 1 {
                    say_whose(&mut own, path);
                }
                notes.extend(own);
            }
            Err(why) => refused.push((path.clone(), why)),
        }
    }
    match reader.finish() {
        Ok(mut inventory) => {
            inventory.notes.splice(0..0, notes);
            inventory.share(pool);
            (inventory, refused)
        }
        Err(refusal) => all_refused(sources, files, &refusal),
    }
}

/// Nothing of any file, for one reason.
fn all_refused(
    sources: &Sources<'_>,
    files: &[PathBuf],
    refusal: &Refusal,
) -> (Inventory, Vec<(PathBuf, Text)>) {
    let all = files.iter().cloned();
    let all = all.map(|path| (path, refusal.message.clone()));
    (Inventory::new(sources.name()), all.collect())
}

/// Says of which file notes speak: of several, a line's number alone means nothing.
fn say_whose(notes: &mut [Text], path: &Path) {
    let name = path.file_name().unwrap_or(path.as_os_str());
    let name = name.to_string_lossy();
    for note in notes {
        let Text { fr, en } = note;
        *note = text!("{name}\u{a0}: {fr}", "{name}: {en}");
    }
}

/// Reads all files of a source that says one thing in several of them.
fn read_together(
    sources: &Sources<'_>,
    files: &[PathBuf],
    language: Language,
) -> (Inventory, Vec<(PathBuf, Text)>) {
    let mut opened = Vec::new();
    let mut refused = Vec::new();
    for path in files {
        match bytes(path) {
            Ok(bytes) => opened.push((path, bytes)),
            Err(error) => refused.push((path.clone(), failure::words(&error))),
        }
    }
    let (paths, texts): (Vec<&PathBuf>, Vec<Vec<u8>>) = opened.into_iter().unzip();
    let (inventory, unread) = sources.read_together(&texts, language);
    let unread = unread.into_iter();
    refused.extend(unread.map(|(at, refusal)| (paths[at].clone(), refusal.message)));
    (inventory, refused)
}

fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?
        .take(LARGEST)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}
