//! `carnet import` of what it used to pass over: nothing that a source says goes without a word, and one bad element
//! does not keep the others out.

#[path = "running/project.rs"]
mod project;
mod running;

use std::fs;

use project::Project;

#[test]
fn a_machine_that_replaces_another_of_its_name_gets_a_record() {
    let project = Project::new("");
    let header = "Nom;Numéro de série;Type\n";
    let first = format!("{header}PC-01;AAA111;Portable\n");
    project.import(&["glpi"], "1.csv", first.as_bytes());
    let old = "PC-01-OLD;AAA111;Portable\n";
    project.import(&["glpi"], "2.csv", format!("{header}{old}").as_bytes());
    let both = format!("{header}{old}PC-01;BBB222;Portable\n");
    let told = project.import(&["glpi"], "3.csv", both.as_bytes());
    assert!(
        told.contains("1 fiche créée, 0 modifiée, 1 inchangée ; 0 valeur gardée, 0 en doute"),
        "{told}"
    );
    let record = project.record("assets/pc-01-2.yaml");
    assert!(
        record.contains("name: PC-01\n") && record.contains("BBB222"),
        "{record}"
    );
    assert!(
        project
            .record("assets/pc-01.yaml")
            .contains("name: PC-01-OLD\n")
    );
    let told = project.import(&["glpi"], "3.csv", both.as_bytes());
    assert!(told.contains("0 fiche créée, 0 modifiée"), "{told}");
    // Where the record is still called so, nobody knows.
    let third = format!("{header}PC-01;CCC333;Portable\n");
    let told = project.import(&["glpi"], "4.csv", third.as_bytes());
    assert!(told.contains("1 en doute"), "{told}");
}

#[test]
fn what_people_took_out_does_not_come_back_through_another_source() {
    let project = Project::new("");
    let glpi = "Nom;Numéro de série;Type;Valeur\nP;PR001;Portable;949.00\n";
    project.import(&["glpi"], "glpi.csv", glpi.as_bytes());
    let path = project.root().join("inventory/assets/p.yaml");
    let text = fs::read_to_string(&path).expect("read");
    let without = text.replace("price: 949.00\n", "");
    assert_ne!(text, without);
    fs::write(&path, without).expect("written");
    let snipeit = "Asset Name,Serial,Category,Asset Tag,Cost\nP,PR001,Laptop,T1,949.00\n";
    let told = project.import(&["snipeit"], "snipe.csv", snipeit.as_bytes());
    assert!(
        told.contains("gardé : asset:p, `price` a été retiré à la main, la source dit « 949.00 »"),
        "{told}"
    );
    let text = project.record("assets/p.yaml");
    assert!(
        !text.contains("price") && text.contains("inventory_number: T1\n"),
        "{text}"
    );
}

#[test]
fn a_name_of_people_is_told_when_the_source_has_another() {
    let project = Project::new("");
    let path = project.root().join("inventory/assets/accueil.yaml");
    let write = |name: &str| {
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        let text = format!("name: {name}\ntype: laptop\nserial: AAA111\n");
        fs::write(&path, text).expect("written");
    };
    let run = |name: &str| {
        let text = format!("Nom;Numéro de série;Type\n{name};AAA111;Portable\n");
        project.import(&["glpi"], "parc.csv", text.as_bytes())
    };
    let kept = |ours: &str, theirs: &str| {
        format!("gardé : asset:accueil, `name` vaut « {ours} », la source dit « {theirs} »")
    };
    write("Poste de l’accueil");
    let told = run("PC-01");
    assert!(
        told.contains(&kept("Poste de l’accueil", "PC-01")),
        "{told}"
    );
    // It is theirs from the start: as long as nobody changes anything, nobody is told again.
    let told = run("PC-01");
    assert!(told.contains("0 valeur gardée"), "{told}");
    let told = run("PC-02");
    assert!(
        told.contains(&kept("Poste de l’accueil", "PC-02")),
        "{told}"
    );
    let told = run("PC-01");
    assert!(told.contains("0 valeur gardée"), "{told}");
    write("Poste du hall");
    let told = run("PC-01");
    assert!(told.contains(&kept("Poste du hall", "PC-01")), "{told}");
    // Who takes the source's name over follows it from then on.
    write("PC-01");
    run("PC-01");
    let told = run("PC-02");
    assert!(told.contains("« PC-01 » → « PC-02 »"), "{told}");
    assert!(
        project
            .record("assets/accueil.yaml")
            .contains("name: PC-02\n")
    );
}

