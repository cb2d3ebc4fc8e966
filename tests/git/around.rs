//! What stands around the commits: the disk, fields that were secret, tags, merge requests.

use std::collections::BTreeMap;

use carnet::git::{self, Request};
use carnet::history::What;
use git2::Oid;

use crate::builder::{Builder, FOLDERS, extended, files, history, request};
use crate::fields::{ONE, TWO, all, asset, log, of};

#[test]
fn the_disk_differs_field_by_field() {
    let mut builder = Builder::new();
    let three = "inventory/assets/pc-3.yaml";
    builder.line(&[files([
        (ONE, &asset("PC 1", "lyon", "A")),
        (TWO, &asset("PC 2", "lyon", "A")),
    ])]);
    builder.write(ONE, &asset("PC 1", "lyon", "B"));
    builder.write(three, &asset("PC 3", "valence", "C"));
    std::fs::remove_file(builder.folder.path().join(TWO)).expect("removed");
    let shown = builder.history();
    assert_eq!(
        all(&shown.uncommitted),
        "pc-1 changed room: A → B; pc-2 removed; pc-3 added"
    );
    assert_eq!(log(&shown).len(), 1);
    // A file that only took another name is the same record.
    std::fs::remove_file(builder.folder.path().join(three)).expect("removed");
    builder.write(three, &asset("PC 2", "lyon", "A"));
    let shown = builder.history();
    let told = all(&shown.uncommitted);
    assert!(told.contains("pc-3 changed was pc-2"), "{told}");
}

#[test]
fn a_root_below_the_top_tells_paths_from_there() {
    let mut builder = Builder::new();
    let below = format!("docs/it/{ONE}");
    builder.line(&[
        files([(below.as_str(), &asset("PC 1", "lyon", "A"))]),
        files([(below.as_str(), &asset("PC 1", "lyon", "B"))]),
    ]);
    let shown = history(&builder.folder.path().join("docs/it"), &FOLDERS);
    let change = &shown.commits()[0].changes.records[0];
    assert_eq!((change.path.as_str(), change.what), (ONE, What::Changed));
}

#[test]
fn a_field_that_was_ever_secret_is_never_told() {
    let mut builder = Builder::new();
    let kind = |secret: bool| {
        format!(
            "extends: asset\nfields:\n  - {{key: pin, type: text, secret: {secret}, labels: {{fr: Code, en: Code}}}}\n"
        )
    };
    let with = |pin: &str| asset("PC 1", "lyon", "A") + &format!("pin: {pin}\n");
    let schema = "inventory/_kinds/asset.yaml";
    builder.line(&[
        files([(schema, &kind(true)), (ONE, &with("hunter-1"))]),
        files([(schema, &kind(false)), (ONE, &with("hunter-2"))]),
    ]);
    let shown = git::history(&Request {
        schema: extended(&kind(false)),
        ..request(builder.folder.path(), &FOLDERS)
    });
    // The field is read: where it was never secret, it is told.
    let fresh = Builder::new().line_by(
        &extended(&kind(false)),
        &["hunter-1", "hunter-2"].map(|pin| files([(ONE, &with(pin))])),
    );
    assert_eq!(
        of(&fresh, "pc-1")[0],
        "2: pc-1 changed pin: hunter-1 → hunter-2"
    );
    assert!(!format!("{shown:?}").contains("hunter"), "a secret is told");
    assert_eq!(of(&shown, "pc-1")[0], "2: pc-1 changed pin: hidden");
}

#[test]
fn a_schema_in_utf_16_hides_what_it_was_to_hide() {
    let kind = "extends: asset\nfields:\n  - {key: pin, type: text, secret: true, labels: {fr: Code, en: Code}}\n";
    let shown = kind.replace("secret: true, ", "");
    let with = |pin: &str| asset("PC 1", "lyon", "A") + &format!("pin: {pin}\n");
    let mut builder = Builder::new();
    let mut first = files([(ONE, &with("hunter-1"))]);
    let units = "\u{feff}".encode_utf16().chain(kind.encode_utf16());
    let schema = "inventory/_kinds/asset.yaml".to_owned();
    first.insert(schema, units.flat_map(u16::to_be_bytes).collect());
    builder.line(&[first, files([(ONE, &with("hunter-2"))])]);
    let found = git::history(&Request {
        schema: extended(&shown),
        ..request(builder.folder.path(), &FOLDERS)
    });
    assert_eq!(of(&found, "pc-1")[0], "2: pc-1 changed pin: hidden");
}

#[test]
fn tags_tell_what_changed_since_the_one_before() {
    let mut builder = Builder::new();
    let states = ["A", "B", "C", "D"].map(|room| files([(ONE, &asset("PC 1", "lyon", room))]));
    builder.line(&states);
    let commits: Vec<Oid> = builder
        .history()
        .commits()
        .iter()
        .map(|commit| Oid::from_str(&commit.id).expect("an id"))
        .collect();
    let repository = &builder.repository;
    let object = |place: usize| {
        repository
            .find_object(commits[place], None)
            .expect("a commit")
    };
    repository
        .tag_lightweight("v2", &object(0), false)
        .expect("a tag");
    repository
        .tag_lightweight("a-2", &object(0), false)
        .expect("a tag");
    let who = repository.find_commit(commits[3]).expect("a commit");
    let who = who.author();
    repository
        .tag("v1", &object(3), &who, "Première", false)
        .expect("a tag");
    let shown = builder.history();
    let tags: Vec<_> = shown
        .tags
        .iter()
        .map(|tag| (tag.name.as_str(), tag.commit, tag.since.as_ref().map(all)))
        .collect();
    assert_eq!(
        tags,
        [
            ("a-2", 0, Some(String::new())),
            ("v2", 0, Some("pc-1 changed room: A → D".into())),
            ("v1", 3, None)
        ]
    );
}

#[test]
fn the_request_of_a_merge_is_that_of_its_commits() {
    let mut builder = Builder::new();
    let state = |room: &str| files([(ONE, &asset("PC 1", "lyon", room))]);
    let base = builder.commit(&[], &state("A"), "base");
    let one = builder.commit(&[base], &state("B"), "one (#9)");
    let two = builder.commit(&[one], &state("C"), "two");
    let other = builder.commit(&[base], &state("A"), "other");
    let merge = "Merge branch 'x' into 'main'\n\nSee merge request it/parc!12";
    let merge = builder.commit(&[other, two], &state("C"), merge);
    let after = builder.commit(&[merge], &state("D"), "Change de salle (#13)");
    builder.check_out(after);
    let shown = builder.history();
    let numbers: BTreeMap<&str, Option<u32>> = shown
        .commits()
        .iter()
        .map(|commit| {
            let number = commit.request.map(|request| request.number);
            (commit.summary.as_str(), number)
        })
        .collect();
    let expected = [
        ("Change de salle (#13)", Some(13)),
        ("Merge branch 'x' into 'main'", Some(12)),
        ("base", None),
        ("one (#9)", Some(12)),
        ("other", None),
        ("two", Some(12)),
    ];
    assert_eq!(numbers, BTreeMap::from(expected));
}
