//! `carnet import` of what looks like the identity of a machine and is another's: no two machines become one, none
//! takes the number of its monitor, and what is left out is told.

#[path = "running/project.rs"]
mod project;
mod running;

use std::fs;

use project::Project;

/// Two exports of one machine: its own number in the last column, those of others before.
const PARTS: &str = "Nom;Moniteurs - Numéro de série;Disques durs - Numéro de série;Imprimantes - Adresse IP;Lieu - Commentaires;Contrats - Type;Système d'exploitation - Numéro de série;Réseau - Adresse MAC;Informations financières et administratives - Valeur;Valeur;Numéro de série\nPC-K;MON12345;DSK12345;192.0.2.9;Au fond;Maintenance;00330-80000-00000-AA777;02:00:5e:00:53:31;10,50;12,50;REAL0001\n";

#[test]
fn numbers_of_other_objects_are_none_of_the_machine() {
    let project = Project::new("");
    let told = project.import(&["glpi", "--culture", "fr"], "parts.csv", PARTS.as_bytes());
    for header in [
        "Moniteurs - Numéro de série",
        "Disques durs - Numéro de série",
        "Imprimantes - Adresse IP",
        "Lieu - Commentaires",
        "Contrats - Type",
    ] {
        let line = format!("colonne inconnue `{header}`");
        assert!(told.contains(&line), "{line} in {told}");
    }
    assert!(told.contains("clés de licence (1)"), "{told}");
    assert!(!told.contains("00330"), "{told}");
    assert_eq!(
        project.record("assets/pc-k.yaml"),
        "name: PC-K\nstatus: in-service\nserial: REAL0001\nmac: [\"02:00:5e:00:53:31\"]\nprice: 12.50\n"
    );
    // The monitor goes from one machine to the next, which stays another.
    for name in ["PC-L", "PC-M"] {
        let table = format!("Nom;Type;Moniteurs - Numéro de série\n{name};Portable;MON12345\n");
        project.import(&["glpi"], "moved.csv", table.as_bytes());
    }
    assert_eq!(project.count("assets"), 3);
}

#[test]
fn numbers_of_windows_identify_no_machine() {
    let project = Project::new("");
    let table = "Nom;Type;Numéro de série\nPC-1;Portable;00330-80000-00000-AA111\nPC-2;Portable;00330-80000-00000-AA111\nPC-3;Portable;ABCDE-FGHIJ-KLMNO-PQRST-UVWXY\n";
    let told = project.import(&["glpi"], "windows.csv", table.as_bytes());
    let line = "`Numéro de série` : numéros de licence de Windows, qui n’identifient aucune machine, laissés de côté (ligne 2, 3, 4)";
    assert!(told.contains(line), "{told}");
    assert!(!told.contains("00330") && !told.contains("ABCDE"), "{told}");
    assert_eq!(project.count("assets"), 3);
    assert!(!project.record("assets/pc-1.yaml").contains("serial"));
}

#[test]
fn an_address_alone_leads_to_no_machine_of_another_name() {
    let project = Project::new("");
    let own = "name: Poste du quai\nstatus: in-service\nmac: [\"02:00:5e:00:53:77\"]\n";
    let place = project.root().join("inventory/assets");
    fs::create_dir_all(&place).expect("made");
    fs::write(place.join("poste-du-quai.yaml"), own).expect("written");
    let agent = r#"{"action":"inventory","itemtype":"Computer","deviceid":"PC-Q-2026","content":{"versionclient":"GLPI-Agent_v1.7","hardware":{"name":"PC-Q","chassis_type":"Laptop"},"networks":[{"description":"eth0","mac":"02:00:5e:00:53:77","ipaddress":"192.0.2.77","status":"up","type":"ethernet"}]}}"#;
    let told = project.import(&["glpi"], "agent.json", agent.as_bytes());
    assert!(told.contains("1 en doute"), "{told}");
    assert_eq!(project.record("assets/poste-du-quai.yaml"), own);
    // By its id, which is its name, it is found.
    let table = "Nom;Type;Adresse MAC\nposte-du-quai;Portable;02:00:5e:00:53:77\n";
    let told = project.import(&["glpi"], "table.csv", table.as_bytes());
    assert!(
        told.contains("1 modifiée") && told.contains("0 en doute"),
        "{told}"
    );
}

