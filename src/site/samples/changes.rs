//! Changes of an invented server, with every form that a change can take.

use super::{day, frame, link, pager};
use crate::site::context::{
    Alteration, Badge, CalendarMonth, CalendarRow, Change, ChangeCalendarContext, ChangeLog,
    ChangeNote, ChangeReasons, FieldChange, FileLine, FilterSelect, HistoryContext, HistoryDay,
    HistoryFilter, Html, Link, Piece, Reason, RecordLine, RecordList, SiteChange, TagContext,
    TagKind, TagLine, TagsContext, TextChange, Tone, Touched, Value,
};

fn field(label: &str, before: Option<&str>, after: Option<&str>) -> FieldChange {
    FieldChange {
        label: label.to_owned(),
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
        ..FieldChange::default()
    }
}

fn text() -> TextChange {
    let piece = |kind, text: &str| Piece {
        kind,
        text: text.to_owned(),
    };
    TextChange {
        sections: vec!["section «\u{a0}Panne\u{a0}» ajoutée".to_owned()],
        passages: vec![vec![
            piece("same", "Baie "),
            piece("removed", "du fond"),
            piece("added", "<centrale>"),
        ]],
        cut: true,
    }
}

fn alteration() -> Alteration {
    let lists = FieldChange {
        added: vec!["DNS".to_owned()],
        removed: vec!["DHCP".to_owned()],
        ..field("Rôles", None, None)
    };
    let hidden = FieldChange {
        note: Some("valeur non montrée".to_owned()),
        ..field("Code", None, None)
    };
    let text = FieldChange {
        text: Some(text()),
        ..field("Texte", None, None)
    };
    Alteration {
        facts: vec!["déplacée depuis inventory/assets/lyon.yaml".to_owned()],
        fields: vec![
            field("Site", Some("Lyon"), Some("Grenoble")),
            field("Baie", None, Some("B2")),
            field("Étage", Some("3"), None),
            lists,
            hidden,
            text,
        ],
        more: 2,
    }
}

pub fn change() -> Change {
    Change {
        author: "Karim Benali".to_owned(),
        date: day(19),
        message: "Déménage le contrôleur de domaine <secondaire>".to_owned(),
        rest: "La baie de Lyon est pleine.\n\nVoir <le plan>.".to_owned(),
        revision: link("3f9c2a7"),
        request: Some(link("!42")),
        carries: vec![link("chg-2026-014")],
        pending: None,
        what: Some(alteration()),
    }
}

pub fn log() -> ChangeLog {
    let pending = Change {
        pending: Some("Pas encore enregistré".to_owned()),
        what: Some(alteration()),
        ..Change::default()
    };
    ChangeLog {
        changes: vec![pending, change(), change()],
        notice: Some("Clone partiel.".to_owned()),
        more: Some(link("Tout voir")),
    }
}

fn touched() -> Touched {
    let line = |text: &str| RecordLine {
        link: link(text).hint("Équipement"),
        what: alteration(),
    };
    Touched {
        records: vec![line("srv-ad-02")],
        folded: vec![line("srv-ad-03")],
        more: 3,
        lists: vec![RecordList {
            title: "Ajoutées".to_owned(),
            links: vec![link("Bail serveur")],
            more: 3,
        }],
        files: vec![FileLine {
            path: "carnet.yaml".to_owned(),
            what: "fichier modifié".to_owned(),
        }],
    }
}

pub fn site_change() -> SiteChange {
    SiteChange {
        change: Change {
            what: None,
            ..change()
        },
        touched: touched(),
        notice: Some("Un changement inconnu est nommé.".to_owned()),
    }
}

pub fn change_calendar() -> ChangeCalendarContext {
    let row = |kind, title: &str| CalendarRow {
        kind,
        from: day(18),
        to: Some(day(19)),
        title: Some(title.to_owned()),
        link: Some(link("Nordlys & Cie")),
        badges: vec![Badge::new("Accepté", Tone::Info)],
        facts: vec!["Normal".to_owned(), "Lyon".to_owned()],
        notes: vec![note()],
    };
    let month = |number: &str, title: &str| CalendarMonth {
        id: format!("m2026-{number}"),
        title: title.to_owned(),
        rows: vec![row("change", "Batteries"), row("freeze", "Fêtes")],
    };
    ChangeCalendarContext {
        frame: frame("Calendrier des changements"),
        months: vec![month("11", "novembre 2026")],
        past: vec![month("09", "septembre 2026")],
        download: Some(link("Pour un agenda")),
        list: Some(link("Changements")),
    }
}

pub fn history() -> HistoryContext {
    HistoryContext {
        frame: frame("Journal des modifications"),
        days: vec![HistoryDay {
            date: day(19),
            changes: vec![site_change(), site_change()],
        }],
        notice: Some("L’historique commence au 1er mars 2026.".to_owned()),
        tags: Some(link("3 étiquettes")),
        kinds: vec![link("Équipements").hint("12")],
        months: vec![link("mars 2026").hint("7")],
        filter: Some(HistoryFilter {
            script: "history.js".to_owned(),
            shards: vec!["changes/2026.json".to_owned()],
            selects: vec![FilterSelect {
                name: "kind",
                label: "Genre".to_owned(),
                options: vec![("asset".to_owned(), "Équipements".to_owned())],
            }],
        }),
        pager: Some(pager()),
    }
}

fn tag_line() -> TagLine {
    TagLine {
        link: link("v2026.11"),
        message: "Fin de novembre\n\nInventaire <signé>.".to_owned(),
        change: Change {
            what: None,
            ..change()
        },
        counts: vec![Badge::new("3 fiches modifiées", Tone::Info)],
    }
}

pub fn tags() -> TagsContext {
    TagsContext {
        frame: frame("Étiquettes"),
        tags: vec![tag_line()],
    }
}

pub fn tag() -> TagContext {
    TagContext {
        frame: frame("v2026.11"),
        tag: tag_line(),
        previous: "v2026.10".to_owned(),
        compare: Some(Link::new("Comparer", "https://forge.example/compare")),
        kinds: vec![TagKind {
            id: "kind-asset".to_owned(),
            title: "Équipements".to_owned(),
            count: 1,
            touched: touched(),
        }],
        files: touched().files,
    }
}

pub fn reasons() -> ChangeReasons {
    let words = [
        "Requis",
        "Raison",
        "Retour",
        "Risques",
        "Ressources",
        "Responsable",
        "Relations",
    ];
    ChangeReasons {
        reasons: words
            .map(|word| Reason {
                word: word.to_owned(),
                question: "Qui, quoi, pourquoi ?".to_owned(),
                answer: if word == "Risques" {
                    Value::Empty
                } else {
                    Value::text("Une réponse.")
                },
                key: (word == "Risques").then(|| "risks".to_owned()),
            })
            .to_vec(),
        answered: 6,
        asked: 7,
        facts: vec![("Fenêtre".to_owned(), "18/11/2026 20:00".to_owned())],
        notes: vec![note()],
        relations: Some(Html("<svg></svg>".to_owned())),
    }
}

pub fn note() -> ChangeNote {
    ChangeNote {
        badge: Badge::new("Gel", Tone::Danger),
        text: "Fêtes de fin d’année".to_owned(),
        link: Some(link("Nordlys & Cie")),
    }
}
