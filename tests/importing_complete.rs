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
