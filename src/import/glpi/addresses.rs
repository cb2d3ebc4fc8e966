//! Addresses that programs report and that are none: told with their machine, as those of tables are with their line.

use std::net::IpAddr;

use serde_json::Value;

use crate::diagnostic::Text;
use crate::import::glpi::facts::mac;
use crate::import::glpi::form::{first, list, text, texts};
use crate::import::shown::quoted;
use crate::text;

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
    let Text { fr, en } = quoted(all.iter().map(|text| (None, text.as_str())));
    let count = all.len();
    Some(text!(
        "`{name}`\u{a0}: adresses illisibles, laissées de côté\u{a0}: {count} ({fr})",
        "`{name}`: addresses that cannot be read, left out: {count} ({en})"
    ))
}

/// The same of an inventory of the agent: of the cards of a computer, or of a device of the network.
pub(super) fn of_inventory(name: &str, content: &Value) -> Option<Text> {
    let cards = list(content, "networks");
    let device = &content["network_device"];
    let macs = cards.iter();
    let macs = macs.filter_map(|card| first(card, &["mac", "macaddr"]));
    let addresses = cards.iter().flat_map(|card| {
        let mut all = texts(card, "ipaddress");
        all.extend(texts(card, "ipaddress6"));
        all
    });
    let macs: Vec<String> = macs.chain(text(device, "mac")).collect();
    let addresses = addresses
        .chain(texts(device, "ips"))
        .chain(text(device, "ip"));
    unreadable(name, &macs, &addresses.collect::<Vec<_>>())
}
