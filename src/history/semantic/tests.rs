//! Unit tests of the comparison: long lists read item by item and whole, moves, and what never
//! shows. Whole cases, as a user would write them, are in `tests/semantic/`.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::{Reader, Version};
use crate::history::{Changes, FileWhat, What};
use crate::schema::built_in;

mod hostile;
mod lists;
mod merges;
mod secrets;

const LIST: &str = "inventory/assets/parc.yaml";

fn reader() -> Reader {
    Reader::new(built_in(), BTreeSet::new())
}

/// What one commit changed in files: path, text before, text after (`""` for no file).
fn changes(files: &[(&str, &str, &str)], renames: &[(&str, &str)]) -> Changes {
    let reader = reader();
    let mut differences = Vec::new();
    for (path, old, new) in files {
        let version =
            |text: &str| (!text.is_empty()).then(|| reader.version(path, text.as_bytes()));
        let (old, new) = (version(old), version(new));
        differences.push(reader.compare(old.as_ref(), new.as_ref(), true));
    }
    let renames: Vec<(String, String)> = renames
        .iter()
        .map(|(old, new)| ((*old).to_owned(), (*new).to_owned()))
        .collect();
    reader.settle(differences, &renames)
}

/// One line a change: what, id, moved from, renamed from, fields.
fn told(changes: &Changes) -> Vec<String> {
    let records = changes.records.iter().map(|change| {
        let mut line = format!("{:?} {}", change.what, change.record.id);
        for (word, from) in [("from", &change.moved_from), ("was", &change.renamed_from)] {
            if let Some(from) = from {
                let _ = write!(line, " {word} {from}");
            }
        }
        for field in &change.fields {
            let _ = write!(line, " {}", field.key);
        }
        line + if change.body.is_some() { " body" } else { "" }
    });
    let files = changes
        .files
        .iter()
        .map(|file| format!("{:?} {}", file.what, file.path));
    records.chain(files).collect()
}

#[test]
fn versions_and_readers_are_shared_by_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Version>();
    shared::<Reader>();
    shared::<super::FileDifference>();
}

#[test]
fn without_values_moves_are_found_all_the_same() {
    let reader = reader();
    let (old, new) = ("inventory/assets/a.yaml", "inventory/assets/lyon/a.yaml");
    let old_version = reader.version(old, b"id: a\nname: A\nserial: S-1\n");
    let new_version = reader.version(new, b"id: a\nname: A\nserial: S-2\n");
    for (keep, fields) in [(true, " serial"), (false, "")] {
        let differences = vec![
            reader.compare(Some(&old_version), None, keep),
            reader.compare(None, Some(&new_version), keep),
        ];
        let changes = reader.settle(differences, &[]);
        assert_eq!(told(&changes), [format!("Changed a from {old}{fields}")]);
    }
    // Both paths at once, as a caller may have them who knows of the new name.
    let both = reader.compare(Some(&old_version), Some(&new_version), true);
    assert_eq!(reader.settle(vec![both], &[]).records.len(), 1);
}

#[test]
fn an_id_in_several_files_moves_with_its_own() {
    let found = changes(
        &[
            ("inventory/assets/a.yaml", "id: x\nname: A\n", ""),
            ("inventory/assets/b.yaml", "id: x\nname: B\n", ""),
            ("inventory/assets/c.yaml", "", "id: X\nname: B\n"),
        ],
        &[("inventory/assets/b.yaml", "inventory/assets/c.yaml")],
    );
    assert_eq!(
        told(&found),
        ["Changed X from inventory/assets/b.yaml was x", "Removed x"]
    );
}

#[test]
fn a_new_name_of_the_file_renames_what_is_named_by_it() {
    let (old, new) = ("procedures/vpn.md", "procedures/reseau/vpn.md");
    let text = "---\ntitle: VPN\n---\nTexte.\n";
    let files = [(old, text, ""), (new, "", text)];
    let found = changes(&files, &[(old, new)]);
    assert_eq!(
        told(&found),
        [format!("Changed reseau/vpn from {old} was vpn")]
    );
    assert_eq!(
        told(&changes(&files, &[])),
        ["Added reseau/vpn", "Removed vpn"]
    );
    // A translation is no new name of what it translates.
    let english = "procedures/vpn.en.md";
    let found = changes(&[(old, text, ""), (english, "", text)], &[(old, english)]);
    assert_eq!(found.records.len(), 2);
}

