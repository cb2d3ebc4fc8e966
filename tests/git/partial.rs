//! Contents that are not in the clone: said, and not remembered as if they had been read.

use std::fs;
use std::path::PathBuf;

use carnet::git;
use carnet::history::{RecordName, State, What};

use crate::builder::{Builder, FOLDERS, Files, files, request};

const SITE: &str = "inventory/sites/s.yaml";

fn states() -> Vec<Files> {
    let state = |number: u32| files([(SITE, &format!("name: Un {number}\n"))]);
    (0..6).map(state).collect()
}

/// The loose file of a content, as it was in a state.
fn loose(builder: &Builder, state: &Files) -> PathBuf {
    let id = builder.repository.blob(&state[SITE]).expect("a blob");
    let id = id.to_string();
    let folder = builder.git_folder().join("objects").join(&id[..2]);
    folder.join(&id[2..])
}

#[test]
fn a_content_that_is_elsewhere_is_said() {
    let mut builder = Builder::new();
    let states = states();
    assert!(!builder.line(&states).is_partial);
    let path = loose(&builder, &states[3]);
    let bytes = fs::read(&path).expect("a loose content");
    fs::remove_file(&path).expect("removed");
    let partial = builder.history();
    assert!(partial.is_partial);
    assert_eq!(partial.state, State::Complete);
    // A damaged one is there, and fetching would not mend it.
    fs::write(&path, &bytes[..0]).expect("written");
    assert!(!builder.history().is_partial);
}

#[test]
fn what_comes_back_is_read_as_if_it_had_never_gone() {
    let broken = files([(SITE, "name: [\n")]);
    let mut with_broken = states();
    with_broken[4] = broken;
    for states in [states(), with_broken] {
        let mut builder = Builder::new();
        let whole = builder.line(&states);
        let mut remembering = request(builder.folder.path(), &FOLDERS);
        remembering.cache = Some(builder.folder.path().join(".carnet/history"));
        for hidden in 0..5 {
            let path = loose(&builder, &states[hidden]);
            let bytes = fs::read(&path).expect("a loose content");
            fs::remove_file(&path).expect("removed");
            let without = git::history(&remembering);
            assert!(without.is_partial);
            assert_eq!(without, builder.history());
            fs::write(&path, bytes).expect("written");
            assert_eq!(git::history(&remembering), whole, "{hidden}");
        }
    }
}

#[test]
fn a_rename_that_is_in_no_commit_takes_the_log_along() {
    let mut builder = Builder::new();
    builder.line(&states());
    let moved = builder.folder.path().join("inventory/sites/t.yaml");
    fs::rename(builder.folder.path().join(SITE), &moved).expect("renamed");
    let name = |id: &str| RecordName {
        kind: "site".to_owned(),
        id: id.to_owned(),
        language: None,
    };
    let check = || {
        let history = builder.history();
        let [change] = &history.uncommitted.records[..] else {
            panic!("{:?}", history.uncommitted)
        };
        assert_eq!(change.renamed_from.as_deref(), Some("s"));
        assert_eq!(change.what, What::Changed);
        assert_eq!(history.of_record(&name("t")).count(), 6);
        assert_eq!(history.of_record(&name("s")).count(), 0);
        assert_eq!(history.of("inventory/sites/t.yaml").count(), 6);
    };
    check();
    // With `git mv` the index knows it already.
    let mut index = builder.repository.index().expect("an index");
    let old = std::path::Path::new(SITE);
    index.remove_path(old).expect("removed");
    let new = std::path::Path::new("inventory/sites/t.yaml");
    index.add_path(new).expect("added");
    index.write().expect("written");
    check();
}
