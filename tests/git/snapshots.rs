//! A commit's tree read as a project: the same files and the same findings as from the disk.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use carnet::diagnostic::{Diagnostic, Severity, settle};
use carnet::git::{Snapshot, Unread};
use carnet::load::{Loader, SNAPSHOT_FOLDERS};
use carnet::pipeline::rule_names;
use carnet::project::Project;
use git2::{ObjectType, Oid};

use crate::builder::{Builder, Files, files};

const FILE: i32 = 0o100_644;
const PROGRAM: i32 = 0o100_755;
const LINK: i32 = 0o120_000;
const SUBMODULE: i32 = 0o160_000;

/// Adds an entry to a folder of a commit's tree and records the result.
fn with(builder: &Builder, parent: Oid, folder: &str, entry: (&[u8], Oid, i32)) -> Oid {
    let repository = &builder.repository;
    let tree = repository
        .find_commit(parent)
        .expect("a commit")
        .tree()
        .expect("a tree");
    let inner = tree.get_path(Path::new(folder)).expect("a folder").id();
    let inner = repository.find_tree(inner).expect("a folder");
    let mut inside = repository.treebuilder(Some(&inner)).expect("a tree");
    let (name, id, mode) = entry;
    inside.insert(name, id, mode).expect("an entry");
    let inside = inside.write().expect("a tree");
    let mut top = repository.treebuilder(Some(&tree)).expect("a tree");
    top.insert(folder, inside, 0o040_000).expect("a folder");
    let tree = top.write().expect("a tree");
    record(builder, parent, tree)
}

/// Records a tree as a commit.
fn record(builder: &Builder, parent: Oid, tree: Oid) -> Oid {
    let repository = &builder.repository;
    let parent = repository.find_commit(parent).expect("a commit");
    let tree = repository.find_tree(tree).expect("a tree");
    let who = parent.author();
    let made = repository.commit(None, &who, &who, "odd", &tree, &[&parent]);
    made.expect("a commit")
}

fn of_commit(root: &Path, id: Oid) -> anyhow::Result<Project> {
    let snapshot = Snapshot::open(root, &id.to_string(), &SNAPSHOT_FOLDERS)?;
    Loader::of_snapshot(snapshot, rule_names()).load(&BTreeSet::new())
}

fn of_disk(root: &Path) -> Project {
    let loaded = Loader::new(root, rule_names()).load(&BTreeSet::new());
    loaded.expect("a project on disk")
}

fn findings(project: &Project) -> Vec<Diagnostic> {
    let own = project.diagnostics.iter();
    let all = own.chain(project.files.iter().flat_map(|file| &file.diagnostics));
    settle(all.cloned().collect(), &project.config.levels)
}

/// The rule and path of each finding, one a line.
fn told(project: &Project) -> String {
    let findings = findings(project);
    let lines = findings
        .iter()
        .map(|found| format!("{} {}", found.rule.name, found.path));
    lines.collect::<Vec<_>>().join("\n")
}

fn assert_same(disk: &Project, tree: &Project) {
    assert_eq!(findings(disk), findings(tree));
    assert_eq!(disk.config, tree.config);
    assert_eq!(disk.attachments, tree.attachments);
    assert_eq!(disk.theme, tree.theme);
    let texts = |project: &Project| -> Vec<(String, String, usize)> {
        let files = project.files.iter();
        let text = |file: &std::sync::Arc<carnet::project::ParsedFile>| {
            let source = &file.source;
            (source.path.clone(), source.text.clone(), file.records.len())
        };
        files.map(text).collect()
    };
    assert_eq!(texts(disk), texts(tree));
    let kinds = |project: &Project| -> Vec<String> {
        project
            .schema
            .kinds()
            .map(|kind| kind.name.clone())
            .collect()
    };
    assert_eq!(kinds(disk), kinds(tree));
}

