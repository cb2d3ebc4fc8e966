//! Days worked out by hand: notice periods, ends of months, leap days, and records that ask for nothing.

use super::*;
use crate::estate::samples::estate;

/// Every deadline of some files: record, reason, day.
fn told(files: &[(&str, &str)]) -> Vec<(String, &'static str, String)> {
    let estate = estate(files);
    let all = all(&estate);
    let line = |it: &Deadline<'_>| {
        let id = it.record.source.id.clone();
        (id, it.reason.key(), it.date.to_string())
    };
    all.iter().map(line).collect()
}

fn expect(files: &[(&str, &str)], expected: &[(&str, &str, &str)]) {
    let told = told(files);
    let told: Vec<_> = told
        .iter()
        .map(|(id, reason, date)| (id.as_str(), *reason, date.as_str()))
        .collect();
    assert_eq!(told, expected);
}

#[test]
fn a_version_of_a_system_is_told_where_a_machine_in_use_runs_it() {
    let machines = |status: &str| {
        format!(
            "- {{id: a, name: A, status: {status}, os: Windows 11 Pro, os_version: 24H2}}\n\
             - {{id: b, name: B, status: in-service, os: Debian GNU/Linux, os_version: '12.5'}}\n"
        )
    };
    let software = "- id: windows-11\n  name: Windows 11\n  type: operating-system\n  versions:\n\
                    \x20   - {version: 24H2, end_of_support: 2026-10-13}\n\
                    \x20   - {version: 25H2, end_of_support: 2027-10-12}\n\
                    - id: debian\n  name: Debian\n  type: operating-system\n  end_of_support: 2028-06-30\n  versions:\n\
                    \x20   - {version: '12', end_of_support: 2028-06-30}\n";
    let told_with = |status| {
        let machines = machines(status);
        told(&[
            ("inventory/assets/all.yaml", machines.as_str()),
            ("inventory/software/all.yaml", software),
        ])
    };
    let line = |id: &str, date: &str| (id.to_owned(), "software-support-end", date.to_owned());
    let debian = line("debian", "2028-06-30");
    assert_eq!(
        told_with("in-service"),
        [line("windows-11", "2026-10-13"), debian.clone()]
    );
    assert_eq!(told_with("retired"), [debian]);
}

#[test]
fn notice_is_given_some_days_or_months_before_the_end() {
    expect(
        &[(
            "inventory/contracts/all.yaml",
            "- {id: days, name: A, ends: 2027-03-31, notice: 90 j}\n\
             - {id: months, name: B, ends: 2027-05-31, notice: 3 mois}\n\
             - {id: leap, name: C, ends: 2028-03-31, notice: 1 mois, renewal: tacit}\n\
             - {id: by-itself, name: D, ends: 2027-04-30, notice: 90 j, renewal: none}\n\
             - {id: over, name: E, ends: 2027-03-31, notice: 90 j, terminated: 2026-11-02}\n",
        )],
        &[
            ("days", "contract-notice", "2026-12-31"),
            ("months", "contract-notice", "2027-02-28"),
            ("days", "contract-end", "2027-03-31"),
            ("by-itself", "contract-end", "2027-04-30"),
            ("months", "contract-end", "2027-05-31"),
            ("leap", "contract-notice", "2028-02-29"),
            ("leap", "contract-end", "2028-03-31"),
        ],
    );
}

#[test]
fn a_month_after_the_31st_is_the_last_day_of_the_next() {
    expect(
        &[(
            "inventory/maintenance/all.yaml",
            "- {id: monthly, name: A, rhythm: monthly, last_done: 2027-01-31}\n\
             - {id: leap, name: B, rhythm: yearly, last_done: 2028-02-29}\n\
             - {id: quarterly, name: C, rhythm: quarterly, last_done: 2026-11-30}\n\
             - {id: half, name: D, rhythm: half-yearly, last_done: 2027-08-31}\n\
             - {id: weekly, name: E, rhythm: weekly, last_done: 2026-12-28}\n\
             - {id: daily, name: F, rhythm: daily, last_done: 2026-12-31}\n\
             - {id: never, name: G, rhythm: on-demand, last_done: 2026-01-01}\n\
             - {id: asleep, name: H, rhythm: daily, last_done: 2026-01-01, status: suspended}\n",
        )],
        &[
            ("daily", "maintenance", "2027-01-01"),
            ("weekly", "maintenance", "2027-01-04"),
            ("monthly", "maintenance", "2027-02-28"),
            ("quarterly", "maintenance", "2027-02-28"),
            ("half", "maintenance", "2028-02-29"),
            ("leap", "maintenance", "2029-02-28"),
        ],
    );
}

