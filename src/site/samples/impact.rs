//! Invented services with what stops them.

use super::{backups, frame, link};
use crate::site::context::{Html, ImpactBlock, ImpactContext, SinglePoints, Stopping};

pub fn impact() -> ImpactContext {
    ImpactContext {
        frame: frame("Ce qui arrête les services"),
        lead: "2 services sur 3 s’arrêtent avec un seul élément.".to_owned(),
        picture: Some(Html(
            "<svg role=\"img\"><title>Impact</title></svg>".to_owned(),
        )),
        tables: backups::backup_coverage().tables,
        method: "Selon ce qui est déclaré.".to_owned(),
        files: vec![link("CSV")],
    }
}

pub fn block() -> ImpactBlock {
    ImpactBlock {
        sentence: "Si cet élément s’arrête : 14 équipements.".to_owned(),
        relief: vec![link("srv-ad-01")],
        single_points: Some(SinglePoints {
            sentence: "Un seul l’arrête :".to_owned(),
            links: vec![link("sw-01")],
            more: Some("et 3 autres".to_owned()),
        }),
        contracts: vec![(link("Infogérance"), "4 h".to_owned())],
        picture: Some(Html(
            "<svg role=\"img\"><title>Impact</title></svg>".to_owned(),
        )),
        lists: vec![Stopping {
            title: "Services".to_owned(),
            count: 12,
            links: vec![link("Messagerie").hint("par srv-01")],
            more: Some("et 11 autres".to_owned()),
        }],
        caveat: Some("Compté entier.".to_owned()),
        whole: Some(link("Tout ce qui s’arrête")),
        all: Some(link("Ce qui arrête les services")),
    }
}
