//! Edits as small texts before and after, then many generated ones.

mod generated;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::project::{locate, parse_file};
use crate::schema::built_in;

fn text(value: &str) -> Recorded {
    Recorded::Text(value.to_owned())
}

fn list(values: &[&str]) -> Recorded {
    Recorded::List(values.iter().map(|value| text(value)).collect())
}

fn structure(parts: &[(&str, &str)]) -> Recorded {
    let parts = parts
        .iter()
        .map(|(key, value)| ((*key).to_owned(), text(value)));
    Recorded::Structure(parts.collect())
}

/// Edits the record at a position of a file.
fn edited(
    path: &str,
    before: &str,
    record: usize,
    fields: &[(&str, Option<Recorded>)],
) -> Result<String, Reason> {
    let schema = built_in();
    let location = locate(path, &schema).expect("a record").expect("a kind");
    let file = Arc::new(SourceFile::new(path, before));
    let parsed = parse_file(Arc::clone(&file), &location);
    let range = parsed
        .records
        .get(record)
        .map_or(TextRange::default(), |record| record.range);
    let fields = fields
        .iter()
        .map(|(key, value)| ((*key).to_owned(), value.clone()));
    let one = Edit {
        record: range,
        fields: fields.collect(),
    };
    edit(&file, &location, &[one]).map_err(|refusal| refusal.reason)
}

fn check(before: &str, fields: &[(&str, Option<Recorded>)], after: &str) {
    let path = "inventory/assets/a.yaml";
    assert_eq!(edited(path, before, 0, fields).as_deref(), Ok(after));
    // Windows ends lines in two bytes; all of them stay two.
    let (before, after) = (before.replace('\n', "\r\n"), after.replace('\n', "\r\n"));
    assert_eq!(
        edited(path, &before, 0, fields).as_deref(),
        Ok(after.as_str())
    );
}

#[test]
fn a_value_changes_and_nothing_else() {
    check(
        "# Tête\nserial:   'A-1'   # vu le 3\nname: PC 1\nos: \"Windows\"\n",
        &[
            ("serial", Some(text("B'2"))),
            ("os", Some(text("Windows 11"))),
        ],
        "# Tête\nserial:   'B''2'   # vu le 3\nname: PC 1\nos: \"Windows 11\"\n",
    );
    check(
        "name: a\nserial: 0012\n",
        &[("serial", Some(text("0013")))],
        "name: a\nserial: \"0013\"\n",
    );
    check(
        "Nom: a\nNuméro de série: x\n",
        &[("serial", Some(text("z")))],
        "Nom: a\nNuméro de série: z\n",
    );
    check(
        "name: a\nserial: # inconnu\nos: ~\n",
        &[("serial", Some(text("z"))), ("os", Some(text("L")))],
        "name: a\nserial: z # inconnu\nos: L\n",
    );
    check(
        "name: a\nserial:",
        &[("serial", Some(text("z")))],
        "name: a\nserial: z",
    );
    check(
        "name: un\n  deux\nserial: x\n",
        &[("name", Some(text("trois")))],
        "name: trois\nserial: x\n",
    );
}

#[test]
fn new_keys_stand_in_the_order_of_the_schema() {
    check(
        "name: a # nom\n# après\nos: L\n",
        &[
            ("serial", Some(text("x"))),
            ("type", Some(text("laptop"))),
            ("memory", Some(text("16 Go"))),
        ],
        "name: a # nom\ntype: laptop\nserial: x\n# après\nos: L\nmemory: 16 Go\n",
    );
    check("os: L\n", &[("name", Some(text("a")))], "name: a\nos: L\n");
    let path = "inventory/assets/a.yaml";
    let unended = edited(path, "os: L", 0, &[("memory", Some(text("8")))]);
    assert_eq!(unended.as_deref(), Ok("os: L\nmemory: \"8\""));
    check(
        "- id: x\n  name: a\n\n- id: y\n  name: b\n",
        &[
            ("serial", Some(text("s"))),
            ("ip", Some(list(&["192.0.2.1", "2001:db8::1"]))),
        ],
        "- id: x\n  name: a\n  serial: s\n  ip: [192.0.2.1, 2001:db8::1]\n\n- id: y\n  name: b\n",
    );
    check(
        "- {id: x, os: L}\n",
        &[("name", Some(text("a")))],
        "- {id: x, name: a, os: L}\n",
    );
    check(
        "name: a\nphysical_security: |\n  ligne\n\nos: L\n",
        &[("serial", Some(text("s"))), ("os_version", Some(text("2")))],
        "name: a\nserial: s\nphysical_security: |\n  ligne\n\nos: L\nos_version: \"2\"\n",
    );
}