/// A project with everything that the rules of reading speak of.
fn odd_project() -> Files {
    let mut project = files([
        ("carnet.yaml", "title: Essai\ntheme: maison\nbad_key: 1\n"),
        (
            "content/index.md",
            "# Accueil\r\n\r\nDes fins de ligne de Windows.\r\n",
        ),
        ("content/a.md", "# A\n"),
        ("content/a/b.md", "# B sans fin de ligne"),
        ("content/a/.hidden/c.md", "# Caché\n"),
        ("content/a/image.svg", "<svg onload=\"x()\"/>"),
        ("content/a/plan.svg", "<svg><title>Plan</title></svg>"),
        ("content/a/page.html", "<script>1</script>"),
        ("content/a/draft.md~", "# Reste\n"),
        ("content/vide.md", ""),
        (
            "inventory/_kinds/badge.yaml",
            "kind: badge\nfolder: badges\nlabels: {fr: Badge, en: Badge}\nfields: []\n",
        ),
        ("inventory/badges/b1.yaml", "title: Un\n"),
        ("inventory/inconnus/x.yaml", "title: X\n"),
        ("inventory/assets/pc-1.yaml", "title: Un poste\nstatus: [\n"),
        ("inventory/nowhere.yaml", "title: X\n"),
        ("procedures/index.md", "# Procédures\n"),
        ("themes/maison/labels/fr.yaml", "home: \"Maison\"\n"),
        ("themes/autre/labels/fr.yaml", "home: \"Autre\"\n"),
        ("elsewhere/content/index.md", "# Ailleurs\n"),
    ]);
    let large = "x".repeat((4 << 20) + 1).into_bytes();
    project.insert("content/large.md".to_owned(), large);
    project.insert("content/utf16.md".to_owned(), b"\xff\xfea\0".to_vec());
    project.insert("content/latin.md".to_owned(), b"# R\xe9seau\n".to_vec());
    project.insert("content/null.md".to_owned(), b"# R\0\n".to_vec());
    project.insert("content/signed.md".to_owned(), "\u{feff}# BOM\n".into());
    project
}

#[cfg(target_os = "linux")]
#[test]
fn a_tree_is_read_as_the_disk_is() {
    let mut builder = Builder::new();
    let mut head = builder.commit(&[], &odd_project(), "all");
    let page = builder.repository.blob(b"# Page\n").expect("a blob");
    let target = builder.repository.blob(b"index.md").expect("a blob");
    for entry in [
        (&b"lien.md"[..], target, LINK),
        (b"programme.md", page, PROGRAM),
        (b"r\xe9seau.md", page, FILE),
        (b"a-b.md", page, FILE),
    ] {
        head = with(&builder, head, "content", entry);
    }
    let folder = builder
        .repository
        .find_commit(head)
        .expect("a commit")
        .tree()
        .expect("a tree");
    let folder = folder
        .get_path(Path::new("content/a"))
        .expect("a folder")
        .id();
    head = with(
        &builder,
        head,
        "content",
        (b"dossier-\xe9", folder, 0o040_000),
    );
    builder.check_out(head);
    let disk = of_disk(builder.folder.path());
    let tree = of_commit(builder.folder.path(), head).expect("a project");
    assert_same(&disk, &tree);
    let told = told(&tree);
    for rule in [
        "oversized-file content/large.md",
        "symbolic-link content/lien.md",
        "invalid-encoding content/r\u{fffd}seau.md",
        "invalid-encoding content/dossier-\u{fffd}",
        "invalid-encoding content/utf16.md",
        "refused-attachment content/a/page.html",
        "unknown-kind-folder inventory/inconnus/x.yaml",
        "invalid-config carnet.yaml",
    ] {
        assert!(told.contains(rule), "{rule} in\n{told}");
    }
    assert!(
        !told.contains("hidden") && !told.contains("elsewhere"),
        "{told}"
    );
}

#[test]
fn the_disk_and_later_commits_do_not_count() {
    let mut builder = Builder::new();
    let before = files([
        ("content/index.md", "# Avant\n"),
        ("content/old.md", "# Vieux\n"),
    ]);
    let first = builder.commit(&[], &before, "1");
    let last = builder.commit(&[first], &files([("content/index.md", "# Après\n")]), "2");
    builder.check_out(last);
    builder.write("content/new.md", "# Pas encore\n");
    let project = of_commit(builder.folder.path(), first).expect("a project");
    let paths: Vec<&str> = project
        .files
        .iter()
        .map(|file| file.source.path.as_str())
        .collect();
    assert_eq!(paths, ["content/index.md", "content/old.md"]);
    assert_eq!(project.files[0].source.text, "# Avant\n");
}

#[test]
fn a_project_below_the_top_and_a_commit_before_it() {
    let mut builder = Builder::new();
    let first = builder.commit(&[], &files([("README.md", "# Dépôt\n")]), "1");
    let parc = files([
        ("docs/parc/content/index.md", "# Parc\n"),
        ("content/index.md", "# Autre\n"),
    ]);
    let second = builder.commit(&[first], &parc, "2");
    builder.check_out(second);
    let root = builder.folder.path().join("docs/parc");
    let project = of_commit(&root, second).expect("a project");
    assert_eq!(project.files[0].source.path, "content/index.md");
    assert_eq!(project.files[0].source.text, "# Parc\n");
    let error = of_commit(&root, first)
        .expect_err("no project yet")
        .to_string();
    assert!(
        error.contains(&first.to_string()[..8]) && error.contains("n’était pas"),
        "{error}"
    );
}

