//! `carnet labels` on a small project: the file that it prints, and what it refuses. `BLESS=1` writes the expected
//! sheet of `tests/labels/` anew.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn project(folder: &Path, config: &str) {
    for (path, text) in [
        ("carnet.yaml", config),
        (
            "inventory/sites/all.yaml",
            "- {id: lyon, name: Lyon, type: site}\n- {id: annecy, name: Annecy, type: site}\n",
        ),
        (
            "inventory/assets/all.yaml",
            "- {id: pc-1, name: Poste d’accueil, inventory_number: NAC-01101, site: lyon, room: B12}\n\
             - {id: pc-2, name: Vieux <poste>, inventory_number: NAC-01102, site: lyon, status: retired}\n\
             - {id: pc-3, name: Portable, inventory_number: NAC-01103, site: annecy}\n",
        ),
    ] {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
        fs::write(path, text).expect("it is written");
    }
}

fn labels(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_carnet"))
        .args(["labels", "--root"])
        .arg(folder)
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

const PUBLISHED: &str = "title: Nacelle\nas_of: 2026-11-20\nbase_url: https://parc.example\n";

#[test]
fn a_sheet_is_what_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    project(folder.path(), PUBLISHED);
    let out = folder.path().join("planche.html");
    let out = out.to_str().expect("UTF-8");
    let arguments = [
        "pc-2", "--site", "lyon", "--format", "l7651", "--start", "65", "--out", out,
    ];
    let output = labels(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        text(&output.stderr),
        "étiquettes\u{a0}: 2\u{202f}; pages\u{a0}: 2 (L7651), à imprimer à 100\u{a0}%\n"
    );
    assert!(output.stdout.is_empty());
    let written = fs::read_to_string(out).expect("it is written");
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/labels/planche.html");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&expected, &written).expect("it is written");
    }
    assert_eq!(fs::read_to_string(expected).unwrap_or_default(), written);
}

#[test]
fn without_an_address_it_warns_once_and_prints_to_standard_output() {
    let folder = tempfile::tempdir().expect("a folder");
    project(folder.path(), "as_of: 2026-11-20\n");
    let output = labels(folder.path(), &["--lang", "en"]);
    assert_eq!(output.status.code(), Some(0));
    let told = text(&output.stderr);
    assert_eq!(told.matches("base_url").count(), 1, "{told}");
    assert!(
        told.ends_with("labels: 2; pages: 1 (L7160), to be printed at 100%\n"),
        "{told}"
    );
    let sheet = text(&output.stdout);
    assert!(!sheet.contains("NAC-01102"), "what is retired is left out");
    assert!(
        sheet.contains("left:73.25mm;top:15.15mm"),
        "the second label"
    );
}

#[test]
fn what_cannot_be_is_refused_with_the_nearest() {
    let folder = tempfile::tempdir().expect("a folder");
    project(folder.path(), PUBLISHED);
    for (arguments, told) in [
        (
            &["--site", "lyn"][..],
            "error: no place is `lyn`: did you mean `lyon`?",
        ),
        (
            &["pc-9"],
            "error: `pc-9` is neither the id nor the code of an asset: did you mean",
        ),
        (&["--site", "lyon", "--room", "B13"], "did you mean `B12`?"),
        (&["--type", "lapto"], "`laptop`"),
        (
            &["--format", "L9"],
            "`--format L9` is not known: `L7160`, `L7163`",
        ),
        (
            &["--format", "62x29", "--start", "2"],
            "a page of 62x29 holds 1 only",
        ),
        (&["--start", "22"], "a page of L7160 holds 21 only"),
        (
            &["--site", "annecy", "--type", "server"],
            "no asset to label",
        ),
    ] {
        let output = labels(folder.path(), &[arguments, &["--lang", "en"]].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let found = text(&output.stderr);
        assert!(found.contains(told), "{found}");
        assert!(output.stdout.is_empty());
    }
}
