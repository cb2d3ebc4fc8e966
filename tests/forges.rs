//! The forms that forges read, over one project whose names and messages hold what these forms must escape. `BLESS=1`
//! writes the expected texts of `tests/forges/` anew. SARIF was also held to the schema of its standard, by hand: that
//! schema's licence is not one to ship it under.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// A repository with a project below its top, in folders that no file of this repository could have on every system.
fn estate() -> TempDir {
    let top = tempfile::tempdir().expect("a folder");
    let write = |path: &str, bytes: &[u8]| {
        let path = top.path().join("parc été").join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        fs::write(path, bytes).expect("the file is written");
    };
    write("carnet.yaml", "title: Parc\n".as_bytes());
    write(
        "content/baie n°1, 100%: été.md",
        "# Baie\n\nVoir ![logo 😀](https://images.example/a%20b.png).\n".as_bytes(),
    );
    write(
        "inventory/assets/postes.yaml",
        "- {id: pc-01, name: '😀 100 %', serail: A1}\n- {id: pc-01, name: \"a: b, c\"}\n"
            .as_bytes(),
    );
    write("inventory/assets/latin.yaml", b"id: pc-02\nname: caf\xe9\n");
    let made = Command::new("git")
        .args(["init", "--quiet"])
        .arg(top.path())
        .status();
    assert!(made.expect("Git runs").success());
    top
}

fn check(root: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_carnet"))
        .args(["check", "--no-history", "--as-of", "2026-11-20", "--root"])
        .arg(root)
        .args(more)
        .output()
        .expect("the program runs")
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("output is UTF-8")
}

fn expect(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/forges")
        .join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, found).expect("the expected text is written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(expected, found, "{name}");
}

#[test]
fn one_estate_in_every_form() {
    let top = estate();
    let root = top.path().join("parc été");
    for (form, language) in [
        ("github", "fr"),
        ("github", "en"),
        ("gitlab", "fr"),
        ("sarif", "fr"),
        ("sarif", "en"),
    ] {
        let output = check(&root, &["--format", form, "--lang", language]);
        assert_eq!(output.status.code(), Some(1), "{form}");
        assert_eq!(text(output.stderr), "", "{form}");
        let found = text(output.stdout);
        let version = format!("ersion\": \"{}\"", env!("CARGO_PKG_VERSION"));
        expect(
            &format!("{form}.{language}.stdout"),
            &found.replace(&version, "ersion\": \"VERSION\""),
        );
    }
}

#[test]
fn nothing_found_is_a_document_all_the_same() {
    let top = tempfile::tempdir().expect("a folder");
    fs::write(top.path().join("carnet.yaml"), "title: Parc\n").expect("the file is written");
    let found = |form: &str| {
        let output = check(top.path(), &["--format", form]);
        assert_eq!(output.status.code(), Some(0), "{form}");
        text(output.stdout)
    };
    assert_eq!(found("github"), "");
    assert_eq!(found("gitlab"), "[]\n");
    let sarif: Value = serde_json::from_str(&found("sarif")).expect("JSON");
    let run = &sarif["runs"][0];
    assert_eq!(run["results"], Value::Array(Vec::new()));
    assert_eq!(run["tool"]["driver"]["rules"], Value::Array(Vec::new()));
}

/// What a forge takes for the same finding must stay when lines are added above it, and in another language.
#[test]
fn a_finding_that_moved_keeps_its_mark() {
    let top = estate();
    let root = top.path().join("parc été");
    let marks = |more: &[&str]| -> Vec<String> {
        let mut arguments = vec!["--format", "gitlab"];
        arguments.extend(more);
        let report: Value =
            serde_json::from_str(&text(check(&root, &arguments).stdout)).expect("JSON");
        let found = report.as_array().expect("an array").iter();
        found.map(|it| it["fingerprint"].to_string()).collect()
    };
    let before = marks(&[]);
    let path = root.join("inventory/assets/postes.yaml");
    let moved = format!(
        "# une ligne\n\n{}",
        fs::read_to_string(&path).expect("the file")
    );
    fs::write(&path, moved).expect("the file is written");
    assert_eq!(marks(&[]), before);
    assert_eq!(marks(&["--lang", "en"]), before);
    let mut distinct = before.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), before.len());
}

/// The fields that each form's reader asks for, of every finding.
#[test]
fn what_readers_ask_for_is_there() {
    let top = estate();
    let root = top.path().join("parc été");
    let read = |form| -> Value {
        let output = check(&root, &["--format", form]);
        serde_json::from_str(&text(output.stdout)).expect("JSON")
    };
    for violation in read("gitlab").as_array().expect("an array") {
        for field in ["description", "check_name", "fingerprint", "severity"] {
            assert!(violation[field].is_string(), "{field}: {violation}");
        }
        assert!(violation["location"]["path"].is_string(), "{violation}");
        assert!(
            violation["location"]["lines"]["begin"].as_u64() >= Some(1),
            "{violation}"
        );
    }
    let sarif = read("sarif");
    let run = &sarif["runs"][0];
    let results = run["results"].as_array().expect("an array");
    assert!(results.len() >= 4, "{results:?}");
    let rules = &run["tool"]["driver"]["rules"];
    for result in results {
        let place = result["ruleIndex"].as_u64().expect("a number");
        let rule = &rules[usize::try_from(place).expect("a place")];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["shortDescription"]["text"].is_string(), "{rule}");
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().expect("a text");
        assert!(
            uri.starts_with("parc%20%C3%A9t%C3%A9/") && uri.is_ascii(),
            "{uri}"
        );
        assert!(place["region"]["startLine"].as_u64() >= Some(1), "{result}");
    }
}
