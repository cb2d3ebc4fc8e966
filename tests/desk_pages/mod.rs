//! A small service desk as its pages tell it: whose each ticket is, what its clocks do, what its links
//! carry, what a contract promises. Each test is something that a newcomer once read wrongly.

use std::collections::BTreeMap;
use std::fs;
use std::sync::OnceLock;

use crate::building;

/// 25 October 2026 is the day on which the clocks go back; 2 November is a Monday.
const FILES: [(&str, &str); 15] = [
    (
        "carnet.yaml",
        "as_of: 2026-11-20\ntitle: Guichet\nlanguage: fr\ntime_zone: Europe/Paris\n",
    ),
    (
        "inventory/organisations/all.yaml",
        "- {id: esn, name: ESN, type: company}\n- {id: mairie, name: Mairie, type: client}\n\
         - {id: lycee, name: Lycée, type: client}\n",
    ),
    (
        "inventory/sites/all.yaml",
        "- {id: sainte-rose, name: Sainte-Rose, organisation: mairie}\n\
         - {id: salle, name: Salle, parent: sainte-rose}\n",
    ),
    ("inventory/people/all.yaml", "- {id: ana, name: Ana}\n"),
    (
        "inventory/assets/all.yaml",
        "- {id: srv-1, name: srv-1, type: server, hostname: srv-1, ip: [192.0.2.10, 192.0.2.11], site: salle}\n\
         - {id: srv-2, name: srv-2, type: server, hostname: srv-2}\n",
    ),
    (
        "inventory/workflows/all.yaml",
        "- id: flux-inc\n  name: Incidents\n  for: incident\n  states: &states\n  \
         - {key: new, name: Nouveau, phase: new}\n  - {key: assigned, name: En cours, phase: assigned}\n  \
         - {key: pending, name: En attente, phase: pending}\n  - {key: resolved, name: Résolu, phase: resolved}\n  \
         - {key: closed, name: Clos, phase: closed}\n  transitions: &ways\n  \
         - {from: new, to: assigned, name: Prendre}\n  - {from: assigned, to: pending, name: Attendre}\n  \
         - {from: pending, to: assigned, name: Reprendre}\n  - {from: assigned, to: resolved, name: Résoudre}\n  \
         - {from: resolved, to: closed, name: Clore}\n\
         - id: flux-mairie\n  name: Incidents mairie\n  for: incident\n  organisation: mairie\n  \
         states: *states\n  transitions: *ways\n",
    ),
    (
        "inventory/contracts/all.yaml",
        "- id: ctr\n  name: Contrat\n  organisation: mairie\n  gti: 1 h\n  gtr: 4 h\n  \
         service_hours: lun-ven 08:00-18:00\n  on_call_hours: week-ends\n  on_call_priorities: [major]\n  \
         penalty_gti: 50\n  penalty_gtr: 150\n  promises:\n  - {priorities: [major], gti: 30 min}\n  \
         - {types: [request], gtr: 3 j}\n",
    ),
    (
        "inventory/tickets/nuit.yaml",
        "title: Nuit\ntype: incident\nstatus: resolved\nrequester: ana\nsite: salle\nassets: [srv-1]\n\
         opened: 2026-10-25 01:50\ntimeline:\n- {at: 2026-10-25 01:50, event: taken}\n\
         - {at: 2026-10-25 05:00, event: resolved}\n",
    ),
    (
        "inventory/tickets/deux.yaml",
        "title: Deux\ntype: incident\nstatus: assigned\nrequester: ana\nassets: [srv-1, srv-2]\n\
         opened: 2026-11-02 09:00\ntimeline:\n- {at: 2026-11-02 09:05, event: taken}\n",
    ),
    (
        "inventory/tickets/tard.yaml",
        "title: Tard\ntype: incident\nstatus: resolved\nrequester: ana\norganisation: mairie\ncontract: ctr\n\
         opened: 2026-11-02 09:00\ntimeline:\n\
         - {at: 2026-11-02 11:00, event: taken}\n- {at: 2026-11-02 11:30, event: pending, note: après}\n\
         - {at: 2026-11-02 11:40, event: resumed}\n- {at: 2026-11-02 11:50, event: resolved}\n",
    ),
    (
        "inventory/problems/prb-1.yaml",
        "title: Onduleur fatigué\nstatus: assigned\nopened: 2026-11-03 09:00\ntickets: [tard, deux]\n\
         workaround: Redémarrer.\n",
    ),
    (
        "procedures/relance.md",
        "---\ntitle: Relance\nstatus: valid\napplies_to:\n  - {type: server}\n---\n# Relance\n\n- [ ] Joindre `ping {{ asset.ip }}`\n",
    ),
    (
        "inventory/services/all.yaml",
        "- {id: messagerie, name: Messagerie}\n",
    ),
    (
        "inventory/rotas/nuits.yaml",
        "name: Nuits\nshifts:\n- {from: 2026-11-19 18:00, to: 2026-11-20 18:00, person: ana}\n\
         - {from: 2026-11-20 20:00, to: 2026-11-21 18:00, person: ana}\n",
    ),
    (
        "inventory/tickets/oubli.yaml",
        "title: Oublié\ntype: incident\nstatus: new\nrequester: ana\ncontract: ctr\nopened: 2026-11-16 09:00\n",
    ),
];

