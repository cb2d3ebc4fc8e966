//! `carnet import` of tables: a value that does not come in is told with its line, its column and what it says.

#[path = "running/project.rs"]
mod project;
mod running;

use project::Project;

const ASSETS: &str = "import: {csv: {kind: asset, columns: {Nom: name}}}\n";
const PEOPLE: &str = "import: {csv: {kind: person, columns: {Mail: email}}}\n";

#[test]
fn a_number_that_identifies_nothing_is_written_and_identifies_nothing() {
    let table = "Nom;Numéro de série\nPC-1;1234567\nPC-2;1234567\nPC-3;12345678901\nPC-4;0000000\nPC-5;To be filled by O.E.M.\n";
    let project = Project::new(ASSETS);
    let told = project.import(&["csv"], "parc.csv", table.as_bytes());
    assert!(told.contains("5 fiches créées"), "{told}");
    assert_eq!(project.count("assets"), 5);
    for (name, serial) in [
        ("pc-1", "1234567"),
        ("pc-2", "1234567"),
        ("pc-3", "12345678901"),
    ] {
        let record = project.record(&format!("assets/{name}.yaml"));
        assert!(
            record.contains(&format!("serial: \"{serial}\"\n")),
            "{record}"
        );
    }
    let note = "`Numéro de série` : valeurs qui n’identifient rien, laissées de côté (ligne 5 « 0000000 », 6 « To be filled by O.E.M. »)";
    assert!(told.contains(note), "{told}");
    assert!(!project.record("assets/pc-5.yaml").contains("serial"));
    let again = project.import(&["csv"], "parc.csv", table.as_bytes());
    assert!(
        again.contains("0 fiche créée, 0 modifiée, 5 inchangées"),
        "{again}"
    );
}

#[test]
fn an_address_that_is_none_is_told_with_its_line() {
    let table = "Nom;Adresses MAC\nPC-1;00:00:5e:00:53:01\nPC-2;00:00:5e:00:53\nPC-3;\"zz:00:5e:00:53:01;00-00-5E-00-53-02\"\nPC-4;00:00:00:00:00:00\n";
    let project = Project::new(ASSETS);
    let told = project.import(&["csv"], "parc.csv", table.as_bytes());
    for note in [
        "`Adresses MAC` : valeurs illisibles pour ce champ, laissées de côté (ligne 3 « 00:00:5e:00:53 », 4 « zz:00:5e:00:53:01 »)",
        "`Adresses MAC` : valeurs qui n’identifient rien, laissées de côté (ligne 5 « 00:00:00:00:00:00 »)",
    ] {
        assert!(told.contains(note), "{told}");
    }
    assert!(
        project
            .record("assets/pc-3.yaml")
            .contains("mac: [\"00:00:5e:00:53:02\"]\n")
    );
}

#[test]
fn of_two_addresses_of_a_person_the_first_is_kept_and_the_second_told() {
    let table = "Nom;Mail\nLéa Garnier;lea@nacelle.example; lea.g@nacelle.example\n";
    let table = table
        .replace(";lea@", ";\"lea@")
        .replace("lea.g@nacelle.example", "lea.g@nacelle.example\"");
    let project = Project::new(PEOPLE);
    let told = project.import(&["csv"], "gens.csv", table.as_bytes());
    let note = "`Mail` : ce champ n’a qu’une valeur, la première de la cellule est gardée et les autres laissées de côté (ligne 2 « lea.g@nacelle.example »)";
    assert!(told.contains(note), "{told}");
    let record = project.record("people/lea-garnier.yaml");
    assert!(record.contains("email: lea@nacelle.example\n"), "{record}");
}

#[test]
fn of_two_columns_of_one_field_the_first_wins_and_the_other_is_told_once() {
    let table = "Nom;Prix;Nom;Price\nPC-1;12;PC-1;12\nPC-2;14;Poste 2;15\nPC-3;;Poste 3;16\n";
    let project = Project::new(ASSETS);
    let told = project.import(&["csv", "--culture", "fr"], "parc.csv", table.as_bytes());
    for note in [
        "`Nom` (colonne C) va au même champ que `Nom` (colonne A), qui l’emporte : autres valeurs laissées de côté (ligne 3 « Poste 2 », 4 « Poste 3 »)",
        "`Price` (colonne D) va au même champ que `Prix` (colonne B), qui l’emporte : autres valeurs laissées de côté (ligne 3 « 15 »)",
    ] {
        assert_eq!(told.matches(note).count(), 1, "{told}");
    }
    let record = project.record("assets/pc-3.yaml");
    assert!(record.contains("price: 16\n"), "{record}");
}

