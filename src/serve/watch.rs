//! The watches on the project's folders: the only home of notify. Folders are watched, never files, because
//! editors save by renaming.

use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Config, ErrorKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::load::FOLDERS;
use crate::serve::changes::{Change, Places};

/// How often files are compared when there are no events.
const POLL: Duration = Duration::from_secs(1);

/// Watches for as long as it lives.
pub(super) struct Watch {
    _watcher: Box<dyn Watcher + Send>,
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Watch").finish_non_exhaustive()
    }
}

/// Why there is no watch.
#[derive(Debug)]
pub(super) enum Blind {
    /// The system has no more to give.
    Limit,
    /// The root is not there, or may not be read.
    Unreachable,
}

impl Watch {
    /// Starts to watch what is there now; changes go to `send`.
    pub(super) fn start(places: &Places, poll: bool, send: &Sender<Change>) -> Result<Self, Blind> {
        let handler = {
            let (places, send) = (places.clone(), send.clone());
            move |event| tell(&places, &send, event)
        };
        let config = Config::default()
            .with_follow_symlinks(false)
            .with_poll_interval(POLL);
        let mut watcher: Box<dyn Watcher + Send> = if poll {
            Box::new(PollWatcher::new(handler, config).map_err(|error| blind(&error))?)
        } else {
            Box::new(RecommendedWatcher::new(handler, config).map_err(|error| blind(&error))?)
        };
        watcher
            .watch(&places.root, RecursiveMode::NonRecursive)
            .map_err(|error| blind(&error))?;
        for (folder, mode) in folders(places) {
            if !folder.is_dir() {
                continue;
            }
            // Any other failure is a folder gone since we looked, or unreadable: the loader says so.
            if let Err(error) = watcher.watch(&folder, mode)
                && matches!(blind(&error), Blind::Limit)
            {
                return Err(Blind::Limit);
            }
        }
        Ok(Self { _watcher: watcher })
    }
}

fn folders(places: &Places) -> Vec<(PathBuf, RecursiveMode)> {
    let content = FOLDERS.into_iter().chain(["themes"]);
    let mut folders: Vec<_> = content
        .map(|folder| (places.root.join(folder), RecursiveMode::Recursive))
        .collect();
    for git in &places.git {
        folders.push((git.clone(), RecursiveMode::NonRecursive));
        folders.push((git.join("refs"), RecursiveMode::Recursive));
    }
    folders
}

/// One event of the system, told in our words.
fn tell(places: &Places, send: &Sender<Change>, event: notify::Result<notify::Event>) {
    // Nobody listens any more when the process ends.
    let tell = |change| drop(send.send(change));
    let event = match event {
        Ok(event) if event.need_rescan() => return tell(Change::Everything),
        Ok(event) => event,
        Err(error) if matches!(blind(&error), Blind::Limit) => return tell(Change::WatchLimit),
        Err(_) => return tell(Change::Everything),
    };
    // Reading is an event too, our own reading included.
    let read_only = matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write));
    if read_only {
        return;
    }
    let renamed = matches!(event.kind, EventKind::Modify(ModifyKind::Name(_)));
    for path in &event.paths {
        match places.meaning(path) {
            // Files that moved with their folder may look like those that were read there before.
            Some(Change::File(_)) if renamed && path.is_dir() => tell(Change::Everything),
            Some(change) => tell(change),
            None => {}
        }
    }
}

fn blind(error: &notify::Error) -> Blind {
    let limit = match &error.kind {
        ErrorKind::MaxFilesWatch => true,
        // How inotify says that there is no instance or no watch left.
        ErrorKind::Io(error) => {
            matches!(
                error.kind(),
                std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded
            ) || error.raw_os_error() == Some(24)
        }
        _ => false,
    };
    if limit {
        Blind::Limit
    } else {
        Blind::Unreachable
    }
}
