//! Merges: a path counts only where it differs from every parent.

use carnet::history::State;

use crate::builder::{Builder, files, log, text, words};

#[test]
fn a_line_of_commits() {
    let mut builder = Builder::new();
    let history = builder.line(&[
        files([("inventory/a.yaml", "a: 1\n"), ("README.md", "x\n")]),
        files([("inventory/a.yaml", "a: 2\n"), ("README.md", "x\n")]),
        files([("inventory/a.yaml", "a: 2\n"), ("README.md", "y\n")]),
        files([
            ("inventory/a.yaml", "a: 2\n"),
            ("inventory/sub/b.yaml", "b: 1\n"),
            ("inventory-old/c.yaml", "c: 1\n"),
            ("carnet.yaml", "title: T\n"),
        ]),
    ]);
    assert_eq!(history.state, State::Complete);
    assert_eq!(words(history.commits().iter()), "4 3 2 1");
    assert_eq!(words(history.touching()), "4 2 1");
    assert_eq!(log(&history, "inventory/a.yaml"), "2 1");
    assert_eq!(log(&history, "inventory/sub/b.yaml"), "4");
    assert_eq!(log(&history, "carnet.yaml"), "4");
    assert_eq!(log(&history, "README.md"), "");
    assert_eq!(log(&history, "inventory-old/c.yaml"), "");
    let counts: Vec<u32> = history
        .commits()
        .iter()
        .map(|commit| commit.files)
        .collect();
    assert_eq!(counts, [2, 0, 1, 1]);
    let last = history.last("inventory/a.yaml").expect("a commit");
    assert_eq!(last.author, "Zoé Martin");
    assert_eq!(last.when.to_string(), "2025-06-15T17:08:40+02:00[+02:00]");
    assert_eq!(
        history.first("inventory/a.yaml").expect("a commit").summary,
        "1"
    );
    assert_eq!(
        history.head.as_deref(),
        Some(history.commits()[0].id.as_str())
    );
    assert!(history.modified.is_empty(), "{:?}", history.modified);
}

#[test]
fn a_merge_without_changes_of_its_own_is_not_listed() {
    let mut builder = Builder::new();
    let start = files([("inventory/a.yaml", "1\n"), ("inventory/b.yaml", "1\n")]);
    let ours = files([("inventory/a.yaml", "2\n"), ("inventory/b.yaml", "1\n")]);
    let theirs = files([("inventory/a.yaml", "1\n"), ("inventory/b.yaml", "2\n")]);
    let both = files([("inventory/a.yaml", "2\n"), ("inventory/b.yaml", "2\n")]);
    let base = builder.commit(&[], &start, "base");
    let left = builder.commit(&[base], &ours, "left");
    let right = builder.commit(&[base], &theirs, "right");
    let merge = builder.commit(&[left, right], &both, "merge");
    builder.check_out(merge);
    let history = builder.history();
    assert_eq!(words(history.commits().iter()), "merge right left base");
    assert_eq!(log(&history, "inventory/a.yaml"), "left base");
    assert_eq!(log(&history, "inventory/b.yaml"), "right base");
    assert_eq!(history.commits()[0].files, 0);
}

#[test]
fn a_resolved_conflict_is_a_change_of_the_merge() {
    let mut builder = Builder::new();
    let only = |content: &str| files([("inventory/a.yaml", content)]);
    let base = builder.commit(&[], &only("1\n"), "base");
    let left = builder.commit(&[base], &only("2\n"), "left");
    let right = builder.commit(&[base], &only("3\n"), "right");
    let merge = builder.commit(&[left, right], &only("2 and 3\n"), "merge");
    builder.check_out(merge);
    let history = builder.history();
    assert_eq!(log(&history, "inventory/a.yaml"), "merge right left base");
    assert_eq!(history.commits()[0].files, 1);
}

