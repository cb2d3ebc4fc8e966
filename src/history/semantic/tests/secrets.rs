//! Nothing that was ever secret is in what is told.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::history::Changes;
use crate::history::semantic::{Reader, once_secret};
use crate::schema::{Schema, built_in, extend};
use crate::source::SourceFile;

fn kind(name: &str, pin: &str) -> (String, String) {
    let text = format!(
        "kind: {name}\nfolder: locks\nmenu: security\nlabels: {{fr: Serrure, en: Lock}}\n\
         plural: {{fr: Serrures, en: Locks}}\ntitle: name\nfields:\n\
         \x20 - {{key: name, type: text, labels: {{fr: Nom, en: Name}}}}\n  - {pin}\n"
    );
    (format!("inventory/_kinds/{name}.yaml"), text)
}

fn schema(text: &(String, String)) -> Arc<Schema> {
    let file = Arc::new(SourceFile::new(text.0.as_str(), text.1.as_str()));
    let (schema, found) = extend(&built_in(), &[file]);
    assert!(found.is_empty(), "{found:?}");
    Arc::new(schema)
}

fn compared(reader: &Reader, path: &str, old: &str, new: &str) -> Changes {
    let [old, new] = [old, new].map(|text| reader.version(path, text.as_bytes()));
    reader.settle(vec![reader.compare(Some(&old), Some(&new), true)], &[])
}

/// What is told of a change of files that call each of their secrets `hunter2`.
fn safe(reader: &Reader, path: &str, old: &str, new: &str) -> Vec<String> {
    let found = compared(reader, path, old, new);
    let all = format!("{found:?}");
    assert!(!all.contains("hunter2"), "{all}");
    let fields = found.records.into_iter().flat_map(|record| record.fields);
    fields.map(|field| field.key).collect()
}

#[test]
fn a_field_that_was_secret_stays_so_under_every_name_it_had() {
    let then = [
        kind(
            "box",
            "{key: pin, type: text, secret: true, labels: {fr: Code, en: Pin}}",
        ),
        (
            "inventory/_kinds/lock.yaml".to_owned(),
            "kind: [".to_owned(),
        ),
    ];
    let now = kind(
        "lock",
        "{key: door, type: text, labels: {fr: Code, en: Door}}",
    );
    let texts = [&then[..], std::slice::from_ref(&now)].concat();
    let once = once_secret(&built_in(), &texts);
    for name in ["pin", "Code", "Pin"] {
        assert!(
            once.contains(&("lock".to_owned(), name.to_owned())),
            "{name}"
        );
    }
    assert!(once.contains(&("asset".to_owned(), "bitlocker_key".to_owned())));
    let reader = Reader::new(schema(&now), once);
    let path = "inventory/locks/hall.yaml";
    // The same label led to the secret field then, and leads to a public one now.
    let keys = safe(
        &reader,
        path,
        "name: Hall\nCode: hunter2\n",
        "name: Hall\nCode: hunter22\n",
    );
    assert_eq!(keys, ["door"]);
    // An old key that today's schema does not know.
    let keys = safe(&reader, path, "name: Hall\npin: hunter2\n", "name: Hall\n");
    assert_eq!(keys, ["pin"]);
    // The field's own key was never secret.
    let found = compared(
        &reader,
        path,
        "name: Hall\ndoor: nord\n",
        "name: Hall\ndoor: sud\n",
    );
    assert!(format!("{found:?}").contains("nord"));
}

#[test]
fn secrets_are_found_in_texts_that_are_no_schema_any_more() {
    let texts = |flag: &str| {
        let field = format!("{{key: pin, type: hologram, secret: {flag}, labels: {{fr: P}}}}");
        [kind("lock", &field)]
    };
    let hidden = |flag: &str| {
        let found = once_secret(&built_in(), &texts(flag));
        found.contains(&("lock".to_owned(), "pin".to_owned()))
    };
    assert!(hidden("oui") && hidden("TRUE") && hidden("peut-être") && hidden("[a]"));
    assert!(!hidden("non") && !hidden("false") && !hidden("''"));
    let extends = "\u{feff}extends: asset\nfields:\n  - {key: serial, secret: true}\n";
    let found = once_secret(&built_in(), &[("a".to_owned(), extends.to_owned())]);
    assert!(found.contains(&("asset".to_owned(), "serial".to_owned())));
}

