//! The folder beside the live one where the next site is made: `.<out>.carnet-staging/` with a marker, the new
//! site in `site/`, and after the exchange the old one. Whatever happens, dropping it cleans up.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use rayon::prelude::*;

use crate::diagnostic::failure;
use crate::publish::exchange;
use crate::publish::manifest::{Entry, MANIFEST, Manifest};
use crate::publish::previous::{self, PREVIOUS};
use crate::text;

/// The file that says that a staging folder is Carnet's, and its text.
const MARKER: (&str, &str) = ("carnet-staging", "carnet build: safe to delete\n");

/// Who may do what with a published file and folder, whatever the umask: everybody reads.
const FILE_MODE: u32 = 0o644;
const FOLDER_MODE: u32 = 0o755;

/// A site in the making.
#[derive(Debug)]
pub(super) struct Staging {
    folder: PathBuf,
    out: PathBuf,
    /// Whether the system itself gives new files and folders their final modes: a large site has a quarter of a
    /// million of them, and need not be told the mode of each.
    gives_modes: bool,
    done: bool,
}

impl Staging {
    /// Makes the folder; first cleans what a killed run left, and heals a half-done switch.
    pub(super) fn begin(out: &Path) -> anyhow::Result<Self> {
        let folder = super::beside(out, "staging")?;
        clean_left_over(&folder, out)?;
        create_private(&folder).with_context(|| folder.display().to_string())?;
        // From here on a failure cleans up: the folder is ours.
        let mut staging = Self {
            folder,
            out: out.to_owned(),
            gives_modes: false,
            done: false,
        };
        let marker = staging.folder.join(MARKER.0);
        fs::write(&marker, MARKER.1).with_context(|| marker.display().to_string())?;
        let site = staging.site();
        fs::create_dir(&site).with_context(|| site.display().to_string())?;
        let is_final = |place: &Path, mode| {
            let metadata = fs::metadata(place);
            metadata.is_ok_and(|metadata| has_mode(&metadata, mode))
        };
        staging.gives_modes = is_final(&marker, FILE_MODE) && is_final(&site, FOLDER_MODE);
        Ok(staging)
    }

    fn site(&self) -> PathBuf {
        self.folder.join("site")
    }

    /// Where the old site waits between the two steps of a switch without exchange.
    fn old(&self) -> PathBuf {
        self.folder.join("old")
    }

    /// Puts a file into the new site.
    pub(super) fn put(&self, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let place = self.site().join(path);
        self.in_folder(&place, || self.write_new(&place, bytes))
            .with_context(|| place.display().to_string())
    }

    /// Whether the live file at a path has exactly these bytes and the right mode.
    pub(super) fn is_live(&self, path: &str, bytes: &[u8]) -> bool {
        let live = self.out.join(path);
        live.symlink_metadata()
            .is_ok_and(|metadata| metadata.is_file() && has_mode(&metadata, FILE_MODE))
            && fs::read(&live).is_ok_and(|there| there == bytes)
    }

    /// The bytes of the live file at a path, if they are these and it has the right mode.
    pub(super) fn live(&self, path: &str, entry: &Entry) -> Option<Vec<u8>> {
        held(&self.out.join(path), entry)
    }

