//! Effective rights through nested groups, what is wrong with rights, and separation of duties.

use super::conflicts::{conflicts, pairs};
use super::*;
use crate::estate::samples::estate;

const GROUPS: &str = "- {id: all, name: All, everyone: true}\n\
    - {id: pay, name: Pay, parent: finance, conflicts: [approve]}\n\
    - {id: finance, name: Finance, parent: all}\n\
    - {id: approve, name: Approve}\n\
    - {id: loop-a, name: A, parent: loop-b}\n- {id: loop-b, name: B, parent: loop-a}\n";
const PEOPLE: &str = "- {id: zoe, name: Zoé, groups: [pay]}\n- {id: ana, name: Ana, groups: [loop-a]}\n\
    - {id: old, name: Old, left: 2026-06-30}\n";

/// The estate of these rights, one line of YAML each.
fn with(rights: &str, accounts: &str) -> Estate {
    estate(&[
        ("inventory/groups/all.yaml", GROUPS),
        ("inventory/people/all.yaml", PEOPLE),
        ("inventory/access-rights/all.yaml", rights),
        ("inventory/accounts/all.yaml", accounts),
    ])
}

const NOBODY: &str = "- {id: x, login: x}\n";

/// A person's rights: the right, the group that has it, the group by which it is reached.
fn effective(estate: &Estate, person: &str) -> Vec<(String, String, String)> {
    let person = estate.find("person", person).unwrap();
    let rights = estate.rights();
    let id = |id: RecordId| estate.record(id).source.id.clone();
    let told = rights.effective(estate, person).into_iter().map(|own| {
        let group = own
            .group
            .map_or_else(String::new, |member| id(member.group));
        let through = own
            .group
            .map_or_else(String::new, |member| id(member.through));
        (id(rights.all[own.right].record), group, through)
    });
    told.collect()
}

#[test]
fn rights_come_through_nested_groups_and_accounts() {
    let estate = with(
        "- {id: a, name: A, subject: finance, resource: S, level: write}\n\
         - {id: b, name: B, subject: zoe, resource: T, level: read}\n\
         - {id: c, name: C, subject: loop-b, resource: U, level: read}\n\
         - {id: d, name: D, subject: approve, resource: V, level: admin}\n",
        "- {id: adm, login: adm, person: zoe, groups: [approve]}\n\
         - {id: shut, login: shut, person: ana, enabled: false, groups: [approve]}\n",
    );
    let row = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    assert_eq!(
        effective(&estate, "zoe"),
        [
            row("a", "finance", "pay"),
            row("b", "", ""),
            row("d", "approve", "approve")
        ]
    );
    assert_eq!(effective(&estate, "ana"), [row("c", "loop-b", "loop-a")]);
}

#[test]
fn only_rights_in_force_count() {
    let estate = with(
        "- {id: a, name: A, subject: zoe, resource: S, status: requested}\n\
         - {id: b, name: B, subject: zoe, resource: S, status: revoked}\n\
         - {id: c, name: C, subject: zoe, resource: S, granted: 2026-11-21}\n\
         - {id: d, name: D, subject: zoe, resource: S, revoked: 2026-11-20}\n\
         - {id: e, name: E, subject: zoe, resource: s, level: read}\n\
         - {id: f, name: F, subject: ana, resource: S, level: read}\n",
        NOBODY,
    );
    assert_eq!(estate.rights().all.len(), 2);
    assert_eq!(
        estate.rights().resources.len(),
        1,
        "names are compared folded"
    );
}

#[test]
fn what_is_wrong_with_a_right() {
    let issues = |fields: &str| {
        let sound = "granted_by: ana, review_by: 2026-11-20, resource: S";
        let line = format!("- {{id: a, name: A, {sound}, {fields}}}\n");
        let more = "- {id: b, name: B, subject: pay, resource: P, granted_by: ana, review_by: 2027-01-01}\n";
        let estate = with(&(line + more), NOBODY);
        estate.rights().all[0].issues.clone()
    };
    assert_eq!(issues("subject: finance, level: admin"), []);
    assert_eq!(issues("subject: all, level: read"), []);
    assert_eq!(issues("subject: all, level: write"), [Issue::TooWide]);
    assert_eq!(issues("subject: zoe, expires: 2026-11-19"), [Issue::Ended]);
    assert_eq!(issues("subject: old"), [Issue::Leaver]);
    let estate = with(
        "- {id: a, name: A, subject: zoe, resource: P, review_by: 2026-11-19}\n\
         - {id: b, name: B, subject: finance, resource: P, ticket: t}\n",
        NOBODY,
    );
    let of = |place: usize| estate.rights().all[place].issues.clone();
    assert_eq!(
        of(0),
        [Issue::ReviewOverdue, Issue::Unapproved, Issue::Double]
    );
    assert_eq!(of(1), [Issue::NoReview]);
}

#[test]
fn one_person_must_not_have_both_ends_of_a_pair() {
    let right = "- {id: a, name: A, subject: zoe, resource: S, conflicts: [finance]}\n";
    let of = |accounts: &str| {
        let estate = with(right, accounts);
        let found = conflicts(&estate);
        let told = found.iter().map(|found| {
            let id = |id| estate.record(id).source.id.as_str();
            format!(
                "{} {} {}",
                id(found.pair.first),
                id(found.pair.second),
                id(found.person)
            )
        });
        told.collect::<Vec<_>>()
    };
    assert_eq!(of(NOBODY), ["a finance zoe"]);
    let account = "- {id: adm, login: adm, person: zoe, groups: [approve]}\n";
    assert_eq!(of(account), ["a finance zoe", "approve pay zoe"]);
    assert_eq!(pairs(&with(right, NOBODY)).len(), 2);
}
