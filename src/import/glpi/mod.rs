//! GLPI agent inventories: the native JSON (`glpi-agent --local --json`) and the XML of older
//! agents (`REQUEST/CONTENT`), for computers, network equipment, printers and phones.
//!
//! Form: `inventory.schema.json` of glpi-project/inventory_format; unknown keys are passed over, as
//! it asks. Never read: product and licence keys, environment, processes, SSH keys, local accounts.

pub(super) mod addresses;
mod computer;
pub(super) mod facts;
mod form;
mod kept;
mod network_device;
pub mod ocs;
mod parts;
mod rest;
mod selected;
mod xml;

#[cfg(test)]
mod tests;

use serde_json::Value;

use crate::diagnostic::Language;
use crate::import::directory::set_day;
use crate::import::{Clue, Inventory, Refusal, Sighting};
pub use form::{Document, LARGEST, document};
use form::{list, text};
pub use kept::kept;

pub(super) use rest::decoded;
pub use rest::{is_answer, read as read_answer};

/// The source's name, of its folder under `inventory/_imports/` and on the command line.
pub const SOURCE: &str = "glpi";

/// Reads one file of an agent. Sizes are written in a language (`16 Go`, `16 GB`).
pub fn read(bytes: &[u8], language: Language) -> Result<Inventory, Refusal> {
    let mut inventory = Inventory::new(SOURCE);
    for one in document(bytes)?.inventories()? {
        take(&one, language, &mut inventory);
    }
    Ok(inventory)
}

/// Adds what one inventory of a file says.
fn take(one: &Value, language: Language, inventory: &mut Inventory) {
    let content = &one["content"];
    drop_secrets(content, inventory);
    let is_device = content.get("network_device").is_some_and(Value::is_object);
    let mut sightings = if is_device {
        network_device::read(one)
    } else {
        computer::read(one, language, inventory)
    };
    if let Some(machine) = sightings.first() {
        let note = addresses::of_inventory(&machine.title, content);
        inventory.notes.extend(note);
    }
    let mut logs = list(content, "accesslog").into_iter();
    let seen = logs.find_map(|log| facts::day(&text(log, "logdate")?));
    for sighting in &mut sightings {
        set_day(sighting, "last_seen", seen);
    }
    // Positions of links count from this inventory's first sighting.
    let mut part = Inventory::new(&inventory.source);
    part.records.append(&mut sightings);
    inventory.join(part);
}

/// Counts what is never taken, whatever the kind of the device.
fn drop_secrets(content: &Value, inventory: &mut Inventory) {
    let hardware = &content["hardware"];
    let own = ["winprodkey", "winprodid"]
        .iter()
        .filter(|key| text(hardware, key).is_some());
    let keys = own.count()
        + list(content, "licenseinfos")
            .iter()
            .filter(|licence| text(licence, "key").is_some())
            .count();
    inventory.drop_some("licence-keys", keys);
    inventory.drop_some("environment", list(content, "envs").len());
    inventory.drop_some("processes", list(content, "processes").len());
    let ssh = list(content, "operatingsystem");
    inventory.drop_some(
        "ssh-keys",
        ssh.iter()
            .filter(|system| text(system, "ssh_key").is_some())
            .count(),
    );
    inventory.drop_some("local-accounts", list(content, "local_users").len());
    let sims = list(content, "simcards");
    let codes = ["pin", "pin2", "puk", "puk2"];
    inventory.drop_some(
        "sim-codes",
        sims.iter()
            .filter(|sim| codes.iter().any(|code| text(sim, code).is_some()))
            .count(),
    );
}

/// What tells one asset from another, after the rules of GLPI.
pub(super) const TELLING: &[&str] = &["serial", "uuid"];

/// An asset with the clues that its fields give: UUID and serial number, serial number, UUID, MAC, name.
pub(super) fn asset(
    title: &str,
    serial: Option<&str>,
    uuid: Option<&str>,
    macs: &[String],
) -> Sighting {
    let mut sighting = Sighting {
        kind: "asset",
        title: title.to_owned(),
        telling: TELLING,
        ..Sighting::default()
    };
    if let (Some(serial), Some(uuid)) = (serial, uuid) {
        sighting
            .clues
            .push(Clue::both(0, ("uuid", uuid), ("serial", serial)));
    }
    if let Some(serial) = serial {
        sighting.clues.push(Clue::new(1, "serial", serial));
        sighting.set("serial", serial);
    }
    if let Some(uuid) = uuid {
        sighting.clues.push(Clue::new(2, "uuid", uuid));
        sighting.set("uuid", uuid);
    }
    for mac in macs {
        sighting.clues.push(Clue::new(3, "mac", mac.as_str()));
    }
    sighting.clues.extend(Clue::names(4, title));
    sighting.set("name", title);
    sighting
}

/// Says that the title of a sighting is made of something else (a serial number): a new record is called
/// so, and one that is there keeps its name.
pub(super) fn nameless(sighting: &mut Sighting) {
    sighting.fields.remove("name");
}
