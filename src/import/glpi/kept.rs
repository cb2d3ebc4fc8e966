//! What of an agent's message may be stored: the facts that the readers of this room read, by
//! name, and nothing else. What is not named here (environment, processes, keys, accounts, and
//! whatever agents will think of next) is gone before anything is written.

use serde_json::{Map, Value};

use crate::import::Refusal;
use crate::import::glpi::form::Document;

/// The sections of `content` that are read, each with its keys.
pub(super) const SECTIONS: &[(&str, &[&str])] = &[
    ("accesslog", &["logdate"]),
    ("antivirus", &["enabled", "name"]),
    (
        "bios",
        &[
            "assettag",
            "bversion",
            "mmanufacturer",
            "mmodel",
            "msn",
            "smanufacturer",
            "smodel",
            "ssn",
            "type",
        ],
    ),
    ("cpus", &["name", "type"]),
    (
        "drives",
        &[
            "encrypt_name",
            "encrypt_status",
            "encrypt_type",
            "letter",
            "systemdrive",
            "type",
            "volumn",
        ],
    ),
    (
        "hardware",
        &[
            "chassis_type",
            "lastloggeduser",
            "memory",
            "name",
            "osname",
            "osversion",
            "uuid",
            "vmsystem",
        ],
    ),
    ("memories", &["capacity"]),
    (
        "monitors",
        &[
            "altserial",
            "caption",
            "description",
            "manufacturer",
            "name",
            "port",
            "serial",
        ],
    ),
    (
        "network_components",
        &["description", "model", "name", "serial", "type"],
    ),
    (
        "network_device",
        &[
            "assettag",
            "comments",
            "description",
            "dnshostname",
            "firmware",
            "ip",
            "ips",
            "location",
            "mac",
            "manufacturer",
            "model",
            "name",
            "netbiosname",
            "serial",
            "snmphostname",
            "type",
        ],
    ),
    (
        "network_ports",
        &[
            "connection",
            "connections",
            "ifalias",
            "ifdescr",
            "ifname",
            "mac",
            "sysmac",
            "sysname",
        ],
    ),
    (
        "networks",
        &["ipaddress", "ipaddress6", "mac", "macaddr", "virtualdev"],
    ),
    (
        "operatingsystem",
        &["full_name", "kernel_version", "name", "version"],
    ),
    ("simcards", &["line_number"]),
    (
        "softwares",
        &[
            "guid",
            "manufacturer",
            "name",
            "publisher",
            "system_category",
            "version",
        ],
    ),
    (
        "storages",
        &[
            "description",
            "disksize",
            "interface",
            "model",
            "name",
            "type",
        ],
    ),
    ("users", &["login"]),
    (
        "virtualmachines",
        &[
            "image",
            "ip",
            "mac",
            "memory",
            "name",
            "subsystem",
            "uuid",
            "vcpu",
            "vmtype",
        ],
    ),
];

/// The inventories of a message as a list of JSON objects that [`read`](super::read) takes, each
/// with only what is read of it.
pub fn kept(document: Document) -> Result<Value, Refusal> {
    let all = document.inventories()?.into_iter().map(|mut one| {
        let mut kept = Map::new();
        for key in ["deviceid", "itemtype"] {
            if let Some(value) = one.get_mut(key).filter(|value| value.is_string()) {
                kept.insert(key.to_owned(), value.take());
            }
        }
        let mut content = Map::new();
        for (section, keys) in SECTIONS {
            let Some(value) = one["content"].get_mut(section) else {
                continue;
            };
            let value = match value.take() {
                Value::Array(mut items) => {
                    items.retain(Value::is_object);
                    Value::Array(items)
                }
                value @ Value::Object(_) => value,
                _ => continue,
            };
            content.insert((*section).to_owned(), facts(value, keys));
        }
        kept.insert("content".to_owned(), Value::Object(content));
        Value::Object(kept)
    });
    Ok(Value::Array(all.collect()))
}

/// A value with only those keys, at any depth.
fn facts(value: Value, keys: &[&str]) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(|item| facts(item, keys)).collect(),
        Value::Object(all) => {
            let own = all
                .into_iter()
                .filter(|(key, _)| keys.contains(&key.as_str()));
            own.map(|(key, value)| (key, facts(value, keys))).collect()
        }
        plain => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;
    use crate::import::glpi::form::document;
    use crate::import::glpi::read;

    const SAMPLES: [&[u8]; 3] = [
        include_bytes!("../../../tests/import/pc-accueil.json"),
        include_bytes!("../../../tests/import/pc-atelier.xml"),
        include_bytes!("../../../tests/import/sw-essai.xml"),
    ];

    /// A fact that a reader learns to read must be named here, or agents' reports would lack it.
    #[test]
    fn what_is_kept_reads_as_the_whole_did() {
        for bytes in SAMPLES {
            let whole = read(bytes, Language::Fr).expect("an inventory");
            let kept = kept(document(bytes).expect("a document")).expect("an inventory");
            let text = kept.to_string();
            let read = read(text.as_bytes(), Language::Fr).expect("an inventory");
            assert!(!whole.records.is_empty());
            assert_eq!(read.records, whole.records);
            assert!(!text.contains("CANARI"), "{text}");
        }
    }

    #[test]
    fn what_nobody_named_is_gone_at_any_depth() {
        let text = br#"{"deviceid": "PC", "jeton": "CANARI", "content": {
            "nouveau": ["CANARI"], "bios": "CANARI", "users": ["CANARI"], "envs": [{"key": "K", "val": "CANARI"}],
            "hardware": {"name": "PC", "winprodkey": "CANARI", "x": {"name": "CANARI"}},
            "network_ports": [{"ifname": "1", "connections": [{"sysname": "SW", "secret": "CANARI"}]}]}}"#;
        let kept = kept(document(text).expect("a document")).expect("an inventory");
        let expected = serde_json::json!([{"deviceid": "PC", "content": {
            "hardware": {"name": "PC"},
            "network_ports": [{"ifname": "1", "connections": [{"sysname": "SW"}]}],
            "users": []}}]);
        assert_eq!(kept, expected);
        assert!(super::kept(Document::Json(Value::Null)).is_err());
    }
}