#[test]
fn what_people_wrote_beside_an_item_stays_when_it_goes() {
    let item = |name, version| structure(&[("name", name), ("version", version)]);
    let wanted = Recorded::List(vec![item("A", "a"), item("D", "d")]);
    check(
        "installed_software:\n  - {name: A, version: a}\n  - {name: B, version: b} # pour la paie\n  - name: C\n    version: c  # fin\nhostname: h\n",
        &[("installed_software", Some(wanted))],
        "installed_software:\n  - {name: A, version: a}\n  - {name: D, version: d}\n  # pour la paie\n  # fin\nhostname: h\n",
    );
}

#[test]
fn comments_within_items_stay_in_their_places() {
    let before = "components:\n  # le premier\n  - name: A  # au fond\n    # d’occasion\n    serial: \"S #1\"\n  - serial: S2\n    # vu le 3\n    name: B # deux\nhostname: h\n";
    let item = |name, serial| structure(&[("name", name), ("serial", serial)]);
    let edit = |items: Vec<Recorded>, after: &str| {
        check(
            before,
            &[("components", Some(Recorded::List(items)))],
            after,
        );
    };
    // A value changes, the one that names the item among them.
    edit(
        vec![item("A", "S #1"), item("B", "S9")],
        &before.replace("S2", "S9"),
    );
    edit(
        vec![item("Z", "S #1"), item("B", "S2")],
        &before.replace("name: A", "name: Z"),
    );
    // Items that go leave what people wrote in them.
    edit(
        vec![item("B", "S2")],
        "components:\n  # le premier\n  # au fond\n  # d’occasion\n  - serial: S2\n    # vu le 3\n    name: B # deux\nhostname: h\n",
    );
    edit(
        vec![item("A", "S #1"), item("C", "S3")],
        "components:\n  # le premier\n  - name: A  # au fond\n    # d’occasion\n    serial: \"S #1\"\n  - name: C\n    serial: S3\n  # vu le 3\n  # deux\nhostname: h\n",
    );
}

#[test]
fn lists_keep_what_stays() {
    check(
        "ip: [192.0.2.1,  192.0.2.2] # deux\n",
        &[("ip", Some(list(&["192.0.2.1", "192.0.2.2", "192.0.2.3"])))],
        "ip: [192.0.2.1,  192.0.2.2, 192.0.2.3] # deux\n",
    );
    check(
        "ip: [192.0.2.1, 192.0.2.2]\n",
        &[("ip", Some(list(&["192.0.2.2"])))],
        "ip: [192.0.2.2]\n",
    );
    check(
        "ip: []\n",
        &[("ip", Some(list(&["192.0.2.2"])))],
        "ip: [192.0.2.2]\n",
    );
    check(
        "ip:\n  # filaire\n  - 192.0.2.1   # prise 3\n  - \"192.0.2.2\"\n  # wifi\n  - 192.0.2.9\nmac: [a]\n",
        &[(
            "ip",
            Some(list(&["192.0.2.1", "192.0.2.5", "192.0.2.9", "192.0.2.10"])),
        )],
        "ip:\n  # filaire\n  - 192.0.2.1   # prise 3\n  - \"192.0.2.5\"\n  # wifi\n  - 192.0.2.9\n  - 192.0.2.10\nmac: [a]\n",
    );
    check(
        "ip:\n- 192.0.2.1\n- 192.0.2.2\n",
        &[("ip", Some(list(&["192.0.2.0", "192.0.2.2"])))],
        "ip:\n- 192.0.2.0\n- 192.0.2.2\n",
    );
    let software = |versions: &[(&str, &str)]| {
        let items = versions
            .iter()
            .map(|(name, version)| structure(&[("name", name), ("version", version)]));
        Some(Recorded::List(items.collect()))
    };
    check(
        "installed_software:\n  - {name: A, version: \"1.0\"} # gardé\n  - {name: C, version: \"3.0\"}\nhostname: h\n",
        &[(
            "installed_software",
            software(&[("A", "1.1"), ("B", "2.0"), ("C", "3.0")]),
        )],
        "installed_software:\n  - {name: A, version: \"1.1\"} # gardé\n  - {name: B, version: \"2.0\"}\n  - {name: C, version: \"3.0\"}\nhostname: h\n",
    );
    check(
        "installed_software:\n  - name: A\n    version: a\n  - name: B\n    version: b\n",
        &[("installed_software", software(&[("B", "b"), ("C", "c")]))],
        "installed_software:\n  - name: B\n    version: b\n  - name: C\n    version: c\n",
    );
    check(
        "name: a\n",
        &[(
            "installed_software",
            software(&[("A", "1"), ("B: 2", "no")]),
        )],
        "name: a\ninstalled_software:\n  - {name: A, version: \"1\"}\n  - {name: \"B: 2\", version: \"no\"}\n",
    );
    check(
        "ip: 192.0.2.1 # une\n",
        &[("ip", Some(list(&["192.0.2.2"])))],
        "ip: [192.0.2.2] # une\n",
    );
    check(
        "name: a\nip:\n  - 192.0.2.1\nos: L\n",
        &[("ip", Some(list(&[])))],
        "name: a\nip: []\nos: L\n",
    );
}