/// The pages of the desk by their paths.
fn pages() -> &'static BTreeMap<String, String> {
    static PAGES: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    PAGES.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in FILES {
            let place = folder.path().join(path);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, text).unwrap();
        }
        let build = building::build(folder.path());
        let files = building::files(&build).into_iter();
        let pages = files.filter(|(path, _)| building::is(path, "html"));
        pages
            .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
            .collect()
    })
}

/// The main part of a page.
fn main(path: &str) -> &'static str {
    let page = pages().get(path);
    let page = page.unwrap_or_else(|| panic!("{path} is one of {:?}", pages().keys()));
    let (_, main) = page.split_once("<main").expect("a main part");
    main
}

/// What follows the first place of a mark.
fn after<'a>(text: &'a str, mark: &str) -> &'a str {
    let (_, rest) = text
        .split_once(mark)
        .unwrap_or_else(|| panic!("{mark} is in {text}"));
    rest
}

/// What stands between two marks, tags left out, no-break spaces as spaces.
fn between(text: &str, from: &str, to: &str) -> String {
    let (part, _) = after(text, from).split_once(to).expect("an end");
    let mut words = String::new();
    let mut is_tag = false;
    for char in part.chars() {
        match char {
            '<' => is_tag = true,
            '>' => {
                is_tag = false;
                words.push(' ');
            }
            '\u{a0}' | '\u{202f}' => words.push(' '),
            _ if !is_tag => words.push(char),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_ticket_of_a_place_goes_its_clients_way() {
    let ticket = main("tickets/nuit/index.html");
    assert!(ticket.contains("workflows/flux-mairie/"));
    assert!(!ticket.contains("workflows/flux-inc/"));
}

#[test]
fn a_flow_says_what_time_does_in_every_state() {
    let flow = main("workflows/flux-inc/index.html");
    for told in ["délai en pause", "délai arrêté"] {
        assert!(flow.contains(told), "{told}");
    }
    let states = between(flow, "<caption>États", "</table>");
    for told in ["En attente En attente En pause", "Clos Clos Arrêtée"] {
        assert!(states.contains(told), "{told} is in {states}");
    }
}

#[test]
fn a_stay_has_one_length() {
    let ticket = main("tickets/nuit/index.html");
    let stages = between(ticket, "class=\"stages\"", "</ol>");
    assert!(
        stages.contains("4 h 10 min (par le calendrier)"),
        "{stages}"
    );
    let table = between(ticket, "<caption>Temps dans chaque état", "</table>");
    assert!(table.contains("4 h 10 min"), "{table}");
    let late = main("tickets/tard/index.html");
    let stages = between(late, "class=\"stages\"", "</ol>");
    assert!(stages.contains("30 min (heures ouvertes)"), "{stages}");
    let table = between(late, "<caption>Temps dans chaque état", "</table>");
    assert!(
        table.ends_with("Échéance GTR – Non renseigné 02/11/2026 13:10 tenue"),
        "{table}"
    );
}

#[test]
fn holes_take_one_value_and_look_like_holes() {
    let of = |path: &str| {
        let links = main(path).split("href=\"").skip(1);
        let links = links.filter_map(|rest| rest.split('"').next());
        let own = links.filter(|link| link.contains("procedures/relance/"));
        own.map(str::to_owned).collect::<Vec<_>>()
    };
    let filled = "#asset=srv-1&amp;ip=192.0.2.10";
    // A ticket's page also says for which ticket the procedure is followed.
    for (path, ticket) in [
        ("assets/srv-1/index.html", ""),
        ("tickets/nuit/index.html", "&amp;ticket=nuit"),
    ] {
        let links = of(path);
        let end = format!("{filled}{ticket}");
        assert!(
            !links.is_empty() && links.iter().all(|link| link.ends_with(&end)),
            "{links:?}"
        );
    }
    let links = of("tickets/deux/index.html");
    assert!(
        !links.is_empty()
            && links
                .iter()
                .all(|link| link.ends_with("relance/#ticket=deux")),
        "{links:?}"
    );
    let steps = main("procedures/relance/index.html");
    assert!(steps.contains(">‹Adresses IP›</span>") || steps.contains(">‹Adresse IP›</span>"));
}

#[test]
fn a_report_gives_reasons_and_known_problems() {
    let report = main("organisations/mairie/reports/2026-11/index.html");
    let missed = between(report, "id=\"missed\"", "</table>");
    assert!(
        missed.contains("GTI") && !missed.contains("après"),
        "{missed}"
    );
    let problems = between(report, "id=\"problems\"", "</section>");
    assert!(problems.contains("Onduleur fatigué"), "{problems}");
}

#[test]
fn a_contract_tells_hours_and_penalties_line_by_line() {
    let contract = main("contracts/ctr/index.html");
    let rows = between(contract, "id=\"promises\"", "</tbody>");
    let fine = "GTI 50 €, GTR 150 €";
    let hours = "lun-ven 08:00–18:00";
    for told in [
        format!("{hours} + week-ends {fine} Demande"),
        format!("{hours} + week-ends (Majeure) {fine} Contrat 1 h"),
        "Demande 1 h (heures ouvertes)".to_owned(),
    ] {
        assert!(rows.contains(&told), "{told} is in {rows}");
    }
    assert!(contract.contains("Délais en cours"));
}

#[test]
fn late_tickets_come_first_and_say_so() {
    let board = between(main("index.html"), "Tickets ouverts", "</table>");
    let (first, rest) = board.split_once("Deux").expect("the older ticket");
    assert!(
        first.contains("Oublié") && first.contains("en retard Nouveau"),
        "{board}"
    );
    assert!(!rest.contains("en retard"), "{board}");
}

#[test]
fn hours_without_anybody_on_call_are_told() {
    let hole = "Personne d’astreinte : ven. 20 nov. 18:00 – ven. 20 nov. 20:00";
    for (path, from, to) in [
        (
            "rotas/nuits/index.html",
            "id=\"on-call-today\"",
            "</section>",
        ),
        ("index.html", "id=\"on-call\"", "</section>"),
    ] {
        let card = between(main(path), from, to);
        assert!(card.contains(hole), "{card}");
    }
}

#[test]
fn the_contents_lead_to_every_block() {
    let contents = |path: &str, id: &str| {
        let list = after(&pages()[path], "id=\"contentsSheet\"");
        let (list, _) = list.split_once("</nav>").expect("an end");
        assert!(list.contains(&format!("href=\"#{id}\"")), "{path}: {list}");
        assert!(main(path).contains(&format!("id=\"{id}\"")), "{path}: {id}");
    };
    for id in ["flow", "timeline", "applicable"] {
        contents("tickets/nuit/index.html", id);
    }
    contents("problems/prb-1/index.html", "incidents");
    contents("contracts/ctr/index.html", "promises");
}

#[test]
fn one_thing_is_counted_as_one() {
    let home = main("index.html");
    let tiles = between(home, "class=\"kind-tiles\"", "</ul>");
    assert!(tiles.contains("Procédure"), "{tiles}");
    assert!(!tiles.contains("Procédures"), "{tiles}");
}
