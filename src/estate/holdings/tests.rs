//! What one person holds on 20 November 2026, reason by reason.

use crate::estate::Estate;
use crate::estate::holdings::{holdings, holds_anything, loan};
use crate::estate::samples::estate;

const PEOPLE: (&str, &str) = (
    "inventory/people/all.yaml",
    "- {id: camille, name: Camille Exemple}\n- {id: sacha, name: Sacha Exemple}\n",
);

/// What Camille holds, a line each: why, what, since and until.
fn held(estate: &Estate) -> Vec<String> {
    let camille = estate.find("person", "camille").expect("a person");
    let held = holdings(estate, camille).into_iter().map(|it| {
        let day = |day: Option<jiff::civil::Date>| day.map_or("-".to_owned(), |it| it.to_string());
        let what = &estate.record(it.record).title;
        format!("{:?} {what} {} {}", it.reason, day(it.since), day(it.until))
    });
    held.collect()
}

fn assets(yaml: &str) -> Estate {
    estate(&[PEOPLE, ("inventory/assets/all.yaml", yaml)])
}

#[test]
fn a_user_has_what_is_not_gone_and_not_lent() {
    let estate = assets(
        "\
- {id: a, name: Poste, user: camille, in_service: 2026-01-05}
- {id: b, name: Vieux, user: camille, status: retired}
- {id: c, name: Perdu, user: camille, status: lost}
- {id: d, name: Ailleurs, user: sacha}
- {id: e, name: Parti, user: camille, loans: [{to: sacha, from: 2026-11-01}]}
- {id: f, name: Revenu, user: camille, loans: [{to: sacha, from: 2026-10-01, until: 2026-11-19}]}
- {id: g, name: Promis, user: camille, loans: [{to: sacha, from: 2026-11-21}]}
",
    );
    assert_eq!(
        held(&estate),
        ["Own Poste 2026-01-05 -", "Own Revenu - -", "Own Promis - -"]
    );
}

#[test]
fn a_loan_counts_from_its_first_day_to_its_last() {
    let estate = assets(
        "\
- {id: a, name: Aujourd’hui, loans: [{to: camille, from: 2026-11-20, until: 2026-11-20}]}
- {id: b, name: Hier, loans: [{to: camille, from: 2026-11-01, until: 2026-11-19}]}
- {id: c, name: Demain, loans: [{to: camille, from: 2026-11-21, until: 2026-11-30}]}
- {id: d, name: Sans fin, loans: [{to: camille, from: 2026-11-01}]}
- {id: e, name: Repris, loans: [{to: camille, from: 2026-11-01}, {to: sacha, from: 2026-11-10}]}
- {id: f, name: Passé à, loans: [{to: camille, from: 2026-11-10}, {to: sacha, from: 2026-11-01}]}
- {id: g, name: Réformé, status: retired, loans: [{to: camille, from: 2026-11-01}]}
",
    );
    assert_eq!(
        held(&estate),
        [
            "Lent Aujourd’hui 2026-11-20 2026-11-20",
            "Lent Sans fin 2026-11-01 -",
            "Lent Passé à 2026-11-10 -",
        ]
    );
    let asset = |id| estate.find("asset", id).expect("an asset");
    let to = |id| loan(&estate, asset(id)).map(|(to, ..)| to.title.as_str());
    assert_eq!(to("e"), Some("Sacha Exemple"));
    assert_eq!((to("b"), to("c")), (None, None));
}

#[test]
fn licences_are_held_by_the_person_or_by_an_account_while_they_are_assigned() {
    let licence = |id: &str, name: &str, assignments: &str| {
        format!("- {{id: {id}, name: {name}, software: traceur, assignments: [{assignments}]}}\n")
    };
    let licences = [
        licence(
            "a",
            "Sienne",
            "{to: camille, since: 2026-11-20, until: 2026-11-20}",
        ),
        licence("b", "Finie", "{to: camille, until: 2026-11-19}"),
        licence("c", "Prévue", "{to: camille, since: 2026-11-21}"),
        licence("d", "Du compte", "{to: camille-adm}"),
        licence("e", "D’un compte fermé", "{to: camille-vieux}"),
        licence("f", "D’une autre", "{to: sacha}"),
        licence(
            "g",
            "Encore",
            "{to: camille, until: 2026-01-01}, {to: camille, since: 2026-06-01}",
        ),
    ];
    let estate = estate(&[
        PEOPLE,
        ("inventory/software/traceur.yaml", "name: Traceur\n"),
        (
            "inventory/accounts/all.yaml",
            "- {id: camille-adm, login: Adm, person: camille}\n- {id: camille-vieux, login: Vieux, person: camille, enabled: false}\n",
        ),
        ("inventory/licences/all.yaml", &licences.concat()),
    ]);
    assert_eq!(
        held(&estate),
        [
            "Licence Sienne 2026-11-20 2026-11-20",
            "Licence Du compte - -",
            "Licence Encore 2026-06-01 -",
            "Account Adm - -",
        ]
    );
    let sheet = |id| holds_anything(&estate, estate.find("person", id).expect("a person"));
    assert!(sheet("camille") && sheet("sacha"));
}

#[test]
fn whatever_a_kind_of_the_site_hands_to_a_holder_is_held() {
    let badge = "\
kind: badge
folder: badges
title: name
labels: {fr: Badge, en: Badge}
plural: {fr: Badges, en: Badges}
fields:
  - {key: name, type: text}
  - {key: holder, type: reference, to: [person]}
  - {key: since, type: date}
";
    // Its holder is no person: nobody is asked to give it back.
    let shelf = badge
        .replace("badge", "shelf")
        .replace("[person]", "[site]");
    let files = [
        PEOPLE,
        ("inventory/_kinds/badge.yaml", badge),
        ("inventory/_kinds/shelf.yaml", &shelf),
        (
            "inventory/badges/all.yaml",
            "- {id: b1, name: Porte nord, holder: camille, since: 2026-02-03}\n- {id: b2, name: Porte sud, holder: sacha}\n",
        ),
    ];
    assert_eq!(held(&estate(&files)), ["Holder Porte nord 2026-02-03 -"]);
}

#[test]
fn an_account_alone_is_nothing_to_sign_for() {
    let estate = estate(&[
        PEOPLE,
        (
            "inventory/accounts/a.yaml",
            "id: camille-adm\nlogin: Adm\nperson: camille\n",
        ),
    ]);
    assert_eq!(held(&estate), ["Account Adm - -"]);
    let camille = estate.find("person", "camille").expect("a person");
    assert!(!holds_anything(&estate, camille));
}
