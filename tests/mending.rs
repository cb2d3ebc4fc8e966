//! `carnet fix`, `carnet rename` and `carnet explain` on a small project: what is shown, what is written, what is refused.

mod running;

use std::fs;
use std::path::Path;

use running::carnet;
use tempfile::TempDir;

fn park() -> TempDir {
    let folder = running::project("title: Parc\nlanguage: fr\nas_of: 2026-11-20\n");
    for (path, text) in [
        ("inventory/sites/lyon.yaml", "name: Siège de Lyon\n"),
        (
            "inventory/assets/serveurs.yaml",
            "# Les serveurs\n- id: srv-01   # le premier\n  name: Un\n  type: switch\n  status: in-service\n  site: lyon\n- id: srv-02\n  name: Deux\n  type: switch\n  status: in-service\n  rack: srv-01\n",
        ),
        (
            "procedures/reseau/vpn.md",
            "---\ntitle: Le VPN\n---\n\nVoir [[srv-01#x|lui]].\n\n## Suite\n\n[Ici](#suite).\n",
        ),
        (
            "procedures/reseau/vpn.en.md",
            "---\ntitle: The VPN\n---\n\nText.\n",
        ),
        (
            "content/index.md",
            "# Accueil\n\n[[vpn]], [[reseau/vpn#suite]], [lui](../procedures/reseau/vpn.md#suite), [en ligne](/procedures/reseau/vpn/).\n",
        ),
    ] {
        write(folder.path(), path, text);
    }
    folder
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

fn read(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).expect("a file")
}

/// What is wrong with a project, a line each; an alias may take a line, so lines are not counted.
fn check(root: &Path) -> String {
    let (_, told) = carnet(root, &["check", "--format", "short", "--no-history"]);
    let found = told.lines().map(|line| {
        let (place, said) = line.split_once(": ").expect("a place and a message");
        let path = place.split(':').next().expect("a path");
        format!("{path} {said}\n")
    });
    found.collect()
}

#[test]
fn an_id_in_a_list_changes_and_stays_an_alias() {
    let park = park();
    let root = park.path();
    let before = check(root);
    let (code, told) = carnet(root, &["rename", "asset", "srv-01", "dc-01", "--dry-run"]);
    assert_eq!(code, 0, "{told}");
    assert!(
        told.contains("-- id: srv-01   # le premier\n+- id: dc-01   # le premier"),
        "{told}"
    );
    assert_eq!(check(root), before, "nothing is written");
    let (code, told) = carnet(root, &["rename", "équipement", "SRV-01", "dc-01"]);
    assert_eq!(code, 0, "{told}");
    let list = read(root, "inventory/assets/serveurs.yaml");
    assert!(
        list.starts_with("# Les serveurs\n- id: dc-01   # le premier\n  name: Un\n"),
        "{list}"
    );
    assert!(list.contains("  rack: dc-01\n"), "{list}");
    assert!(
        list.contains("srv-01]") || list.contains("- srv-01\n"),
        "{list}"
    );
    assert!(read(root, "procedures/reseau/vpn.md").contains("[[dc-01#x|lui]]"));
    assert_eq!(check(root), before.replace("srv-01", "dc-01"));
}

#[test]
fn a_text_takes_its_translation_along() {
    let park = park();
    let root = park.path();
    let before = check(root);
    let (code, told) = carnet(root, &["rename", "procedure", "reseau/vpn", "reseau/acces"]);
    assert_eq!(code, 0, "{told}");
    for (path, is_there) in [
        ("procedures/reseau/vpn.md", false),
        ("procedures/reseau/vpn.en.md", false),
        ("procedures/reseau/acces.md", true),
        ("procedures/reseau/acces.en.md", true),
    ] {
        assert_eq!(root.join(path).exists(), is_there, "{path}");
    }
    assert_eq!(
        read(root, "content/index.md"),
        "# Accueil\n\n[[acces]], [[reseau/acces#suite]], [lui](../procedures/reseau/acces.md#suite), [en ligne](/procedures/reseau/acces/).\n"
    );
    assert_eq!(check(root), before.replace("vpn", "acces"));
}

#[test]
fn what_cannot_be_renamed_is_refused_and_nothing_written() {
    let park = park();
    let root = park.path();
    let before = running::files(root);
    for (arguments, said) in [
        (["asset", "srv-01", "srv-02"], "déjà"),
        (["asset", "srv-01", "a b"], "identifiant"),
        (["asset", "srv-09", "x"], "srv-0"),
        (["procedure", "reseau/vpn", "vpn"], "dossier"),
        (["chose", "a", "b"], "genre"),
    ] {
        let (code, told) = carnet(root, &[&["rename"], arguments.as_slice()].concat());
        assert_eq!(code, 2, "{arguments:?}: {told}");
        assert!(told.contains(said), "{arguments:?}: {told}");
    }
    assert_eq!(running::files(root), before);
}

#[test]
fn sure_mends_are_shown_then_written() {
    let park = park();
    let root = park.path();
    let path = "inventory/assets/poste.yaml";
    let broken = "name: Poste\ntpye: swicth # coeur\nstatus: in-service\nsite: 'lyno'\nrack: srv-03\n\tserial: \"1\"\n";
    write(root, path, broken);
    let (code, told) = carnet(root, &["fix"]);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("-\tserial"), "{told}");
    assert_eq!(read(root, path), broken, "nothing is written");
    let (code, told) = carnet(root, &["fix", "--write"]);
    assert_eq!(code, 0, "{told}");
    let mended = read(root, path);
    assert!(!mended.contains('\t'), "{mended}");
    let (_, told) = carnet(root, &["fix"]);
    assert!(told.contains("rien à corriger"), "{told}");
}

