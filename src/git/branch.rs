//! Some files of the disk as one commit on a branch, and nothing else of the disk: what others have
//! staged stays staged, what they have not committed stays so. The only part of this room that writes.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, bail};
use git2::build::TreeUpdateBuilder;
use git2::{Commit, ErrorCode, FileMode, Oid, Repository, RepositoryState, Signature, Tree};

use crate::git::failure::{in_words, words};
use crate::text;

/// A branch that gets commits.
pub struct Branch {
    repository: Repository,
    /// The full name (`refs/heads/inventaire`).
    name: String,
    /// The project's folder.
    root: PathBuf,
    /// The project's folder from the top of the repository, with its slash; empty at the top.
    prefix: String,
    /// When this was opened: a lock that is older was not set by this process.
    opened: SystemTime,
}

impl Branch {
    /// A branch of the repository that holds a project. It may not exist yet: it then begins at the commit
    /// that is checked out.
    ///
    /// # Errors
    ///
    /// Fails when there is no repository with files, when Git distrusts its owner, or when no branch may be
    /// called so.
    pub fn open(root: &Path, name: &str) -> anyhow::Result<Self> {
        let repository = Repository::discover(root);
        let repository = repository.map_err(|error| words(&error)).context(text!(
            "ce dossier n’est pas dans un dépôt Git qu’on puisse ouvrir",
            "this folder is in no Git repository that can be opened"
        ))?;
        let is_name = git2::Branch::name_is_valid(name);
        if !is_name.map_err(|error| words(&error))? {
            bail!(text!(
                "`{name}` n’est pas un nom de branche",
                "`{name}` is no name of a branch"
            ));
        }
        let root = root.canonicalize()?;
        let top = repository.workdir().map(Path::canonicalize).transpose()?;
        let inside = top.as_deref().and_then(|top| root.strip_prefix(top).ok());
        let Some(inside) = inside else {
            bail!(text!(
                "ce dépôt Git n’a pas de fichiers (il est « bare »)",
                "this Git repository has no files (it is bare)"
            ));
        };
        let mut prefix = inside.to_string_lossy().replace('\\', "/");
        if !prefix.is_empty() {
            prefix.push('/');
        }
        Ok(Self {
            name: format!("refs/heads/{name}"),
            root,
            prefix,
            repository,
            opened: SystemTime::now(),
        })
    }

    /// Whether a file was, as it is told here, what the branch has of it, with nothing else staged: what is
    /// written into it since is the writer's alone. Line ends do not count.
    ///
    /// # Errors
    ///
    /// Fails when the repository cannot be read.
    pub fn holds(&self, path: &str, text: Option<&str>) -> anyhow::Result<bool> {
        self.has(path, text).map_err(in_words)
    }

    fn has(&self, path: &str, text: Option<&str>) -> anyhow::Result<bool> {
        let path = format!("{}{path}", self.prefix);
        let tree = self.tip()?.map(|tip| tip.tree()).transpose()?;
        let committed = tree.as_ref().and_then(|tree| id(tree, &path));
        if self.is_checked_out()? {
            let index = self.repository.index()?;
            let staged = index.get_path(Path::new(&path), 0).map(|entry| entry.id);
            if staged != committed {
                return Ok(false);
            }
        }
        let (Some(id), Some(text)) = (committed, text) else {
            return Ok(committed.is_none() && text.is_none());
        };
        let blob = self.repository.find_blob(id)?;
        let plain = |bytes: &[u8]| -> Vec<u8> {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            let kept = bytes.iter().filter(|byte| **byte != b'\r');
            kept.copied().collect()
        };
        Ok(plain(blob.content()) == plain(text.as_bytes()))
    }

    /// Commits these files (from the project's folder) as they stand on the disk; the commit's name, or
    /// nothing when the branch has them so already.
    ///
    /// # Errors
    ///
    /// Fails while a merge or the like is under way on the branch, when somebody else commits at the same
    /// moment, and when the disk refuses. What was staged then is committed the next time.
    pub fn commit(&self, paths: &[String], message: &str) -> anyhow::Result<Option<String>> {
        self.committed(paths, message).map_err(in_words)
    }

    fn committed(&self, paths: &[String], message: &str) -> anyhow::Result<Option<String>> {
        let repository = &self.repository;
        if self.is_checked_out()? {
            if repository.state() != RepositoryState::Clean {
                bail!(text!(
                    "une fusion ou un rebasage est en cours sur cette branche",
                    "a merge or a rebase is under way on this branch"
                ));
            }
            // Staged before it is committed: were it the other way round, a process that ends between the two
            // would leave the old files staged, and the next commit would take them back.
            self.stage(paths).map_err(|error| self.told(error))?;
        }
        let tip = self.tip()?;
        let before = match &tip {
            Some(tip) => tip.tree()?,
            None => repository.find_tree(repository.treebuilder(None)?.write()?)?,
        };
        let mut update = TreeUpdateBuilder::new();
        for path in paths {
            let place = self.root.join(path);
            let path = format!("{}{path}", self.prefix);
            if place.is_file() {
                let blob = repository.blob_path(&place)?;
                update.upsert(path.as_str(), blob, mode(&before, &path));
            } else if id(&before, &path).is_some() {
                update.remove(path.as_str());
            }
        }
        let tree = repository.find_tree(update.create_updated(repository, &before)?)?;
        if tree.id() == before.id() {
            return Ok(None);
        }
        let author = repository
            .signature()
            .or_else(|_| Signature::now("Carnet", "carnet@localhost"))?;
        let parents: Vec<&Commit<'_>> = tip.iter().collect();
        let id = repository
            .commit(Some(&self.name), &author, &author, message, &tree, &parents)
            .map_err(|error| self.told(error.into()))?;
        Ok(Some(id.to_string()))
    }

