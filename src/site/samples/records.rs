//! Invented records for tests: a server that is also a licence, a ticket, a change and a contract, so that one
//! page shows every block.

use super::changes::reasons;
use super::desk::{applicable, incidents, known_errors, licence, placeholders};
use super::{clients, columns, day, frame, link, log, row};
use crate::site::context::{
    BackLinks, Badge, Before, CarriedBy, Clock, Duty, Field, FlowAsRan, FlowStage, Html,
    LicencesContext, Link, OnCallClock, PageContext, PersonDuties, ProcedureContext, ProcedureMeta,
    Promise, Promises, RecordContext, RecordHead, RotaBoard, RotaWeek, Section, Table,
    TableSection, TicketFlow, TimeInStates, TimelineEntry, Tone, UpkeepBlock, UpkeepList, Value,
    WorkflowContext,
};

fn head() -> RecordHead {
    RecordHead {
        kind: link("Équipements"),
        id: "srv-ad-02".to_owned(),
        badges: vec![
            Badge::new("En service", Tone::Success),
            Badge::new("Garantie : 8 jours", Tone::Warning),
        ],
        summary: vec![
            ("Site".to_owned(), Value::link(link("Grenoble"))),
            ("Adresse IP".to_owned(), Value::code("192.0.2.12")),
        ],
    }
}

fn table() -> Table {
    Table {
        caption: Some("Interfaces".to_owned()),
        columns: vec!["Nom".to_owned(), "Adresse".to_owned()],
        rows: vec![vec![Value::code("eth0"), Value::code("192.0.2.12")]],
    }
}

fn sections() -> Vec<Section> {
    let field = |label: &str, value: Value, wide| Field {
        label: label.to_owned(),
        value,
        wide,
    };
    vec![
        Section {
            id: "identite".to_owned(),
            title: "Identité".to_owned(),
            fields: vec![
                field("Numéro de série", Value::code("7XK2-0099"), false),
                field(
                    "Modèle",
                    Value::link(link("PowerBox R2").hint("modèle")),
                    false,
                ),
                field("Virtuel", Value::Boolean { value: false }, false),
                field("Achat", Value::number("3 250,00 €", "3250.00"), false),
                field(
                    "Fin de garantie",
                    Value::Date {
                        date: day(28),
                        badge: Some(Badge::new("dans 8 jours", Tone::Warning)),
                    },
                    false,
                ),
                field("Rôles", list(), false),
                field("Commentaire", Value::Empty, false),
                field("Statut", Value::badge("En service", Tone::Success), false),
                field("Notice", external(), false),
            ],
        },
        Section {
            id: "reseau".to_owned(),
            title: "Réseau".to_owned(),
            fields: vec![
                field("Interfaces", Value::Table { table: table() }, true),
                field("Notes", html("<p>Baie du <strong>fond</strong>.</p>"), true),
            ],
        },
    ]
}

fn list() -> Value {
    Value::List {
        items: vec![Value::text("Annuaire"), Value::text("DNS")],
    }
}

fn html(text: &str) -> Value {
    Value::Html {
        html: Html(text.to_owned()),
    }
}

fn external() -> Value {
    Value::Link {
        link: Link::new("Site du constructeur", "https://vendor.example/"),
        external: true,
    }
}

fn back_links() -> Vec<BackLinks> {
    vec![BackLinks {
        title: "Tickets".to_owned(),
        count: 12,
        links: vec![link("Lenteurs d’ouverture de session").hint("INC-0031")],
        more: Some(link("Les 12 tickets")),
    }]
}

