//! `carnet import --complete` as people run it, month after month: what is missing is told, out of use
//! after a while, back when it is seen again, and never deleted; the same import twice changes nothing.

mod running;

use std::fs;
use std::path::Path;

use running::{carnet, files, project};

/// The machine that goes missing.
const COUNTER: &str = "inventory/assets/pc-guichet.yaml";

/// Imports an export on a day, twice; what was told, and how many files changed.
fn import(root: &Path, export: &str, day: &str, more: &[&str]) -> (String, usize) {
    let path = format!(
        "{}/tests/imported_complete/{export}.csv",
        env!("CARGO_MANIFEST_DIR")
    );
    let mut arguments = vec!["import", "glpi", &path, "--complete", "--as-of", day];
    arguments.extend(more);
    let before = files(root);
    let (code, told) = carnet(root, &arguments);
    assert_eq!(code, 0, "{told}");
    let after = files(root);
    let (code, again) = carnet(root, &arguments);
    assert_eq!(code, 0, "{again}");
    assert!(again.contains("0 fiche créée, 0 modifiée"), "{again}");
    assert_eq!(files(root), after);
    // The lock in `.carnet/` is no part of what people commit.
    let own = root.join("inventory");
    let new = after
        .iter()
        .filter(|file| file.0.starts_with(&own) && !before.contains(file));
    (told, new.count())
}

fn text(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).expect("a file")
}

#[test]
fn a_machine_goes_missing_and_comes_back() {
    let folder = project("title: Essai\n");
    let root = folder.path();
    let retire = ["--retire-after", "90 j"];
    let (_, changed) = import(root, "novembre", "2026-11-20", &retire);
    // Three records, three states and the day of the import.
    assert_eq!(changed, 7);
    let served = text(root, COUNTER);
    assert!(served.contains("status: in-service\n"), "{served}");
    assert!(!served.contains("last_seen"), "{served}");

    let (told, changed) = import(root, "decembre", "2026-12-01", &retire);
    assert!(
        told.contains("plus vu depuis le 2026-12-01\u{a0}: asset:pc-guichet"),
        "{told}"
    );
    assert!(told.contains("1 plus vue\n"), "{told}");
    assert_eq!(changed, 3, "its record, its state, the day");
    let missing = format!("{served}last_seen: 2026-11-20\n");
    assert_eq!(text(root, COUNTER), missing);

    let (told, changed) = import(root, "mars", "2027-03-02", &retire);
    assert!(
        told.contains("marqué hors service\u{a0}: asset:pc-guichet"),
        "{told}"
    );
    assert!(
        told.contains("1 plus vue, 1 marquée hors service"),
        "{told}"
    );
    assert_eq!(changed, 3);
    let retired = missing.replace("in-service", "retired");
    assert_eq!(text(root, COUNTER), retired);
    let (code, found) = carnet(root, &["check"]);
    assert_eq!(code, 0, "{found}");

    let (told, _) = import(root, "avril", "2027-04-02", &retire);
    assert!(told.contains("1 de retour"), "{told}");
    assert_eq!(text(root, COUNTER), missing);
    // An old export read by mistake: no day goes back.
    let (_, changed) = import(root, "novembre", "2027-04-02", &retire);
    assert_eq!(changed, 0);
}

#[test]
fn what_people_wrote_wins_over_the_months() {
    let folder = project("title: Essai\n");
    let root = folder.path();
    import(root, "novembre", "2026-11-20", &[]);
    let own = text(root, COUNTER).replace("in-service", "in-repair # chez Exalto");
    fs::write(root.join(COUNTER), &own).expect("written");
    import(root, "decembre", "2026-12-01", &[]);
    let (told, _) = import(root, "mars", "2027-03-02", &["--retire-after", "3 mois"]);
    assert!(
        told.contains("non marqué hors service\u{a0}: asset:pc-guichet, plus vu, mais `status: in-repair` est de votre main"),
        "{told}"
    );
    assert_eq!(text(root, COUNTER), format!("{own}last_seen: 2026-11-20\n"));
}

#[test]
fn days_are_in_the_records_when_people_ask() {
    let folder = project("title: Essai\n");
    let root = folder.path();
    import(root, "novembre", "2026-11-20", &["--last-seen"]);
    assert!(text(root, COUNTER).ends_with("last_seen: 2026-11-19\n"));
    let counted = "inventory/assets/pc-compta.yaml";
    import(root, "decembre", "2026-12-01", &["--last-seen"]);
    assert!(text(root, counted).ends_with("last_seen: 2026-12-01\n"));
    import(root, "novembre", "2026-12-02", &["--last-seen"]);
    assert!(text(root, counted).ends_with("last_seen: 2026-12-01\n"));
}

