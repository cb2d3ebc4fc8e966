//! A site → a folder, safely: a build that fails or is killed never changes the live site, and nothing
//! that Carnet did not create is ever deleted. Entry: [`publish`].
//!
//! All is written beside the live folder, then the two are exchanged in one step.

mod audit;
mod exchange;
mod guard;
mod index;
mod kept;
mod lock;
mod manifest;
mod merge;
mod offline;
mod previous;
mod shard;
mod shrink;
mod staging;
mod verify;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::pipeline::Build;
use crate::search::Index;
pub use audit::audit;
pub use guard::place;
pub use lock::{Lock, lock_at};
pub use manifest::{Entry, MANIFEST, Manifest, hash_of, is_inside};
pub use merge::merge;
pub use shard::{SHARD, Shard};
use staging::Staging;
pub use verify::{Trouble, verify};

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

/// Who wants to know how long things take; called from several threads at once.
pub trait Observer: Sync {
    /// A page or file of the site was rendered.
    fn rendered(&self, path: &str, elapsed: Duration);

    /// A page needed not be rendered: its published file is what it would become.
    fn kept(&self, path: &str, elapsed: Duration);

    /// The search index was made, beside the pages.
    fn indexed(&self, elapsed: Duration);
}

struct Nobody;

impl Observer for Nobody {
    fn rendered(&self, _: &str, _: Duration) {}

    fn kept(&self, _: &str, _: Duration) {}

    fn indexed(&self, _: Duration) {}
}

/// Renders every path and puts the site into `out`, whose parent folder must be writable. `project_root` and
/// its folders of content are never written to. Fails, with the live site untouched, when `out` holds something
/// that Carnet did not create, when another build is at work, or when the disk does not do what it is asked.
pub fn publish(build: &Build, out: &Path, project_root: &Path) -> anyhow::Result<Outcome> {
    let asked = Asked {
        part: None,
        accepts_shrink: false,
        observer: &Nobody,
    };
    publish_as_asked(build, out, project_root, asked)
}

/// How a publication is made.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// One part of the paths, with the hash of the site's inputs; all without one.
    pub part: Option<(Shard, &'a str)>,
    /// Whether the site may be much smaller than the last one.
    pub accepts_shrink: bool,
    /// Who learns how long things take.
    pub observer: &'a dyn Observer,
}

impl Asked<'_> {
    fn holds(&self, path: &str) -> bool {
        self.part.is_none_or(|(shard, _)| shard.holds(path))
    }
}

/// The same as somebody asks for it.
pub fn publish_as_asked(
    build: &Build,
    out: &Path,
    project_root: &Path,
    asked: Asked<'_>,
) -> anyhow::Result<Outcome> {
    let out = place(out, project_root)?;
    let _lock = lock::lock(&out)?;
    let staging = Staging::begin(&out)?;
    let old = guard::owned(&out)?;
    if !asked.accepts_shrink && asked.part.is_none() {
        shrink::check(old.as_ref(), build.site.paths())?;
    }
    let audience = build.audience.name();
    if let Some(old) = &old {
        old.check_audience(audience, &out.display())?;
    }
    let place = Place {
        staging: &staging,
        old: old.as_ref(),
    };
    let (index, (mut made, mut broken)) = pages(build, place, asked)?;
    let (files, more) = index::put(build, &index, place, asked)?;
    made.join(files);
    broken.extend(more);
    if !broken.is_empty() {
        staging.discard()?;
        return Ok(Outcome::Broken(broken));
    }
    let more = match asked.part {
        Some((shard, inputs)) => shard::file(shard, inputs, &build.site, build.paths().len()),
        None => offline::lists(offline::sections(&build.site).as_ref(), &made.files),
    };
    for (path, bytes) in more {
        let file = place.put(&path, &bytes)?;
        made.add(path, file);
    }
    made.audience = audience.map(str::to_owned);
    made.show(staging, old.as_ref(), &out)
        .map(Outcome::Published)
}

/// Makes the index and puts all pages; what is wrong with these stands beside. Parts of the index are made by one thread
/// alone: the others render pages meanwhile. What is asked of the database comes before it, so that the two largest things
/// that a build makes are not held at once.
fn pages(
    build: &Build,
    place: Place<'_>,
    asked: Asked<'_>,
) -> anyhow::Result<(Arc<Index>, Written)> {
    let paths = build.site.paths().map(str::to_owned);
    let (of_database, others) = paths.partition(|path| build.site.asks_database(path));
    let put = |paths| write(build, paths, place, asked, &|path| build.render(path));
    let ((answers, (index, elapsed)), pages) = rayon::join(
        || {
            let answers = put(of_database);
            build.site.forget_database();
            (answers, timed(|| index::made(build, place)))
        },
        || put(others),
    );
    asked.observer.indexed(elapsed);
    let (mut made, mut broken) = pages?;
    let (files, more) = answers?;
    made.join(files);
    broken.extend(more);
    Ok((index, (made, broken)))
}

