//! A site → a folder, safely: a build that fails or is killed never changes the live site, and nothing
//! that Carnet did not create is ever deleted. Entry: [`publish`].
//!
//! All is written beside the live folder, then the two are exchanged in one step.

mod exchange;
mod guard;
mod lock;
mod manifest;
mod merge;
mod offline;
mod shard;
mod staging;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::pipeline::Build;
pub use guard::place;
pub use lock::{Lock, lock_at};
pub use manifest::{Entry, MANIFEST, Manifest, is_inside};
pub use merge::merge;
pub use shard::{SHARD, Shard};
use staging::Staging;

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
    publish_part(build, out, project_root, None)
}

/// The same for one part of the paths, where one is given, with the hash of the site's inputs.
pub fn publish_part(
    build: &Build,
    out: &Path,
    project_root: &Path,
    part: Option<(Shard, &str)>,
) -> anyhow::Result<Outcome> {
    let out = place(out, project_root)?;
    let _lock = lock::lock(&out)?;
    let staging = Staging::begin(&out)?;
    let old = guard::owned(&out)?;
    let mut paths = build.paths();
    let all = paths.len();
    paths.retain(|path| part.is_none_or(|(shard, _)| shard.holds(path)));
    if let Some(path) = paths.iter().find(|path| !is_inside(path)) {
        bail!("{path} : adresse refusée / refused address");
    }
    let rendered: Vec<anyhow::Result<Rendered>> = paths
        .par_iter()
        .map(|path| write_one(build, path, &staging, old.as_ref()))
        .collect();
    let mut made = Made::default();
    let mut broken = Vec::new();
    for (path, rendered) in paths.into_iter().zip(rendered) {
        match rendered? {
            Err(diagnostic) => broken.push(diagnostic),
            Ok(file) => made.add(path, file),
        }
    }
    if !broken.is_empty() {
        staging.discard()?;
        return Ok(Outcome::Broken(broken));
    }
    let more = match part {
        Some((shard, inputs)) => shard::file(shard, inputs, &build.site, all),
        None => offline::lists(offline::sections(&build.site).as_ref(), &made.files),
    };
    for (path, bytes) in more {
        let file = put(&path, &bytes, &staging, old.as_ref())?;
        made.add(path, file);
    }
    made.show(staging, old.as_ref(), &out)
        .map(Outcome::Published)
}

/// The files of the new site.
#[derive(Debug, Default)]
struct Made {
    /// All of them.
    files: BTreeMap<String, Entry>,
    /// Those that the live site has: they are not written, and brought over when the whole is known.
    kept: Vec<String>,
}

impl Made {
    fn add(&mut self, path: String, file: Put) {
        if file.is_live {
            self.kept.push(path.clone());
        }
        self.files.insert(path, file.entry);
    }

    /// Puts these files into the place of the live ones, unless they are the same.
    fn show(
        self,
        mut staging: Staging,
        old: Option<&Manifest>,
        out: &Path,
    ) -> anyhow::Result<Published> {
        let published = self.published();
        let manifest = Manifest::new(self.files);
        if published.written == 0 && old == Some(&manifest) {
            // The live site has every byte of the new one, and no file more: there is nothing to exchange.
            staging.discard()?;
            return Ok(published);
        }
        let kept = self.kept.par_iter();
        kept.try_for_each(|path| staging.keep(path))?;
        staging.finish(&manifest)?;
        // Rendering took a while: whatever was put into the live folder meanwhile must not be moved away.
        let old = guard::owned(out)?;
        staging.go_live(old.as_ref())?;
        Ok(published)
    }

    fn published(&self) -> Published {
        Published {
            files: self.files.len(),
            bytes: self.files.values().map(|entry| entry.length).sum(),
            written: self.files.len() - self.kept.len(),
            unchanged: self.kept.len(),
        }
    }
}

/// A file of the new site.
#[derive(Debug)]
struct Put {
    entry: Entry,
    /// The live site has it; else it is written already.
    is_live: bool,
}

/// One page, or what is wrong with its template.
type Rendered = Result<Put, Diagnostic>;

fn write_one(
    build: &Build,
    path: &str,
    staging: &Staging,
    old: Option<&Manifest>,
) -> anyhow::Result<Rendered> {
    match build.render(path) {
        Some(Ok(bytes)) => put(path, &bytes, staging, old).map(Ok),
        Some(Err(diagnostic)) => Ok(Err(diagnostic)),
        None => bail!("{path} : page annoncée mais absente / announced but missing"),
    }
}

/// Puts bytes at a path of the new site, unless the live site has them there.
fn put(path: &str, bytes: &[u8], staging: &Staging, old: Option<&Manifest>) -> anyhow::Result<Put> {
    let entry = Entry::of(bytes);
    let is_listed = old.is_some_and(|old| old.files.get(path) == Some(&entry));
    let is_live = is_listed && staging.is_live(path, bytes);
    if !is_live {
        staging.put(path, bytes)?;
    }
    Ok(Put { entry, is_live })
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
