//! What a computer holds: software, disks and their encryption, antivirus, monitors, virtual machines.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::diagnostic::Language;
use crate::fold::fold;
use crate::history::Recorded;
use crate::import::glpi::asset;
use crate::import::glpi::computer::named;
use crate::import::glpi::facts::{gigabytes, lasting_address, mac};
use crate::import::glpi::form::{first, flag, list, number, text, texts};
use crate::import::{Inventory, Link, Sighting, Target, is_placeholder};

/// Installed software: name, publisher, version. Updates of Windows are counted and left out.
pub(super) fn software(
    content: &Value,
    inventory: &mut Inventory,
) -> Vec<BTreeMap<String, Recorded>> {
    let mut all = Vec::new();
    let mut updates = 0;
    for one in list(content, "softwares") {
        let Some(name) = first(one, &["name", "guid"]) else {
            continue;
        };
        let category = text(one, "system_category").unwrap_or_default();
        let number = name.strip_prefix("KB").filter(|rest| rest.len() >= 6);
        let is_update = number.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
        if is_update
            || matches!(
                fold(&category).as_str(),
                "hotfix" | "security_update" | "update"
            )
        {
            updates += 1;
            continue;
        }
        let mut item = BTreeMap::new();
        let publisher = first(one, &["publisher", "manufacturer"]);
        let parts = [
            ("name", Some(name)),
            ("publisher", publisher),
            ("version", text(one, "version")),
        ];
        for (key, value) in parts {
            if let Some(value) = value {
                item.insert(key.to_owned(), Recorded::Text(value));
            }
        }
        all.push(item);
    }
    inventory.drop_some("updates", updates);
    all
}

/// The disks that stay in the machine, with their sizes.
pub(super) fn disks(content: &Value, language: Language) -> String {
    let mut all: Vec<String> = list(content, "storages")
        .into_iter()
        .filter(|disk| !is_removable(disk))
        .filter_map(|disk| {
            let name = first(disk, &["model", "name"])?;
            let size = number(disk, "disksize").filter(|size| *size > 0);
            Some(
                match size.and_then(|size| gigabytes(size, 1_000, language)) {
                    Some(size) => format!("{name} ({size})"),
                    None => name,
                },
            )
        })
        .collect();
    all.sort();
    all.join(", ")
}

fn is_removable(disk: &Value) -> bool {
    let words = ["type", "interface", "description"].map(|key| text(disk, key).unwrap_or_default());
    let words = fold(&words.join(" "));
    [
        "cd",
        "dvd",
        "usb",
        "removable",
        "floppy",
        "card",
        "tape",
        "virtual",
    ]
    .iter()
    .any(|word| words.contains(word))
}

/// How the drive of the system is encrypted (a key of `asset.disk_encryption`).
pub(super) fn encryption(content: &Value) -> Option<&'static str> {
    let drives = list(content, "drives");
    let is_system = |drive: &&&Value| {
        let place = first(drive, &["type", "letter", "volumn"]).unwrap_or_default();
        let letter = text(drive, "letter").unwrap_or_default();
        flag(drive, "systemdrive").unwrap_or(false)
            || place == "/"
            || letter.eq_ignore_ascii_case("c:")
    };
    let drive = drives.iter().find(is_system)?;
    match text(drive, "encrypt_status")?.to_ascii_lowercase().as_str() {
        "yes" | "partially" => {}
        "no" => return Some("none"),
        _ => return None,
    }
    let name = fold(&first(drive, &["encrypt_name", "encrypt_type"]).unwrap_or_default());
    let known = [
        ("bitlocker", "bitlocker"),
        ("filevault", "filevault"),
        ("luks", "luks"),
    ];
    let found = known.iter().find(|(word, _)| name.contains(word));
    Some(found.map_or("other", |(_, key)| key))
}

/// The names of the antivirus products that are on.
pub(super) fn antivirus(content: &Value) -> Vec<String> {
    list(content, "antivirus")
        .into_iter()
        .filter(|product| flag(product, "enabled").unwrap_or(true))
        .filter_map(|product| text(product, "name"))
        .collect()
}

