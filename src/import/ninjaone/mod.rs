//! Answers of NinjaOne's API, version 2, saved as JSON: devices (`/v2/devices`, `/v2/devices-detailed`),
//! software (`/v2/queries/software`), backup jobs (`/v2/backup/jobs`), tickets, and the names of
//! organisations, locations and users. All files of an import are read together and joined by the
//! numbers that NinjaOne gives.
//!
//! Names of keys: the `OpenAPI` description of NinjaOne's core resources. Never read: notes and custom
//! fields, where people keep passwords; public addresses; what changes by the hour.

mod backup;
mod device;
mod ticket;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde_json::Value;

use crate::diagnostic::Language;
use crate::history::Recorded;
use crate::import::documents::{documents, flag_of, items, text_of};
use crate::import::{Clue, Inventory, Link, Refusal, Target};
use crate::text;

/// The source's name.
pub const SOURCE: &str = "ninjaone";

/// Everything that the files say, by the numbers of NinjaOne.
#[derive(Debug, Default)]
struct Console {
    /// Devices: what a later file says of one goes over what an earlier one said.
    devices: BTreeMap<String, Value>,
    software: BTreeMap<String, Vec<BTreeMap<String, Recorded>>>,
    backups: Vec<Value>,
    tickets: BTreeMap<String, Value>,
    organisations: BTreeMap<String, String>,
    locations: BTreeMap<String, String>,
    /// Users by number and by `uid`.
    users: BTreeMap<String, Value>,
    system_components: usize,
    others: usize,
}

/// What is known of the surroundings.
#[derive(Debug, Clone, Copy)]
struct Place<'a> {
    zone: &'a TimeZone,
    language: Language,
}

/// Reads the files of one import together; `zone` and `language` are the site's. Gives the inventory
/// and the files that could not be read, by position.
pub fn read(
    files: &[Vec<u8>],
    zone: &TimeZone,
    language: Language,
) -> (Inventory, Vec<(usize, Refusal)>) {
    let mut console = Console::default();
    let mut refused = Vec::new();
    for (at, file) in files.iter().enumerate() {
        if let Err(refusal) = console.file(file) {
            refused.push((at, refusal));
        }
    }
    let mut inventory = Inventory::new(SOURCE);
    let place = Place { zone, language };
    let places = device::sightings(&console, place, &mut inventory);
    backup::sightings(&console, place, &places, &mut inventory);
    ticket::sightings(&console, place, &places, &mut inventory);
    let strangers = console
        .software
        .keys()
        .filter(|id| !console.devices.contains_key(*id));
    let strangers = strangers.count();
    if strangers > 0 {
        inventory.notes.push(text!(
            "logiciels d’appareils qui ne sont dans aucun fichier, laissés de côté ({strangers} appareils) ; donnez aussi `/v2/devices`",
            "software of devices that are in no file, left aside ({strangers} devices); give `/v2/devices` as well"
        ));
    }
    inventory.drop_some("system-components", console.system_components);
    inventory.drop_some("other-reports", console.others);
    (inventory, refused)
}

impl Console {
    /// Takes the items of a file. Refused when none of them is known.
    fn file(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let values = documents(bytes)?;
        let before = self.others;
        let mut count = 0;
        for value in &values {
            for item in items(value, &["results", "data"]) {
                count += 1;
                self.item(item);
            }
        }
        if count > 0 && self.others - before == count {
            self.others = before;
            return Err(Refusal::new(text!(
                "ce n’est aucune des réponses connues de NinjaOne (appareils, logiciels, sauvegardes, tickets, organisations, lieux, utilisateurs)",
                "this is none of the known answers of NinjaOne (devices, software, backups, tickets, organisations, locations, users)"
            )));
        }
        Ok(())
    }

    /// Takes one item, told by its keys: answers do not say what they are.
    fn item(&mut self, item: &Value) {
        let has = |key: &str| item.get(key).is_some();
        let id = text_of(item, "id").unwrap_or_default();
        let of_device = text_of(item, "deviceId");
        let name = text_of(item, "name");
        if has("nodeClass") && !id.is_empty() {
            let known = self
                .devices
                .entry(id)
                .or_insert_with(|| Value::Object(serde_json::Map::new()));
            overlay(known, item);
        } else if let Some(device) = of_device {
            if has("planName") || has("jobStatus") {
                self.backups.push(item.clone());
            } else if name.is_some()
                && [
                    "publisher",
                    "productCode",
                    "isSystemComponent",
                    "installDate",
                ]
                .iter()
                .any(|key| has(key))
            {
                self.software(device, item);
            } else {
                self.others += 1;
            }
        } else if (has("subject") || has("summary")) && has("status") && !id.is_empty() {
            self.tickets.insert(id, item.clone());
        } else if has("firstName") || has("userType") {
            let uid = text_of(item, "uid");
            for key in uid.into_iter().chain(Some(id).filter(|id| !id.is_empty())) {
                self.users.insert(key, item.clone());
            }
        } else if let (false, Some(name)) = (id.is_empty(), name) {
            let of = if has("organizationId") || has("address") {
                &mut self.locations
            } else {
                &mut self.organisations
            };
            of.insert(id, name);
        } else {
            self.others += 1;
        }
    }

    fn software(&mut self, device: String, item: &Value) {
        if flag_of(item, "isSystemComponent") == Some(true) {
            self.system_components += 1;
            return;
        }
        let parts = ["name", "publisher", "version"].iter().filter_map(|key| {
            let value = text_of(item, key)?;
            Some(((*key).to_owned(), Recorded::Text(value)))
        });
        self.software
            .entry(device)
            .or_default()
            .push(parts.collect());
    }
}

/// What is said of one thing over what was said before; objects inside part by part.
fn overlay(under: &mut Value, over: &Value) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) => {
            for (key, value) in over.iter().filter(|(_, value)| !value.is_null()) {
                overlay(under.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (under, over) => *under = over.clone(),
    }
}

/// A link to a person by the address and the name of a user.
fn person(field: &'static str, user: &Value, otherwise: Option<&'static str>) -> Option<Link> {
    let names = ["firstName", "lastName"]
        .iter()
        .filter_map(|key| text_of(user, key));
    let name = names.collect::<Vec<_>>().join(" ");
    let mail = text_of(user, "email").filter(|mail| mail.contains('@'));
    let shown = if name.is_empty() {
        mail.clone()?
    } else {
        name.clone()
    };
    let mail = mail.map(|mail| Clue::new(1, "email", mail));
    let clues = mail.into_iter().chain(
        Some(name)
            .filter(|name| !name.is_empty())
            .map(|name| Clue::new(2, "name", name)),
    );
    Some(Link {
        field,
        part: None,
        target: Target::Seen("person", clues.collect(), shown),
        otherwise,
    })
}

/// A link to a record by its name.
fn named(field: &'static str, name: String) -> Link {
    Link {
        field,
        part: None,
        target: Target::Named(name),
        otherwise: None,
    }
}

/// A link to a device of the same import, or what it is called where its file is missing.
fn to_device(field: &'static str, id: &str, places: &BTreeMap<String, usize>) -> Option<Link> {
    Some(Link {
        field,
        part: None,
        target: Target::Sighting(*places.get(id)?),
        otherwise: None,
    })
}