fn flow() -> TicketFlow {
    let stage = |label: &str, phase| FlowStage {
        label: label.to_owned(),
        entered: (phase != "ahead").then(|| day(18)),
        spent: (phase == "done").then(|| "25 min".to_owned()),
        by: Some(link("Karim Benali")),
        phase,
    };
    TicketFlow {
        workflow: Some(link("Incident")),
        diagram: Some(Html(
            "<svg class=\"diagram\" viewBox=\"0 0 200 40\" role=\"img\"><title>Cycle</title></svg>"
                .to_owned(),
        )),
        stages: vec![
            stage("Nouveau", "done"),
            stage("En cours", "current"),
            stage("Résolu", "ahead"),
        ],
        time: Some(TimeInStates {
            bar: Some(Html(
                "<svg class=\"diagram time-bar\" role=\"img\"><title>Temps</title></svg>"
                    .to_owned(),
            )),
            table: table(),
            unit: "Heures ouvertes".to_owned(),
        }),
        clocks: vec![Clock {
            label: "GTI".to_owned(),
            promised: "1 h ouvrée".to_owned(),
            due: Some(day(18)),
            used: Some("25 min".to_owned()),
            percent: Some(42),
            badge: Badge::new("Tenue", Tone::Success),
        }],
        notice: Some("Aucun délai n’est promis.".to_owned()),
        timeline: vec![TimelineEntry {
            date: day(18),
            author: Some(link("Karim Benali")),
            title: "Prise en charge".to_owned(),
            body: Some(Html("<p>Appel à l’utilisatrice.</p>".to_owned())),
            badge: Some(Badge::new("En cours", Tone::Info)),
        }],
    }
}

fn promises() -> Promises {
    Promises {
        promises: vec![Promise {
            scope: "Priorité haute".to_owned(),
            response: Some("1 h".to_owned()),
            restoration: Some("4 h".to_owned()),
            hours: Value::text("HO 8 h – 18 h"),
            penalty: None,
        }],
        tables: vec![table()],
    }
}

fn clock() -> OnCallClock {
    OnCallClock {
        script: "on-call.js".to_owned(),
    }
}

fn duty(nobody: bool) -> Duty {
    Duty {
        rota: Some(link("Astreinte infrastructure")).filter(|_| !nobody),
        person: link("Inès Marchand"),
        phone: Some(Link::new("+33 1 99 00 12 34", "tel:+33199001234")),
        backup: Some(link("Karim Benali")),
        backup_phone: Some(Link::new("+33 1 99 00 12 35", "tel:+33199001235")),
        level: Some("N2".to_owned()),
        when: "jusqu’au ven. 20 nov. 18:00".to_owned(),
        note: Some("Échange".to_owned()),
        span: "1795194000 1795798800".to_owned(),
        current: true,
        nobody,
    }
}

fn rota() -> RotaBoard {
    let week = RotaWeek {
        title: "Semaine 47".to_owned(),
        days: "lun. 16 nov. – dim. 22 nov. 2026".to_owned(),
        current: true,
        duties: vec![duty(false), duty(true)],
    };
    RotaBoard {
        clock: clock(),
        day: day(20),
        phone: Some(Link::new("+33 1 99 00 12 34", "tel:+33199001234")),
        facts: vec![("Délai de rappel".to_owned(), "30 min".to_owned())],
        supervisor: Some((link("Karim Benali"), None)),
        instructions: Some("Rappeler.".to_owned()),
        uncovered: vec!["Personne d’astreinte".to_owned()],
        today: vec![duty(false)],
        week: vec![duty(false)],
        past_weeks: vec![week.clone()],
        weeks: vec![week],
        calendar: link("Calendrier"),
    }
}

fn upkeep() -> UpkeepBlock {
    UpkeepBlock {
        badges: vec![Badge::new("support fini", Tone::Danger)],
        lists: vec![UpkeepList {
            title: "Maintenances".to_owned(),
            items: vec![(
                link("Correctifs"),
                Some(Badge::new("dans 4 jours", Tone::Warning)),
            )],
            count: 7,
            more: Some("et 6 autres".to_owned()),
        }],
        all: link("Maintien en condition"),
    }
}

