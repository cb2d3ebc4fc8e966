//! What GLPI embeds in a device when it is asked for it: purchase (`with_infocoms`), cards
//! (`with_networkports`), software (`with_softwares`), contracts (`with_contracts`).

use std::collections::BTreeMap;

use jiff::Span;
use serde_json::Value;

use crate::history::Recorded;
use crate::import::answer::{Thing, list};
use crate::import::glpi::addresses::unreadable;
use crate::import::glpi::facts::{lasting_address, mac};
use crate::import::glpi::rest::Left;
use crate::import::glpi::rest::word::{amount, comment, day, name, number, words};
use crate::import::{Clue, Link, Sighting, Target, is_placeholder};

/// What is known of a purchase and has no field of a device: it is counted.
const PAPERS: [&str; 5] = [
    "order_number",
    "order_date",
    "delivery_number",
    "delivery_date",
    "bill",
];

/// Says when and for how much a device was bought, and until when it is under warranty.
pub(super) fn infocom(item: &Value, thing: &mut Thing, left: &mut Left) {
    let Some(infocom) = item.get("_infocoms").filter(|infocom| infocom.is_object()) else {
        return;
    };
    let bought = day(infocom, "buy_date");
    let days = [
        ("in_service", "use_date"),
        ("last_physical_inventory", "inventory_date"),
        ("retired", "decommission_date"),
    ];
    for (field, key) in days {
        thing.say(field, day(infocom, key).map(|day| day.to_string()));
    }
    thing.say("purchased", bought.map(|day| day.to_string()));
    thing.say("price", amount(infocom, "value"));
    thing.say("supplier", name(infocom, "suppliers_id", left));
    thing.say("budget", name(infocom, "budgets_id", left));
    thing.say("fixed_asset_number", words(infocom, "immo_number"));
    thing.say("warranty_level", words(infocom, "warranty_info"));
    let years = number(infocom, "sink_time");
    thing.say("depreciation_years", years.map(|years| years.to_string()));
    let depreciation = match words(infocom, "sink_type").as_deref() {
        Some("1") => Some("declining"),
        Some("2") => Some("linear"),
        _ => None,
    };
    thing.say("depreciation", depreciation.map(str::to_owned));
    // What people wrote of the device goes before what they wrote of its purchase.
    let notes = [thing.words.remove("notes"), comment(infocom, left)];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    thing.say("notes", Some(notes.join("\n\n")));
    let papers = PAPERS.iter().filter(|key| words(infocom, key).is_some());
    left.inventory.drop_some("purchase-papers", papers.count());
    // In months; -1 is for life.
    let months = number(infocom, "warranty_duration").filter(|months| *months <= 600);
    let begins = day(infocom, "warranty_date").or(bought);
    let ends = begins.zip(months).and_then(|(begins, months)| {
        let span = Span::new().try_months(months).ok()?;
        begins.checked_add(span).ok()
    });
    thing.say("warranty_end", ends.map(|day| day.to_string()));
}

/// The addresses of the cards, which help to recognise the device; those that are none are told.
pub(super) fn cards(item: &Value, sighting: &mut Sighting, left: &mut Left) {
    let ports = &item["_networkports"];
    let by_type = ports.as_object().into_iter().flatten();
    let mut cards: Vec<&Value> = by_type.flat_map(|(name, _)| list(ports, name)).collect();
    cards.extend(ports.as_array().into_iter().flatten());
    let mut own = Vec::new();
    let mut addresses = Vec::new();
    for card in cards {
        own.extend(words(card, "mac"));
        for address in list(&card["NetworkName"], "IPAddress") {
            addresses.extend(words(address, "name").or_else(|| words(address, "ip")));
        }
    }
    let note = unreadable(&sighting.title, &own, &addresses);
    left.inventory.notes.extend(note);
    let macs = own.iter().filter_map(|text| mac(text));
    let macs: Vec<String> = macs.filter(|own| !is_placeholder("mac", own)).collect();
    let addresses = addresses.iter().filter_map(|text| lasting_address(text));
    for mac in &macs {
        sighting.clues.push(Clue::new(3, "mac", mac.as_str()));
    }
    sighting.set_list("mac", macs);
    sighting.set_list("ip", addresses);
}

/// The software that is installed, by name and version.
pub(super) fn software(item: &Value, sighting: &mut Sighting) {
    let named = |one: &Value, keys: [&str; 2]| {
        let mut found = keys.iter().filter_map(|key| words(one, key));
        found.find(|name| {
            !name.bytes().all(|byte| byte.is_ascii_digit()) || keys[0].contains("version")
        })
    };
    let mut all = Vec::new();
    for one in list(item, "_softwares") {
        let Some(name) = named(one, ["softwares_name", "softwares_id"]) else {
            continue;
        };
        let mut item = BTreeMap::from([("name".to_owned(), Recorded::Text(name))]);
        if let Some(version) = named(one, ["softwareversions_name", "softwareversions_id"]) {
            item.insert("version".to_owned(), Recorded::Text(version));
        }
        all.push(item);
    }
    sighting.set_structures("installed_software", all);
}

/// The contracts of a device, by name.
pub(super) fn contracts(item: &Value, sighting: &mut Sighting, left: &mut Left) {
    for contract in list(item, "_contracts") {
        let own = words(contract, "name");
        let own = own.or_else(|| name(contract, "contracts_id", left));
        sighting.links.extend(own.map(|name| Link {
            field: "contracts",
            part: None,
            target: Target::Named(name),
            otherwise: None,
        }));
    }
}
