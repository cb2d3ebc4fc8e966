//! `carnet import` of directories and tables as people run it: each source makes records that `check`
//! accepts, brings no secret, and changes nothing when it is run again.

mod running;
#[path = "running/twice.rs"]
mod twice;

use std::fs;

use running::{carnet, project};
use twice::import_twice;

fn fixture(name: &str) -> String {
    format!(
        "{}/tests/imported_tables/{name}",
        env!("CARGO_MANIFEST_DIR")
    )
}

/// Imports twice into a new project; gives the text of a record.
fn imported(source: &str, file: &str, record: &str) -> String {
    let config = "title: Essai\nimport: {csv: {kind: asset, columns: {N° parc: inventory_number, Désignation: Nom, Prix: price}}}\n";
    let folder = project(config);
    let root = folder.path();
    let path = fixture(file);
    let arguments = ["import", source, &path, "--culture", "fr"];
    let (told, _) = import_twice(root, &arguments);
    let path = root.join("inventory").join(record);
    fs::read_to_string(&path).unwrap_or_else(|_| panic!("{record}: {told}"))
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
    let event = "  - {at: 2024-01-09 15:55, event: comment, note: id — texte}\n";
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
    let folder = project("title: Essai\n");
    let root = folder.path();
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
    let folder = project("title: Essai\n");
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
    let folder = project("title: Essai\n");
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
    let folder = project("title: Essai\n");
    let root = folder.path();
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
