//! An invented client: its dashboard and a month's report.

use super::{columns, day, frame, link, row};
use crate::site::context::{ClientBlock, ClientSection, ReportContext, TableSection, Tone, Value};

fn section(id: &str, title: &str) -> ClientSection {
    ClientSection {
        table: TableSection {
            id: id.to_owned(),
            title: title.to_owned(),
            columns: columns(&["Ticket", "Nombre", "GTI"]),
            rows: vec![row(vec![
                Value::link(link("inc-1").hint("Réseau")),
                Value::number("3", "3"),
                Value::badge("tenue", Tone::Success),
            ])],
            total: Vec::new(),
        },
        note: Some("Une remarque.".to_owned()),
        more: Some(link("Le reste")),
    }
}

pub fn block() -> ClientBlock {
    ClientBlock {
        figures: vec![(link("Équipements"), 12)],
        places: vec![link("Usine")],
        reports: vec![link("novembre 2026")],
        sections: vec![section("client-assets", "Équipements par type")],
    }
}

pub fn report() -> ReportContext {
    ReportContext {
        frame: frame("Rapport mensuel"),
        facts: vec![
            ("Client".to_owned(), Value::link(link("Laiterie"))),
            ("Situation au".to_owned(), Value::date(day(20))),
        ],
        partial: Some("Le mois n’est pas fini.".to_owned()),
        sections: vec![
            section("summary", "Chiffres du mois"),
            ClientSection {
                table: TableSection {
                    id: "changes".to_owned(),
                    title: "Changements".to_owned(),
                    ..TableSection::default()
                },
                note: Some("Aucun.".to_owned()),
                more: None,
            },
        ],
    }
}
