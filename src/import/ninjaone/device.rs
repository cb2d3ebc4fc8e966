//! A device of NinjaOne → an asset.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use serde_json::Value;

use crate::import::directory::{begin, set_day};
use crate::import::documents::{epoch_of, flag_of, text_of, texts_of};
use crate::import::glpi::addresses::unreadable;
use crate::import::glpi::facts::{gigabytes, is_person, lasting_address, mac};
use crate::import::glpi::{asset, nameless};
use crate::import::ninjaone::{Console, Place, named, person, to_device};
use crate::import::{Clue, Inventory, Link, Sighting, Target, is_placeholder};
use crate::text;

/// At most this many devices are named in a note.
const MOST_NAMES: usize = 5;

/// Adds the assets of all devices; gives the place of each by its number.
pub(super) fn sightings(
    console: &Console,
    place: Place<'_>,
    inventory: &mut Inventory,
) -> BTreeMap<String, usize> {
    let mut places = BTreeMap::new();
    let mut awaiting = Vec::new();
    let mut monitors = 0;
    for (id, device) in &console.devices {
        let class = text_of(device, "nodeClass").unwrap_or_default();
        // An address that is watched, and no device.
        if class == "CLOUD_MONITOR_TARGET" {
            monitors += 1;
            continue;
        }
        drop_private(device, inventory);
        let sighting = sighting(id, device, console, place);
        let [macs, ips] = ["macAddresses", "ipAddresses"].map(|key| texts_of(device, key));
        let note = unreadable(&sighting.title, &macs, &ips);
        inventory.notes.extend(note);
        if text_of(device, "approvalStatus").as_deref() == Some("PENDING") {
            awaiting.push(sighting.title.clone());
        }
        places.insert(id.clone(), inventory.records.len());
        inventory.records.push(sighting);
    }
    for (id, at) in &places {
        let guest =
            text_of(&console.devices[id], "nodeClass").is_some_and(|class| is_guest(&class));
        let parent = text_of(&console.devices[id], "parentDeviceId").filter(|_| guest);
        let link = parent.and_then(|parent| to_device("depends_on", &parent, &places));
        inventory.records[*at].links.extend(link);
    }
    inventory.drop_some("watched-addresses", monitors);
    if !awaiting.is_empty() {
        let count = awaiting.len();
        let names = awaiting
            .iter()
            .take(MOST_NAMES)
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ");
        let more = if count > MOST_NAMES { "…" } else { "" };
        inventory.notes.push(text!(
            "appareils qui attendent d’être approuvés dans NinjaOne : {count} ({names}{more})",
            "devices that wait for approval in NinjaOne: {count} ({names}{more})"
        ));
    }
    places
}

/// Counts what is never taken.
fn drop_private(device: &Value, inventory: &mut Inventory) {
    let notes = device["notes"].as_array().map_or(0, Vec::len);
    inventory.drop_some("free-texts", notes);
    let own = device["userData"]
        .as_object()
        .map_or(0, serde_json::Map::len);
    inventory.drop_some("custom-fields", own);
}

fn sighting(id: &str, device: &Value, console: &Console, place: Place<'_>) -> Sighting {
    let system = &device["system"];
    let names = ["displayName", "systemName", "dnsName", "netbiosName"];
    let title = names.iter().find_map(|key| text_of(device, key));
    let name = title.or_else(|| text_of(system, "name"));
    let has_name = name.is_some();
    let title = name.unwrap_or_else(|| format!("{}-{id}", super::SOURCE));
    let serials = ["biosSerialNumber", "serialNumber", "assetSerialNumber"];
    let mut serials = serials.iter().filter_map(|key| text_of(system, key));
    let serial = serials.find(|serial| !is_placeholder("serial", serial));
    let macs: Vec<String> = texts_of(device, "macAddresses")
        .iter()
        .filter_map(|text| mac(text))
        .filter(|mac| !is_placeholder("mac", mac))
        .collect();
    let mut sighting = asset(&title, serial.as_deref(), None, &macs);
    if !has_name {
        nameless(&mut sighting);
    }
    sighting.set_list("mac", macs);
    let host = text_of(device, "systemName").or_else(|| text_of(device, "dnsName"));
    if let Some(host) = host {
        // A display name is people's own; the machine may be known by its own name alone.
        sighting.clues.extend(Clue::names(4, &host));
        sighting.set("hostname", &host);
    }
    let class = text_of(device, "nodeClass").unwrap_or_default();
    if let Some(kind) = type_of(&class, system) {
        begin(&mut sighting, "type", kind);
    }
    let status = match text_of(device, "approvalStatus").as_deref() {
        Some("STAGED") => "planned",
        Some("DECOMMISSIONED") => "retired",
        _ => "in-service",
    };
    begin(&mut sighting, "status", status);
    let addresses = texts_of(device, "ipAddresses");
    sighting.set_list(
        "ip",
        addresses.iter().filter_map(|text| lasting_address(text)),
    );
    sighting.set_list("tags", texts_of(device, "tags"));
    hardware(&mut sighting, device, place);
    if let Some(software) = console.software.get(id) {
        sighting.set_structures("installed_software", software.clone());
    }
    let end = epoch_of(&device["references"]["warranty"], "endDate", place.zone);
    if let Some(end) = end {
        sighting.set("warranty_end", &end.date().to_string());
    }
    let seen = epoch_of(device, "lastContact", place.zone);
    set_day(&mut sighting, "last_seen", seen.map(DateTime::date));
    links(&mut sighting, device, console);
    sighting
}

