//! What people call a commit, and what is said when nothing has that name.

use std::collections::BTreeMap;
use std::time::Duration;

use carnet::diagnostic::Text;
use carnet::git::{Revision, revision, revision_within};
use carnet::project::Label;
use git2::{ObjectType, Oid, Signature, Time};

use crate::builder::{Builder, files};

/// 1 March 2026, noon UTC.
const NOON: i64 = 1_772_366_400;
const DAY: i64 = 86_400;

fn find(builder: &Builder, name: &str) -> Revision {
    revision(builder.folder.path(), name).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The French of a failure; both languages are there.
fn failure(builder: &Builder, name: &str) -> String {
    let error = revision(builder.folder.path(), name).expect_err(name);
    let text = error
        .downcast_ref::<Text>()
        .expect("a text in both languages");
    assert!(!text.en.is_empty() && text.en != text.fr, "{text:?}");
    text.fr.clone()
}

/// Commits on one line, `days` apart from the noon of 1 March 2026, checked out at the last.
fn line(builder: &mut Builder, days: &[i64]) -> Vec<Oid> {
    let mut made: Vec<Oid> = Vec::new();
    for (number, day) in days.iter().enumerate() {
        builder.clock = NOON + day * DAY - 60;
        let content = files([("inventory/a.yaml", &format!("{number}\n"))]);
        let parents: Vec<Oid> = made.last().copied().into_iter().collect();
        made.push(builder.commit(&parents, &content, &format!("{number}")));
    }
    builder.check_out(*made.last().expect("a commit"));
    made
}

fn tag(builder: &Builder, name: &str, id: Oid) {
    let object = builder.repository.find_object(id, None).expect("an object");
    let made = builder.repository.tag_lightweight(name, &object, false);
    made.expect("a tag");
}

#[test]
fn every_form_of_a_name() {
    let mut builder = Builder::new();
    let made = line(&mut builder, &[0, 1, 2, 3]);
    let repository = &builder.repository;
    tag(&builder, "v1.0", made[0]);
    let who = Signature::new("Zoé", "zoe@corp.example", &Time::new(NOON, 0)).expect("a name");
    let object = repository.find_object(made[1], None).expect("an object");
    repository
        .tag("v1.1", &object, &who, "annotated", false)
        .expect("a tag");
    let commit = repository.find_commit(made[2]).expect("a commit");
    repository
        .branch("essai/été", &commit, false)
        .expect("a branch");
    repository.branch("v1.0", &commit, false).expect("a branch");
    repository
        .reference("refs/remotes/origin/prod", made[1], false, "")
        .expect("a branch");
    let hash = made[1].to_string();
    let tagged = |name: &str| Some(Label::Tag(name.to_owned()));
    let branch = |name: &str| Some(Label::Branch(name.to_owned()));
    for (name, place, label) in [
        ("HEAD", 3, None),
        ("@", 3, None),
        ("main", 3, branch("main")),
        ("HEAD~3", 0, None),
        ("main~1^", 1, None),
        ("v1.1^0", 1, None),
        (&hash[..], 1, None),
        (&hash[..7], 1, None),
        (&hash[..7].to_uppercase(), 1, None),
        ("v1.0", 0, tagged("v1.0")),
        ("heads/v1.0", 2, branch("v1.0")),
        ("v1.1", 1, tagged("v1.1")),
        ("refs/tags/v1.1", 1, tagged("v1.1")),
        ("essai/été", 2, branch("essai/été")),
        ("origin/prod", 1, branch("origin/prod")),
        (" v1.0 ", 0, tagged("v1.0")),
    ] {
        let found = find(&builder, name);
        assert_eq!(found.id, made[place].to_string(), "{name}");
        assert_eq!((found.label, found.is_head), (label, place == 3), "{name}");
        assert_eq!((found.name.as_str(), found.is_bare), (name.trim(), false));
    }
    let when = find(&builder, "HEAD").when;
    assert_eq!(when.to_string(), "2026-03-04T14:00:00+02:00[+02:00]");
}

#[test]
fn a_day_is_the_last_commit_of_the_first_parent_line() {
    let mut builder = Builder::new();
    let made = line(&mut builder, &[0, 0, 2]);
    builder.clock = NOON + 3 * DAY;
    let side = builder.commit(&made[..1], &files([("inventory/b.yaml", "1\n")]), "side");
    builder.clock = NOON + 5 * DAY;
    let merge = builder.commit(&[made[2], side], &BTreeMap::new(), "merge");
    builder.check_out(merge);
    tag(&builder, "2026-03-05", made[0]);
    for (name, id) in [
        ("2026-03-01", made[1]),
        ("01/03/2026", made[1]),
        ("2026-03-01T14:00", made[1]),
        ("2026-03-02", made[1]),
        // The side branch was not yet merged on that day.
        ("2026-03-04", made[2]),
        ("2026-03-04~1", made[1]),
        ("2026-03-03T12:00:00Z", made[2]),
        ("2026-03-03T11:59:59Z", made[1]),
        ("31/12/2030", merge),
        // A tag may look like a day.
        ("2026-03-05", made[0]),
    ] {
        assert_eq!(find(&builder, name).id, id.to_string(), "{name}");
    }
    for early in ["2026-02-28", "2026-03-01T13:59"] {
        let said = failure(&builder, early);
        assert!(
            said.contains("premier commit est du 1er mars 2026"),
            "{said}"
        );
    }
}

#[test]
fn the_committer_s_clock_decides_and_not_the_author_s() {
    let mut builder = Builder::new();
    let made = line(&mut builder, &[0, 10]);
    let repository = &builder.repository;
    let who = |seconds| Signature::new("Zoé", "zoe@corp.example", &Time::new(seconds, 60));
    let (author, committer) = (
        who(NOON).expect("a name"),
        who(NOON + 20 * DAY).expect("a name"),
    );
    let parent = repository.find_commit(made[1]).expect("a commit");
    let tree = parent.tree().expect("a tree");
    let rebased = repository.commit(None, &author, &committer, "rebased", &tree, &[&parent]);
    builder.check_out(rebased.expect("a commit"));
    // Written on 1 March, it stands on a state of 11 March.
    assert_eq!(find(&builder, "2026-03-05").id, made[0].to_string());
    assert_eq!(find(&builder, "HEAD").when.date().to_string(), "2026-03-21");
}

#[test]
fn unknown_names_are_told_with_their_nearest() {
    let mut builder = Builder::new();
    let made = line(&mut builder, &[0, 1]);
    tag(&builder, "v2026.1", made[0]);
    assert!(failure(&builder, "v2026.2").contains("`v2026.1`"));
    assert!(failure(&builder, "mian").contains("`main`"));
    assert!(failure(&builder, "zzz").contains("git tag"));
    assert!(failure(&builder, "2026-02-30").contains("n’existe pas"));
    assert!(failure(&builder, &"0".repeat(40)).contains("n’est ni un commit"));
    assert!(failure(&builder, "HEAD~2").contains("(2026-03-01)"));
    assert!(failure(&builder, "HEAD^2").contains("n’a pas ce parent"));
    for refused in [
        "",
        ":/0",
        "HEAD^{/0}",
        "HEAD@{1}",
        "a..b",
        "main:inventory",
        "-x\u{7}",
    ] {
        let said = failure(&builder, refused);
        assert!(said.contains("ne nomme pas") || refused == "a..b", "{said}");
    }
    let blob = builder.repository.blob(b"no commit").expect("a blob");
    tag(&builder, "file", blob);
    for name in ["file", &blob.to_string()] {
        assert!(failure(&builder, name).contains("n’est pas un commit"));
    }
}

#[test]
fn a_short_hash_of_several_commits_is_ambiguous_and_files_do_not_count() {
    let mut builder = Builder::new();
    let mut seen: BTreeMap<String, Oid> = BTreeMap::new();
    let empty = BTreeMap::new();
    let (one, other) = loop {
        let id = builder.commit(&[], &empty, "x");
        let prefix = id.to_string()[..4].to_owned();
        if let Some(before) = seen.insert(prefix, id) {
            break (before.to_string(), id.to_string());
        }
    };
    let alone = *seen.values().next().expect("a commit");
    builder.check_out(alone);
    let said = failure(&builder, &one[..4]);
    assert!(
        said.contains(&one[..8]) && said.contains(&other[..8]),
        "{said}"
    );

    let prefix = alone.to_string()[..4].to_owned();
    let blob = (0..u32::MAX)
        .map(|number| number.to_string())
        .find(|content| {
            let id = Oid::hash_object(ObjectType::Blob, content.as_bytes()).expect("a hash");
            id.to_string().starts_with(&prefix)
        });
    let blob = blob.expect("some content has this hash");
    builder.repository.blob(blob.as_bytes()).expect("a blob");
    if prefix != one[..4] {
        assert_eq!(find(&builder, &prefix).id, alone.to_string());
    }
}

#[test]
fn a_shallow_clone_says_where_it_was_cut() {
    let mut builder = Builder::new();
    let made = line(&mut builder, &[0, 1, 2]);
    let first = made[0].to_string();
    let object = builder
        .git_folder()
        .join("objects")
        .join(&first[..2])
        .join(&first[2..]);
    std::fs::remove_file(object).expect("removed");
    let cut = format!("{}\n", made[1]);
    std::fs::write(builder.git_folder().join("shallow"), cut).expect("a cut");
    assert_eq!(find(&builder, "2026-03-02").id, made[1].to_string());
    let said = failure(&builder, "2026-03-01");
    assert!(
        said.contains("du 2 mars 2026") && said.contains("--unshallow"),
        "{said}"
    );
    for name in ["HEAD~2", "v1", &first] {
        let said = failure(&builder, name);
        assert!(said.contains("git fetch --unshallow"), "{said}");
    }
}

#[test]
fn where_there_is_no_commit() {
    let nowhere = tempfile::tempdir().expect("a folder");
    let error = revision(nowhere.path(), "HEAD").expect_err("no repository");
    assert!(error.to_string().contains("aucun dépôt Git"), "{error}");
    let builder = Builder::new();
    assert!(failure(&builder, "HEAD").contains("aucun commit"));
}

#[test]
fn a_truncated_commit_does_not_hang() {
    let mut builder = Builder::new();
    let made = line(&mut builder, &[0, 1]);
    let id = made[0].to_string();
    let path = builder
        .git_folder()
        .join("objects")
        .join(&id[..2])
        .join(&id[2..]);
    let bytes = std::fs::read(&path).expect("an object");
    std::fs::remove_file(&path).expect("removed");
    std::fs::write(&path, &bytes[..bytes.len() / 2]).expect("damaged");
    let found = revision_within(builder.folder.path(), "HEAD~1", Duration::from_secs(1));
    let said = found.expect_err("damaged").to_string();
    assert!(said.contains("illisible"), "{said}");
}

#[test]
fn whatever_git_allows_as_a_name_is_found() {
    let mut builder = Builder::new();
    let made = line(&mut builder, &[0, 1]);
    let names = ["release/1.0@x", "v1.0+été", "lot(2)", "v1!", "l'été", "{x}"];
    for name in names {
        assert!(git2::Reference::is_valid_name(&format!("refs/tags/{name}")));
        tag(&builder, name, made[0]);
        assert_eq!(find(&builder, name).id, made[0].to_string(), "{name}");
    }
    let said = failure(&builder, "release/1.0:x");
    assert!(said.contains("release/1.0@x"), "{said}");
}
