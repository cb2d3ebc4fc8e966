//! Cascades, those who take over, circles, and what alone stops a service.

use super::{impact, services, weakest};
use crate::estate::Estate;
use crate::estate::samples::estate;
use crate::project::Duration;

const ASSETS: &str = "\
- {id: ups, name: ups, type: ups, connected_to: [{asset: sw-1}]}
- {id: sw-1, name: sw-1, type: switch, depends_on: [ups], contracts: [slow]}
- {id: sw-2, name: sw-2, type: switch, connected_to: [{asset: sw-1}]}
- {id: hyp, name: hyp, type: server, depends_on: [sw-1]}
- {id: ad-1, name: ad-1, type: virtual-machine, depends_on: [hyp], redundant_with: [ad-2]}
- {id: ad-2, name: ad-2, type: virtual-machine, depends_on: [sw-2]}
- {id: pc-1, name: pc-1, type: laptop, connected_to: [{asset: sw-1}]}
- {id: pc-2, name: pc-2, type: laptop, connected_to: [{asset: sw-1}, {asset: sw-2}]}
- {id: pc-3, name: pc-3, type: laptop, status: retired, connected_to: [{asset: sw-1}]}
- {id: nas, name: nas, type: nas, connected_to: [{asset: hyp}]}
";
const SERVICES: &str = "\
- {id: mail, name: Mail, criticality: high, depends_on: [directory], contract: quick}
- {id: directory, name: Directory, criticality: critical, depends_on: [ad-1]}
- {id: erp, name: ERP, criticality: low, depends_on: [hyp, directory]}
- {id: a, name: a, depends_on: [b]}
- {id: b, name: b, depends_on: [a]}
- {id: c, name: c, depends_on: [c]}
";
const CONTRACTS: &str = "\
- {id: quick, name: Quick, gtr: 8 h, promises: [{priorities: [major], gtr: 4 h}]}
- {id: slow, name: Slow, gtr: 2 j}
- {id: none, name: None, assets: []}
";

fn sample() -> Estate {
    estate(&[
        ("inventory/assets/all.yaml", ASSETS),
        ("inventory/services/all.yaml", SERVICES),
        ("inventory/contracts/all.yaml", CONTRACTS),
    ])
}

fn stopped<'a>(estate: &'a Estate, kind: &str, id: &str) -> Vec<&'a str> {
    let record = estate.find(kind, id).unwrap();
    let stopped = estate.dependencies().stopped(record.id).into_iter();
    let records = stopped.map(|it| estate.record(it.record));
    records.map(|it| it.source.id.as_str()).collect()
}

#[test]
fn a_cascade_stops_where_somebody_takes_over() {
    let estate = sample();
    // The VM stops, the directory does not: the other controller is elsewhere. A machine with two
    // plugs goes on, a retired one asks for nothing, a plug into a server is no network.
    assert_eq!(
        stopped(&estate, "asset", "sw-1"),
        ["hyp", "pc-1", "ad-1", "erp"]
    );
    assert_eq!(
        stopped(&estate, "asset", "ups"),
        ["sw-1", "hyp", "pc-1", "ad-1", "erp"]
    );
    assert_eq!(stopped(&estate, "asset", "sw-2"), ["ad-2"]);
    assert!(stopped(&estate, "asset", "ad-1").is_empty());
    assert!(stopped(&estate, "asset", "nas").is_empty());
    assert_eq!(stopped(&estate, "service", "directory"), ["erp", "mail"]);
}

#[test]
fn a_cable_counts_whichever_end_declares_it() {
    let estate = estate(&[(
        "inventory/assets/all.yaml",
        "- {id: sw, name: sw, type: switch, connected_to: [{asset: srv}, {asset: nas, port: p2}, {asset: core}, {asset: ups}, {asset: old}, {asset: vm}]}\n\
         - {id: core, name: core, type: switch, connected_to: [{asset: nas}]}\n\
         - {id: srv, name: srv, type: server}\n\
         - {id: nas, name: nas, type: nas, connected_to: [{asset: sw, peer_port: p2}]}\n\
         - {id: pc, name: pc, type: laptop, connected_to: [{asset: sw}]}\n\
         - {id: vm, name: vm, type: virtual-machine, depends_on: [srv]}\n\
         - {id: ups, name: ups, type: ups}\n\
         - {id: old, name: old, type: laptop, status: retired}\n",
    )]);
    // The NAS goes on by the other switch, the virtual machine follows its host, a switch does not stop
    // with another.
    assert_eq!(stopped(&estate, "asset", "sw"), ["pc", "srv", "vm"]);
    assert!(stopped(&estate, "asset", "core").is_empty());
    assert!(stopped(&estate, "asset", "srv").contains(&"vm"));
}

