//! One build at a time for a folder. The system frees the lock of a killed process.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::diagnostic::failure;
use crate::text;

/// Held while a folder is published to.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

/// Takes the lock of a folder, or fails at once when another build has it.
pub(super) fn lock(out: &Path) -> anyhow::Result<Lock> {
    lock_at(super::beside(out, "lock")?, out)
}

/// Takes the lock of a folder by a file at a path of its own.
pub fn lock_at(path: PathBuf, out: &Path) -> anyhow::Result<Lock> {
    loop {
        refuse_what_is_no_file(&path)?;
        let file = fs::OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .with_context(|| path.display().to_string())?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => bail!(
                "{} : une autre publication est en cours / another build is publishing to it",
                out.display()
            ),
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| path.display().to_string());
            }
        }
        // The one before may have removed the file between our opening and our locking it.
        if is_still_there(&file, &path).with_context(|| path.display().to_string())? {
            return Ok(Lock { file, path });
        }
    }
}

/// Opening a pipe waits for somebody at its other end; a link would make a file elsewhere.
fn refuse_what_is_no_file(path: &Path) -> anyhow::Result<()> {
    let is_other = |metadata: fs::Metadata| !metadata.is_file();
    if path.symlink_metadata().is_ok_and(is_other) {
        let shown = path.display();
        bail!(text!(
            "{shown}\u{a0}: ce n’est pas un fichier ordinaire, et Carnet a besoin de ce nom pour son verrou\u{202f}; déplacez-le",
            "{shown}: not a regular file, and Carnet needs this name for its lock; move it away"
        ));
    }
    Ok(())
}

#[cfg(unix)]
fn is_still_there(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let here = file.metadata()?;
    match path.symlink_metadata() {
        Ok(there) => Ok((here.dev(), here.ino()) == (there.dev(), there.ino())),
        Err(error) if failure::is_absence(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(not(unix))]
fn is_still_there(_: &File, path: &Path) -> io::Result<bool> {
    path.try_exists()
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Our lock files are empty; whatever else has this name is somebody's.
        if self
            .file
            .metadata()
            .is_ok_and(|metadata| metadata.len() == 0)
        {
            let _ = fs::remove_file(&self.path);
        }
    }
}
