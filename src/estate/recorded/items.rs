//! Items of a list that took each other's places: what differs in them is told, not both of them
//! whole.

use std::collections::{BTreeMap, BTreeSet};

use super::recorded;
use crate::diagnostic::Language;
use crate::estate::Estate;
use crate::history::Recorded;
use crate::schema::Field;

/// So many pairs of items are compared; of longer lists every item is told whole.
const MOST_PAIRS: usize = 1_000;

/// An item that took the place of one much like it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemChange {
    /// Its place among the items removed.
    pub removed: usize,
    /// Its place among the items added.
    pub added: usize,
    /// What names it: the first of its parts that stayed.
    pub name: String,
    /// Its parts that differ, in the schema's order; never empty.
    pub parts: Vec<PartChange>,
}

/// A part of an item, before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartChange {
    /// Its label.
    pub label: String,
    /// Its text before; `None` where it was not written.
    pub before: Option<String>,
    /// Its text after.
    pub after: Option<String>,
}

impl ItemChange {
    /// Names a part of the item: `Tours › 20/11/2026 18:00 › Suppléant`, after the list's label.
    pub fn label(&self, list: &str, part: &PartChange) -> String {
        [list, &self.name, &part.label].join(" › ")
    }
}

type Parts = BTreeMap<String, Recorded>;

/// The structures among the items removed and added that are alike, at least half of their parts
/// equal: the most alike first, then in their order; given in the order of the items added.
pub fn alike_items(
    estate: &Estate,
    field: &Field,
    [removed, added]: [&[Recorded]; 2],
    language: Language,
) -> Vec<ItemChange> {
    if removed.len().saturating_mul(added.len()) > MOST_PAIRS {
        return Vec::new();
    }
    let mut alike = Vec::new();
    for (before, old) in removed.iter().enumerate() {
        for (after, new) in added.iter().enumerate() {
            if let (Recorded::Structure(old), Recorded::Structure(new)) = (old, new) {
                let share = share(old, new);
                alike.extend(share.map(|share| (share, before, after, old, new)));
            }
        }
    }
    alike.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut taken = [BTreeSet::new(), BTreeSet::new()];
    let mut found = Vec::new();
    for (_, before, after, old, new) in alike {
        if taken[0].contains(&before) || taken[1].contains(&after) {
            continue;
        }
        let read = |part: &Field, parts: &Parts| {
            let text = recorded(estate, part, parts.get(&part.key)?, language);
            (!text.is_empty()).then_some(text)
        };
        let Some((name, parts)) = differing(field, (old, new), language, read) else {
            continue;
        };
        taken[0].insert(before);
        taken[1].insert(after);
        found.push(ItemChange {
            removed: before,
            added: after,
            name,
            parts,
        });
    }
    found.sort_by_key(|item| item.added);
    found
}

/// The share of equal parts in thousandths, if it is at least a half.
fn share(old: &Parts, new: &Parts) -> Option<usize> {
    let equal = old
        .iter()
        .filter(|(key, value)| new.get(*key) == Some(value));
    let equal = equal.count();
    let all = old.len() + new.keys().filter(|key| !old.contains_key(*key)).count();
    (equal > 0 && 2 * equal >= all).then(|| 1000 * equal / all)
}

/// What names two alike items and how they differ; `None` where that cannot be read from them.
fn differing(
    field: &Field,
    (old, new): (&Parts, &Parts),
    language: Language,
    read: impl Fn(&Field, &Parts) -> Option<String>,
) -> Option<(String, Vec<PartChange>)> {
    let (mut name, mut parts) = (None, Vec::new());
    let mut known = 0;
    for part in field.fields() {
        let values = [old.get(&part.key), new.get(&part.key)];
        let (before, after) = (read(part, old), read(part, new));
        if values[0] == values[1] {
            name = name.or(after);
            continue;
        }
        known += 1;
        if before == after {
            return None;
        }
        parts.push(PartChange {
            label: part.labels.get(language).to_owned(),
            before,
            after,
        });
    }
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let differ = keys
        .into_iter()
        .filter(|key| old.get(*key) != new.get(*key));
    let is_all = differ.count() == known && known > 0;
    name.filter(|_| is_all).map(|name| (name, parts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language::Fr;
    use crate::estate::samples::estate;
    use crate::schema::Type;

    fn item(parts: [&str; 3]) -> Recorded {
        let keys = ["from", "to", "who"].map(str::to_owned);
        let values = parts.map(|text| Recorded::Text(text.to_owned()));
        Recorded::Structure(keys.into_iter().zip(values).collect())
    }

    #[test]
    fn what_differs_in_alike_items_is_told() {
        let estate = estate(&[]);
        let part = |key: &str, fr: &str| Field {
            key: key.into(),
            labels: crate::text!("{fr}", "{key}"),
            value: Type::Text,
            ..Field::default()
        };
        let field = Field {
            value: Type::Structure(vec![
                part("from", "Du"),
                part("to", "Au"),
                part("who", "Personne"),
            ]),
            list: true,
            ..Field::default()
        };
        let old = [
            item(["lundi", "mardi", "Claire"]),
            item(["jeudi", "jeudi", "Léa"]),
        ];
        let new = [
            item(["samedi", "dimanche", "Hugo"]),
            item(["lundi", "mardi", "Marc"]),
        ];
        let found = alike_items(&estate, &field, [&old, &new], Fr);
        let [change] = &found[..] else {
            panic!("{found:?}")
        };
        assert_eq!((change.removed, change.added), (0, 1));
        let part = &change.parts[0];
        assert_eq!(change.label("Tours", part), "Tours › lundi › Personne");
        assert_eq!(part.before.as_deref(), Some("Claire"));
        assert_eq!(part.after.as_deref(), Some("Marc"));
        let far = [item(["vendredi", "mardi", "Zoé"])];
        assert!(alike_items(&estate, &field, [&old, &far], Fr).is_empty());
    }
}
