//! `carnet import` of cells in which people and spreadsheets write more than values: words of French Jira, texts that
//! look like markup, tricks against the spreadsheet, moments that are none.

#[path = "running/project.rs"]
mod project;
mod running;

use std::fs;

use project::Project;

#[test]
fn changes_and_problems_of_glpi_are_told_from_tickets_by_their_plans() {
    let project = Project::new("");
    let table = "ID;Titre;Statut;Date d’ouverture;Priorité;Demandeur - Demandeur;Attribué à - Technicien;Analyse - Impacts;Plans - Plan de déploiement;Plans - Plan de retour arrière\n\
        12;Mise à jour du pare-feu;Évaluation;2026-11-02 09:12;Haute;Léa Garnier;Hugo Perrin;Coupure de 10 minutes;Sauvegarder, puis installer;Restaurer\n";
    let told = project.import(&["glpi"], "glpi.csv", table.as_bytes());
    assert!(told.contains("1 fiche créée"), "{told}");
    assert_eq!(
        project.record("changes/glpi-12.yaml"),
        "title: Mise à jour du pare-feu\nstatus: evaluation\npriority: high\nopened: 2026-11-02\nimpact_analysis: Coupure de 10 minutes\ndeployment_plan: Sauvegarder, puis installer\nrollback: Restaurer\naliases: [glpi-12]\n"
    );
    let told = project.import(&["glpi"], "glpi.csv", table.as_bytes());
    assert!(told.contains("0 modifiée, 1 inchangée"), "{told}");
    let table = "ID;Titre;Statut;Date d’ouverture;Priorité;Attribué à - Technicien;Analyse - Causes;Analyse - Symptômes\n\
        7;Wi-Fi lent;Sous observation;2026-11-02 09:12;Haute;;Canal encombré;Débit de 1 Mbit/s\n";
    project.import(&["glpi"], "glpi.csv", table.as_bytes());
    let problem = project.record("problems/glpi-7.yaml");
    assert!(problem.contains("status: observed\n"), "{problem}");
    assert!(problem.contains("causes: Canal encombré\n"), "{problem}");
    assert!(
        problem.contains("symptoms: Débit de 1 Mbit/s\n"),
        "{problem}"
    );
}

#[test]
fn french_ends_of_tickets_are_read() {
    let project = Project::new("");
    let table = "Résumé,Clé de ticket,Type de ticket,État,Création,Résolu,Résolution,Temps passé\n\
        A,NT-1,Incident,Terminé(e),02/nov./26 9:12 AM,04/nov./26 10:00 AM,Terminé,5400\n\
        B,NT-2,Incident,Fait,02/nov./26 9:12 AM,04/nov./26 10:00 AM,Terminé,1h30\n\
        C,NT-3,Incident,Annulé(e),02/nov./26 9:12 AM,,,\n\
        D,NT-4,Incident,Zarbi,02/nov./26 9:12 AM,04/nov./26 10:00 AM,,\n\
        E,NT-5,Incident,En cours,02/nov./26 9:12 AM,04/nov./26 10:00 AM,,\n";
    let told = project.import(&["jira"], "jira.csv", table.as_bytes());
    let ended = "timeline:\n  - {at: 2026-11-02 09:12, event: opened}\n  - {at: 2026-11-04 10:00, event: resolved, note: Terminé}\ntime_spent: 1 h 30 min\n";
    for name in ["nt-1", "nt-2"] {
        let record = project.record(&format!("tickets/{name}.yaml"));
        assert!(record.contains("status: resolved\n"), "{record}");
        assert!(record.contains(ended), "{record}");
    }
    assert!(
        project
            .record("tickets/nt-3.yaml")
            .contains("status: closed\n")
    );
    // Of a status that nobody knows the day stays; one that is open contradicts it.
    let unknown = project.record("tickets/nt-4.yaml");
    assert!(unknown.contains("event: resolved"), "{unknown}");
    assert!(
        told.contains(
            "`État` : valeurs illisibles pour ce champ, laissées de côté (ligne 5 « Zarbi »)"
        ),
        "{told}"
    );
    assert!(!project.record("tickets/nt-5.yaml").contains("resolved"));
    assert!(told.contains("`Résolu` : dates de tickets dont l’état dit qu’ils n’en sont pas là, laissées de côté (ligne 6"), "{told}");
    // An end on a day before the opening is none of that day, nor of the opening.
    let early = "Résumé,Clé de ticket,Type de ticket,État,Création,Résolu\n\
        F,NT-6,Incident,Fait,20/nov./26 9:12 AM,01/nov./26 10:00 AM\n";
    let told = project.import(&["jira"], "avant.csv", early.as_bytes());
    let line = "`Résolu` : dates de fin d’avant l’ouverture du ticket, laissées de côté (ligne 2";
    assert!(told.contains(line), "{told}");
    let record = project.record("tickets/nt-6.yaml");
    assert!(!record.contains("event: resolved"), "{record}");

    let issue = |key: &str, status: &str| {
        format!(
            r#"{{"key":"{key}","fields":{{"summary":"Panne","status":{{"name":"{status}"}},"created":"2026-11-02T09:12:13.000+0100","resolutiondate":"2026-11-03T09:00:00.000+0100"}}}}"#
        )
    };
    let issues = [
        issue("J-1", "Terminé(e)"),
        issue("J-2", "Zarbi"),
        issue("J-3", "En cours"),
    ];
    let answer = format!("{{\"issues\":[{}]}}", issues.join(","));
    let told = project.import(&["jira"], "jira.json", answer.as_bytes());
    assert!(told.contains("tickets dont l’état est ouvert malgré une date de résolution, laissée de côté : 1 (J-3)"), "{told}");
    for name in ["j-1", "j-2"] {
        let record = project.record(&format!("tickets/{name}.yaml"));
        assert!(
            record.contains("2026-11-03 09:00, event: resolved"),
            "{record}"
        );
    }
}

