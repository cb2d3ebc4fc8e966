//! The spool: inventories that were answered for and wait for their import, a file each. A file is
//! written beside its place, synced and moved there, so that it is whole or not there whatever ends
//! the process. Its name is made of what is in it: a repeat takes the place of the first.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use crate::digest;
use crate::import::private;

/// The folder of what waits.
const WAITING: &str = "waiting";
/// The folder of what could not be imported, with the reason beside each.
const REJECTED: &str = "rejected";
/// How many rejected inventories are kept: the latest.
const MOST_REJECTED: usize = 200;

/// How much may wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Files.
    pub files: usize,
    /// Bytes of all files.
    pub bytes: u64,
}

/// Why an inventory was not stored.
#[derive(Debug)]
pub enum Failure {
    /// So much waits that nothing more is taken for now.
    Full,
    /// The disk refused.
    Disk(io::Error),
}

/// A file that waits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Waiting {
    /// When it was stored, for the last time.
    pub stored: SystemTime,
    /// Where it stands.
    pub path: PathBuf,
    /// Its length.
    pub bytes: u64,
}

/// A spool that this process alone holds.
#[derive(Debug)]
pub struct Spool {
    folder: PathBuf,
    room: Room,
    /// What waits, with what is being written.
    taken: Mutex<Room>,
    written: AtomicU64,
    stored: AtomicU64,
    /// Held for as long as the spool is.
    _lock: File,
}

impl Spool {
    /// Opens a spool, makes its folder where there is none, and clears what a killed process left half
    /// written. Fails when another process holds it.
    pub fn open(folder: &Path, room: Room) -> io::Result<Self> {
        private::make(folder)?;
        private::ignore(folder)?;
        let lock = private::lock_file(folder)?;
        lock.try_lock()?;
        for name in [WAITING, REJECTED] {
            let own = folder.join(name);
            private::make(&own)?;
            // What agents send stays where people look for it.
            if own.is_symlink() {
                return Err(io::ErrorKind::NotADirectory.into());
            }
        }
        let spool = Self {
            folder: folder.to_owned(),
            room,
            taken: Mutex::new(Room { files: 0, bytes: 0 }),
            written: AtomicU64::new(0),
            stored: AtomicU64::new(0),
            _lock: lock,
        };
        for entry in fs::read_dir(folder.join(WAITING))? {
            let path = entry?.path();
            if path.extension().is_some_and(|end| end == "tmp") {
                fs::remove_file(path)?;
            }
        }
        let all = spool.waiting()?;
        *spool.taken() = Room {
            files: all.len(),
            bytes: all.iter().map(|one| one.bytes).sum(),
        };
        Ok(spool)
    }

    /// Stores what a device sent. When this returns, it is on the disk for good.
    pub fn store(&self, device: &str, bytes: &[u8]) -> Result<(), Failure> {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        {
            let mut taken = self.taken();
            if taken.files >= self.room.files
                || taken.bytes.saturating_add(length) > self.room.bytes
            {
                return Err(Failure::Full);
            }
            taken.files += 1;
            taken.bytes += length;
        }
        let name = format!("{}-{}", digest::short(device, 8), digest::short(bytes, 8));
        let written = self.put(&name, bytes);
        if !matches!(written, Ok(false)) {
            self.give_back(length);
        }
        written.map_err(Failure::Disk)?;
        self.stored.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Writes a file beside its place and moves it there; whether one of that name was there.
    fn put(&self, name: &str, bytes: &[u8]) -> io::Result<bool> {
        let folder = self.folder.join(WAITING);
        let number = self.written.fetch_add(1, Ordering::Relaxed);
        let beside = folder.join(format!("{name}.{number}.tmp"));
        let place = folder.join(format!("{name}.json"));
        let written = private::write(&beside, bytes).and_then(|()| {
            // Two that arrive at once must not both count as the first.
            let _taken = self.taken();
            let was_there = place.exists();
            fs::rename(&beside, &place).map(|()| was_there)
        });
        match written {
            Ok(was_there) => {
                if let Err(error) = private::sync(&folder) {
                    if was_there {
                        return Err(error);
                    }
                    // Not surely there: the agent is told so, and comes again.
                    let _ = fs::remove_file(&place);
                    return Err(error);
                }
                Ok(was_there)
            }
            Err(error) => {
                // Best effort: what is left is cleared at the next start.
                let _ = fs::remove_file(&beside);
                Err(error)
            }
        }
    }

    /// What waits, in the order in which it was stored.
    pub fn waiting(&self) -> io::Result<Vec<Waiting>> {
        let mut all = Vec::new();
        for entry in fs::read_dir(self.folder.join(WAITING))? {
            let entry = entry?;
            let path = entry.path();
            if path.extension().is_some_and(|end| end == "json") {
                let metadata = entry.metadata()?;
                all.push(Waiting {
                    stored: metadata.modified()?,
                    path,
                    bytes: metadata.len(),
                });
            }
        }
        all.sort();
        Ok(all)
    }

    /// Removes a file that was imported, unless it was stored again meanwhile.
    pub fn done(&self, one: &Waiting) -> io::Result<()> {
        let mut taken = self.taken();
        if is_same(one)? {
            fs::remove_file(&one.path)?;
            give_back(&mut taken, one.bytes);
        }
        Ok(())
    }

    /// Puts a file aside that cannot be imported, with the reason beside it.
    pub fn reject(&self, one: &Waiting, reason: &str) -> io::Result<()> {
        let folder = self.folder.join(REJECTED);
        let place = folder.join(one.path.file_name().unwrap_or_default());
        {
            let mut taken = self.taken();
            fs::rename(&one.path, &place)?;
            give_back(&mut taken, one.bytes);
        }
        fs::write(place.with_extension("txt"), format!("{reason}\n"))?;
        let mut all = Vec::new();
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            if entry.path().extension().is_some_and(|end| end == "json") {
                all.push((entry.metadata()?.modified()?, entry.path()));
            }
        }
        all.sort();
        let over = all.len().saturating_sub(MOST_REJECTED);
        for (_, path) in all.into_iter().take(over) {
            // The reason may be missing: its folder is people's to tidy.
            let _ = fs::remove_file(path.with_extension("txt"));
            fs::remove_file(path)?;
        }
        Ok(())
    }

