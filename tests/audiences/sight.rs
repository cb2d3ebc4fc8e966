//! What is visible at the edges: typing errors, circles, folders and translations close, and never open.

use std::path::Path;

use carnet::diagnostic::Diagnostic;

use super::{files, load, site};

pub fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, text).expect("a file");
}

/// Whether an audience gets a word of a record with these lines.
fn gets(name: &str, config: &str, record: &str) -> (bool, Vec<Diagnostic>) {
    let folder = tempfile::tempdir().expect("a folder");
    let config = format!("as_of: 2026-11-20\n{config}");
    put(folder.path(), "carnet.yaml", &config);
    put(
        folder.path(),
        "inventory/sites/lyon.yaml",
        &format!("name: Tilleul\n{record}"),
    );
    let project = load(folder.path());
    let build = site(&project, name, None);
    let found = files(&build).values().any(|bytes| {
        let text = String::from_utf8_lossy(bytes);
        text.to_lowercase().contains("tilleul")
    });
    (found, build.all_findings())
}

const AUDIENCES: &str = "audiences:\n  a: {}\n  b: {includes: [a]}\n  c: {}\n";

#[test]
fn marks_let_in_whom_they_name_and_those_who_include_them() {
    for (mark, readers) in [
        ("", vec!["a", "b", "c", "all"]),
        ("audience: a\n", vec!["a", "b", "all"]),
        ("audience: b\n", vec!["b", "all"]),
        ("audience: c\n", vec!["c", "all"]),
    ] {
        for name in ["a", "b", "c", "all"] {
            let (is_read, findings) = gets(name, AUDIENCES, mark);
            assert_eq!(is_read, readers.contains(&name), "{mark} for {name}");
            assert!(findings.is_empty(), "{findings:?}");
        }
    }
}

#[test]
fn what_is_wrong_closes() {
    for mark in [
        "audience: bb\n",
        "audience:\n",
        "audience: []\n",
        "audience: [a]\n",
        "audience: {}\n",
        "audience: all\n",
        "audiance: b\n",
        "Audience: b\n",
    ] {
        for name in ["a", "b", "c"] {
            let (is_read, findings) = gets(name, AUDIENCES, mark);
            assert!(!is_read, "{mark} for {name}");
            assert!(!findings.is_empty(), "{mark}");
        }
        assert!(gets("all", AUDIENCES, mark).0, "{mark}");
    }
}

#[test]
fn the_stricter_of_folder_and_record_wins() {
    let folders = format!("{AUDIENCES}folders:\n  inventory/sites: {{audience: b}}\n");
    assert!(!gets("a", &folders, "").0);
    assert!(!gets("a", &folders, "audience: a\n").0);
    assert!(gets("b", &folders, "audience: a\n").0);
    assert!(!gets("b", &folders, "audience: c\n").0);
    for wrong in ["{audience: x}", "{}", "b", "{audiance: b}"] {
        let folders = format!("{AUDIENCES}folders:\n  inventory/sites: {wrong}\n");
        let (is_read, findings) = gets("b", &folders, "");
        assert!(!is_read && !findings.is_empty(), "{wrong}");
    }
}
