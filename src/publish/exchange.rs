//! The one step that readers see: the live folder and the new one change places.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Puts `new` in the place of `live`. Returns where the old folder is now, if there was one: by one exchange where
/// the system has it, else by two renames through `aside` (healed at the next start if the machine stops between).
pub(super) fn switch(new: &Path, live: &Path, aside: &Path) -> io::Result<Option<PathBuf>> {
    if live.symlink_metadata().is_err() {
        return fs::rename(new, live).map(|()| None);
    }
    if exchange(new, live)? {
        return Ok(Some(new.to_owned()));
    }
    fs::rename(live, aside)?;
    if let Err(error) = fs::rename(new, live) {
        fs::rename(aside, live)?;
        return Err(error);
    }
    Ok(Some(aside.to_owned()))
}

/// Exchanges two folders in one step; `false` where the system or the file system cannot.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(new: &Path, live: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, new, CWD, live, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Waits until what was written to the file system of a folder is on the disk.
#[cfg(target_os = "linux")]
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(fs::File::open(folder)?)?)
}

/// Only the folder itself: other systems cannot wait for a whole file system.
#[cfg(all(unix, not(target_os = "linux")))]
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
pub(super) fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}
