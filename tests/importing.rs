//! `carnet import` as people run it: files in, records out, the site built from them, and nothing of
//! what an agent must not tell anywhere.

mod running;

use std::fs;

use running::{CANARY, carnet, files};

fn fixtures() -> String {
    format!("{}/tests/import", env!("CARGO_MANIFEST_DIR"))
}

/// A project with a record by hand.
fn project() -> tempfile::TempDir {
    let folder = running::project("title: Essai\n");
    let assets = folder.path().join("inventory/assets");
    fs::create_dir_all(&assets).expect("folders");
    let by_hand = "# À la main\r\n- id: poste-accueil # au comptoir\r\n  name: Poste de l’accueil\r\n  serial: EXL5-0777\r\n  os: Debian # pas Windows\r\n";
    fs::write(assets.join("postes.yaml"), by_hand).expect("written");
    folder
}

#[test]
fn agents_files_become_records() {
    let folder = project();
    let root = folder.path();
    let before = files(root);
    let (code, told) = carnet(root, &["import", "glpi", &fixtures(), "--dry-run"]);
    assert_eq!(code, 0, "{told}");
    assert!(
        told.contains("+++ b/inventory/assets/sw-essai.yaml"),
        "{told}"
    );
    assert!(told.contains("rien n’est écrit"), "{told}");
    assert_eq!(files(root), before);

    let (code, told) = carnet(root, &["import", "glpi", &fixtures()]);
    assert_eq!(code, 0, "{told}");
    assert!(
        told.contains("gardé\u{a0}: asset:poste-accueil, `os` vaut «\u{a0}Debian\u{a0}»"),
        "{told}"
    );
    let after = files(root);
    let (code, told) = carnet(root, &["import", "glpi", &fixtures()]);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("0 fiche créée, 0 modifiée"), "{told}");
    assert_eq!(files(root), after);

    let hand = fs::read_to_string(root.join("inventory/assets/postes.yaml")).expect("a file");
    for kept in [
        "# À la main\r\n- id: poste-accueil # au comptoir\r\n",
        "  os: Debian # pas Windows\r\n",
        "  memory: 16 Go\r\n",
    ] {
        assert!(hand.contains(kept), "{kept} in {hand}");
    }
    assert_eq!(hand.matches('\n').count(), hand.matches("\r\n").count());
    // The neighbour on a port is known by its address.
    let switch = fs::read_to_string(root.join("inventory/assets/sw-essai.yaml")).expect("a file");
    assert!(
        switch.contains("{port: Gi1/0/2, asset: poste-accueil}"),
        "{switch}"
    );
}

/// An agent's file of a machine with forty programs, one of them in a version.
fn machine(number: usize, version: &str) -> String {
    let program = |at: usize| {
        let version = if at == 7 { version } else { "1.0" };
        serde_json::json!({"name": format!("Programme {at:02}"), "version": version})
    };
    let programs: Vec<serde_json::Value> = (0..40).map(program).collect();
    let content = serde_json::json!({
        "hardware": {"name": format!("PC-{number:03}")},
        "bios": {"ssn": format!("EXL-{number:05}")},
        "softwares": programs,
    });
    serde_json::json!({"deviceid": "PC", "itemtype": "Computer", "content": content}).to_string()
}