    /// Brings a live file into the new site: linked, so that its time and its place on disk stay, or copied where the
    /// file system has no links.
    pub(super) fn keep(&self, path: &str) -> anyhow::Result<()> {
        let (live, place) = (self.out.join(path), self.site().join(path));
        let kept = self.in_folder(&place, || match fs::hard_link(&live, &place) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                self.write_new(&place, &fs::read(&live)?)
            }
            linked => linked,
        });
        kept.with_context(|| live.display().to_string())
    }

    /// Makes a file; only when its folder is missing the folder is made, and the file tried again. Most files come
    /// into a folder that is there, or into one that nobody else needs: looking first would ask the system twice.
    fn in_folder<T>(&self, place: &Path, make: impl Fn() -> io::Result<T>) -> io::Result<T> {
        match (make(), place.parent()) {
            (Err(error), Some(folder)) if error.kind() == io::ErrorKind::NotFound => {
                self.create_folders(folder)?;
                make()
            }
            (done, _) => done,
        }
    }

    fn write_new(&self, place: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = fs::File::create_new(place)?;
        file.write_all(bytes)?;
        drop(file);
        if self.gives_modes {
            return Ok(());
        }
        set_mode(place, FILE_MODE)
    }

    /// Creates a folder and those above it with their final mode, whatever the umask.
    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        let made = match fs::create_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                // The new site's own folder is there: this ends.
                let parent = folder.parent().filter(|_| folder != self.site());
                self.create_folders(parent.ok_or(error)?)?;
                fs::create_dir(folder)
            }
            made => made,
        };
        match made {
            Ok(()) if self.gives_modes => Ok(()),
            Ok(()) => set_mode(folder, FOLDER_MODE),
            // Another thread was faster.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let is_folder = fs::metadata(folder)?.is_dir();
                if is_folder { Ok(()) } else { Err(error) }
            }
            Err(error) => Err(error),
        }
    }

    /// Brings over what pages of the last site name, for those who have one open.
    pub(super) fn carry(&self, old: Option<&Manifest>, new: &Manifest) -> anyhow::Result<()> {
        let mut kept = previous::to_keep(old, new);
        kept.retain(|path, entry| holds(&self.out.join(path), entry));
        if kept.is_empty() {
            return Ok(());
        }
        kept.keys().try_for_each(|path| self.keep(path))?;
        let list = Manifest::new(kept).to_json();
        self.put(PREVIOUS, list.as_bytes())
    }

    /// Writes the manifest, and waits until all of the new site is on the disk.
    pub(super) fn finish(&mut self, manifest: &Manifest) -> anyhow::Result<()> {
        let path = self.site().join(MANIFEST);
        let bytes = manifest.to_json();
        self.write_new(&path, bytes.as_bytes())
            .with_context(|| path.display().to_string())?;
        let site = self.site();
        // Who may enter the live folder may enter the new one, and nobody else.
        match fs::metadata(&self.out) {
            Ok(live) => fs::set_permissions(&site, live.permissions()),
            Err(error) if failure::is_absence(&error) => set_mode(&site, FOLDER_MODE),
            Err(error) => Err(error),
        }
        .and_then(|()| exchange::sync(&site))
        .with_context(|| site.display().to_string())
    }

    /// Switches the live folder to the new site, then removes the files of the old one.
    pub(super) fn go_live(mut self, old: Option<&Manifest>) -> anyhow::Result<()> {
        let old_place = exchange::switch(&self.site(), &self.out, &self.old())
            .with_context(|| self.out.display().to_string())?;
        self.done = true;
        let parent = super::parent(&self.out)?;
        exchange::sync(parent).with_context(|| parent.display().to_string())?;
        let removed = old_place.map_or(Ok(()), |place| remove_listed(&place, old));
        removed.with_context(|| {
            text!(
                "le nouveau site est publié, mais l’ancien n’a pas pu être effacé\u{202f}; la prochaine construction s’en charge",
                "the new site is published, but the last one could not be removed; the next build will do it"
            )
        })?;
        self.remove_folder()
    }

    /// Removes the new site.
    pub(super) fn discard(mut self) -> anyhow::Result<()> {
        self.done = true;
        let site = self.site();
        fs::remove_dir_all(&site).with_context(|| site.display().to_string())?;
        self.remove_folder()
    }

    /// Removes the folder, unless the old site held something that Carnet did not list: that stays there.
    fn remove_folder(&self) -> anyhow::Result<()> {
        let shown = || self.folder.display().to_string();
        for place in [self.site(), self.old()] {
            if place.try_exists().with_context(shown)? {
                bail!(
                    "le site est publié, mais des fichiers que Carnet n'a pas créés sont dans {place} \
                     / the site is published, but files that Carnet did not create are in {place}",
                    place = place.display()
                );
            }
        }
        fs::remove_file(self.folder.join(MARKER.0)).with_context(shown)?;
        fs::remove_dir(&self.folder).with_context(shown)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Only a failure before the switch comes here with work undone: all in the folder is ours.
        if !self.done && matches!(self.old().try_exists(), Ok(false)) {
            let _ = fs::remove_dir_all(self.site());
            // Where that failed, the next build needs the marker to know that what is left is ours.
            if matches!(self.site().try_exists(), Ok(false)) {
                let _ = fs::remove_file(self.folder.join(MARKER.0));
                let _ = fs::remove_dir(&self.folder);
            }
        }
    }
}

/// Whether a published file is there as it was written.
pub(super) fn holds(place: &Path, entry: &Entry) -> bool {
    held(place, entry).is_some()
}

