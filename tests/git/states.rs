//! What can be wrong with a repository, and what is not committed yet.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use carnet::git::history_within;
use carnet::history::{Absence, History, State};
use git2::{Oid, Repository};

use crate::builder::{Builder, FOLDERS, files, history, log, request, words};

fn broken(history: &History) -> &str {
    match &history.state {
        State::Absent(Absence::Broken { reason }) => reason,
        state => panic!("not broken: {state:?}"),
    }
}

/// Three commits on `inventory/a.yaml`; the first also adds `inventory/b.yaml`.
fn three(builder: &mut Builder) -> History {
    builder.line(&[
        files([("inventory/a.yaml", "1\n"), ("inventory/b.yaml", "1\n")]),
        files([("inventory/a.yaml", "2\n"), ("inventory/b.yaml", "1\n")]),
        files([("inventory/a.yaml", "3\n"), ("inventory/b.yaml", "1\n")]),
    ])
}

/// The path of a loose object.
fn loose(builder: &Builder, id: &str) -> PathBuf {
    let (first, rest) = id.split_at(2);
    let path = builder.git_folder().join("objects").join(first).join(rest);
    let mut permissions = path.metadata().expect("a loose object").permissions();
    #[expect(clippy::permissions_set_readonly_false, reason = "a file of this test")]
    permissions.set_readonly(false);
    std::fs::set_permissions(&path, permissions).expect("a file that can be damaged");
    path
}

#[test]
fn no_repository() {
    let folder = tempfile::tempdir().expect("a folder");
    let found = history(folder.path(), &FOLDERS);
    assert_eq!(found, History::absent(Absence::NoRepository));
}

#[test]
fn no_commit_yet() {
    let builder = Builder::new();
    builder.write("inventory/a.yaml", "a\n");
    builder.write("notes.txt", "a\n");
    let found = builder.history();
    assert_eq!(found.state, State::Absent(Absence::NoCommit));
    assert_eq!(Vec::from_iter(&found.modified), ["inventory/a.yaml"]);
}

#[test]
fn a_detached_head_has_a_history() {
    let mut builder = Builder::new();
    let before = three(&mut builder);
    let second = &before.commits()[1].id;
    let id = Oid::from_str(second).expect("an id");
    builder
        .repository
        .set_head_detached(id)
        .expect("a detached head");
    let found = builder.history();
    assert_eq!(found.head.as_ref(), Some(second));
    assert_eq!(words(found.commits().iter()), "2 1");
}

#[test]
fn a_root_below_the_top() {
    let mut builder = Builder::new();
    builder.line(&[
        files([
            ("docs/it/inventory/a.yaml", "1\n"),
            ("inventory/a.yaml", "1\n"),
        ]),
        files([
            ("docs/it/inventory/a.yaml", "1\n"),
            ("inventory/a.yaml", "2\n"),
        ]),
        files([
            ("docs/it/inventory/a.yaml", "3\n"),
            ("inventory/a.yaml", "2\n"),
        ]),
    ]);
    builder.write("docs/it/procedures/new.md", "# New\n");
    builder.write("inventory/a.yaml", "4\n");
    let found = history(&builder.folder.path().join("docs/it"), &FOLDERS);
    assert_eq!(log(&found, "inventory/a.yaml"), "3 1");
    assert_eq!(Vec::from_iter(&found.modified), ["procedures/new.md"]);
    let all = history(&builder.folder.path().join("docs"), &[""]);
    assert_eq!(log(&all, "it/inventory/a.yaml"), "3 1");
    assert_eq!(all.paths().count(), 1);
}

