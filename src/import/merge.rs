//! Three versions of a record into one: what was imported last, what the file says now, what the
//! source says now. A value that people changed since is kept.

use std::collections::{BTreeMap, BTreeSet};

use crate::fold::case_fold;
use crate::history::Recorded;
use crate::import::Other;
use crate::import::alike::{alike, mac_digits};
use crate::schema::{Field, Kind, Type};

/// What shall become of one record.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Merged {
    /// Values to set.
    pub set: BTreeMap<String, Recorded>,
    /// Fields to take out.
    pub unset: BTreeSet<String>,
    /// Fields that the file keeps, with the file's value (`None`: people took it out) and the source's (`None`: the
    /// source has none any more).
    pub kept: Vec<(String, Option<Recorded>, Option<Recorded>)>,
    /// The values that are the source's from now on: to be remembered as last imported.
    pub imported: BTreeMap<String, Recorded>,
    /// What people have called the record from the start, where the source calls it otherwise.
    pub own_name: Option<String>,
}

/// What a source says of a record that is there.
#[derive(Debug)]
pub(super) struct Said<'a> {
    /// Its values.
    pub values: &'a Values,
    /// The fields that it says are empty.
    pub empty: &'a BTreeSet<&'static str>,
    /// What other sources have to do with the record.
    pub other: Option<&'a Other>,
    /// What people called the record when the source first met it and called it otherwise.
    pub own_name: Option<&'a String>,
}

type Values = BTreeMap<String, Recorded>;

/// With how many new items of a list one that went is compared: all software of a machine may change at once.
const MOST_COMPARED: usize = 100;

impl Said<'_> {
    /// What other sources say of a field, too.
    fn elsewhere(&self, key: &str) -> &[Recorded] {
        let said = self.other.and_then(|other| other.said.get(key));
        said.map_or(&[], Vec::as_slice)
    }
}

/// Merges what a source says into a record that is there.
///
/// `last` holds the last imported values, none when nothing was imported yet. A record that a
/// person wrote keeps its values and gets those it lacks. What the source does not name stays:
/// partial inventories never erase. Of what it names as `empty`, its own last value goes, unless another
/// source still says the same.
pub(super) fn merge(kind: &Kind, last: &Values, now: &Values, said: &Said<'_>) -> Merged {
    let (source, empty) = (said.values, said.empty);
    let mut merged = Merged {
        imported: last.clone(),
        ..Merged::default()
    };
    for (key, theirs) in source {
        let Some(field) = kind.fields.iter().find(|field| field.key == *key) else {
            continue;
        };
        let removed = said.other.map(|other| &other.removed);
        let is_removed = removed.is_some_and(|removed| removed.contains(key));
        if is_removed && !last.contains_key(key) && !now.contains_key(key) {
            let theirs = Some(theirs.clone());
            merged.kept.push((key.clone(), None, theirs));
            continue;
        }
        let three = (last.get(key), now.get(key), theirs);
        if *key == kind.title && is_own_name(&mut merged, field, three, said.own_name) {
            continue;
        }
        field_value(&mut merged, field, three, said.elsewhere(key));
    }
    let gone = empty.iter().filter(|key| !source.contains_key(**key));
    let gone = gone.filter_map(|key| kind.fields.iter().find(|field| field.key == **key));
    for field in gone {
        // Without these it is no record, and what a machine last said stays true of its day.
        if field.key != kind.title && !field.required && !field.volatile {
            emptied(
                &mut merged,
                field,
                (last.get(&field.key), now.get(&field.key)),
                said.elsewhere(&field.key),
            );
        }
    }
    merged
}

/// What becomes of a field that holds nothing at the source any more.
fn emptied(
    merged: &mut Merged,
    field: &Field,
    (last, ours): (Option<&Recorded>, Option<&Recorded>),
    elsewhere: &[Recorded],
) {
    let key = &field.key;
    // What the source never wrote is not its to take.
    let Some(last) = last else { return };
    let left = match (last, ours) {
        (Recorded::List(last), Some(Recorded::List(ours))) => {
            let left = items(field, (last, ours, &[]), elsewhere);
            (!left.is_empty()).then_some(Recorded::List(left))
        }
        (last, Some(ours)) if !alike(field, last, ours) => {
            merged.kept.push((key.clone(), Some(ours.clone()), None));
            return;
        }
        (_, Some(ours)) if elsewhere.iter().any(|said| alike(field, said, ours)) => {
            Some(ours.clone())
        }
        _ => None,
    };
    merged.imported.remove(key);
    match (left, ours) {
        (None, Some(_)) => drop(merged.unset.insert(key.clone())),
        (Some(left), Some(ours)) if !alike(field, &left, ours) => {
            merged.set.insert(key.clone(), left);
        }
        _ => {}
    }
}

