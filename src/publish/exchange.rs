//! The one step that readers see: the live folder and the new one change places.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::failure;

/// Puts `new` in the place of `live`. Returns where the old folder is now, if there was one: by one exchange where
/// the system has it, else by two renames through `aside` (healed at the next start if the machine stops between).
pub(super) fn switch(new: &Path, live: &Path, aside: &Path) -> io::Result<Option<PathBuf>> {
    match live.symlink_metadata() {
        Ok(_) => {}
        Err(error) if failure::is_absence(&error) => {
            return fs::rename(new, live).map(|()| None);
        }
        Err(error) => return Err(error),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Folders of one file each, and the place for a step between.
    fn folders() -> (tempfile::TempDir, [PathBuf; 3]) {
        let top = tempfile::tempdir().expect("a folder");
        let [new, live, aside] = ["new", "live", "aside"].map(|name| top.path().join(name));
        for folder in [&new, &live] {
            fs::create_dir(folder).expect("a folder");
            let name = folder.file_name().expect("a name").to_string_lossy();
            fs::write(folder.join("name"), name.as_bytes()).expect("a file");
        }
        (top, [new, live, aside])
    }

    fn name(folder: &Path) -> String {
        fs::read_to_string(folder.join("name")).expect("a file")
    }

    /// Where the system has it, and the temporary folder is on a disk that has it.
    #[test]
    #[cfg(target_os = "linux")]
    fn two_folders_change_places_in_one_step() {
        let (_top, [new, live, aside]) = folders();
        let old = switch(&new, &live, &aside).expect("switched");
        assert_eq!((old, aside.exists()), (Some(new.clone()), false));
        assert_eq!((name(&live), name(&new)), ("new".into(), "live".into()));
    }

    #[test]
    fn where_nothing_stands_the_new_one_is_put() {
        let (_top, [new, live, aside]) = folders();
        fs::remove_dir_all(&live).expect("removed");
        assert_eq!(switch(&new, &live, &aside).expect("switched"), None);
        assert_eq!((name(&live), new.exists()), ("new".into(), false));
    }
}
