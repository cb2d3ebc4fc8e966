//! Jobs against their limits, copies of copies, and what is left out; on 20 November 2026.

use super::{Age, RestoreTest, holds_data};
use crate::estate::Estate;
use crate::estate::samples::estate;

const ASSETS: &str = "\
- {id: srv-01, name: srv-01, type: server}
- {id: srv-02, name: srv-02, type: server}
- {id: nas-01, name: nas-01, type: nas}
- {id: pc-01, name: pc-01, type: laptop}
- {id: pc-02, name: pc-02, type: laptop, holds_data: true}
- {id: nas-02, name: nas-02, type: nas, holds_data: false}
- {id: srv-00, name: srv-00, type: server, status: retired}
";

fn with(backups: &str, services: &str) -> Estate {
    let files = [
        ("inventory/assets/all.yaml", ASSETS),
        ("inventory/backups/all.yaml", backups),
        ("inventory/services/all.yaml", services),
        ("inventory/suppliers/all.yaml", "- {id: host, name: Host}\n"),
    ];
    let written = files.into_iter().filter(|(_, text)| !text.is_empty());
    estate(&written.collect::<Vec<_>>())
}

fn ages(estate: &Estate) -> Vec<Age> {
    let jobs = estate.backups().jobs.values();
    jobs.map(|job| job.age).collect()
}

#[test]
fn the_type_or_the_record_says_what_holds_data() {
    let estate = with(
        "- {id: old, name: old, status: stopped, targets: [srv-01]}\n",
        "- {id: a, name: a, type: business}\n- {id: b, name: b, type: network}\n\
         - {id: c, name: c, type: network, rpo: 24 h}\n",
    );
    let of = |kind, id| holds_data(estate.find(kind, id).unwrap());
    assert!(of("asset", "srv-01") && of("asset", "nas-01") && of("asset", "pc-02"));
    assert!(!of("asset", "pc-01") && !of("asset", "nas-02"));
    assert!(of("service", "a") && !of("service", "b") && of("service", "c"));
    let unprotected = estate.backups().unprotected();
    let ids = unprotected.map(|it| estate.record(it.target).source.id.as_str());
    let ids: Vec<&str> = ids.collect();
    assert_eq!(ids, ["nas-01", "pc-02", "srv-01", "srv-02", "a", "c"]);
}

#[test]
fn a_run_is_late_at_noon_and_never_on_its_own_day() {
    let job =
        |id: &str, rest: &str| format!("- {{id: {id}, name: {id}, targets: [srv-01], {rest}}}\n");
    let jobs = [
        job("a", "max_age: 26 h, last_success: 2026-11-19 10:00"),
        job("b", "max_age: 26 h, last_success: 2026-11-19 09:59"),
        job("c", "max_age: 3 h, last_success: 2026-11-20 07:00"),
        job("d", "max_age: 26 h"),
        job("e", "last_success: 2020-01-01 00:00"),
        job("f", "max_age: 1 mois, last_success: 2026-10-20 12:00"),
        job("g", "max_age: 1 mois, last_success: 2026-10-20 11:59"),
        job(
            "h",
            "status: stopped, max_age: 26 h, last_success: 2020-01-01 00:00",
        ),
    ];
    let estate = with(&jobs.concat(), "");
    let late = |text: &str| Age::Late(text.parse().unwrap());
    assert_eq!(
        ages(&estate),
        [
            Age::Good,
            late("2026-11-20T11:59"),
            Age::Good,
            Age::Never,
            Age::Unjudged,
            Age::Good,
            late("2026-11-20T11:59"),
            late("2020-01-02T02:00"),
        ]
    );
    let jobs = estate.backups().jobs.values();
    let late: Vec<bool> = jobs.map(super::Job::is_late).collect();
    let expected = [false, true, false, true, false, false, true, false];
    assert_eq!(late, expected, "a job that was stopped is late for nobody");
}

#[test]
fn a_restore_is_due_again_after_its_interval() {
    let job =
        |id: &str, rest: &str| format!("- {{id: {id}, name: {id}, targets: [srv-01]{rest}}}\n");
    let jobs = [
        job("a", ""),
        job("b", ", last_restore_test: 2020-01-01"),
        job(
            "c",
            ", last_restore_test: 2026-08-22, restore_test_every: 90 j",
        ),
        job(
            "d",
            ", last_restore_test: 2026-08-21, restore_test_every: 90 j",
        ),
        job("e", ", restore_test_every: 90 j"),
    ];
    let estate = with(&jobs.concat(), "");
    let tests: Vec<RestoreTest> = estate
        .backups()
        .jobs
        .values()
        .map(|it| it.restore)
        .collect();
    let day = |text: &str| text.parse().unwrap();
    assert_eq!(
        tests,
        [
            RestoreTest::Never,
            RestoreTest::Once(day("2020-01-01")),
            RestoreTest::Good(day("2026-11-20")),
            RestoreTest::Late(day("2026-11-19")),
            RestoreTest::Never,
        ]
    );
}

