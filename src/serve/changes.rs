//! What an event of the file system means for the site: a file of the project, its layout, its history, or nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::diagnostic::Diagnostic;
use crate::history::History;
use crate::load::{self, FOLDERS};

/// A Git command that rewrites the tree is waited for, but not for ever.
pub(super) const GIT_PATIENCE: Duration = Duration::from_secs(10);

/// With more files than this in a batch, comparing them costs more than building.
pub(super) const FEW: usize = 64;

/// What reaches the loop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// A file or folder of the project, by its path from the root.
    File(String),
    /// A top folder came or went: watches end with what they watch.
    Layout,
    /// A branch or the checked-out commit.
    Git,
    /// Events were lost, or their meaning is not known: read everything again.
    Everything,
    /// The system has no more watches.
    WatchLimit,
    /// The history was read.
    History(Arc<History>),
    /// The rules about the whole were asked.
    Findings(Found),
}

/// What is wrong with a build, or what the rules panicked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The number of the build.
    pub number: u64,
    pub findings: Result<Vec<Diagnostic>, String>,
}

/// The changes that one build answers.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Files and folders of the project.
    pub files: BTreeSet<String>,
    /// The history, read anew.
    pub history: Option<Arc<History>>,
    /// What is wrong with the newest build that was judged.
    pub found: Option<Found>,
    /// The rest, each at most once.
    others: Vec<Change>,
}

impl Batch {
    pub(super) fn add(&mut self, change: Change) {
        match change {
            Change::File(path) => drop(self.files.insert(path)),
            Change::History(history) => self.history = Some(history),
            Change::Findings(found) => self.found = Some(found),
            other if self.has(&other) => {}
            other => self.others.push(other),
        }
    }

    /// Whether a change without details is in it.
    pub(super) fn has(&self, change: &Change) -> bool {
        self.others.contains(change)
    }

    /// Whether there is nothing but files in it.
    pub(super) fn is_files_only(&self) -> bool {
        self.others.is_empty() && self.history.is_none() && self.found.is_none()
    }

    /// Whether all that may have changed in the tree is named.
    pub(super) fn has_no_others(&self) -> bool {
        self.others.is_empty()
    }

    /// Whether it is more than a save or two.
    pub(super) fn is_long(&self) -> bool {
        self.files.len() > FEW
    }
}

/// Where things are on this disk.
#[derive(Debug, Clone)]
pub(super) struct Places {
    /// The project, without links in its path.
    pub root: PathBuf,
    /// Folders that hold `HEAD` and `refs`: one, or two in a linked work tree.
    pub git: Vec<PathBuf>,
}

impl Places {
    /// Looks them up; a root that is not there (any more) is taken as written.
    pub(super) fn find(root: &Path) -> Self {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let git = root.ancestors().map(|folder| folder.join(".git"));
        let git = git
            .filter(|path| path.exists())
            .map(|path| git_folders(&path))
            .next();
        Self {
            git: git.unwrap_or_default(),
            root,
        }
    }

    /// What a changed path means.
    pub(super) fn meaning(&self, path: &Path) -> Option<Change> {
        for folder in &self.git {
            if let Ok(inside) = path.strip_prefix(folder) {
                // `git init` makes it after the folder that we began to watch.
                if inside == Path::new("refs") {
                    return Some(Change::Layout);
                }
                return is_commit_name(inside).then_some(Change::Git);
            }
        }
        let inside = path.strip_prefix(&self.root).ok()?;
        let Some(parts) = inside
            .iter()
            .map(|part| part.to_str())
            .collect::<Option<Vec<_>>>()
        else {
            return Some(Change::Everything);
        };
        let Some((top, rest)) = parts.split_first() else {
            return Some(Change::Layout);
        };
        let is_folder = FOLDERS.contains(top) || *top == "themes";
        match (is_folder, rest.is_empty()) {
            (true, true) => Some(Change::Layout),
            (true, false) if rest.iter().any(|part| load::is_hidden(part)) => None,
            (true, false) => Some(Change::File(parts.join("/"))),
            (false, true) if *top == "carnet.yaml" => Some(Change::File("carnet.yaml".to_owned())),
            (false, true) if *top == ".git" => Some(Change::Layout),
            (false, _) => None,
        }
    }

