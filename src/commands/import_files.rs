//! The files of `carnet import`: which they are, and what all of them say, joined in their order.

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Read};
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
    /// Pipes, devices and sockets in folders, which nobody opens.
    pub special: usize,
}

/// The files named, and those of the folders named.
pub(super) fn files(paths: &[PathBuf], sources: &Sources<'_>) -> anyhow::Result<Files> {
    let mut files = Files::default();
    for path in paths {
        let shown = || visible(&path.display().to_string());
        let kind = fs::metadata(path)
            .map_err(|error| unseen(path, error))
            .with_context(shown)?;
        if kind.is_dir() {
            folder(path, sources, &mut files)?;
        } else if kind.is_file() {
            files.read.push(path.clone());
        } else {
            // Whoever opens it may wait for ever for somebody to write.
            let Text { fr, en } = no_file();
            let shown = shown();
            bail!(text!("{shown}\u{a0}: {fr}", "{shown}: {en}"));
        }
    }
    files.read.sort();
    files.read.dedup();
    if files.read.is_empty() {
        let folders = paths.iter();
        let folders = folders.map(|path| format!("`{}`", visible(&path.display().to_string())));
        let folders = folders.collect::<Vec<_>>().join(", ");
        bail!(text!(
            "{folders}\u{a0}: aucun fichier que cette source écrit",
            "{folders}: no file that this source writes"
        ));
    }
    Ok(files)
}

/// What is neither a file nor a folder.
fn no_file() -> Text {
    text!(
        "ce n’est ni un fichier ni un dossier, mais un tube, un périphérique ou une socket\u{202f}; enregistrez d’abord ce qu’il donne dans un fichier",
        "this is neither a file nor a folder, but a pipe, a device or a socket; save what it gives into a file first"
    )
}

/// Why a file cannot be looked at; of a link that leads to itself, in words that say so.
fn unseen(path: &Path, error: std::io::Error) -> anyhow::Error {
    let is_other = !matches!(
        error.kind(),
        ErrorKind::NotFound | ErrorKind::PermissionDenied
    );
    if is_other && path.is_symlink() {
        return text!(
            "lien symbolique en boucle, qui ne mène à aucun fichier",
            "a symbolic link that leads to itself, and to no file"
        )
        .into();
    }
    error.into()
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
        } else if !kind.is_symlink() {
            files.special += 1;
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