#[test]
fn the_day_written_for_a_task_counts_until_it_is_done() {
    expect(
        &[(
            "inventory/maintenance/all.yaml",
            "- {id: ahead, name: A, rhythm: monthly, last_done: 2026-11-02, next_due: 2026-12-15}\n\
             - {id: done, name: B, rhythm: monthly, last_done: 2026-11-16, next_due: 2026-11-15}\n\
             - {id: once, name: C, next_due: 2026-12-24}\n",
        )],
        &[
            ("ahead", "maintenance", "2026-12-15"),
            ("done", "maintenance", "2026-12-16"),
            ("once", "maintenance", "2026-12-24"),
        ],
    );
}

#[test]
fn a_nightly_backup_is_told_once_it_is_too_old() {
    expect(
        &[(
            "inventory/backups/all.yaml",
            "- {id: good, name: A, status: active, last_success: 2026-11-19 22:00, max_age: 28 h}\n\
             - {id: late, name: B, status: active, last_success: 2026-11-17 22:00, max_age: 28 h}\n\
             - {id: monthly, name: C, last_success: 2026-10-31 22:00, max_age: 1 mois}\n\
             - {id: stopped, name: D, status: stopped, last_success: 2020-01-01 22:00, max_age: 28 h, last_restore_test: 2020-01-01, restore_test_every: 90 j}\n\
             - {id: tested, name: E, status: active, last_restore_test: 2026-08-31, restore_test_every: 6 mois}\n",
        )],
        &[
            ("late", "backup-age", "2026-11-19"),
            ("monthly", "backup-age", "2026-11-30"),
            ("tested", "restore-test", "2027-02-28"),
        ],
    );
}

#[test]
fn what_is_over_asks_for_nothing() {
    expect(
        &[
            (
                "inventory/accounts/all.yaml",
                "- {login: off, id: off, enabled: false, expires: 2026-12-01}\n\
                 - {login: on, id: on, enabled: true, expires: 2026-12-01}\n",
            ),
            (
                "inventory/access-rights/all.yaml",
                "- {id: gone, name: A, subject: 'account:on', status: revoked, expires: 2026-12-02, review_by: 2026-12-02}\n\
                 - {id: there, name: B, subject: 'account:on', status: active, expires: 2026-12-02, review_by: 2026-12-01}\n",
            ),
            (
                "inventory/purchases/all.yaml",
                "- {id: here, name: A, status: ordered, expected: 2026-12-03, delivered: 2026-11-19}\n\
                 - {id: asked, name: B, status: requested, expected: 2026-12-03}\n\
                 - {id: awaited, name: C, status: ordered, expected: 2026-11-19}\n\
                 - {id: part, name: D, status: partly-delivered, expected: 2026-11-17, delivered: 2026-11-10}\n\
                 - {id: short, name: E, expected: 2026-11-18, delivered: 2026-11-10, lines: [{label: L, quantity: 2, received: 1}]}\n\
                 - {id: whole, name: F, expected: 2026-11-18, delivered: 2026-11-10, lines: [{label: L, quantity: 2, received: 2}]}\n",
            ),
            (
                "inventory/models/all.yaml",
                "- {id: used, name: U, end_of_support: 2026-12-04}\n\
                 - {id: unused, name: N, end_of_support: 2026-12-04}\n\
                 - {id: scrapped, name: S, end_of_support: 2026-12-04}\n",
            ),
            (
                "inventory/assets/all.yaml",
                "- {id: pc-1, name: P, status: in-service, model: used}\n\
                 - {id: pc-2, name: Q, status: retired, model: scrapped, warranty_end: 2026-12-05}\n",
            ),
        ],
        &[
            ("part", "delivery", "2026-11-17"),
            ("short", "delivery", "2026-11-18"),
            ("awaited", "delivery", "2026-11-19"),
            ("there", "review", "2026-12-01"),
            ("on", "account-end", "2026-12-01"),
            ("there", "access-right-end", "2026-12-02"),
            ("used", "model-support-end", "2026-12-04"),
        ],
    );
}

#[test]
fn domains_certificates_and_their_renewal_are_told_apart() {
    expect(
        &[(
            "inventory/certificates/all.yaml",
            "- {id: cert, name: A, type: tls, expires: 2027-03-30, renew_before: 30 j, renewal: manual}\n\
             - {id: domain, name: B, type: domain, expires: 2027-03-01, renew_before: 30 j, renewal: automatic}\n",
        )],
        &[
            ("cert", "renewal", "2027-02-28"),
            ("domain", "domain-end", "2027-03-01"),
            ("cert", "certificate-end", "2027-03-30"),
        ],
    );
}