#[test]
fn a_structure_written_as_a_text_keeps_its_secret() {
    let now = kind(
        "lock",
        "{key: doors, type: structure, list: true, labels: {fr: Portes, en: Doors}, \
         fields: [{key: code, type: text, secret: oui}, {key: name, type: text}]}",
    );
    let reader = Reader::new(schema(&now), BTreeSet::new());
    let path = "inventory/locks/hall.yaml";
    let keys = safe(
        &reader,
        path,
        "name: Hall\ndoors: hunter2\n",
        "name: Hall\ndoors: nord hunter2\n",
    );
    assert_eq!(keys, ["doors"]);
    let keys = safe(
        &reader,
        path,
        "name: Hall\ndoors:\n  - code: hunter2\n    name: nord\n",
        "name: Hall\ndoors:\n  - code: hunter22\n    name: nord\n    cdoe: hunter2\n",
    );
    assert_eq!(keys, ["doors.code", "doors.cdoe"]);
}

#[test]
fn copies_of_secrets_are_hidden_wherever_they_stand() {
    let reader = Reader::new(built_in(), BTreeSet::new());
    let path = "inventory/assets/pc.yaml";
    let old = "name: pc\nbitlocker_key: &k hunter2\n";
    for (copy, key) in [
        ("serial: *k\n", "serial"),
        ("tags: [a, *k]\n", "tags"),
        ("notes: *k\n", "notes"),
        (
            "components: [{name: a, serial: *k}]\n",
            "components components.serial",
        ),
        ("couleur: *k\n", "couleur"),
        ("warranty_end: *k\n", "warranty_end"),
        ("*k : a\n", "?"),
    ] {
        assert_eq!(
            safe(&reader, path, old, &format!("{old}{copy}")).join(" "),
            key,
            "{copy}"
        );
        assert_eq!(
            safe(&reader, path, &format!("{old}{copy}"), old).join(" "),
            key,
            "{copy}"
        );
    }
    // The title too.
    let named = "name: &k hunter2\nbitlocker_key: *k\n";
    assert_eq!(
        safe(&reader, path, named, &format!("{named}os: Linux\n")),
        ["os"]
    );
    // A secret made public in the same commit, and one that was public.
    assert_eq!(
        safe(
            &reader,
            path,
            "name: pc\nbitlocker_key: hunter2\n",
            "name: pc\nserial: hunter2\n"
        ),
        ["serial", "bitlocker_key"]
    );
    // A short value equals others by chance.
    let found = compared(
        &reader,
        path,
        "name: pc\nbitlocker_key: 12\n",
        "name: pc\nserial: 12\nbitlocker_key: 12\n",
    );
    assert!(format!("{found:?}").contains("\"12\""));
}

#[test]
fn every_place_where_a_name_was_given_counts() {
    let text = |text: &str| ("inventory/_kinds/a.yaml".to_owned(), text.to_owned());
    let once = |texts: &[&str]| {
        let texts: Vec<_> = texts.iter().map(|one| text(one)).collect();
        once_secret(&built_in(), &texts)
    };
    let holds = |found: &BTreeSet<(String, String)>, kind: &str, key: &str| {
        assert!(found.contains(&(kind.to_owned(), key.to_owned())), "{key}");
    };
    // A kind without a folder has that of its name.
    let found = once(&[
        "kind: badges\nfields:\n  - {key: code, type: text, secret: true}\n",
        "kind: pass\nfolder: badges\nfields:\n  - {key: code, type: text}\n",
    ]);
    holds(&found, "pass", "code");
    // A structure is known by its label as well.
    let found = once(&[
        "kind: lock\nfields:\n  - {key: doors, labels: Portes, type: structure, fields: [{key: code, type: text, secret: true}]}\n",
    ]);
    holds(&found, "lock", "Portes.code");
    // One text for both languages.
    let found =
        once(&["kind: lock\nfields:\n  - {key: pin, labels: Sésame, type: text, secret: true}\n"]);
    holds(&found, "lock", "Sésame");
    // The label stands in one file, the flag in another.
    let found = once(&[
        "kind: lock\nfields:\n  - {key: pin, labels: {fr: Sésame}, type: text}\n",
        "extends: lock\nfields:\n  - {key: pin, secret: true}\n",
    ]);
    holds(&found, "lock", "Sésame");
}

#[test]
fn an_explicit_key_is_no_name() {
    let reader = Reader::new(built_in(), BTreeSet::new());
    let path = "inventory/assets/pc-1.yaml";
    let texts = [
        "name: A\n",
        "name: A\n? hunter2\n: x\n",
        "name: A\n? [hunter2]\n: y\n",
        "name: A\n? |\n  hunter2\n: z\n",
        "notes: Pourquoi ?\nserail: x\n",
    ];
    let keys = texts
        .windows(2)
        .map(|pair| safe(&reader, path, pair[0], pair[1]));
    let keys: Vec<Vec<String>> = keys.collect();
    assert_eq!(keys[..3], [["?"], ["?"], ["?"]]);
    assert!(keys[3].contains(&"serail".to_owned()), "{keys:?}");
}
