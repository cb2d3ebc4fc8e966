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
    let table = "Nom;Adresses MAC\nPC-1;00:00:5e:00:53:01\nPC-2;00:00:5e:00:53\nPC-3;zz:00:5e:00:53:01;00-00-5E-00-53-02\nPC-4;00:00:00:00:00:00\n";
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
            .contains("mac: [00-00-5E-00-53-02]\n")
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