#[test]
fn columns_without_a_field_are_counted() {
    let project = Project::new("");
    let accounts = "\"Name\",\"SamAccountName\",\"Title\",\"Department\",\"Manager\"\n\"C\",\"c\",\"Chef\",\"IT\",\"CN=Z\"\n";
    let told = project.import(&["ad"], "t.csv", accounts.as_bytes());
    assert!(
        told.contains("laissé de côté : Department (1), Manager (1), Title (1)"),
        "{told}"
    );
    let entry = "dn: CN=c,DC=p\nobjectClass: user\ncn: c\nsAMAccountName: c\ntitle: Chef\ndepartment: IT\nmanager: CN=Z,DC=p\nemployeeType: x\n";
    let told = project.import(&["ldif"], "t.ldif", entry.as_bytes());
    assert!(
        told.contains("laissé de côté : department (1), employeeType (1), manager (1), title (1)"),
        "{told}"
    );
    let assets = "Asset Name,Asset Tag,Serial,Category,Model No.,Order Number,EOL\nA1,T1,S-1XX,Laptop,M404,PO1,2029-01-01\n";
    let told = project.import(&["snipeit"], "s.csv", assets.as_bytes());
    assert!(
        told.contains("laissé de côté : EOL (1), Model No. (1), Order Number (1)"),
        "{told}"
    );
}

#[test]
fn comments_of_glpi_come_in_from_json_too() {
    let json = "{\"Computer\":[{\"id\":3,\"name\":\"PC-Z\",\"serial\":\"SZ001\",\"comment\":\"Au fond du couloir\"}, \"x\", 7]}";
    let csv = "Nom;Numéro de série;Commentaires\nPC-Z;SZ001;Au fond du couloir\n";
    let project = Project::new("");
    let told = project.import(&["glpi"], "c.json", json.as_bytes());
    assert!(
        told.contains("éléments qui n’en sont pas, laissés de côté : 2 (élément 2, 3)"),
        "{told}"
    );
    let record = project.record("assets/pc-z.yaml");
    assert!(record.contains("notes: Au fond du couloir\n"), "{record}");
    let told = project.import(&["glpi"], "c.csv", csv.as_bytes());
    assert!(told.contains("0 valeur gardée"), "{told}");
    assert_eq!(project.record("assets/pc-z.yaml"), record);
}

#[test]
fn one_bad_issue_does_not_keep_the_others_out() {
    let issue = |key: &str, summary: &str| {
        format!(
            "{{\"key\": {key}, \"fields\": {{\"summary\": \"{summary}\", \"status\": {{\"name\": \"To Do\"}}, \"created\": \"2026-06-05T09:15:00.000+0200\"}}}}"
        )
    };
    let all = |issues: &[String]| format!("{{\"issues\": [{}]}}", issues.join(", "));
    let project = Project::new("");
    let bad = all(&[issue("\"A-1\"", "un"), issue("null", "deux")]);
    let told = project.import(&["jira"], "a.json", bad.as_bytes());
    assert!(
        told.contains("qui ne sont pas des tickets, laissés de côté : 1\n"),
        "{told}"
    );
    assert!(told.contains("1 fiche créée"), "{told}");
    // Half of a sign, as programs leave it that cut a text.
    let half = all(&[issue("\"A-2\"", "\\ud800 reste \\ud83d\\ude00 \\\\ud800")]);
    project.import(&["jira"], "b.json", half.as_bytes());
    let record = project.record("tickets/a-2.yaml");
    assert!(record.contains("\u{fffd} reste 😀"), "{record}");
    let none = all(&[issue("null", "deux")]);
    let (code, told) = project.try_import(&["jira"], "c.json", none.as_bytes());
    assert_ne!(code, 0, "{told}");
    assert_eq!(project.count("tickets"), 2);
}