#[test]
fn what_is_not_committed_is_told() {
    let mut builder = Builder::new();
    three(&mut builder);
    builder.write("inventory/a.yaml", "4 changed\n");
    builder.write("inventory/new.yaml", "1\n");
    builder.write("procedures/deep/new.md", "1\n");
    builder.write("procedures/ignored.tmp", "1\n");
    builder.write(".gitignore", "*.tmp\n");
    builder.write("content/staged.md", "1\n");
    let mut index = builder.repository.index().expect("the index");
    index
        .add_path(Path::new("content/staged.md"))
        .expect("an entry");
    index.write().expect("the index");
    std::fs::remove_file(builder.folder.path().join("inventory/b.yaml")).expect("removed");
    let found = builder.history();
    assert_eq!(
        Vec::from_iter(&found.modified),
        [
            "content/staged.md",
            "inventory/a.yaml",
            "inventory/new.yaml",
            "procedures/deep/new.md"
        ]
    );
    assert_eq!(log(&found, "inventory/a.yaml"), "3 2 1");
}

#[test]
fn a_shallow_clone_does_not_claim_that_everything_changed() {
    let mut builder = Builder::new();
    let whole = three(&mut builder);
    let cut = &whole.commits()[1].id;
    // The commit before the cut is not there any more.
    std::fs::remove_file(loose(&builder, &whole.commits()[2].id)).expect("removed");
    std::fs::write(builder.git_folder().join("shallow"), format!("{cut}\n")).expect("a cut");
    let found = builder.history();
    assert_eq!(found.state, State::Shallow);
    assert_eq!(words(found.commits().iter()), "3 2");
    assert_eq!(log(&found, "inventory/a.yaml"), "3");
    assert_eq!(log(&found, "inventory/b.yaml"), "");
    assert_eq!(found.commits()[1].files, 0);

    // A linked worktree keeps the file in the main repository's folder.
    let beside = tempfile::tempdir().expect("a folder");
    let place = beside.path().join("linked");
    builder
        .repository
        .worktree("linked", &place, None)
        .expect("a linked worktree");
    let linked = history(&place, &FOLDERS);
    assert_eq!(linked.state, State::Shallow);
    assert_eq!(log(&linked, "inventory/a.yaml"), "3");
}

#[test]
fn a_bare_repository_has_a_history() {
    let mut builder = Builder::new();
    let whole = three(&mut builder);
    let mut config = builder.repository.config().expect("its configuration");
    config.set_bool("core.bare", true).expect("a setting");
    builder.write("inventory/a.yaml", "4 changed\n");
    for root in [builder.folder.path(), builder.git_folder()] {
        let found = history(root, &FOLDERS);
        assert_eq!(found.state, State::Complete);
        assert_eq!(found.commits(), whole.commits());
        assert!(found.modified.is_empty());
    }
}

#[test]
fn damaged_objects_end_the_history_and_not_the_build() {
    let mut builder = Builder::new();
    let whole = three(&mut builder);
    let first = loose(&builder, &whole.commits()[2].id);
    std::fs::write(&first, b"not an object").expect("damaged");
    assert!(!broken(&builder.history()).is_empty());
    std::fs::remove_file(&first).expect("removed");
    let reason = broken(&builder.history()).to_owned();
    assert!(reason.contains(&whole.commits()[2].id), "{reason}");
}

#[test]
fn a_truncated_object_does_not_hang() {
    let mut builder = Builder::new();
    let whole = three(&mut builder);
    let first = loose(&builder, &whole.commits()[2].id);
    let bytes = std::fs::read(&first).expect("an object");
    std::fs::write(&first, &bytes[..bytes.len() / 2]).expect("damaged");
    for _ in 0..2 {
        let found = history_within(
            &request(builder.folder.path(), &FOLDERS),
            Duration::from_secs(1),
        );
        assert!(broken(&found).contains("never ended"), "{}", broken(&found));
    }
}

#[test]
fn a_branch_that_points_nowhere_is_broken() {
    let mut builder = Builder::new();
    three(&mut builder);
    let branch = builder.git_folder().join("refs/heads/main");
    std::fs::write(&branch, format!("{}\n", "1".repeat(40))).expect("damaged");
    assert!(!broken(&builder.history()).is_empty());
    std::fs::write(&branch, "nonsense\n").expect("damaged");
    assert!(!broken(&builder.history()).is_empty());
}

