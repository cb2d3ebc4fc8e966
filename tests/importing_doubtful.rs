//! `carnet import` of lists that say less, or other things, than they seem to: nothing is guessed, what is
//! left out is told with its line, and no project is made that cannot be built.

#[path = "running/project.rs"]
mod project;
mod running;

use std::fs;

use project::Project;

const ASSETS: &str =
    "import: {csv: {kind: asset, columns: {Nom: name, Ser: serial, Room: room, Prix: price}}}\n";

#[test]
fn amounts_with_two_readings_are_left_out_and_told() {
    let table = "Nom;Ser;Prix\nA;S1;1,234\nB;S2;12,345\nC;S3;12 $\nD;S4;£12\nE;S5;12%\nF;S6;12.50.3\nG;S7;-12,50\nH;S8;1 249,90 €\n";
    let project = Project::new(ASSETS);
    let told = project.import(&["csv"], "prix.csv", table.as_bytes());
    for line in [
        "nombres laissés de côté (ligne 2, 3)",
        "autre monnaie que l’euro, laissés de côté (ligne 4, 5)",
        "illisibles pour ce champ, laissées de côté (ligne 6 « 12% », 7 « 12.50.3 »)",
        "au-dessous de zéro, que ce champ refuse, laissés de côté (ligne 8)",
    ] {
        assert!(told.contains(line), "{line} in {told}");
    }
    for name in ["a", "b", "c", "d", "e", "f", "g"] {
        let record = project.record(&format!("assets/{name}.yaml"));
        assert!(!record.contains("price"), "{record}");
    }
    assert!(project.record("assets/h.yaml").contains("price: 1249.90\n"));
    project.import(&["csv", "--culture", "en-US"], "prix.csv", table.as_bytes());
    assert!(project.record("assets/a.yaml").contains("price: 1234\n"));
}

#[test]
fn accounts_of_two_domains_are_two() {
    let entry = |dn: &str, class: &str, login: &str, rest: &str| {
        format!("dn: {dn}\nobjectClass: {class}\nsAMAccountName: {login}\n{rest}\n")
    };
    let nacelle = "DC=nacelle,DC=example";
    let orme = "DC=orme,DC=example";
    let text = [
        entry(
            &format!("CN=Administrator,CN=Users,{nacelle}"),
            "user",
            "Administrator",
            "",
        ),
        entry(
            &format!("CN=Administrator,CN=Users,{orme}"),
            "user",
            "Administrator",
            &format!("memberOf: CN=GG-Adm,{orme}\n"),
        ),
        entry(
            &format!("CN=GG-Adm,{nacelle}"),
            "group",
            "GG-Adm",
            "mail: a@nacelle.example\n",
        ),
        entry(
            &format!("CN=GG-Adm,{orme}"),
            "group",
            "GG-Adm",
            "mail: a@orme.example\n",
        ),
    ]
    .concat();
    let project = Project::new("");
    let told = project.import(&["ldif"], "deux.ldif", text.as_bytes());
    assert!(told.contains("4 fiches créées"), "{told}");
    let second = project.record("accounts/administrator-2.yaml");
    assert!(second.contains("DC=orme"), "{second}");
    assert!(second.contains("groups: [gg-adm-2]\n"), "{second}");
    // One domain alone, later, and its groups by their names alone.
    let text = entry(
        &format!("CN=Administrator,CN=Users,{orme}"),
        "user",
        "Administrator",
        &format!("displayName: Orme\nmemberOf: CN=GG-Adm,{orme}\n"),
    );
    let told = project.import(&["ldif"], "orme.ldif", text.as_bytes());
    assert!(told.contains("0 fiche créée, 1 modifiée"), "{told}");
    let second = project.record("accounts/administrator-2.yaml");
    assert!(second.contains("display_name: Orme\n"), "{second}");
    let first = project.record("accounts/administrator.yaml");
    assert!(!first.contains("Orme"), "{first}");
}

#[test]
fn rows_of_one_login_that_differ_are_in_doubt() {
    let project = Project::new("");
    let table = "SamAccountName;Name;Enabled\nlgarnier;Léa Garnier;True\nlgarnier;Louis Garnier;False\niroy;Inès Roy;True\niroy;Inès Roy;True\n";
    let told = project.import(&["ad"], "comptes.csv", table.as_bytes());
    assert!(told.contains("« lgarnier » (ligne 3)"), "{told}");
    assert!(told.contains("2 fiches créées"), "{told}");
    let record = project.record("accounts/lgarnier.yaml");
    assert!(
        record.contains("Léa Garnier") && record.contains("enabled: true"),
        "{record}"
    );
}