#[test]
fn a_file_of_another_kind_is_told_for_what_it_is() {
    let project = Project::new("");
    let (_, told) = project.try_import(&["glpi"], "vide.csv", b" \n");
    assert!(told.contains("vide.csv: ce fichier est vide"), "{told}");
    let accounts = "\"Name\",\"SamAccountName\"\n\"C\",\"c\"\n";
    let (_, told) = project.try_import(&["ldif"], "a.csv", accounts.as_bytes());
    assert!(told.contains("`carnet import ad`"), "{told}");
    let changes = "dn: cn=x,dc=p\nchangetype: modify\nreplace: mail\nmail: x@parc.example\n-\n";
    let (_, told) = project.try_import(&["ldif"], "a.ldif", changes.as_bytes());
    assert!(
        told.contains("n’a que des modifications (`changetype`)"),
        "{told}"
    );
    // The culture is asked about where it matters alone.
    let assets = "Nom;Numéro de série;Adresse MAC;Valeur\nA;SA001;zz;douze\n";
    let told = project.import(&["glpi", "--culture", "fr"], "a.csv", assets.as_bytes());
    let asked: Vec<&str> = told
        .lines()
        .filter(|line| line.contains("la culture déclarée"))
        .collect();
    assert!(
        matches!(asked[..], [line] if line.starts_with("`Valeur`")),
        "{told}"
    );
}

#[test]
fn an_import_outside_of_a_project_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("a.csv");
    fs::write(&table, "Nom;Numéro de série;Type\nA;SA001;Portable\n").expect("written");
    let path = table.display().to_string();
    let (code, told) = running::carnet(folder.path(), &["import", "glpi", &path]);
    assert_ne!(code, 0, "{told}");
    assert!(told.contains("carnet init"), "{told}");
    let all = fs::read_dir(folder.path()).expect("a folder");
    assert_eq!(all.count(), 1);
}

#[test]
fn what_a_killed_import_left_is_cleared_by_the_next() {
    let project = Project::new("");
    let table = "Nom;Numéro de série;Type\nA;SA001;Portable\n".as_bytes();
    project.import(&["glpi"], "a.csv", table);
    let folder = project.root().join("inventory/_imports/glpi/asset");
    let [dead, other] =
        [".a.json.carnet-4294967295.tmp", ".a.json.tmp"].map(|name| folder.join(name));
    for left in [&dead, &other] {
        fs::write(left, "x").expect("written");
    }
    project.import(&["glpi"], "a.csv", table);
    assert_eq!(dead.exists(), !std::path::Path::new("/proc/self").exists());
    assert!(other.exists());
}

#[test]
fn files_of_a_folder_that_are_not_opened_are_counted() {
    let project = Project::new("");
    let folder = project.root().join("exports");
    fs::create_dir_all(folder.join("vieux")).expect("folders");
    let table = "Nom;Numéro de série;Type\nPC-01;AAA111;Portable\n";
    for (name, text) in [
        ("parc.csv", table),
        ("notice.PDF", "%PDF"),
        ("vieux/parc.doc", "x"),
        ("vieux/bail.doc", "x"),
        ("LISEZMOI", "x"),
        (".caché", "x"),
    ] {
        fs::write(folder.join(name), text).expect("written");
    }
    let path = folder.display().to_string();
    let (code, told) = project.carnet(&["import", "glpi", &path]);
    assert_eq!(code, 0, "{told}");
    assert!(
        told.contains("laissé de côté : fichiers sans extension (1), fichiers `.doc` (2), fichiers `.pdf` (1)\n1 fiche créée"),
        "{told}"
    );
}