/// Whether a record bears a name that people gave it before the source knew it. That name is theirs, and no
/// difference to tell each time: it is told when the two meet, and again when the source changes its own.
fn is_own_name(
    merged: &mut Merged,
    field: &Field,
    (last, ours, theirs): (Option<&Recorded>, Option<&Recorded>, &Recorded),
    own: Option<&String>,
) -> bool {
    let Some(Recorded::Text(name)) = ours else {
        return false;
    };
    if ours.is_some_and(|ours| alike(field, ours, theirs)) || (last.is_some() && own != Some(name))
    {
        return false;
    }
    merged.own_name = Some(name.clone());
    if !last.is_some_and(|last| alike(field, last, theirs)) {
        let kept = (field.key.clone(), ours.cloned(), Some(theirs.clone()));
        merged.kept.push(kept);
    }
    if last.is_none() {
        merged.imported.insert(field.key.clone(), theirs.clone());
    }
    true
}

fn field_value(
    merged: &mut Merged,
    field: &Field,
    (last, ours, theirs): (Option<&Recorded>, Option<&Recorded>, &Recorded),
    elsewhere: &[Recorded],
) {
    let key = &field.key;
    let take = |into: &mut Merged, value: &Recorded| {
        into.set.insert(key.clone(), value.clone());
        into.imported.insert(key.clone(), theirs.clone());
    };
    match (last, ours) {
        (None, None) => take(merged, theirs),
        (Some(_), None) => merged.kept.push((key.clone(), None, Some(theirs.clone()))),
        // The source corrects its own capitals, and nobody has written the name otherwise since.
        (Some(last), Some(ours)) if last == ours && is_respelt(field, ours, theirs) => {
            take(merged, theirs);
        }
        (_, Some(ours)) if alike(field, ours, theirs) => {
            merged.imported.insert(key.clone(), theirs.clone());
        }
        // A machine keeps these, and whoever kept them by hand before gives them up. Moments only go
        // forward: an older file says nothing new.
        (_, Some(ours)) if field.volatile => {
            if !is_older(field, theirs, ours) {
                take(merged, theirs);
            }
        }
        (Some(Recorded::List(last)), Some(Recorded::List(ours))) => {
            let Recorded::List(new) = theirs else {
                return;
            };
            let joined = items(field, (last, ours, new), elsewhere);
            merged.imported.insert(key.clone(), theirs.clone());
            let joined = Recorded::List(joined);
            if !alike(field, &joined, &Recorded::List(ours.clone())) {
                merged.set.insert(key.clone(), joined.clone());
            }
            if !alike(field, &joined, theirs) && !holds(field, &joined, theirs) {
                merged
                    .kept
                    .push((key.clone(), Some(joined), Some(theirs.clone())));
            }
        }
        (Some(last), Some(ours)) if alike(field, last, ours) => take(merged, theirs),
        // A list that holds all of it already, and perhaps more.
        (None, Some(ours)) if holds(field, ours, theirs) => {
            merged.imported.insert(key.clone(), theirs.clone());
        }
        (_, Some(ours)) => {
            merged
                .kept
                .push((key.clone(), Some(ours.clone()), Some(theirs.clone())));
        }
    }
}