/// Monitors, each linked to the machine (the inventory's first sighting). Without a serial number
/// nothing tells one from another, and they are counted.
pub(super) fn monitors(content: &Value, inventory: &mut Inventory) -> Vec<Sighting> {
    let mut all = Vec::new();
    let mut seen = BTreeSet::new();
    let mut nameless = 0;
    for monitor in list(content, "monitors") {
        let serials = ["serial", "altserial"]
            .iter()
            .filter_map(|key| text(monitor, key));
        let serial = serials
            .into_iter()
            .find(|serial| !is_placeholder("serial", serial));
        let Some(serial) = serial else {
            nameless += 1;
            continue;
        };
        if !seen.insert(serial.clone()) {
            continue;
        }
        let model = first(monitor, &["caption", "description", "name"]);
        let title = match &model {
            Some(model) => format!("{model} {serial}"),
            None => serial.clone(),
        };
        let mut sighting = asset(&title, Some(&serial), None, &[]);
        // A name made up here is no clue.
        sighting.clues.retain(|clue| clue.level < 4);
        begin(&mut sighting, "monitor");
        if let Some(maker) = text(monitor, "manufacturer") {
            sighting.set("manufacturer", &maker);
        }
        if let Some(model) = model {
            sighting.links.push(named("model", model, None));
        }
        let mut beside = BTreeMap::new();
        if let Some(port) = text(monitor, "port") {
            beside.insert("port".to_owned(), Recorded::Text(port));
        }
        sighting.links.push(Link {
            field: "connected_to",
            part: Some(("asset", beside)),
            target: Target::Sighting(0),
            otherwise: None,
        });
        all.push(sighting);
    }
    inventory.drop_some("monitors-without-serial", nameless);
    all
}

/// Virtual machines, which depend on this one. Containers come and go and are counted.
pub(super) fn virtual_machines(
    content: &Value,
    inventory: &mut Inventory,
    language: Language,
) -> Vec<Sighting> {
    let mut all = Vec::new();
    let mut containers = 0;
    for machine in list(content, "virtualmachines") {
        let kind =
            ["vmtype", "subsystem", "image"].map(|key| text(machine, key).unwrap_or_default());
        let kind = fold(&kind.join(" "));
        let is_container = ["docker", "podman", "containerd", "jail"]
            .iter()
            .any(|word| kind.contains(word));
        let image = text(machine, "image").is_some();
        if is_container || image {
            containers += 1;
            continue;
        }
        let Some(name) = text(machine, "name") else {
            continue;
        };
        let uuid =
            text(machine, "uuid").filter(|uuid| uuid.len() >= 32 && !is_placeholder("uuid", uuid));
        let macs: Vec<String> = texts(machine, "mac")
            .iter()
            .flat_map(|macs| macs.split(['/', ',', ' ']))
            .filter_map(mac)
            .filter(|mac| !is_placeholder("mac", mac))
            .collect();
        // Some hypervisors list themselves: no machine depends on itself.
        if is_host(content, &name, uuid.as_deref()) {
            continue;
        }
        let mut sighting = asset(&name, None, uuid.as_deref(), &macs);
        begin(&mut sighting, "virtual-machine");
        sighting.set_list("mac", macs);
        let addresses = texts(machine, "ip").into_iter();
        sighting.set_list(
            "ip",
            addresses.filter_map(|address| lasting_address(&address)),
        );
        let memory = number(machine, "memory").filter(|memory| *memory > 0);
        if let Some(memory) = memory.and_then(|memory| gigabytes(memory, 1_024, language)) {
            sighting.set("memory", &memory);
        }
        if let Some(count) = number(machine, "vcpu").filter(|count| *count > 0) {
            sighting.set("cpu", &format!("{count} vCPU"));
        }
        sighting.links.push(Link {
            field: "depends_on",
            part: None,
            target: Target::Sighting(0),
            otherwise: None,
        });
        all.push(sighting);
    }
    inventory.drop_some("containers", containers);
    all
}

/// Whether a machine is the one that lists it: by its UUID, or by its name where it has no UUID.
fn is_host(content: &Value, name: &str, uuid: Option<&str>) -> bool {
    let hardware = &content["hardware"];
    let same = |key: &str, own: &str| {
        text(hardware, key).is_some_and(|host| fold(host.trim()) == fold(own.trim()))
    };
    uuid.map_or_else(|| same("name", name), |uuid| same("uuid", uuid))
}

/// What a new record of a type begins with.
fn begin(sighting: &mut Sighting, kind: &str) {
    for (key, value) in [("type", kind), ("status", "in-service")] {
        sighting
            .first
            .insert(key.to_owned(), Recorded::Text(value.to_owned()));
    }
}