#[test]
fn a_broken_file_says_nothing_of_its_records() {
    let reader = reader();
    let good = reader.version(LIST, b"- id: a\n  name: A\n- id: b\n  name: B\n");
    let broken = reader.version(LIST, b"- id: a\n  name: \"A\n- id: b\n  name: B\n");
    let settle = |difference| told(&reader.settle(vec![difference], &[]));
    assert!(!good.is_broken() && broken.is_broken());
    assert_eq!(
        settle(reader.compare(Some(&good), Some(&broken), true)),
        [format!("Broken {LIST}")]
    );
    assert_eq!(
        settle(reader.compare(None, Some(&broken), true)),
        [format!("Broken {LIST}")]
    );
    assert_eq!(
        settle(reader.compare(Some(&broken), Some(&good), true)),
        [format!("Mended {LIST}")]
    );
    assert_eq!(
        settle(reader.compare(Some(&broken), None, true)),
        [format!("Removed {LIST}")]
    );
    let again = reader.version(LIST, b"- id: a\n  name: \"B\n- id: b\n  name: B\n");
    assert!(settle(reader.compare(Some(&broken), Some(&again), true)).is_empty());
    let after = reader.version(LIST, b"- id: a\n  name: A\n- id: c\n  name: C\n");
    assert_eq!(
        settle(reader.mended(Some(&good), &after, true)),
        [
            "Removed b".to_owned(),
            "Added c".to_owned(),
            format!("Mended {LIST}")
        ]
    );
    assert_eq!(
        settle(reader.mended(None, &after, true)),
        [format!("Mended {LIST}")]
    );
    let remarked = reader.version(LIST, b"# a\n- id: a\n  name: A\n- id: b\n  name: B\n");
    for new in [&good, &remarked] {
        assert_eq!(
            settle(reader.mended(Some(&good), new, true)),
            [format!("Mended {LIST}")]
        );
    }
}

#[test]
fn what_breaks_a_file_and_what_does_not() {
    let reader = reader();
    let yaml = "inventory/assets/a.yaml";
    let broken = |path: &str, bytes: &[u8]| reader.version(path, bytes).is_broken();
    for bytes in [
        b"name: \xe9\n".as_slice(),
        b"\xff\xfen\0",
        b"name: [a\n",
        b"seulement un texte\n",
        b"version https://git-lfs.github.com/spec/v1\n",
        b"a\0b",
        b"<<<<<<< HEAD\nname: A\n=======\nname: B\n>>>>>>> autre\n",
    ] {
        assert!(broken(yaml, bytes), "{bytes:?}");
    }
    assert!(broken("content/a.md", b"---\ntitle: [a\n---\n"));
    assert!(broken("content/a.md", b"---\ntitle: a\n"));
    assert!(broken("content/a.md", b"+++\ntitle = 'a'\n+++\n"));
    assert!(broken("content/a.md", b"---\n- a\n---\n"));
    for bytes in [
        b"".as_slice(),
        b"# rien\n",
        b"name: a\nip: nul\n",
        b"- a\n- b\n",
        b"name: !x a\n",
    ] {
        assert!(!broken(yaml, bytes), "{bytes:?}");
    }
    assert!(!broken("content/a.md", b"---\n---\n"));
    let unsettled = b"---\ntitle: A\n---\n<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> autre\n";
    assert!(!broken("content/a.md", unsettled));
    assert!(!broken("content/a.png", b"\xff\xfe"));
    assert!(!broken("inventory/nowhere/a.yaml", b"a: ["));
}

#[test]
fn order_and_paths_are_those_of_the_type() {
    let found = changes(
        &[
            ("inventory/assets/z.yaml", "", "name: Z\n"),
            ("content/z.md", "", "# Z\n"),
            ("inventory/assets/a.yaml", "", "name: A\n"),
            ("content/b.png", "", "b"),
            ("content/a.png", "", "a"),
        ],
        &[],
    );
    let sorted = [
        "Added a",
        "Added z",
        "Added z",
        "Added content/a.png",
        "Added content/b.png",
    ];
    assert_eq!(told(&found), sorted);
    assert_eq!(found.records[0].record.kind, "asset");
    assert!(
        found
            .records
            .iter()
            .all(|change| change.what == What::Added)
    );
    assert_eq!(found.files[0].what, FileWhat::Added);
}

#[test]
fn many_ids_change_at_once_within_bounds() {
    let list = |prefix: &str, room: &str| {
        let items = (0..100).map(|number| {
            format!(
                "- id: {prefix}-{number}\n  name: Poste {number}\n  type: laptop\n  site: lyon\n  \
                 status: in-service\n  room: {room}\n"
            )
        });
        items.collect::<String>()
    };
    let found = changes(&[(LIST, &list("pc", "A"), &list("po", "A"))], &[]);
    assert_eq!(found.records.len(), 100);
    assert_eq!(told(&found)[7], "Changed po-15 was pc-15");
    // Too many that are only alike: each came or went.
    let found = changes(&[(LIST, &list("pc", "A"), &list("po", "B"))], &[]);
    assert_eq!(found.records.len(), 200);
}

#[test]
fn a_secret_makes_no_two_records_one() {
    let item = |id: &str, name: &str, key: &str| {
        format!("- id: {id}\n  name: {name}\n  serial: {key}\n  bitlocker_key: {key}\n")
    };
    let other = item("z", "Z", "z-serial");
    let (old, new) = (item("a", "A", "hunter2-x"), item("b", "B", "hunter2-x"));
    let found = changes(&[(LIST, &(old + &other), &(new + &other))], &[]);
    assert_eq!(told(&found), ["Removed a", "Added b"]);
    let (old, new) = (item("a", "A", "hunter2-x"), item("b", "A", "hunter2-y"));
    let found = changes(&[(LIST, &(old + &other), &(new + &other))], &[]);
    assert_eq!(told(&found), ["Changed b was a serial bitlocker_key"]);
}
