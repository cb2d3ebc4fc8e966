//! The pages of a pull, on disk until they are imported: a file each, whole or not there, and beside them
//! how far the pull has come. For their owner's eyes only; no token is ever among them.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::Asked;
use crate::import::private::{self, LOCK};

/// How far the pull has come.
const STATE: &str = "state.json";
/// An older pull is begun afresh: what it asked first may have changed.
const OLDEST: Duration = Duration::from_hours(24);

/// How far a pull has come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    /// What was asked: another question is another pull.
    pub asked: Asked,
    /// When it began, in seconds since 1970.
    pub began: u64,
    /// How many pages there are.
    pub pages: usize,
    /// The part that is being asked, by its place; after the last, all is there.
    pub part: usize,
    /// How many pages there were when the part began.
    pub part_began: usize,
    /// Where the part goes on, in the words of its interface; empty at its start.
    pub position: String,
    /// How often the part was begun again.
    pub again: u32,
    /// The parts that the server refused.
    pub refused: Vec<String>,
}

/// A spool that this process alone holds.
#[derive(Debug)]
pub(super) struct Spool {
    folder: PathBuf,
    /// Held for as long as the spool is.
    _lock: File,
}

impl Spool {
    /// Opens the spool in a folder, which is made. Fails when another process holds it
    /// ([`io::ErrorKind::WouldBlock`]) or it is a link elsewhere.
    pub fn open(folder: &Path) -> io::Result<Self> {
        make(folder)?;
        if let Some(above) = folder.parent() {
            private::ignore(above)?;
        }
        let lock = private::lock_file(folder)?;
        lock.try_lock()?;
        Ok(Self {
            folder: folder.to_owned(),
            _lock: lock,
        })
    }

    /// How far the pull of the same question has come, if it is young enough; else a new one, with
    /// nothing of an older one left.
    pub fn state(&self, asked: &Asked, now: SystemTime) -> io::Result<State> {
        let now = seconds(now);
        let text = fs::read_to_string(self.folder.join(STATE)).unwrap_or_default();
        let known: Option<State> = serde_json::from_str(&text).ok();
        let is_young = |state: &State| {
            let age = now.checked_sub(state.began);
            age.is_some_and(|age| age < OLDEST.as_secs())
        };
        let is_whole = |state: &State| (0..state.pages).all(|page| self.page(page).is_file());
        let same = known.filter(|state| state.asked == *asked && is_young(state));
        match same.filter(is_whole) {
            Some(state) => Ok(state),
            None => self.begun(asked, now),
        }
    }

    /// A new pull, with nothing of an older one left.
    pub fn fresh(&self, asked: &Asked, now: SystemTime) -> io::Result<State> {
        self.begun(asked, seconds(now))
    }

    fn begun(&self, asked: &Asked, began: u64) -> io::Result<State> {
        self.empty()?;
        Ok(State {
            asked: asked.clone(),
            began,
            ..State::default()
        })
    }

    /// The folder of the spool.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Stores a page. When this returns, it is on the disk for good.
    pub fn store(&self, page: usize, bytes: &[u8]) -> io::Result<()> {
        private::put(&self.page(page), bytes)
    }

    /// Stores how far the pull has come.
    pub fn remember(&self, state: &State) -> io::Result<()> {
        let text = serde_json::to_vec(state)?;
        private::put(&self.folder.join(STATE), &text)
    }

    /// Where a page stands.
    pub fn page(&self, page: usize) -> PathBuf {
        self.folder.join(format!("{page:06}.json"))
    }

    /// Removes all that was stored, and the folder when nothing else is in it.
    pub fn remove(self) -> io::Result<()> {
        self.empty()?;
        fs::remove_file(self.folder.join(LOCK))?;
        match fs::remove_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
            done => done,
        }
    }

    /// Removes our files; those of others stay.
    fn empty(&self) -> io::Result<()> {
        // First the state: what is left when this is interrupted is no pull.
        match fs::remove_file(self.folder.join(STATE)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if is_ours(&name) {
                fs::remove_file(&path)?;
            }
        }
        Ok(())
    }
}

fn seconds(now: SystemTime) -> u64 {
    let since = now.duration_since(UNIX_EPOCH);
    since.unwrap_or_default().as_secs()
}

/// Whether a file of the folder is a page, or one that was half written.
fn is_ours(name: &str) -> bool {
    let Some((number, end)) = name.split_once('.') else {
        return false;
    };
    let is_page = number.len() >= 6 && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_page && matches!(end, "json" | "tmp")) || name == "state.tmp"
}

/// Makes the folder, or closes to others what is there. Its files are removed by their names: never where a link leads.
fn make(folder: &Path) -> io::Result<()> {
    private::make(folder)?;
    if fs::symlink_metadata(folder)?.is_symlink() {
        return Err(io::Error::from(io::ErrorKind::NotADirectory));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(url: &str) -> Asked {
        Asked {
            url: url.to_owned(),
            ..Asked::default()
        }
    }

    #[test]
    fn the_same_question_goes_on_for_a_day() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("pull/glpi");
        let spool = Spool::open(&place).expect("a spool");
        let busy = Spool::open(&place).expect_err("held");
        assert_eq!(busy.kind(), io::ErrorKind::WouldBlock);
        let day = SystemTime::UNIX_EPOCH + Duration::from_hours(24 * 20_000);
        let mut state = spool.state(&asked("a"), day).expect("a state");
        state.pages = 1;
        state.position = "50".to_owned();
        spool.store(0, b"[]").expect("stored");
        spool.remember(&state).expect("stored");
        let hour = Duration::from_hours(1);
        let later = |hours: u32| spool.state(&asked("a"), day + hours * hour);
        assert_eq!(later(23).expect("a state"), state);
        fs::write(place.join("notes.txt"), "à moi").expect("written");
        assert_eq!(later(25).expect("a state").pages, 0);
        assert!(!spool.page(0).exists());

        spool.store(0, b"[]").expect("stored");
        spool.remember(&state).expect("stored");
        assert_eq!(spool.state(&asked("b"), day).expect("a state").pages, 0);
        spool.remember(&state).expect("stored");
        let gone = later(1).expect("a state");
        assert_eq!(gone.pages, 0, "its page is gone");
        spool.remove().expect("removed");
        let left: Vec<_> = fs::read_dir(&place)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        assert_eq!(left, ["notes.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_reads_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("pull/jira");
        fs::create_dir_all(&place).expect("a folder");
        let spool = Spool::open(&place).expect("a spool");
        spool.store(0, b"[]").expect("stored");
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(&place), mode(&spool.page(0))), (0o700, 0o600));
        spool.remove().expect("removed");
        assert!(!place.exists());
        std::os::unix::fs::symlink(folder.path(), &place).expect("a link");
        assert!(Spool::open(&place).is_err());
    }
}