/// The bytes of a published file that is there as it was written.
fn held(place: &Path, entry: &Entry) -> Option<Vec<u8>> {
    let is_file = |metadata: fs::Metadata| {
        metadata.is_file() && metadata.len() == entry.length && has_mode(&metadata, FILE_MODE)
    };
    let is_there = place.symlink_metadata().is_ok_and(is_file);
    let bytes = is_there.then(|| fs::read(place).ok()).flatten()?;
    (Entry::of(&bytes) == *entry).then_some(bytes)
}

/// Cleans the folder of a run that was killed, if it carries our marker.
fn clean_left_over(folder: &Path, out: &Path) -> anyhow::Result<()> {
    let shown = folder.display();
    let metadata = match folder.symlink_metadata() {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| shown.to_string()),
    };
    let empty = || fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    // The run may have been killed while it wrote the marker.
    let place = folder.join(MARKER.0);
    // A pipe would never end.
    let is_file = standing(&place)?.is_some_and(|there| there.is_file());
    let text = is_file.then(|| fs::read(&place)).transpose();
    let text = text.with_context(|| place.display().to_string())?;
    let marked = text.is_some_and(|text| MARKER.1.as_bytes().starts_with(&text));
    if !metadata.is_dir() || !(marked || empty()) {
        bail!(
            "{shown} : ce dossier n'est pas de Carnet ; déplacez-le / not Carnet's; move it away"
        );
    }
    let old = folder.join("old");
    if standing(&old)?.is_some() && standing(out)?.is_none() {
        fs::rename(&old, out).with_context(|| out.display().to_string())?;
    }
    for place in [folder.join("site"), old] {
        match Manifest::read(&place).with_context(|| place.display().to_string())? {
            // A whole site: the next one, or the last one after the switch.
            Some(manifest) => remove_listed(&place, Some(&manifest))?,
            None if standing(&place)?.is_some() => {
                fs::remove_dir_all(&place).with_context(|| place.display().to_string())?;
            }
            None => {}
        }
        if standing(&place)?.is_some() {
            bail!(
                "{} : des fichiers que Carnet n'a pas créés y restent ; déplacez-les \
                 / holds files that Carnet did not create; move them away",
                place.display()
            );
        }
    }
    if marked {
        fs::remove_file(folder.join(MARKER.0)).with_context(|| shown.to_string())?;
    }
    fs::remove_dir(folder).with_context(|| shown.to_string())
}

/// What stands at a path itself, be it a link; `None` where nothing does.
fn standing(place: &Path) -> anyhow::Result<Option<fs::Metadata>> {
    match place.symlink_metadata() {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if failure::is_absence(&error) => Ok(None),
        Err(error) => Err(error).with_context(|| place.display().to_string()),
    }
}

/// Removes what the manifests of a site list, the manifests, and the folders that are then empty. Whatever else is there
/// stays.
fn remove_listed(place: &Path, manifest: Option<&Manifest>) -> anyhow::Result<()> {
    let Some(manifest) = manifest else {
        return remove_empty(place);
    };
    let kept = previous::read(place).with_context(|| place.display().to_string())?;
    let paths = manifest.files.par_iter().chain(&kept);
    paths.try_for_each(|(path, _)| remove_file(&place.join(path)))?;
    let mut folders = std::collections::BTreeSet::new();
    for path in manifest.files.keys().chain(kept.keys()) {
        folders.extend(path.match_indices('/').map(|(end, _)| &path[..end]));
    }
    // Longer names first: children before their parents. One that holds something of somebody stays.
    for folder in folders.iter().rev() {
        remove_empty(&place.join(folder))?;
    }
    // Until nothing else is left, these say whose it is.
    for path in [PREVIOUS, MANIFEST] {
        remove_file(&place.join(path))?;
    }
    remove_empty(place)
}

/// Removes a file that a run before, killed while removing, may have removed already.
fn remove_file(file: &Path) -> anyhow::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| file.display().to_string())
        }
        _ => Ok(()),
    }
}

/// Removes a folder, unless it is gone or holds something.
fn remove_empty(folder: &Path) -> anyhow::Result<()> {
    use io::ErrorKind::{DirectoryNotEmpty, NotFound};
    match fs::remove_dir(folder) {
        Err(error) if !matches!(error.kind(), NotFound | DirectoryNotEmpty) => {
            Err(error).with_context(|| folder.display().to_string())
        }
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn create_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn create_private(folder: &Path) -> io::Result<()> {
    fs::create_dir(folder)
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn has_mode(metadata: &fs::Metadata, mode: u32) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o777 == mode
}

#[cfg(not(unix))]
fn has_mode(_: &fs::Metadata, _: u32) -> bool {
    true
}
