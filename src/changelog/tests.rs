//! Reports of changes made by hand, compared with texts that a person has read (`BLESS=1` writes
//! them anew).

mod hostile;

use std::collections::BTreeMap;
use std::path::Path;

use super::*;
use crate::diagnostic::Language;
use crate::diagnostic::Language::{En, Fr};
use crate::estate::Estate;
use crate::estate::samples::estate;
use crate::history::{
    Changes, FieldChange, FileChange, FileWhat, Passage, Piece, RecordChange, RecordName, Recorded,
    SectionChange, TextChange, ValueChange, What,
};

fn small() -> Estate {
    estate(&[
        (
            "inventory/sites/all.yaml",
            "- {id: lyon, name: Lyon Part-Dieu}\n- {id: annecy, name: Annecy}\n",
        ),
        (
            "inventory/assets/srv-ad-01.yaml",
            "name: Contrôleur de domaine\nsite: annecy\n",
        ),
    ])
}

fn text(text: &str) -> Recorded {
    Recorded::Text(text.to_owned())
}

fn replaced(key: &str, old: Option<&str>, new: Option<&str>) -> FieldChange {
    FieldChange {
        key: key.to_owned(),
        value: ValueChange::Replaced {
            old: old.map(text),
            new: new.map(text),
        },
    }
}

fn change(kind: &str, id: &str, what: What) -> RecordChange {
    RecordChange {
        audiences: Vec::new(),
        record: RecordName {
            kind: kind.to_owned(),
            id: id.to_owned(),
            language: None,
        },
        title: None,
        path: format!("inventory/{kind}s/{id}.yaml"),
        what,
        moved_from: None,
        renamed_from: None,
        fields: Vec::new(),
        body: None,
    }
}

fn body() -> TextChange {
    let section = |heading: &str, what| SectionChange {
        heading: heading.to_owned(),
        what,
    };
    TextChange {
        sections: vec![
            section("", What::Changed),
            section("Retour arrière", What::Added),
        ],
        passages: vec![Passage {
            pieces: vec![
                Piece::Same("Ouvrir la session.\nRedémarrer ".to_owned()),
                Piece::Removed("le poste".to_owned()),
                Piece::Added("`srv-ad-01` et prévenir @direction".to_owned()),
                Piece::Same(".\nFermer.\n".to_owned()),
            ],
            ..Passage::default()
        }],
        cut: true,
    }
}

/// One of everything.
fn all() -> Changes {
    let asset = RecordChange {
        title: Some("Contrôleur de domaine".to_owned()),
        moved_from: Some("inventory/assets/tout.yaml".to_owned()),
        renamed_from: Some("srv-01".to_owned()),
        fields: vec![
            replaced("site", Some("lyon"), Some("annecy")),
            replaced("warranty_end", None, Some("2027-12-31")),
            replaced("price", Some("1249.90"), None),
            FieldChange {
                key: "tags".to_owned(),
                value: ValueChange::Items {
                    added: vec![text("ad"), text("dns|dhcp")],
                    removed: vec![text("vieux")],
                },
            },
            FieldChange {
                key: "depends_on".to_owned(),
                value: ValueChange::Items {
                    added: Vec::new(),
                    removed: Vec::new(),
                },
            },
            FieldChange {
                key: "mot_de_passe".to_owned(),
                value: ValueChange::Hidden,
            },
        ],
        ..change("asset", "srv-ad-01", What::Changed)
    };
    let licence = RecordChange {
        fields: vec![replaced("key", Some("AAAA-1111"), Some("BBBB-2222"))],
        title: Some("*Suite* <b>".to_owned()),
        ..change("licence", "suite", What::Changed)
    };
    let procedure = RecordChange {
        path: "procedures/vpn.md".to_owned(),
        title: Some("Se connecter au VPN".to_owned()),
        body: Some(body()),
        ..change("procedure", "vpn", What::Changed)
    };
    let file = |path: &str, what| FileChange {
        path: path.to_owned(),
        what,
    };
    Changes {
        records: vec![
            asset,
            change("asset", "srv-ad-02", What::Reformatted),
            licence,
            procedure,
            RecordChange {
                title: Some("Annecy".to_owned()),
                ..change("site", "annecy", What::Added)
            },
            change("voiture", "c3", What::Removed),
        ],
        files: vec![
            file("content/plan.png", FileWhat::Added),
            file("inventory/assets/tout.yaml", FileWhat::Reformatted),
            file("inventory/people/all.yaml", FileWhat::Broken),
        ],
    }
}