#[test]
fn rows_of_one_name_are_told_with_the_lines_of_all() {
    let table = "Nom;Numéro de série;Bureau ou local\nPC-1;S1;A\nPC-2;;A\nPC-1;S2;B\nPC-2;;B\nPC-3;;A\nPC-3;;A\n";
    let project = Project::new(ASSETS);
    let told = project.import(&["csv"], "parc.csv", table.as_bytes());
    for (name, lines) in [("PC-1", "ligne 2, 4"), ("PC-2", "ligne 3, 5")] {
        let note = format!(
            "« {name} » est le nom de plusieurs lignes qui ne disent pas la même chose ({lines})"
        );
        assert!(told.contains(&note), "{told}");
    }
    assert!(!told.contains("« PC-3 »"), "{told}");
}

#[test]
fn a_sheet_of_a_file_that_has_none_is_refused() {
    let files: [(&str, &str, &[u8]); 3] = [
        ("jira", "tickets.json", b"{\"issues\": []}"),
        ("glpi", "pc.json", b"{\"deviceid\": \"a\", \"content\": {}}"),
        ("jira", "tickets.csv", b"Issue key;Summary\nS-1;Essai\n"),
    ];
    for (source, name, text) in files {
        let project = Project::new("");
        let (code, told) = project.try_import(&[source, "--sheet", "Parc"], name, text);
        assert_eq!(code, 1, "{told}");
        let note = "ce fichier n’est pas un classeur et n’a pas de feuilles : retirez `--sheet`";
        assert!(told.contains(note), "{told}");
    }
}

#[test]
fn capitals_alone_are_no_difference() {
    let mapping = "import: {csv: {kind: person, columns: {Nom: last_name, Prénom: first_name, Mail: email}}}\n";
    let project = Project::new(mapping);
    let own = "name: Léa Dupont\nfirst_name: Léa\nlast_name: Dupont\nemail: lea@nacelle.example\n";
    let folder = project.root().join("inventory/people");
    std::fs::create_dir_all(&folder).expect("made");
    std::fs::write(folder.join("lea-dupont.yaml"), own).expect("written");
    let table = "Nom;Prénom;Mail\nDUPONT;LÉA;lea@nacelle.example\n";
    for _ in 0..2 {
        let told = project.import(&["csv"], "gens.csv", table.as_bytes());
        assert!(told.contains("1 inchangée ; 0 valeur gardée"), "{told}");
        assert!(!told.contains("gardé :"), "{told}");
        assert_eq!(project.record("people/lea-dupont.yaml"), own);
    }
}

#[test]
fn a_source_corrects_the_capitals_that_nobody_has_touched() {
    let project = Project::new(ASSETS);
    let table = |room: &str| format!("Nom;Bureau ou local\nPC-1;{room}\n");
    let import = |room: &str| project.import(&["csv"], "parc.csv", table(room).as_bytes());
    import("ATELIER");
    import("Atelier");
    let record = project.record("assets/pc-1.yaml");
    assert!(record.contains("room: Atelier\n"), "{record}");
}

#[test]
fn a_record_that_people_deleted_is_told_once() {
    let project = Project::new(ASSETS);
    let table = "Nom;Numéro de série\nPC-1;S1\nPC-2;S2\n";
    let import = || project.import(&["csv"], "parc.csv", table.as_bytes());
    import();
    let path = project.root().join("inventory/assets/pc-1.yaml");
    let text = std::fs::read_to_string(&path).expect("there");
    std::fs::remove_file(&path).expect("removed");
    let told = import();
    assert!(
        told.contains("en doute : « PC-1 » est vu, et sa fiche asset:pc-1 a été supprimée"),
        "{told}"
    );
    assert!(told.contains("1 en doute"), "{told}");
    for _ in 0..2 {
        let told = import();
        assert!(!told.contains("en doute : "), "{told}");
        assert!(told.contains("0 en doute"), "{told}");
        let count = "toujours à la source, et supprimée de vos fiches : 1 (`deleted_since` dans `inventory/_imports/`)";
        assert!(told.contains(count), "{told}");
    }
    assert!(!path.exists());
    // Brought back, it is as the others are; deleted again, it is told again.
    std::fs::write(&path, &text).expect("written");
    assert!(!import().contains("supprimée"));
    std::fs::remove_file(&path).expect("removed");
    assert!(import().contains("1 en doute"));
}

#[test]
fn what_the_system_and_json_say_is_told_in_french() {
    let project = Project::new("");
    let (code, told) = project.carnet(&["import", "glpi", "absent.json"]);
    assert_eq!(code, 2, "{told}");
    assert!(
        told.contains("absent.json: fichier ou dossier introuvable"),
        "{told}"
    );
    let cut = b"{\"deviceid\": \"pc\", \"content\": {\"hardware\": ";
    let (code, told) = project.try_import(&["glpi"], "coupe.json", cut);
    assert_eq!(code, 1, "{told}");
    assert!(
        told.contains("le texte s’arrête trop tôt, ligne 1"),
        "{told}"
    );
    for english in ["os error", "EOF", "No such file"] {
        assert!(!told.contains(english), "{told}");
    }
}
