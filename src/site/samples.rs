//! Invented contexts for tests: one full page of each kind, so that every branch of every template is rendered.

mod addressing;
mod backups;
mod changes;
mod clients;
mod deadlines;
mod desk;
mod field_views;
mod finance;
mod home;
mod impact;
mod quality;
mod questions;
mod records;
mod reviews;
mod topology;

use crate::site::context::{
    ActivityProcedures, AssetNames, Badge, Before, BinderContext, BinderPart, Column, Dates,
    EditLinks, Footer, Frame, Heading, Html, KindCount, LetterContext, Link, ListContext, Moment,
    NavigationContext, NavigationEntry, NavigationGroup, Notice, OfflineContext, OfflineSection,
    Pager, ProcedureLine, ProceduresContext, Row, SearchContext, Tone, Value, WholeList,
};

pub use addressing::addressing;
pub use backups::backup_coverage;
pub use changes::{change, change_calendar, history, log, site_change, tag, tags};
pub use clients::report;
pub use deadlines::{deadline_calendar, deadlines};
pub use desk::statistics;
pub use field_views::{handover, inventory, inventory_sites, labels};
pub use finance::ledger;
pub use home::home;
pub use impact::impact;
pub use quality::{quality, quality_form};
pub use questions::{data, question};
pub use records::{licences, page, procedure, record, workflow};
pub use reviews::{checklist, review};
pub use topology::topology;

pub fn link(text: &str) -> Link {
    Link::new(text, "../x/")
}

pub fn day(number: u8) -> Moment {
    Moment::new(
        format!("2026-11-{number:02}"),
        format!("{number} novembre 2026"),
    )
}

fn assets() -> AssetNames {
    AssetNames {
        logo: Some("logo.1.svg".to_owned()),
        style: "style.css".to_owned(),
        script: "carnet.js".to_owned(),
        search: vec!["search.js".to_owned()],
        search_engine: "search-engine.js".to_owned(),
        search_page: "search-page.js".to_owned(),
        history: "history.js".to_owned(),
        placeholders: "placeholders.js".to_owned(),
        run: "run.js".to_owned(),
        prose: "prose.js".to_owned(),
        visits: "visits.js".to_owned(),
        labels: "labels.js".to_owned(),
        labels_style: "labels.css".to_owned(),
        tags: "tags.js".to_owned(),
        table: "table.js".to_owned(),
        sort: "sort.js".to_owned(),
        on_call: "on-call.js".to_owned(),
        offline: "offline.js".to_owned(),
        theme: "theme.js".to_owned(),
        favicon: "favicon.svg".to_owned(),
    }
}

pub fn frame(title: &str) -> Frame {
    Frame {
        root: "../".to_owned(),
        home: "../".to_owned(),
        search: "../search/".to_owned(),
        assets: assets(),
        qr: Some(Html("<svg class=\"qr\"></svg>".to_owned())),
        site_name: "Carnet de Nordlys & Cie".to_owned(),
        title: title.to_owned(),
        description: Some("Une page d’essai".to_owned()),
        breadcrumb: vec![link("Accueil"), link("Équipements")],
        contents: [
            ("identite", "Identité", 2),
            ("reseau", "Réseau", 2),
            ("fin", "Fin", 3),
        ]
        .map(|(id, text, level)| Heading {
            id: id.to_owned(),
            text: text.to_owned(),
            level,
        })
        .to_vec(),
        previous: Some(link("srv-ad-01")),
        next: Some(link("srv-fic-01")),
        counted_from: Some("Jours et délais comptés au 3 mars 2026.".to_owned()),
        past: Some("État du parc au 3 mars 2026 (commit 1a2b3c4d).".to_owned()),
        notices: vec![Notice {
            tone: Tone::Warning,
            text: "L’historique est incomplet.".to_owned(),
            link: Some(link("Pourquoi")),
        }],
        dates: Some(Dates {
            updated: Some(day(19)),
            author: "Karim Benali".to_owned(),
            since: Some(day(2)),
        }),
        feed: Some(Link::new("Flux", "feed.xml")),
        steps: true,
        tabs_or_pictures: true,
        footer: Footer {
            as_of: "20 novembre 2026".to_owned(),
            version: "0.1.0".to_owned(),
            changed: Some(change()),
            source: Some(EditLinks {
                report: Some("https://forge.example/it/parc/issues/new".to_owned()),
                path: "inventory/assets/srv-ad-02.yaml".to_owned(),
                view: Some("https://forge.example/view".to_owned()),
                edit: Some("https://forge.example/edit".to_owned()),
            }),
            offline: Some("../offline/".to_owned()),
            address: Some("https://carnet.example/assets/srv-ad-02/".to_owned()),
        },
        ..Frame::default()
    }
}