fn sides() -> (Side, Side) {
    let old = Side {
        name: Some("v1".to_owned()),
        commit: Some("0123456789abcdef0123456789abcdef01234567".to_owned()),
    };
    let new = Side {
        name: None,
        commit: None,
    };
    (old, new)
}

fn differences(changes: &Changes, language: Language) -> Differences {
    Differences::new(&small(), changes, sides(), language)
}

fn expect(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/changelog")
        .join(name);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, found).expect("the expected text is written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(expected, found, "{name}");
}

#[test]
fn differences_in_every_form() {
    for language in [Fr, En] {
        let report = differences(&all(), language);
        let code = language.code();
        expect(&format!("diff.{code}.txt"), &report.human(false));
        expect(&format!("diff.{code}.md"), &report.markdown());
    }
    let report = differences(&all(), Fr);
    expect("diff.fr.json", &report.json());
    let plain = report.human(false);
    let painted = report.human(true);
    let codes = ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[2m", "\u{1b}[31m"];
    let codes = codes.into_iter().chain(["\u{1b}[32m", "\u{1b}[33m"]);
    let bare = codes.fold(painted, |text, code| text.replace(code, ""));
    let unmarked = plain.replace("[-le poste-]", "le poste");
    let unmarked = unmarked.replace("{+`srv-ad-01` et prévenir @direction+}", "");
    assert!(!bare.contains('\u{1b}'));
    let marks = |line: &&str| !line.contains("Redémarrer") && !line.contains("[-retiré-]");
    assert!(bare.contains("Dans les textes\u{a0}: retiré, ajouté"));
    for line in unmarked.lines().filter(marks) {
        assert!(bare.contains(line), "{line}");
    }
}

#[test]
fn secrets_are_never_told() {
    let report = differences(&all(), Fr);
    for told in [report.human(true), report.markdown(), report.json()] {
        assert!(!told.contains("AAAA-1111") && !told.contains("BBBB-2222"));
    }
}

#[test]
fn nothing_is_said_when_nothing_differs() {
    let report = differences(&Changes::default(), Fr);
    assert!(report.is_empty());
    assert_eq!(
        report.human(false),
        "v1 (01234567) → fichiers du dossier\nrien ne diffère\n"
    );
    assert!(report.markdown().ends_with("\nRien ne diffère.\n"));
    let only = Changes {
        records: vec![change("asset", "a", What::Reformatted)],
        files: Vec::new(),
    };
    let report = differences(&only, En);
    assert!(!report.is_empty());
    assert!(
        report
            .markdown()
            .contains("1\u{a0}record: formatting only.")
    );
}

#[test]
fn a_log_tells_what_is_not_committed_first() {
    let mut small = small();
    let commits = vec![commit('b', "Déménagement"), commit('a', "Premier parc")];
    let mut commits = commits;
    commits[0].changes.records = vec![all().records[0].clone()];
    commits[1].changes.records = vec![change("asset", "srv-01", What::Added)];
    let name = RecordName {
        kind: "asset".to_owned(),
        id: "SRV-AD-01".to_owned(),
        language: None,
    };
    let places = BTreeMap::from([(name.key(), vec![(0, 0), (1, 0)])]);
    let state = crate::history::State::Complete;
    let mut history =
        crate::history::History::new(state, commits, BTreeMap::new()).with_records(places);
    history.remote = Some("https://gitlab.corp.example/it/parc".to_owned());
    history.uncommitted.records = vec![RecordChange {
        fields: vec![replaced("price", None, Some("10"))],
        ..change("asset", "srv-ad-01", What::Changed)
    }];
    small.history = std::sync::Arc::new(history);
    let log = |limit, language| RecordLog::new(&small, &name, limit, language);
    expect("history.fr.txt", &log(9, Fr).human(false));
    expect("history.en.txt", &log(2, En).human(false));
    expect("history.en.json", &log(9, En).json());
}

fn commit(letter: char, summary: &str) -> crate::history::Commit {
    let when = jiff::civil::date(2026, 11, 20).at(9, 30, 0, 0);
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(1));
    crate::history::Commit {
        id: letter.to_string().repeat(40),
        author: "Zoé Martin".to_owned(),
        when: when.to_zoned(zone).expect("a moment"),
        summary: summary.to_owned(),
        body: "Ticket INC-0042.\n\nAvec l’équipe.".to_owned(),
        files: 1,
        changes: Changes::default(),
        request: Some(crate::history::RequestNumber {
            number: 42,
            mark: crate::history::RequestMark::Exclamation,
        }),
    }
}
