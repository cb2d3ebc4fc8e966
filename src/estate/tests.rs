//! Small estates made from texts: what names mean, positions of licences, the way of a ticket.

use super::licences::Validity::{Expired, Future, Perpetual, Soon, Valid};
use super::samples::estate;
use super::*;

#[test]
fn references_mean_records_and_back_links_are_known() {
    let estate = estate(&[
        (
            "inventory/sites/all.yaml",
            "- {id: lyon, name: Lyon}\n- {id: annecy, name: Annecy}\n",
        ),
        (
            "inventory/assets/a.yaml",
            "- {id: SRV-01, name: Un, site: Lyon}\n- {id: srv-02, name: Deux, site: lyon, depends_on: [srv-01, srv-99]}\n",
        ),
        (
            "procedures/reseau/vpn.md",
            "Voir SRV-02 et srv-77, puis [[srv-01]].\n",
        ),
        (
            "procedures/a.md",
            "[[vpn]] et [[reseau/vpn#rien]] et [x](reseau/vpn.md)\n",
        ),
    ]);
    let lyon = estate.find("site", "lyon").expect("a site");
    assert_eq!(lyon.back_links.len(), 2);
    let first = estate.find("asset", "srv-01").expect("ids ignore case");
    assert_eq!(first.url, "assets/srv-01/");
    let second = estate.find("asset", "srv-02").expect("an asset");
    assert_eq!(second.links[0], Link::Record(lyon.id));
    assert_eq!(second.links[1..], [Link::Record(first.id), Link::Dangling]);
    let vpn = estate.find("procedure", "reseau/vpn").expect("a procedure");
    let to = |record: &Record| Target::Record {
        id: record.id,
        fragment: None,
    };
    assert_eq!(vpn.mentions[0], [to(second), Target::Word, to(first)]);
    let other = estate.find("procedure", "a").expect("a procedure");
    assert_eq!(
        other.mentions[0],
        [to(vpn), Target::DeadAnchor { id: vpn.id }, to(vpn)]
    );
    assert_eq!(vpn.title, "vpn");
}

#[test]
fn the_same_id_twice_keeps_the_first_and_tells_of_both() {
    let estate = estate(&[
        ("inventory/assets/a.yaml", "- {id: x, name: Un}\n"),
        ("inventory/assets/b.yaml", "- {id: X, name: Deux}\n"),
    ]);
    assert_eq!(estate.of_kind("asset").len(), 1);
    let (second, first) = &estate.duplicates[0];
    assert_eq!(
        (
            second.file.path.as_str(),
            estate.record(*first).title.as_str()
        ),
        ("inventory/assets/b.yaml", "Un")
    );
}

#[test]
fn folder_pages_and_translations_are_not_listed() {
    let estate = estate(&[
        ("content/index.md", "Bonjour.\n"),
        ("content/guide/index.md", "# Guide\n"),
        ("content/guide/index.en.md", "# Guide in English\n"),
        ("procedures/README.md", "Comment faire.\n"),
    ]);
    let urls: Vec<&str> = estate
        .records()
        .iter()
        .map(|record| record.url.as_str())
        .collect();
    assert_eq!(urls, ["", "guide/", "en/guide/", "procedures/"]);
    assert_eq!(estate.listed("page").count(), 1);
    assert_eq!(estate.listed("procedure").count(), 0);
    assert!(estate.folder_page("procedure", None).is_some());
}

#[test]
fn pictures_are_found_beside_the_page_and_by_name() {
    let estate = estate(&[
        (
            "content/a.md",
            "![x](img/b.png) ![[c.png]] ![[d.png]] [m](img/b.png) ![y](../../e.png)\n",
        ),
        ("content/img/b.png", "b"),
        ("procedures/deep/c.png", "c"),
    ]);
    let page = estate.find("page", "a").expect("a page");
    let file = |path: &str| Target::File(path.to_owned());
    assert_eq!(
        page.mentions[0],
        [
            file("content/img/b.png"),
            file("procedures/deep/c.png"),
            Target::Missing,
            file("content/img/b.png"),
            Target::Missing
        ]
    );
}

#[test]
fn a_licence_counts_from_its_first_day_to_its_last() {
    let of = |dates: &str| {
        let licence = format!("name: L\nsoftware: s\n{dates}\n");
        let files = [
            ("inventory/software/s.yaml", "name: S\n"),
            ("inventory/licences/l.yaml", licence.as_str()),
        ];
        let estate = estate(&files);
        let found = licences::positions(&estate);
        found[0].licences[0].validity
    };
    assert_eq!(of("starts: 2026-11-20"), Perpetual);
    assert_eq!(of("starts: 2026-11-21"), Future(1));
    assert_eq!(of("starts: 2026-11-21\nexpires: 2026-11-22"), Future(1));
    assert_eq!(of("starts: 2026-01-01\nexpires: 2026-11-19"), Expired(1));
    assert_eq!(of("expires: 2026-11-20"), Soon(0));
    assert_eq!(of("expires: 2027-02-18"), Soon(90));
    assert_eq!(of("expires: 2027-02-19"), Valid(91));
}

#[test]
fn a_place_keeps_the_holidays_of_where_it_lies() {
    let sites = "\
- {id: strasbourg, name: Strasbourg, postal_code: 67000}
- {id: atelier, name: Atelier, parent: strasbourg}
- {id: lyon, name: Lyon, postal_code: 69007}
- {id: salle, name: Salle, parent: lyon}
- {id: saint-denis, name: Saint-Denis, postal_code: 69007, holidays: La Réunion}
";
    let estate = estate(&[("inventory/sites/all.yaml", sites)]);
    let of = |id| {
        let place = estate.find("site", id).expect("a site");
        service_levels::terms::holidays_of_place(&estate, place).name()
    };
    let places = ["strasbourg", "atelier", "lyon", "salle", "saint-denis"];
    assert_eq!(
        places.map(of),
        [
            "Alsace-Moselle",
            "Alsace-Moselle",
            "France",
            "France",
            "La Réunion"
        ]
    );
}