    /// How many files this process has stored, repeats included.
    pub fn stored(&self) -> u64 {
        self.stored.load(Ordering::Relaxed)
    }

    /// The folder of the spool.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn give_back(&self, bytes: u64) {
        give_back(&mut self.taken(), bytes);
    }

    fn taken(&self) -> MutexGuard<'_, Room> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn give_back(taken: &mut Room, bytes: u64) {
    taken.files = taken.files.saturating_sub(1);
    taken.bytes = taken.bytes.saturating_sub(bytes);
}

/// Whether a file is still the one that was listed.
fn is_same(one: &Waiting) -> io::Result<bool> {
    match fs::metadata(&one.path) {
        Ok(metadata) => Ok(metadata.modified()? == one.stored),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(files: usize, bytes: u64) -> Room {
        Room { files, bytes }
    }

    #[test]
    fn a_repeat_is_stored_once_and_comes_last() {
        let folder = tempfile::tempdir().expect("a folder");
        let spool = Spool::open(folder.path(), room(10, 1_000)).expect("a spool");
        spool.store("a", b"1").expect("stored");
        std::thread::sleep(std::time::Duration::from_millis(20));
        spool.store("a", b"2").expect("stored");
        std::thread::sleep(std::time::Duration::from_millis(20));
        let texts = |spool: &Spool| -> Vec<String> {
            let all = spool.waiting().expect("a list").into_iter();
            all.map(|one| fs::read_to_string(one.path).expect("a file"))
                .collect()
        };
        assert_eq!(texts(&spool), ["1", "2"]);
        spool.store("a", b"1").expect("stored");
        assert_eq!(texts(&spool), ["2", "1"]);
        assert_eq!(*spool.taken(), room(2, 2));
        assert!(Spool::open(folder.path(), room(10, 1_000)).is_err(), "held");
        fs::write(folder.path().join("waiting/x.0.tmp"), "hal").expect("written");
        drop(spool);
        let spool = Spool::open(folder.path(), room(10, 1_000)).expect("a spool");
        assert_eq!((texts(&spool).len(), *spool.taken()), (2, room(2, 2)));
        assert!(!folder.path().join("waiting/x.0.tmp").exists());
    }

    #[test]
    fn what_waits_is_bounded() {
        let folder = tempfile::tempdir().expect("a folder");
        let spool = Spool::open(folder.path(), room(2, 10)).expect("a spool");
        spool.store("a", b"12345").expect("stored");
        assert!(matches!(spool.store("b", b"123456"), Err(Failure::Full)));
        spool.store("b", b"1234").expect("stored");
        assert!(matches!(spool.store("c", b"1"), Err(Failure::Full)));
        let all = spool.waiting().expect("a list");
        spool.done(&all[0]).expect("removed");
        spool.done(&all[0]).expect("it is gone already");
        spool.reject(&all[1], "illisible").expect("put aside");
        assert_eq!(*spool.taken(), room(0, 0));
        let reasons = fs::read_dir(folder.path().join("rejected")).expect("a folder");
        let texts = reasons
            .filter_map(Result::ok)
            .filter(|entry| entry.path().extension().is_some_and(|end| end == "txt"));
        assert_eq!(texts.count(), 1);
        spool.store("c", b"1").expect("stored");
    }

    #[test]
    fn what_was_stored_again_meanwhile_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let spool = Spool::open(folder.path(), room(2, 10)).expect("a spool");
        spool.store("a", b"1").expect("stored");
        let all = spool.waiting().expect("a list");
        std::thread::sleep(std::time::Duration::from_millis(20));
        spool.store("a", b"1").expect("stored");
        spool.done(&all[0]).expect("nothing to do");
        assert_eq!(spool.waiting().expect("a list").len(), 1);
    }
}
