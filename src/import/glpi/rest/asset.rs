//! A device of GLPI's interface → the sighting of an asset, with what was embedded in it.

use serde_json::Value;

use crate::history::Recorded;
use crate::import::answer::{Thing, Things};
use crate::import::glpi::facts::{computer_type, device_type};
use crate::import::glpi::rest::word::{chosen, comment, day, name, words};
use crate::import::glpi::rest::{Left, embedded};
use crate::import::profile::{choice, reference};
use crate::import::{Sighting, Site};

/// The keys that name a device's model and type, by their ends.
const MODEL: &str = "models_id";
const TYPE: &str = "types_id";

/// The sighting of a device, the `at`th of its file; `default` is what it is when nothing tells more.
pub(super) fn sighting(
    (item, default): (&Value, &'static str),
    site: &Site<'_>,
    (things, at): (&mut Things<'_>, usize),
    left: &mut Left,
) -> Option<Sighting> {
    let mut thing = Thing::new("asset");
    let plain = [
        ("name", "name"),
        ("serial", "serial"),
        ("inventory_number", "otherserial"),
        ("uuid", "uuid"),
        ("alternate_user", "contact"),
        ("phone_number", "number_line"),
    ];
    for (field, key) in plain {
        thing.hold(field, words(item, key), item.get(key));
    }
    thing.hold("notes", comment(item, left), item.get("comment"));
    let named = [
        ("status", "states_id"),
        ("manufacturer", "manufacturers_id"),
        ("organisation", "entities_id"),
        ("site", "locations_id"),
        ("user", "users_id"),
        ("group", "groups_id"),
        ("technician", "users_id_tech"),
    ];
    for (field, key) in named {
        thing.hold(field, name(item, key, left), chosen(item, key));
    }
    let seen = day(item, "last_inventory_update");
    thing.say("last_seen", seen.map(|day| day.to_string()));
    let model = by_end(item, MODEL, left);
    let type_words = by_end(item, TYPE, left).unwrap_or_default();
    let told = format!("{type_words} {}", model.clone().unwrap_or_default());
    thing.say("model", model);
    if thing.words.contains_key("user") {
        // The name that an agent saw says less than the person in charge.
        thing.words.remove("alternate_user");
    }
    embedded::infocom(item, &mut thing, left);
    let mut sighting = things.sighting(&thing, at)?;
    let own = site.schema.kind("asset");
    let known = own.and_then(|kind| choice(kind, "type", &reference(&type_words)));
    let kind = known.unwrap_or_else(|| match default {
        "desktop" => computer_type(&type_words, "", "").to_owned(),
        "switch" => device_type(&told).to_owned(),
        other => other.to_owned(),
    });
    sighting
        .first
        .insert("type".to_owned(), Recorded::Text(kind));
    embedded::cards(item, &mut sighting, left);
    embedded::software(item, &mut sighting);
    embedded::contracts(item, &mut sighting, left);
    Some(sighting)
}

/// The name that the one key of an end leads to (`computermodels_id`).
fn by_end(item: &Value, end: &str, left: &mut Left) -> Option<String> {
    let keys = item.as_object()?.keys();
    let mut keys = keys.filter(|key| key.ends_with(end) && !key.starts_with("auto"));
    let key = keys.next()?.clone();
    name(item, &key, left)
}