/// Whether a folder holds a whole site, byte for byte, of which the manifest has this hash, and nothing else. What stands
/// there is read to the last byte. Fails where [`publish`] does.
pub fn stands(out: &Path, project_root: &Path, hash: &str) -> anyhow::Result<Option<Published>> {
    let out = place(out, project_root)?;
    let _lock = lock::lock(&out)?;
    if hash_of(&out).as_deref() != Some(hash) {
        return Ok(None);
    }
    let Some(manifest) = guard::owned(&out)? else {
        return Ok(None);
    };
    let is_whole = |(path, entry): (&String, &Entry)| staging::holds(&out.join(path), entry);
    if !manifest.files.par_iter().all(is_whole) {
        return Ok(None);
    }
    Ok(Some(Published {
        files: manifest.files.len(),
        bytes: manifest.files.values().map(|entry| entry.length).sum(),
        written: 0,
        unchanged: manifest.files.len(),
    }))
}

/// The files of the new site.
#[derive(Debug, Default)]
struct Made {
    /// Whom they are for.
    audience: Option<String>,
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

    fn join(&mut self, mut other: Self) {
        self.files.append(&mut other.files);
        self.kept.append(&mut other.kept);
    }

    /// Puts these files into the place of the live ones, unless they are the same.
    fn show(
        self,
        mut staging: Staging,
        old: Option<&Manifest>,
        out: &Path,
    ) -> anyhow::Result<Published> {
        let published = self.published();
        let manifest = Manifest::new(self.files).read_by(self.audience.as_deref());
        if published.written == 0 && old == Some(&manifest) {
            // The live site has every byte of the new one, and no file more: there is nothing to exchange.
            staging.discard()?;
            return Ok(published);
        }
        let kept = self.kept.par_iter();
        kept.try_for_each(|path| staging.keep(path))?;
        staging.carry(old, &manifest)?;
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

/// Where files of the new site are put.
#[derive(Debug, Clone, Copy)]
struct Place<'a> {
    staging: &'a Staging,
    /// What the live site has.
    old: Option<&'a Manifest>,
}

impl Place<'_> {
    /// The bytes of the live file at a path, if they are still what was written there.
    fn kept(self, path: &str, entry: &Entry) -> Option<Vec<u8>> {
        let is_listed = self.old?.files.get(path) == Some(entry);
        is_listed.then(|| self.staging.live(path, entry)).flatten()
    }

    /// Puts bytes at a path of the new site, unless the live site has them there.
    fn put(self, path: &str, bytes: &[u8]) -> anyhow::Result<Put> {
        let entry = Entry::of(bytes);
        let is_listed = self
            .old
            .is_some_and(|old| old.files.get(path) == Some(&entry));
        let is_live = is_listed && self.staging.is_live(path, bytes);
        if !is_live {
            self.staging.put(path, bytes)?;
        }
        Ok(Put { entry, is_live })
    }
}

/// What was put, and what is wrong with templates.
type Written = (Made, Vec<Diagnostic>);

/// The bytes of a path; `None` where the site has no such path.
type Render<'a> = dyn Fn(&str) -> Option<Result<Vec<u8>, Diagnostic>> + Sync + 'a;

/// Renders the paths that are asked for and puts what they hold; what is wrong with templates stands beside.
fn write(
    build: &Build,
    mut paths: Vec<String>,
    place: Place<'_>,
    asked: Asked<'_>,
    render: &Render<'_>,
) -> anyhow::Result<Written> {
    paths.retain(|path| asked.holds(path));
    if let Some(path) = paths.iter().find(|path| !is_inside(path)) {
        bail!("{path} : adresse refusée / refused address");
    }
    let one = |path: &String| -> anyhow::Result<Result<Put, Diagnostic>> {
        let (kept, comparing) = timed(|| kept::Page::compare(build, path, place));
        if let Some(file) = kept.file {
            asked.observer.kept(path, comparing);
            return Ok(Ok(file));
        }
        let (rendered, elapsed) = timed(|| render(path));
        asked.observer.rendered(path, comparing + elapsed);
        match rendered {
            Some(Ok(bytes)) => {
                if let Some(diagnostic) = audit::leak(build.hidden.as_ref(), path, &bytes) {
                    return Ok(Err(diagnostic));
                }
                let file = place.put(path, &bytes)?;
                kept.remember(build, &file.entry);
                Ok(Ok(file))
            }
            Some(Err(diagnostic)) => Ok(Err(diagnostic)),
            None => bail!("{path} : page annoncée mais absente / announced but missing"),
        }
    };
    let written: Vec<_> = paths.par_iter().map(one).collect();
    let (mut made, mut broken) = (Made::default(), Vec::new());
    for (path, written) in paths.into_iter().zip(written) {
        match written? {
            Err(diagnostic) => broken.push(diagnostic),
            Ok(file) => made.add(path, file),
        }
    }
    Ok((made, broken))
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let made = work();
    (made, started.elapsed())
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
