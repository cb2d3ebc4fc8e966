//! Publication keeps its promises: the live folder is always one whole site, and what is not Carnet's is left alone.
#![cfg(unix)]

mod again;
mod failures;
mod in_place;
mod left;
mod parts;
mod refusals;
mod shrinking;
mod unchanged;
mod verifying;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::Instant;

use carnet::history::{Absence, History};
use carnet::load::Loader;
use carnet::pipeline::{self, Build};
use carnet::publish::{Outcome, Published, publish};
use tempfile::TempDir;

/// A project in a folder of its own; the site goes beside it.
struct Project {
    folder: TempDir,
}

impl Project {
    fn new() -> Self {
        let project = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        project.write("carnet.yaml", "title: Essai\nas_of: 2026-11-20\n");
        project.write(
            "procedures/imprimante.md",
            "---\ntitle: Imprimante\n---\n\nUn texte.\n",
        );
        project.write(
            "inventory/assets/lyon.yaml",
            "- id: pc-001\n  name: Poste 1\n  type: laptop\n- id: pc-002\n  name: Poste 2\n  type: laptop\n",
        );
        project
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("projet")
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn staging(&self) -> PathBuf {
        self.folder.path().join(".site.carnet-staging")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn build(&self) -> Build {
        let mut loader = Loader::new(self.root(), pipeline::rule_names());
        let project = loader.load(&std::collections::BTreeSet::new()).unwrap();
        let history = Arc::new(History::absent(Absence::TurnedOff));
        let day = project.config.as_of.unwrap();
        pipeline::build(&project, history, day)
    }

    fn publish(&self) -> Published {
        match publish(&self.build(), &self.out(), &self.root()).unwrap() {
            Outcome::Published(published) => published,
            Outcome::Broken(found) => panic!("{found:?}"),
        }
    }

    fn refusal(&self, out: &Path) -> String {
        let before = tree(self.folder.path());
        let error = publish(&self.build(), out, &self.root()).unwrap_err();
        assert_eq!(
            tree(self.folder.path()),
            before,
            "something changed in {}",
            out.display()
        );
        format!("{error:#}")
    }

    fn carnet(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_carnet"));
        command.arg("build").arg("--root").arg(self.root());
        command
            .arg("--out")
            .arg(self.out())
            .arg("--no-history")
            .args(arguments);
        command
    }
}

/// Every file, folder and link below a folder, with its content.
fn tree(top: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![top.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let kind = path.symlink_metadata().unwrap().file_type();
            let content = if kind.is_symlink() {
                fs::read_link(&path)
                    .unwrap()
                    .into_os_string()
                    .into_encoded_bytes()
            } else if kind.is_dir() {
                folders.push(path.clone());
                b"folder".to_vec()
            } else {
                fs::read(&path).unwrap()
            };
            found.insert(path, content);
        }
    }
    found
}

/// The site in a folder agrees with its manifest, file by file.
fn assert_whole(out: &Path) {
    use sha2::Digest;
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap();
    let listed = manifest["files"].as_object().unwrap();
    for (path, entry) in listed {
        let bytes = fs::read(out.join(path)).unwrap();
        assert_eq!(entry["length"], bytes.len(), "{path}");
        let digest = sha2::Sha256::digest(&bytes);
        let hash = entry["sha256"].as_str().unwrap();
        let pairs = (0..hash.len()).step_by(2).map(|at| &hash[at..at + 2]);
        let listed: Vec<u8> = pairs
            .map(|pair| u8::from_str_radix(pair, 16).unwrap())
            .collect();
        assert_eq!(listed, digest.to_vec(), "{path}");
    }
    let files = tree(out)
        .into_iter()
        .filter(|(path, _)| path.is_file())
        .count();
    assert_eq!(
        files,
        listed.len() + 1,
        "the manifest lists everything but itself"
    );
}

#[test]
fn everything_is_published_and_listed() {
    let project = Project::new();
    let published = project.publish();
    assert_whole(&project.out());
    assert_eq!(published.written, published.files);
    let page = fs::read_to_string(project.out().join("procedures/imprimante/index.html")).unwrap();
    assert!(page.contains("Un texte."));
    let names: Vec<_> = fs::read_dir(project.folder.path()).unwrap().collect();
    assert_eq!(names.len(), 2, "nothing stays beside the site: {names:?}");
}

#[test]
fn unchanged_files_stay_as_they_are_on_disk() {
    use std::os::unix::fs::MetadataExt;
    let project = Project::new();
    project.publish();
    let inode = |path: &str| fs::metadata(project.out().join(path)).unwrap().ino();
    let (asset, procedure) = (
        inode("assets/pc-001/index.html"),
        inode("procedures/imprimante/index.html"),
    );
    let manifest = fs::read(project.out().join("manifest.json")).unwrap();
    let folder = inode("");
    let again = project.publish();
    assert_eq!((again.written, again.unchanged), (0, again.files));
    assert_eq!(inode(""), folder, "there was nothing to exchange");
    assert_eq!(
        fs::read(project.out().join("manifest.json")).unwrap(),
        manifest
    );
    project.write(
        "procedures/imprimante.md",
        "---\ntitle: Imprimante\n---\n\nUn autre.\n",
    );
    let edited = project.publish();
    assert!(
        (1..edited.files / 4).contains(&edited.written),
        "{edited:?}"
    );
    assert_eq!(inode("assets/pc-001/index.html"), asset);
    assert_ne!(inode("procedures/imprimante/index.html"), procedure);
    assert_whole(&project.out());
}

#[test]
fn a_file_changed_by_hand_is_written_again() {
    let project = Project::new();
    project.publish();
    let page = project.out().join("index.html");
    let bytes = fs::read(&page).unwrap();
    fs::write(&page, vec![b'x'; bytes.len()]).unwrap();
    assert_eq!(project.publish().written, 1);
    assert_eq!(fs::read(&page).unwrap(), bytes);
}

#[test]
fn pages_that_are_gone_leave_the_site() {
    let project = Project::new();
    project.publish();
    fs::remove_file(project.root().join("procedures/imprimante.md")).unwrap();
    project.publish();
    assert!(!project.out().join("procedures/imprimante").exists());
    assert_whole(&project.out());
}

#[test]
fn files_can_be_read_by_everyone_and_written_by_nobody_else_whatever_the_umask() {
    for umask in ["077", "033", "000"] {
        published_modes(umask);
    }
}

fn published_modes(umask: &str) {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::new();
    let status = Command::new("sh")
        .args(["-c", &format!("umask {umask}; exec \"$@\""), "sh"])
        .arg(env!("CARGO_BIN_EXE_carnet"))
        .args(["build", "--no-history", "--root"])
        .arg(project.root())
        .arg("--out")
        .arg(project.out())
        .status()
        .unwrap();
    assert!(status.success());
    for path in tree(&project.out()).into_keys().chain([project.out()]) {
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(
            mode,
            if path.is_dir() { 0o755 } else { 0o644 },
            "{}",
            path.display()
        );
    }
}

#[test]
fn one_thread_and_two_publish_the_same() {
    let project = Project::new();
    let manifest = |threads: &str| {
        assert!(project.carnet(&["--threads", threads]).status.success());
        let manifest = fs::read(project.out().join("manifest.json")).unwrap();
        fs::remove_dir_all(project.out()).unwrap();
        manifest
    };
    assert_eq!(manifest("1"), manifest("2"));
}
