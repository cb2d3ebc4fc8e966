//! The device-type library of `NetBox` (one YAML file a model) → models.
//!
//! Names of keys: the library's own schema (`schema/devicetype.json`). What no field is for (weight,
//! airflow, bays, consoles) is counted.

mod port;
mod quoted;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::diagnostic::{Language, Severity};
use crate::history::Recorded;
use crate::import::table::decode;
use crate::import::{Clue, Inventory, Refusal, Sighting};
use crate::source::SourceFile;
use crate::text;
use crate::yaml::{self, Node, Shape};

/// The source's name.
pub const SOURCE: &str = "devicetype";

/// The longest file that is read, in bytes: a chassis of many slots has 100 KB.
const LARGEST: usize = 1 << 20;

/// Keys that are read, or that say nothing of the device itself.
const KNOWN: [&str; 15] = [
    "manufacturer",
    "model",
    "slug",
    "part_number",
    "u_height",
    "comments",
    "interfaces",
    "front-ports",
    "rear-ports",
    "power-ports",
    "front_image",
    "rear_image",
    "profile",
    "description",
    "exclude_from_utilization",
];

/// Reads a device type. Speeds are written in the site's language. Refused when it is no YAML, or
/// names no manufacturer and model.
pub fn read(bytes: &[u8], language: Language) -> Result<Inventory, Refusal> {
    let root = tree(bytes)?;
    let text = |key: &str| root.get(key).and_then(text).unwrap_or_default();
    let (manufacturer, model) = (text("manufacturer"), text("model"));
    if manufacturer.is_empty() || model.is_empty() {
        return Err(Refusal::new(text!(
            "ce fichier ne nomme ni fabricant ni modèle (`manufacturer`, `model`)",
            "this file names no manufacturer and model (`manufacturer`, `model`)"
        )));
    }
    let mut inventory = Inventory::new(SOURCE);
    let mut sighting = model_of(&manufacturer, &model, &text("part_number"));
    sighting.set("description", &text("description"));
    sighting.set("u_height", &height(&text("u_height")));
    if let Some(watts) = watts(&root) {
        sighting.set("power_watts", &watts.to_string());
    }
    let (ports, without_cable) = port::ports(&root, language);
    if !ports.is_empty() {
        // In the order in which they stand on the machine: 1, 2, 10.
        let ports = ports.into_iter().map(Recorded::Structure).collect();
        let ports = Recorded::List(ports);
        sighting.fields.insert("ports".to_owned(), ports);
    }
    sighting.set("notes", &without_tabs(&text("comments")));
    inventory.records.push(sighting);
    inventory.drop_some("ports-without-cable", without_cable);
    let Shape::Mapping(entries) = &root.shape else {
        return Ok(inventory);
    };
    let unknown = entries.iter().filter(|(key, value)| {
        let known = key.text().is_some_and(|key| KNOWN.contains(&key));
        !known && !value.is_empty()
    });
    inventory.drop_some("other-properties", unknown.count());
    Ok(inventory)
}

/// The root of a file.
fn tree(bytes: &[u8]) -> Result<Node, Refusal> {
    if bytes.len() > LARGEST {
        return Err(Refusal::new(text!(
            "ce fichier dépasse 1 Mio, ce n’est pas un modèle",
            "this file is over 1 MiB, it is no device type"
        )));
    }
    let text = decode(bytes)?;
    let text = quoted::moved_in(text.trim_start_matches('\u{feff}'));
    let file = Arc::new(SourceFile::new("", text));
    let (root, faults) = yaml::parse(&file, file.whole());
    let fault = faults
        .into_iter()
        .find(|fault| fault.severity == Severity::Error);
    if let Some(fault) = fault {
        let line = fault.span.map_or(1, |span| span.place().line);
        let (fr, en) = (fault.message.fr, fault.message.en);
        return Err(Refusal::new(text!(
            "ligne {line} : {fr}",
            "line {line}: {en}"
        )));
    }
    root.ok_or_else(|| Refusal::new(text!("ce fichier est vide", "this file is empty")))
}

/// A text that says something.
fn text(node: &Node) -> Option<String> {
    let text = node.text().filter(|_| !node.is_empty())?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A model by its part number, else by its name, alone or behind its maker's.
fn model_of(manufacturer: &str, model: &str, part_number: &str) -> Sighting {
    let begins = model
        .to_lowercase()
        .starts_with(&manufacturer.to_lowercase());
    let whole = if begins {
        model.to_owned()
    } else {
        format!("{manufacturer} {model}")
    };
    let mut sighting = Sighting {
        kind: "model",
        title: whole.clone(),
        telling: &["part_number"],
        ..Sighting::default()
    };
    if !part_number.is_empty() {
        sighting
            .clues
            .push(Clue::new(1, "part_number", part_number));
        sighting.set("part_number", part_number);
    }
    sighting.clues.push(Clue::new(2, "name", whole.as_str()));
    sighting.clues.push(Clue::both(
        2,
        ("name", model),
        ("manufacturer", manufacturer),
    ));
    sighting.set("name", &whole);
    sighting.set("manufacturer", manufacturer);
    // Agents name the model alone.
    if !begins {
        sighting.set_list("aliases", [model.to_owned()]);
    }
    sighting
}

/// A text without its tabs, which stand between words for looks and would have it written with escapes.
fn without_tabs(text: &str) -> String {
    let tidy = |line: &str| {
        let words = line.trim_start();
        let (start, _) = line.split_at(line.len() - words.len());
        let mut out = start.replace('\t', "    ");
        let mut rest = words.trim_end();
        while let Some(at) = rest.find('\t') {
            out.push_str(rest[..at].trim_end());
            out.push(' ');
            rest = rest[at..].trim_start();
        }
        out + rest
    };
    text.lines().map(tidy).collect::<Vec<_>>().join("\n")
}

/// A height in units without a fraction that is none (`1.0`).
fn height(text: &str) -> String {
    text.strip_suffix(".0").unwrap_or(text).to_owned()
}

/// The most that one power supply draws, in watts: others are there to take over.
fn watts(root: &Node) -> Option<u64> {
    let supplies = list(root, "power-ports").iter();
    let drawn = supplies.filter_map(|supply| text(supply.get("maximum_draw")?)?.parse().ok());
    drawn.max().filter(|watts| *watts > 0)
}

/// The items of a list.
fn list<'n>(root: &'n Node, key: &str) -> &'n [Node] {
    match root.get(key).map(|node| &node.shape) {
        Some(Shape::Sequence(items)) => items,
        _ => &[],
    }
}
