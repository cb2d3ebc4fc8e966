//! Builds small repositories with fixed authors and dates, so that a history can be written down
//! in a test as the list of its commits.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use carnet::git::Request;
use carnet::history::{Commit, History};
use carnet::schema::Schema;
use carnet::source::SourceFile;
use git2::{IndexEntry, IndexTime, Oid, Repository, Signature, Time};
use tempfile::TempDir;

/// What the project's folders are in these tests.
pub const FOLDERS: [&str; 4] = ["inventory", "procedures", "content", "carnet.yaml"];

/// The files of one commit, by path.
pub type Files = BTreeMap<String, Vec<u8>>;

pub struct Builder {
    pub folder: TempDir,
    pub repository: Repository,
    /// Seconds; each commit is a minute later than the one before.
    pub clock: i64,
    pub author: (&'static str, &'static str),
}

impl Builder {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let repository = Repository::init(folder.path()).expect("a repository");
        repository.set_head("refs/heads/main").expect("a branch");
        let mut config = repository.config().expect("its configuration");
        // The machine's own settings must not decide how files are checked out.
        config.set_bool("core.autocrlf", false).expect("a setting");
        Self {
            folder,
            repository,
            clock: 1_750_000_000,
            author: ("Zoé Martin", "zoe@corp.example"),
        }
    }

    /// Records files as a commit on top of others. The message is its name in the tests.
    pub fn commit(&mut self, parents: &[Oid], files: &Files, message: &str) -> Oid {
        let tree = self.tree(files);
        self.clock += 60;
        let (name, mail) = self.author;
        let who = Signature::new(name, mail, &Time::new(self.clock, 120)).expect("a signature");
        let parents: Vec<_> = parents
            .iter()
            .map(|id| self.repository.find_commit(*id).expect("a parent"))
            .collect();
        let parents: Vec<_> = parents.iter().collect();
        let tree = self.repository.find_tree(tree).expect("a tree");
        self.repository
            .commit(None, &who, &who, message, &tree, &parents)
            .expect("a commit")
    }

    pub fn tree(&self, files: &Files) -> Oid {
        let mut index = git2::Index::new().expect("an index");
        for (path, content) in files {
            let id = self.repository.blob(content).expect("a blob");
            index.add(&entry(path, id)).expect("an entry");
        }
        index.write_tree_to(&self.repository).expect("a tree")
    }

    /// Records each state as a commit on top of the one before (`1`, `2`, …), checks the last one
    /// out and reads its history.
    pub fn line(&mut self, states: &[Files]) -> History {
        let mut parents = Vec::new();
        for (number, files) in (1..).zip(states) {
            parents = vec![self.commit(&parents, files, &format!("{number}"))];
        }
        self.check_out(parents[0]);
        self.history()
    }

    /// As [`Self::line`], read by another schema.
    pub fn line_by(mut self, schema: &Arc<Schema>, states: &[Files]) -> History {
        self.line(states);
        carnet::git::history(&Request {
            schema: Arc::clone(schema),
            ..request(self.folder.path(), &FOLDERS)
        })
    }

    pub fn check_out(&self, head: Oid) {
        let repository = &self.repository;
        repository
            .reference("refs/heads/main", head, true, "test")
            .expect("a branch");
        let mut how = git2::build::CheckoutBuilder::new();
        repository
            .checkout_head(Some(how.force().remove_untracked(true)))
            .expect("a working tree");
    }

    pub fn history(&self) -> History {
        history(self.folder.path(), &FOLDERS)
    }

    pub fn write(&self, path: &str, content: &str) {
        let path = self.folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, content).expect("a file");
    }

    pub fn git_folder(&self) -> &Path {
        self.repository.path()
    }
}

fn entry(path: &str, id: Oid) -> IndexEntry {
    IndexEntry {
        ctime: IndexTime::new(0, 0),
        mtime: IndexTime::new(0, 0),
        dev: 0,
        ino: 0,
        mode: 0o100_644,
        uid: 0,
        gid: 0,
        file_size: 0,
        id,
        flags: 0,
        flags_extended: 0,
        path: path.as_bytes().to_vec(),
    }
}

/// The history of a folder, read by the built-in schema.
pub fn history(root: &Path, folders: &[&str]) -> History {
    carnet::git::history(&request(root, folders))
}

pub fn request(root: &Path, folders: &[&str]) -> Request {
    Request::new(root, folders, carnet::schema::built_in())
}

/// The built-in schema with a file of the project's own.
pub fn extended(text: &str) -> Arc<Schema> {
    let source = SourceFile::new("inventory/_kinds/asset.yaml", text);
    let (schema, found) = carnet::schema::extend(&carnet::schema::built_in(), &[Arc::new(source)]);
    assert!(found.is_empty(), "{found:?}");
    Arc::new(schema)
}

/// Files from pairs of path and content.
pub fn files<const N: usize>(pairs: [(&str, &str); N]) -> Files {
    let pairs = pairs.map(|(path, content)| (path.to_owned(), content.as_bytes().to_vec()));
    BTreeMap::from(pairs)
}

/// Twenty lines that belong to one file only.
pub fn text(name: &str) -> String {
    let line = |number: u32| format!("{name}: line {number} of its own\n");
    (1..=20).map(line).collect()
}

/// The messages of a file's log on one line, newest first.
pub fn log(history: &History, path: &str) -> String {
    words(history.of(path))
}

pub fn words<'c>(commits: impl Iterator<Item = &'c Commit>) -> String {
    let summaries: Vec<&str> = commits.map(|commit| commit.summary.as_str()).collect();
    summaries.join(" ")
}
