//! An invented page and block about the network.

use super::{backups, columns, frame, link, row};
use crate::site::context::{
    Contradictions, Drawing, Html, Table, TableSection, TopologyBlock, TopologyContext, Value,
};

pub fn topology() -> TopologyContext {
    let picture = Html("<svg role=\"img\"><title>Réseau</title></svg>".to_owned());
    TopologyContext {
        contradictions: Some(contradictions()),
        frame: frame("Topologie"),
        lead: "134 liens déclarés sur 3 sites.".to_owned(),
        views: vec![link("Baies")],
        files: vec![link("CSV")],
        drawings: vec![Drawing {
            id: "site-lyon".to_owned(),
            title: link("Lyon"),
            facts: "3 équipements réseau".to_owned(),
            picture,
            table: Some(Table {
                caption: None,
                columns: vec!["Unité".to_owned()],
                rows: vec![vec![Value::text("U1")]],
            }),
        }],
        overview: vec![TableSection {
            id: "racks".to_owned(),
            title: "Toutes les baies".to_owned(),
            columns: columns(&["Baie"]),
            rows: vec![row(vec![Value::text("baie-01")])],
            total: Vec::new(),
        }],
        tables: backups::backup_coverage().tables,
        more: Some("2 autres".to_owned()),
        notes: vec!["Selon ce qui est déclaré.".to_owned()],
        pager: None,
    }
}

pub fn block() -> TopologyBlock {
    TopologyBlock {
        contradictions: Some(contradictions()),
        title: "Ports".to_owned(),
        facts: "14 ports utilisés sur 26.".to_owned(),
        picture: Some(Html(
            "<svg role=\"img\"><title>Baie</title></svg>".to_owned(),
        )),
        all: link("Port par port"),
    }
}

fn contradictions() -> Contradictions {
    Contradictions {
        told: vec![vec![
            Value::link(link("srv-01")),
            Value::text(" est trop haut"),
        ]],
        more: Some("et 3 autres".to_owned()),
    }
}
