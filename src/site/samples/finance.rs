//! Invented pages and blocks about money for tests.

use super::{columns, frame, link, row};
use crate::site::context::{
    Badge, DeskSection, FinanceBlock, Html, LedgerContext, LedgerSection, Table, Tone, Value,
};

pub fn ledger() -> LedgerContext {
    LedgerContext {
        see: vec![link("Licences inutilisées")],
        frame: frame("Suivi des budgets"),
        lead: "Ce qui est prévu, engagé et facturé.".to_owned(),
        figures: block().figures,
        sections: vec![LedgerSection {
            table: DeskSection {
                id: "lines".to_owned(),
                title: "Par ligne".to_owned(),
                note: Some("Hors taxes".to_owned()),
                chart: Some(Html("<svg class=\"chart\"></svg>".to_owned())),
                columns: columns(&["Ligne", "Prix"]),
                rows: vec![row(vec![Value::text("Postes"), Value::number("3 €", "3")])],
                total: vec![Value::text("Total"), Value::number("3 €", "3")],
                tools: true,
                more: Some("2 autres".to_owned()),
                csv: link("CSV"),
            },
            data: link("Données"),
        }],
        notes: vec!["Hors taxes.".to_owned()],
    }
}

pub fn block() -> FinanceBlock {
    FinanceBlock {
        title: "Vie et coût".to_owned(),
        figures: vec![(
            "Valeur".to_owned(),
            "833,25 €".to_owned(),
            Some(Badge::new("sous garantie", Tone::Success)),
        )],
        tables: vec![Table {
            caption: Some("Dates".to_owned()),
            columns: vec!["Le".to_owned(), "Quoi".to_owned()],
            rows: vec![vec![Value::text("20/11/2026"), Value::text("Livré")]],
        }],
        notes: vec!["Hors taxes.".to_owned()],
        more: Some(link("Immobilisations")),
    }
}
