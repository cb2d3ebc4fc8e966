//! `carnet import` of files of several programs: each is told apart by what is in it, and the CSV of GLPI and
//! Jira says of a ticket what their JSON says.

#[path = "running/project.rs"]
mod project;
mod running;

use std::fs;

use project::Project;

#[test]
fn in_a_folder_of_several_sources_each_file_is_known_by_its_content() {
    let project = Project::new("");
    let folder = project.root().join("melange");
    fs::create_dir_all(&folder).expect("made");
    let agents = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/import");
    for name in ["pc-accueil.json", "pc-atelier.xml"] {
        fs::copy(format!("{agents}/{name}"), folder.join(name)).expect("copied");
    }
    let ocs = fs::read_to_string(format!("{agents}/pc-atelier.xml")).expect("read");
    let (start, rest) = ocs.split_once("<REQUEST>").expect("a request");
    let ocs = format!("{start}<REQUEST><VERSIONCLIENT>OCS-NG_UNIX_v2.10</VERSIONCLIENT>{rest}");
    let files = [
        (
            "parc.csv",
            "Nom;Entité;Statut;Numéro de série\nPC-77;Nacelle;Production;S77\n",
        ),
        (
            "a-comptes.csv",
            "\"Name\",\"SamAccountName\",\"LastLogonDate\",\"Title\"\n\"Léa Garnier\",\"lgarnier\",,\"Technicienne\"\n",
        ),
        (
            "b-tickets.csv",
            "Summary,Issue key,Issue Type,Status,Created\nEssai,SUP-1,Bug,Done,09/Jan/24 3:54 PM\n",
        ),
        (
            "c-actifs.csv",
            "Asset Tag,Item Name,Category,Status Label\n12,PC-1,Laptop,Deployed\n",
        ),
        (
            "d-tickets.json",
            "{\"issues\": [{\"key\": \"SUP-1\", \"fields\": {\"summary\": \"Essai\"}}]}",
        ),
        (
            "e-comptes.json",
            "{\"value\": [{\"userPrincipalName\": \"lea@nacelle.example\"}]}",
        ),
        ("f-ocs.xml", &ocs),
    ];
    for (name, text) in files {
        fs::write(folder.join(name), text).expect("written");
    }
    let folder = folder.display().to_string();
    let (code, told) = project.carnet(&["import", "glpi", &folder]);
    assert_eq!(code, 1, "{told}");
    for (name, source) in [
        ("a-comptes.csv", "ad"),
        ("b-tickets.csv", "jira"),
        ("c-actifs.csv", "snipeit"),
        ("d-tickets.json", "jira"),
        ("e-comptes.json", "entra"),
        ("f-ocs.xml", "ocs"),
    ] {
        let line = format!(
            "{name}: ce fichier vient d’une autre source : importez-le par `carnet import {source}`"
        );
        assert!(told.contains(&line), "{line} in {told}");
    }
    assert!(
        project
            .record("assets/pc-77.yaml")
            .contains("serial: S77\n")
    );
    assert!(
        told.contains("numéros de série qui n’identifient rien (1)"),
        "{told}"
    );
    assert!(project.count("assets") >= 3, "{told}");
    assert_eq!(
        project.count("people") + project.count("tickets") + project.count("accounts"),
        0
    );
}

#[test]
fn headers_of_a_group_land_in_their_fields() {
    let group = "Informations financières et administratives";
    let table = format!(
        "\"Nom\";\"Entité\";\"Numéro de série\";\"Numéro d'inventaire\";\"{group} - Valeur\";\"{group} - Date d'expiration de la garantie\";\"{group} - Numéro d'immobilisation\";\"{group} - Date d'achat\";\"{group} - Date de mise en service\";\"Utilisateur - Nom\";\"Commentaires\";\"Valeur vénale\"\r\n\"PC-1\";\"Nacelle\";\"S1\";\"000012\";\"1 249,90\";\"2029-03-15\";\"IM-7\";\"2026-03-15\";\"2026-04-01\";\"Garnier\";\"Écran rayé\";\"3\"\r\n"
    );
    let project = Project::new("");
    let told = project.import(&["glpi", "--culture", "fr"], "parc.csv", table.as_bytes());
    let record = project.record("assets/pc-1.yaml");
    for line in [
        "name: PC-1",
        "inventory_number: \"000012\"",
        "fixed_asset_number: IM-7",
        "price: 1249.90",
        "warranty_end: 2029-03-15",
        "purchased: 2026-03-15",
        "in_service: 2026-04-01",
        "notes: Écran rayé",
    ] {
        assert!(record.contains(&format!("{line}\n")), "{line} in {record}");
    }
    assert!(
        told.contains("colonne inconnue `Valeur vénale`, laissée de côté\n"),
        "{told}"
    );
    assert!(
        told.contains("colonne inconnue `Utilisateur - Nom`, laissée de côté\n"),
        "{told}"
    );
}