#[test]
fn those_who_take_over_may_fall_in_the_same_cascade() {
    let both_on_one = ASSETS.replace("depends_on: [sw-2]", "depends_on: [sw-1]");
    let estate = estate(&[
        ("inventory/assets/all.yaml", &both_on_one),
        (
            "inventory/services/all.yaml",
            &SERVICES.replace(", contract: quick", ""),
        ),
        ("inventory/contracts/all.yaml", CONTRACTS),
    ]);
    let all = stopped(&estate, "asset", "sw-1");
    assert!(
        all.contains(&"directory") && all.contains(&"mail"),
        "{all:?}"
    );
    let through = |id: &str| {
        let record = estate.find("service", id).unwrap().id;
        let sw = estate.find("asset", "sw-1").unwrap().id;
        let all = estate.dependencies().stopped(sw);
        let found = all.into_iter().find(|it| it.record == record).unwrap();
        (
            estate.record(found.through).source.id.clone(),
            found.distance,
        )
    };
    assert_eq!(through("mail"), ("directory".to_owned(), 4));
}

#[test]
fn circles_end() {
    let estate = sample();
    assert_eq!(stopped(&estate, "service", "a"), ["b"]);
    assert!(stopped(&estate, "service", "c").is_empty());
    let a = estate.find("service", "a").unwrap().id;
    let b = estate.find("service", "b").unwrap().id;
    assert_eq!(estate.dependencies().single_points(a), [b]);
}

#[test]
fn contracts_tell_the_shortest_time_to_restore() {
    let estate = sample();
    let of = |kind, id| {
        let found = impact(&estate, estate.find(kind, id).unwrap());
        let told = found.contracts.into_iter();
        let told = told.map(|(id, time)| (estate.record(id).source.id.clone(), time));
        told.collect::<Vec<_>>()
    };
    let hours = |hours| Duration {
        minutes: hours * 60,
        ..Duration::default()
    };
    assert_eq!(of("service", "directory"), [("quick".to_owned(), hours(4))]);
    let days = Duration {
        days: 2,
        ..Duration::default()
    };
    assert_eq!(of("asset", "ups"), [("slow".to_owned(), days)]);
}

#[test]
fn single_points_are_what_nothing_takes_over_from() {
    let estate = sample();
    let all = services(&estate);
    let told = all.iter().map(|it| {
        let points = it.single_points.iter();
        let points: Vec<&str> = points
            .map(|id| estate.record(*id).source.id.as_str())
            .collect();
        (it.service.source.id.as_str(), points.join(" "))
    });
    let told: Vec<(&str, String)> = told.collect();
    let of = |id: &str| told.iter().find(|it| it.0 == id).unwrap().1.as_str();
    assert_eq!(told[0].0, "directory", "the most critical comes first");
    assert_eq!(of("directory"), "");
    assert_eq!(of("mail"), "directory");
    assert_eq!(of("erp"), "hyp sw-1 ups directory");
    let weakest: Vec<usize> = weakest(&all).iter().map(|it| it.1.len()).collect();
    assert_eq!(weakest, [1], "only what stops a service that must not stop");
}

#[test]
fn a_large_fleet_is_answered_at_once() {
    let machine = |number| {
        format!("- {{id: pc-{number}, name: pc, type: laptop, connected_to: [{{asset: core}}]}}\n")
    };
    let machines: Vec<String> = (0..2_000).map(machine).collect();
    let assets = format!(
        "- {{id: core, name: core, type: switch}}\n{}",
        machines.concat()
    );
    let estate = estate(&[("inventory/assets/all.yaml", &assets)]);
    assert_eq!(stopped(&estate, "asset", "core").len(), 2_000);
}

#[test]
fn what_goes_on_and_what_is_lost_is_known() {
    let estate = sample();
    let dependencies = estate.dependencies();
    let id = |kind: &str, id: &str| estate.find(kind, id).unwrap().id;
    let first = id("asset", "sw-1");
    let stopped = dependencies.stopped(first);
    let held = dependencies.relieved(first, &stopped).into_iter();
    let held: Vec<&str> = held
        .map(|id| estate.record(id).source.id.as_str())
        .collect();
    // The other controller keeps the directory up; the second plug keeps the computer up.
    assert_eq!(held, ["pc-2", "directory"]);
    let is_down = |id| id == first || stopped.iter().any(|it| it.record == id);
    assert_eq!(dependencies.lost(id("service", "erp"), is_down), (1, 2));
    assert_eq!(dependencies.lost(id("asset", "hyp"), is_down), (1, 1));
    assert!(dependencies.is_needed(first));
    assert!(!dependencies.is_needed(id("asset", "nas")));
}