#[test]
fn blocks_and_keys_taken_out() {
    check(
        "name: a\nroom: |\n  un\n  deux\nos: L\n",
        &[("room", Some(text("trois\n\nquatre")))],
        "name: a\nroom: |\n  trois\n\n  quatre\nos: L\n",
    );
    check(
        "name: a\nroom: un # ici\n",
        &[("room", Some(text("un\ndeux")))],
        "name: a\nroom: |- # ici\n  un\n  deux\n",
    );
    check(
        "name: a\nroom: un\nos: L\n",
        &[("room", None)],
        "name: a\nos: L\n",
    );
    check("- name: a\n  id: b\n", &[("name", None)], "- id: b\n");
    check(
        "{name: a, room: b, os: c}\n",
        &[("room", None)],
        "{name: a, os: c}\n",
    );
    let refused = |before: &str, fields: &[(&str, Option<Recorded>)]| {
        edited("inventory/assets/a.yaml", before, 0, fields).expect_err("a refusal")
    };
    assert_eq!(
        refused("name: a\nroom: b # pourquoi\n", &[("room", None)]),
        Reason::Comment
    );
    assert_eq!(
        refused("name: &a x\nserial: *a\n", &[("serial", Some(text("z")))]),
        Reason::Shared
    );
    assert_eq!(
        refused("name: a\nname: b\n", &[("os", Some(text("z")))]),
        Reason::Unreadable
    );
    assert_eq!(
        refused("name: a\n---\nname: b\n", &[("os", Some(text("z")))]),
        Reason::Unreadable
    );
    assert_eq!(
        refused("name: [a\n", &[("os", Some(text("z")))]),
        Reason::Unreadable
    );
    assert_eq!(
        refused("? name\n: a\n", &[("name", Some(text("z")))]),
        Reason::Shape
    );
}

#[test]
fn front_matter_and_bodies() {
    let path = "inventory/assets/a.md";
    let set = |before: &str| edited(path, before, 0, &[("os", Some(text("L")))]);
    assert_eq!(
        set("---\nname: a # x\n---\n# Titre\n\nname: b\n").as_deref(),
        Ok("---\nname: a # x\nos: L\n---\n# Titre\n\nname: b\n")
    );
    assert_eq!(
        set("# Titre\n").as_deref(),
        Ok("---\nos: L\n---\n# Titre\n")
    );
}

#[test]
fn records_are_appended_and_files_begun() {
    let schema = built_in();
    let path = "inventory/assets/a.yaml";
    let location = locate(path, &schema).expect("a record").expect("a kind");
    let fields: BTreeMap<String, Recorded> = [
        ("id", text("pc-2")),
        ("serial", text("1E10")),
        ("name", text("PC 2")),
        ("purchased", text("2026-11-20")),
        ("ip", list(&["192.0.2.1"])),
    ]
    .map(|(key, value)| (key.to_owned(), value))
    .into();
    let own = "id: pc-2\nname: PC 2\nserial: \"1E10\"\nip: [192.0.2.1]\npurchased: 2026-11-20\n";
    assert_eq!(new_file(&location.kind, &fields), own);
    let appended = |before: &str| {
        let file = Arc::new(SourceFile::new(path, before));
        append(&file, &location, &fields).map_err(|refusal| refusal.reason)
    };
    let item = "- id: pc-2\n  name: PC 2\n  serial: \"1E10\"\n  ip: [192.0.2.1]\n  purchased: 2026-11-20\n";
    assert_eq!(appended("").as_deref(), Ok(item));
    assert_eq!(appended("# Vide\n"), Ok(format!("# Vide\n{item}")));
    assert_eq!(
        appended("- id: a\n  name: b"),
        Ok(format!("- id: a\n  name: b\n{item}"))
    );
    assert_eq!(
        appended("- id: a\n\n- id: b\n# fin\n"),
        Ok(format!("- id: a\n\n- id: b\n# fin\n\n{item}"))
    );
    assert_eq!(appended("name: a\n"), Err(Reason::Shape));
    assert_eq!(
        with_mark("\u{feff}a".as_bytes(), "b"),
        "\u{feff}b".as_bytes()
    );
}
