//! The JSON of agents' messages, of which only what somebody asks for becomes a tree. Half of an inventory
//! is processes, environment and the paths of programs: as values they would cost more time and memory than
//! all that is read of it.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::import::glpi::kept::SECTIONS;

/// Sections and keys of which reports tell how many were left out. Their values end with the tree.
const COUNTED: &[(&str, &[&str])] = &[
    ("envs", &[]),
    ("hardware", &["winprodid", "winprodkey"]),
    ("licenseinfos", &["key"]),
    ("local_users", &[]),
    ("operatingsystem", &["ssh_key"]),
    ("processes", &[]),
    ("simcards", &["pin", "pin2", "puk", "puk2"]),
];

/// Reads a message, or a list of them. Of its `content` only sections and keys that are read or counted
/// come; all beside `content` comes whole. What does not come is held to the same rules: as deep, and JSON.
pub(super) fn message(text: &str) -> Result<Value, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Part::Message.deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// The keys of a section.
type Keys = &'static [&'static str];

/// Where in a message a value stands.
#[derive(Clone, Copy)]
enum Part {
    /// The message, or a list of messages.
    Message,
    /// What stands beside `content`.
    Whole,
    /// The sections.
    Content,
    /// What is in a section, at any depth: the keys that are read, and those that are counted.
    Section(Keys, Keys),
    /// What nobody asks for.
    Nothing,
}

impl Part {
    /// What a key's value is.
    fn of_key(self, key: &str) -> Self {
        match self {
            Self::Message if key == "content" => Self::Content,
            Self::Message | Self::Whole => Self::Whole,
            Self::Content => {
                let of = |all: &'static [(&'static str, Keys)]| {
                    all.iter().find(|(name, _)| *name == key).copied()
                };
                let (read, counted) = (of(SECTIONS), of(COUNTED));
                let keys =
                    |found: Option<(_, Keys)>| found.map_or::<Keys, _>(&[], |(_, keys)| keys);
                match read.or(counted) {
                    Some(_) => Self::Section(keys(read), keys(counted)),
                    None => Self::Nothing,
                }
            }
            Self::Section(read, counted) => {
                let mut keys = read.iter().chain(counted);
                if keys.any(|name| *name == key) {
                    self
                } else {
                    Self::Nothing
                }
            }
            Self::Nothing => Self::Nothing,
        }
    }

    fn is_nothing(self) -> bool {
        matches!(self, Self::Nothing)
    }
}

impl<'de> DeserializeSeed<'de> for Part {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        match self {
            Self::Whole => Value::deserialize(reader),
            part => reader.deserialize_any(part),
        }
    }
}

impl<'de> Visitor<'de> for Part {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any valid JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(match self {
            Self::Nothing => Value::Null,
            _ => Value::String(value.to_owned()),
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            if !self.is_nothing() {
                all.push(item);
            }
        }
        Ok(Value::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut all = Map::new();
        while let Some((name, part)) = entries.next_key_seed(Name(self))? {
            let value = entries.next_value_seed(part)?;
            if !part.is_nothing() {
                all.insert(name, value);
            }
        }
        Ok(Value::Object(all))
    }
}

/// A key in some part of a message.
struct Name(Part);

impl<'de> DeserializeSeed<'de> for Name {
    type Value = (String, Part);

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_str(self)
    }
}

impl Visitor<'_> for Name {
    type Value = (String, Part);

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        let part = self.0.of_key(key);
        let name = if part.is_nothing() { "" } else { key };
        Ok((name.to_owned(), part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;
    use crate::import::Inventory;
    use crate::import::glpi::take;

    fn inventory(message: &Value) -> Inventory {
        let mut inventory = Inventory::new("glpi");
        let all = match message {
            Value::Array(all) => all.as_slice(),
            one => std::slice::from_ref(one),
        };
        for one in all {
            take(one, Language::Fr, &mut inventory);
        }
        inventory
    }

    /// A fact or a count that a reader learns must be named here or in `kept`.
    #[test]
    fn what_is_selected_reads_and_counts_as_the_whole_did() {
        let strange = r#"[{"deviceid": 7, "content": {"envs": "K=V", "processes": {"cmd": "x"}, "local_users": null,
            "hardware": [{"name": "A"}], "bios": {"ssn": 1.5e3, "ssn": "S-1"}, "softwares": [["a"], {"name": {"name": "x"}}],
            "licenseinfos": [{"key": "K"}, {"name": "L"}], "operatingsystem": {"ssh_key": "K", "name": "N"},
            "simcards": [{"pin2": 1}, {"puk": ""}, {}], "networks": [{"mac": ["02:00:5e:00:53:01"], "ipaddress": -3}]}},
            {"content": {"network_device": {"name": "SW", "type": "Networking", "ips": ["192.0.2.1"]},
             "network_ports": [{"ifname": "1", "connections": {"connection": {"sysname": "B", "ifdescr": "2"}}}]}}]"#;
        let texts = [
            include_str!("../../../tests/import/pc-accueil.json"),
            strange,
        ];
        for text in texts {
            let whole: Value = serde_json::from_str(text).expect("JSON");
            let selected = message(text).expect("JSON");
            assert_eq!(inventory(&selected), inventory(&whole));
            assert!(!inventory(&whole).records.is_empty());
            assert!(selected.to_string().len() < whole.to_string().len());
        }
    }

    #[test]
    fn what_stands_beside_the_content_is_whole() {
        let text = r#"{"action": "inventory", "deviceid": "PC", "x": {"content": {"y": [1, -2, 0.5, true, null]}},
            "content": {"hardware": {"name": "é\n", "x": 1}, "x": {"name": 1}}}"#;
        let expected = serde_json::json!({"action": "inventory", "deviceid": "PC",
            "x": {"content": {"y": [1, -2, 0.5, true, null]}}, "content": {"hardware": {"name": "é\n"}}});
        assert_eq!(message(text).expect("JSON"), expected);
        for plain in ["null", "\"a\"", "-7", "[[1]]", "{}"] {
            let whole: Value = serde_json::from_str(plain).expect("JSON");
            assert_eq!(message(plain).expect("JSON"), whole);
        }
        // What nobody reads must be JSON all the same.
        for broken in [
            r#"{"content": {"x": [1,}}"#,
            r#"{"content": {"x": "a}}"#,
            r#"{"content": {"x": "\ud800"}}"#,
            r#"{"content": {"x": 1e999}}"#,
            "{} {}",
            "{1: 2}",
        ] {
            assert!(serde_json::from_str::<Value>(broken).is_err());
            assert!(message(broken).is_err(), "{broken}");
        }
    }
}
