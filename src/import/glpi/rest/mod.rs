//! What GLPI's interface answers (`apirest.php/Computer/…?expand_dropdowns=true`), saved in a file: one
//! thing, a list of one type, or several types by name (`{"Computer": […]}`).
//!
//! Form: `apirest.md` of GLPI. Types are told by their `links`, else by keys that only they have.

mod account;
mod asset;
mod embedded;
mod html;
mod itemtype;
mod parts;
mod stock;
mod ticket;
mod word;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::import::answer::{self, Things, is_json};
use crate::import::glpi::SOURCE;
use crate::import::profile::software_of_licences;
use crate::import::{Inventory, Refusal, Sighting, Site};
use crate::text;
use itemtype::ItemType;

pub(in crate::import) use html::decoded;

/// Whether a file is JSON and no agent's: theirs has `content` with an inventory in it.
pub fn is_answer(bytes: &[u8]) -> bool {
    // Agents' files in UTF-16 are left to their reader; no interface answers in it.
    if !is_json(bytes) || bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return false;
    }
    let key = b"\"content\"";
    let is_inventory = |at: usize| {
        let mut behind = bytes[at..]
            .iter()
            .filter(|byte| !byte.is_ascii_whitespace());
        behind.next() == Some(&b':') && behind.next() == Some(&b'{')
    };
    let mut keys = bytes.windows(key.len()).enumerate();
    !keys.any(|(at, window)| window == key && is_inventory(at + key.len()))
}

/// The most places in one note.
const MOST_PLACES: usize = 5;

/// What is left out of the things of a file, to be told together.
#[derive(Debug, Default)]
pub(super) struct Left {
    pub inventory: Inventory,
    /// Names that came as numbers.
    pub numbers: usize,
}

/// Reads a file. Refused when it is no JSON, a search, an error, or of a type that is not taken.
pub fn read(bytes: &[u8], site: &Site<'_>) -> Result<Inventory, Refusal> {
    let answer = answer::json(bytes)?;
    let items = items(&answer)?;
    let mut beside = parts::beside(&answer);
    let mut things = Things::new(site.schema, SOURCE);
    let mut left = Left {
        inventory: Inventory::new(SOURCE),
        numbers: 0,
    };
    let mut strange: Vec<String> = Vec::new();
    for (at, (kind, item)) in items.iter().enumerate() {
        if !item.is_object() {
            strange.push((at + 1).to_string());
            continue;
        }
        if let Some(what) = gone(item) {
            left.inventory.drop_some(what, 1);
            continue;
        }
        let mut own = parts::Parts::new();
        if *kind == ItemType::Ticket {
            let number = answer::text_of(item, "id").unwrap_or_default();
            own = beside.remove(&number).unwrap_or_default();
            parts::within(item, &mut own);
        }
        let place = (&mut things, at + 1);
        let sighting = sighting((*kind, item, &own), site, place, &mut left);
        left.inventory.records.extend(sighting);
    }
    let mut inventory = left.inventory;
    inventory.notes.extend(things.notes());
    if !strange.is_empty() {
        let (count, first) = (strange.len(), strange.iter().take(MOST_PLACES));
        let first = first.cloned().collect::<Vec<_>>().join(", ");
        inventory.notes.push(text!(
            "éléments qui n’en sont pas, laissés de côté\u{a0}: {count} (élément {first})",
            "items that are none, left aside: {count} (item {first})"
        ));
    }
    if left.numbers > 0 {
        let count = left.numbers;
        inventory.notes.push(text!(
            "noms laissés de côté parce que ce sont des numéros : {count} ; redemandez avec `?expand_dropdowns=true`",
            "names left aside because they are numbers: {count}; ask again with `?expand_dropdowns=true`"
        ));
    }
    let of_others = beside.values().flat_map(BTreeMap::values);
    let lost: usize = of_others.map(Vec::len).sum();
    if lost > 0 {
        inventory.notes.push(text!(
            "suivis, tâches, acteurs ou journaux dont le ticket n’est pas dans ce fichier : {lost}",
            "followups, tasks, actors or logs whose ticket is not in this file: {lost}"
        ));
    }
    software_of_licences(&mut inventory);
    Ok(inventory)
}