pub fn navigation() -> NavigationContext {
    let entry = |text: &str, count| NavigationEntry {
        link: link(text),
        count,
        ..NavigationEntry::default()
    };
    let group = |title: &str, entries| NavigationGroup {
        title: title.to_owned(),
        open: title == "Parc",
        entries,
    };
    let mut current = entry("Équipements", Some(124));
    current.current = Some("page");
    current.entries = vec![entry("Serveurs", Some(12))];
    NavigationContext {
        groups: vec![
            group("", vec![entry("Accueil", None), entry("Échéances", None)]),
            group(
                "Parc",
                vec![current, entry("Modèles", Some(18)), entry("Sites", Some(3))],
            ),
            group(
                "Logiciels",
                vec![entry("Licences", Some(34)), entry("Logiciels", Some(41))],
            ),
            group(
                "Réseau",
                vec![entry("Préfixes", Some(14)), entry("VLAN", Some(9))],
            ),
            group("Centre de services", vec![entry("Tickets", Some(64))]),
            group(
                "Procédures",
                vec![entry("Assister et dépanner les utilisateurs", Some(14))],
            ),
        ],
    }
}

pub fn row(cells: Vec<Value>) -> Row {
    Row { cells }
}

pub fn columns(labels: &[&str]) -> Vec<Column> {
    labels
        .iter()
        .map(|label| Column {
            key: label.to_lowercase(),
            label: (*label).to_owned(),
            facet: ["Type", "Site", "Statut"].contains(label),
            numeric: ["Prix", "Achetées", "Affectées", "Libres"].contains(label),
            sorted: (*label == "Nom").then_some("ascending"),
            order: Vec::new(),
        })
        .collect()
}

/// The search page of a site with two kinds.
pub fn search() -> SearchContext {
    let kind = |text: &str, count: usize| KindCount {
        link: link(text),
        count,
    };
    SearchContext {
        frame: frame("Rechercher"),
        kinds: vec![kind("Équipements", 128), kind("Tickets", 64)],
        letters: vec![link("0–9"), link("A"), link("E")],
    }
}

/// The titles that begin with a letter.
pub fn offline() -> OfflineContext {
    OfflineContext {
        frame: frame("Lecture hors ligne"),
        index: "../_offline/index.json".to_owned(),
        sections: vec![OfflineSection {
            name: "assets".to_owned(),
            title: "Équipements".to_owned(),
        }],
    }
}

pub fn letter() -> LetterContext {
    LetterContext {
        frame: frame("De A à Z : E"),
        count: 2,
        entries: vec![
            link("Écran de réserve").hint("Équipement"),
            link("Escalader un ticket").hint("Procédure"),
        ],
        letters: search().letters,
        pager: Some(Pager::default()),
    }
}

