//! `carnet import` of directories and tables as people run it: each source makes records that `check`
//! accepts, brings no secret, and changes nothing when it is run again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What no import may bring in: passwords, keys, free texts of directories.
const CANARY: &str = "CANARI";

fn carnet(root: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_carnet"))
        .args(arguments)
        .arg("--root")
        .arg(root)
        .env("LC_ALL", "fr_FR.UTF-8")
        .output()
        .expect("carnet runs");
    let text = [output.stdout, output.stderr].concat();
    let code = output.status.code().unwrap_or(-1);
    (code, String::from_utf8_lossy(&text).into_owned())
}

fn fixture(name: &str) -> String {
    format!(
        "{}/tests/imported_tables/{name}",
        env!("CARGO_MANIFEST_DIR")
    )
}

/// All files under a folder with their texts, sorted.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            let text = fs::read_to_string(&path).expect("a text");
            all.push((path, text));
        }
    }
    all.sort();
    all
}

/// Imports twice into a new project; gives the text of a record.
fn imported(source: &str, file: &str, record: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let config = "title: Essai\nimport: {csv: {kind: asset, columns: {N° parc: inventory_number, Désignation: Nom, Prix: price}}}\n";
    fs::write(root.join("carnet.yaml"), config).expect("written");
    let path = fixture(file);
    let arguments = ["import", source, &path, "--culture", "fr"];
    let (code, told) = carnet(root, &arguments);
    assert_eq!(code, 0, "{told}");
    assert!(!told.contains(CANARY), "{told}");
    let after = files(root);
    let (code, told) = carnet(root, &arguments);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("0 fiche créée, 0 modifiée"), "{told}");
    assert_eq!(files(root), after);
    let (code, told) = carnet(root, &["check"]);
    assert_eq!(code, 0, "{told}");
    for (path, text) in &after {
        assert!(!text.contains(CANARY), "{}", path.display());
    }
    let path = root.join("inventory").join(record);
    fs::read_to_string(&path).unwrap_or_else(|_| panic!("{record} in {after:?}"))
}

#[test]
fn directories_become_accounts() {
    assert_eq!(
        imported("ldif", "accounts.ldif", "accounts/lgarnier.yaml"),
        "login: lgarnier\ndisplay_name: Léa Garnier\ntype: user\ndirectory: ad\ndistinguished_name: CN=Léa Garnier,OU=Siège,DC=nacelle,DC=example\nenabled: true\ncreated: 2022-05-28\npassword_last_set: 2021-07-16\npassword_never_expires: true\npassword_not_required: false\ngroups: [gg-compta]\n"
    );
    let computer = imported("ldif", "accounts.ldif", "accounts/pc-12.yaml");
    assert!(computer.contains("enabled: false\n"), "{computer}");
    assert_eq!(
        imported("ad", "ad.csv", "accounts/lgarnier.yaml"),
        "login: lgarnier\ndisplay_name: Léa Garnier\ntype: user\ndirectory: ad\nenabled: true\nlast_logon: 2026-06-05\n"
    );
}

#[test]
fn tables_become_records() {
    let asset = imported("glpi", "glpi.csv", "assets/pc-12.yaml");
    assert!(
        asset.contains("inventory_number: \"000005\"\nserial: \"1E10\"\n"),
        "{asset}"
    );
    assert!(asset.contains("alternate_user: Garnier Léa\n"), "{asset}");
    let ticket = imported("jira", "jira.csv", "tickets/sup-12.yaml");
    assert!(ticket.contains("title: Écran noir, encore\n"), "{ticket}");
    let event = "  - {at: 2024-01-09 15:55, event: comment, note: texte}\n";
    assert!(ticket.contains(event), "{ticket}");
    let licence = imported("snipeit", "snipeit.csv", "licences/dessin.yaml");
    assert!(licence.contains("software: dessin\n"), "{licence}");
    let own = imported("csv", "csv.csv", "assets/imprimante-accueil.yaml");
    assert!(own.contains("inventory_number: \"7\"\n"), "{own}");
    assert!(own.contains("price: 1249.90\n"), "{own}");
}

