//! What is remembered changes how fast the history is read, and never what it says.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use carnet::git::{self, Request};
use carnet::history::History;

use crate::builder::{Builder, FOLDERS, Files, extended, files, request};

const ONE: &str = "inventory/assets/pc-1.yaml";

fn state(room: &str) -> Files {
    let asset = format!("name: PC 1\ntype: laptop\nstatus: in-service\nroom: {room}\n");
    files([(ONE, &asset)])
}

fn folder(builder: &Builder) -> PathBuf {
    builder.folder.path().join(".carnet/history")
}

fn file(builder: &Builder) -> PathBuf {
    folder(builder).join("commits.jsonl")
}

fn remembering(builder: &Builder) -> Request {
    Request {
        cache: Some(folder(builder)),
        ..request(builder.folder.path(), &FOLDERS)
    }
}

/// The history with the cache, which must be the one without.
fn same(builder: &Builder) -> History {
    let with = git::history(&remembering(builder));
    assert_eq!(with, builder.history());
    with
}

#[test]
fn new_commits_are_added_and_lost_ones_forgotten() {
    let mut builder = Builder::new();
    let first = builder.commit(&[], &state("A"), "first");
    let second = builder.commit(&[first], &state("B"), "second");
    builder.check_out(second);
    same(&builder);
    let lines = || {
        fs::read_to_string(file(&builder))
            .expect("a cache")
            .lines()
            .count()
    };
    assert_eq!(lines(), 3);
    same(&builder);
    let third = builder.commit(&[second], &state("C"), "third");
    builder.check_out(third);
    same(&builder);
    let lines = || {
        fs::read_to_string(file(&builder))
            .expect("a cache")
            .lines()
            .count()
    };
    assert_eq!(lines(), 4);
    // History rewritten: the second commit and the third are gone.
    let other = builder.commit(&[first], &state("Z"), "other");
    builder.check_out(other);
    let shown = same(&builder);
    assert_eq!(shown.commits().len(), 2);
    let text = fs::read_to_string(file(&builder)).expect("a cache");
    assert!(!text.contains(&third.to_string()) && text.contains(&other.to_string()));
}

#[test]
fn what_was_found_is_taken_and_what_was_damaged_is_not() {
    let mut builder = Builder::new();
    builder.line(&[state("A"), state("Bureau 2")]);
    let good = same(&builder);
    let written = fs::read_to_string(file(&builder)).expect("a cache");
    // A value that only the file could have told.
    let forged = written.replace("Bureau 2", "Bureau 3");
    assert_ne!(forged, written);
    for damaged in [&forged, &written[..written.len() / 2], "", "\u{0}", "{}\n"] {
        fs::write(file(&builder), damaged).expect("written");
        assert_eq!(git::history(&remembering(&builder)), good);
        assert_eq!(
            fs::read_to_string(file(&builder)).expect("a cache"),
            written
        );
    }
}

#[test]
fn another_schema_leaves_nothing_behind() {
    let mut builder = Builder::new();
    let with = |pin: &str| {
        let asset = format!("name: PC 1\ntype: laptop\nstatus: in-service\npin: {pin}\n");
        files([(ONE, &asset)])
    };
    builder.line(&[with("hunter-1"), with("hunter-2")]);
    for secret in [false, true] {
        let text = format!(
            "extends: asset\nfields:\n  - {{key: pin, type: text, secret: {secret}, labels: {{fr: Code, en: Code}}}}\n"
        );
        let shown = git::history(&Request {
            schema: extended(&text),
            ..remembering(&builder)
        });
        assert_eq!(format!("{:?}", shown.commits()).contains("hunter"), !secret);
        let written = fs::read_to_string(file(&builder)).expect("a cache");
        assert_eq!(written.contains("hunter"), !secret, "{written}");
    }
}