pub fn record() -> RecordContext {
    RecordContext {
        frame: frame("Contrôleur de domaine secondaire"),
        head: head(),
        views: vec![link("Rapport de novembre")],
        client: Some(clients::block()),
        topics: super::reviews::topics(),
        sections: sections(),
        licence: Some(licence()),
        flow: Some(flow()),
        reasons: Some(reasons()),
        carried: Some(CarriedBy {
            entries: vec![super::changes::site_change()],
            more: 3,
        }),
        promises: Some(promises()),
        rota: Some(rota()),
        duties: Some(PersonDuties {
            clock: clock(),
            duties: vec![duty(false)],
            calendar: link("Calendrier"),
        }),
        finance: Some(super::finance::block()),
        known_errors: Some(known_errors()),
        impact: Some(super::impact::block()),
        network: Some(super::topology::block()),
        backups: Some(super::backups::block()),
        upkeep: Some(upkeep()),
        addressing: Some(super::addressing::block()),
        applicable: Some(applicable()),
        incidents: Some(incidents()),
        figures: vec![Html("<figure><p>Relations</p></figure>".to_owned())],
        body: Some(Html("<h2 id=\"notes\">Notes</h2><p>Texte.</p>".to_owned())),
        back_links: back_links(),
        log: log(),
    }
}

pub fn procedure() -> ProcedureContext {
    ProcedureContext {
        binder: Some(Link::new("Classeur à imprimer", "binder/")),
        frame: frame("Créer un compte Active Directory"),
        head: RecordHead {
            kind: link("Procédures"),
            id: "creer-un-compte-ad".to_owned(),
            ..RecordHead::default()
        },
        meta: ProcedureMeta {
            activity: Some(link("Intervenir sur les éléments de l’infrastructure")),
            level: Some("N2".to_owned()),
            owner: Some(link("Inès Marchand")),
            duration: Some("15 min".to_owned()),
            reviewed: Some(day(2)),
            review_by: Some(day(12)),
            overdue: true,
        },
        lead: Some("Pour toute personne qui arrive".to_owned()),
        before: vec![Before {
            key: "prerequisites",
            title: "Prérequis".to_owned(),
            lines: vec![Value::text("Demande validée")],
        }],
        sections: sections(),
        known_errors: Some(known_errors()),
        placeholders: Some(placeholders()),
        body: Html(include_str!("procedure.html").to_owned()),
        tasks: 4,
        back_links: back_links(),
        log: log(),
    }
}

pub fn page() -> PageContext {
    PageContext {
        frame: frame("Choisir un outil"),
        body: Html("<p>Texte.</p>".to_owned()),
        children: vec![link("Critères")],
        back_links: back_links(),
        log: log(),
    }
}

pub fn licences() -> LicencesContext {
    let number = |value: &str| Value::number(value, value);
    let line = |name: &str, verdict: &str, tone| {
        row(vec![
            Value::link(link(name)),
            number("50"),
            number("48"),
            number("2"),
            Value::badge(verdict, tone),
            Value::date(day(28)),
            Value::number("4 500,00 €", "4500.00"),
        ])
    };
    let labels = [
        "Logiciel",
        "Achetées",
        "Affectées",
        "Libres",
        "Statut",
        "Expiration",
        "Prix",
    ];
    LicencesContext {
        frame: frame("Position des licences"),
        totals: vec![
            ("Coût annuel".to_owned(), "48 120,00 €".to_owned(), None),
            (
                "Dépassements".to_owned(),
                "2".to_owned(),
                Some(Badge::new("À régulariser", Tone::Danger)),
            ),
        ],
        tables: vec![TableSection {
            id: "toutes".to_owned(),
            title: "Toutes les licences".to_owned(),
            columns: columns(&labels),
            rows: vec![
                line("Suite bureautique", "Conforme", Tone::Success),
                line("Antivirus", "Dépassement de 3", Tone::Danger),
            ],
            total: vec![
                Value::text("Total"),
                number("100"),
                number("96"),
                number("4"),
                Value::Empty,
                Value::Empty,
                Value::number("9 000,00 €", "9000.00"),
            ],
        }],
        csv: Some(link("CSV")),
        partial: true,
    }
}

pub fn workflow() -> WorkflowContext {
    WorkflowContext {
        frame: frame("Cycle de vie d’un incident"),
        sections: sections(),
        diagram: flow().diagram,
        tables: vec![table()],
        as_ran: Some(FlowAsRan {
            summary: "12 derniers mois — 42 tickets".to_owned(),
            notes: vec!["Heures ouvertes".to_owned()],
            diagram: flow().diagram,
            tables: vec![table()],
            periods: vec![link("mars 2026")],
        }),
        body: Some(Html("<p>Texte.</p>".to_owned())),
        back_links: back_links(),
        log: log(),
    }
}