#[test]
fn rounded_numbers_make_no_two_machines_one() {
    let project = Project::new("");
    let table = "Nom;Type;Numéro de série;Numéro d'inventaire\nPC-1;Portable;1,23E+15;\nPC-2;Portable;1,23E+15;\nPC-3;Portable;1.23457E+11;1,20E+05\nPC-4;Portable;1E10;\n";
    for _ in 0..2 {
        let told = project.import(&["glpi"], "rounded.csv", table.as_bytes());
        for line in [
            "`Numéro de série` : numéros arrondis par un tableur, laissés de côté (ligne 2 « 1,23E+15 », 3 « 1,23E+15 », 4 « 1.23457E+11 ») ; mettez la colonne au format texte, puis exportez de nouveau",
            "`Numéro d'inventaire` : numéros arrondis par un tableur, laissés de côté (ligne 4 « 1,20E+05 »)",
        ] {
            assert!(told.contains(line), "{line} in {told}");
        }
        assert_eq!(project.count("assets"), 4);
    }
    assert!(!project.record("assets/pc-1.yaml").contains("serial"));
    // A number that a maker has chosen, and no spreadsheet has shown.
    let record = project.record("assets/pc-4.yaml");
    assert!(record.contains("serial: \"1E10\"\n"), "{record}");
}

#[test]
fn what_boards_say_instead_of_a_tag_is_none() {
    let project = Project::new("");
    let table = "Nom;Type;Numéro d'inventaire\nPC-1;Portable;No Asset Information\nPC-2;Portable;Chassis Asset Tag\nPC-3;Portable;NAC-7\n";
    let told = project.import(&["glpi"], "tags.csv", table.as_bytes());
    let line = "valeurs qui n’identifient rien, laissées de côté (ligne 2 « No Asset Information », 3 « Chassis Asset Tag »)";
    assert!(told.contains(line), "{told}");
    assert!(project.record("assets/pc-3.yaml").contains("NAC-7"));
}

#[test]
fn accounts_of_services_are_known_by_their_unit_with_or_without_a_class() {
    for class in ["", ",ObjectClass"] {
        let project = Project::new("");
        let own = if class.is_empty() { "" } else { ",user" };
        let table = format!(
            "DistinguishedName,SamAccountName{class}\n\"CN=svc_a,OU=Comptes de service,DC=ex,DC=example\",svc_a{own}\n\"CN=lea,OU=Siège,DC=ex,DC=example\",lea{own}\n"
        );
        project.import(&["ad"], "svc.csv", table.as_bytes());
        let service = project.record("accounts/svc-a.yaml");
        assert!(service.contains("type: service\n"), "{class}: {service}");
        let user = project.record("accounts/lea.yaml");
        assert!(user.contains("type: user\n"), "{class}: {user}");
    }
}

#[test]
fn places_of_one_name_are_told_apart_by_what_stands_above() {
    let project = Project::new("");
    let folder = project.root().join("inventory/sites");
    fs::create_dir_all(&folder).expect("made");
    for (id, text) in [
        ("siege", "name: Siège\n"),
        ("bat-a", "name: Bât. A\nparent: siege\n"),
        ("bat-b", "name: Bât. B\nparent: siege\n"),
        ("a-101", "name: \"101\"\nparent: bat-a\n"),
        ("b-101", "name: \"101\"\nparent: bat-b\n"),
        ("b-102", "name: \"102\"\nparent: bat-b\n"),
        ("accueil", "name: Accueil\n"),
    ] {
        fs::write(folder.join(format!("{id}.yaml")), text).expect("written");
    }
    let table = "Nom;Type;Lieu\nP1;Tour;Bât. B > 101\nP2;Tour;Siège > Bât. A > 101\nP3;Tour;Siège > Bât. A > 102\nP4;Tour;102\nP5;Tour;101\nP6;Tour;Siège > Bât. B > Étage 1 > 102\nP7;Tour;Entité racine > Accueil\nP8;Tour;Bât. C > 102\nP9;Tour;Annexe > Accueil\n";
    let told = project.import(&["glpi"], "places.csv", table.as_bytes());
    let site = |name: &str| {
        let record = project.record(&format!("assets/{name}.yaml"));
        let line = record.lines().find_map(|line| line.strip_prefix("site: "));
        line.map(str::to_owned)
    };
    for (name, expected) in [
        ("p1", Some("b-101")),
        ("p2", Some("a-101")),
        ("p3", None),
        ("p4", Some("b-102")),
        ("p5", None),
        ("p6", Some("b-102")),
        ("p7", Some("accueil")),
        ("p8", None),
        ("p9", Some("accueil")),
    ] {
        assert_eq!(site(name).as_deref(), expected, "{name}: {told}");
    }
    for name in ["Siège > Bât. A > 102", "Bât. C > 102", "101"] {
        let line = format!("à lier : Équipement › Lieu « {name} » (1)");
        assert!(told.contains(&line), "{line} in {told}");
    }
}