#[test]
fn words_of_tables_are_no_markup() {
    let project = Project::new("");
    let table = "Nom;Type;Commentaires\nPC-1;Portable;\"- un <img src=x onerror=1> [[x]] {{ y }} *z*\n# deux\"\nPC-2;Portable;\"R&amp;D, salle_b<br>au fond\"\n";
    project.import(&["glpi"], "notes.csv", table.as_bytes());
    let notes = |name: &str| {
        let record = project.record(&format!("assets/{name}.yaml"));
        let at = record.find("notes:").expect("notes");
        record[at..].to_owned()
    };
    assert_eq!(
        notes("pc-1"),
        "notes: |-\n  \\- un \\<img src=x onerror=1> \\[\\[x\\]\\] \\{\\{ y }} \\*z\\*\\\n  \\# deux\n"
    );
    assert_eq!(notes("pc-2"), "notes: |-\n  R&D, salle_b\n\n  au fond\n");
    let own = Project::new("import: {csv: {kind: asset, columns: {Nom: name, Note: notes}}}\n");
    own.import(&["csv"], "own.csv", b"Nom;Note\nPC-1;<b>x</b>\n");
    assert!(own.record("assets/pc-1.yaml").contains("\\<b>x\\</b>"));
}

#[test]
fn tricks_against_spreadsheets_are_no_part_of_a_value() {
    let project = Project::new("");
    let table = "Nom;Type;Numéro de série;Numéro d'inventaire\nPC-1;Portable;=\"00123\";'00124\nPC-2;Portable;\"=\"\"00125\"\"\";'quoi'\n";
    project.import(&["glpi"], "excel.csv", table.as_bytes());
    let record = project.record("assets/pc-1.yaml");
    assert!(
        record.contains("inventory_number: \"00124\"\nserial: \"00123\"\n"),
        "{record}"
    );
    let record = project.record("assets/pc-2.yaml");
    assert!(
        record.contains("serial: \"00125\"\n") && record.contains("'quoi'"),
        "{record}"
    );
}

#[test]
fn backups_without_a_moment_are_told_and_fail() {
    let project = Project::new("");
    let list = r#"[{"time":"2026-11-20T23:30:00Z","paths":["/a"],"hostname":"h"},{"time":"20/11/2026 10:00","paths":["/x"],"hostname":"h"}]"#;
    let (code, told) = project.try_import(&["restic"], "restic.json", list.as_bytes());
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("restic.json: sauvegardes dont la date ne se lit pas, laissées de côté : 1 (élément 2 « 20/11/2026 10:00 ») ; les autres sont reprises"), "{told}");
    assert_eq!(project.count("backups"), 1);
    let list = r#"{"archives":[{"name":"srv-2026-11-20","start":"zz"},{"name":"srv-2026-11-21","start":"2026-11-21T01:00:00"},{"name":"srv-2026-11-22.checkpoint","start":"zz"}],"encryption":{"mode":"none"},"repository":{"id":"abcdef0123456789","location":"ssh://nas.example/./repo"}}"#;
    let (code, told) = project.try_import(&["borg"], "borg.json", list.as_bytes());
    assert_eq!(code, 1, "{told}");
    assert!(
        told.contains("laissées de côté : 1 (élément 1 « zz »)"),
        "{told}"
    );
    assert_eq!(project.count("backups"), 2);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_before_it_is_opened() {
    let project = Project::new("");
    let folder = project.root().join("exports");
    fs::create_dir(&folder).expect("made");
    let path = |name: &str| folder.join(name).display().to_string();
    let made = std::process::Command::new("mkfifo")
        .arg(path("tube.csv"))
        .status();
    assert!(made.expect("mkfifo runs").success());
    std::os::unix::fs::symlink("boucle.csv", folder.join("boucle.csv")).expect("linked");
    let (code, told) = project.carnet(&["import", "glpi", &path("tube.csv")]);
    assert_ne!(code, 0);
    assert!(
        told.contains("tube.csv : ce n’est ni un fichier ni un dossier, mais un tube"),
        "{told}"
    );
    let (code, told) = project.carnet(&["import", "glpi", &path("boucle.csv")]);
    assert_ne!(code, 0);
    assert!(told.contains("lien symbolique en boucle"), "{told}");
    let (code, told) = project.carnet(&["import", "glpi", &folder.display().to_string()]);
    assert_ne!(code, 0);
    assert!(
        told.contains("exports` : aucun fichier que cette source écrit"),
        "{told}"
    );
    fs::write(folder.join("a.csv"), "Nom;Type\nPC-1;Portable\n").expect("written");
    let (code, told) = project.carnet(&["import", "glpi", &folder.display().to_string()]);
    assert_eq!(code, 0, "{told}");
    assert!(
        told.contains("tubes, périphériques et sockets, jamais ouverts (1)"),
        "{told}"
    );
}
