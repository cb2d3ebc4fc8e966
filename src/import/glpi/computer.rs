//! A computer or a phone: the machine itself, its monitors and its virtual machines.

use serde_json::Value;

use crate::diagnostic::Language;
use crate::history::Recorded;
use crate::import::glpi::facts::{computer_type, gigabytes, is_person, lasting_address, mac};
use crate::import::glpi::form::{first, flag, list, number, text, texts};
use crate::import::glpi::{asset, nameless, parts};
use crate::import::{Inventory, Link, Sighting, Target, is_placeholder};
use crate::text;

/// The sightings of one inventory; the machine comes first, and links count from it.
pub(super) fn read(one: &Value, language: Language, inventory: &mut Inventory) -> Vec<Sighting> {
    let content = &one["content"];
    let (hardware, bios) = (&content["hardware"], &content["bios"]);
    let serial = own(bios, &["ssn", "msn"], "serial");
    let uuid = own(hardware, &["uuid"], "uuid");
    let is_filler = serial.is_none() && first(bios, &["ssn", "msn"]).is_some();
    inventory.drop_some("fillers", usize::from(is_filler));
    let name = text(hardware, "name");
    let device = text(one, "deviceid");
    let Some(title) = name.clone().or_else(|| serial.clone()).or(device) else {
        inventory.notes.push(text!(
            "un inventaire sans nom, ni numéro de série : passé",
            "an inventory without a name or serial number: passed over"
        ));
        return Vec::new();
    };
    let macs = cards(content);
    let mut machine = asset(&title, serial.as_deref(), uuid.as_deref(), &macs);
    let is_phone = text(one, "itemtype").is_some_and(|kind| kind == "Phone");
    let kind = if is_phone { "phone" } else { type_of(content) };
    machine
        .first
        .insert("type".to_owned(), Recorded::Text(kind.to_owned()));
    machine
        .first
        .insert("status".to_owned(), Recorded::Text("in-service".to_owned()));
    match &name {
        Some(name) => machine.set("hostname", name),
        None => nameless(&mut machine),
    }
    machine.set_list("mac", macs);
    hardware_fields(&mut machine, content, language);
    system_fields(&mut machine, content);
    links(&mut machine, content);
    machine.set_structures("installed_software", parts::software(content, inventory));
    let mut all = vec![machine];
    all.extend(parts::monitors(content, inventory));
    all.extend(parts::virtual_machines(content, inventory, language));
    all
}

/// The first of some values that says something.
fn own(value: &Value, keys: &[&str], field: &str) -> Option<String> {
    let values = keys.iter().filter_map(|key| text(value, key));
    values
        .into_iter()
        .find(|value| !is_placeholder(field, value))
}

fn type_of(content: &Value) -> &'static str {
    let (hardware, bios) = (&content["hardware"], &content["bios"]);
    let chassis = first(hardware, &["chassis_type"]).or_else(|| text(bios, "type"));
    let system = os_name(content).unwrap_or_default();
    let hypervisor = text(hardware, "vmsystem").unwrap_or_default();
    computer_type(&chassis.unwrap_or_default(), &hypervisor, &system)
}

fn is_virtual(card: &Value) -> bool {
    flag(card, "virtualdev").unwrap_or(false)
}

/// The addresses of the cards that are no software.
fn cards(content: &Value) -> Vec<String> {
    let mut all: Vec<String> = list(content, "networks")
        .into_iter()
        .filter(|card| !is_virtual(card))
        .filter_map(|card| mac(&first(card, &["mac", "macaddr"])?))
        .filter(|mac| !is_placeholder("mac", mac))
        .collect();
    all.sort();
    all.dedup();
    all
}

fn addresses(content: &Value) -> Vec<String> {
    let cards = list(content, "networks")
        .into_iter()
        .filter(|card| !is_virtual(card));
    let written = cards.flat_map(|card| {
        let mut all = texts(card, "ipaddress");
        all.extend(texts(card, "ipaddress6"));
        all
    });
    written
        .filter_map(|address| lasting_address(&address))
        .collect()
}