    /// A failure, with what to do when an old lock stands in the way. A process that is killed while it
    /// writes leaves its lock; so old a one may also be that of a commit whose message somebody is still
    /// writing, so that it is theirs to remove.
    fn told(&self, error: anyhow::Error) -> anyhow::Error {
        let error = in_words(error);
        let locks = [
            self.repository.path().join("index.lock"),
            self.repository
                .commondir()
                .join(format!("{}.lock", self.name)),
        ];
        let is_old = |lock: &&PathBuf| {
            let set = fs::metadata(lock).and_then(|lock| lock.modified());
            set.is_ok_and(|set| set < self.opened)
        };
        let Some(lock) = locks.iter().find(is_old) else {
            return error;
        };
        let lock = lock.display();
        error.context(text!(
            "le verrou `{lock}` était là avant cette collecte : un `git` est encore ouvert, ou un processus a été tué ; si aucun `git` ne travaille dans ce dépôt, supprimez ce fichier, et le commit se fera au prochain essai",
            "the lock `{lock}` was there before this collection: some `git` is still open, or a process was killed; when no `git` works in this repository, delete this file, and the commit is made at the next try"
        ))
    }

    fn stage(&self, paths: &[String]) -> anyhow::Result<()> {
        let mut index = self.repository.index()?;
        index.read(false)?;
        for path in paths {
            let inside = format!("{}{path}", self.prefix);
            if self.root.join(path).is_file() {
                index.add_path(Path::new(&inside))?;
            } else if index.get_path(Path::new(&inside), 0).is_some() {
                index.remove_path(Path::new(&inside))?;
            }
        }
        Ok(index.write()?)
    }

