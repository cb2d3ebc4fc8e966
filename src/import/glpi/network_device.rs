//! Network equipment and printers as an agent reads them over SNMP: what they are, their addresses,
//! the members of a stack, and what stands at the other end of their ports.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::history::Recorded;
use crate::import::glpi::computer::named;
use crate::import::glpi::facts::{device_type, lasting_address, mac};
use crate::import::glpi::form::{first, list, text, texts};
use crate::import::glpi::{asset, nameless};
use crate::import::{Clue, Link, Sighting, Target, is_placeholder};

/// The sighting of a device; none when nothing tells what it is.
pub(super) fn read(one: &Value) -> Vec<Sighting> {
    let content = &one["content"];
    let device = &content["network_device"];
    let serial = text(device, "serial").filter(|serial| !is_placeholder("serial", serial));
    let own = first(device, &["mac"]).and_then(|text| mac(&text));
    let macs: Vec<String> = own
        .into_iter()
        .filter(|mac| !is_placeholder("mac", mac))
        .collect();
    let names = ["name", "snmphostname", "dnshostname", "netbiosname"];
    let name = first(device, &names);
    let Some(title) = name
        .clone()
        .or_else(|| serial.clone())
        .or_else(|| first(device, &["ip"]))
    else {
        return Vec::new();
    };
    let mut sighting = asset(&title, serial.as_deref(), None, &macs);
    let kind = type_of(one, device);
    for (key, value) in [("type", kind), ("status", "in-service")] {
        sighting
            .first
            .insert(key.to_owned(), Recorded::Text(value.to_owned()));
    }
    match &name {
        Some(name) => sighting.set("hostname", name),
        None => nameless(&mut sighting),
    }
    let plain = [
        ("manufacturer", "manufacturer"),
        ("inventory_number", "assettag"),
        ("firmware", "firmware"),
        ("room", "location"),
    ];
    for (field, key) in plain {
        if let Some(value) = text(device, key) {
            sighting.set(field, &value);
        }
    }
    sighting.set_list("mac", macs);
    let mut addresses = texts(device, "ips");
    addresses.extend(text(device, "ip"));
    let addresses = addresses
        .iter()
        .filter_map(|address| lasting_address(address));
    sighting.set_list("ip", addresses);
    sighting.set_structures("components", members(content));
    if let Some(model) = text(device, "model").filter(|model| !is_placeholder("model", model)) {
        sighting.links.push(named("model", model, None));
    }
    for port in list(content, "network_ports") {
        sighting.links.extend(peer(port));
    }
    vec![sighting]
}

fn type_of(one: &Value, device: &Value) -> &'static str {
    let kind = text(one, "itemtype").or_else(|| text(device, "type"));
    let of_device = text(device, "type")
        .unwrap_or_default()
        .to_ascii_lowercase();
    match kind.unwrap_or_default().to_ascii_lowercase().as_str() {
        "printer" => "printer",
        "phone" => "phone",
        "computer" => "desktop",
        "storage" => "nas",
        "power" => "ups",
        _ if of_device == "printer" => "printer",
        "networkequipment" | "networking" => {
            let words = ["description", "comments", "model", "manufacturer"];
            let words = words.map(|key| text(device, key).unwrap_or_default());
            device_type(&words.join(" "))
        }
        _ => "peripheral",
    }
}

/// The members of a stack and the modules that have a serial number.
fn members(content: &Value) -> Vec<BTreeMap<String, Recorded>> {
    let mut all = Vec::new();
    for part in list(content, "network_components") {
        let serial = text(part, "serial").filter(|serial| !is_placeholder("serial", serial));
        let name = first(part, &["name", "description", "model"]);
        let (Some(serial), Some(name)) = (serial, name) else {
            continue;
        };
        let mut item: BTreeMap<String, Recorded> = [("name", name), ("serial", serial)]
            .map(|(key, value)| (key.to_owned(), Recorded::Text(value)))
            .into();
        if let Some(kind) = text(part, "type") {
            item.insert("kind".to_owned(), Recorded::Text(kind));
        }
        all.push(item);
    }
    all
}

/// The neighbour of a port: by LLDP or CDP, else the only address seen there. Where several are
/// seen, another switch stands between.
fn peer(port: &Value) -> Option<Link> {
    let connections = connections(port);
    let named = connections
        .iter()
        .find(|one| first(one, &["sysname", "sysmac"]).is_some());
    let mut beside = BTreeMap::new();
    if let Some(name) = first(port, &["ifname", "ifdescr", "ifalias"]) {
        beside.insert("port".to_owned(), Recorded::Text(name));
    }
    let (clues, name) = if let Some(neighbour) = named {
        if let Some(port) = first(neighbour, &["ifdescr", "ifname"]) {
            beside.insert("peer_port".to_owned(), Recorded::Text(port));
        }
        let address = first(neighbour, &["sysmac"]).and_then(|text| mac(&text));
        let mut clues: Vec<Clue> = address
            .into_iter()
            .map(|mac| Clue::new(3, "mac", mac))
            .collect();
        let name = text(neighbour, "sysname");
        clues.extend(name.iter().flat_map(|name| Clue::names(4, name)));
        (clues, name.unwrap_or_default())
    } else {
        let mut seen = macs(port, &connections);
        let only = seen.pop().filter(|_| seen.is_empty())?;
        (vec![Clue::new(3, "mac", only)], String::new())
    };
    Some(Link {
        field: "connected_to",
        part: Some(("asset", beside)),
        target: Target::Seen("asset", clues, name),
        otherwise: None,
    })
}

/// The connections of a port: a list in JSON, a list within an element in XML.
fn connections(port: &Value) -> Vec<&Value> {
    let all = list(port, "connections");
    all.into_iter()
        .flat_map(|one| match one.get("connection") {
            Some(_) => list(one, "connection"),
            None => vec![one],
        })
        .collect()
}

fn macs(port: &Value, connections: &[&Value]) -> Vec<String> {
    let mut all: Vec<String> = texts(port, "connections");
    all.extend(connections.iter().flat_map(|one| texts(one, "mac")));
    let mut all: Vec<String> = all.iter().filter_map(|text| mac(text)).collect();
    all.sort();
    all.dedup();
    all
}
