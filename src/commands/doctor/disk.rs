//! Room on the disk of the project, where the cache and, by default, the site are written.

use std::path::Path;

use crate::commands::doctor::Observation;

/// Less than this (MiB) is little: a site of 10,000 pages and its cache take some 500.
#[cfg(unix)]
const LITTLE: u64 = 1024;
/// A site of 10,000 pages has some 30,000 files.
#[cfg(unix)]
const FEW_FILES: u64 = 50_000;

/// How much can be written there.
#[cfg(unix)]
pub(super) fn room(root: &Path) -> Option<Observation> {
    use crate::text;

    let found = rustix::fs::statvfs(root).ok()?;
    let free = found.f_bavail.saturating_mul(found.f_frsize) >> 20;
    // Some file systems make places for files as they are needed, and count none.
    let files = (found.f_files > 0).then_some(found.f_favail);
    let about = text!("disque", "disk");
    let said = match files {
        Some(files) => text!(
            "{free}\u{a0}Mio et {files} fichiers libres",
            "{free} MiB and {files} files free"
        ),
        None => text!("{free}\u{a0}Mio libres", "{free} MiB free"),
    };
    let is_little = free < LITTLE || files.is_some_and(|files| files < FEW_FILES);
    let advice = || {
        text!(
            "une publication écrit le site entier à côté de celui d’avant\u{a0}: faites de la place, ou publiez ailleurs par `carnet build --out`",
            "publishing writes the whole site beside the last one: make room, or publish elsewhere by `carnet build --out`"
        )
    };
    Some(if is_little {
        Observation::doubtful(about, said, advice())
    } else {
        Observation::good(about, said)
    })
}

/// How much can be written there: not known on this system.
#[cfg(not(unix))]
pub(super) fn room(_: &Path) -> Option<Observation> {
    None
}
