//! Conditions by hand: what they hold for, which one is told, and what they never meet.

use crate::estate::Estate;
use crate::estate::samples::estate;

use super::Criterion;

const ASSETS: &str = "
- {id: p1, name: Quai, type: printer, model: m}
- {id: p2, name: Labo, type: printer}
- {id: pc, name: Poste, type: laptop, installed_software: [{software: tableur}]}
";

const TICKETS: &str = "
- {id: t1, title: Bourrage, requester: a, opened: 2026-11-16 09:00, assets: [p1], category: impression}
- id: t2
  title: Rien ne part
  requester: a
  opened: 2026-11-16 09:00
  diagnosis: |
    L’écran dit « Connexion
    Refusée par l'hôte ».
- {id: t3, title: Formule, requester: a, opened: 2026-11-16 09:00, software: [tableur]}
";

fn with(conditions: &str) -> Estate {
    let procedure = format!("---\ntitle: Faire\napplies_to:\n{conditions}---\nTexte.\n");
    estate(&[
        ("inventory/assets/a.yaml", ASSETS),
        ("inventory/tickets/t.yaml", TICKETS),
        (
            "inventory/models/m.yaml",
            "{id: m, name: PX, type: printer}\n",
        ),
        (
            "inventory/software/s.yaml",
            "{id: tableur, name: Tableur}\n",
        ),
        ("inventory/people/a.yaml", "{id: a, name: A}\n"),
        ("procedures/faire.md", &procedure),
    ])
}

/// The ids of the records that the procedure applies to.
fn applies(estate: &Estate) -> Vec<&str> {
    let procedures = estate.applicable_procedures();
    let records = estate.records().iter();
    let records = records.filter(|record| !procedures.of(record.id).is_empty());
    records.map(|record| record.source.id.as_str()).collect()
}

#[test]
fn every_criterion_has_its_records() {
    for (condition, expected) in [
        ("{kind: asset}", &["p1", "p2", "pc"][..]),
        ("{type: printer}", &["p1", "p2", "m", "t1"]),
        ("{type: imprimante, kind: asset}", &["p1", "p2"]),
        ("{model: m}", &["p1", "m", "t1"]),
        ("{model: m, kind: ticket}", &["t1"]),
        ("{category: Impression}", &["t1"]),
        ("{software: tableur}", &["pc", "tableur", "t3"]),
        ("{error: connexion refusée par l’hôte}", &["t2"]),
        ("{error: bourrage, type: laptop}", &[]),
        ("{kind: printer}", &[]),
        ("{model: inconnu}", &[]),
        ("{}", &[]),
    ] {
        let estate = with(&format!("  - {condition}\n"));
        assert_eq!(applies(&estate), expected, "{condition}");
    }
}

#[test]
fn items_are_alternatives_and_the_narrowest_is_told() {
    let estate = with("  - {type: printer}\n  - {model: m, category: impression}\n");
    let procedures = estate.applicable_procedures();
    let because = |kind: &str, id: &str| {
        let record = estate.find(kind, id).expect("written");
        let found = procedures.of(record.id);
        let keys = found.iter().flat_map(|found| &found.because);
        keys.map(Criterion::key).collect::<Vec<_>>()
    };
    assert_eq!(because("asset", "p2"), ["type"]);
    assert_eq!(because("ticket", "t1"), ["model", "category"]);
}

#[test]
fn a_procedure_knows_the_assets_that_it_applies_to() {
    let estate = with("  - {type: printer}\n  - {model: m}\n  - {category: impression}\n");
    let procedure = estate.find("procedure", "faire").expect("written");
    let assets = estate.applicable_procedures().assets(procedure.id);
    let ids = assets
        .iter()
        .map(|id| estate.record(*id).source.id.as_str());
    assert_eq!(ids.collect::<Vec<_>>(), ["p1", "p2"]);
}

#[test]
fn an_obsolete_procedure_applies_to_nothing() {
    let estate = with("  - {kind: asset}\nstatus: obsolete\n");
    assert_eq!(applies(&estate), Vec::<&str>::new());
}

#[test]
fn criteria_are_told_apart_from_conditions() {
    let estate = with("  - {error: bourrage, type: laptop}\n");
    let [condition] = estate.applicable_procedures().conditions() else {
        panic!("one condition is written");
    };
    assert_eq!(condition.met, [true, true]);
    assert!(!condition.applies);
}
