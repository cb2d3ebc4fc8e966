//! What is handed over when somebody goes, in a small estate.

use super::*;
use crate::estate::samples::estate;

/// The ids of a person's duties, each with the keys of its roles.
fn duties_of(files: &[(&str, &str)]) -> Vec<(String, Vec<String>)> {
    let people = (
        "inventory/people/all.yaml",
        "- {id: zoe, name: Zoé}\n- {id: ana, name: Ana}\n",
    );
    let all: Vec<(&str, &str)> = files.iter().copied().chain([people]).collect();
    let estate = estate(&all);
    let zoe = estate.listed("person").find(|it| it.source.id == "zoe");
    let zoe = zoe.expect("Zoé");
    let duties = items(&estate, zoe, Occasion::Departure).into_iter();
    let duties = duties.filter(|item| item.topic == Topic::Duties);
    duties
        .map(|item| {
            let record = estate.record(item.record);
            let roles = roles(&estate, record, zoe).into_iter();
            let keys = roles.map(|role| role.key.clone()).collect();
            (record.source.id.clone(), keys)
        })
        .collect()
}

fn one(path: &str, text: &str) -> Vec<String> {
    let path = format!("inventory/{path}");
    let found = duties_of(&[(&path, text)]);
    found.into_iter().flat_map(|(_, roles)| roles).collect()
}

#[test]
fn every_role_is_handed_over() {
    assert_eq!(one("contracts/a.yaml", "name: A\nowner: zoe\n"), ["owner"]);
    assert_eq!(
        one("licences/a.yaml", "name: A\nsoftware: s\nmanager: zoe\n"),
        ["manager"]
    );
    assert_eq!(one("budgets/a.yaml", "name: A\nowner: zoe\n"), ["owner"]);
    assert_eq!(one("sites/a.yaml", "name: A\ncontact: zoe\n"), ["contact"]);
    assert_eq!(
        one(
            "purchases/a.yaml",
            "name: A\nrequester: zoe\napprover: zoe\n"
        ),
        ["requester", "approver"]
    );
}

#[test]
fn a_role_beside_a_holder_is_seen() {
    let account = "login: a\nperson: zoe\nowner: zoe\n";
    assert_eq!(one("accounts/a.yaml", account), ["owner"]);
}

#[test]
fn what_is_over_asks_for_nobody() {
    let ticket = |status: &str| {
        format!("title: A\nopened: 2026-01-05 08:00\nstatus: {status}\nassignee: zoe\n")
    };
    assert_eq!(one("tickets/a.yaml", &ticket("assigned")), ["assignee"]);
    assert!(one("tickets/a.yaml", &ticket("closed")).is_empty());
    let contract = "name: A\nowner: zoe\nterminated: 2026-01-01\n";
    assert!(one("contracts/a.yaml", contract).is_empty());
    let training = "title: A\nstatus: done\ntrainer: zoe\n";
    assert!(one("trainings/a.yaml", training).is_empty());
    let gone = "name: Léa\nmanager: zoe\nleft: 2026-01-01\n";
    assert!(one("people/lea.yaml", gone).is_empty());
}

#[test]
fn a_shift_counts_until_it_is_over() {
    let shift = |day: &str| {
        format!("name: A\nshifts:\n  - {{from: {day} 08:00, to: {day} 18:00, person: zoe}}\n")
    };
    assert!(one("rotas/a.yaml", &shift("2026-01-05")).is_empty());
    assert_eq!(one("rotas/a.yaml", &shift("2026-12-24")), ["person"]);
}

#[test]
fn who_something_is_for_answers_for_nothing() {
    let need = "title: A\nbeneficiaries: [zoe]\ndecided_by: zoe\n";
    assert!(one("needs/a.yaml", need).is_empty());
}