#[test]
fn workbooks_give_what_their_sheets_show() {
    let expected = "name: PC-12\ninventory_number: \"000005\"\nserial: \"1E10\"\n";
    for file in ["parc.xlsx", "parc.ods"] {
        let asset = imported("glpi", file, "assets/pc-12.yaml");
        for line in expected.lines().chain([
            "status: in-service",
            "purchased: 2024-03-15",
            "price: 1249.90",
        ]) {
            assert!(asset.contains(line), "{file}: {asset}");
        }
        let asset = imported("glpi", file, "assets/pc-13.yaml");
        assert!(asset.contains("serial: \"360123456789012\"\n"), "{asset}");
    }
}

#[test]
fn a_sheet_is_read_by_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    fs::write(root.join("carnet.yaml"), "title: Essai\n").expect("written");
    for file in ["parc.xlsx", "parc.ods"] {
        let path = fixture(file);
        let import = |source: &str, path: &str, sheet: &str| {
            carnet(root, &["import", source, path, "--sheet", sheet])
        };
        let (code, told) = import("glpi", &path, "parc ");
        assert_eq!(code, 0, "{told}");
        assert!(!told.contains("feuille lue"), "{told}");
        assert!(root.join("inventory/assets/pc-12.yaml").exists(), "{told}");
        let (code, told) = import("glpi", &path, "Nulle part");
        assert_eq!(code, 1, "{told}");
        assert!(told.contains("il a\u{a0}: «\u{a0}"), "{told}");
        assert!(told.contains("«\u{a0}Parc\u{a0}»"), "{told}");
        // A file without sheets, and a source without workbooks.
        let (code, told) = import("glpi", &fixture("glpi.csv"), "Parc");
        assert_eq!(code, 1, "{told}");
        assert!(told.contains("n’est pas un classeur"), "{told}");
        let (code, _) = import("ldif", &fixture("accounts.ldif"), "Parc");
        assert_eq!(code, 2);
    }
}

#[test]
fn folders_give_their_tables_and_workbooks() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("carnet.yaml"), "title: Essai\n").expect("written");
    let exports = folder.path().join("exports");
    fs::create_dir(&exports).expect("made");
    for file in ["glpi.csv", "parc.ods"] {
        fs::copy(fixture(file), exports.join(file)).expect("copied");
    }
    let (code, told) = carnet(
        folder.path(),
        &["import", "glpi", &exports.to_string_lossy()],
    );
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("2 fiches créées"), "{told}");
    assert!(
        told.contains("feuille lue\u{a0}: «\u{a0}Parc\u{a0}»"),
        "{told}"
    );
}

#[test]
fn what_cannot_be_read_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("carnet.yaml"), "title: Essai\n").expect("written");
    let path = folder.path().join("x.csv");
    fs::write(&path, "Nom;Type\n\"PC-1;portable\n").expect("written");
    let path = path.to_string_lossy();
    let (code, told) = carnet(folder.path(), &["import", "glpi", &path]);
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("n’est jamais refermé"), "{told}");
    let (code, told) = carnet(folder.path(), &["import", "csv", &path]);
    assert_eq!(code, 1, "{told}");
    let (code, told) = carnet(
        folder.path(),
        &["import", "ad", &path, "--culture", "klingon"],
    );
    assert_eq!(code, 2, "{told}");
}

#[test]
fn a_cell_of_a_gigabyte_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    fs::write(root.join("carnet.yaml"), "title: Essai\n").expect("written");
    let path = root.join("export.csv");
    fs::write(&path, "SamAccountName;Name\nx;\"").expect("written");
    // A hole: it takes no room on the disk.
    let file = fs::OpenOptions::new().write(true).open(&path);
    file.and_then(|file| file.set_len(1 << 30))
        .expect("a length");
    let path = path.to_string_lossy();
    for source in ["ad", "glpi", "snipeit", "jira", "veeam", "ldif", "entra"] {
        let (code, told) = carnet(root, &["import", source, &path]);
        assert_eq!(code, 1, "{source}: {told}");
        assert!(told.contains("fichier trop grand"), "{source}: {told}");
    }
    assert!(!root.join("inventory").exists());
}