    /// The commit that the next one follows: the branch's last, else the one checked out, else none.
    fn tip(&self) -> anyhow::Result<Option<Commit<'_>>> {
        match self.repository.find_reference(&self.name) {
            Ok(own) => return Ok(Some(own.peel_to_commit()?)),
            Err(error) if error.code() == ErrorCode::NotFound => {}
            Err(error) => return Err(error.into()),
        }
        match self.repository.head() {
            Ok(head) => Ok(Some(head.peel_to_commit()?)),
            Err(error) if error.code() == ErrorCode::UnbornBranch => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn is_checked_out(&self) -> anyhow::Result<bool> {
        let head = self.repository.find_reference("HEAD")?;
        Ok(head.symbolic_target_bytes() == Some(self.name.as_bytes()))
    }
}

fn id(tree: &Tree<'_>, path: &str) -> Option<Oid> {
    tree.get_path(Path::new(path)).ok().map(|entry| entry.id())
}

/// The mode that a file has already: an author's executable stays one.
fn mode(tree: &Tree<'_>, path: &str) -> FileMode {
    let entry = tree.get_path(Path::new(path)).ok();
    match entry.map(|entry| entry.filemode()) {
        Some(0o100_755) => FileMode::BlobExecutable,
        _ => FileMode::Blob,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn write(root: &Path, path: &str, text: &str) {
        let place = root.join(path);
        fs::create_dir_all(place.parent().expect("a folder")).expect("folders");
        fs::write(place, text).expect("written");
    }

    fn owned(paths: &[&str]) -> Vec<String> {
        paths.iter().map(|path| (*path).to_owned()).collect()
    }

    /// A repository on `main`, with a project in `parc/`.
    fn repository() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let mut options = git2::RepositoryInitOptions::new();
        options.initial_head("main");
        Repository::init_opts(folder.path(), &options).expect("a repository");
        let root = folder.path().join("parc");
        write(&root, "a.yaml", "a: 1\n");
        let branch = Branch::open(&root, "main").expect("a branch");
        let first = branch
            .commit(&owned(&["a.yaml"]), "début")
            .expect("committed");
        assert!(first.is_some());
        (folder, root)
    }

    fn show(branch: &Branch, path: &str) -> Option<String> {
        let tree = branch.tip().expect("a tip")?.tree().expect("a tree");
        let blob = branch
            .repository
            .find_blob(id(&tree, path)?)
            .expect("a blob");
        Some(String::from_utf8_lossy(blob.content()).into_owned())
    }

    #[test]
    fn only_the_files_named_are_committed() {
        let (_folder, root) = repository();
        let branch = Branch::open(&root, "main").expect("a branch");
        write(&root, "theirs.yaml", "t: 1\n");
        write(&root, "loose.yaml", "l: 1\n");
        let mut index = branch.repository.index().expect("an index");
        index
            .add_path(Path::new("parc/theirs.yaml"))
            .expect("staged");
        index.write().expect("written");
        write(&root, "a.yaml", "a: 2\n");
        write(&root, "neuf/b.yaml", "b: 1\n");
        let paths = owned(&["a.yaml", "neuf/b.yaml"]);
        assert!(branch.commit(&paths, "deux").expect("committed").is_some());
        assert_eq!(branch.commit(&paths, "deux").expect("nothing"), None);
        assert_eq!(show(&branch, "parc/a.yaml").as_deref(), Some("a: 2\n"));
        assert_eq!(show(&branch, "parc/neuf/b.yaml").as_deref(), Some("b: 1\n"));
        assert_eq!(show(&branch, "parc/theirs.yaml"), None);
        let told: Vec<(String, git2::Status)> = branch
            .repository
            .statuses(None)
            .expect("statuses")
            .iter()
            .map(|one| (one.path().unwrap_or_default().to_owned(), one.status()))
            .collect();
        let expected = [
            ("parc/loose.yaml".to_owned(), git2::Status::WT_NEW),
            ("parc/theirs.yaml".to_owned(), git2::Status::INDEX_NEW),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn what_people_have_not_committed_is_theirs() {
        let (_folder, root) = repository();
        let branch = Branch::open(&root, "main").expect("a branch");
        let holds = |text| branch.holds("a.yaml", text).expect("an answer");
        assert!(holds(Some("a: 1\r\n")) && !holds(Some("a: 2\n")) && !holds(None));
        assert!(branch.holds("neuf.yaml", None).expect("an answer"));
        write(&root, "a.yaml", "a: 3\n");
        let mut index = branch.repository.index().expect("an index");
        index.add_path(Path::new("parc/a.yaml")).expect("staged");
        index.write().expect("written");
        assert!(
            !Branch::open(&root, "main")
                .expect("a branch")
                .holds("a.yaml", Some("a: 1\n"))
                .expect("an answer")
        );
    }

    #[test]
    fn another_branch_leaves_what_is_checked_out_alone() {
        let (folder, root) = repository();
        let branch = Branch::open(&root, "inventaire").expect("a branch");
        write(&root, "b.yaml", "b: 1\n");
        fs::remove_file(root.join("a.yaml")).expect("removed");
        let paths = owned(&["a.yaml", "b.yaml"]);
        assert!(branch.commit(&paths, "un").expect("committed").is_some());
        assert_eq!(show(&branch, "parc/b.yaml").as_deref(), Some("b: 1\n"));
        assert_eq!(show(&branch, "parc/a.yaml"), None);
        let main = Branch::open(&root, "main").expect("a branch");
        assert_eq!(show(&main, "parc/a.yaml").as_deref(), Some("a: 1\n"));
        let index = main.repository.index().expect("an index");
        assert_eq!(index.len(), 1);
        assert!(Branch::open(&root, "a..b").is_err());
        // Somebody else's merge is not ended by a commit of ours.
        fs::write(
            folder.path().join(".git/MERGE_HEAD"),
            format!("{}\n", "0".repeat(40)),
        )
        .expect("written");
        assert!(main.commit(&owned(&["b.yaml"]), "x").is_err());
    }

    #[test]
    fn an_old_lock_is_named_with_what_to_do() {
        let (folder, root) = repository();
        write(&root, "a.yaml", "a: 2\n");
        let lock = folder.path().join(".git/index.lock");
        let told = |branch: &Branch| {
            let failed = branch.commit(&owned(&["a.yaml"]), "deux");
            format!("{:#}", failed.expect_err("locked"))
        };
        let branch = Branch::open(&root, "main").expect("a branch");
        // Somebody works while this runs: the next try finds the index free.
        let file = fs::File::create(&lock).expect("a lock");
        let later = SystemTime::now() + Duration::from_mins(1);
        file.set_modified(later).expect("set");
        assert!(!told(&branch).contains("avant cette collecte"));
        // A process was killed before this one began.
        let before = SystemTime::now() - Duration::from_hours(1);
        file.set_modified(before).expect("set");
        let words = told(&branch);
        assert!(
            words.contains("index.lock") && words.contains("supprimez ce fichier"),
            "{words}"
        );
        // A branch that is not checked out needs no index.
        let other = Branch::open(&root, "inventaire").expect("a branch");
        assert!(
            other
                .commit(&owned(&["a.yaml"]), "un")
                .expect("committed")
                .is_some()
        );
        fs::remove_file(&lock).expect("removed");
        assert!(
            branch
                .commit(&owned(&["a.yaml"]), "deux")
                .expect("committed")
                .is_some()
        );
        let lock = folder.path().join(".git/refs/heads/main.lock");
        let file = fs::File::create(&lock).expect("a lock");
        file.set_modified(before).expect("set");
        write(&root, "a.yaml", "a: 3\n");
        let words = told(&branch);
        assert!(
            words.contains("main.lock") && words.contains(" (Git\u{a0}: «\u{a0}"),
            "{words}"
        );
    }
}
