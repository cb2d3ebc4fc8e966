//! Invented reviews for tests: every part of the page of figures and tables, and the lists of a person.

use super::{columns, frame, link, row};
use crate::site::context::{
    Badge, Checklist, ChecklistContext, ChecklistGroup, ChecklistLine, ClientSection, LinkedFigure,
    ReviewContext, ReviewSection, TableSection, Tone, Value,
};

fn section() -> TableSection {
    TableSection {
        id: "comptes".to_owned(),
        title: "Comptes par état".to_owned(),
        columns: columns(&["Type", "Actifs"]),
        rows: vec![row(vec![
            Value::text("Utilisateur"),
            Value::number("12", "12"),
        ])],
        total: vec![Value::text("Total"), Value::number("12", "12")],
    }
}

pub fn review() -> ReviewContext {
    ReviewContext {
        frame: frame("Revue des comptes"),
        lead: vec![
            "Au 20 novembre 2026".to_owned(),
            "Inactif : 90 jours".to_owned(),
        ],
        files: vec![link("CSV"), link("Données")],
        views: vec![link("Matrice")],
        figures: vec![LinkedFigure {
            label: link("Utilisateurs actifs"),
            value: "12".to_owned(),
            badge: Some(Badge::new("à regarder", Tone::Warning)),
        }],
        sections: vec![ReviewSection {
            table: section(),
            note: Some("Au jour du site".to_owned()),
            points: vec!["La longueur des mots de passe".to_owned()],
            more: Some(link("Tous")),
            matrix: true,
        }],
    }
}

pub fn topics() -> Vec<ClientSection> {
    let mut table = section();
    table.id = "comptes-de-la-personne".to_owned();
    vec![ClientSection {
        table,
        note: Some("Deux comptes".to_owned()),
        more: Some(link("Tous")),
    }]
}

pub fn checklist() -> ChecklistContext {
    let line = |done| ChecklistLine {
        link: link("j.martin"),
        facts: vec!["Active Directory".to_owned()],
        done,
    };
    ChecklistContext {
        frame: frame("Arrivée et départ"),
        facts: vec![("Lieu".to_owned(), Value::text("Lyon"))],
        lists: vec![Checklist {
            id: "departure".to_owned(),
            title: "Départ".to_owned(),
            progress: "1 sur 2".to_owned(),
            groups: vec![ChecklistGroup {
                title: "Comptes à désactiver".to_owned(),
                lines: vec![line(Some(Badge::new("fait", Tone::Success))), line(None)],
            }],
            signatures: vec!["Date".to_owned()],
        }],
    }
}