#[test]
fn what_was_typed_in_the_open_is_hidden_once_it_is_secret() {
    let kind = "extends: asset\nfields:\n  - {key: pin, type: text, secret: true, labels: {fr: Code, en: Code}}\n";
    let schema = extended(kind);
    let with = |rest: &str| {
        let asset = format!("name: PC 1\ntype: laptop\nstatus: in-service\n{rest}");
        files([(ONE, &asset), ("inventory/_kinds/asset.yaml", kind)])
    };
    let mut builder = Builder::new();
    let read = |builder: &Builder, cached: bool| {
        let mut asked = Request {
            schema: Arc::clone(&schema),
            ..remembering(builder)
        };
        asked.cache = asked.cache.filter(|_| cached);
        git::history(&asked)
    };
    let same = |builder: &Builder| {
        let found = read(builder, true);
        assert_eq!(found, read(builder, false));
        format!("{found:?}").matches("hunter").count()
    };
    let mut made: Vec<git2::Oid> = Vec::new();
    let told: Vec<usize> = [
        "",
        "room: hunter-22\n",
        "room: A\nnotes: \"un\\n\\ndeux, le code est hunter-22.\"\n",
        "room: A\nnotes: \"un\\n\\ndeux.\"\n",
        "room: A\nnotes: \"un\\n\\ndeux.\"\npin: hunter-22\n",
        "room: B\nnotes: \"un\\n\\ndeux.\"\npin: autre-code\n",
    ]
    .iter()
    .map(|rest| {
        let parents: Vec<git2::Oid> = made.last().copied().into_iter().collect();
        made.push(builder.commit(&parents, &with(rest), "x"));
        builder.check_out(made[made.len() - 1]);
        let tagged = builder.repository.find_object(made[made.len() - 1], None);
        let name = format!("v{}", made.len());
        let tagged = tagged.expect("a commit");
        builder
            .repository
            .tag_lightweight(&name, &tagged, false)
            .expect("a tag");
        same(&builder)
    })
    .collect();
    assert!(
        told[1] > 0 && told[2] > told[1] && told[3] > told[2],
        "{told:?}"
    );
    assert_eq!(told[4..], [0, 0]);
    let written = fs::read_to_string(file(&builder)).expect("a cache");
    assert!(!written.contains("hunter"), "{written}");
    // Nothing made it secret in that state, whatever was remembered of later ones.
    builder.check_out(made[3]);
    assert_eq!(same(&builder), told[3]);
    // What is secret on disk only.
    builder.write(
        ONE,
        "name: PC 1\ntype: laptop\nstatus: in-service\npin: hunter-22\n",
    );
    assert_eq!(same(&builder), 0);
}

#[test]
fn an_older_state_is_read_and_nothing_is_forgotten() {
    let mut builder = Builder::new();
    let shown = builder.line(&[state("A"), state("B"), state("C")]);
    same(&builder);
    let before = fs::read(file(&builder)).expect("a cache");
    let asked = Request {
        from: Some(shown.commits()[1].id.clone()),
        ..remembering(&builder)
    };
    let past = git::history(&asked);
    assert_eq!(past.commits(), &shown.commits()[1..]);
    assert_eq!(past.head.as_ref(), Some(&shown.commits()[1].id));
    assert!(past.modified.is_empty() && past.uncommitted.records.is_empty());
    assert_eq!(fs::read(file(&builder)).expect("a cache"), before);
}

#[cfg(unix)]
#[test]
fn the_cache_is_its_owners_and_no_link_is_followed() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let mut builder = Builder::new();
    builder.line(&[state("A"), state("B")]);
    same(&builder);
    let mode = |path: PathBuf| {
        fs::metadata(path)
            .expect("it is there")
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!(
        (mode(folder(&builder)), mode(file(&builder))),
        (0o700, 0o600)
    );
    let ignore = builder.folder.path().join(".carnet/.gitignore");
    assert_eq!(fs::read_to_string(ignore).expect("a file"), "*\n");
    // What others can read was not written by this program: a clone brings such a file.
    fs::set_permissions(file(&builder), fs::Permissions::from_mode(0o644)).expect("a mode");
    same(&builder);
    assert_eq!(mode(file(&builder)), 0o600);
    let elsewhere = tempfile::tempdir().expect("a folder");
    let target = elsewhere.path().join("target");
    fs::write(&target, "untouched").expect("written");
    fs::remove_file(file(&builder)).expect("removed");
    symlink(&target, file(&builder)).expect("a link");
    same(&builder);
    assert_eq!(fs::read_to_string(&target).expect("a file"), "untouched");
    assert!(file(&builder).symlink_metadata().expect("a file").is_file());
    fs::remove_dir_all(builder.folder.path().join(".carnet")).expect("removed");
    symlink(elsewhere.path(), builder.folder.path().join(".carnet")).expect("a link");
    same(&builder);
    assert_eq!(fs::read_dir(elsewhere.path()).expect("a folder").count(), 1);
}

#[test]
fn a_folder_that_cannot_be_made_is_no_failure() {
    let mut builder = Builder::new();
    let shown = builder.line(&[state("A"), state("B")]);
    fs::write(builder.folder.path().join(".carnet"), "a file").expect("written");
    assert_eq!(git::history(&remembering(&builder)), shown);
}

#[test]
fn two_commits_and_the_disk_are_compared() {
    let mut builder = Builder::new();
    let shown = builder.line(&[state("A"), state("B"), state("C")]);
    let ids: Vec<&str> = shown
        .commits()
        .iter()
        .map(|commit| commit.id.as_str())
        .collect();
    let asked = request(builder.folder.path(), &FOLDERS);
    let room = |old: &str, new: Option<&str>| {
        let changes = git::changes(&asked, old, new).expect("two states");
        format!("{:?}", changes.records)
    };
    let told = room(ids[2], Some(ids[0]));
    assert!(
        told.contains("Text(\"A\")") && told.contains("Text(\"C\")"),
        "{told}"
    );
    assert_eq!(room(ids[0], None), "[]");
    builder.write(
        ONE,
        "name: PC 1\ntype: laptop\nstatus: in-service\nroom: D\n",
    );
    let told = room(ids[1], None);
    assert!(
        told.contains("Text(\"B\")") && told.contains("Text(\"D\")"),
        "{told}"
    );
    let nowhere = "1".repeat(40);
    assert!(git::changes(&asked, &nowhere, None).is_err());
}
