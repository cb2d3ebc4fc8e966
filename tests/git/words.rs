//! Authors and messages: `.mailmap`, odd encodings, hostile text, no address kept.

use carnet::history::History;
use git2::ObjectType;

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
    let tree = builder.tree(&files([("inventory/a.yaml", "a\n")]));
    let mut bytes = format!("tree {tree}\n{headers}\n").into_bytes();
    bytes.extend_from_slice(message);
    let store = builder.repository.odb().expect("the objects");
    let id = store.write(ObjectType::Commit, &bytes).expect("a commit");
    builder.check_out(id);
    builder.history()
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
fn empty_words_stay_empty() {
    let who = "author  <> 0 +0000\ncommitter  <> 0 +0000\n";
    let history = raw(&Builder::new(), who, b"");
    let commit = &history.commits()[0];
    assert_eq!((commit.author.as_str(), commit.summary.as_str()), ("", ""));
}
