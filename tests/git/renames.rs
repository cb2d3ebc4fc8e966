//! Renames: the log of the new path holds the commits of the old one.

use crate::builder::{Builder, Files, files, log, text};

#[test]
fn a_rename_keeps_the_log() {
    let a = text("a");
    let history = Builder::new().line(&[
        files([("inventory/old.yaml", &a)]),
        files([("inventory/new.yaml", &a)]),
        files([("inventory/new.yaml", &(a.clone() + "more\n"))]),
        files([("procedures/last.md", &(a.clone() + "more\n"))]),
    ]);
    assert_eq!(log(&history, "procedures/last.md"), "4 3 2 1");
    assert_eq!(log(&history, "inventory/old.yaml"), "");
    assert_eq!(log(&history, "inventory/new.yaml"), "");
    assert!(history.commits().iter().all(|commit| commit.files == 1));
}

#[test]
fn a_rename_with_an_edit_keeps_the_log() {
    let a = text("a");
    let history = Builder::new().line(&[
        files([("inventory/old.yaml", &a), ("inventory/b.yaml", "b\n")]),
        files([("inventory/new.yaml", &a.replace("line 7", "seven"))]),
    ]);
    assert_eq!(log(&history, "inventory/new.yaml"), "2 1");
    assert_eq!(log(&history, "inventory/b.yaml"), "2 1");
}

/// A text of which `kept` lines of twenty are those of another.
fn partly(kept: usize) -> String {
    let (one, two) = (text("a"), text("b"));
    let lines = one.lines().take(kept).chain(two.lines().skip(kept));
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn another_computer_of_the_model_does_not_inherit() {
    // Git would call this a rename: 60 % of the lines are those of the removed file.
    let history = Builder::new().line(&[
        files([("inventory/assets/pc-0012.yaml", &text("a"))]),
        files([("inventory/assets/pc-0099.yaml", &partly(12))]),
    ]);
    assert_eq!(log(&history, "inventory/assets/pc-0099.yaml"), "2");
    assert_eq!(log(&history, "inventory/assets/pc-0012.yaml"), "2 1");
}

#[test]
fn a_file_that_kept_its_name_may_change_more() {
    let history = Builder::new().line(&[
        files([("inventory/assets/pc-0012.yaml", &text("a"))]),
        files([("inventory/retired/PC-0012.yaml", &partly(12))]),
        files([("inventory/assets/pc-0012.yaml", &text("c"))]),
    ]);
    assert_eq!(log(&history, "inventory/retired/PC-0012.yaml"), "3 2 1");
    assert_eq!(log(&history, "inventory/assets/pc-0012.yaml"), "3");
}

#[test]
fn a_folder_that_moves_takes_its_logs_along() {
    let folder = |name: &str, extra: &str| -> Files {
        let paths = ["index.md", "a.md", "deep/index.md", "empty.md"].map(|file| {
            let path = format!("procedures/{name}/{file}");
            let content = if file == "empty.md" {
                String::new()
            } else {
                text(file) + extra
            };
            (path, content.into_bytes())
        });
        paths.into_iter().collect()
    };
    let history = Builder::new().line(&[
        folder("network", ""),
        folder("réseau", ""),
        folder("réseau", "more\n"),
        folder("telecom", "more\nand more\n"),
    ]);
    assert_eq!(log(&history, "procedures/telecom/index.md"), "4 3 2 1");
    assert_eq!(log(&history, "procedures/telecom/deep/index.md"), "4 3 2 1");
    assert_eq!(log(&history, "procedures/telecom/a.md"), "4 3 2 1");
    assert_eq!(log(&history, "procedures/telecom/empty.md"), "4 2 1");
    assert_eq!(history.paths().count(), 4);
}

#[test]
fn a_change_of_case_keeps_the_log() {
    let a = text("a");
    let history = Builder::new().line(&[
        files([
            ("inventory/SRV-AD-01.yaml", &a),
            ("inventory/x.yaml", "x\n"),
        ]),
        files([
            ("inventory/srv-ad-01.yaml", &a),
            ("inventory/x.yaml", "x\n"),
        ]),
        files([
            ("Inventory/x.yaml", "x\n"),
            ("inventory/Srv-ad-01.yaml", &(a.clone() + "b\n")),
        ]),
    ]);
    assert_eq!(log(&history, "inventory/Srv-ad-01.yaml"), "3 2 1");
}

#[test]
fn a_file_that_comes_back_keeps_its_log() {
    let a = text("a");
    let history = Builder::new().line(&[
        files([("inventory/a.yaml", &a), ("inventory/b.yaml", "b\n")]),
        files([("inventory/b.yaml", "b\n")]),
        files([
            ("inventory/a.yaml", &text("other")),
            ("inventory/b.yaml", "b\n"),
        ]),
    ]);
    assert_eq!(log(&history, "inventory/a.yaml"), "3 2 1");
    assert_eq!(log(&history, "inventory/b.yaml"), "1");
}

#[test]
fn a_name_taken_over_starts_a_log_of_its_own() {
    let (a, b) = (text("a"), text("b"));
    let history = Builder::new().line(&[
        files([("inventory/a.yaml", &a)]),
        files([("inventory/a2.yaml", &a)]),
        files([("inventory/a2.yaml", &a), ("inventory/a.yaml", &b)]),
        files([("inventory/a2.yaml", &b)]),
    ]);
    // Between 3 and 4 `a2` is rewritten and `a` goes: no rename, since both names were taken.
    assert_eq!(log(&history, "inventory/a2.yaml"), "4 2 1");
    assert_eq!(log(&history, "inventory/a.yaml"), "4 3");
}

#[test]
fn two_files_can_change_places() {
    let (a, b) = (text("a"), text("b"));
    let history = Builder::new().line(&[
        files([("inventory/a.yaml", &a), ("inventory/b.yaml", &b)]),
        files([
            ("inventory/c.yaml", &a),
            ("inventory/b.yaml", &(b.clone() + "2\n")),
        ]),
        files([
            ("inventory/c.yaml", &a),
            ("inventory/a.yaml", &(b.clone() + "2\n")),
        ]),
        files([
            ("inventory/b.yaml", &a),
            ("inventory/a.yaml", &(b.clone() + "2\n")),
        ]),
    ]);
    assert_eq!(log(&history, "inventory/a.yaml"), "3 2 1");
    assert_eq!(log(&history, "inventory/b.yaml"), "4 2 1");
}
