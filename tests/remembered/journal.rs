//! The history of the golden site `journal`: every form that a change can take, once.

use carnet::history::{
    Changes, Commit, FileWhat, History, Passage, Piece, RecordChange, SectionChange, Tag,
    TextChange, ValueChange, What,
};

use super::{body, changed, commit, field, file, history, items, record, replaced, tag};

fn steps() -> TextChange {
    let section = |heading: &str, what| SectionChange {
        heading: heading.to_owned(),
        what,
    };
    let pieces = vec![
        Piece::Same("Le voyant ".to_owned()),
        Piece::Removed("est <rouge>".to_owned()),
        Piece::Added("clignote".to_owned()),
        Piece::Same(".".to_owned()),
    ];
    TextChange {
        sections: vec![
            section("Vérifier", What::Changed),
            section("Appeler", What::Removed),
        ],
        passages: vec![Passage {
            pieces,
            ..Passage::default()
        }],
        cut: true,
    }
}

fn moved() -> Vec<RecordChange> {
    vec![
        RecordChange {
            moved_from: Some("inventory/assets/serveurs.yaml".to_owned()),
            ..changed(
                "asset",
                "srv-ad-02",
                vec![items("ip", &["192.0.2.12"], &["192.0.2.11"])],
            )
        },
        RecordChange {
            renamed_from: Some("imp-accueil".to_owned()),
            ..changed("asset", "imp-01", Vec::new())
        },
    ]
}

fn hidden() -> Vec<RecordChange> {
    // A value that a wrong reader of the history would tell: the field is secret today.
    let leaked = replaced("bitlocker_key", "NE-JAMAIS-1", "NE-JAMAIS-2");
    let unknown = replaced("ancien_champ", "NE-JAMAIS-3", "NE-JAMAIS-4");
    let order = field(
        "ip",
        ValueChange::Items {
            added: Vec::new(),
            removed: Vec::new(),
        },
    );
    let secret = field("bitlocker_key", ValueChange::Hidden);
    vec![
        changed("asset", "srv-ad-01", vec![leaked, order, unknown]),
        changed("asset", "srv-ad-02", vec![secret]),
        changed(
            "ancien-genre",
            "x",
            vec![replaced("code", "NE-JAMAIS-5", "NE-JAMAIS-6")],
        ),
    ]
}

fn facts(zoe: &str, karim: &str) -> Vec<Commit> {
    let first = ["srv-ad-01", "srv-ad-02", "imp-01", "pc-0009"];
    let added = |id: &&str| record(What::Added, "asset", id, Vec::new());
    vec![
        commit(
            "2024-03-03T09:00:00+01:00[Europe/Paris]",
            karim,
            "Premier inventaire",
            first.iter().map(added).collect(),
        ),
        commit(
            "2025-11-12T14:05:00+01:00[Europe/Paris]",
            zoe,
            "Déménage à Grenoble & ailleurs",
            vec![changed(
                "asset",
                "srv-ad-02",
                vec![
                    replaced("status", "", "in-service"),
                    replaced("site", "lyon", "salle-b"),
                    replaced("warranty_end", "2025-12-31", "2027-12-31"),
                    replaced("notes", "à rendre", ""),
                ],
            )],
        ),
        commit(
            "2025-12-01T08:00:00+01:00[Europe/Paris]",
            zoe,
            "Un fichier par ville",
            moved(),
        ),
        commit(
            "2025-12-02T08:00:00+01:00[Europe/Paris]",
            karim,
            "Commentaire",
            vec![
                record(What::Reformatted, "asset", "srv-ad-02", Vec::new()),
                record(What::Removed, "asset", "pc-0009", Vec::new()),
            ],
        ),
        commit(
            "2026-02-03T08:00:00+01:00[Europe/Paris]",
            zoe,
            "Le voyant",
            vec![body("procedure", "support/panne", steps())],
        ),
        commit(
            "2026-02-03T07:00:00+01:00[Europe/Paris]",
            zoe,
            "Un fichier cassé",
            Vec::new(),
        ),
        commit(
            "2026-02-04T07:00:00+01:00[Europe/Paris]",
            zoe,
            "Clés changées",
            hidden(),
        ),
    ]
}

/// The journal, with thirty readings of a meter so that the printer's log is cut.
pub fn journal() -> History {
    let zoe = "Zoé <Martin>";
    let karim = "Karim Benali";
    let mut commits = facts(zoe, karim);
    commits[1].request = Some(carnet::history::RequestNumber {
        number: 42,
        mark: carnet::history::RequestMark::Exclamation,
    });
    let reasons = "Le bail de Lyon finit en <mars>.\n\n- deux baies\n- une prise\n\n\
                   Co-authored-by: Karim Benali";
    reasons.clone_into(&mut commits[1].body);
    commits[5].changes.files = vec![
        file("carnet.yaml", FileWhat::Changed),
        file("inventory/assets/imp-01.yaml", FileWhat::Broken),
    ];
    let readings = (1..=30).map(|number| {
        let when = format!("2026-03-{number:02}T08:00:00+01:00[UTC]");
        let room = [format!("Bureau {}", number - 1), format!("Bureau {number}")];
        let change = changed(
            "asset",
            "imp-01",
            vec![replaced("room", &room[0], &room[1])],
        );
        commit(
            &when.replace("+01:00[UTC]", "+00:00[UTC]"),
            karim,
            &format!("Relevé {number}"),
            vec![change],
        )
    });
    commits.extend(readings);
    let mut history = history(commits);
    history.remote = Some("https://gitlab.corp.example/it/parc".to_owned());
    let pending = changed(
        "asset",
        "imp-01",
        vec![replaced("room", "Bureau 30", "Accueil")],
    );
    history.uncommitted.records = vec![pending];
    let mut records = moved();
    records.push(record(What::Added, "person", "zmartin", Vec::new()));
    records.push(record(What::Removed, "asset", "pc-0009", Vec::new()));
    let files = vec![file("carnet.yaml", FileWhat::Changed)];
    // An annotated tag, and two light ones.
    let inventory = "Inventaire de mars\n\nVu avec zoe@…, <signé>.";
    history.tags = vec![
        tag("v2026/03", 0, Some(Changes::default())),
        Tag {
            message: inventory.to_owned(),
            ..tag("v2026-03", 0, Some(Changes { records, files }))
        },
        tag("v2024", 36, None),
    ];
    history
}