/// A list of 40 machines, three in four in service.
pub fn list() -> ListContext {
    let kinds = ["Serveur", "Poste de travail", "Imprimante", "Commutateur"];
    let sites = ["Lyon", "Grenoble", "Annecy"];
    let rows = (1..=40_usize)
        .map(|number| {
            let status = match number % 4 {
                0 => Value::badge("En réparation", Tone::Warning),
                _ => Value::badge("En service", Tone::Success),
            };
            row(vec![
                Value::link(link(&format!("pc-{number:03}"))),
                Value::text(kinds[number % 4]),
                Value::link(link(sites[number % 3])),
                status,
                Value::code(format!("192.0.2.{number}")),
                if number % 7 == 0 {
                    Value::Empty
                } else {
                    Value::date(day(u8::try_from(number % 28).unwrap() + 1))
                },
                Value::number(format!("{number} 250,00 €"), format!("{number}250.00")),
            ])
        })
        .collect();
    ListContext {
        frame: Frame {
            contents: Vec::new(),
            ..frame("Équipements")
        },
        introduction: Some(Html("<p>Tout ce qui se branche.</p>".to_owned())),
        count: 124,
        late: Some(link("3 en retard")),
        columns: columns(&[
            "Nom",
            "Type",
            "Site",
            "Statut",
            "Adresse IP",
            "Garantie",
            "Prix",
        ]),
        rows,
        csv: Some(link("CSV")),
        views: vec![link("Garanties")],
        pager: Some(pager()),
        whole: Some(whole()),
        new_command: Some("carnet new asset".to_owned()),
    }
}

fn whole() -> WholeList {
    WholeList {
        folder: "../".to_owned(),
        pieces: 5,
        values: vec![vec!["Lyon".to_owned(), "Annecy".to_owned()]; 7],
        count: 4321,
    }
}

fn pager() -> Pager {
    let silent = |text: &str| Link {
        text: text.to_owned(),
        ..Link::default()
    };
    Pager {
        current: 2,
        total: 9,
        previous: Some("../".to_owned()),
        next: Some("../3/".to_owned()),
        pages: vec![link("1"), silent("2"), link("3"), silent("…"), link("9")],
    }
}

pub fn activities() -> Vec<ActivityProcedures> {
    let line = |text: &str, level: &str| ProcedureLine {
        link: link(text),
        summary: Some("De la demande à la clôture, avec le retour à l’utilisateur.".to_owned()),
        level: Some(level.to_owned()),
        duration: Some("20 min".to_owned()),
        badge: (level == "N2").then(|| Badge::new("À relire", Tone::Warning)),
    };
    let activity = |id: &str, title: &str| ActivityProcedures {
        id: id.to_owned(),
        title: link(title),
        summary: Some("Recevoir, questionner, résoudre, sensibiliser.".to_owned()),
        count: 12,
        procedures: vec![
            line("Prendre en charge un ticket", "N1"),
            line("Réinitialiser un second facteur", "N2"),
        ],
    };
    vec![
        activity("assister", "Assister et dépanner les utilisateurs"),
        activity(
            "intervenir",
            "Intervenir sur les éléments de l’infrastructure",
        ),
        activity(
            "mettre-en-service",
            "Mettre en service des équipements numériques",
        ),
    ]
}

pub fn binder() -> BinderContext {
    let part = |id: &str| BinderPart {
        id: id.to_owned(),
        title: Link::new("Ouvrir le VPN", "../vpn/"),
        badge: Some(Badge::new("Brouillon", Tone::Info)),
        facts: vec![("Niveau".to_owned(), Value::text("N1"))],
        lead: Some("Depuis un poste.".to_owned()),
        before: vec![Before {
            key: "prerequisites",
            title: "Prérequis".to_owned(),
            lines: vec![Value::text("Un compte")],
        }],
        tasks: 2,
        body: Html("<p>Faire.</p>".to_owned()),
    };
    BinderContext {
        frame: frame("Classeur"),
        introduction: Some(Html("<p>Avant tout.</p>".to_owned())),
        parts: vec![part("p1"), part("p2")],
    }
}

pub fn procedures() -> ProceduresContext {
    ProceduresContext {
        frame: frame("Procédures"),
        introduction: Some(Html("<p>Par activité.</p>".to_owned())),
        count: 36,
        binders: vec![Link::new("Assister", "binder/")],
        activities: activities(),
    }
}