#[test]
fn a_ticket_of_glpi_keeps_its_opening_and_its_end() {
    let table = "\"ID\";\"Titre\";\"Statut\";\"Date d'ouverture\";\"Date de résolution\";\"Date de clôture\"\r\n\"4\";\"Écran noir\";\"Clos\";\"2026-09-14 11:20\";\"2026-09-15 09:00\";\"2026-09-18 08:30\"\r\n\"5\";\"Clavier\";\"Nouveau\";\"2026-09-14 11:20\";\"2026-09-15 09:00\";\"\"\r\n";
    let project = Project::new("");
    project.import(&["glpi"], "tickets.csv", table.as_bytes());
    let record = project.record("tickets/glpi-4.yaml");
    let timeline = "timeline:\n  - {at: 2026-09-14 11:20, event: opened}\n  - {at: 2026-09-15 09:00, event: resolved}\n  - {at: 2026-09-18 08:30, event: closed}\n";
    assert!(record.contains(timeline), "{record}");
    let open = project.record("tickets/glpi-5.yaml");
    assert!(
        open.contains("timeline:\n  - {at: 2026-09-14 11:20, event: opened}\n"),
        "{open}"
    );
    assert!(!open.contains("resolved"), "{open}");
}

#[test]
fn a_table_of_jira_tells_what_its_json_tells() {
    let table = "Summary,Issue key,Issue Type,Status,Status Category,Created,Resolved,Resolution,Reporter,Reporter Id,Creator,Creator Id,Labels,Labels,Description,Comment,Comment,Attachment,Attachment,Custom field (Rank)\n\
        Écran noir,SUP-12,[System] Incident,Chez le fournisseur,Done,09/Jan/24 3:54 PM,11/Jan/24 9:00 AM,Fixed,Léa Garnier,5b10ac8d82e05b22cc7d4ef5,Marc Petit,5b10ac8d82e05b22cc7d4ef6,écran,poste,\"h2. Constat\n* noir\n* chaud\",09/Jan/24 3:55 PM;5b10ac8d82e05b22cc7d4ef5;Vu *hier*,10/Jan/24 8:00 AM;5b10ac8d82e05b22cc7d4fff;Câble changé,a.png,b.png,0|i0\n";
    let project = Project::new("");
    let people = project.root().join("inventory/people");
    fs::create_dir_all(&people).expect("made");
    for (id, name) in [("lea", "Léa Garnier"), ("marc", "Marc Petit")] {
        fs::write(people.join(format!("{id}.yaml")), format!("name: {name}\n")).expect("written");
    }
    let told = project.import(&["jira"], "tickets.csv", table.as_bytes());
    let record = project.record("tickets/sup-12.yaml");
    for part in [
        "type: incident\n",
        "status: resolved\n",
        "requester: lea\n",
        "tags: [poste, écran]\n",
        "  ### Constat\n",
        "  - noir\n",
        "  - {at: 2024-01-09 15:54, event: opened, by: marc}\n  - {at: 2024-01-09 15:55, event: comment, by: lea, note: Vu hier}\n  - {at: 2024-01-10 08:00, event: comment, note: Câble changé}\n  - {at: 2024-01-11 09:00, event: resolved, note: Fixed}\n",
    ] {
        assert!(record.contains(part), "{part} in {record}");
    }
    for note in [
        "commentaires dont l’auteur n’est qu’un numéro de compte, qu’aucune colonne n’explique : 1",
        "le CSV de Jira ne dit ni qui a changé l’état d’un ticket et quand",
        "champs personnalisés (1)",
        "pièces jointes (2)",
    ] {
        assert_eq!(told.matches(note).count(), 1, "{note} in {told}");
    }
}
