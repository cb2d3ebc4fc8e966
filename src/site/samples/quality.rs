//! An invented quality of data, and the form of a place.

use super::{columns, frame, link, row};
use crate::site::context::{
    Badge, FormGroup, FormRecord, Html, QualityContext, QualityFormContext, Question, TableSection,
    Tone, Value,
};

pub fn quality() -> QualityContext {
    let question = |id: &str, answers| Question {
        id: id.to_owned(),
        title: "En double".to_owned(),
        badge: Badge::new("2", Tone::Danger),
        answers,
        more: Some("et 3 autres".to_owned()),
        none: "Rien.".to_owned(),
    };
    let table = TableSection {
        id: "by-kind".to_owned(),
        title: "Par genre".to_owned(),
        columns: columns(&["Genre", "Écrit"]),
        rows: vec![row(vec![
            Value::link(link("Équipements")),
            Value::number("87 %", "87"),
        ])],
        total: Vec::new(),
    };
    QualityContext {
        frame: frame("Qualité des données"),
        summary: "87 % de ce qui est attendu est écrit.".to_owned(),
        questions: vec![
            question("duplicates", vec![(link("pc-01"), "Série".to_owned())]),
            question("stale", Vec::new()),
        ],
        chart: Some(Html("<svg role=\"img\"></svg>".to_owned())),
        sections: vec![(table, "Le plus faible d’abord.".to_owned())],
        forms: vec![link("Lyon")],
        files: vec![link("CSV"), link("Données")],
    }
}

pub fn quality_form() -> QualityFormContext {
    QualityFormContext {
        frame: frame("À compléter : Lyon"),
        summary: "3 champs manquent.".to_owned(),
        groups: vec![FormGroup {
            title: "Équipements".to_owned(),
            records: vec![FormRecord {
                link: link("pc-01"),
                facts: "Ordinateur portable".to_owned(),
                fields: vec!["Numéro de série".to_owned()],
            }],
        }],
        note: Some("Et 2 autres.".to_owned()),
    }
}
