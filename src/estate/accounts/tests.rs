//! States, issues, policies and coverage of small estates.

use super::coverage::factors;
use super::*;
use crate::estate::samples::estate;

const POLICY: (&str, &str) = (
    "inventory/password-policies/own.yaml",
    "name: Own\nstatus: in-force\nclasses:\n\
     - {name: Standard, accounts: standard, minimum_length: 12, mfa: true}\n\
     - {name: Admins, accounts: privileged, minimum_length: 16, mfa: true, expiry: 2 ans}\n\
     - {name: Programs, accounts: service, expiry: 3 ans}\n\
     mfa_methods: [fido2, app]\n",
);

/// The state and issues of one account of a line of YAML.
fn account(fields: &str) -> (State, Vec<Issue>) {
    let account = format!("login: a\n{fields}\n");
    let people =
        "- {id: zoe, name: Zoé, left: 2026-11-19}\n- {id: ana, name: Ana, left: 2026-11-20}\n";
    let estate = estate(&[
        ("inventory/accounts/a.yaml", &account),
        ("inventory/people/all.yaml", people),
        POLICY,
    ]);
    let own = &estate.accounts().all[0];
    (own.state, own.issues.clone())
}

#[test]
fn a_state_follows_from_dates() {
    let state = |fields| account(fields).0;
    assert_eq!(state("last_logon: 2026-11-20"), State::Active);
    assert_eq!(state("last_logon: 2026-08-22"), State::Active);
    assert_eq!(state("last_logon: 2026-08-21"), State::Inactive);
    assert_eq!(state("enabled: true"), State::NeverUsed);
    assert_eq!(
        state("expires: 2026-11-19\nlast_logon: 2026-11-18"),
        State::Expired
    );
    assert_eq!(
        state("expires: 2026-11-20\nlast_logon: 2026-11-18"),
        State::Active
    );
    assert_eq!(
        state("expires: 2026-11-19\nenabled: false"),
        State::Disabled
    );
}

#[test]
fn an_exception_accepts_one_weakness_until_its_day() {
    let admin = "type: admin\nmfa: app\nlast_logon: 2026-11-20\npassword_never_expires: true\n\
        password_last_set: 2024-11-19\nexceptions:\n";
    let issues = |line: &str| account(&format!("{admin}  - {{{line}}}")).1;
    let both = [Issue::PasswordTooOld, Issue::PasswordNeverExpires];
    let rest = [Issue::PasswordTooOld];
    let kept = |until: &str| issues(&format!("what: password-never-expires, reason: r{until}"));
    assert_eq!(kept(", until: 2026-11-20"), rest, "that day included");
    assert_eq!(kept(", until: 2026-11-19"), both, "it counts again");
    assert_eq!(issues("what: weak-mfa, reason: r, until: 2027-01-01"), both);
}

#[test]
fn an_exception_is_in_force_over_or_idle() {
    let fields = "login: a\nmfa: sms\nexceptions:\n\
        - {what: weak-mfa, reason: r, until: 2026-11-19}\n\
        - {what: weak-mfa, reason: r, until: 2026-11-20}\n\
        - {what: without-owner, reason: r, until: 2026-11-19}\n";
    let standings = |more: &str| -> Vec<Standing> {
        let text = format!("{fields}{more}");
        let estate = estate(&[("inventory/accounts/a.yaml", &text), POLICY]);
        let own = &estate.accounts().all[0];
        own.exceptions.iter().map(|own| own.standing).collect()
    };
    let (over, held, idle) = (Standing::Over, Standing::InForce, Standing::Idle);
    assert_eq!(standings(""), [over, held, idle]);
    assert_eq!(standings("enabled: false"), []);
}

#[test]
fn what_is_wrong_is_told_gravest_first() {
    let used = |fields: &str| account(&format!("last_logon: 2026-11-20\n{fields}")).1;
    assert_eq!(used("person: zoe\nmfa: app"), [Issue::Leaver]);
    assert_eq!(
        used("person: ana\nmfa: app"),
        [],
        "the last day is still worked"
    );
    assert_eq!(used("person: zoe\nenabled: false"), []);
    assert_eq!(
        used("type: admin\nmfa: none"),
        [Issue::PrivilegedWithoutMfa]
    );
    assert_eq!(used("privileged: true"), [Issue::PrivilegedWithoutMfa]);
    assert_eq!(used("mfa: none"), [Issue::WithoutMfa]);
    assert_eq!(used("mfa: sms"), [Issue::WeakMfa]);
    assert_eq!(used("mfa: totp"), [Issue::WeakMfa], "not admitted here");
    assert_eq!(used("mfa: fido2\npassword_never_expires: true"), [], "R24");
    assert_eq!(
        used("type: admin\nmfa: app\npassword_never_expires: true\npassword_last_set: 2024-11-19"),
        [Issue::PasswordTooOld, Issue::PasswordNeverExpires]
    );
    assert_eq!(
        used("type: admin\nmfa: app\npassword_last_set: 2024-11-20"),
        []
    );
    assert_eq!(used("type: service"), [Issue::WithoutOwner]);
    assert_eq!(used("type: service\nowner: ana"), []);
    assert_eq!(
        used("mfa: app\nexpires: 2026-12-31\npassword_not_required: true"),
        [Issue::PasswordNotRequired, Issue::ExpiresSoon]
    );
}