fn sighting(
    (kind, item, parts): (ItemType, &Value, &parts::Parts<'_>),
    site: &Site<'_>,
    (things, at): (&mut Things<'_>, usize),
    left: &mut Left,
) -> Option<Sighting> {
    match kind {
        ItemType::Asset(default) => asset::sighting((item, default), site, (things, at), left),
        ItemType::Ticket => ticket::sighting((item, parts), site, (things, at), left),
        ItemType::Licence => things.sighting(&stock::licence(item, left), at),
        ItemType::Contract => things.sighting(&stock::contract(item, site, left), at),
        ItemType::Supplier => things.sighting(&stock::supplier(item, left), at),
        ItemType::Software => things.sighting(&stock::software(item, left), at),
        ItemType::User => account::sighting(item, left),
    }
}

/// Why a thing is none of the estate.
fn gone(item: &Value) -> Option<&'static str> {
    let flag =
        |key: &str| answer::text_of(item, key).is_some_and(|flag| flag == "1" || flag == "true");
    if flag("is_deleted") {
        Some("deleted")
    } else if flag("is_template") {
        Some("templates")
    } else {
        None
    }
}

/// The things of an answer, each with its type.
fn items(answer: &Value) -> Result<Vec<(ItemType, &Value)>, Refusal> {
    if answer.get("totalcount").is_some() {
        return Err(Refusal::new(text!(
            "c’est la réponse d’une recherche, dont les colonnes n’ont que des numéros : demandez les éléments eux-mêmes, `apirest.php/Computer?expand_dropdowns=true&range=0-999`",
            "this is the answer of a search, whose columns have numbers only: ask for the items themselves, `apirest.php/Computer?expand_dropdowns=true&range=0-999`"
        )));
    }
    let all = match answer {
        Value::Array(all) => all.as_slice(),
        one => std::slice::from_ref(one),
    };
    if let Some(code) = all.first().and_then(Value::as_str) {
        let code: String = code
            .chars()
            .filter(char::is_ascii_graphic)
            .take(60)
            .collect();
        return Err(Refusal::new(text!(
            "GLPI a répondu par une erreur, `{code}`",
            "GLPI answered with an error, `{code}`"
        )));
    }
    let mut items = Vec::new();
    for one in all {
        match itemtype::named(one) {
            Some(named) => items.extend(named),
            None => match itemtype::of(one).filter(|_| !parts::is_one(one)) {
                Some(kind) => items.push((kind, one)),
                None if parts::is_one(one) || parts::has_some(one) => return Err(no_ticket()),
                None => return Err(no_type()),
            },
        }
    }
    Ok(items)
}

fn no_ticket() -> Refusal {
    Refusal::new(text!(
        "ce sont des suivis de tickets sans leurs tickets : mettez-les dans un même fichier, `{{\"Ticket\": […], \"ITILFollowup\": […], \"ITILSolution\": […], \"TicketTask\": […], \"Ticket_User\": […], \"Log\": […]}}`",
        "these are followups of tickets without their tickets: put them into one file, `{{\"Ticket\": […], \"ITILFollowup\": […], \"ITILSolution\": […], \"TicketTask\": […], \"Ticket_User\": […], \"Log\": […]}}`"
    ))
}

fn no_type() -> Refusal {
    Refusal::new(text!(
        "ce fichier n’a pas d’inventaire (`content`), ni de type d’objet GLPI qui soit repris ; écrivez `{{\"Computer\": […]}}` autour d’une liste pour dire ce qu’elle contient (Computer, Monitor, NetworkEquipment, Printer, Phone, Peripheral, Ticket, Software, SoftwareLicense, Contract, Supplier, User)",
        "this file holds no inventory (`content`), nor a type of GLPI that is taken; write `{{\"Computer\": […]}}` around a list to say what it holds (Computer, Monitor, NetworkEquipment, Printer, Phone, Peripheral, Ticket, Software, SoftwareLicense, Contract, Supplier, User)"
    ))
}
