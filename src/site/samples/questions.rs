//! Invented pages of data for tests.

use super::{columns, frame, link, row};
use crate::site::context::{
    DataContext, Html, QuestionContext, QuestionGroup, Table, TableSection, Value,
};

pub fn data() -> DataContext {
    DataContext {
        frame: frame("Données et questions"),
        database: link("Télécharger la base"),
        questions: vec![QuestionGroup {
            title: "Nos questions".to_owned(),
            links: vec![link("Équipements par état")],
        }],
        files: Table {
            caption: None,
            columns: vec!["Genre".to_owned(), "Fiches".to_owned()],
            rows: vec![vec![
                Value::link(link("Équipements")),
                Value::number("207", "207"),
            ]],
        },
    }
}

pub fn question() -> QuestionContext {
    QuestionContext {
        note: Some("Ce qui est compté.".to_owned()),
        see: Some(link("Preuves")),
        frame: frame("Équipements par état"),
        count: "4 lignes".to_owned(),
        chart: Some(Html("<svg role=\"img\"></svg>".to_owned())),
        table: TableSection {
            id: "answer".to_owned(),
            title: String::new(),
            columns: columns(&["Statut", "Équipements"]),
            rows: vec![row(vec![
                Value::text("En service"),
                Value::number("181", "181"),
            ])],
            total: Vec::new(),
        },
        mistake: Some("aucune table ne s’appelle ainsi".to_owned()),
        sql: "SELECT 1".to_owned(),
        command: "carnet query assets-by-status".to_owned(),
        csv: link("CSV"),
    }
}
