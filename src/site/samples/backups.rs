//! An invented coverage by backups.

use super::{columns, frame, link, row};
use crate::site::context::{
    BackupBlock, BackupCoverageContext, Badge, Question, Table, TableSection, Tone, Value,
};

pub fn backup_coverage() -> BackupCoverageContext {
    let question = |id: &str, answers| Question {
        id: id.to_owned(),
        title: "Sans sauvegarde".to_owned(),
        badge: Badge::new("2", Tone::Danger),
        answers,
        more: Some("et 3 autres".to_owned()),
        none: "Rien.".to_owned(),
    };
    BackupCoverageContext {
        frame: frame("Couverture des sauvegardes"),
        questions: vec![
            question("unprotected", vec![(link("srv-02"), "Serveur".to_owned())]),
            question("late", Vec::new()),
        ],
        rule: "3 éléments sur 4 suivent la règle 3-2-1.".to_owned(),
        tables: vec![TableSection {
            id: "by-target".to_owned(),
            title: "Par élément".to_owned(),
            columns: columns(&["Nom", "Type"]),
            rows: vec![row(vec![
                Value::link(link("srv-02")),
                Value::text("Serveur"),
            ])],
            total: Vec::new(),
        }],
        files: vec![link("CSV"), link("Données")],
        definitions: vec![("Copies".to_owned(), "L’original compte.".to_owned())],
    }
}

pub fn block() -> BackupBlock {
    BackupBlock {
        badge: Badge::new("3-2-1 tenue", Tone::Success),
        facts: "3 copies avec l’original".to_owned(),
        table: Some(Table {
            caption: None,
            columns: vec!["Travail".to_owned()],
            rows: vec![vec![Value::link(link("Chaque nuit"))]],
        }),
        all: link("Couverture des sauvegardes"),
    }
}
