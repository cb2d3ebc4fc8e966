//! A site → a folder, safely: a build that fails or is killed never changes the live site, and nothing
//! that Carnet did not create is ever deleted. Entry: [`publish`].
//!
//! All is written beside the live folder, then the two are exchanged in one step.

mod exchange;
mod guard;
mod lock;
mod manifest;
mod offline;
mod staging;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::pipeline::Build;
pub use manifest::{Entry, MANIFEST, Manifest};
use staging::{Staging, Written};

/// What a publication did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Published {
    /// Files of the site, without the manifest.
    pub files: usize,
    /// Their size together.
    pub bytes: u64,
    /// Files that are new or have new content.
    pub written: usize,
    /// Files that stayed as they were on disk.
    pub unchanged: usize,
}

/// How a publication ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The folder shows the site.
    Published(Published),
    /// Pages could not be rendered; the folder is as before.
    Broken(Vec<Diagnostic>),
}

/// Renders every path and puts the site into `out`, whose parent folder must be writable. `project_root` and
/// its folders of content are never written to. Fails, with the live site untouched, when `out` holds something
/// that Carnet did not create, when another build is at work, or when the disk does not do what it is asked.
pub fn publish(build: &Build, out: &Path, project_root: &Path) -> anyhow::Result<Outcome> {
    let out = guard::place(out, project_root)?;
    let _lock = lock::lock(&out)?;
    let mut staging = Staging::begin(&out)?;
    let old = guard::owned(&out)?;
    let paths = build.paths();
    if let Some(path) = paths.iter().find(|path| !manifest::is_inside(path)) {
        bail!("{path} : adresse refusée / refused address");
    }
    let rendered: Vec<anyhow::Result<Rendered>> = paths
        .par_iter()
        .map(|path| write_one(build, path, &staging, old.as_ref()))
        .collect();
    let mut files = BTreeMap::new();
    let mut broken = Vec::new();
    let mut published = Published::default();
    for (path, rendered) in paths.into_iter().zip(rendered) {
        match rendered? {
            Err(diagnostic) => broken.push(diagnostic),
            Ok((entry, written)) => {
                published.count(&entry, written);
                files.insert(path, entry);
            }
        }
    }
    if !broken.is_empty() {
        staging.discard()?;
        return Ok(Outcome::Broken(broken));
    }
    for (path, bytes) in offline::lists(&build.site, &files) {
        let (entry, written) = put(&path, &bytes, &staging, old.as_ref())?;
        published.count(&entry, written);
        files.insert(path, entry);
    }
    staging.finish(&Manifest::new(files))?;
    // Rendering took a while: whatever was put into the live folder meanwhile must not be moved away.
    let old = guard::owned(&out)?;
    staging.go_live(old.as_ref())?;
    Ok(Outcome::Published(published))
}

impl Published {
    fn count(&mut self, entry: &Entry, written: Written) {
        self.files += 1;
        self.bytes += entry.length;
        match written {
            Written::New => self.written += 1,
            Written::Kept => self.unchanged += 1,
        }
    }
}

/// One page in the new site, or what is wrong with its template.
type Rendered = Result<(Entry, Written), Diagnostic>;

fn write_one(
    build: &Build,
    path: &str,
    staging: &Staging,
    old: Option<&Manifest>,
) -> anyhow::Result<Rendered> {
    let bytes = match build.render(path) {
        Some(Ok(bytes)) => bytes,
        Some(Err(diagnostic)) => return Ok(Err(diagnostic)),
        None => bail!("{path} : page annoncée mais absente / announced but missing"),
    };
    put(path, &bytes, staging, old).map(Ok)
}

/// Puts bytes at a path of the new site.
fn put(
    path: &str,
    bytes: &[u8],
    staging: &Staging,
    old: Option<&Manifest>,
) -> anyhow::Result<(Entry, Written)> {
    let entry = Entry::of(bytes);
    let same = old.is_some_and(|old| old.files.get(path) == Some(&entry));
    let written = staging.put(path, bytes, same)?;
    Ok((entry, written))
}

/// The folder that holds a path, which is absolute and not `/`.
fn parent(path: &Path) -> anyhow::Result<&Path> {
    path.parent().context("/")
}

/// A hidden name beside `out`, for what belongs to publishing it.
fn beside(out: &Path, what: &str) -> anyhow::Result<PathBuf> {
    let name = out.file_name().context("/")?.to_string_lossy();
    Ok(parent(out)?.join(format!(".{name}.carnet-{what}")))
}
