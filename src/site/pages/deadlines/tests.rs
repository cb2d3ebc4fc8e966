//! The files of deadlines: what names an event stays, and a feed reader hears of each step once.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::*;
use crate::estate::samples::estate;
use crate::site::{Site, plan};

const CONTRACTS: &str = "- {id: ctr, name: 'Infogérance, site', ends: 2027-02-28, notice: 90 j}\n\
    - {id: far, name: Loin, ends: 2027-10-01}\n- {id: past, name: Passé, ends: 2026-11-10}\n";

fn site(contracts: &str, as_of: Date) -> Site {
    let mut estate = estate(&[("inventory/contracts/all.yaml", contracts)]);
    estate.as_of = as_of;
    plan(&Arc::new(estate), &BTreeMap::new(), None).0
}

fn read(site: &Site, path: &str) -> String {
    let bytes = site.render(path).expect("planned").expect("rendered");
    String::from_utf8(bytes).expect("UTF-8")
}

fn lines<'a>(text: &'a str, start: &str) -> Vec<&'a str> {
    text.lines()
        .filter(|line| line.starts_with(start))
        .collect()
}

const DAY: Date = Date::constant(2026, 11, 20);

#[test]
fn an_event_keeps_its_name_when_its_day_moves() {
    let before = read(&site(CONTRACTS, DAY), DeadlineFile::Calendar.url());
    let moved = CONTRACTS.replace("2027-02-28", "2027-03-31");
    let after = read(&site(&moved, DAY), DeadlineFile::Calendar.url());
    let uids = lines(&before, "UID:");
    assert_eq!(uids, lines(&after, "UID:"));
    assert_eq!(uids.iter().collect::<BTreeSet<_>>().len(), 4, "{uids:?}");
    assert_ne!(lines(&before, "DTSTART"), lines(&after, "DTSTART"));
    assert!(before.contains("SUMMARY:Préavis à donner — Infogérance\\, site\r\n"));
}

#[test]
fn days_of_one_list_have_names_of_their_own() {
    let rules = "- id: p\n  prefix: 192.0.2.0/24\n  rules:\n    - {why: a, until: 2026-12-01}\n    \
         - {why: b}\n    - {why: c, until: 2026-12-01}\n";
    let sessions = "- id: t\n  title: t\n  status: planned\n  sessions:\n    - {date: 2026-12-02}\n    - {date: 2026-12-02}\n";
    let read_with = |rules: &str| {
        let files = [
            ("inventory/prefixes/all.yaml", rules),
            ("inventory/trainings/all.yaml", sessions),
        ];
        let mut estate = estate(&files);
        estate.as_of = DAY;
        let site = plan(&Arc::new(estate), &BTreeMap::new(), None).0;
        read(&site, DeadlineFile::Calendar.url())
    };
    let before = read_with(rules);
    let uids = lines(&before, "UID:");
    let ends: Vec<&str> = uids
        .iter()
        .filter_map(|uid| uid.strip_prefix("UID:deadline/")?.split('@').next())
        .collect();
    let expected = [
        "prefix/p/filtering-rule-end/1",
        "prefix/p/filtering-rule-end/3",
        "training/t/training-session/1",
        "training/t/training-session/2",
    ];
    assert_eq!(ends, expected);
    // A day that moves keeps its event.
    let moved = read_with(&rules.replace("c, until: 2026-12-01", "c, until: 2026-12-24"));
    assert_eq!(
        uids.iter().collect::<BTreeSet<_>>(),
        lines(&moved, "UID:").iter().collect()
    );
    assert_ne!(before, moved);
}

#[test]
fn a_feed_reader_hears_of_each_step_once() {
    let feed = |day| read(&site(CONTRACTS, day), DeadlineFile::Feed.url());
    let today = feed(DAY);
    // The notice (30 November) came within 30 days on 31 October; the other end is far, the last past.
    let updated = lines(&today, "<updated>");
    let expected = ["2026-11-11", "2026-11-11", "2026-10-31"];
    let expected = expected.map(|day| format!("<updated>{day}T00:00:00Z</updated>"));
    assert_eq!(updated, expected.iter().collect::<Vec<_>>());
    let ids = |feed: &str| -> BTreeSet<String> {
        let entries = feed.split("<entry>").skip(1);
        let id = |entry: &str| entry.lines().nth(1).expect("an id").to_owned();
        entries.map(id).collect()
    };
    assert_eq!(ids(&today), ids(&feed(DAY.tomorrow().expect("a day"))));
    let nearer = ids(&feed(Date::constant(2026, 11, 23)));
    assert_eq!(nearer.difference(&ids(&today)).count(), 1, "within 7 days");
}

#[test]
fn tables_for_programs_name_their_columns() {
    let site = site(CONTRACTS, DAY);
    let csv = read(&site, DeadlineFile::Csv.url());
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert_eq!(lines[0], export::NAMES.join(","));
    assert_eq!(
        lines[2],
        "2026-11-30,10,within-30,contract-notice,contract,ctr,\"Infogérance, site\",contracts/ctr/,ends,,,"
    );
    let json: serde_json::Value =
        serde_json::from_str(&read(&site, DeadlineFile::Json.url())).expect("JSON");
    assert_eq!(json[1]["days"], 10);
    assert_eq!(json[1]["reason"], "contract-notice");
    assert_eq!(json.as_array().map(Vec::len), Some(4));
}
