//! What changed in records, field by field: the hard cases.

use carnet::history::{Changes, History, RecordChange, RecordName, Recorded, ValueChange, What};

use crate::builder::{Builder, Files, files};

/// The YAML of an asset.
pub fn asset(name: &str, site: &str, room: &str) -> String {
    format!("name: {name}\ntype: laptop\nstatus: in-service\nsite: {site}\nroom: {room}\n")
}

/// An item of a list of assets.
pub fn item(id: &str, site: &str) -> String {
    format!(
        "- id: {id}\n  name: Poste {id}\n  type: laptop\n  status: in-service\n  site: {site}\n"
    )
}

fn text(value: Option<&Recorded>) -> String {
    match value {
        None => "∅".into(),
        Some(Recorded::Text(text)) => text.clone(),
        Some(other) => format!("{other:?}"),
    }
}

/// A change on one line: `srv-1 changed site: lyon → annecy`.
fn told(change: &RecordChange) -> String {
    let mut words = vec![format!("{} {:?}", change.record.id, change.what).to_lowercase()];
    words.extend(change.renamed_from.iter().map(|from| format!("was {from}")));
    words.extend(change.moved_from.iter().map(|from| format!("from {from}")));
    words.extend(change.fields.iter().map(|field| match &field.value {
        ValueChange::Replaced { old, new } => {
            let (old, new) = (text(old.as_ref()), text(new.as_ref()));
            format!("{}: {old} → {new}", field.key)
        }
        ValueChange::Hidden => format!("{}: hidden", field.key),
        other => format!("{}: {other:?}", field.key),
    }));
    words.join(" ")
}

pub fn all(changes: &Changes) -> String {
    let records = changes.records.iter().map(told);
    let files = changes
        .files
        .iter()
        .map(|file| format!("{} {:?}", file.path, file.what).to_lowercase());
    records.chain(files).collect::<Vec<_>>().join("; ")
}

/// What each commit changed, by its message, newest first.
pub fn log(history: &History) -> Vec<(&str, String)> {
    let commits = history.commits().iter();
    commits
        .map(|commit| (commit.summary.as_str(), all(&commit.changes)))
        .collect()
}

pub fn of(history: &History, id: &str) -> Vec<String> {
    let name = RecordName {
        kind: "asset".into(),
        id: id.into(),
        language: None,
    };
    let changes = history.of_record(&name);
    changes
        .map(|(commit, change)| format!("{}: {}", commit.summary, told(change)))
        .collect()
}

pub const ONE: &str = "inventory/assets/pc-1.yaml";
pub const TWO: &str = "inventory/assets/pc-2.yaml";

#[test]
fn a_line_of_edits() {
    let mut builder = Builder::new();
    let shown = builder.line(&[
        files([("README.md", "x\n")]),
        files([(ONE, &asset("PC 1", "lyon", "A"))]),
        files([(ONE, &asset("PC 1", "lyon", "B"))]),
        files([(
            ONE,
            &asset("PC 1", "annecy", "B").replace("room", "\n# Étage 2\nroom"),
        )]),
        files([(ONE, &asset("PC 1", "annecy", "B"))]),
        Files::new(),
    ]);
    assert_eq!(
        log(&shown),
        [
            ("6", "pc-1 removed".into()),
            ("5", "pc-1 reformatted".into()),
            ("4", "pc-1 changed site: lyon → annecy".into()),
            ("3", "pc-1 changed room: A → B".to_owned()),
            ("2", "pc-1 added".into()),
            ("1", String::new()),
        ]
    );
    assert_eq!(
        of(&shown, "PC-1"),
        [
            "6: pc-1 removed",
            "5: pc-1 reformatted",
            "4: pc-1 changed site: lyon → annecy",
            "3: pc-1 changed room: A → B",
            "2: pc-1 added"
        ]
    );
}

