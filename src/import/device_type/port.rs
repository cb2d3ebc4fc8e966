//! The ports of a model that a cable goes into, with their connector and speed in people's words.

use std::collections::BTreeMap;

use crate::diagnostic::Language;
use crate::history::Recorded;
use crate::import::device_type::{list, text};
use crate::yaml::Node;

/// Connectors by what follows `base` in `NetBox`'s types of interfaces, and the types of ports of panels.
const CONNECTORS: [(&str, &str); 24] = [
    ("t", "RJ45"),
    ("tx", "RJ45"),
    ("t1", "RJ45"),
    ("x-sfp", "SFP"),
    ("x-gbic", "GBIC"),
    ("x-xfp", "XFP"),
    ("x-xenpak", "XENPAK"),
    ("x-x2", "X2"),
    ("x-sfpp", "SFP+"),
    ("x-sfp28", "SFP28"),
    ("x-sfp56", "SFP56"),
    ("x-qsfpp", "QSFP+"),
    ("x-qsfp28", "QSFP28"),
    ("x-qsfp56", "QSFP56"),
    ("x-qsfp112", "QSFP112"),
    ("x-qsfpdd", "QSFP-DD"),
    ("x-osfp", "OSFP"),
    ("x-cfp", "CFP"),
    ("x-cfp2", "CFP2"),
    ("8p8c", "RJ45"),
    ("lc", "LC"),
    ("lc-apc", "LC/APC"),
    ("sc", "SC"),
    ("sc-apc", "SC/APC"),
];

/// The ports of a model as values of its field, and how many have no cable (radio, virtual ones).
pub(super) fn ports(root: &Node, language: Language) -> (Vec<BTreeMap<String, Recorded>>, usize) {
    let mut without_cable = 0;
    let mut all = Vec::new();
    for port in list(root, "interfaces")
        .iter()
        .chain(list(root, "front-ports"))
    {
        let kind = port.get("type").and_then(text).unwrap_or_default();
        let radio = ["ieee802", "gsm", "cdma", "lte", "4g", "5g"]
            .iter()
            .any(|word| kind.starts_with(word));
        let Some(name) = port.get("name").and_then(text) else {
            continue;
        };
        if radio || matches!(kind.as_str(), "virtual" | "bridge" | "lag") {
            without_cable += 1;
            continue;
        }
        let mut parts = BTreeMap::new();
        let mut set = |key: &str, value: String| {
            if !value.is_empty() {
                parts.insert(key.to_owned(), Recorded::Text(value));
            }
        };
        set("name", name);
        set("type", connector(&kind));
        set("speed", speed(&kind, language).unwrap_or_default());
        // `pd` is a device that is fed through its port.
        let feeds = port
            .get("poe_mode")
            .and_then(text)
            .is_some_and(|mode| mode == "pse");
        set(
            "poe",
            if feeds {
                "true".to_owned()
            } else {
                String::new()
            },
        );
        if !all.contains(&parts) {
            all.push(parts);
        }
    }
    (all, without_cable)
}

/// The connector of a type (`10gbase-x-sfpp` → `SFP+`), or the type where it is another.
fn connector(kind: &str) -> String {
    let end = kind.split_once("base-").map_or(kind, |(_, end)| end);
    let found = CONNECTORS.iter().find(|(name, _)| *name == end);
    found.map_or(kind, |(_, shown)| *shown).to_owned()
}

/// The speed of a type (`1000base-t`, `2.5gbase-t`) in words.
fn speed(kind: &str, language: Language) -> Option<String> {
    let number = kind.split_once("base")?.0;
    let (number, unit) = match number.strip_suffix('g') {
        Some(number) => (number.to_owned(), "Gbit/s"),
        None => match number.parse::<u32>().ok()? {
            thousands if thousands >= 1_000 => ((thousands / 1_000).to_string(), "Gbit/s"),
            other => (other.to_string(), "Mbit/s"),
        },
    };
    number.parse::<f32>().ok()?;
    let number = match language {
        Language::Fr => number.replace('.', ","),
        Language::En | Language::Other(_) => number,
    };
    Some(format!("{number} {unit}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_in_words() {
        let cases = [
            ("1000base-t", "RJ45", Some("1 Gbit/s")),
            ("100base-tx", "RJ45", Some("100 Mbit/s")),
            ("2.5gbase-t", "RJ45", Some("2,5 Gbit/s")),
            ("10gbase-x-sfpp", "SFP+", Some("10 Gbit/s")),
            ("8p8c", "RJ45", None),
            ("other", "other", None),
            ("xbase-t", "RJ45", None),
        ];
        for (kind, shown, fast) in cases {
            assert_eq!(connector(kind), shown, "{kind}");
            assert_eq!(speed(kind, Language::Fr).as_deref(), fast, "{kind}");
        }
        assert_eq!(
            speed("2.5gbase-t", Language::En).as_deref(),
            Some("2.5 Gbit/s")
        );
    }
}