#[test]
fn an_octopus_lists_only_what_no_parent_has() {
    let mut builder = Builder::new();
    let state = |a: &str, b: &str, c: &str| {
        files([("inventory/a", a), ("inventory/b", b), ("inventory/c", c)])
    };
    let base = builder.commit(&[], &state("1", "1", "1"), "base");
    let one = builder.commit(&[base], &state("2", "1", "1"), "one");
    let two = builder.commit(&[base], &state("1", "2", "1"), "two");
    let three = builder.commit(&[base], &state("1", "1", "2"), "three");
    let octopus = builder.commit(&[one, two, three], &state("2", "2", "3"), "octopus");
    builder.check_out(octopus);
    let history = builder.history();
    assert_eq!(log(&history, "inventory/a"), "one base");
    assert_eq!(log(&history, "inventory/b"), "two base");
    assert_eq!(log(&history, "inventory/c"), "octopus three base");
}

#[test]
fn a_clock_that_goes_backwards_does_not_turn_the_order() {
    let mut builder = Builder::new();
    let only = |content: &str| files([("inventory/a.yaml", content)]);
    let first = builder.commit(&[], &only("1\n"), "first");
    builder.clock -= 100_000;
    let second = builder.commit(&[first], &only("2\n"), "second");
    builder.clock -= 100_000;
    let third = builder.commit(&[second], &only("3\n"), "third");
    builder.check_out(third);
    let history = builder.history();
    assert_eq!(log(&history, "inventory/a.yaml"), "third second first");
    assert_eq!(
        history.last("inventory/a.yaml").expect("a commit").summary,
        "third"
    );
}

#[test]
fn an_edit_on_one_branch_follows_the_rename_on_the_other() {
    let mut builder = Builder::new();
    let (old, new) = ("procedures/old.md", "procedures/new.md");
    let (written, edited) = (text("p"), text("p") + "one more\n");
    let base = builder.commit(&[], &files([(old, &written)]), "base");
    let rename = builder.commit(&[base], &files([(new, &written)]), "rename");
    let edit = builder.commit(&[base], &files([(old, &edited)]), "edit");
    let merge = builder.commit(&[rename, edit], &files([(new, &edited)]), "merge");
    let after = builder.commit(&[merge], &files([(new, &written)]), "after");
    builder.check_out(after);
    let history = builder.history();
    assert_eq!(log(&history, new), "after edit rename base");
    assert_eq!(log(&history, old), "");
}

#[test]
fn a_rename_that_only_one_branch_knows_loses_nothing() {
    let mut builder = Builder::new();
    let (old, new) = ("procedures/old.md", "procedures/new.md");
    let (written, other) = (text("p"), text("q"));
    let base = builder.commit(&[], &files([(old, &written)]), "base");
    let rename = builder.commit(&[base], &files([(new, &written)]), "rename");
    let rewrite = builder.commit(&[base], &files([(old, &other)]), "rewrite");
    // The merge drops the rewritten file: nothing tells that it was the same one.
    let tip = files([(new, written.as_str())]);
    for parents in [[rename, rewrite], [rewrite, rename]] {
        let merge = builder.commit(&parents, &tip, "merge");
        builder.check_out(merge);
        let history = builder.history();
        assert_eq!(log(&history, new), "rename base");
        assert_eq!(log(&history, old), "rewrite base");
    }
}

#[test]
fn a_file_beside_a_folder_of_its_name_disturbs_nothing() {
    let history = Builder::new().line(&[
        files([("procedures/a/x.md", "x\n")]),
        files([("procedures/a/x.md", "x\n"), ("procedures/a.md", "a\n")]),
        files([("procedures/a.md", "a\n"), ("procedures/a", "now a file\n")]),
    ]);
    assert_eq!(log(&history, "procedures/a/x.md"), "3 1");
    assert_eq!(log(&history, "procedures/a.md"), "2");
    assert_eq!(log(&history, "procedures/a"), "3");
}
