//! Software, licences, contracts and suppliers of GLPI's interface.

use jiff::Span;
use serde_json::Value;

use crate::import::Site;
use crate::import::answer::Thing;
use crate::import::glpi::rest::Left;
use crate::import::glpi::rest::word::{comment, day, name, number, words};
use crate::import::profile::choice;

/// A software.
pub(super) fn software(item: &Value, left: &mut Left) -> Thing {
    let mut thing = Thing::new("software");
    thing.hold("notes", comment(item, left), item.get("comment"));
    thing.say("name", words(item, "name"));
    thing.say("publisher", name(item, "manufacturers_id", left));
    thing.say("category", name(item, "softwarecategories_id", left));
    thing
}

/// A licence, without its key, which GLPI keeps as serial number.
pub(super) fn licence(item: &Value, left: &mut Left) -> Thing {
    let mut thing = Thing::new("licence");
    thing.hold("notes", comment(item, left), item.get("comment"));
    let has_key = words(item, "serial").is_some();
    left.inventory
        .drop_some("licence-keys", usize::from(has_key));
    thing.say("name", words(item, "name"));
    thing.say("reference", words(item, "otherserial"));
    thing.say(
        "seats",
        number(item, "number").map(|seats| seats.to_string()),
    );
    thing.say("expires", day(item, "expire").map(|day| day.to_string()));
    let named = [
        ("software", "softwares_id"),
        ("organisation", "entities_id"),
        ("site", "locations_id"),
        ("manager", "users_id_tech"),
        ("version_bought", "softwareversions_id_buy"),
        ("version_in_use", "softwareversions_id_use"),
    ];
    for (field, key) in named {
        thing.say(field, name(item, key, left));
    }
    thing
}

/// A contract.
pub(super) fn contract(item: &Value, site: &Site<'_>, left: &mut Left) -> Thing {
    let mut thing = Thing::new("contract");
    thing.hold("notes", comment(item, left), item.get("comment"));
    thing.say("name", words(item, "name"));
    thing.say("number", words(item, "num"));
    thing.say("organisation", name(item, "entities_id", left));
    // Types of contracts are each site's own in GLPI: those that Carnet knows are taken.
    let kind = site.schema.kind("contract");
    let own = name(item, "contracttypes_id", left);
    let own = kind
        .zip(own)
        .and_then(|(kind, own)| choice(kind, "type", &own));
    thing.say("type", own);
    let begins = day(item, "begin_date");
    thing.say("starts", begins.map(|day| day.to_string()));
    let months = number(item, "duration").filter(|months| *months <= 1_200);
    let ends = begins.zip(months).and_then(|(begins, months)| {
        let span = Span::new().try_months(months).ok()?;
        begins.checked_add(span).ok()?.yesterday().ok()
    });
    thing.say("ends", ends.map(|day| day.to_string()));
    let notice = number(item, "notice").filter(|months| *months <= 1_200);
    thing.say("notice", notice.map(|months| format!("P{months}M")));
    let renewal = match words(item, "renewal").as_deref() {
        Some("1") => Some("tacit"),
        Some("2") => Some("express"),
        _ => None,
    };
    thing.say("renewal", renewal.map(str::to_owned));
    thing
}

/// A supplier.
pub(super) fn supplier(item: &Value, left: &mut Left) -> Thing {
    let mut thing = Thing::new("supplier");
    thing.hold("notes", comment(item, left), item.get("comment"));
    let plain = [
        ("name", "name"),
        ("phone", "phonenumber"),
        ("email", "email"),
        ("website", "website"),
    ];
    for (field, key) in plain {
        thing.say(field, words(item, key));
    }
    let place = [words(item, "postcode"), words(item, "town")];
    let place = place.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let address = [
        words(item, "address"),
        Some(place).filter(|place| !place.is_empty()),
    ];
    let address = address.into_iter().flatten().collect::<Vec<_>>().join(", ");
    thing.say("address", Some(address));
    thing
}