#[test]
fn numbers_of_workbooks_have_one_reading_and_fifteen_digits() {
    let project = Project::new("");
    let workbook = include_bytes!("imported_tables/prix.xlsx");
    let told = project.import(&["glpi"], "prix.xlsx", workbook);
    assert!(
        project
            .record("assets/pc-1.yaml")
            .contains("price: 12.345\n"),
        "{told}"
    );
    // A text of digits has two.
    assert!(told.contains("nombres laissés de côté (ligne 3)"), "{told}");
    assert!(!project.record("assets/pc-2.yaml").contains("price"));
    let rounded =
        "numéros arrondis par un tableur, laissés de côté (ligne 4 « 1.23456789012345E+17 »)";
    assert!(told.contains(rounded), "{told}");
    assert!(!project.record("assets/pc-3.yaml").contains("serial"));
}

#[test]
fn files_of_old_code_pages_are_told() {
    let project = Project::new("");
    let table = b"Nom;Type;Commentaires\nPC-1;Portable;No\x91l \x83lo\x95se\n";
    let told = project.import(&["glpi"], "mac.csv", table);
    let line = "des lettres accentuées sont fausses (ligne 2) ; il semble en MacRoman : enregistrez-le en UTF-8, puis recommencez";
    assert!(told.contains(line), "{told}");
}

#[test]
fn addresses_of_agents_that_are_none_are_told() {
    let project = Project::new("");
    let agent = r#"{"action":"inventory","itemtype":"Computer","deviceid":"PC-Q-2026","content":{"versionclient":"GLPI-Agent_v1.7","hardware":{"name":"PC-Q","chassis_type":"Laptop"},"networks":[{"description":"eth0","mac":"d5:c9:gh:81:cf:80","ipaddress":"192.0.2.312","status":"up"}]}}"#;
    let told = project.import(&["glpi"], "agent.json", agent.as_bytes());
    let line = "`PC-Q` : adresses illisibles, laissées de côté : 2 (« 192.0.2.312 », « d5:c9:gh:81:cf:80 »)";
    assert!(told.contains(line), "{told}");
    let device = r#"{"action":"inventory","itemtype":"NetworkEquipment","deviceid":"SW-Q","content":{"network_device":{"type":"Networking","name":"SW-Q","serial":"SWQ1","mac":"02:00:5e:00:zz:01","ips":["192.0.2.7","192.0.2.999"]}}}"#;
    let told = project.import(&["glpi"], "switch.json", device.as_bytes());
    let line = "`SW-Q` : adresses illisibles, laissées de côté : 2 (« 02:00:5e:00:zz:01 », « 192.0.2.999 »)";
    assert!(told.contains(line), "{told}");
    let answer = r#"{"Computer":[{"id":5,"name":"PC-R","serial":"RS1","_networkports":{"NetworkPortEthernet":[{"mac":"02:00:5e:00:53","NetworkName":{"IPAddress":[{"name":"192.0.2.8"},{"name":"192.0.2"}]}}]}}]}"#;
    let told = project.import(&["glpi"], "reponse.json", answer.as_bytes());
    let line =
        "`PC-R` : adresses illisibles, laissées de côté : 2 (« 02:00:5e:00:53 », « 192.0.2 »)";
    assert!(told.contains(line), "{told}");
    let device = r#"[{"id":12,"nodeClass":"WINDOWS_WORKSTATION","systemName":"PC-N","ipAddresses":["192.0.2.312","fe80::1"],"macAddresses":["02:00:5E:00:ZZ:12"]}]"#;
    let told = project.import(&["ninjaone"], "devices.json", device.as_bytes());
    let line = "`PC-N` : adresses illisibles, laissées de côté : 2 (« 02:00:5E:00:ZZ:12 », « 192.0.2.312 »)";
    assert!(told.contains(line), "{told}");
}