const LICENCES: &str = "
- {id: ok, name: Ok, software: s, seats: 3, cost: 120, cost_period: monthly, assignments: [{to: a}, {to: b, until: 2026-11-19}, {to: c, since: 2026-11-21}]}
- {id: over, name: Over, software: s, seats: 1, cost: 50, cost_period: yearly, expires: 2026-12-02, assignments: [{to: a}, {to: b, seats: 2}]}
- {id: gone, name: Gone, software: s, seats: 5, cost: 99, expires: 2026-10-20, assignments: [{to: a}]}
- {id: free, name: Free, software: t}
";

#[test]
fn licence_positions_count_what_holds_today() {
    let estate = estate(&[
        (
            "inventory/software/s.yaml",
            "- {id: s, name: S}\n- {id: t, name: T}\n",
        ),
        (
            "inventory/people/p.yaml",
            "- {id: a, name: A}\n- {id: b, name: B}\n- {id: c, name: C}\n",
        ),
        ("inventory/licences/l.yaml", LICENCES),
    ]);
    let position = |id: &str| {
        let position = licences::position(&estate, estate.find("licence", id).expect("a licence"));
        (
            position.bought,
            position.assigned,
            position.free(),
            position.over(),
            position.validity,
        )
    };
    assert_eq!(position("ok"), (Some(3), 1, Some(2), 0, Perpetual));
    assert_eq!(position("over"), (Some(1), 3, Some(0), 2, Soon(12)));
    assert_eq!(position("gone"), (Some(5), 1, Some(0), 1, Expired(31)));
    assert_eq!(position("free"), (None, 0, None, 0, Perpetual));
    let all = licences::positions(&estate);
    let s = &all[0];
    assert_eq!(
        (s.bought, s.assigned, s.free(), s.over()),
        (Some(4), 5, Some(2), 3)
    );
    assert_eq!(
        (s.yearly_cost.to_string(), s.one_off_cost.to_string()),
        ("1490".to_owned(), "99".to_owned())
    );
    assert_eq!(all[1].bought, None);
}

const WORKFLOW: &str = "
name: Incidents
for: incident
states:
  - {key: new, name: Nouveau, phase: new}
  - {key: assigned, name: En cours, phase: assigned}
  - {key: resolved, name: Résolu, phase: resolved}
transitions:
  - {from: new, to: assigned, name: Prendre, promise: gti}
  - {from: assigned, to: assigned, name: Vers N2, level: n2}
  - {from: assigned, to: assigned, name: Vers N3, level: n3}
  - {from: assigned, to: resolved, name: Résoudre, promise: gtr}
  - {from: resolved, to: assigned, name: Rouvrir}
";

const TICKET: &str = "
title: Panne
type: incident
status: assigned
requester: a
opened: 2026-11-19 09:00
urgency: high
impact: very-high
timeline:
  - {at: 2026-11-19 09:00, event: opened}
  - {at: 2026-11-19 09:10, event: taken}
  - {at: 2026-11-19 09:20, event: comment}
  - {at: 2026-11-19 10:00, event: escalated, level: n3}
  - {at: 2026-11-19 11:00, event: resolved}
  - {at: 2026-11-19 12:00, event: reopened}
";

#[test]
fn a_ticket_walks_its_workflow() {
    let estate = estate(&[
        ("inventory/workflows/w.yaml", WORKFLOW),
        ("inventory/people/a.yaml", "name: A\n"),
        ("inventory/tickets/t.yaml", TICKET),
    ]);
    let ticket = estate.find("ticket", "t").expect("a ticket");
    let (_, walk) = workflows::walk_of(&estate, ticket).expect("a workflow for incidents");
    assert_eq!(walk.current, Some(1));
    assert_eq!(walk.visited, [true, true, true]);
    assert_eq!(walk.taken, [1, 0, 1, 1, 1]);
    assert!(tickets::is_open(ticket));
    let events = tickets::timeline(&estate, ticket);
    let opened = ticket.view().date_time("opened").expect("written");
    let zone = jiff::tz::TimeZone::UTC;
    assert_eq!(
        tickets::minutes_to_respond(&zone, opened, &events),
        Some(10)
    );
    assert_eq!(
        tickets::minutes_to_restore(&zone, opened, &events),
        None,
        "it was reopened"
    );
    assert_eq!(
        tickets::minutes_to_restore(&zone, opened, &events[..5]),
        Some(120)
    );
    assert_eq!(
        tickets::priority(&estate, ticket).map(|choice| choice.key.as_str()),
        Some("very-high")
    );
}

#[test]
fn deadlines_are_those_of_live_records() {
    let estate = estate(&[(
        "inventory/assets/a.yaml",
        "- {id: a, name: A, status: in-service, warranty_end: 2026-12-01}\n- {id: b, name: B, status: retired, warranty_end: 2026-12-01}\n- {id: c, name: C, warranty_end: 2027-12-01}\n",
    )]);
    let all = deadlines::shown(&estate);
    let found: Vec<_> = all
        .iter()
        .map(|deadline| (deadline.record.title.as_str(), deadline.days))
        .collect();
    assert_eq!(found, [("A", 11)]);
}
