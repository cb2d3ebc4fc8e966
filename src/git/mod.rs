//! The repository on disk, read into [`History`]: the only home of git2.
//!
//! Nothing is written, no program runs, no network is used and submodules are never entered.
//! Whatever is wrong with the repository becomes a [`State`]; a site is still built.

mod commits;
mod days;
mod lfs;
mod lineage;
mod mailmap;
mod objects;
mod patience;
mod readers;
mod remote;
mod renames;
mod revision;
mod selection;
mod similarity;
mod snapshot;
mod status;
mod steps;
mod touched;
mod trees;
mod wording;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Once, PoisonError};
use std::time::Duration;

use git2::{ErrorCode, Oid, Repository};

use crate::history::{Absence, History, State};
use mailmap::Mailmap;
pub use remote::remote;
pub use revision::{Revision, revision, revision_within};
use selection::Selection;
pub use snapshot::{Entry, EntryKind, Snapshot, Unread};

/// How long reading may stand still before the repository is given up: a truncated loose object
/// makes libgit2 1.9 loop for ever.
const PATIENCE: Duration = Duration::from_mins(1);

/// Counts what was read, so that a slow repository is told from a stuck one.
#[derive(Debug, Clone, Default)]
struct Pulse(Arc<AtomicU64>);

impl Pulse {
    fn beat(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Reads the history of the paths named in `folders` (relative to `root`, folders or files; `""`
/// is everything). `root` may lie below the repository's top; paths in the answer start at `root`.
pub fn history(root: &Path, folders: &[&str]) -> History {
    history_within(root, folders, PATIENCE)
}

/// As [`history()`], giving up when nothing moved for `patience`.
pub fn history_within(root: &Path, folders: &[&str], patience: Duration) -> History {
    history_of(root, folders, None, patience)
}

/// As [`history()`], as it was at a commit (its full name): what came later is unknown, the disk
/// is not looked at, and authors are named as that commit's own `.mailmap` has it.
pub fn history_from(root: &Path, folders: &[&str], commit: &str) -> History {
    history_of(root, folders, Some(commit.to_owned()), PATIENCE)
}

fn history_of(root: &Path, folders: &[&str], from: Option<String>, patience: Duration) -> History {
    // A thread that loops inside libgit2 cannot be ended; `serve` must not start one per build.
    static STUCK: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    let stuck = || STUCK.lock().unwrap_or_else(PoisonError::into_inner);
    if stuck().contains(root) {
        return History::absent(standstill());
    }
    let place = root.to_path_buf();
    let folders: Vec<String> = folders.iter().map(|&folder| folder.to_owned()).collect();
    let found = patience::within(patience, move |pulse| {
        read(&place, &folders, from.as_deref(), pulse)
    });
    found.unwrap_or_else(|| {
        stuck().insert(root.to_path_buf());
        History::absent(standstill())
    })
}

fn standstill() -> Absence {
    Absence::Broken {
        reason: "reading an object never ended".into(),
    }
}

fn read(root: &Path, folders: &[String], from: Option<&str>, pulse: &Pulse) -> History {
    static TRUST_CHECKSUMS: Once = Once::new();
    // Packs and loose objects carry zlib checksums; hashing every object again, as libgit2 does
    // by default and Git does not, doubles the time of a walk.
    TRUST_CHECKSUMS.call_once(|| git2::opts::strict_hash_verification(false));
    match open(root) {
        Err(absence) => History::absent(absence),
        Ok(repository) => {
            let address = remote::of(&repository);
            let selection = Selection::new(&repository, root, folders);
            let read = selection.and_then(|selection| match from {
                None => read_open(&repository, &selection, pulse),
                Some(commit) => {
                    let names = wording::names_of(&repository, Oid::from_str(commit)?);
                    walk(
                        &repository,
                        Oid::from_str(commit)?,
                        &names,
                        &selection,
                        pulse,
                    )
                }
            });
            let mut history = read.unwrap_or_else(|error| History::absent(broken(&error)));
            history.remote = address;
            history
        }
    }
}

fn read_open(
    repository: &Repository,
    selection: &Selection,
    pulse: &Pulse,
) -> Result<History, git2::Error> {
    // The disk is looked at while the commits are walked: neither waits for the other's locks.
    let place = repository.path();
    let (modified, walked) = std::thread::scope(|scope| {
        let status = scope.spawn(|| status::modified(&Repository::open(place)?, selection));
        let walked = head(repository).and_then(|head| match head {
            None => Ok(History::absent(Absence::NoCommit)),
            Some(head) => {
                let names = wording::names(repository, head);
                walk(repository, head, &names, selection, pulse)
            }
        });
        let modified = status.join();
        let modified = modified.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (modified, walked)
    });
    let mut history = walked?;
    history.modified = modified?;
    Ok(history)
}

fn walk(
    repository: &Repository,
    head: Oid,
    names: &Mailmap,
    selection: &Selection,
    pulse: &Pulse,
) -> Result<History, git2::Error> {
    let commits = commits::list(repository, head, names, pulse)?;
    let touched = touched::by_commit(repository, &commits, selection, pulse)?;
    let by_path = lineage::by_path(&commits, &touched);
    let state = if commits.iter().any(|commit| commit.cut) {
        State::Shallow
    } else {
        State::Complete
    };
    let said = commits.into_iter().zip(touched);
    let said = said.map(|(mut commit, touched)| {
        commit.said.files = u32::try_from(touched.paths.len()).unwrap_or(u32::MAX);
        commit.said
    });
    let mut history = History::new(state, said.collect(), by_path);
    history.head = Some(head.to_string());
    Ok(history)
}

/// Finds the repository at or above a folder and opens it.
fn open(root: &Path) -> Result<Repository, Absence> {
    let nowhere: [&std::ffi::OsStr; 0] = [];
    let place = Repository::discover_path(root, nowhere).map_err(|error| match error.code() {
        ErrorCode::NotFound => Absence::NoRepository,
        _ => broken(&error),
    })?;
    Repository::open(&place).map_err(|error| match error.code() {
        ErrorCode::Owner => Absence::Distrusted {
            path: safe_directory(&place),
        },
        _ => broken(&error),
    })
}

/// The folder that `safe.directory` has to name: the one that holds `.git`, or a bare repository.
fn safe_directory(place: &Path) -> String {
    let inside = place.file_name().is_some_and(|name| name == ".git");
    let folder = place.parent().filter(|_| inside).unwrap_or(place);
    let shown = folder.to_string_lossy();
    shown.trim_end_matches('/').to_owned()
}

/// The commit that is checked out; `None` before the first one.
fn head(repository: &Repository) -> Result<Option<Oid>, git2::Error> {
    match repository.head() {
        Ok(head) => head.peel_to_commit().map(|commit| Some(commit.id())),
        Err(error) if error.code() == ErrorCode::UnbornBranch => Ok(None),
        Err(error) => Err(error),
    }
}

fn broken(error: &git2::Error) -> Absence {
    Absence::Broken {
        reason: error.message().to_owned(),
    }
}
