//! What was written and is not committed yet, so that a process that ends between the two commits it the next
//! time; and only if the files are still as they were written, and were nobody else's before.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::git::Branch;
use crate::http::tag;
use crate::import::{Batch, FileChange};

/// Paths from the project's folder, each with the mark of its text; none: the file is gone.
type Marks = BTreeMap<String, Option<String>>;

/// The journal of one branch.
pub(super) struct Journal {
    branch: Branch,
    file: PathBuf,
    root: PathBuf,
}

/// What became of a commit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Committed {
    /// The commit's name; nothing when there was nothing to commit.
    pub id: Option<String>,
    /// Files that hold somebody's own changes: they are left to them.
    pub left: Vec<String>,
}

impl Journal {
    /// A journal in a folder (that of the spool).
    pub fn open(root: &Path, branch: &str, folder: &Path) -> anyhow::Result<Self> {
        Ok(Self {
            branch: Branch::open(root, branch)?,
            file: folder.join("uncommitted.json"),
            root: root.to_owned(),
        })
    }

    /// Notes what an import is about to write; the paths that are left to somebody else.
    pub fn announce(&self, batch: &Batch) -> anyhow::Result<Vec<String>> {
        let mut left = Vec::new();
        if batch.files.is_empty() && batch.states.is_empty() {
            return Ok(left);
        }
        let mut marks = self.read()?;
        for (path, change) in batch.files.iter().chain(&batch.states) {
            if self.is_ours(&marks, path, change)? {
                marks.insert(path.clone(), change.after.as_deref().map(mark));
            } else {
                marks.remove(path);
                left.push(path.clone());
            }
        }
        self.write(&marks)?;
        Ok(left)
    }

    fn is_ours(&self, marks: &Marks, path: &str, change: &FileChange) -> anyhow::Result<bool> {
        let before = change.before.as_deref();
        let written_last = marks
            .get(path)
            .is_some_and(|last| *last == before.map(mark));
        Ok(written_last || self.branch.holds(path, before)?)
    }

    /// Commits what was announced and stands on the disk as it was written.
    pub fn commit(&self, message: &str) -> anyhow::Result<Committed> {
        let marks = self.read()?;
        let (mut paths, mut left) = (Vec::new(), Vec::new());
        for (path, expected) in marks {
            let text = match fs::read_to_string(self.root.join(&path)) {
                Ok(text) => Some(text),
                Err(error) if error.kind() == ErrorKind::NotFound => None,
                Err(error) => return Err(error).with_context(|| path.clone()),
            };
            if text.as_deref().map(mark) == expected {
                paths.push(path);
            } else {
                left.push(path);
            }
        }
        let id = if paths.is_empty() {
            None
        } else {
            self.branch.commit(&paths, message)?
        };
        match fs::remove_file(&self.file) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(Committed { id, left }),
        }
    }

    /// Whether something was announced and not committed.
    pub fn is_open(&self) -> bool {
        self.file.exists()
    }

    fn read(&self) -> anyhow::Result<Marks> {
        match fs::read_to_string(&self.file) {
            // Half a journal is none: what it named stays uncommitted, for people to see.
            Ok(text) => Ok(serde_json::from_str(&text).unwrap_or_default()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Marks::new()),
            Err(error) => Err(error.into()),
        }
    }

    fn write(&self, marks: &Marks) -> anyhow::Result<()> {
        let beside = self.file.with_extension("tmp");
        fs::write(&beside, serde_json::to_string(marks)?)?;
        Ok(fs::rename(&beside, &self.file)?)
    }
}

/// The mark of a text, whatever its line ends and its byte order mark.
fn mark(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    tag(text.replace('\r', "").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Writer;

    fn change(path: &str, before: Option<&str>, after: &str) -> Batch {
        let change = FileChange {
            before: before.map(str::to_owned),
            after: Some(after.to_owned()),
        };
        Batch {
            files: [(path.to_owned(), change)].into(),
            ..Batch::default()
        }
    }

    #[test]
    fn what_an_ended_process_wrote_is_committed_the_next_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("parc");
        let spool = folder.path().join("spool");
        fs::create_dir_all(&root).expect("folders");
        fs::create_dir_all(&spool).expect("folders");
        init(folder.path());
        let open = || Journal::open(&root, "main", &spool).expect("a journal");
        let first = change("a.yaml", None, "a: 1\n");
        assert!(open().announce(&first).expect("announced").is_empty());
        let write = |batch: &Batch| Writer::new(&root).write(batch);
        write(&first).expect("written");
        // The process ends here. The next one writes more into the same file.
        let second = change("a.yaml", Some("a: 1\n"), "a: 2\n");
        let journal = open();
        assert!(journal.is_open());
        assert!(journal.announce(&second).expect("announced").is_empty());
        write(&second).expect("written");
        assert!(journal.commit("deux").expect("committed").id.is_some());
        assert!(!journal.is_open());
        // Somebody's own words in the file leave it to them, before the import and after.
        fs::write(root.join("a.yaml"), "a: à moi\n").expect("written");
        let third = change("a.yaml", Some("a: à moi\n"), "a: à moi\nb: 1\n");
        assert_eq!(journal.announce(&third).expect("announced"), ["a.yaml"]);
        assert_eq!(journal.commit("trois").expect("nothing").id, None);
        let fourth = change("b.yaml", None, "b: 1\n");
        assert!(journal.announce(&fourth).expect("announced").is_empty());
        fs::write(root.join("b.yaml"), "b: à moi\n").expect("written");
        let committed = journal.commit("quatre").expect("nothing");
        assert_eq!(
            (committed.id, committed.left),
            (None, vec!["b.yaml".to_owned()])
        );
    }

    fn init(folder: &Path) {
        let made = std::process::Command::new("git")
            .args(["init", "-q", "-b", "main"])
            .arg(folder)
            .status();
        assert!(made.expect("git runs").success());
    }
}
