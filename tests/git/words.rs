//! Authors and messages: `.mailmap`, odd encodings, hostile text, no address kept.

use carnet::history::History;
use git2::{ObjectType, Oid};

use crate::builder::{Builder, files};

#[test]
fn mailmap_names_the_author() {
    let mut builder = Builder::new();
    builder.author = ("zm", "ZOE@old.example");
    let map = "# people\nZoé Martin <zoe@corp.example> <zoe@old.example>\n";
    let history = builder.line(&[files([("inventory/a.yaml", "a\n"), (".mailmap", map)])]);
    assert_eq!(history.commits()[0].author, "Zoé Martin");
}

/// Writes a commit byte by byte, as no library would.
fn raw(builder: &Builder, headers: &str, message: &[u8]) -> History {
    let id = write(builder, headers, message);
    builder.check_out(id);
    builder.history()
}

fn write(builder: &Builder, headers: &str, message: &[u8]) -> Oid {
    let tree = builder.tree(&files([("inventory/a.yaml", "a\n")]));
    let mut bytes = format!("tree {tree}\n{headers}\n").into_bytes();
    bytes.extend_from_slice(message);
    let store = builder.repository.odb().expect("the objects");
    store.write(ObjectType::Commit, &bytes).expect("a commit")
}

const WHO: &str = "author Zo <z@corp.example> 0 -0330\ncommitter Zo <z@corp.example> 0 +0000\n";

#[test]
fn a_message_that_is_not_utf_8_is_read_all_the_same() {
    let history = raw(&Builder::new(), WHO, b"mise \xe0 jour\n");
    assert_eq!(history.commits()[0].summary, "mise \u{fffd} jour");
    let headers = format!("{WHO}encoding ISO-8859-1\n");
    let history = raw(&Builder::new(), &headers, b"mise \xe0 jour\n");
    assert_eq!(history.commits()[0].summary, "mise à jour");
    assert_eq!(
        history.commits()[0].when.to_string(),
        "1969-12-31T20:30:00-03:30[-03:30]"
    );
}

#[test]
fn subject_and_body_are_told_apart_and_trimmed() {
    let message = b"\n  Change the\r\n  gateway \r\n\r\n\r\nWhy:\r\n\r\n- it  broke  \r\n\r\n\
        Co-authored-by: Ana Lopes <ana@corp.example>\r\n\r\n";
    let history = raw(&Builder::new(), WHO, message);
    let commit = &history.commits()[0];
    assert_eq!(commit.summary, "Change the gateway");
    assert_eq!(
        commit.body,
        "Why:\n\n- it  broke\n\nCo-authored-by: Ana Lopes"
    );
    assert!(!format!("{history:?}").contains('@'), "an address was kept");
}

#[test]
fn a_message_of_ten_megabytes_is_cut() {
    let history = raw(&Builder::new(), WHO, "é".repeat(5 << 20).as_bytes());
    let summary = &history.commits()[0].summary;
    assert_eq!(summary.chars().count(), 301);
    assert!(summary.ends_with('…'));
}

#[test]
fn nobody_has_no_empty_name() {
    let who = "author  <> 0 +0000\ncommitter  <> 0 +0000\n";
    let history = raw(&Builder::new(), who, b"");
    let commit = &history.commits()[0];
    assert_eq!((commit.author.as_str(), commit.summary.as_str()), ("?", ""));
}

#[test]
fn an_address_in_the_place_of_a_name_is_not_shown() {
    for (name, shown) in [
        ("lea@corp.example", "lea"),
        ("Léa lea@corp.example", "Léa lea"),
        ("L <x@leak.example", "L"),
        ("@", "?"),
    ] {
        let who = format!("author {name} <z@corp.example> 0 +0000\n");
        let who = who + "committer Zo <z@corp.example> 0 +0000\n";
        let history = raw(&Builder::new(), &who, b"x");
        assert_eq!(history.commits()[0].author, shown, "{name}");
        assert!(!format!("{history:?}").contains("leak"), "{name}");
    }
}

#[test]
fn a_malformed_author_does_not_end_the_history() {
    for (author, shown, seconds) in [
        ("Zo 1700000000 +0100", "?", 1_700_000_000),
        ("L <x@leak.example 1700000000 +0100", "L", 1_700_000_000),
        ("", "?", 0),
    ] {
        let builder = Builder::new();
        let first = write(&builder, WHO, b"first");
        let who = format!("parent {first}\nauthor {author}\ncommitter Zo 60 +0000\n");
        let middle = write(&builder, &who, b"middle\n\nWhy.");
        let history = raw(&builder, &format!("parent {middle}\n{WHO}"), b"last");
        let commits = history.commits();
        assert_eq!(commits.len(), 3, "{author}: {:?}", history.state);
        let middle = &commits[1];
        assert_eq!((&*middle.summary, &*middle.body), ("middle", "Why."));
        assert_eq!(middle.author, shown);
        assert_eq!(middle.when.timestamp().as_second(), seconds);
        assert!(!format!("{history:?}").contains("leak"));
    }
}

#[test]
fn a_malformed_author_of_the_head_ends_nothing() {
    let builder = Builder::new();
    let first = write(&builder, WHO, b"first");
    let who = format!("parent {first}\nauthor Zo 1700000000 +0100\ncommitter Zo 60 +0000\n");
    let last = write(&builder, &who, b"last");
    let reference = builder.git_folder().join("refs/heads/main");
    std::fs::write(reference, format!("{last}\n")).expect("a branch");
    builder.write("inventory/a.yaml", "b\n");
    builder.write("inventory/b.yaml", "new\n");
    let history = builder.history();
    assert_eq!(history.commits().len(), 2, "{:?}", history.state);
    let modified: Vec<&String> = history.modified.iter().collect();
    assert_eq!(modified, ["inventory/a.yaml", "inventory/b.yaml"]);
    let root = builder.folder.path();
    for (name, id) in [
        ("HEAD", last),
        ("main~1", first),
        (&last.to_string()[..9], last),
    ] {
        let found = carnet::git::revision(root, name).expect(name);
        assert_eq!(found.id, id.to_string());
    }
    let request = crate::builder::request(root, &crate::builder::FOLDERS);
    carnet::git::changes(&request, &first.to_string(), None).expect("compared");
    let snapshot = carnet::git::Snapshot::open(root, &last.to_string(), &["inventory"]);
    assert!(
        snapshot
            .expect("a tree")
            .entry("inventory/a.yaml")
            .is_some()
    );
}
