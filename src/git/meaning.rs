//! From what differs between trees to what changed in records: versions are read, compared and
//! settled, on as many threads as help.
//!
//! A thread takes one file at a time, from its oldest version: two versions are alive at once, and
//! of a commit only what it changed is kept until its last file is read.

use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use git2::{Error, Repository};

use super::Pulse;
use super::objects::{Objects, OnDisk};
use super::pairs::{self, Blob, Pair, Side, has_records};
use crate::history::Changes;
use crate::history::semantic::{FileDifference, Reader, Version};
use crate::schema::Schema;

/// Bytes of versions kept at most while the branches of one file are read.
const KEPT: usize = 8 << 20;
/// Fewer pairs are read by one thread: opening the repository a second time costs more.
const FEW: usize = 64;
/// More threads wait for each other inside the Git library, which locks its packs.
const THREADS: usize = 2;

/// What reading needs.
#[derive(Clone, Copy)]
pub(super) struct Meaning<'m> {
    /// The repository's own folder.
    pub(super) place: &'m Path,
    pub(super) schema: &'m Schema,
    pub(super) reader: &'m Reader,
    pub(super) disk: &'m OnDisk,
    pub(super) pulse: &'m Pulse,
}

/// What differs between two trees, told by records.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) changes: Changes,
    /// Everything could be read. What could not is told as broken, and may be there next time.
    pub(super) whole: bool,
}

/// A side whose files are being read.
#[derive(Default)]
struct Open {
    left: usize,
    found: Vec<FileDifference>,
    missing: bool,
}

/// What the threads share.
struct Shared<'m, 't> {
    meaning: Meaning<'m>,
    sides: &'m [Side<'t>],
    files: &'m [Vec<Pair<'t>>],
    next: AtomicUsize,
    open: Mutex<Vec<Open>>,
    told: Mutex<Vec<Told>>,
}

impl Meaning<'_> {
    /// Tells each side; the answer stands in their order.
    pub(super) fn tell(&self, sides: &[Side<'_>]) -> Result<Vec<Told>, Error> {
        let mut counts = Vec::with_capacity(sides.len());
        let files = pairs::by_file(sides, self.schema, &mut counts);
        let told = counts.iter().map(|_| Told {
            whole: true,
            ..Told::default()
        });
        let told = told.collect();
        let open = counts.iter().map(|left| Open {
            left: *left,
            ..Open::default()
        });
        let shared = Shared {
            meaning: *self,
            sides,
            files: &files,
            next: AtomicUsize::new(0),
            open: Mutex::new(open.collect()),
            told: Mutex::new(told),
        };
        let pairs: usize = counts.iter().sum();
        if pairs > 0 {
            let threads = if pairs < FEW { 1 } else { THREADS };
            let done: Result<Vec<()>, Error> = std::thread::scope(|scope| {
                let others: Vec<_> = (1..threads)
                    .map(|_| scope.spawn(|| shared.read()))
                    .collect();
                let own = shared.read();
                let others = others.into_iter().map(|thread| {
                    let done = thread.join();
                    done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                });
                std::iter::once(own)
                    .chain(others.collect::<Vec<_>>())
                    .collect()
            });
            done?;
        }
        let told = shared.told.into_inner();
        Ok(told.unwrap_or_else(PoisonError::into_inner))
    }
}

impl Shared<'_, '_> {
    /// Reads files until none is left.
    fn read(&self) -> Result<(), Error> {
        let repository = Repository::open(self.meaning.place)?;
        let store = repository.odb()?;
        let objects = Objects::new(&store, self.meaning.pulse).with(self.meaning.disk);
        while let Some(pairs) = self.files.get(self.next.fetch_add(1, Ordering::Relaxed)) {
            let mut file = File::new(self.meaning, &objects, pairs);
            for pair in pairs {
                let found = file.compare(pair);
                self.close(pair.side, found, file.take_missing());
            }
        }
        Ok(())
    }

    /// Notes what was found in a file of a side, and settles the side when it was the last one.
    fn close(&self, side: usize, found: FileDifference, missing: bool) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let state = &mut open[side];
        state.found.push(found);
        state.missing |= missing;
        state.left -= 1;
        if state.left > 0 {
            return;
        }
        let Open { found, missing, .. } = std::mem::take(state);
        drop(open);
        let renames = self.sides[side].renames.iter();
        let renames: Vec<(String, String)> = renames
            .map(|rename| (rename.old.clone(), rename.new.clone()))
            .collect();
        let changes = self.meaning.reader.settle(found, &renames);
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told[side] = Told {
            changes,
            whole: !missing,
        };
    }
}

