//! The repository on disk, read into [`History`]: the only home of git2.
//!
//! Nothing but [`Branch`] writes, no program runs, no network is used and submodules are never entered.
//! Whatever is wrong with the repository becomes a [`State`]; a site is still built.

mod branch;
mod cache;
mod commit_object;
mod commits;
mod days;
mod difference;
mod disk;
mod failure;
mod file;
mod found;
mod key;
mod later;
mod lfs;
mod lineage;
mod mailmap;
mod marks;
mod masked;
mod meaning;
mod objects;
mod packs;
mod pairs;
mod patience;
mod readers;
mod records;
mod remote;
mod renames;
mod requests;
mod revision;
mod secrets;
mod selection;
mod similarity;
mod since;
mod snapshot;
mod standing;
mod steps;
mod tags;
mod told;
mod touched;
mod trees;
mod unsaved;
mod walk;
mod wording;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Once, PoisonError};
use std::time::Duration;

use git2::{ErrorCode, Oid, Repository};

use crate::history::{Absence, History};
use crate::schema::Schema;
pub use branch::Branch;
pub use cache::is_private;
pub use difference::{changes, changes_within};
pub use remote::remote;
pub use revision::{Revision, revision, revision_within};
use selection::Selection;
pub use since::since;
pub use snapshot::{Entry, EntryKind, Snapshot, Unread};
pub use standing::{Standing, standing};
use walk::Walk;

/// What is read, and how it is understood.
#[derive(Debug, Clone)]
pub struct Request {
    /// The project's folder, which may lie below the repository's top. Paths start here.
    pub root: PathBuf,
    /// Folders and files from `root`; `""` is everything.
    pub folders: Vec<String>,
    /// The kinds and fields by which all versions of the records are read.
    pub schema: Arc<Schema>,
    /// A folder for what is remembered until the next time; without one nothing is written.
    pub cache: Option<PathBuf>,
    /// The commit (its full name) at which the history ends, in the place of the one that is
    /// checked out: what came later is unknown, the disk is not looked at, and authors are named
    /// as that commit's own `.mailmap` has it.
    pub from: Option<String>,
}

impl Request {
    /// The whole history of some folders, with nothing remembered.
    pub fn new(root: impl Into<PathBuf>, folders: &[&str], schema: Arc<Schema>) -> Self {
        Self {
            root: root.into(),
            folders: folders.iter().map(|&folder| folder.to_owned()).collect(),
            schema,
            cache: None,
            from: None,
        }
    }
}

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

/// Where a project's folder stands in its repository: empty at the top and outside of any repository, else its path
/// with a `/` at the end.
pub fn folder(root: &Path) -> String {
    let Ok(repository) = open(root) else {
        return String::new();
    };
    let selection = Selection::new(&repository, root, &[]);
    selection.map_or_else(|_| String::new(), |found| found.prefix().to_owned())
}

/// Reads the history that is asked for.
pub fn history(request: &Request) -> History {
    history_within(request, PATIENCE)
}

/// As [`history()`], giving up when nothing moved for `patience`.
pub fn history_within(request: &Request, patience: Duration) -> History {
    // A thread that loops inside libgit2 cannot be ended; `serve` must not start one per build.
    static STUCK: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    let stuck = || STUCK.lock().unwrap_or_else(PoisonError::into_inner);
    if stuck().contains(&request.root) {
        return History::absent(standstill());
    }
    let asked = request.clone();
    let found = patience::within(patience, move |pulse| read(&asked, pulse));
    found.unwrap_or_else(|| {
        stuck().insert(request.root.clone());
        History::absent(standstill())
    })
}

fn standstill() -> Absence {
    Absence::Broken {
        reason: "reading an object never ended".into(),
    }
}

/// Packs and loose objects carry zlib checksums; hashing every object again, as libgit2 does by
/// default and Git does not, doubles the time of a walk.
fn trust_checksums() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| git2::opts::strict_hash_verification(false));
}

fn read(request: &Request, pulse: &Pulse) -> History {
    trust_checksums();
    let repository = match open(&request.root) {
        Err(absence) => return History::absent(absence),
        Ok(repository) => repository,
    };
    let address = remote::of(&repository);
    let selection = Selection::new(&repository, &request.root, &request.folders);
    let read = selection.and_then(|selection| {
        let walk = Walk {
            repository: &repository,
            selection: &selection,
            request,
            pulse,
        };
        match &request.from {
            None => walk.with_disk(),
            Some(commit) => walk.from(Oid::from_str(commit)?),
        }
    });
    let mut history = read.unwrap_or_else(|error| History::absent(broken(&error)));
    history.remote = address;
    let told = history.forgetting(request.schema.forgotten());
    told.without_secrets(request.schema.allowed_secrets())
}

/// Finds the repository at or above a folder and opens it.
fn open(root: &Path) -> Result<Repository, Absence> {
    let nowhere: [&std::ffi::OsStr; 0] = [];
    let place = Repository::discover_path(root, nowhere).map_err(|error| match error.code() {
        ErrorCode::NotFound => nothing_found(root),
        _ => broken(&error),
    })?;
    Repository::open(&place).map_err(|error| match error.code() {
        ErrorCode::Owner => Absence::Distrusted {
            path: safe_directory(&place),
        },
        _ => broken(&error),
    })
}

/// Why no repository was found around a folder: a `.git` that is none has to be told from a folder without one.
fn nothing_found(root: &Path) -> Absence {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let is_there = |folder: &&Path| folder.join(".git").symlink_metadata().is_ok();
    match root.ancestors().find(is_there) {
        None => Absence::NoRepository,
        Some(folder) => Absence::Broken {
            reason: format!("{} is no repository", folder.join(".git").display()),
        },
    }
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
        // Peeling would read the author, whom libgit2 may refuse.
        Ok(head) => match head.target() {
            Some(id) => commits::bare(repository, id).map(|commit| Some(commit.id)),
            None => head.peel_to_commit().map(|commit| Some(commit.id())),
        },
        Err(error) if error.code() == ErrorCode::UnbornBranch => Ok(None),
        Err(error) => Err(error),
    }
}

fn broken(error: &git2::Error) -> Absence {
    Absence::Broken {
        reason: error.message().to_owned(),
    }
}
