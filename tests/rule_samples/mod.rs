//! What Git cannot carry to every machine, added to a copy of a fixture: links, sockets, large
//! files, names that other systems refuse, repositories; and what a sound case shows.

pub mod right;

use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;

use git2::{Repository, Signature, Time};

/// Copies a fixture and adds what its case asks for.
pub fn prepare(fixture: &Path, case: &str, to: &Path) {
    copy(fixture, to);
    let content = to.join("content");
    match case {
        "symbolic-link/fail" => links(to),
        "unreadable/fail" => {
            UnixListener::bind(content.join("prise.md")).expect("a socket");
        }
        "oversized-file/fail" => {
            fs::create_dir_all(to.join("inventory/assets")).expect("a folder");
            sized(&to.join("inventory/assets/export.yaml"), 50 << 20);
            sized(&content.join("journal.md"), 5 << 20);
            sized(&content.join("image.iso"), 101 << 20);
        }
        "invalid-encoding/fail-name" => {
            let name = OsStr::from_bytes(b"caf\xe9.md");
            fs::write(content.join(name), "# Café\n").expect("a file");
        }
        "duplicate-id/fail-case" => {
            fs::write(content.join("guide.md"), "# Autre guide\n").expect("a file");
        }
        "duplicate-id/fail-composed" => {
            fs::write(content.join("e\u{301}te\u{301}.md"), "# Été\n").expect("a file");
        }
        "incomplete-history/fail" => {
            repository(to);
            fs::write(to.join(".git/HEAD"), "nonsense\n").expect("damaged");
        }
        "shallow-history/fail" => {
            let first = repository(to);
            fs::write(to.join(".git/shallow"), format!("{first}\n")).expect("a cut");
        }
        "incomplete-history/pass" | "shallow-history/pass" | "past-secret/pass" => {
            repository(to);
        }
        "past-secret/fail" => {
            let now = fs::read(content.join("acces.md")).expect("a page");
            fs::write(
                content.join("acces.md"),
                "# Accès\n\nmot de passe : Capucine88!\n",
            )
            .expect("a page");
            repository(to);
            fs::write(content.join("acces.md"), now).expect("a page");
            repository(to);
        }
        "missing-labels/fail" => words(to, &["home", "search"]),
        "missing-labels/pass" => words(to, &[]),
        _ => {}
    }
}

/// A language's file with all words of the interface but some.
fn words(root: &Path, without: &[&str]) {
    let english = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/labels/en.yaml");
    let english = fs::read_to_string(english).expect("the English words");
    let is_kept = |line: &&str| {
        let key = line.split(':').next().unwrap_or_default();
        !without.contains(&key)
    };
    let lines: Vec<&str> = english.lines().filter(is_kept).collect();
    let file = root.join("themes/maison/labels/de.yaml");
    fs::create_dir_all(file.parent().unwrap_or(root)).expect("a folder");
    fs::write(file, lines.join("\n")).expect("a file");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// A file, a folder and a name that is gone, none of which may be followed.
fn links(root: &Path) {
    symlink("/etc/hostname", root.join("content/machine.md")).expect("a link");
    symlink("..", root.join("content/tout")).expect("a link");
    symlink("disparu.md", root.join("content/ancien.md")).expect("a link");
    symlink("content", root.join("procedures")).expect("a link");
}

/// A file of a length, without writing it to the disk.
fn sized(path: &Path, length: u64) {
    File::create(path)
        .and_then(|file| file.set_len(length))
        .expect("a large file");
}

/// Records everything as one commit; gives its name.
fn repository(root: &Path) -> git2::Oid {
    let repository = Repository::init(root).expect("a repository");
    let mut index = repository.index().expect("an index");
    index
        .add_all(["*"], git2::IndexAddOption::DEFAULT, None)
        .expect("its files");
    let tree = index.write_tree().expect("a tree");
    index.write().expect("an index on disk");
    let tree = repository.find_tree(tree).expect("a tree");
    let who = Signature::new("Zoé", "zoe@nacelle.example", &Time::new(1_760_000_000, 0));
    let who = who.expect("a signature");
    let before = repository.head().ok();
    let before = before.map(|head| head.peel_to_commit().expect("a commit"));
    let parents: Vec<&git2::Commit<'_>> = before.iter().collect();
    repository
        .commit(Some("HEAD"), &who, &who, "début", &tree, &parents)
        .expect("a commit")
}