/// Whether two texts are the same but for their capitals.
fn is_respelt(field: &Field, one: &Recorded, other: &Recorded) -> bool {
    let (Recorded::Text(one), Recorded::Text(other)) = (one, other) else {
        return false;
    };
    let words = |text: &str| {
        text.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    field.value == Type::Text
        && !field.identifier
        && !field.unique
        && words(one) != words(other)
        && words(&case_fold(one)) == words(&case_fold(other))
}

/// Whether a moment is before another.
fn is_older(field: &Field, one: &Recorded, other: &Recorded) -> bool {
    match (&field.value, one, other) {
        // In canonical form moments sort as texts.
        (Type::Date | Type::DateTime, Recorded::Text(one), Recorded::Text(other)) => one < other,
        _ => false,
    }
}

/// Whether a list holds all items of another.
fn holds(field: &Field, one: &Recorded, other: &Recorded) -> bool {
    let (Recorded::List(one), Recorded::List(other)) = (one, other) else {
        return false;
    };
    let texts: BTreeSet<String> = one.iter().map(|item| text(field, item)).collect();
    other.iter().all(|item| texts.contains(&text(field, item)))
}

/// The items of a list: those that people added or another source says stay, those that people took out
/// stay out, the rest is the source's. The order of the file stays where it has one.
fn items(
    field: &Field,
    (last, ours, theirs): (&[Recorded], &[Recorded], &[Recorded]),
    elsewhere: &[Recorded],
) -> Vec<Recorded> {
    let by_name = |items: &[Recorded]| -> BTreeMap<Name, Recorded> {
        names(field, items)
            .into_iter()
            .zip(items.iter().cloned())
            .collect()
    };
    let (last_by, theirs_by, ours_by) = (by_name(last), by_name(theirs), by_name(ours));
    let is_elsewhere = |item: &Recorded| {
        let mut lists = elsewhere.iter();
        lists.any(|said| holds(field, said, &Recorded::List(vec![item.clone()])))
    };
    let own_names = names(field, ours);
    let is_sorted = own_names.is_sorted();
    let is_new = |name: &Name| !ours_by.contains_key(name) && !last_by.contains_key(name);
    let new = theirs_by.iter().filter(|(name, _)| is_new(name));
    let mut new: Vec<(&Name, &Recorded)> = new.collect();
    let mut joined: Vec<(Name, Recorded)> = Vec::new();
    for (name, item) in own_names.into_iter().zip(ours) {
        let item = match (last_by.get(&name), theirs_by.get(&name)) {
            (last, Some(theirs)) => item_value(field, last, item, theirs),
            (Some(last), None) if alike(field, last, item) && !is_elsewhere(item) => {
                let mut few = new.iter().take(MOST_COMPARED);
                if let Some(at) = few.position(|(_, theirs)| succeeds(theirs, item)) {
                    let (name, theirs) = new.remove(at);
                    joined.push((name.clone(), theirs.clone()));
                }
                continue;
            }
            _ => item.clone(),
        };
        joined.push((name, item));
    }
    for (name, theirs) in new {
        joined.push((name.clone(), theirs.clone()));
    }
    if is_sorted {
        joined.sort();
    }
    joined.into_iter().map(|(_, item)| item).collect()
}

/// Whether an item is one that went, of which one value is another now: it stands in its place.
fn succeeds(new: &Recorded, old: &Recorded) -> bool {
    let (Recorded::Structure(new), Recorded::Structure(old)) = (new, old) else {
        return false;
    };
    let same = old
        .iter()
        .filter(|(key, value)| new.get(*key) == Some(value));
    new.keys().eq(old.keys()) && same.count() + 1 == old.len() && old.len() > 1
}

/// What an item is called, and which of those of that name it is (two versions of one software).
pub(super) type Name = (String, usize);

pub(super) fn names(field: &Field, items: &[Recorded]) -> Vec<Name> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let number = |item| {
        let name = name(field, item);
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        (name, *count)
    };
    items.iter().map(number).collect()
}

/// One item that the file and the source both have: parts that people added or changed stay.
fn item_value(
    field: &Field,
    last: Option<&Recorded>,
    ours: &Recorded,
    theirs: &Recorded,
) -> Recorded {
    let (Recorded::Structure(own), Recorded::Structure(new)) = (ours, theirs) else {
        return ours.clone();
    };
    let last = match last {
        Some(Recorded::Structure(last)) => Some(last),
        _ => None,
    };
    let mut parts = own.clone();
    for (key, value) in new {
        let part = field.fields().iter().find(|part| part.key == *key);
        let same = |a: &Recorded, b: &Recorded| part.map_or(a == b, |part| alike(part, a, b));
        let before = last.and_then(|last| last.get(key));
        let take = match (own.get(key), before) {
            (None, None) => true,
            (Some(own), Some(before)) => same(own, before) && !same(own, value),
            _ => false,
        };
        if take {
            parts.insert(key.clone(), value.clone());
        }
    }
    Recorded::Structure(parts)
}

/// What an item is called: its name or port, else all of it.
fn name(field: &Field, item: &Recorded) -> String {
    let Recorded::Structure(parts) = item else {
        return text(field, item);
    };
    let named = ["name", "port"].iter().find_map(|key| parts.get(*key));
    named.map_or_else(|| text(field, item), |named| text(field, named))
}

fn text(field: &Field, value: &Recorded) -> String {
    match value {
        Recorded::Text(text) if matches!(field.value, Type::MacAddress) => mac_digits(text),
        Recorded::Text(text) => crate::fold::fold(text.trim()),
        Recorded::List(items) => {
            let items: Vec<String> = items.iter().map(|item| text(field, item)).collect();
            items.join("\n")
        }
        Recorded::Structure(parts) => {
            let parts = parts
                .iter()
                .map(|(key, value)| format!("{key}={}", text(field, value)));
            parts.collect::<Vec<_>>().join("\n")
        }
    }
}
