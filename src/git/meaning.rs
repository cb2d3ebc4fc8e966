//! From what differs between trees to what changed in records: versions are read, compared and
//! settled, on as many threads as help.
//!
//! A thread takes some files at a time and reads their small versions in the order of the packs,
//! then goes through each file from its oldest version: two versions are alive at once, and of a
//! commit only what it changed is kept until its last file is read.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use git2::{Error, Repository};

use super::Pulse;
use super::file::{Ahead, File};
use super::objects::{Lack, Objects, OnDisk};
use super::packs::Packs;
use super::pairs::{self, Pair, Side};
use crate::history::Changes;
use crate::history::semantic::{BecameSecret, FileDifference, Reader};
use crate::schema::Schema;

/// A thread takes files until it has so many pairs.
const TAKEN: usize = 1024;
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
    /// What became secret. Never written down.
    pub(super) became_secret: BecameSecret,
    /// What could not be read is told as broken, and may be there next time.
    pub(super) lack: Lack,
}

/// A side whose files are being read.
#[derive(Default)]
struct Open {
    left: usize,
    found: Vec<FileDifference>,
    lack: Lack,
}

/// What the threads share.
struct Shared<'m, 't> {
    meaning: Meaning<'m>,
    sides: &'m [Side<'t>],
    /// Some files each.
    shares: &'m [&'m [Vec<Pair<'t>>]],
    packs: &'m Packs,
    next: AtomicUsize,
    open: Mutex<Vec<Open>>,
    told: Mutex<Vec<Told>>,
}

impl Meaning<'_> {
    /// Tells each side; the answer stands in their order.
    pub(super) fn tell(&self, sides: &[Side<'_>]) -> Result<Vec<Told>, Error> {
        let mut counts = Vec::with_capacity(sides.len());
        let packs = match sides.len() {
            0 => Packs::default(),
            _ => Packs::read(&Repository::open(self.place)?),
        };
        let files = pairs::by_file(sides, (self.schema, &packs), &mut counts);
        let shares = shares(&files);
        let told = counts.iter().map(|_| Told::default());
        let told = told.collect();
        let open = counts.iter().map(|left| Open {
            left: *left,
            ..Open::default()
        });
        let work = Shared {
            meaning: *self,
            sides,
            shares: &shares,
            packs: &packs,
            next: AtomicUsize::new(0),
            open: Mutex::new(open.collect()),
            told: Mutex::new(told),
        };
        let pairs: usize = counts.iter().sum();
        if pairs > 0 {
            let threads = if pairs < FEW { 1 } else { THREADS };
            let done: Result<Vec<()>, Error> = std::thread::scope(|scope| {
                let others: Vec<_> = (1..threads).map(|_| scope.spawn(|| work.read())).collect();
                let own = work.read();
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
        let told = work.told.into_inner();
        Ok(told.unwrap_or_else(PoisonError::into_inner))
    }
}

/// Neighbours together, until there is enough for a thread to do.
fn shares<'m, 't>(files: &'m [Vec<Pair<'t>>]) -> Vec<&'m [Vec<Pair<'t>>]> {
    let mut shares = Vec::new();
    let (mut start, mut pairs) = (0, 0);
    for (place, file) in files.iter().enumerate() {
        pairs += file.len();
        if pairs >= TAKEN || place + 1 == files.len() {
            shares.push(&files[start..=place]);
            (start, pairs) = (place + 1, 0);
        }
    }
    shares
}

impl Shared<'_, '_> {
    /// Reads files until none is left.
    fn read(&self) -> Result<(), Error> {
        let repository = Repository::open(self.meaning.place)?;
        let store = repository.odb()?;
        let objects = Objects::new(&store, self.meaning.pulse).with(self.meaning.disk);
        while let Some(files) = self.shares.get(self.next.fetch_add(1, Ordering::Relaxed)) {
            let ahead = Ahead::read(&objects, files, self.packs, self.meaning.schema);
            for pairs in *files {
                let mut file = File::new(self.meaning, (&objects, &ahead), pairs);
                for pair in pairs {
                    let found = file.compare(pair);
                    self.close(pair.side, found, file.take_lack());
                }
            }
        }
        Ok(())
    }

    /// Notes what was found in a file of a side, and settles the side when it was the last one.
    fn close(&self, side: usize, found: FileDifference, lack: Lack) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let state = &mut open[side];
        state.found.push(found);
        state.lack = state.lack.max(lack);
        state.left -= 1;
        if state.left > 0 {
            return;
        }
        let Open {
            mut found, lack, ..
        } = std::mem::take(state);
        drop(open);
        let mut became_secret = BecameSecret::new();
        for (name, values) in found
            .iter_mut()
            .flat_map(FileDifference::take_became_secret)
        {
            became_secret.entry(name).or_default().extend(values);
        }
        let renames = self.sides[side].renames.iter();
        let renames: Vec<(String, String)> = renames
            .map(|rename| (rename.old.clone(), rename.new.clone()))
            .collect();
        let changes = self.meaning.reader.settle(found, &renames);
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told[side] = Told {
            changes,
            became_secret,
            lack,
        };
    }
}
