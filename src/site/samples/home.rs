//! The home page of an invented company.

use super::{activities, columns, day, frame, link, row, site_change};
use crate::site::context::{
    Badge, Deadline, Frame, HomeCard, HomeContext, Html, KindCount, Link, LinkedFigure, OnCall,
    OnCallClock, OnCallRota, TicketBoard, Tone, Value, Visits,
};

fn tickets() -> TicketBoard {
    let ticket = |id: &str, title: &str, tone, priority: &str| {
        row(vec![
            Value::link(link(title).hint(id)),
            Value::badge(priority, tone),
            Value::text("En cours (attribué)"),
        ])
    };
    TicketBoard {
        all: link("Tous les tickets"),
        open: 17,
        late: Some(link("2")),
        priorities: vec![
            (Badge::new("Haute", Tone::Danger), 3),
            (Badge::new("Moyenne", Tone::Warning), 8),
            (Badge::new("Basse", Tone::Info), 6),
        ],
        columns: columns(&["Ticket", "Priorité", "État"]),
        rows: vec![
            ticket(
                "INC-0042",
                "Messagerie indisponible à Annecy",
                Tone::Danger,
                "Haute",
            ),
            ticket(
                "DEM-0107",
                "Nouveau poste pour l’accueil",
                Tone::Warning,
                "Moyenne",
            ),
        ],
    }
}

fn promises() -> HomeCard {
    HomeCard {
        id: "promises",
        title: "Engagements".to_owned(),
        figures: vec![LinkedFigure {
            label: link("en retard"),
            value: "2".to_owned(),
            badge: Some(Badge::new("à surveiller", Tone::Danger)),
        }],
        more: Some(link("Statistiques")),
        ..HomeCard::default()
    }
}

fn reviews() -> HomeCard {
    HomeCard {
        id: "reviews",
        title: "À relire".to_owned(),
        lines: vec![(
            link("Nettoyer un poste").hint("Inès Marchand"),
            Badge::new("il y a 3 mois", Tone::Danger),
        )],
        note: Some("et 2 autres".to_owned()),
        ..HomeCard::default()
    }
}

pub fn home() -> HomeContext {
    let tile = |text: &str, count| KindCount {
        link: link(text),
        count,
    };
    let deadline = |name: &str, what: &str, tone, badge: &str| Deadline {
        link: link(name),
        what: what.to_owned(),
        date: day(28),
        badge: Badge::new(badge, tone),
    };
    HomeContext {
        frame: Frame {
            breadcrumb: Vec::new(),
            contents: Vec::new(),
            notices: Vec::new(),
            previous: None,
            next: None,
            ..frame("Carnet de Nordlys & Cie")
        },
        introduction: Some(Html(
            "<p>Le parc, les procédures et les tickets.</p>".to_owned(),
        )),
        new_command: None,
        kinds: vec![
            tile("Équipements", 124),
            tile("Licences", 34),
            tile("Tickets", 64),
            tile("Contrats", 15),
        ],
        tickets: Some(tickets()),
        deadlines: vec![
            deadline(
                "srv-ad-02",
                "fin de garantie",
                Tone::Warning,
                "dans 8 jours",
            ),
            deadline(
                "vpn.nordlys.example",
                "certificat",
                Tone::Danger,
                "dépassé de 2 jours",
            ),
        ],
        all_deadlines: Some(link("Toutes les échéances")),
        steering: vec![promises()],
        upkeep: vec![reviews()],
        changes: vec![site_change(), site_change()],
        history: Some(link("Tout le journal")),
        visits: Some(Visits {
            script: "visits.js".to_owned(),
            commits: "3f9c2a71:1795190400".to_owned(),
        }),
        activities: activities(),
        on_call_clock: OnCallClock {
            script: "on-call.js".to_owned(),
        },
        on_call: vec![OnCallRota {
            rota: link("Astreinte infrastructure"),
            phone: Some(Link::new("+33 1 99 00 12 34", "tel:+33199001234")),
            duties: vec![OnCall {
                person: link("Inès Marchand"),
                phone: Some(Link::new("+33 6 39 98 12 34", "tel:+33639981234")),
                level: Some("N2".to_owned()),
                until: Some(day(23)),
                span: "1795194000 1795798800".to_owned(),
            }],
        }],
    }
}
