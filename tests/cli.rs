//! The command line as scripts and people meet it: help, outputs, exit codes. `BLESS=1` writes the
//! expected texts of `tests/cli/` anew; the diff is then read by a person.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cli")
        .join(name)
}

/// The program, in surroundings that say nothing of language, width or day.
fn carnet(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_carnet"));
    command.args(arguments).current_dir(folder("parc"));
    for name in [
        "LC_ALL",
        "LC_MESSAGES",
        "LANG",
        "COLUMNS",
        "SOURCE_DATE_EPOCH",
    ] {
        command.env_remove(name);
    }
    command
}

fn run(arguments: &[&str]) -> Output {
    carnet(arguments).output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("the program ended by itself")
}

fn expect(name: &str, found: &str) {
    let path = folder(name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, found).expect("the expected text is written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(expected, found, "{name}");
}

#[test]
fn help_in_both_languages() {
    let commands = [
        "",
        "build",
        "serve",
        "check",
        "init",
        "new",
        "history",
        "diff",
        "search",
        "query",
        "scan",
        "labels",
        "collect",
        "merge",
        "publish",
        "verify",
        "audit",
        "schema",
        "explain",
        "fix",
        "rename",
        "forget",
        "allow",
        "lsp",
        "completions",
        "man",
    ];
    for language in ["fr", "en"] {
        let mut all = String::new();
        for command in commands {
            let arguments = [command, "--help", "--lang", language];
            let arguments = &arguments[usize::from(command.is_empty())..];
            let output = run(arguments);
            assert_eq!((code(&output), output.stderr.len()), (0, 0), "{command}");
            let _ = write!(
                all,
                "$ carnet {}\n{}\n",
                arguments.join(" "),
                text(&output.stdout)
            );
        }
        expect(&format!("help.{language}.stdout"), &all);
    }
}

#[test]
fn the_language_is_asked_for_else_the_locale_s_else_french() {
    let first = |command: &mut Command| {
        let output = command.output().expect("the program runs");
        text(&output.stdout).lines().next().map(str::to_owned)
    };
    let french = first(&mut carnet(&["check", "--help"]));
    let english = first(&mut carnet(&["check", "--help", "--lang=en"]));
    assert_ne!(french, english);
    assert_eq!(
        first(carnet(&["check", "--help"]).env("LANG", "en_GB.UTF-8")),
        english
    );
    assert_eq!(
        first(carnet(&["check", "--help"]).env("LANG", "fr_FR.UTF-8")),
        french
    );
}

#[test]
fn findings_in_every_form() {
    for (form, language) in [
        ("human", "fr"),
        ("human", "en"),
        ("short", "fr"),
        ("short", "en"),
        ("json", "fr"),
    ] {
        let output = run(&[
            "check",
            "--no-history",
            "--format",
            form,
            "--lang",
            language,
        ]);
        assert_eq!(code(&output), 1, "{form}");
        // People read beside their program's output, programs read the output itself.
        let (told, quiet) = match form {
            "human" => (&output.stderr, &output.stdout),
            _ => (&output.stdout, &output.stderr),
        };
        assert_eq!(text(quiet), "", "{form}");
        expect(&format!("check-{form}.{language}.stdout"), &text(told));
    }
}

#[test]
fn exit_codes() {
    let path = |name: &str| folder(name).display().to_string();
    let check = |root: &str, more: &[&str]| {
        let root = path(root);
        let mut arguments = vec!["check", "--no-history", "--root", &root];
        arguments.extend(more);
        code(&run(&arguments))
    };
    assert_eq!(check("parc", &[]), 1);
    assert_eq!(
        check("avertissement", &[]),
        0,
        "warnings alone are no failure"
    );
    assert_eq!(check("avertissement", &["--strict"]), 1);
    assert_eq!(check("nulle-part", &[]), 2);
    assert_eq!(check("parc/content", &[]), 2, "not a project");
    assert_eq!(check("parc", &["--as-of", "hier"]), 2);
    assert_eq!(check("parc", &["--as-of", "31/12/2026"]), 1);
    assert_eq!(check("parc", &["--drapeau"]), 2);
    assert_eq!(code(&run(&["--version"])), 0);
    assert_eq!(code(&run(&[])), 2);
}

#[test]
fn wrong_command_lines() {
    let lines: [&[&str]; 9] = [
        &["bild"],
        &["check", "--formt", "json"],
        &["check", "--format", "xml"],
        &["check", "--format"],
        &["serve", "--port", "abc"],
        &["new"],
        &["check", "--lang", "fr", "--lang", "en"],
        &["check", "--as-of", "hier"],
        &["check", "--root", "nulle-part"],
    ];
    for language in ["fr", "en"] {
        let mut all = String::new();
        for line in lines {
            let output = carnet(line)
                .env("LANG", language)
                .output()
                .expect("the program runs");
            assert_eq!((code(&output), output.stdout.len()), (2, 0), "{line:?}");
            let _ = write!(
                all,
                "$ carnet {}\n{}\n",
                line.join(" "),
                text(&output.stderr)
            );
        }
        expect(&format!("mistakes.{language}.stdout"), &all);
    }
}

#[test]
fn deadlines_are_asked_for() {
    let root = folder("echeances").display().to_string();
    let check = |more: &[&str]| {
        let mut arguments = vec!["check", "--no-history", "--root", &root];
        arguments.extend(["--as-of", "2026-11-20"]);
        arguments.extend(more);
        run(&arguments)
    };
    assert_eq!(code(&check(&[])), 0, "no part of a plain check");
    assert_eq!(code(&check(&["--as-of", "2026-11-18"])), 2, "said twice");
    for (language, length) in [("fr", "30j"), ("en", "30d")] {
        let output = check(&["--deadlines", length, "--lang", language]);
        assert_eq!(code(&output), 1, "one is past");
        let told = text(&output.stderr);
        expect(&format!("deadlines.{language}.stdout"), &told);
    }
    let json = check(&["--deadlines", "1 mois", "--format", "json"]);
    assert_eq!(code(&json), 1);
    expect("deadlines-json.fr.stdout", &text(&json.stdout));
    for wrong in ["trente", "3 h", "30", "2147483647 ans", "-3j"] {
        let length = format!("--deadlines={wrong}");
        assert_eq!(code(&check(&[&length])), 2, "{wrong}");
    }
    // Before the first is past, warnings alone: no failure but with `--strict`.
    let early = [
        "check",
        "--no-history",
        "--root",
        &root,
        "--as-of",
        "2026-11-01",
    ];
    let soon = |more: &[&str]| {
        let mut arguments = early.to_vec();
        arguments.extend(["--deadlines", "30j", "--format", "short"]);
        arguments.extend(more);
        run(&arguments)
    };
    assert_eq!(code(&soon(&[])), 0);
    assert_eq!(code(&soon(&["--strict"])), 1);
}

#[test]
fn levels_by_rule_and_by_folder() {
    let root = folder("niveaux").display().to_string();
    let output = run(&[
        "check",
        "--no-history",
        "--format",
        "short",
        "--root",
        &root,
    ]);
    assert_eq!(code(&output), 1);
    expect("levels.en.stdout", &text(&output.stdout));
}

#[test]
fn the_day_comes_from_the_surroundings_when_nothing_else_says_it() {
    let project = tempfile::tempdir().expect("a temporary folder");
    let root = project.path().display().to_string();
    assert_eq!(code(&run(&["init", &root, "--template", "empty"])), 0);
    let opened = |seconds: &str, id: &str| {
        let mut command = carnet(&["new", "ticket", id, "--root", &root]);
        let output = command.env("SOURCE_DATE_EPOCH", seconds).output();
        let output = output.expect("the program runs");
        let written = fs::read_to_string(project.path().join(text(&output.stdout).trim()));
        (code(&output), written.unwrap_or_default())
    };
    let (done, ticket) = opened("1782864000", "t-1");
    assert_eq!(done, 0);
    assert!(ticket.contains("opened: 2026-07-01 09:00"), "{ticket}");
    assert_eq!(opened("hier", "t-2").0, 2);
}

#[test]
fn new_records_of_every_kind_are_read_back() {
    let project = tempfile::tempdir().expect("a temporary folder");
    let root = project.path().display().to_string();
    assert_eq!(code(&run(&["init", &root])), 0);
    for kind in carnet::schema::built_in().kinds() {
        let output = run(&["new", &kind.name, "essai", "--root", &root]);
        assert_eq!(code(&output), 0, "{}", text(&output.stderr));
        let path = project.path().join(text(&output.stdout).trim());
        assert!(path.is_file(), "{}", path.display());
    }
    let output = run(&[
        "check",
        "--no-history",
        "--format",
        "short",
        "--root",
        &root,
    ]);
    // What only a person knows is left empty: a reference that several records could fill, the
    // reasons of a change, the day of a test.
    for line in text(&output.stdout).lines() {
        let left = [
            "[missing-field]",
            "[incomplete-change]",
            "[untested-restore]",
        ];
        assert!(left.iter().any(|rule| line.contains(rule)), "{line}");
    }
}

#[test]
fn new_refuses_what_it_cannot_write() {
    let project = tempfile::tempdir().expect("a temporary folder");
    let root = project.path().display().to_string();
    assert_eq!(code(&run(&["init", &root])), 0);
    let mut all = String::new();
    let lines: [&[&str]; 6] = [
        &["new", "équipemant", "x"],
        &["new", "zzz", "x"],
        &["new", "asset", "pc-001"],
        &["new", "person", "CAMILLE-ROUX"],
        &["new", "asset", "../dehors"],
        &["new", "asset", "a#b"],
    ];
    for line in lines {
        let mut arguments = line.to_vec();
        arguments.extend(["--root", &root]);
        let output = run(&arguments);
        assert_eq!((code(&output), output.stdout.len()), (2, 0), "{line:?}");
        let _ = write!(
            all,
            "$ carnet {}\n{}\n",
            line.join(" "),
            text(&output.stderr)
        );
    }
    expect("new.fr.stdout", &all);
    let next = |kind: &str| text(&run(&["new", kind, "--root", &root]).stdout);
    assert_eq!(next("ticket"), "inventory/tickets/inc-002.yaml\n");
    assert_eq!(next("tickets"), "inventory/tickets/inc-003.yaml\n");
    assert_eq!(next("Procédure"), "procedures/procedure-001.md\n");
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let mut child = carnet(&["check", "--no-history", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((code(&output), text(&output.stderr).as_str()), (1, ""));
}

#[test]
fn every_row_of_an_answer_is_printed() {
    let numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10500) SELECT i FROM n";
    let csv = run(&["query", "--no-history", numbers, "--format", "csv"]);
    assert_eq!(text(&csv.stdout).lines().count(), 10_501);
    let json = run(&["query", "--no-history", numbers, "--format", "json"]);
    let rows: serde_json::Value = serde_json::from_str(&text(&json.stdout)).expect("JSON");
    assert_eq!(rows.as_array().map(Vec::len), Some(10_500));
    let none = "SELECT 1 AS i WHERE 0";
    let csv = run(&["query", "--no-history", none, "--format", "csv"]);
    assert_eq!(text(&csv.stdout), "i\r\n");
}

#[test]
fn a_failure_speaks_the_project_s_language() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("content")).expect("a folder");
    fs::write(folder.path().join("carnet.yaml"), "language: en\n").expect("it is written");
    let root = folder.path().display().to_string();
    let failed = |more: &[&str]| {
        let mut arguments = vec!["query", "--root", &root, "--as-of", "hier", "SELECT 1"];
        arguments.extend(more);
        let output = carnet(&arguments).env("LANG", "fr_FR.UTF-8").output();
        text(&output.expect("the program runs").stderr)
    };
    assert!(failed(&[]).contains("is not a date"), "{}", failed(&[]));
    assert!(failed(&["--lang", "fr"]).contains("n’est pas une date"));
}

#[test]
fn labels_replace_labels_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let config = path("carnet.yaml");
    fs::write(&config, "title: Parc\n").expect("it is written");
    let labels = |out: &str| code(&run(&["labels", "--out", out]));
    assert_eq!(labels(&config), 2);
    assert_eq!(
        fs::read_to_string(&config).expect("it is there"),
        "title: Parc\n"
    );
    let own = path("planche.html");
    assert_eq!((labels(&own), labels(&own)), (0, 0));
}