/// More machines than are written at once, with lists long enough to be shared between them.
#[test]
fn many_machines_with_many_programs() {
    let (folder, inbox) = (project(), tempfile::tempdir().expect("a folder"));
    let root = folder.path();
    let sent = |number: usize, version: &str| {
        let path = inbox.path().join(format!("pc-{number:03}.json"));
        fs::write(path, machine(number, version)).expect("written");
    };
    (0..150).for_each(|number| sent(number, "1.0"));
    let import = || carnet(root, &["import", "glpi", &inbox.path().to_string_lossy()]);
    let (code, told) = import();
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("150 fiches créées"), "{told}");
    let before = files(root);
    let (_, told) = import();
    assert!(told.contains("0 modifiée, 150 inchangées"), "{told}");
    assert_eq!(files(root), before);

    // People wrote into the list; then two machines get a newer version.
    let place = root.join("inventory/assets/pc-003.yaml");
    let text = fs::read_to_string(&place).expect("a file");
    let own = "  # Au guichet\n  - {name: Outil maison}\n";
    let text = text.replace(
        "  - {name: Programme 12,",
        &format!("{own}  - {{name: Programme 12,"),
    );
    fs::write(&place, &text).expect("written");
    let before = files(root);
    for number in [3, 140] {
        sent(number, "2.0");
    }
    let (_, told) = import();
    assert!(told.contains("2 modifiées, 148 inchangées"), "{told}");
    let newer = |text: &str| {
        text.replace(
            "{name: Programme 07, version: \"1.0\"}",
            "{name: Programme 07, version: \"2.0\"}",
        )
    };
    assert_eq!(fs::read_to_string(&place).expect("a file"), newer(&text));
    let after = files(root);
    let changed = before.iter().zip(&after).filter(|(old, new)| old != new);
    let changed: Vec<String> = changed
        .map(|(_, (path, _))| {
            path.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    let expected = ["pc-003.json", "pc-140.json", "pc-003.yaml", "pc-140.yaml"];
    assert_eq!(
        (after.len(), changed),
        (before.len(), expected.map(str::to_owned).into())
    );
}

#[test]
fn what_was_imported_is_sound_and_says_no_secret() {
    let folder = project();
    let root = folder.path();
    carnet(root, &["import", "glpi", &fixtures()]);
    let (code, told) = carnet(root, &["check"]);
    assert_eq!(code, 0, "{told}");
    let (code, told) = carnet(root, &["build", "--no-history"]);
    assert_eq!(code, 0, "{told}");
    let all = files(root);
    assert!(all.len() > 20);
    for (path, text) in all {
        assert!(!text.contains(CANARY), "{}", path.display());
        assert!(
            !path.to_string_lossy().contains("_site/inventory"),
            "{}",
            path.display()
        );
    }
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_imported() {
    let folder = project();
    let root = folder.path();
    let sources = tempfile::tempdir().expect("a folder");
    let bomb = "<!DOCTYPE a [<!ENTITY b \"b\">]><REQUEST><CONTENT/></REQUEST>";
    fs::write(sources.path().join("bombe.xml"), bomb).expect("written");
    fs::copy(
        format!("{}/sw-essai.xml", fixtures()),
        sources.path().join("sw.xml"),
    )
    .expect("copied");
    let path = sources.path().to_string_lossy().into_owned();
    let (code, told) = carnet(root, &["import", "glpi", &path, "--complete"]);
    assert_eq!(code, 1, "{told}");
    assert!(
        told.contains("bombe.xml") && told.contains("DOCTYPE"),
        "{told}"
    );
    assert!(root.join("inventory/assets/sw-essai.yaml").exists());
    // A file of the project that cannot be read would have its records created again.
    fs::write(root.join("inventory/assets/casse.yaml"), "a: [\n").expect("written");
    let (code, _) = carnet(root, &["import", "glpi", &path]);
    assert_eq!(code, 2);
}

#[test]
fn a_dry_run_shows_no_secret() {
    let folder = project();
    let root = folder.path();
    let text = "name: Accueil\nserial: EXL5-0777\nbitlocker_key: CANARI-1\ncode_coffre: |\n  CANARI-2\n  CANARI-3\nroom: Hall\n";
    fs::remove_file(root.join("inventory/assets/postes.yaml")).expect("removed");
    fs::write(root.join("inventory/assets/accueil.yaml"), text).expect("written");
    let (code, told) = carnet(root, &["import", "glpi", &fixtures(), "--dry-run"]);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("bitlocker_key: ********\n"), "{told}");
    assert!(told.contains(" room: Hall\n"), "{told}");
}

#[test]
fn reasons_are_in_the_language_asked_for_and_harmless() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("inventory")).expect("a folder");
    let sources = tempfile::tempdir().expect("a folder");
    let name = if cfg!(windows) {
        "a.json"
    } else {
        "a\u{1b}[31m.json"
    };
    fs::write(sources.path().join(name), "{}").expect("written");
    let path = sources.path().to_string_lossy().into_owned();
    let (code, told) = carnet(folder.path(), &["import", "glpi", &path, "--lang", "en"]);
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("this file holds no inventory"), "{told}");
    assert!(!told.contains('\u{1b}'), "{told}");
}
