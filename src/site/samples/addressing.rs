//! An invented addressing plan.

use super::{frame, link};
use crate::site::context::{
    AddressingBlock, AddressingClient, AddressingContext, Badge, Html, PrefixRow, Table, Tone,
    Value,
};

pub fn addressing() -> AddressingContext {
    let row = |depth, badges| PrefixRow {
        depth,
        link: link("192.0.2.0/24").hint("Postes"),
        badges,
        vlan: Some(link("VLAN 30")),
        site: Some(link("Lyon")),
        gateway: Some("192.0.2.254".to_owned()),
        counts: ["12", "80", "100", "62"].map(str::to_owned).to_vec(),
        bar: Some(Html("<svg class=\"bar shares\"></svg>".to_owned())),
    };
    AddressingContext {
        frame: frame("Plan d’adressage"),
        lead: "2 réseaux, 12 adresses utilisées.".to_owned(),
        full: vec![link("192.0.2.0/24").hint("82 %")],
        clients: vec![AddressingClient {
            id: "of-nacelle".to_owned(),
            title: link("Nacelle"),
            rows: vec![
                row(0, Vec::new()),
                row(1, vec![Badge::new("occupé à 82 %", Tone::Warning)]),
            ],
        }],
        more: Some("et 3 autres".to_owned()),
        faults: Some(Table {
            caption: None,
            columns: vec!["Adresse".to_owned()],
            rows: vec![vec![Value::code("192.0.2.7")]],
        }),
        more_faults: Some("et 2 autres".to_owned()),
        outside: Some(Table {
            caption: None,
            columns: vec!["Adresse".to_owned()],
            rows: vec![vec![Value::code("192.0.2.9")]],
        }),
        files: vec![link("Adresses (CSV)")],
        method: vec!["Deux clients peuvent avoir la même plage.".to_owned()],
    }
}

pub fn block() -> AddressingBlock {
    AddressingBlock {
        facts: "254 adresses utilisables".to_owned(),
        map: Some(Html("<svg class=\"diagram subnet\"></svg>".to_owned())),
        caption: "Une case par adresse".to_owned(),
        next: vec!["192.0.2.10".to_owned(), "192.0.2.11".to_owned()],
        next_title: "Prochaines adresses libres".to_owned(),
        table: Some(Table {
            caption: None,
            columns: vec!["Plage".to_owned()],
            rows: vec![vec![Value::code("192.0.2.10 – 192.0.2.19")]],
        }),
        more: Some("et 3 autres".to_owned()),
        all: link("Plan d’adressage"),
    }
}
