//! What is printed and carried about, for the tests of its templates.

use super::{columns, day, frame, link, row};
use crate::site::context::{
    Badge, ClientSection, HandoverContext, Html, InventoryContext, InventoryLine, InventoryRoom,
    InventorySitesContext, LabelsContext, Pager, TableSection, Tone, Value,
};

fn table(id: &str) -> TableSection {
    TableSection {
        id: id.to_owned(),
        title: "Par lieu".to_owned(),
        columns: columns(&["Nom", "Type"]),
        rows: vec![row(vec![Value::text("Lyon"), Value::text("Site")])],
        total: Vec::new(),
    }
}

pub fn inventory_sites() -> InventorySitesContext {
    InventorySitesContext {
        frame: frame("Inventaire physique"),
        opening: "12 équipements à retrouver.".to_owned(),
        tables: vec![table("by-site")],
        csv: link("CSV"),
    }
}

pub fn labels() -> LabelsContext {
    LabelsContext {
        frame: frame("Étiquettes à imprimer"),
        opening: "12 équipements à étiqueter.".to_owned(),
        notice: Some("Sans adresse.".to_owned()),
        places: table("by-place"),
        formats: table("formats"),
    }
}

pub fn inventory() -> InventoryContext {
    InventoryContext {
        labels: Some(link("Étiquettes")),
        frame: frame("Inventaire physique – Lyon"),
        opening: "12 équipements à retrouver.".to_owned(),
        notice: Some("Les codes ne tiennent que le numéro.".to_owned()),
        rooms: vec![InventoryRoom {
            id: "room-1".to_owned(),
            title: "Accueil".to_owned(),
            count: "1 équipement".to_owned(),
            lines: vec![InventoryLine {
                code: Html("<svg class=\"qr\"></svg>".to_owned()),
                number: "NAC-01101".to_owned(),
                link: link("pc-0101"),
                what: vec!["Portable".to_owned(), "Exalto 7420".to_owned()],
                serial: Some("S-1".to_owned()),
                user: Some("Sarah Lindon".to_owned()),
                seen: Some(day(6)),
                status: Some(Badge::new("En réparation", Tone::Warning)),
            }],
        }],
        blank: vec![1, 2],
        signatures: vec!["Date".to_owned()],
        csv: link("CSV"),
        pager: Some(Pager::default()),
    }
}

pub fn handover() -> HandoverContext {
    HandoverContext {
        frame: frame("Fiche de remise"),
        facts: vec![("Lieu".to_owned(), Value::text("Lyon"))],
        sections: vec![ClientSection {
            table: table("equipment"),
            note: None,
            more: None,
        }],
        terms: Html("<p>À rendre.</p>".to_owned()),
        signatures: vec!["La personne".to_owned()],
    }
}
