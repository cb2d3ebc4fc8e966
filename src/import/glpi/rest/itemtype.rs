//! Which type of GLPI a thing is of: by the name it stands under, by its own links, by the keys that
//! no other type has.

use serde_json::Value;

use crate::import::answer::{list, text_of};

/// A type that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemType {
    /// A device, and what it is when its own type says nothing (a key of `asset.type`).
    Asset(&'static str),
    Ticket,
    Licence,
    Contract,
    Supplier,
    Software,
    User,
}

/// Types by GLPI's name, each with a key that things of no other type have.
const TYPES: [(&str, &str, ItemType); 12] = [
    ("Computer", "computermodels_id", ItemType::Asset("desktop")),
    ("Monitor", "monitormodels_id", ItemType::Asset("monitor")),
    (
        "NetworkEquipment",
        "networkequipmentmodels_id",
        ItemType::Asset("switch"),
    ),
    ("Printer", "printermodels_id", ItemType::Asset("printer")),
    ("Phone", "phonemodels_id", ItemType::Asset("phone")),
    (
        "Peripheral",
        "peripheralmodels_id",
        ItemType::Asset("peripheral"),
    ),
    ("Ticket", "requesttypes_id", ItemType::Ticket),
    (
        "SoftwareLicense",
        "softwarelicensetypes_id",
        ItemType::Licence,
    ),
    ("Software", "softwarecategories_id", ItemType::Software),
    ("Contract", "contracttypes_id", ItemType::Contract),
    ("Supplier", "suppliertypes_id", ItemType::Supplier),
    ("User", "usercategories_id", ItemType::User),
];

fn by_name(name: &str) -> Option<ItemType> {
    let found = TYPES.iter().find(|(own, _, _)| *own == name);
    found.map(|(_, _, kind)| *kind)
}

/// The things that stand under names of types, what is none included; nothing when no key is one.
pub(super) fn named(value: &Value) -> Option<Vec<(ItemType, &Value)>> {
    let mut keys = value.as_object()?.keys();
    keys.find(|key| by_name(key).is_some())?;
    let mut all = Vec::new();
    for (key, inner) in value.as_object().into_iter().flatten() {
        let Some(kind) = by_name(key) else { continue };
        match inner {
            Value::Array(items) => all.extend(items.iter().map(|item| (kind, item))),
            one => all.push((kind, one)),
        }
    }
    Some(all)
}

/// The type of a thing.
pub(super) fn of(item: &Value) -> Option<ItemType> {
    let by_key = || {
        let found = TYPES.iter().find(|(_, key, _)| item.get(*key).is_some());
        found.map(|(_, _, kind)| *kind)
    };
    let own = text_of(item, "itemtype").and_then(|name| by_name(&name));
    own.or_else(|| by_links(item)).or_else(by_key)
}

/// The type in a link to something of the thing's own: `…/Computer/71/ReservationItem/`.
fn by_links(item: &Value) -> Option<ItemType> {
    let id = text_of(item, "id")?;
    list(item, "links").iter().find_map(|link| {
        let href = text_of(link, "href")?;
        let parts: Vec<&str> = href.split('/').collect();
        let own = parts
            .windows(3)
            .find(|part| part[1] == id && !part[2].is_empty())?;
        by_name(own[0])
    })
}
