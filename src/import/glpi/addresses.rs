//! Addresses that programs report and that are none: told with their machine, as those of tables are with their line.

use std::net::IpAddr;

use serde_json::Value;

use crate::diagnostic::Text;
use crate::import::glpi::facts::mac;
use crate::import::glpi::form::{first, list, texts};
use crate::text;

/// The most addresses that a note names.
const MOST: usize = 5;

/// The longest address that is shown, in characters.
const LONGEST: usize = 60;

/// What is told of a machine's addresses, nothing where all can be read.
pub(in crate::import) fn unreadable(
    name: &str,
    macs: &[String],
    addresses: &[String],
) -> Option<Text> {
    // InfiniBand's are longer, and good ones.
    let is_long = |text: &str| text.split(':').count() == 20;
    let macs = macs.iter().filter(|it| mac(it).is_none() && !is_long(it));
    let is_address = |text: &str| {
        let plain = text.split(['%', '/']).next().unwrap_or_default().trim();
        plain.parse::<IpAddr>().is_ok()
    };
    let addresses = addresses.iter().filter(|text| !is_address(text));
    let mut all: Vec<&String> = macs.chain(addresses).collect();
    all.sort();
    all.dedup();
    all.retain(|text| !text.trim().is_empty());
    if all.is_empty() {
        return None;
    }
    let named = |open: &str, close: &str| {
        let short = |text: &&String| text.chars().take(LONGEST).collect::<String>();
        let first = all.iter().take(MOST).map(short);
        let first: Vec<String> = first.map(|text| format!("{open}{text}{close}")).collect();
        first.join(", ")
    };
    let (fr, en) = (named("«\u{a0}", "\u{a0}»"), named("“", "”"));
    let count = all.len();
    Some(text!(
        "`{name}`\u{a0}: adresses illisibles, laissées de côté\u{a0}: {count} ({fr})",
        "`{name}`: addresses that cannot be read, left out: {count} ({en})"
    ))
}

/// The same of an inventory of the agent.
pub(super) fn of_cards(name: &str, content: &Value) -> Option<Text> {
    let cards = list(content, "networks");
    let macs = cards.iter();
    let macs = macs.filter_map(|card| first(card, &["mac", "macaddr"]));
    let addresses = cards.iter().flat_map(|card| {
        let mut all = texts(card, "ipaddress");
        all.extend(texts(card, "ipaddress6"));
        all
    });
    let macs: Vec<String> = macs.collect();
    unreadable(name, &macs, &addresses.collect::<Vec<_>>())
}
