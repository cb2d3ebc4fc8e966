//! A record whose fields are read in part: what is left means what it meant, and nothing of the rest shows through.

use std::sync::Arc;

use carnet::audience::{Audience, Judge, visible_to};
use carnet::history::{Absence, History};
use carnet::project::{Record, Value};

use super::load;
use super::sight::put;

const KIND: &str = "\
extends: asset
fields:
  - {key: serial, audience: b}
  - key: paper
    type: structure
    fields: [{key: seal, type: text, audience: b}, {key: giver, type: reference, to: [person]}]
  - key: plan
    type: structure
    fields: [{key: sheet, type: text}, {key: scale, type: text}]
";

/// The one machine as `a` reads it.
fn seen(machine: &str) -> Arc<Record> {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in [
        (
            "carnet.yaml",
            "as_of: 2026-11-20\naudiences:\n  a: {}\n  b: {includes: [a]}\n",
        ),
        ("inventory/_kinds/asset.yaml", KIND),
        ("inventory/people/camille.yaml", "name: Camille Exemple\n"),
        ("inventory/people/sacha.yaml", "name: Sacha Exemple\n"),
        ("inventory/assets/pc-01.yaml", machine),
    ] {
        put(folder.path(), path, text);
    }
    let project = load(folder.path());
    let audience = Audience::named(&project.config.audiences, "a").expect("declared");
    let history = History::absent(Absence::TurnedOff);
    let (seen, _) = visible_to(&audience, &project, &history).expect("a part");
    let mut records = seen.files.iter().flat_map(|file| &file.records);
    let machine = records.find(|record| record.id == "pc-01");
    Arc::clone(machine.expect("a machine"))
}

/// Its fields by their keys.
fn keys(record: &Record) -> Vec<&str> {
    let entries = record.entries.iter();
    let keys = entries.map(|entry| record.kind.fields[entry.field].key.as_str());
    keys.collect()
}

#[test]
fn references_stay_those_of_their_fields_and_parts() {
    let machine = seen(
        "name: Un\nserial: SN-1\nuser: camille\npaper: {seal: cire, giver: sacha}\ntechnician: camille\n",
    );
    let references = machine.references.iter().map(|reference| {
        let field = &machine.kind.fields[reference.field];
        let part = reference.part.map(|part| field.fields()[part].key.as_str());
        format!("{} {part:?} {}", field.key, reference.text)
    });
    let references: Vec<_> = references.collect();
    let expected = [
        "user None camille",
        "technician None camille",
        "paper Some(\"giver\") sacha",
    ];
    assert_eq!(references.len(), 3);
    assert!(
        expected
            .iter()
            .all(|it| references.iter().any(|other| other == it)),
        "{references:?}"
    );
    assert_eq!(keys(&machine), ["name", "user", "technician", "paper"]);
}

#[test]
fn a_text_where_parts_were_expected_is_closed_if_one_of_them_is() {
    let of = |record: &Record, key: &str| {
        let field = record.kind.index_of(key).expect("a field");
        let mut entries = record.entries.iter();
        let entry = entries.find(|entry| entry.field == field);
        entry.expect("an entry").value.value.clone()
    };
    let machine = seen("name: Un\npaper: cire rouge\nplan: feuille deux\n");
    assert!(matches!(of(&machine, "paper"), Value::Secret));
    let plan = of(&machine, "plan");
    assert!(matches!(plan, Value::Invalid(text) if &*text == "feuille deux"));
}

#[test]
fn an_audience_that_includes_all_others_is_not_partial() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = "audiences:\n  a: {}\n  b: {includes: [a]}\n  c: {includes: [b]}\n";
    put(folder.path(), "carnet.yaml", config);
    let project = load(folder.path());
    let is_partial = |name| {
        let audience = Audience::named(&project.config.audiences, name).expect("declared");
        let judge = Judge::new(&audience, &project);
        assert_eq!(judge.is_partial(), audience.is_partial());
        audience.is_partial()
    };
    assert_eq!(
        ["a", "b", "c", "all"].map(is_partial),
        [true, true, false, false]
    );
    assert_eq!(Audience::named(&project.config.audiences, "d"), None);
}

/// A text is one in all its languages: the mark of one closes the others; and another with its name, of another kind, stays open.
#[test]
fn translations_of_what_is_hidden_are_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let config =
        "as_of: 2026-11-20\nlanguages: [fr, en]\naudiences:\n  a: {}\n  b: {includes: [a]}\n";
    for (path, text) in [
        ("carnet.yaml", config),
        (
            "procedures/clefs.md",
            "---\ntitle: Clefs\naudience: b\n---\nUn.\n",
        ),
        ("procedures/clefs.en.md", "---\ntitle: Keys\n---\nOne.\n"),
        ("procedures/porte.md", "---\ntitle: Porte\n---\nDeux.\n"),
        ("procedures/porte.en.md", "---\ntitle: Door\n---\nTwo.\n"),
        ("content/clefs.en.md", "---\ntitle: Of keys\n---\nThree.\n"),
        ("content/clefs.md", "---\ntitle: Des clefs\n---\nTrois.\n"),
    ] {
        put(folder.path(), path, text);
    }
    let project = load(folder.path());
    let audience = Audience::named(&project.config.audiences, "a").expect("declared");
    let judge = Judge::new(&audience, &project);
    let records = project.files.iter().flat_map(|file| &file.records);
    let read = records.filter(|record| judge.sees_record(record));
    let mut read: Vec<_> = read.map(|record| record.file.path.as_str()).collect();
    read.sort_unstable();
    let expected = [
        "content/clefs.en.md",
        "content/clefs.md",
        "procedures/porte.en.md",
        "procedures/porte.md",
    ];
    assert_eq!(read, expected);
}

/// Or a mark that its author sees written would close nothing.
#[test]
fn a_part_of_a_structure_of_carnets_can_be_closed() {
    let folder = tempfile::tempdir().expect("a folder");
    let kind = "\
extends: ticket
fields:
  - key: timeline
    fields:
      - {key: note, audience: b}
";
    let ticket = "\
title: Panne
type: incident
status: new
opened: 2026-11-02 09:00
timeline:
  - {at: 2026-11-02 09:00, event: opened, note: Renvoi du mélèze}
";
    for (path, text) in [
        (
            "carnet.yaml",
            "as_of: 2026-11-20\naudiences:\n  a: {}\n  b: {includes: [a]}\n",
        ),
        ("inventory/_kinds/ticket.yaml", kind),
        ("inventory/tickets/inc-1.yaml", ticket),
    ] {
        put(folder.path(), path, text);
    }
    let project = load(folder.path());
    for (name, is_read) in [("a", false), ("b", true)] {
        let build = super::site(&project, name, None);
        let mut files = super::files(&build).into_values();
        let found = files.any(|bytes| String::from_utf8_lossy(&bytes).contains("mélèze"));
        assert_eq!(found, is_read, "{name}");
    }
}