fn hardware_fields(machine: &mut Sighting, content: &Value, language: Language) {
    let (hardware, bios) = (&content["hardware"], &content["bios"]);
    if let Some(tag) = text(bios, "assettag") {
        machine.set("inventory_number", &tag);
    }
    if let Some(manufacturer) = own(bios, &["smanufacturer", "mmanufacturer"], "manufacturer") {
        machine.set("manufacturer", &manufacturer);
    }
    if let Some(version) = text(bios, "bversion") {
        machine.set("firmware", &version);
    }
    machine.set("cpu", &processors(content));
    let modules = list(content, "memories")
        .into_iter()
        .filter_map(|module| number(module, "capacity"))
        .fold(0, u64::saturating_add);
    let memory = if modules > 0 {
        Some(modules)
    } else {
        number(hardware, "memory")
    };
    let memory = memory.filter(|memory| *memory > 0);
    if let Some(memory) = memory.and_then(|memory| gigabytes(memory, 1_024, language)) {
        machine.set("memory", &memory);
    }
    machine.set("storage", &parts::disks(content, language));
    if let Some(encryption) = parts::encryption(content) {
        machine.set("disk_encryption", encryption);
    }
    machine.set_list("security_tools", parts::antivirus(content));
    machine.set_list("ip", addresses(content));
    let line = list(content, "simcards")
        .into_iter()
        .find_map(|sim| text(sim, "line_number"));
    if let Some(line) = line {
        machine.set("phone_number", &line);
    }
}

/// Processors by name, with their number where there are several.
fn processors(content: &Value) -> String {
    let mut names: Vec<(String, usize)> = Vec::new();
    for cpu in list(content, "cpus") {
        let Some(name) = first(cpu, &["name", "type"]) else {
            continue;
        };
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        match names.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => names.push((name, 1)),
        }
    }
    let names = names.into_iter().map(|(name, count)| match count {
        1 => name,
        count => format!("{count} × {name}"),
    });
    names.collect::<Vec<_>>().join(", ")
}

fn os_name(content: &Value) -> Option<String> {
    let systems = list(content, "operatingsystem");
    let named = systems
        .iter()
        .find_map(|system| first(system, &["full_name", "name"]));
    named.or_else(|| text(&content["hardware"], "osname"))
}

fn system_fields(machine: &mut Sighting, content: &Value) {
    if let Some(name) = os_name(content) {
        machine.set("os", &name);
    }
    let systems = list(content, "operatingsystem");
    let version = systems
        .iter()
        .find_map(|system| first(system, &["version", "kernel_version"]));
    if let Some(version) = version.or_else(|| text(&content["hardware"], "osversion")) {
        machine.set("os_version", &version);
    }
}

/// The model and the user, by the names that the agent gives them.
fn links(machine: &mut Sighting, content: &Value) {
    let bios = &content["bios"];
    if let Some(model) = own(bios, &["smodel", "mmodel"], "model") {
        machine.links.push(named("model", model, None));
    }
    let hardware = &content["hardware"];
    let users = list(content, "users")
        .into_iter()
        .filter_map(|user| text(user, "login"));
    let user = text(hardware, "lastloggeduser").or_else(|| {
        let mut users: Vec<String> = users.collect();
        users.sort();
        users.dedup();
        // Several at once: a server, or nobody's in particular.
        (users.len() == 1).then(|| users.remove(0))
    });
    machine.passing = &["alternate_user"];
    if let Some(user) = user.filter(|user| is_person(user)) {
        let login = user.rsplit('\\').next().unwrap_or(&user).to_owned();
        machine
            .links
            .push(named("user", login, Some("alternate_user")));
    }
}

pub(super) fn named(field: &'static str, name: String, otherwise: Option<&'static str>) -> Link {
    Link {
        field,
        part: None,
        target: Target::Named(name),
        otherwise,
    }
}