/// A file that is being read from its oldest version.
struct File<'f, 't> {
    meaning: Meaning<'f>,
    objects: &'f Objects<'f>,
    /// How often each version is still asked for.
    uses: HashMap<Blob<'t>, u32>,
    kept: HashMap<Blob<'t>, (Rc<Version>, usize)>,
    bytes: usize,
    /// For a broken version, the last one before it that could be read.
    good: HashMap<Blob<'t>, Blob<'t>>,
    missing: bool,
}

impl<'f, 't> File<'f, 't> {
    fn new(meaning: Meaning<'f>, objects: &'f Objects<'f>, pairs: &[Pair<'t>]) -> Self {
        let mut uses = HashMap::new();
        for blob in pairs.iter().flat_map(|pair| [pair.old, pair.new]).flatten() {
            *uses.entry(blob).or_default() += 1;
        }
        Self {
            meaning,
            objects,
            uses,
            kept: HashMap::new(),
            bytes: 0,
            good: HashMap::new(),
            missing: false,
        }
    }

    /// What differs between two versions. A version that cannot be read is passed over: what
    /// mends it is compared with the last one before it on the same line.
    fn compare(&mut self, pair: &Pair<'t>) -> FileDifference {
        let reader = self.meaning.reader;
        let old = pair.old.map(|blob| (blob, self.version(blob)));
        let new = pair.new.map(|blob| (blob, self.version(blob)));
        let is_broken = |side: &Option<(Blob<'t>, Rc<Version>)>| {
            side.as_ref()
                .is_some_and(|(_, version)| version.is_broken())
        };
        let (old_broken, new_broken) = (is_broken(&old), is_broken(&new));
        let last = old.as_ref().and_then(|(blob, _)| match old_broken {
            true => self.good.get(blob).copied(),
            false => Some(*blob),
        });
        if let (Some((blob, _)), true) = (&new, new_broken) {
            match last {
                Some(last) => drop(self.good.insert(*blob, last)),
                None => drop(self.good.remove(blob)),
            }
        }
        let [old, new] = [old, new].map(|side| side.map(|(_, version)| version));
        let [old, new] = [old.as_deref(), new.as_deref()];
        if !old_broken || new_broken {
            return reader.compare(old, new, pair.keep);
        }
        let last = last.map(|blob| self.version(blob));
        match (last.as_deref(), new) {
            (last, Some(new)) => reader.mended(last, new, pair.keep),
            (Some(last), None) => reader.compare(Some(last), None, pair.keep),
            (None, None) => reader.compare(old, None, pair.keep),
        }
    }

    fn version(&mut self, blob: Blob<'t>) -> Rc<Version> {
        let left = self.uses.get_mut(&blob);
        let left = left.map_or(0, |left| {
            *left = left.saturating_sub(1);
            *left
        });
        if left == 0
            && let Some((version, bytes)) = self.kept.remove(&blob)
        {
            self.bytes -= bytes;
            return version;
        }
        if let Some((version, _)) = self.kept.get(&blob) {
            return Rc::clone(version);
        }
        let (version, bytes) = self.read(blob);
        let version = Rc::new(version);
        if left > 0 {
            if self.bytes + bytes > KEPT {
                self.kept.clear();
                self.bytes = 0;
            }
            self.bytes += bytes;
            self.kept.insert(blob, (Rc::clone(&version), bytes));
        }
        version
    }

    /// A file without records is compared by its name in Git: a picture need not be read.
    fn read(&mut self, blob: Blob<'t>) -> (Version, usize) {
        let Meaning { reader, schema, .. } = self.meaning;
        if !has_records(blob.path, schema) {
            return (reader.version(blob.path, blob.id.as_bytes()), 0);
        }
        let read = |bytes: &[u8]| (reader.version(blob.path, bytes), bytes.len());
        self.objects.blob(blob.id, read).unwrap_or_else(|| {
            self.missing = true;
            // No text begins so: what is not there is told as what cannot be read.
            (reader.version(blob.path, &[0xff]), 0)
        })
    }

    fn take_missing(&mut self) -> bool {
        std::mem::take(&mut self.missing)
    }
}
