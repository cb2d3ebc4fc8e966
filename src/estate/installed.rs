//! Which software was found on which machine: what inventories report, held against the names that software go by.
//!
//! A reported name is compared without case and accents with the software's own name and with its patterns
//! (`inventory_names`, `inventory_publishers`), in which `*` stands for anything. Each distinct name is
//! compared once, however many machines report it.

use std::collections::{BTreeMap, BTreeSet};

use crate::estate::{Estate, Record, RecordId};
use crate::fold::fold;

/// One installation of a software.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installation {
    /// On which machine.
    pub asset: RecordId,
    /// The place in its list of installed software.
    pub place: usize,
    /// As reported.
    pub version: Option<String>,
}

/// What was found installed.
#[derive(Debug, Default)]
pub struct Installed {
    by_software: BTreeMap<RecordId, Vec<Installation>>,
    /// Machines of which an inventory is known.
    inventoried: BTreeSet<RecordId>,
    /// The machines of each person.
    machines: BTreeMap<RecordId, Vec<RecordId>>,
}

impl Installed {
    /// Reads all machines once.
    pub fn new(estate: &Estate) -> Self {
        let patterns = Patterns::new(estate);
        let mut known: BTreeMap<(&str, &str), Option<RecordId>> = BTreeMap::new();
        let mut installed = Self::default();
        for asset in estate.listed("asset") {
            if let Some(user) = estate.first(asset, "user") {
                installed
                    .machines
                    .entry(user.id)
                    .or_default()
                    .push(asset.id);
            }
            let reported = asset.view().structures("installed_software").enumerate();
            for (place, entry) in reported {
                installed.inventoried.insert(asset.id);
                let named = estate.linked_in(asset, entry, "software").next();
                let software = named.map(|software| software.id).or_else(|| {
                    let text = |key: &str| entry.text(key).unwrap_or_default();
                    let (name, publisher) = (text("name"), text("publisher"));
                    let found = || patterns.find(&fold(name.trim()), &fold(publisher.trim()));
                    *known.entry((name, publisher)).or_insert_with(found)
                });
                let Some(software) = software else {
                    continue;
                };
                let all = installed.by_software.entry(software).or_default();
                if all.last().is_none_or(|last| last.asset != asset.id) {
                    all.push(Installation {
                        asset: asset.id,
                        place,
                        version: entry.text("version").map(str::to_owned),
                    });
                }
            }
        }
        installed
    }

    /// Where a software was found, one entry a machine, by machine.
    pub fn of(&self, software: &Record) -> &[Installation] {
        self.by_software
            .get(&software.id)
            .map_or(&[], Vec::as_slice)
    }

    /// Whether a software is missing where a holder of its licence could have it: `None` when no inventory tells.
    pub fn is_missing(&self, software: &Record, holder: &Record) -> Option<bool> {
        let own = [holder.id];
        let machines = match holder.kind().name.as_str() {
            "asset" => &own[..],
            "person" => self.machines.get(&holder.id)?,
            _ => return None,
        };
        let mut seen = machines
            .iter()
            .filter(|machine| self.inventoried.contains(machine))
            .peekable();
        seen.peek()?;
        let all = self.of(software);
        let has = |machine: &RecordId| all.binary_search_by_key(machine, |it| it.asset).is_ok();
        Some(!seen.any(has))
    }
}

/// The names that software go by.
struct Patterns {
    exact: BTreeMap<String, RecordId>,
    /// Names with `*` and publishers; an empty list of publishers means any.
    wild: Vec<(String, Vec<String>, RecordId)>,
}

impl Patterns {
    fn new(estate: &Estate) -> Self {
        let (mut exact, mut wild) = (BTreeMap::new(), Vec::new());
        for software in estate.listed("software") {
            let texts = |key: &str| -> Vec<String> {
                let values = software.view().values(key).iter();
                let texts = values.filter_map(|placed| match &placed.value {
                    crate::project::Value::Text(text) => Some(fold(text.trim())),
                    _ => None,
                });
                texts.collect()
            };
            let publishers = texts("inventory_publishers");
            let mut names = texts("inventory_names");
            names.push(fold(&software.title));
            for name in names {
                if publishers.is_empty() && !name.contains('*') {
                    exact.entry(name).or_insert(software.id);
                } else {
                    wild.push((name, publishers.clone(), software.id));
                }
            }
        }
        Self { exact, wild }
    }

    /// The software of a reported name and publisher; an exact name comes first, then the longest pattern.
    fn find(&self, name: &str, publisher: &str) -> Option<RecordId> {
        if name.is_empty() {
            return None;
        }
        let fits = |(pattern, publishers, _): &&(String, Vec<String>, RecordId)| {
            let by = |wanted: &String| is_match(wanted, publisher);
            is_match(pattern, name) && (publishers.is_empty() || publishers.iter().any(by))
        };
        let longest = || self.wild.iter().filter(fits).max_by_key(|it| it.0.len());
        let exact = self.exact.get(name).copied();
        exact.or_else(|| longest().map(|(_, _, software)| *software))
    }
}

/// Whether a text fits a pattern in which `*` stands for anything, both folded.
pub fn is_match(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let Some(last) = parts.next_back() else {
        return rest.is_empty();
    };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_anything() {
        for (pattern, text, fits) in [
            ("suite", "suite", true),
            ("suite", "suite pro", false),
            ("suite*", "suite pro", true),
            ("*suite", "ma suite", true),
            ("s*e*2", "suite office 2", true),
            ("a*a", "a", false),
            ("ab*bc", "abc", false),
            ("*", "", true),
            ("s**e", "suite", true),
        ] {
            assert_eq!(is_match(pattern, text), fits, "{pattern} / {text}");
        }
    }
}
