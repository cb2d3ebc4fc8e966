//! A published folder → somewhere past this machine: the folder of a share, or a store that speaks S3. Only
//! what changed is sent, what is named before what names it; only what Carnet put there is ever removed; and
//! a sending that was cut short goes on where it stopped. Entry: [`Sending`].
//!
//! What a target has is told by its own `manifest.json`, so that a fresh machine knows it too.

mod folder;
mod journal;
mod plan;
mod source;
mod store;

use std::collections::BTreeMap;

use anyhow::{Context, anyhow, bail};
use rayon::prelude::*;

pub use folder::Folder;
pub use plan::{Part, Plan, Put, known, plan};
pub use source::Source;
pub use store::{Credentials, Place, Store};

use crate::publish::{MANIFEST, Manifest};
use crate::text;
use journal::{BATCH, JOURNAL, Journal, SENT, Sent};

/// How many files are under way at once: a store is waited for most of the time.
const AT_ONCE: usize = 8;
/// How many names a refusal tells.
const NAMED: usize = 5;

/// Where a site is sent to. Paths are those of the site.
pub trait Target: Sync {
    /// Every file there, with its length; what is no plain file has the greatest length.
    fn list(&self) -> anyhow::Result<BTreeMap<String, u64>>;
    /// A file, whole; `None` where there is none.
    fn read(&self, path: &str) -> anyhow::Result<Option<Vec<u8>>>;
    /// Puts a file there in one step: whoever reads gets the old one or the new one. A lasting file never has
    /// another content under its name.
    fn put(&self, path: &str, bytes: &[u8], is_lasting: bool) -> anyhow::Result<()>;
    /// Removes a file; one that is not there is no failure.
    fn remove(&self, path: &str) -> anyhow::Result<()>;
    /// Waits until all that was put will outlive a power failure.
    fn settle(&self) -> anyhow::Result<()>;
}

/// What a sending did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// Files that were sent, without the manifest.
    pub sent: usize,
    /// Their size together.
    pub bytes: u64,
    /// Files that were there already.
    pub unchanged: usize,
    /// Files that were removed.
    pub removed: usize,
}

/// A site, a target, and what is to be done between them.
pub struct Sending<'a> {
    source: Source,
    target: &'a dyn Target,
    journal: Journal,
    plan: Plan,
    /// The manifest there is another one.
    is_new: bool,
    /// A sending was cut short there.
    is_resumed: bool,
}

impl<'a> Sending<'a> {
    /// Compares a site with what its target has. Fails when a file there that Carnet did not put would be
    /// written over.
    pub fn prepare(
        source: Source,
        target: &'a dyn Target,
        precompress: bool,
    ) -> anyhow::Result<Self> {
        let old = target.read(MANIFEST)?;
        let manifest = old.as_deref().and_then(Manifest::parse);
        if old.is_some() && manifest.is_none() {
            return Err(foreign(&[MANIFEST.to_owned()]));
        }
        let manifest = manifest.unwrap_or_else(|| Manifest::new(BTreeMap::new()));
        let audience = source.manifest().audience.as_deref();
        manifest.check_audience(audience, &"manifest.json")?;
        let cut = target.read(JOURNAL)?.and_then(|bytes| {
            let journal = Journal::parse(&bytes)?;
            Some((journal, bytes))
        });
        let is_resumed = cut.is_some();
        let known = match cut {
            Some((journal, bytes)) => {
                let sent = target.read(SENT)?;
                let sent = sent.and_then(|sent| Sent::parse(&sent, &bytes));
                journal.known(&manifest, sent.unwrap_or_default())
            }
            None => known(&manifest),
        };
        let source = if precompress {
            source.precompressed(&known)?
        } else {
            source
        };
        let mut there = target.list()?;
        for own in [MANIFEST, JOURNAL, SENT] {
            there.remove(own);
        }
        let plan =
            plan(source.manifest(), &known, Some(&there)).map_err(|names| foreign(&names))?;
        let json = source.manifest().to_json();
        Ok(Self {
            journal: Journal::new(&manifest, &known, &plan),
            is_new: old.as_deref() != Some(json.as_bytes()),
            source,
            target,
            plan,
            is_resumed,
        })
    }