#[test]
fn an_export_that_was_cut_is_refused() {
    let folder = project("title: Essai\n");
    let root = folder.path();
    import(root, "novembre", "2026-11-20", &[]);
    let before = files(root);
    let cut = root.join("coupe.csv");
    let header = "\"Nom\";\"Statut\";\"Numéro de série\"\r\n";
    fs::write(
        &cut,
        format!("{header}\"PC-COMPTA\";\"En service\";\"EXL5-0802\"\r\n"),
    )
    .expect("written");
    let path = cut.to_string_lossy().into_owned();
    let (code, told) = carnet(root, &["import", "glpi", &path, "--complete"]);
    assert_eq!(code, 2, "{told}");
    assert!(
        told.contains("asset 2/3") && told.contains("`--allow-shrink`"),
        "{told}"
    );
    fs::remove_file(&cut).expect("removed");
    assert_eq!(files(root), before);
    fs::write(&cut, header).expect("written");
    let (code, told) = carnet(root, &["import", "glpi", &path, "--complete", "--dry-run"]);
    assert_eq!(code, 2, "{told}");
    let confirmed = ["import", "glpi", &path, "--complete", "--allow-shrink"];
    let (code, told) = carnet(root, &confirmed);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("3 plus vues"), "{told}");
    let (code, told) = carnet(root, &["import", "glpi", &path, "--retire-after", "90 j"]);
    assert_eq!(code, 2, "{told}");
    let soon = [
        "import",
        "glpi",
        &path,
        "--complete",
        "--retire-after",
        "bientôt",
    ];
    let (code, told) = carnet(root, &soon);
    assert_eq!(code, 2, "{told}");
    assert!(
        told.contains("n’est pas une durée d’un jour au moins"),
        "{told}"
    );
}

/// Imports these texts of a source as files of one command; what was told.
fn of_files(root: &Path, source: &str, texts: &[&str], more: &[&str]) -> String {
    let mut arguments = vec!["import".to_owned(), source.to_owned()];
    for (at, text) in texts.iter().enumerate() {
        let path = root.join(format!("page-{at}.json"));
        fs::write(&path, text).expect("written");
        arguments.push(path.display().to_string());
    }
    arguments.extend(more.iter().map(|word| (*word).to_owned()));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (code, told) = carnet(root, &arguments);
    assert_eq!(code, 0, "{told}");
    told
}

#[test]
fn a_page_of_a_longer_answer_makes_nothing_go_missing() {
    const SAID: &str = "la source a plus que ces fichiers n’en disent\u{a0}: rien n’est noté comme n’étant plus vu";
    let users = |names: &[&str], next: &str| {
        let user = |name: &&str| {
            format!(r#"{{"userPrincipalName":"{name}@nacelle.example","accountEnabled":true}}"#)
        };
        let users: Vec<String> = names.iter().map(user).collect();
        format!(r#"{{{next}"value":[{}]}}"#, users.join(","))
    };
    let next = r#""@odata.nextLink":"https://graph.example/users?$skiptoken=x","#;
    let devices = r#"{"value":[{"deviceId":"d-1","displayName":"PC-1","accountEnabled":true}]}"#;
    let folder = project("title: Essai\n");
    let root = folder.path();
    let all = users(&["lea", "marc", "zoe"], "");
    of_files(root, "entra", &[&all, devices], &[]);
    // The devices are whole, the users are not.
    let first = users(&["lea", "marc"], next);
    let told = of_files(root, "entra", &[&first, devices], &["--complete"]);
    assert!(
        told.contains(SAID) && !told.contains("plus vu depuis"),
        "{told}"
    );
    let last = users(&[], "");
    let told = of_files(root, "entra", &[&first, &last, devices], &["--complete"]);
    assert!(
        told.contains("plus vu depuis") && !told.contains(SAID),
        "{told}"
    );

    let issues = |keys: &[&str], page: &str| {
        let issue = |key: &&str| {
            format!(
                r#"{{"key":"{key}","fields":{{"summary":"Panne","created":"2026-11-02T09:12:13.000+0100"}}}}"#
            )
        };
        let issues: Vec<String> = keys.iter().map(issue).collect();
        format!(r#"{{{page}"issues":[{}]}}"#, issues.join(","))
    };
    of_files(root, "jira", &[&issues(&["S-1", "S-2", "S-3"], "")], &[]);
    for page in [r#""isLast":false,"#, r#""startAt":0,"total":3,"#] {
        let first = issues(&["S-1", "S-2"], page);
        let told = of_files(root, "jira", &[&first], &["--complete"]);
        assert!(
            told.contains(SAID) && !told.contains("plus vu depuis"),
            "{told}"
        );
    }
    let pages = [
        issues(&["S-1"], r#""isLast":false,"#),
        issues(&["S-2"], r#""isLast":true,"#),
    ];
    let told = of_files(root, "jira", &[&pages[0], &pages[1]], &["--complete"]);
    assert!(told.contains("plus vu depuis"), "{told}");
}
