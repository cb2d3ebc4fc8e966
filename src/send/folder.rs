//! A folder as a target: that of a network share, or what a web server shows. Unlike a build's folder it is not
//! exchanged as a whole, for a share has room for one site only, and what else stands there may stay.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::Target;
use crate::publish::{Lock, lock_at, place};
use crate::text;

/// The file that is locked while something is sent there.
const LOCK: &str = ".carnet-lock";

/// A folder, locked until it is dropped when it is to be sent to.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    _lock: Option<Lock>,
}

impl Folder {
    /// Opens a folder, made where there is none. Refuses one that holds the site itself, the project or
    /// somebody's home folder, and one that another sending has.
    pub fn open(folder: &Path, site: &Path, project_root: &Path) -> anyhow::Result<Self> {
        let root = place(folder, project_root)?;
        let shown = || root.display().to_string();
        apart(&root, site)?;
        fs::create_dir_all(&root).with_context(shown)?;
        let lock = lock_at(root.join(LOCK), &root)?;
        Ok(Self {
            root,
            _lock: Some(lock),
        })
    }

    /// Looks at a folder, which need not be there. Nothing may be put there by it.
    pub fn look(folder: &Path, site: &Path) -> anyhow::Result<Self> {
        let root = match folder.canonicalize() {
            Err(error) if error.kind() == ErrorKind::NotFound => std::path::absolute(folder),
            found => found,
        };
        let root = root.with_context(|| folder.display().to_string())?;
        apart(&root, site)?;
        Ok(Self { root, _lock: None })
    }

    /// Writes a file under a name of its own, then gives it its name in one step.
    fn replace(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let place = self.root.join(path);
        let beside = self.beside(path);
        if let Some(folder) = place.parent() {
            self.create_folders(folder)?;
        }
        // What a killed sending left; a link would lead elsewhere.
        absent(fs::remove_file(&beside))?;
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&beside)?;
        file.write_all(bytes)?;
        drop(file);
        everybody_reads(&beside, 0o644);
        fs::rename(&beside, &place)
    }

    /// The name under which a file is written.
    fn beside(&self, path: &str) -> PathBuf {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        self.root.join(folder).join(format!(".{name}.carnet-new"))
    }

    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        match fs::create_dir(folder) {
            Ok(()) => {
                everybody_reads(folder, 0o755);
                Ok(())
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound && folder != self.root => {
                self.create_folders(folder.parent().unwrap_or(&self.root))?;
                self.create_folders(folder)
            }
            Err(error) => Err(error),
        }
    }
}

impl Target for Folder {
    fn list(&self) -> anyhow::Result<BTreeMap<String, u64>> {
        let shown = || self.root.display().to_string();
        let mut found = BTreeMap::new();
        for entry in walkdir::WalkDir::new(&self.root).min_depth(1) {
            let entry = match entry.map_err(io::Error::from) {
                // A folder that is only looked at need not be there.
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                entry => entry.with_context(shown)?,
            };
            if entry.file_type().is_dir() || entry.file_name() == LOCK {
                continue;
            }
            let path = entry
                .path()
                .strip_prefix(&self.root)
                .unwrap_or(entry.path());
            let path = path.to_string_lossy().replace('\\', "/");
            let length = if entry.file_type().is_file() {
                entry
                    .metadata()
                    .map_err(io::Error::from)
                    .with_context(shown)?
                    .len()
            } else {
                u64::MAX
            };
            found.insert(path, length);
        }
        Ok(found)
    }

    fn read(&self, path: &str) -> anyhow::Result<Option<Vec<u8>>> {
        let place = self.root.join(path);
        match fs::read(&place) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| place.display().to_string()),
        }
    }

    fn put(&self, path: &str, bytes: &[u8], _is_lasting: bool) -> anyhow::Result<()> {
        let shown = || self.root.join(path).display().to_string();
        self.replace(path, bytes).with_context(shown)
    }

    fn remove(&self, path: &str) -> anyhow::Result<()> {
        let place = self.root.join(path);
        let shown = || place.display().to_string();
        absent(fs::remove_file(&place)).with_context(shown)?;
        // A sending that was killed while it wrote this file may have left its other name.
        absent(fs::remove_file(self.beside(path))).with_context(shown)?;
        for folder in place.ancestors().skip(1) {
            // A folder that still has something in it stays, and so do those above it.
            if folder == self.root || fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }

    #[cfg(target_os = "linux")]
    fn settle(&self) -> anyhow::Result<()> {
        let shown = || self.root.display().to_string();
        let folder = fs::File::open(&self.root).with_context(shown)?;
        rustix::fs::syncfs(folder)
            .map_err(io::Error::from)
            .with_context(shown)
    }

    /// Other systems cannot wait for a whole file system.
    #[cfg(not(target_os = "linux"))]
    fn settle(&self) -> anyhow::Result<()> {
        Ok(())
    }
}

/// Refuses a target and a site that are one in the other.
fn apart(root: &Path, site: &Path) -> anyhow::Result<()> {
    let real = site.canonicalize();
    let site = real.with_context(|| site.display().to_string())?;
    if !site.starts_with(root) && !root.starts_with(&site) {
        return Ok(());
    }
    let shown = root.display();
    bail!(text!(
        "`{shown}` et le site à envoyer sont l’un dans l’autre : choisissez un autre dossier",
        "`{shown}` and the site to be sent are one in the other: choose another folder"
    ))
}

/// A file that was not there is as good as removed.
fn absent(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// Lets everybody read, whatever the umask. A share that knows no such rights decides for itself.
#[cfg(unix)]
fn everybody_reads(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    let _ = fs::set_permissions(path, fs::Permissions::from_mode(mode));
}

#[cfg(not(unix))]
fn everybody_reads(_: &Path, _: u32) {}