#[test]
fn a_merge_tells_only_what_no_parent_says() {
    let mut builder = Builder::new();
    let base = builder.commit(&[], &files([(ONE, &asset("PC 1", "lyon", "A"))]), "base");
    let left = files([(ONE, &asset("PC 1", "annecy", "A"))]);
    let left = builder.commit(&[base], &left, "left");
    let right = files([(ONE, &asset("PC 1", "lyon", "B"))]);
    let right = builder.commit(&[base], &right, "right");
    let clean = files([(ONE, &asset("PC 1", "annecy", "B"))]);
    let clean = builder.commit(&[left, right], &clean, "clean");
    let again = files([(ONE, &asset("PC 1", "lyon", "C"))]);
    let again = builder.commit(&[left, right], &again, "evil");
    builder.check_out(clean);
    let shown = builder.history();
    let expected = [
        ("clean", String::new()),
        ("right", "pc-1 changed room: A → B".into()),
        ("left", "pc-1 changed site: lyon → annecy".into()),
        ("base", "pc-1 added".into()),
    ];
    assert_eq!(log(&shown), expected);
    let listed: Vec<&str> = shown.touching().map(|commit| &*commit.summary).collect();
    assert_eq!(listed, ["right", "left", "base"]);
    builder.check_out(again);
    let shown = builder.history();
    assert_eq!(log(&shown)[0], ("evil", "pc-1 changed room: A → C".into()));
}

#[test]
fn an_octopus_tells_only_what_no_parent_says() {
    let mut builder = Builder::new();
    let state = |sites: [&str; 3]| {
        let items = ["a", "b", "c"].into_iter().zip(sites);
        let list: String = items.map(|(id, site)| item(id, site)).collect();
        files([("inventory/assets/parc.yaml", &list)])
    };
    let base = builder.commit(&[], &state(["lyon"; 3]), "base");
    let one = builder.commit(&[base], &state(["annecy", "lyon", "lyon"]), "one");
    let two = builder.commit(&[base], &state(["lyon", "annecy", "lyon"]), "two");
    let three = builder.commit(&[base], &state(["lyon", "lyon", "annecy"]), "three");
    let parents = [one, two, three];
    let octopus = builder.commit(&parents, &state(["annecy", "annecy", "valence"]), "octopus");
    builder.check_out(octopus);
    let shown = builder.history();
    assert_eq!(
        log(&shown)[0],
        (
            "octopus",
            "c changed site: annecy → valence".replace("annecy", "lyon")
        )
    );
}

#[test]
fn a_renamed_file_renames_its_record_on_every_branch() {
    let mut builder = Builder::new();
    let (lyon, annecy) = (asset("PC", "lyon", "A"), asset("PC", "annecy", "A"));
    let base = builder.commit(&[], &files([(ONE, &lyon)]), "base");
    let rename = builder.commit(&[base], &files([(TWO, &lyon)]), "rename");
    let edit = builder.commit(&[base], &files([(ONE, &annecy)]), "edit");
    let merge = builder.commit(&[rename, edit], &files([(TWO, &annecy)]), "merge");
    let after = builder.commit(
        &[merge],
        &files([(TWO, &asset("PC", "annecy", "B"))]),
        "after",
    );
    builder.check_out(after);
    let shown = builder.history();
    assert_eq!(
        of(&shown, "pc-2"),
        [
            "after: pc-2 changed room: A → B",
            "edit: pc-1 changed site: lyon → annecy",
            "rename: pc-2 changed was pc-1 from inventory/assets/pc-1.yaml",
            "base: pc-1 added"
        ]
    );
    assert_eq!(of(&shown, "pc-1"), Vec::<String>::new());
}

#[test]
fn a_rename_with_an_edit_tells_both() {
    let mut builder = Builder::new();
    let shown = builder.line(&[
        files([(ONE, &asset("PC", "lyon", "A"))]),
        files([(TWO, &asset("PC", "lyon", "B"))]),
    ]);
    assert_eq!(
        of(&shown, "pc-2"),
        [
            "2: pc-2 changed was pc-1 from inventory/assets/pc-1.yaml room: A → B",
            "1: pc-1 added"
        ]
    );
}

#[test]
fn a_record_that_moves_between_files_keeps_its_log() {
    let (from, to) = ("inventory/assets/a.yaml", "inventory/assets/b.yaml");
    let (stays, waits) = (item("y", "lyon"), item("z", "lyon"));
    let shown = Builder::new().line(&[
        files([(from, &(item("x", "lyon") + &stays)), (to, &waits)]),
        files([
            (from, &stays),
            (to, &(waits.clone() + &item("x", "annecy"))),
        ]),
    ]);
    assert_eq!(
        of(&shown, "x"),
        [
            "2: x changed from inventory/assets/a.yaml site: lyon → annecy",
            "1: x added"
        ]
    );
    assert_eq!(log(&shown)[0].1.matches(';').count(), 0);
}

