//! The form of an agent's file: JSON or XML, told apart by what is in it, brought to one tree with
//! the keys of the JSON; and how values are taken out of that tree.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::diagnostic::{Text, failure};
use crate::import::Refusal;
use crate::import::glpi::{selected, xml};
use crate::import::table::windows_1252;
use crate::import::weight::weigh;
use crate::text;

/// The longest file that is read, in bytes; an agent's has 250 KB, with thousands of packages 2 MB.
pub const LARGEST: usize = 8 << 20;
/// The most memory that its values may take, in bytes: a fifth does for the largest that agents write.
const HEAVIEST: usize = 200 << 20;

/// What an agent wrote, before anything is made of it: keys in lower case, whatever its form. Of the
/// `content` of JSON, only what is read or counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Document {
    /// JSON: a message, or a list of them.
    Json(Value),
    /// XML: the root element (`request`) as an object of one key.
    Xml(Value),
}

/// Reads a file or a message of an agent as a tree.
pub fn document(bytes: &[u8]) -> Result<Document, Refusal> {
    if bytes.len() > LARGEST {
        return Err(too_large());
    }
    let text = decoded(bytes);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('<') {
        return xml::tree(text).map(Document::Xml);
    }
    weigh(text, HEAVIEST)?;
    let value = selected::message(text).map_err(|error| {
        let Text { fr, en } = failure::words(&error);
        Refusal::new(text!(
            "ce n’est ni le JSON ni le XML d’un agent GLPI ({fr})",
            "this is neither the JSON nor the XML of a GLPI agent ({en})"
        ))
    })?;
    Ok(Document::Json(value))
}

/// What is told of a file over [`LARGEST`].
pub(super) fn too_large() -> Refusal {
    Refusal::new(text!(
        "ce fichier dépasse 8 Mio, ce n’est pas un inventaire",
        "this file is over 8 MiB, it is no inventory"
    ))
}

impl Document {
    /// Its inventories: one, or several where JSON has a list or XML several devices.
    pub(super) fn inventories(self) -> Result<Vec<Value>, Refusal> {
        let all = match self {
            Self::Xml(root) => return from_xml(&root),
            Self::Json(Value::Array(all)) => all,
            Self::Json(one) => vec![one],
        };
        let has_content = |one: &Value| one.get("content").is_some_and(Value::is_object);
        if all.iter().all(has_content) {
            Ok(all)
        } else {
            Err(no_inventory())
        }
    }
}

fn no_inventory() -> Refusal {
    Refusal::new(text!(
        "ce fichier n’a pas d’inventaire (`content`)",
        "this file holds no inventory (`content`)"
    ))
}

/// The text of a file: UTF-8, UTF-16 by its mark, else Windows-1252, which old agents wrote under
/// the name of ISO-8859-1.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let pairs = |little: bool| -> String {
        let units = bytes[2..].as_chunks::<2>().0.iter().map(|pair| {
            if little {
                u16::from_le_bytes(*pair)
            } else {
                u16::from_be_bytes(*pair)
            }
        });
        let letters = char::decode_utf16(units);
        letters.map(|letter| letter.unwrap_or('\u{fffd}')).collect()
    };
    match bytes {
        [0xff, 0xfe, ..] => Cow::Owned(pairs(true)),
        [0xfe, 0xff, ..] => Cow::Owned(pairs(false)),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
        },
    }
}

/// The inventories of an XML request, with the keys of the JSON.
fn from_xml(root: &Value) -> Result<Vec<Value>, Refusal> {
    let request = root.get("request").ok_or_else(no_inventory)?;
    let content = request.get("content").filter(|content| content.is_object());
    let content = content.ok_or_else(no_inventory)?;
    let id = request.get("deviceid").cloned().unwrap_or_default();
    let devices = list(content, "device");
    if devices.is_empty() {
        let one = serde_json::json!({"deviceid": id, "itemtype": "Computer", "content": content});
        return Ok(vec![one]);
    }
    let devices = devices
        .into_iter()
        .map(|device| serde_json::json!({"deviceid": id, "content": device_content(device)}));
    Ok(devices.collect())
}

/// A device of the old XML, which has its facts in `INFO` (inventory) or beside each other (discovery).
fn device_content(device: &Value) -> Value {
    let mut info = device.get("info").unwrap_or(device).clone();
    let ips = device
        .get("info")
        .unwrap_or(device)
        .get("ips")
        .and_then(|ips| ips.get("ip"));
    let ips = ips.cloned();
    if let (Some(ips), Some(info)) = (ips, info.as_object_mut()) {
        info.insert("ips".to_owned(), ips);
    }
    let mut content = Map::new();
    content.insert("network_device".to_owned(), info);
    let inner = [
        ("ports", "port", "network_ports"),
        ("components", "component", "network_components"),
        ("firmwares", "firmware", "firmwares"),
        ("simcards", "simcard", "simcards"),
    ];
    for (outer, item, name) in inner {
        let Some(outer) = device.get(outer) else {
            continue;
        };
        let items: Vec<Value> = list(outer, item).into_iter().cloned().collect();
        let items = if items.is_empty() {
            vec![outer.clone()]
        } else {
            items
        };
        content.insert(name.to_owned(), Value::Array(items));
    }
    Value::Object(content)
}

/// A text, number or truth as a text; nothing when empty.
pub(super) fn text(value: &Value, key: &str) -> Option<String> {
    let text = match value.get(key)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The first of some keys that holds a text.
pub(super) fn first(value: &Value, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| text(value, key))
}

/// A whole number, written as a number or as a text.
pub(super) fn number(value: &Value, key: &str) -> Option<u64> {
    let text = text(value, key)?;
    text.split('.').next()?.parse().ok()
}

/// A truth in any of the forms that agents write.
pub(super) fn flag(value: &Value, key: &str) -> Option<bool> {
    match text(value, key)?.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" | "enabled" => Some(true),
        "false" | "0" | "no" | "off" | "disabled" => Some(false),
        _ => None,
    }
}

/// The items of a key: a list, or the only one; texts and objects.
pub(super) fn list<'v>(value: &'v Value, key: &str) -> Vec<&'v Value> {
    match value.get(key) {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(Value::Null) | None => Vec::new(),
        Some(Value::String(text)) if text.is_empty() => Vec::new(),
        Some(one) => vec![one],
    }
}

/// The texts of a key.
pub(super) fn texts(value: &Value, key: &str) -> Vec<String> {
    let texts = list(value, key).into_iter().filter_map(|item| match item {
        Value::String(text) => Some(text.trim().to_owned()),
        _ => None,
    });
    texts.filter(|text| !text.is_empty()).collect()
}