fn hardware(sighting: &mut Sighting, device: &Value, place: Place<'_>) {
    let (system, os) = (&device["system"], &device["os"]);
    let values = [
        ("manufacturer", text_of(system, "manufacturer")),
        ("os", text_of(os, "name")),
        (
            "os_version",
            text_of(os, "releaseId")
                .or_else(|| text_of(os, "buildNumber"))
                .or_else(|| text_of(system, "build")),
        ),
        ("imei", inside(device, "network", "imei")),
        ("phone_number", inside(device, "network", "phoneNumber")),
    ];
    for (key, value) in values {
        if let Some(value) = value {
            sighting.set(key, &value);
        }
    }
    let bytes = system["totalPhysicalMemory"]
        .as_u64()
        .or_else(|| device["memory"]["capacity"].as_u64());
    let memory = bytes.filter(|bytes| *bytes > 0);
    if let Some(memory) = memory.and_then(|bytes| gigabytes(bytes, 1 << 30, place.language)) {
        sighting.set("memory", &memory);
    }
    let mut processors: BTreeMap<String, usize> = BTreeMap::new();
    for processor in device["processors"].as_array().into_iter().flatten() {
        let name = text_of(processor, "name").unwrap_or_default();
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        *processors.entry(name).or_default() += 1;
    }
    processors.remove("");
    let processors = processors.into_iter().map(|(name, count)| match count {
        1 => name,
        count => format!("{count} × {name}"),
    });
    sighting.set("cpu", &processors.collect::<Vec<_>>().join(", "));
    if let Some(encryption) = encryption(device) {
        sighting.set("disk_encryption", encryption);
    }
}

/// The first text of a key in a list of objects.
fn inside(device: &Value, list: &str, key: &str) -> Option<String> {
    let mut items = device[list].as_array().into_iter().flatten();
    items.find_map(|item| text_of(item, key))
}

/// How the drive of the system is encrypted, where NinjaOne knows.
fn encryption(device: &Value) -> Option<&'static str> {
    let mut volumes = device["volumes"].as_array()?.iter();
    let is_system = |volume: &&Value| {
        let place = text_of(volume, "driveLetter").or_else(|| text_of(volume, "name"));
        place.is_some_and(|place| place.to_uppercase().starts_with("C:"))
    };
    let status = &volumes.find(is_system)?["bitLockerStatus"];
    match text_of(status, "protectionStatus")?.as_str() {
        "PROTECTED" => Some("bitlocker"),
        "UNPROTECTED" => Some("none"),
        _ => None,
    }
}

fn is_guest(class: &str) -> bool {
    matches!(
        class,
        "VMWARE_VM_GUEST" | "HYPERV_VMM_GUEST" | "NMS_VIRTUAL_MACHINE"
    )
}

/// The type of an asset (a key of `asset.type`) by the class of a node.
fn type_of(class: &str, system: &Value) -> Option<&'static str> {
    if is_guest(class) || flag_of(system, "virtualMachine") == Some(true) {
        return Some("virtual-machine");
    }
    let chassis = text_of(system, "chassisType")
        .unwrap_or_default()
        .to_uppercase();
    Some(match class {
        "WINDOWS_SERVER" | "LINUX_SERVER" | "MAC_SERVER" | "NMS_SERVER" | "VMWARE_VM_HOST"
        | "HYPERV_VMM_HOST" | "NMS_VM_HOST" => "server",
        "WINDOWS_WORKSTATION" | "LINUX_WORKSTATION" | "MAC" | "NMS_COMPUTER" => {
            let is_laptop = ["LAPTOP", "NOTEBOOK", "PORTABLE"]
                .iter()
                .any(|word| chassis.contains(word));
            if is_laptop { "laptop" } else { "desktop" }
        }
        "ANDROID" | "APPLE_IOS" | "NMS_PHONE" => "phone",
        "APPLE_IPADOS" => "tablet",
        "NMS_SWITCH" => "switch",
        "NMS_ROUTER" => "router",
        "NMS_FIREWALL" | "NMS_PRIVATE_NETWORK_GATEWAY" => "firewall",
        "NMS_PRINTER" => "printer",
        "NMS_SCANNER" => "peripheral",
        "NMS_WAP" => "access-point",
        _ => return None,
    })
}

/// Model, organisation, place and user, by the names that NinjaOne has for them.
fn links(sighting: &mut Sighting, device: &Value, console: &Console) {
    let references = &device["references"];
    let model = text_of(&device["system"], "model").filter(|model| !is_placeholder("model", model));
    let name = |key: &str, id: &str, names: &BTreeMap<String, String>| {
        let id = text_of(device, id);
        text_of(&references[key], "name").or_else(|| names.get(&id?).cloned())
    };
    let organisation = name("organization", "organizationId", &console.organisations);
    let location = name("location", "locationId", &console.locations);
    let all = [
        ("model", model),
        ("organisation", organisation),
        ("site", location),
    ];
    for (field, name) in all {
        sighting.links.extend(name.map(|name| named(field, name)));
    }
    let owner = references.get("assignedOwner").or_else(|| {
        let uid = text_of(device, "assignedOwnerUid")?;
        console.users.get(&uid)
    });
    let owner = owner.and_then(|owner| person("user", owner, Some("alternate_user")));
    let last = text_of(device, "lastLoggedInUser")
        .filter(|login| is_person(login))
        .map(|login| Link {
            field: "user",
            part: None,
            target: Target::Named(login.rsplit('\\').next().unwrap_or(&login).to_owned()),
            otherwise: Some("alternate_user"),
        });
    if owner.is_none() {
        sighting.passing = &["alternate_user"];
    }
    sighting.links.extend(owner.or(last));
}
