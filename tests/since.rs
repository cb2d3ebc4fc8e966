//! `carnet check --since`: what a piece of work brings, told from what was there, in repositories that Git made.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args([
            "-c",
            "user.name=Léa Exemple",
            "-c",
            "user.email=lea@parc.example",
        ])
        .args([
            "-c",
            "commit.gpgsign=false",
            "-c",
            "init.defaultBranch=main",
        ])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_AUTHOR_DATE", "2026-11-20T09:00:00+01:00")
        .env("GIT_COMMITTER_DATE", "2026-11-20T09:00:00+01:00")
        .output()
        .expect("Git runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "git {arguments:?}: {said}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
    fs::write(path, text).expect("the file is written");
}

fn commit(root: &Path, message: &str) {
    git(root, &["add", "--all"]);
    git(root, &["commit", "--quiet", "--message", message]);
}

/// A project with two old mistakes on `main`.
fn estate() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    git(root, &["init", "--quiet"]);
    write(root, "carnet.yaml", "title: Parc\nlanguage: fr\n");
    write(root, "content/index.md", "# Accueil\n\n[Rien](rien.md)\n");
    write(
        root,
        "inventory/assets/pc-01.yaml",
        "name: Poste 1\nserail: A1\n",
    );
    write(
        root,
        "inventory/assets/pc-02.yaml",
        "name: Poste 2\nserial: B2\n",
    );
    commit(root, "parc: première version");
    folder
}

fn check(root: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_carnet"))
        .args(["check", "--as-of", "2026-11-20", "--root"])
        .arg(root)
        .args(more)
        .env_remove("LANG")
        .output()
        .expect("the program runs")
}

/// The exit code, the standard output, and the last line for people.
fn found(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let last = text(&output.stderr)
        .lines()
        .last()
        .unwrap_or_default()
        .to_owned();
    (output.status.code(), text(&output.stdout), last)
}

#[test]
fn only_what_the_work_brings_is_told_and_counted() {
    let folder = estate();
    let root = folder.path();
    assert_eq!(
        check(root, &[]).status.code(),
        Some(1),
        "the old mistakes are there"
    );
    git(root, &["checkout", "--quiet", "-b", "travail"]);
    // The old mistake moves two lines down, its file gets another name, and another one is mended.
    git(
        root,
        &[
            "mv",
            "inventory/assets/pc-01.yaml",
            "inventory/assets/pc-09.yaml",
        ],
    );
    write(
        root,
        "inventory/assets/pc-09.yaml",
        "\n# note\nname: Poste 1\nserail: A1\n",
    );
    write(root, "content/index.md", "# Accueil\n\nRien.\n");
    commit(root, "parc: un autre nom");
    let (code, out, last) = found(&check(root, &["--since", "main", "--format", "short"]));
    assert_eq!((code, out.as_str()), (Some(0), ""));
    assert!(
        last.ends_with("1 ancien laissé de côté, 1 corrigé"),
        "{last}"
    );
    // What is not committed yet counts, too.
    write(
        root,
        "inventory/assets/pc-02.yaml",
        "name: Poste 2\nserial: B2\nmodle: X\n",
    );
    let (code, out, _) = found(&check(root, &["--since", "main", "--format", "short"]));
    assert_eq!((code, out.lines().count()), (Some(1), 1), "{out}");
    assert!(out.starts_with("inventory/assets/pc-02.yaml:3:1:"), "{out}");
    for form in ["human", "json", "github", "gitlab", "sarif"] {
        let output = check(root, &["--since", "main", "--format", form]);
        let all = [output.stdout, output.stderr].concat();
        let all = String::from_utf8(all).expect("UTF-8");
        assert!(
            all.contains("modle") && !all.contains("serail"),
            "{form}: {all}"
        );
    }
}

/// A branch that went on meanwhile is not compared: what was mended there is not brought back by nobody.
#[test]
fn a_branch_is_taken_where_the_work_left_it_and_a_commit_as_it_is() {
    let folder = estate();
    let root = folder.path();
    git(root, &["checkout", "--quiet", "-b", "travail"]);
    write(root, "content/b.md", "# B\n");
    commit(root, "content: une page");
    git(root, &["checkout", "--quiet", "main"]);
    write(
        root,
        "inventory/assets/pc-01.yaml",
        "name: Poste 1\nserial: A1\n",
    );
    commit(root, "parc: corrigé");
    let tip = git(root, &["rev-parse", "main"]);
    git(root, &["checkout", "--quiet", "travail"]);
    assert_eq!(check(root, &["--since", "main"]).status.code(), Some(0));
    assert_eq!(check(root, &["--since", &tip]).status.code(), Some(1));
    // The same for a state that is not checked out.
    git(root, &["checkout", "--quiet", "main"]);
    let past = ["--at", "travail", "--since", "main"];
    assert_eq!(check(root, &past).status.code(), Some(0));
}