#[cfg(unix)]
#[test]
fn a_repository_of_somebody_else_is_distrusted() {
    let mut builder = Builder::new();
    three(&mut builder);
    for path in [builder.folder.path(), builder.git_folder()] {
        // Only an administrator can give a folder away, and only then is there a case to test.
        if std::os::unix::fs::chown(path, Some(65_534), None).is_err() {
            return;
        }
    }
    // The machine's own configuration may trust every folder.
    if Repository::open(builder.folder.path()).is_ok() {
        return;
    }
    let found = builder.history();
    let path = builder.folder.path().canonicalize().expect("a folder");
    let path = path.to_string_lossy().into_owned();
    assert_eq!(found.state, State::Absent(Absence::Distrusted { path }));
}

#[test]
fn submodules_are_not_entered() {
    let mut builder = Builder::new();
    let mut inner = Builder::new();
    let other = three(&mut inner);
    three(&mut builder);
    let id = Oid::from_str(&other.commits()[0].id).expect("an id");
    let head = builder
        .repository
        .head()
        .expect("a head")
        .peel_to_commit()
        .expect("a commit");
    let tree = head.tree().expect("a tree");
    let folder = tree.get_name("inventory").expect("a folder").id();
    let folder = builder.repository.find_tree(folder).expect("a folder");
    let mut inside = builder
        .repository
        .treebuilder(Some(&folder))
        .expect("a tree");
    inside.insert("module", id, 0o160_000).expect("a submodule");
    let inside = inside.write().expect("a tree");
    let mut top = builder.repository.treebuilder(Some(&tree)).expect("a tree");
    top.insert("inventory", inside, 0o040_000)
        .expect("a folder");
    let tree = builder
        .repository
        .find_tree(top.write().expect("a tree"))
        .expect("a tree");
    let who = head.author();
    let id = builder
        .repository
        .commit(None, &who, &who, "module", &tree, &[&head]);
    builder.check_out(id.expect("a commit"));
    let found = builder.history();
    assert_eq!(found.commits()[0].summary, "module");
    assert_eq!(found.commits()[0].files, 0);
    assert_eq!(log(&found, "inventory/module"), "");
    assert!(found.modified.is_empty(), "{:?}", found.modified);
}

#[test]
fn the_forge_is_known_and_the_token_is_not() {
    let mut builder = Builder::new();
    three(&mut builder);
    let url = "https://gitlab-ci-token:s3cr3t@forge.example/it/parc.git";
    builder.repository.remote("origin", url).expect("a remote");
    let found = builder.history();
    assert_eq!(
        found.remote.as_deref(),
        Some("https://forge.example/it/parc")
    );
    assert!(!format!("{found:?}").contains("s3cr3t"));
}

/// Every file below a folder with its bytes.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter();
    let files = files.map(|entry| entry.expect("a readable folder"));
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            (
                entry.path().to_owned(),
                std::fs::read(entry.path()).expect("a file"),
            )
        })
        .collect()
}

#[test]
fn the_repository_is_never_written_and_no_program_runs() {
    let mut builder = Builder::new();
    three(&mut builder);
    let mark = builder.folder.path().join("ran");
    let program = format!("touch {}", mark.display());
    let mut config = builder.repository.config().expect("its configuration");
    for key in [
        "core.fsmonitor",
        "diff.external",
        "core.sshCommand",
        "filter.x.clean",
    ] {
        config.set_str(key, &program).expect("a setting");
    }
    builder.write(".gitattributes", "* filter=x diff=x\n");
    // Same bytes, another time on disk: the case in which Git refreshes its index.
    builder.write("inventory/a.yaml", "3\n");
    let before = bytes(builder.git_folder());
    let found = builder.history();
    assert_eq!(found.state, State::Complete);
    assert!(found.modified.is_empty(), "{:?}", found.modified);
    assert!(
        before == bytes(builder.git_folder()),
        "the repository changed"
    );
    assert!(!mark.exists(), "a program ran");
}