/// Copies, media, off site, offline, complete.
fn figures(estate: &Estate, kind: &str, id: &str) -> (usize, usize, bool, bool, bool) {
    let record = estate.find(kind, id).unwrap();
    let coverage = &estate.backups().coverage[&record.id];
    (
        coverage.count(),
        coverage.media.len(),
        coverage.is_offsite(),
        coverage.is_offline(),
        coverage.is_complete(),
    )
}

#[test]
fn copies_travel_on_with_the_store_they_lie_in() {
    let estate = with(
        "- {id: night, name: night, targets: [srv-01], media: nas, destination: nas-01, last_success: 2026-11-19 22:00}\n\
         - {id: logs, name: logs, targets: [srv-01], media: nas, destination: nas-01, last_success: 2026-11-19 22:00}\n\
         - {id: away, name: away, targets: [nas-01], media: cloud, destination: host, offsite: true, offline: true, last_success: 2026-11-19 22:00}\n\
         - {id: back, name: back, targets: [nas-01], media: disk, destination: srv-01, last_success: 2026-11-19 22:00}\n\
         - {id: soon, name: soon, targets: [srv-02], media: tape, offsite: true}\n\
         - {id: old, name: old, status: stopped, targets: [srv-02], media: tape, last_success: 2026-11-19 22:00}\n",
        "- {id: erp, name: erp, type: business, depends_on: [srv-01, pc-01]}\n\
         - {id: mail, name: mail, type: collaboration}\n",
    );
    // The original, the NAS once though two jobs save there, and what the NAS sends away; what
    // comes back to the machine itself is no copy of it.
    assert_eq!(
        figures(&estate, "asset", "srv-01"),
        (3, 3, true, true, true)
    );
    assert_eq!(
        figures(&estate, "asset", "nas-01"),
        (3, 3, true, true, true)
    );
    // A job that never ran has left nothing yet; one that was stopped counts no more.
    assert_eq!(
        figures(&estate, "asset", "srv-02"),
        (1, 1, false, false, false)
    );
    let srv = estate.find("asset", "srv-02").unwrap();
    assert_eq!(estate.backups().coverage[&srv.id].jobs.len(), 1);
    // A service is saved with its machines; without any, where its data lie is not known.
    assert_eq!(figures(&estate, "service", "erp"), (3, 3, true, true, true));
    assert_eq!(
        figures(&estate, "service", "mail"),
        (1, 0, false, false, false)
    );
}

#[test]
fn stores_that_save_each_other_end() {
    let estate = with(
        "- {id: a, name: a, targets: [nas-01], media: nas, destination: nas-02, offsite: true, last_success: 2026-11-19 22:00}\n\
         - {id: b, name: b, targets: [nas-02], media: nas, destination: nas-01, last_success: 2026-11-19 22:00}\n",
        "",
    );
    assert_eq!(
        figures(&estate, "asset", "nas-01"),
        (2, 1, true, false, false)
    );
    // It holds copies alone, and is told because a job names it.
    let store = estate.find("asset", "nas-02").unwrap();
    assert!(!estate.backups().coverage[&store.id].holds_data);
}

#[test]
fn where_no_job_is_written_backups_are_kept_elsewhere() {
    let estate = with("", "");
    assert!(estate.backups().is_empty());
    assert_eq!(estate.backups().unprotected().count(), 0);
}

#[test]
fn a_place_that_nobody_said_is_neither_here_nor_away() {
    let on_the_spot = |offsite: &str| {
        let job = format!(
            "- {{id: a, name: a, targets: [nas-01], media: nas, destination: nas-02{offsite}, last_success: 2026-11-19 22:00}}\n"
        );
        let estate = with(&job, "");
        let target = estate.find("asset", "nas-01").unwrap().id;
        let coverage = &estate.backups().coverage[&target];
        (coverage.is_on_the_spot(), coverage.is_offsite())
    };
    assert_eq!(on_the_spot(""), (false, false));
    assert_eq!(on_the_spot(", offsite: false"), (true, false));
    assert_eq!(on_the_spot(", offsite: true"), (false, true));
}