    /// Whether a Git command is rewriting the tree right now. An old lock is what a killed one left behind.
    pub(super) fn git_at_work(&self) -> bool {
        let age = |folder: &PathBuf| {
            let lock = folder.join("index.lock").symlink_metadata().ok()?;
            lock.modified().ok()?.elapsed().ok()
        };
        let at_work = |folder| age(folder).is_some_and(|age| age < GIT_PATIENCE);
        self.git.iter().any(at_work)
    }
}

/// `HEAD`, branches, and the index, which `git commit` writes last of all (a branch in a folder made a moment ago
/// may not be watched yet). What Git writes beside them while it works is passed over.
fn is_commit_name(path: &Path) -> bool {
    let Some(text) = path.to_str() else {
        return false;
    };
    let is_lock = path
        .extension()
        .is_some_and(|extension| extension == "lock");
    !is_lock && (matches!(text, "HEAD" | "packed-refs" | "index") || path.starts_with("refs"))
}

/// `.git` is a folder, or in a linked work tree a file that names one, which names the common one.
fn git_folders(path: &Path) -> Vec<PathBuf> {
    let Ok(text) = std::fs::read_to_string(path) else {
        return vec![path.to_owned()];
    };
    let base = path.parent().unwrap_or(path);
    let Some(folder) = text.trim().strip_prefix("gitdir: ").map(|to| base.join(to)) else {
        return Vec::new();
    };
    let common = std::fs::read_to_string(folder.join("commondir"));
    let common = common.ok().map(|to| folder.join(to.trim()));
    [Some(folder), common]
        .into_iter()
        .flatten()
        .filter_map(|folder| folder.canonicalize().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> Places {
        Places {
            root: PathBuf::from("/projet"),
            git: vec![PathBuf::from("/projet/.git")],
        }
    }

    #[test]
    fn files_of_the_project_count_and_nothing_else() {
        let meaning = |path: &str| places().meaning(Path::new(path));
        let file = |path: &str| Some(Change::File(path.to_owned()));
        assert_eq!(meaning("/projet/carnet.yaml"), file("carnet.yaml"));
        assert_eq!(meaning("/projet/content/a/b.md"), file("content/a/b.md"));
        assert_eq!(
            meaning("/projet/themes/nous/templates/x.html"),
            file("themes/nous/templates/x.html")
        );
        for ignored in [
            "/projet/_site/index.html",
            "/projet/._site.carnet-staging/site/content/x.md",
            "/projet/content/.a.md.swp",
            "/projet/content/a.md~",
            "/projet/content/.obsidian/workspace.json",
            "/projet/README.md",
            "/elsewhere/content/a.md",
        ] {
            assert_eq!(meaning(ignored), None, "{ignored}");
        }
    }

    #[test]
    fn folders_that_come_and_go_and_commits_are_told_apart() {
        let meaning = |path: &str| places().meaning(Path::new(path));
        assert_eq!(meaning("/projet/content"), Some(Change::Layout));
        assert_eq!(meaning("/projet"), Some(Change::Layout));
        assert_eq!(meaning("/projet/.git/HEAD"), Some(Change::Git));
        assert_eq!(meaning("/projet/.git/refs/heads/main"), Some(Change::Git));
        assert_eq!(meaning("/projet/.git/refs/heads/main.lock"), None);
        assert_eq!(meaning("/projet/.git/index"), Some(Change::Git));
        assert_eq!(meaning("/projet/.git/index.lock"), None);
        assert_eq!(meaning("/projet/.git/refs"), Some(Change::Layout));
    }
}