#[test]
fn who_logged_on_last_is_written_when_it_is_asked_for() {
    let project = Project::new("");
    let agent = |user: &str| {
        let content = serde_json::json!({
            "hardware": {"name": "PC-V", "uuid": "4c4c4544-0031-3010-8031-c2c04f503799", "lastloggeduser": user},
            "bios": {"ssn": "VOL0001"},
        });
        serde_json::json!({"deviceid": "PC-V", "itemtype": "Computer", "content": content})
    };
    let run = |arguments: &[&str], user: &str| {
        project.import(arguments, "pc.json", agent(user).to_string().as_bytes())
    };
    let told = run(&["glpi"], "hperrin");
    let line = "à lier : Équipement › Utilisateur « hperrin » (1), aucune fiche de ce nom\n  ces noms ne sont écrits dans aucune fiche :";
    assert!(told.contains(line), "{told}");
    let text = project.record("assets/pc-v.yaml");
    assert!(!text.contains("alternate_user"), "{text}");
    // The next morning somebody else works there: nothing changes.
    let told = run(&["glpi"], "lgarnier");
    assert!(told.contains("0 modifiée, 1 inchangée"), "{told}");
    run(&["glpi", "--last-seen"], "lgarnier");
    let text = project.record("assets/pc-v.yaml");
    assert!(text.contains("alternate_user: lgarnier\n"), "{text}");
}

#[test]
fn a_name_in_words_goes_when_its_person_is_linked() {
    let project = Project::new("");
    let table = "Nom;Type;Numéro de série;Utilisateur\nPC-1;Portable;AU0001;Léa Garnier\nPC-2;Portable;AU0002;Léa Garnier\n";
    let told = project.import(&["glpi"], "users.csv", table.as_bytes());
    let line = "ces noms restent en toutes lettres (`alternate_user`, note d’un événement) : créez la fiche de chacun";
    assert!(told.contains(line), "{told}");
    let place = |name: &str| project.root().join(format!("inventory/{name}.yaml"));
    let text = project.record("assets/pc-2.yaml");
    assert!(text.contains("alternate_user: Léa Garnier\n"), "{text}");
    let own = text.replace("Léa Garnier", "Léa, puis l’accueil");
    fs::write(place("assets/pc-2"), own).expect("written");
    fs::create_dir_all(project.root().join("inventory/people")).expect("made");
    fs::write(place("people/lea"), "name: Léa Garnier\n").expect("written");
    project.import(&["glpi"], "users.csv", table.as_bytes());
    let linked = project.record("assets/pc-1.yaml");
    assert!(
        linked.contains("user: lea\n") && !linked.contains("alternate_user"),
        "{linked}"
    );
    // What people wrote stays.
    let own = project.record("assets/pc-2.yaml");
    assert!(
        own.contains("user: lea\n") && own.contains("alternate_user: Léa, puis l’accueil\n"),
        "{own}"
    );
}

#[test]
fn ports_of_a_model_stand_in_their_order() {
    let project = Project::new("");
    let ports =
        ["1", "2", "10"].map(|name| format!("  - {{name: \"{name}\", type: 1000base-t}}\n"));
    let text = format!(
        "manufacturer: Exalto\nmodel: EX-3\nslug: ex-3\ninterfaces:\n{}",
        ports.concat()
    );
    project.import(&["devicetype"], "ex-3.yaml", text.as_bytes());
    let models = running::files(&project.root().join("inventory/models"));
    let (_, model) = models.first().expect("a model");
    let names: Vec<&str> = model
        .split("name: \"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert_eq!(names, ["1", "2", "10"], "{model}");
    let told = project.import(&["devicetype"], "ex-3.yaml", text.as_bytes());
    assert!(
        told.contains("0 fiche créée, 0 modifiée, 1 inchangée"),
        "{told}"
    );
}

#[test]
fn a_directory_in_a_folder_of_another_source_is_refused_by_its_name() {
    let project = Project::new("");
    let folder = project.root().join("exports");
    fs::create_dir(&folder).expect("made");
    fs::write(folder.join("parc.csv"), "Nom;Type\nPC-1;Portable\n").expect("written");
    let entry = "dn: CN=lea,DC=nacelle,DC=example\nobjectClass: user\nsAMAccountName: lea\n";
    fs::write(folder.join("annuaire.ldif"), entry).expect("written");
    let (code, told) = project.carnet(&["import", "glpi", &folder.display().to_string()]);
    assert_eq!(code, 1, "{told}");
    assert!(
        told.contains("annuaire.ldif: ") && told.contains("`carnet import ldif`"),
        "{told}"
    );
    assert_eq!(project.count("assets"), 1);
}
