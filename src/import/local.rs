//! What imports keep on this machine alone, in `.carnet/import/`: a lock, so that two never write at
//! once, and what a batch is about to remember, so that one that was cut short knows its own values.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::import::place::place;
use crate::import::plan::FileChange;
use crate::import::private;
use crate::import::state::{STATES, State, States};
use crate::text;

/// The folder, from the root.
const FOLDER: &str = ".carnet/import";
/// The states of the batch whose records are being written.
const PENDING: &str = "pending.json";

/// The right to import into a project, of this process alone; the system takes it back when the process
/// ends, however it ends.
#[derive(Debug)]
pub struct Lock(File);

impl Lock {
    /// Takes the right, or fails when another process has it.
    pub fn take(root: &Path) -> anyhow::Result<Self> {
        let mut file = open(root)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut process = String::new();
                // Who it is only helps: a file that cannot be read says nothing.
                let _ = file.read_to_string(&mut process);
                let process = process.trim();
                let (fr, en) = if process.is_empty() {
                    (String::new(), String::new())
                } else {
                    (
                        format!(" (processus {process})"),
                        format!(" (process {process})"),
                    )
                };
                bail!(text!(
                    "un autre import de ce projet est en cours{fr} : rien n’est écrit ; recommencez quand il sera fini",
                    "another import into this project is running{en}: nothing is written; try again once it has ended"
                ));
            }
            Err(TryLockError::Error(error)) => return Err(error).context(FOLDER),
        }
        Self::signed(file)
    }

    /// Takes the right as soon as nobody else has it.
    pub fn wait(root: &Path) -> anyhow::Result<Self> {
        let file = open(root)?;
        file.lock().context(FOLDER)?;
        Self::signed(file)
    }

    /// Says whose it is.
    fn signed(mut file: File) -> anyhow::Result<Self> {
        let process = std::process::id();
        let written = file.set_len(0).and_then(|()| write!(file, "{process}"));
        written.context(FOLDER)?;
        Ok(Self(file))
    }
}

impl Drop for Lock {
    /// Whose it was says nothing any more.
    fn drop(&mut self) {
        let _ = self.0.set_len(0);
    }
}

fn open(root: &Path) -> anyhow::Result<File> {
    let folder = folder(root)?;
    private::lock_file(&folder).with_context(|| folder.display().to_string())
}

/// The folder, which is made in a project that is there; a link in its place is refused.
fn folder(root: &Path) -> anyhow::Result<PathBuf> {
    let folder = place(root, FOLDER)?;
    let made = if root.is_dir() {
        private::make(&folder).and_then(|()| private::ignore(&folder))
    } else {
        Err(io::ErrorKind::NotFound.into())
    };
    made.with_context(|| folder.display().to_string())?;
    for name in [private::LOCK, PENDING] {
        place(&folder, name)?;
    }
    Ok(folder)
}

/// Notes which states are about to be written, before any of their records is.
pub(super) fn note(root: &Path, states: &BTreeMap<String, FileChange>) -> anyhow::Result<()> {
    let texts = states.iter();
    let texts = texts.filter_map(|(path, change)| Some((path, change.after.as_deref()?)));
    let texts: BTreeMap<&String, &str> = texts.collect();
    let text = serde_json::to_vec(&texts)?;
    let folder = folder(root)?;
    // The note must be there, by its name, before the records change.
    private::put(&folder.join(PENDING), &text).with_context(|| folder.display().to_string())
}

/// Forgets them: all are written.
pub(super) fn forget(root: &Path) -> anyhow::Result<()> {
    let pending = place(root, FOLDER)?.join(PENDING);
    match fs::remove_file(&pending) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| pending.display().to_string())
        }
        _ => Ok(()),
    }
}

/// The states that an import which was cut short was about to write, by path from the root. A note that
/// cannot be read is none: it was cut short itself, and no record was written yet.
pub(super) fn pending(root: &Path) -> anyhow::Result<States> {
    let place = place(root, FOLDER)?.join(PENDING);
    let text = match fs::read(&place) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(States::new()),
        Err(error) => return Err(error).with_context(|| place.display().to_string()),
    };
    let texts: BTreeMap<String, String> = serde_json::from_slice(&text).unwrap_or_default();
    let states = texts.into_iter().filter_map(|(path, text)| {
        let is_state = Path::new(&path).starts_with(STATES);
        Some((path, State::parse(&text)?)).filter(|_| is_state)
    });
    Ok(states.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_import_has_the_right() {
        let root = tempfile::tempdir().expect("a folder");
        let first = Lock::take(root.path()).expect("free");
        let error = Lock::take(root.path()).expect_err("taken");
        let process = std::process::id().to_string();
        assert!(format!("{error:#}").contains(&process), "{error:#}");
        drop(first);
        drop(Lock::take(root.path()).expect("free again"));
        drop(Lock::wait(root.path()).expect("free again"));
        Lock::take(&root.path().join("absent")).expect_err("no project");
        assert!(!root.path().join("absent").exists());
    }

    #[cfg(unix)]
    #[test]
    fn what_is_kept_is_for_its_owner() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().expect("a folder");
        let state = State {
            record: "asset:a".to_owned(),
            ..State::default()
        };
        let path = State::path("csv", "asset", "a");
        let change = FileChange {
            before: None,
            after: Some(state.print()),
        };
        let own = [
            (path.clone(), change.clone()),
            ("carnet.yaml".to_owned(), change),
        ];
        note(root.path(), &own.into()).expect("noted");
        let mode = fs::metadata(root.path().join(FOLDER))
            .expect("a folder")
            .permissions();
        assert_eq!(mode.mode() & 0o777, 0o700);
        assert_eq!(pending(root.path()).expect("read"), [(path, state)].into());
        forget(root.path()).expect("forgotten");
        forget(root.path()).expect("nothing there");
        assert_eq!(pending(root.path()).expect("read"), States::new());
        fs::write(root.path().join(FOLDER).join(PENDING), "{\"inv").expect("written");
        assert_eq!(pending(root.path()).expect("read"), States::new());
    }
}