    /// What is to be done.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Whether the target has another manifest, or none.
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// Whether a sending was cut short there, which this one goes on with.
    pub fn is_resumed(&self) -> bool {
        self.is_resumed
    }

    /// Does it. When it fails, what has been sent is remembered there.
    pub fn send(self) -> anyhow::Result<Sum> {
        let sum = self.sum();
        let is_idle = self.plan.puts.is_empty() && self.plan.removals.is_empty();
        if is_idle && !self.is_new && !self.is_resumed {
            return Ok(sum);
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(AT_ONCE);
        let pool = pool.build().context("rayon")?;
        let journal = self.journal.to_json();
        self.target.put(JOURNAL, &journal, false)?;
        let progress = Progress {
            target: self.target,
            sent: Sent::new(&journal),
        };
        progress.remember(0)?;
        pool.install(|| self.put_all(&progress))?;
        self.target.settle()?;
        if self.is_new {
            let manifest = self.source.manifest().to_json();
            self.target.put(MANIFEST, manifest.as_bytes(), false)?;
        }
        pool.install(|| {
            let removals = self.plan.removals.par_iter();
            removals.try_for_each(|path| self.target.remove(path))
        })?;
        self.target.remove(JOURNAL)?;
        self.target.remove(SENT)?;
        self.target.settle()?;
        Ok(sum)
    }

    /// What it does.
    pub fn sum(&self) -> Sum {
        Sum {
            sent: self.plan.puts.len(),
            bytes: self.plan.bytes(),
            unchanged: self.plan.unchanged,
            removed: self.plan.removals.len(),
        }
    }

    /// Sends all files, a batch of one step after the other.
    fn put_all(&self, progress: &Progress<'_>) -> anyhow::Result<()> {
        let mut done = 0;
        for step in self.plan.puts.chunk_by(Put::goes_with) {
            for batch in step.chunks(BATCH) {
                let results: Vec<anyhow::Result<()>> =
                    batch.par_iter().map(|put| self.put(put)).collect();
                done += results.iter().take_while(|result| result.is_ok()).count();
                let remembered = progress.check().and_then(|()| progress.remember(done));
                // What could not be sent is told before what could not be remembered of it.
                results.into_iter().collect::<anyhow::Result<()>>()?;
                remembered?;
            }
        }
        Ok(())
    }

    fn put(&self, put: &Put) -> anyhow::Result<()> {
        let bytes = self.source.bytes(&put.path)?;
        self.target.put(&put.path, &bytes, put.part == Part::Hashed)
    }
}

/// How far a sending is, kept at its target.
struct Progress<'a> {
    target: &'a dyn Target,
    sent: Sent,
}

impl Progress<'_> {
    /// Remembers how many files of the plan are there.
    fn remember(&self, files: usize) -> anyhow::Result<()> {
        self.target.put(SENT, &self.sent.with(files), false)
    }

    /// Whether nobody else has begun to send to the same target. A store has no lock.
    fn check(&self) -> anyhow::Result<()> {
        let there = self.target.read(SENT)?;
        if there.is_some_and(|there| self.sent.is_of(&there)) {
            return Ok(());
        }
        bail!(text!(
            "une autre publication vers la même cible a commencé entre-temps : celle-ci s’arrête ; relancez-la quand l’autre sera finie",
            "another publication to the same target has begun meanwhile: this one stops; run it again when the other has ended"
        ))
    }
}

/// The refusal to write over what is not Carnet's.
fn foreign(names: &[String]) -> anyhow::Error {
    let names = names.iter().take(NAMED).map(|name| format!("`{name}`"));
    let names: Vec<String> = names.collect();
    let names = names.join(", ");
    anyhow!(text!(
        "la cible a déjà des fichiers de ces noms, que Carnet n’y a pas mis : {names} ; déplacez-les ou choisissez une autre cible, rien n’a été changé",
        "the target already has files of these names that Carnet did not put there: {names}; move them away or choose another target, nothing was changed"
    ))
}