#[test]
fn mends_of_several_rounds_are_made_at_once() {
    let park = park();
    let root = park.path();
    let path = "inventory/assets/poste.yaml";
    write(
        root,
        path,
        "name: Poste\ntpye: swicth # coeur\nstatus: in-service\nsite: 'lyno'\nrack: srv-03\n",
    );
    carnet(root, &["fix", "--write"]);
    assert_eq!(
        read(root, path),
        "name: Poste\ntype: switch # coeur\nstatus: in-service\nsite: 'lyon'\nrack: srv-03\n"
    );
}

#[test]
fn a_rule_is_explained_and_a_mistyped_one_proposed() {
    let park = park();
    let root = park.path();
    let (code, told) = carnet(root, &["explain", "erreur[dead-link]"]);
    assert_eq!(code, 0, "{told}");
    for said in [
        "dead-link",
        "Pourquoi",
        "Que faire",
        "levels: {dead-link: warning}",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    let (code, told) = carnet(root, &["explain", "dead-lnik", "--lang", "en"]);
    assert_eq!(code, 2, "{told}");
    assert!(told.contains("did you mean `dead-link`"), "{told}");
    let (code, told) = carnet(root, &["explain"]);
    assert_eq!(code, 0);
    assert!(
        told.lines().any(|line| line == "dangling-reference"),
        "{told}"
    );
}

#[test]
fn schemas_name_fields_values_and_ids_and_keep_other_settings() {
    let park = park();
    let root = park.path();
    let (code, told) = carnet(root, &["schema", "asset"]);
    assert_eq!(code, 0, "{told}");
    let schema: serde_json::Value = serde_json::from_str(&told).expect("JSON");
    let fields = &schema["definitions"]["record"]["properties"];
    assert_eq!(
        fields["site"]["anyOf"][0]["enum"],
        serde_json::json!(["lyon"])
    );
    assert_eq!(fields["status"]["title"], "Statut · Status");
    assert_eq!(fields["type"]["anyOf"][0]["const"], "laptop");
    let (code, told) = carnet(root, &["schema", "--write"]);
    assert_eq!(code, 0, "{told}");
    let settings = read(root, ".vscode/settings.json");
    assert!(
        settings.contains("\"./.carnet/schemas/asset.json\""),
        "{settings}"
    );
    assert!(read(root, ".carnet/schemas/asset.json").contains("\"lyon\""));
    let jetbrains = read(root, ".idea/jsonSchemas.xml");
    assert!(
        jetbrains.contains("value=\"inventory/assets\""),
        "{jetbrains}"
    );
    let neovim = read(root, ".nvim.lua");
    let line = "['./.carnet/schemas/asset.json'] = { 'inventory/assets/**/*.yaml', 'inventory/assets/**/*.yml' },";
    assert!(neovim.contains(line), "{neovim}");
    let (_, told) = carnet(root, &["schema", "--write"]);
    assert!(!told.contains("yaml.schemas"), "all is there: {told}");
    let (code, told) = carnet(root, &["new", "asset", "nouveau/pc-1"]);
    assert_eq!(code, 0, "{told}");
    let record = read(root, "inventory/assets/nouveau/pc-1.yaml");
    let line = "# yaml-language-server: $schema=../../../.carnet/schemas/asset.json\n";
    assert!(record.starts_with(line), "{record}");
    write(root, ".vscode/settings.json", "{}\n");
    let (code, told) = carnet(root, &["schema", "--write"]);
    assert_eq!(
        (code, read(root, ".vscode/settings.json").as_str()),
        (0, "{}\n")
    );
    assert!(told.contains("yaml.schemas"), "{told}");
}

#[test]
fn a_layout_is_shown_named_then_written() {
    let park = park();
    let root = park.path();
    let path = "inventory/assets/pc-1.yaml";
    write(
        root,
        path,
        "# Vu à l'accueil\nNom:   PC 1\n\n\ntype: switch   # un PC ?\nstatus: in-service\nnote:\n    - 1\n",
    );
    write(
        root,
        "inventory/assets/ancre.yaml",
        "name: &nom  X\ncomment: *nom\n",
    );
    let before = read(root, path);
    let (code, shown) = carnet(root, &["fmt", "--check", "--order"]);
    assert_eq!(code, 1);
    assert!(shown.starts_with("inventory/assets/pc-1.yaml\n"), "{shown}");
    assert!(
        shown.contains(
            "inventory/assets/ancre.yaml:1: cette fiche partage des valeurs par des ancres"
        ),
        "{shown}"
    );
    let (code, shown) = carnet(root, &["fmt", "inventory/assets"]);
    assert_eq!(code, 0);
    assert!(shown.contains("-Nom:   PC 1\n-\n+name: PC 1\n"), "{shown}");
    assert!(
        shown.contains("fichiers à mettre en forme\u{a0}: 1"),
        "{shown}"
    );
    assert_eq!(read(root, path), before);
    let (code, _) = carnet(root, &["fmt", "--write", path]);
    assert_eq!(code, 0);
    let after = "# Vu à l'accueil\nname: PC 1\n\ntype: switch   # un PC ?\nstatus: in-service\nnote:\n  - 1\n";
    assert_eq!(read(root, path), after);
    let (code, shown) = carnet(root, &["fmt", "--check"]);
    assert_eq!(code, 0, "{shown}");
    let (code, shown) = carnet(root, &["fmt", "nulle-part"]);
    assert_eq!(code, 2);
    assert!(
        shown.contains("`nulle-part` ne contient aucune fiche du projet"),
        "{shown}"
    );
}