#[test]
fn tables_without_names_rename_nothing() {
    let project = Project::new(ASSETS);
    project.import(&["csv"], "tout.csv", b"Nom;Ser;Room\nAlpha;S1;Ra\n");
    let told = project.import(&["csv"], "peu.csv", b"Ser;Room\nS1;Rb\nS2;Rb\n");
    assert!(told.contains("1 fiche créée, 1 modifiée"), "{told}");
    let alpha = project.record("assets/alpha.yaml");
    assert!(
        alpha.contains("name: Alpha\n") && alpha.contains("room: Rb\n"),
        "{alpha}"
    );
    project.import(&["csv"], "vide.csv", b"Nom;Ser;Room\n;S1;Rc\n");
    assert!(
        project
            .record("assets/alpha.yaml")
            .contains("name: Alpha\n")
    );
    // What was called after its number takes the name that a list says later.
    project.import(&["csv"], "tout.csv", b"Nom;Ser;Room\nBeta;S2;Rb\n");
    assert!(project.record("assets/s2.yaml").contains("name: Beta\n"));
    let agent = |name: &str| {
        let hardware =
            format!("{{\"name\": \"{name}\", \"uuid\": \"4c4c4544-0000-1000-8000-000000000001\"}}");
        format!(
            "{{\"action\": \"inventory\", \"deviceid\": \"d-1\", \"content\": {{\"hardware\": {hardware}, \"bios\": {{\"ssn\": \"SN-9\"}}, \"versionclient\": \"x\"}}}}"
        )
    };
    project.import(&["glpi"], "agent.json", agent("PC-9").as_bytes());
    project.import(&["glpi"], "agent.json", agent("").as_bytes());
    let record = project.record("assets/pc-9.yaml");
    assert!(record.contains("name: PC-9\n"), "{record}");
}

#[test]
fn groups_in_a_circle_are_opened_and_told() {
    let group = |name: &str, member: &str, rest: &str| {
        format!(
            "dn: CN={name},DC=x\nobjectClass: group\nsAMAccountName: {name}\nmember: CN={member},DC=x\n{rest}\n"
        )
    };
    let project = Project::new("");
    let text = [
        group("G1", "G2", ""),
        group("G2", "G1", ""),
        group("G3", "G2", ""),
    ]
    .concat();
    let told = project.import(&["ldif"], "groupes.ldif", text.as_bytes());
    assert!(told.contains("sont l’un dans l’autre"), "{told}");
    assert!(
        told.contains("plusieurs groupes (1)") && told.contains("`G2`"),
        "{told}"
    );
    let told = project.import(&["ldif"], "groupes.ldif", text.as_bytes());
    assert!(told.contains("0 fiche créée, 0 modifiée"), "{told}");
}

#[test]
fn a_list_of_names_is_no_list_of_machines() {
    let project = Project::new("");
    let table = "Name;SamAccountName;LastLogonDate;Enabled\nLéa Garnier;lgarnier;2026-01-05;True\n";
    let (code, told) = project.try_import(&["glpi"], "InactiveUsers.csv", table.as_bytes());
    assert_eq!(code, 1, "{told}");
    assert!(
        told.contains("importez-le par `carnet import ad`"),
        "{told}"
    );
    assert_eq!(project.count("assets"), 0);
}

#[test]
fn people_are_named_by_their_two_names() {
    let mapping = "import: {csv: {kind: person, columns: {Nom: last_name, Prénom: first_name, Mail: email}}}\n";
    let project = Project::new(mapping);
    let people = project.root().join("inventory/people");
    fs::create_dir_all(&people).expect("made");
    fs::write(people.join("ines-roy.yaml"), "name: Inès Roy\n").expect("written");
    let table =
        "Nom;Prénom;Mail\nDupont;Émilie;e.dupont@nacelle.example\nRoy;Inès;i.roy@nacelle.example\n";
    let told = project.import(&["csv"], "rh.csv", table.as_bytes());
    assert!(told.contains("1 fiche créée, 1 modifiée"), "{told}");
    let record = project.record("people/emilie-dupont.yaml");
    assert!(
        record.contains("name: Émilie Dupont\n") && record.contains("last_name: Dupont\n"),
        "{record}"
    );
    let ines = project.record("people/ines-roy.yaml");
    assert!(ines.contains("email: i.roy@nacelle.example\n"), "{ines}");
}

#[test]
fn a_name_in_either_order_finds_its_person() {
    let project =
        Project::new("import: {csv: {kind: asset, columns: {Nom: name, Personne: user}}}\n");
    let people = project.root().join("inventory/people");
    fs::create_dir_all(&people).expect("made");
    fs::write(people.join("emilie-dupont.yaml"), "name: Émilie Dupont\n").expect("written");
    project.import(
        &["csv"],
        "parc.csv",
        "Nom;Personne\nPC-1;Dupont Émilie\n".as_bytes(),
    );
    let record = project.record("assets/pc-1.yaml");
    assert!(record.contains("user: emilie-dupont\n"), "{record}");
}