#[test]
fn a_machine_has_no_password_of_a_person() {
    let fields = "type: computer\nlast_logon: 2026-11-20\npassword_not_required: true\npassword_last_set: 2015-01-01";
    assert_eq!(account(fields), (State::Active, Vec::new()));
}

#[test]
fn a_site_sets_its_own_thresholds() {
    let estate = estate(&[
        (
            "inventory/accounts/a.yaml",
            "login: a\nlast_logon: 2026-10-20\nmfa: app\n",
        ),
        (
            "inventory/password-policies/own.yaml",
            "name: Own\nstatus: in-force\ninactive_after: 30 j\n",
        ),
    ]);
    assert_eq!(estate.accounts().all[0].state, State::Inactive);
    let named = estate
        .accounts()
        .policies
        .inactive_after(&estate, &estate.of_kind("account")[0]);
    assert_eq!(named.1, Some(estate.of_kind("password-policy")[0].id));
}

#[test]
fn a_class_is_held_against_the_row_of_its_sensitivity() {
    let estate = estate(&[
        (
            "inventory/password-policies/text.yaml",
            "name: Text\nstatus: reference\nclasses:\n\
             - {name: Low, accounts: standard, sensitivity: low-to-medium, minimum_length: 9}\n\
             - {name: High, accounts: standard, sensitivity: medium-to-high, minimum_length: 12}\n\
             - {name: Top, accounts: privileged, sensitivity: high-to-very-high, minimum_length: 15}\n",
        ),
        (
            "inventory/password-policies/own.yaml",
            "name: Own\nstatus: in-force\nclasses:\n\
             - {name: A, accounts: standard, sensitivity: medium-to-high, minimum_length: 10}\n\
             - {name: B, accounts: shared, sensitivity: low-to-medium, minimum_length: 10}\n\
             - {name: C, accounts: privileged}\n- {name: D, accounts: service}\n",
        ),
    ]);
    let policies = &estate.accounts().policies;
    let own = policies.requirements(policies.in_force[0]);
    let against = own.iter().map(|own| {
        let row = policies.reference(&estate, own);
        row.map(|row| row.name.as_str())
    });
    assert_eq!(
        against.collect::<Vec<_>>(),
        [Some("High"), Some("Low"), Some("Top"), None]
    );
}

#[test]
fn coverage_counts_open_accounts_of_people_in_nested_groups() {
    let estate = estate(&[
        (
            "inventory/groups/all.yaml",
            "- {id: all, name: All}\n- {id: it, name: IT, parent: all}\n",
        ),
        (
            "inventory/accounts/all.yaml",
            "- {id: a, login: a, last_logon: 2026-11-20, mfa: app, groups: [all]}\n\
             - {id: b, login: b, last_logon: 2026-11-20, mfa: sms, groups: [it]}\n\
             - {id: c, login: c, type: admin, last_logon: 2026-11-20, groups: [it]}\n\
             - {id: d, login: d, enabled: false, groups: [it]}\n\
             - {id: e, login: e, type: service, groups: [it]}\n",
        ),
    ]);
    let factors = factors(&estate);
    let of = |own: &Coverage| {
        [
            own.total,
            own.strong,
            own.sms,
            own.unknown,
            own.privileged_without,
        ]
    };
    assert_eq!(of(&factors.whole), [3, 1, 1, 1, 1]);
    let (sms, unknown) = (factors.whole.sms, factors.whole.unknown);
    assert_eq!(factors.weak.len(), sms + unknown + factors.whole.none);
    let groups = factors.groups.iter().map(|(group, own)| {
        let id = estate.record(*group).source.id.as_str();
        (id, of(own))
    });
    assert_eq!(
        groups.collect::<Vec<_>>(),
        [("it", [2, 0, 1, 1, 1]), ("all", [3, 1, 1, 1, 1])]
    );
}

use super::coverage::Coverage;