#[test]
fn a_record_of_a_list_that_gets_another_id_keeps_its_log() {
    const LIST: &str = "inventory/assets/parc.yaml";
    let record = |id: &str, room: &str| {
        format!("- id: {id}\n  name: Fichiers\n  type: server\n  site: lyon\n  room: {room}\n")
    };
    let other = item("pc-1", "lyon");
    let shown = Builder::new().line(&[
        files([(LIST, &(record("srv-fichiers-01", "A") + &other))]),
        files([(LIST, &(record("srv-fichiers-01", "B") + &other))]),
        files([(LIST, &(record("srv-nas-01", "B") + &other))]),
        files([(LIST, &(other.clone() + &record("srv-nas-02", "C")))]),
    ]);
    assert_eq!(
        of(&shown, "srv-nas-02"),
        [
            "4: srv-nas-02 changed was srv-nas-01 room: B → C",
            "3: srv-nas-01 changed was srv-fichiers-01",
            "2: srv-fichiers-01 changed room: A → B",
            "1: srv-fichiers-01 added",
        ]
    );
    assert!(of(&shown, "srv-fichiers-01").is_empty());
}

#[test]
fn typography_is_no_change_of_facts() {
    let mut builder = Builder::new();
    let page = |text: &str| format!("---\ntitle: A\n---\n{text}\n");
    let shown = builder.line(&[
        files([
            (ONE, &asset("PC d'Ana", "lyon", "A")),
            ("content/a.md", &page("L'eau : non.")),
        ]),
        files([
            (ONE, &asset("PC d’Ana", "lyon", "A")),
            ("content/a.md", &page("L’eau\u{a0}: non.")),
        ]),
        files([
            (ONE, &asset("PC d’Ana", "lyon", "B")),
            ("content/a.md", &page("L’eau\u{a0}: oui.")),
        ]),
    ]);
    let told: Vec<Vec<What>> = shown
        .commits()
        .iter()
        .map(|commit| {
            commit
                .changes
                .records
                .iter()
                .map(|change| change.what)
                .collect()
        })
        .collect();
    assert_eq!(told[0], [What::Changed, What::Changed]);
    assert_eq!(told[1], [What::Reformatted, What::Reformatted]);
}

#[test]
fn typography_beside_code_and_in_headings_is_no_change_either() {
    let page = |mark: &str, code: &str| {
        format!(
            "---\ntitle: A\n---\n# L{mark}accès\n\n1. Ouvrez l{mark}outil `{code}` d{mark}abord.\n\n    \
             S{mark}il manque, dites-le.\n\n## L{mark}arrêt\n\n```sh\necho 'x'\n```\n\nC{mark}est tout.\n"
        )
    };
    let shown = Builder::new().line(&[
        files([("procedures/a.md", &page("'", "a 'b'"))]),
        files([("procedures/a.md", &page("’", "a 'b'"))]),
        files([("procedures/a.md", &page("’", "a ’b’"))]),
    ]);
    let told: Vec<What> = shown
        .commits()
        .iter()
        .map(|commit| commit.changes.records[0].what)
        .collect();
    assert_eq!(told, [What::Changed, What::Reformatted, What::Added]);
}

#[test]
fn file_and_folder_mode_and_line_ends() {
    let mut builder = Builder::new();
    let page = "---\ntitle: A\n---\nTexte.\n";
    let shown = builder.line(&[
        files([("content/a.md", page), (ONE, &asset("PC", "lyon", "A"))]),
        files([
            ("content/a.md", &page.replace('\n', "\r\n")),
            (ONE, &asset("PC", "lyon", "A")),
        ]),
        files([
            ("content/a.md/b.md", page),
            (ONE, &asset("PC", "lyon", "A")),
        ]),
    ]);
    let told = log(&shown);
    assert_eq!(told[1].1, "a reformatted");
    assert!(
        told[0].1.starts_with("a.md/b changed was a "),
        "{}",
        told[0].1
    );
    assert!(!told[0].1.contains("pc-1"), "{}", told[0].1);
}

#[test]
fn two_roots_and_an_orphan_branch() {
    let mut builder = Builder::new();
    let one = builder.commit(&[], &files([(ONE, &asset("PC 1", "lyon", "A"))]), "one");
    let two = builder.commit(&[], &files([(TWO, &asset("PC 2", "lyon", "A"))]), "two");
    let both = files([
        (ONE, &asset("PC 1", "lyon", "A")),
        (TWO, &asset("PC 2", "lyon", "A")),
    ]);
    let merge = builder.commit(&[one, two], &both, "merge");
    builder.check_out(merge);
    let shown = builder.history();
    let expected = [
        ("merge", String::new()),
        ("two", "pc-2 added".into()),
        ("one", "pc-1 added".into()),
    ];
    assert_eq!(log(&shown), expected);
}
