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
    plan(&Arc::new(estate), &BTreeMap::new()).0
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