#[test]
fn trainings_have_sessions_ahead_and_run_out() {
    let training = "- id: sst\n  title: Secourisme\n  status: open\n  valid_months: 24\n  sessions:\n    \
        - {date: 2026-01-10, attended: 2}\n    - {date: 2026-12-10}\n  attendees:\n    \
        - {person: ana, date: 2025-02-28}\n    - {person: ana, date: 2026-01-10}\n    \
        - {person: bob, date: 2024-01-01}\n    - {person: eve, date: 2025-12-31}\n";
    expect(
        &[
            (
                "inventory/people/all.yaml",
                "- {id: ana, name: Ana}\n- {id: bob, name: Bob, left: 2026-03-01}\n- {id: eve, name: Eve}\n",
            ),
            ("inventory/trainings/all.yaml", training),
        ],
        &[
            ("sst", "training-session", "2026-12-10"),
            ("sst", "training-renewal", "2027-12-31"),
        ],
    );
}

#[test]
fn a_guarantee_that_ended_is_told_for_a_while_and_never_owed() {
    let mut estate = estate(&[(
        "inventory/assets/all.yaml",
        "- {id: fresh, name: A, warranty_end: 2026-10-21}\n\
         - {id: stale, name: B, warranty_end: 2026-10-20}\n\
         - {id: seen, name: C, last_physical_inventory: 2024-02-29}\n\
         - {id: far, name: D, warranty_end: 2027-11-21}\n\
         - {id: near, name: E, warranty_end: 2027-11-20}\n",
    )]);
    estate.config.deadlines.physical_inventory = crate::project::Duration::parse("1 an");
    let ids = |all: Vec<Deadline<'_>>| -> Vec<String> {
        all.iter().map(|it| it.record.source.id.clone()).collect()
    };
    assert_eq!(ids(shown(&estate)), ["seen", "fresh", "near"]);
    let year = estate.as_of.saturating_add(1.year());
    assert_eq!(ids(due_until(&estate, year)), ["seen", "near"]);
    assert_eq!(shown(&estate)[0].date.to_string(), "2025-02-28");
}

#[test]
fn thresholds_include_their_last_day() {
    let estate = estate(&[]);
    let keys: Vec<String> = [-1, 0, 7, 8, 30, 31, 90, 91]
        .iter()
        .map(|days| urgency(&estate, *days).key())
        .collect();
    let expected = [
        "overdue",
        "within-7",
        "within-7",
        "within-30",
        "within-30",
        "within-90",
        "within-90",
        "later",
    ];
    assert_eq!(keys, expected);
    assert_eq!(steps(&estate).len(), 5);
}

#[test]
fn a_rule_that_is_open_for_a_while_ends() {
    let prefix = "- id: lan\n  prefix: 192.0.2.0/24\n  rules:\n    \
        - {destination: tout, action: deny}\n    - {destination: site, action: allow, until: 2026-12-18}\n";
    expect(
        &[("inventory/prefixes/all.yaml", prefix)],
        &[("lan", "filtering-rule-end", "2026-12-18")],
    );
}

#[test]
fn an_accepted_weakness_counts_again_after_its_day_unless_it_is_gone() {
    let accounts = "- id: kept\n  login: kept\n  type: user\n  mfa: sms\n  exceptions:\n    \
        - {what: password-never-expires, reason: A, until: 2026-12-01}\n    \
        - {what: weak-mfa, reason: B, until: 2027-01-31}\n    \
        - {what: password-not-required, reason: C, until: 2026-11-02}\n  \
        password_not_required: true\n\
        - {id: off, login: off, enabled: false, mfa: sms, exceptions: [{what: weak-mfa, reason: D, until: 2027-01-31}]}\n";
    let files = [("inventory/accounts/all.yaml", accounts)];
    expect(
        &files,
        &[
            ("kept", "exception-end", "2026-11-02"),
            ("kept", "exception-end", "2027-01-31"),
        ],
    );
    // Its place in the list tells one from another wherever their days move.
    let estate = estate(&files);
    let places: Vec<_> = all(&estate).iter().map(|it| it.position).collect();
    assert_eq!(places, [Some(2), Some(1)]);
    let told: Vec<String> = all(&estate).iter().map(|it| it.label().fr).collect();
    assert_eq!(
        told,
        [
            "Fin d’une exception (mot de passe facultatif)",
            "Fin d’une exception (second facteur faible)"
        ]
    );
}