#[test]
fn a_mapping_is_held_against_the_schema() {
    let check = |columns: &str, kind: &str| {
        let project = Project::new(&format!(
            "import: {{csv: {{kind: {kind}, columns: {{{columns}}}}}}}\n"
        ));
        project.carnet(&["check"])
    };
    let (code, told) = check("Nom: name, Fin de garantie: waranty_end", "asset");
    assert_eq!(code, 1, "{told}");
    assert!(
        told.contains("invalid-config") && told.contains("`warranty_end`"),
        "{told}"
    );
    assert!(
        !told.contains("vouliez-vous dire `Fin de garantie`"),
        "{told}"
    );
    let (code, told) = check("Nom: name", "aset");
    assert_eq!(code, 1, "{told}");
    assert!(
        told.contains("`aset` n’existe pas") && told.contains("`asset`"),
        "{told}"
    );
    let (code, told) = check("Nom: name, Poste: Nom", "asset");
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("`Nom` et `Poste` vont toutes deux"), "{told}");
    let (code, told) = check("Nom: name, IP 1: ip, IP 2: ip", "asset");
    assert_eq!(code, 0, "the values of a list add up: {told}");
    let project = Project::new(ASSETS);
    let told = project.import(&["csv"], "court.csv", b"Nom;Ser\nA;S1\n");
    assert!(
        told.contains("absentes de ce fichier : `Prix`, `Room`"),
        "{told}"
    );
}

#[test]
fn log_ons_are_written_when_they_tell_something() {
    let project = Project::new("as_of: 2026-11-20\n");
    let import = |day: &str, more: &[&str]| {
        let table = format!("SamAccountName;LastLogonDate\nlgarnier;{day}\n");
        project.import(&[&["ad"], more].concat(), "comptes.csv", table.as_bytes());
        project.record("accounts/lgarnier.yaml")
    };
    assert!(import("2026-09-01", &[]).contains("last_logon: 2026-09-01\n"));
    assert!(
        import("2026-11-10", &[]).contains("last_logon: 2026-11-10\n"),
        "over a month old"
    );
    assert!(
        import("2026-11-19", &[]).contains("last_logon: 2026-11-10\n"),
        "it says enough"
    );
    assert!(import("2026-11-19", &["--last-seen"]).contains("last_logon: 2026-11-19\n"));
    assert!(import("2030-01-01", &["--last-seen"]).contains("last_logon: 2026-11-19\n"));
}

#[test]
fn what_is_damaged_or_doubled_is_told_with_its_place() {
    let project = Project::new(
        "import: {csv: {kind: asset, columns: {Nom: name, Parc: inventory_number}}}\n",
    );
    let mut table = "Nom;Parc\nÉcran;1\nModèle é;2\nClé ".as_bytes().to_vec();
    table.extend([0xff, b';', b'2', b'\n']);
    let told = project.import(&["csv"], "parc.csv", &table);
    assert!(
        told.contains("remplacés par « \u{fffd} » : ligne 4"),
        "{told}"
    );
    assert!(
        project
            .record("assets/ecran.yaml")
            .contains("name: Écran\n")
    );
    let mapping =
        "import: {csv: {kind: asset, columns: {Nom: name, Ser: serial, Parc: inventory_number}}}\n";
    let other = Project::new(mapping);
    let table = b"Nom;Ser;Parc\nPC-7;S1;7\nPC-8;S2;7\n";
    let told = other.import(&["csv"], "double.csv", table);
    let expected =
        "« 7 » est déjà la valeur de asset:pc-7, laissé de côté pour asset:pc-8 (ligne 3)";
    assert!(told.contains(expected), "{told}");
    let told = project.import(&["csv"], "vide.csv", b"Nom;Parc\n");
    assert!(told.contains("aucune ligne sous les en-têtes"), "{told}");
    let (_, told) = project.try_import(&["csv", "--complete"], "vide.csv", b"Nom;Parc\n");
    assert!(told.contains("aucune ligne sous les en-têtes"), "{told}");
}

#[test]
fn a_name_to_link_says_what_to_do() {
    let project =
        Project::new("import: {csv: {kind: asset, columns: {Nom: name, Modèle: model}}}\n");
    let table = "Nom;Modèle\nPC-1;Latitude 5450\n".as_bytes();
    let told = project.import(&["csv"], "parc.csv", table);
    assert!(
        told.contains("à lier") && told.contains("`carnet new`"),
        "{told}"
    );
    let models = project.root().join("inventory/models");
    fs::create_dir_all(&models).expect("made");
    fs::write(
        models.join("latitude-5450.yaml"),
        "name: Latitude 5450\ntype: laptop\n",
    )
    .expect("written");
    let told = project.import(&["csv"], "parc.csv", table);
    assert!(!told.contains("à lier"), "{told}");
    assert!(
        project
            .record("assets/pc-1.yaml")
            .contains("model: latitude-5450\n")
    );
}