#[test]
fn submodules_are_told() {
    let mut builder = Builder::new();
    let first = builder.commit(&[], &files([("content/index.md", "# Parc\n")]), "1");
    let head = with(&builder, first, "content", (b"module", first, SUBMODULE));
    let project = of_commit(builder.folder.path(), head).expect("a project");
    assert_eq!(told(&project), "unreadable content/module");
    assert_eq!(findings(&project)[0].severity, Severity::Warning);
}

#[test]
fn large_files_are_read_where_git_lfs_keeps_them() {
    let mut builder = Builder::new();
    let pointer = |hash: &str, size: usize| {
        format!("version https://git-lfs.github.com/spec/v1\noid sha256:{hash}\nsize {size}\n")
    };
    let (page, photo, partial) = ("ab".repeat(32), "cd".repeat(32), "ef".repeat(32));
    let head = builder.commit(
        &[],
        &files([
            ("content/index.md", &pointer(&page, 9)),
            ("content/photo.jpg", &pointer(&photo, 5)),
            ("content/half.jpg", &pointer(&partial, 5)),
            ("content/lost.md", &pointer(&"01".repeat(32), 5)),
            ("content/huge.md", &pointer(&"02".repeat(32), 5 << 20)),
        ]),
        "1",
    );
    for (hash, content) in [(&page, "# Parc !\n"), (&photo, "photo"), (&partial, "ph")] {
        let folder = builder
            .git_folder()
            .join("lfs/objects")
            .join(&hash[..2])
            .join(&hash[2..4]);
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join(hash), content).expect("an object");
    }
    let project = of_commit(builder.folder.path(), head).expect("a project");
    assert_eq!(project.files[0].source.text, "# Parc !\n");
    assert_eq!(&*project.attachments["content/photo.jpg"], b"photo");
    assert_eq!(
        told(&project),
        "unreadable content/half.jpg\noversized-file content/huge.md\nunreadable content/lost.md"
    );
    let help = findings(&project)[2].help.clone().expect("help");
    assert!(help.fr.contains("git lfs pull") && help.en.contains("git lfs pull"));
}

#[test]
fn names_that_no_file_can_have_are_refused() {
    let mut builder = Builder::new();
    let first = builder.commit(&[], &files([("content/index.md", "# Parc\n")]), "1");
    let blob = builder.repository.blob(b"# Page\n").expect("a blob");
    for name in ["a/../../../x.md", "..", ""] {
        let mut bytes = format!("100644 {name}\0").into_bytes();
        bytes.extend(blob.as_bytes());
        let store = builder.repository.odb().expect("objects");
        let folder = store.write(ObjectType::Tree, &bytes).expect("a tree");
        let mut bytes = b"40000 content\0".to_vec();
        bytes.extend(folder.as_bytes());
        let top = store.write(ObjectType::Tree, &bytes).expect("a tree");
        let head = record(&builder, first, top);
        let read = of_commit(builder.folder.path(), head);
        assert!(read.is_err(), "{name}");
    }
}

#[test]
fn damaged_and_missing_files_are_told_and_end() {
    let mut builder = Builder::new();
    let texts = files([
        ("content/index.md", "# Parc\n"),
        ("content/lost.md", "# Perdu\n"),
        ("content/torn.md", &"# Abîmé\n".repeat(200)),
    ]);
    let head = builder.commit(&[], &texts, "1");
    let loose = |path: &str| {
        let id = Oid::hash_object(ObjectType::Blob, &texts[path])
            .expect("a hash")
            .to_string();
        builder
            .git_folder()
            .join("objects")
            .join(&id[..2])
            .join(&id[2..])
    };
    std::fs::remove_file(loose("content/lost.md")).expect("removed");
    let project = of_commit(builder.folder.path(), head).expect("a project");
    assert_eq!(told(&project), "unreadable content/lost.md");

    let torn = loose("content/torn.md");
    let bytes = std::fs::read(&torn).expect("an object");
    std::fs::remove_file(&torn).expect("removed");
    std::fs::write(&torn, &bytes[..bytes.len() / 2]).expect("damaged");
    let patience = Duration::from_secs(1);
    let root = builder.folder.path();
    let snapshot = Snapshot::open_within(root, &head.to_string(), &SNAPSHOT_FOLDERS, patience);
    let snapshot = snapshot.expect("a listing");
    assert_eq!(
        snapshot.read("content/index.md", 99),
        Ok(b"# Parc\n".to_vec())
    );
    assert_eq!(
        snapshot.read("content/index.md", 3),
        Err(Unread::TooLarge(7))
    );
    for path in ["content/torn.md", "content", "content/nothing.md"] {
        let read = snapshot.read(path, 9999);
        assert!(matches!(read, Err(Unread::Failed(_))), "{path}: {read:?}");
    }
}
