//! What is secret on one day and was shown on another.

use std::path::Path;

use crate::builder::{Builder, files};
use crate::past::{carnet, page, site};

#[test]
fn what_is_secret_today_is_hidden_in_the_past() {
    let schema = "inventory/_kinds/asset.yaml";
    let kind = |fields: &str| format!("extends: asset\nfields:\n{fields}");
    let pin = |secret: bool| {
        format!(
            "  - {{key: pin, type: text, secret: {secret}, column: true, labels: {{fr: Code, en: Code}}}}\n"
        )
    };
    let asset = ("inventory/assets/pc-1.yaml", "name: PC 1\npin: hunter2\n");
    let shows = |root: &Path| {
        let site = site(root, &["--at", "HEAD~1"]);
        let all = site.values();
        assert!(page(&site, "assets/pc-1/index.html").contains("PC 1"));
        all.map(|bytes| String::from_utf8_lossy(bytes).matches("hunter2").count())
            .sum::<usize>()
    };
    for (now, in_tree, expected) in [
        (kind(&pin(false)), None, false),
        (kind(&pin(true)), None, true),
        (kind(&pin(false)), Some(kind(&pin(true))), true),
        // The field has another key since, under the label that it had.
        (
            kind("  - {key: code, type: text, secret: true, labels: {fr: Pin, en: Pin}}\n"),
            None,
            true,
        ),
    ] {
        let mut builder = Builder::new();
        let first = files([(schema, kind(&pin(false)).as_str()), asset]);
        let first = builder.commit(&[], &first, "un");
        let last = builder.commit(
            &[first],
            &files([
                (schema, now.as_str()),
                ("inventory/assets/pc-1.yaml", "name: PC 1\n"),
            ]),
            "deux",
        );
        builder.check_out(last);
        if let Some(text) = &in_tree {
            builder.write(schema, text);
        }
        assert_eq!(
            shows(builder.folder.path()) == 0,
            expected,
            "{now} {in_tree:?}"
        );
    }
}

#[test]
fn a_schema_that_cannot_be_read_is_said_then_and_now() {
    let schema = "inventory/_kinds/asset.yaml";
    let kind = "extends: asset\nfields:\n  - {key: pin, type: text, secret: true, labels: {fr: Code, en: Code}}\n";
    let utf_16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(kind.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let page = ("content/index.md", "# Accueil\n");
    let state = |bytes: &[u8]| {
        let mut state = files([
            page,
            ("inventory/assets/pc-1.yaml", "name: PC 1\npin: hunter2\n"),
        ]);
        state.insert(schema.to_owned(), bytes.to_vec());
        state
    };
    let broken: &[u8] = b"extends: asset\nfields:\n  - {key: pin, secret: true\n";
    for (then, now, said) in [
        (
            utf_16.as_slice(),
            kind.as_bytes(),
            "ce fichier est en UTF-16",
        ),
        (broken, kind.as_bytes(), "asset.yaml:"),
        (
            kind.as_bytes(),
            utf_16.as_slice(),
            "ce schéma d’aujourd’hui est illisible",
        ),
        (
            kind.as_bytes(),
            broken,
            "ce schéma d’aujourd’hui est illisible",
        ),
    ] {
        let mut builder = Builder::new();
        let first = builder.commit(&[], &state(then), "un");
        let last = builder.commit(&[first], &state(now), "deux");
        builder.check_out(last);
        let output = carnet(builder.folder.path(), &["check", "--at", "HEAD~1"]);
        let found = String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{found}");
        assert!(found.contains(said), "{said}: {found}");
        assert!(
            !found.contains("hunter2") && !found.contains('\u{fffd}'),
            "{found}"
        );
    }
}

#[test]
fn a_difference_hides_what_became_secret() {
    let mut builder = Builder::new();
    let path = "inventory/assets/pc-1.yaml";
    let before = "name: PC 1\nnotes: see HUNTER2SECRET ok\nserial: a HUNTER2SECRET b\n";
    let after = "name: PC 1\nnotes: see below\nserial: x\nbitlocker_key: HUNTER2SECRET\n";
    let first = builder.commit(&[], &files([(path, before)]), "un");
    let last = builder.commit(&[first], &files([(path, after)]), "deux");
    builder.check_out(last);
    for form in ["human", "json", "markdown"] {
        for to in [&["HEAD~1", "HEAD"][..], &["HEAD~1"], &["HEAD", "HEAD~1"]] {
            let arguments = [&["diff"], to, &["--format", form]].concat();
            let output = carnet(builder.folder.path(), &arguments);
            let told = String::from_utf8_lossy(&output.stdout);
            assert!(
                told.contains("notes") || told.contains("Remarques"),
                "{told}"
            );
            assert!(!told.contains("HUNTER2"), "{arguments:?}: {told}");
        }
    }
}
