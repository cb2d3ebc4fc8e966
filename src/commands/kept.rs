//! The file in which a build leaves for the next one what it found, beside its note in `.carnet/build/`.
//!
//! It is a help and nothing more: missing, damaged, of another program or audience, or made by somebody else, it is as
//! if it were not there, and where it cannot be written the next build does its work again. It holds what stands in the
//! published site, and hashes; a site's folder has one, which never holds more than its last build needed.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::SystemTime;

use crate::commands::unchanged::Place;
use crate::git;
use crate::import::private;
use crate::remembered::Remembered;

/// What the file's name ends with.
const EXTENSION: &str = "kept";
/// A larger file (bytes) was not written by us.
const LARGEST: u64 = 1 << 30;
/// So many folders of publication have one; that of the folder that waited longest goes.
const MOST: usize = 8;

/// What the last build of a site left.
pub(super) fn read(place: &Place) -> Remembered {
    let path = place.path().with_extension(EXTENSION);
    let is_file =
        |found: &Metadata| found.is_file() && found.len() <= LARGEST && git::is_private(found);
    let is_there = place.is_ours() && path.symlink_metadata().is_ok_and(|found| is_file(&found));
    let bytes = is_there.then(|| fs::read(&path).ok()).flatten();
    Remembered::of(bytes.unwrap_or_default(), &place.maker)
}

/// Leaves what a build needed, unless it is what was there.
pub(super) fn write(place: &Place, remembered: &Remembered) {
    if !remembered.is_new() || !place.makes_folder() {
        return;
    }
    let path = place.path().with_extension(EXTENSION);
    if private::put_soon(&path, &remembered.bytes(&place.maker)).is_ok()
        && let Some(folder) = path.parent()
    {
        forget_oldest(folder);
    }
}

/// Removes the files of folders that nothing was published to for long.
fn forget_oldest(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let kept = paths.filter(|path| path.extension().is_some_and(|name| name == EXTENSION));
    let changed = |path: &Path| path.symlink_metadata()?.modified();
    let mut files: Vec<_> = kept
        .map(|path| (changed(&path).unwrap_or(SystemTime::UNIX_EPOCH), path))
        .collect();
    files.sort();
    for (_, path) in files.iter().rev().skip(MOST) {
        let _ = fs::remove_file(path);
    }
}