#[test]
fn warnings_count_with_strict_and_only_new_ones() {
    let folder = estate();
    let root = folder.path();
    let image = |name: &str| format!("# P\n\n![x](https://images.example/{name}.png)\n");
    write(root, "content/a.md", &image("a"));
    commit(root, "content: a");
    assert_eq!(
        check(root, &["--strict", "--since", "HEAD"]).status.code(),
        Some(0)
    );
    write(root, "content/b.md", &image("b"));
    assert_eq!(check(root, &["--since", "HEAD"]).status.code(), Some(0));
    assert_eq!(
        check(root, &["--strict", "--since", "HEAD"]).status.code(),
        Some(1)
    );
}

#[test]
fn a_state_that_is_not_there_is_told_with_what_to_do() {
    let folder = estate();
    let root = folder.path();
    let (code, out, last) = found(&check(root, &["--since", "mian"]));
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(last.contains("`mian`") && last.contains("`main`"), "{last}");
    write(root, "content/b.md", "# B\n");
    commit(root, "content: une page");
    let clones = tempfile::tempdir().expect("a folder");
    let source = format!("file://{}", root.display());
    git(
        clones.path(),
        &["clone", "--quiet", "--depth", "1", &source, "clone"],
    );
    let first = git(root, &["rev-parse", "HEAD~1"]);
    for absent in [first.as_str(), "origin/absente"] {
        let (code, _, last) = found(&check(&clones.path().join("clone"), &["--since", absent]));
        assert_eq!(code, Some(2), "{absent}");
        assert!(
            last.contains("fetch-depth: 0") && last.contains("GIT_DEPTH: 0"),
            "{last}"
        );
    }
}

#[test]
fn a_merge_request_is_summed_up_and_content_stays_content() {
    let folder = estate();
    let root = folder.path();
    write(root, "content/partie.md", "# Partie\n");
    write(root, "content/aide.md", "# Aide\n");
    write(root, "content/aide.en.md", "# Help\n");
    commit(root, "content: une page qui partira");
    git(root, &["checkout", "--quiet", "-b", "travail"]);
    write(
        root,
        "inventory/assets/pc-02.yaml",
        "name: \"<img src=x> @direction\"\nserial: 'B|2'\n",
    );
    write(root, "content/index.md", "# Accueil\n\nRien.\n");
    write(root, "content/aide.en.md", "# Help\n\nAsk.\n");
    write(
        root,
        "content/neuve|.md",
        "# Neuve\n\n[Rien](</details>`@tous.md>)\n",
    );
    fs::remove_file(root.join("content/partie.md")).expect("the page goes");
    for number in 1..=60 {
        let id = format!("inventory/assets/neuf-{number:02}.yaml");
        write(root, &id, "name: Neuf\nmodle: X\n");
    }
    for language in ["fr", "en"] {
        let file = root.join("../").join(format!(
            "{}-{language}.md",
            root.file_name().expect("a name").display()
        ));
        let path = file.display().to_string();
        let output = check(
            root,
            &[
                "--since",
                "main",
                "--format",
                "github",
                "--summary",
                &path,
                "--lang",
                language,
            ],
        );
        assert_eq!(output.status.code(), Some(1));
        let summary = fs::read_to_string(&file).expect("the summary is written");
        fs::remove_file(&file).expect("the summary goes");
        let commit = git(root, &["rev-parse", "main"]);
        expect(
            &format!("summary.{language}.md"),
            &summary.replace(&commit[..8], "COMMIT"),
        );
    }
    let output = check(root, &["--summary", "x.md"]);
    assert_eq!(
        output.status.code(),
        Some(2),
        "a summary is of a comparison"
    );
}

/// A summary quotes what is hidden from some: it is for those who build.
#[test]
fn a_summary_is_for_those_who_see_everything() {
    let folder = estate();
    let root = folder.path();
    let config = "title: Parc\naudiences:\n  techniciens: {}\n";
    write(root, "carnet.yaml", config);
    let path = root.join("resume.md").display().to_string();
    let asked = |name| {
        let more = ["--since", "HEAD", "--summary", &path, "--audience", name];
        check(root, &more).status.code()
    };
    assert_eq!(asked("techniciens"), Some(2));
    assert!(!root.join("resume.md").exists());
    assert_ne!(asked("all"), Some(2));
    assert!(root.join("resume.md").exists());
}

fn expect(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/since")
        .join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        fs::write(&path, found).expect("the expected text is written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(expected, found, "{name}");
}
