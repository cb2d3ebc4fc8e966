//! Members of groups that stand in no file of the import: an earlier import may have made their records, or a later one
//! makes them. What a group names and its files lack is remembered beside it, so that a directory comes in by several
//! commands, in any order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::Text;
use crate::history::Recorded;
use crate::history::semantic::value_of;
use crate::import::Sighting;
use crate::import::counted::counted;
use crate::import::directory::{common_name, normal};
use crate::import::identity::DISTINGUISHED;
use crate::import::plan::Request;
use crate::import::plan::known::{Seen, name_of};
use crate::import::plan::links::{Names, one};
use crate::import::state::State;
use crate::project::Record;
use crate::text;

/// The kinds that stand in groups, and the field that says so.
const STANDING: [(&str, &str); 2] = [("account", "groups"), ("group", "parent")];

/// The fields that hold what groups call their members.
const CALLED: [&str; 2] = [DISTINGUISHED, "login"];

/// The ids of groups that a record comes into, and those that it leaves.
#[derive(Default)]
struct Change {
    comes: BTreeSet<String>,
    leaves: BTreeSet<String>,
}

/// What becomes of records (`kind:id`).
type Changes = BTreeMap<String, Change>;

/// Whose name each is, as names are compared; nothing where it is two's.
type Called = BTreeMap<String, Option<String>>;

/// A group that stands in a field of something seen: its position, the field, the group's id.
pub(super) type Standing = (usize, &'static str, String);

/// What records are called, and what was imported last into each.
struct Estate<'a> {
    request: &'a Request<'a>,
    names: &'a Names,
    last: BTreeMap<&'a str, (&'a String, &'a State)>,
}

/// Whether groups name members that stand in no file, now or at an earlier import.
pub(super) fn are_awaited(request: &Request<'_>, seen: &[Seen]) -> bool {
    let mut states = request.states.values();
    let mut now = seen.iter().map(|one| &one.sighting.members);
    now.any(|members| !members.names.is_empty()) || states.any(|state| !state.members.is_empty())
}

/// Who stands in which group by what was remembered, and by what the groups of this import say of records that it does
/// not hold; these are added to what was seen. `is_said` tells whether an entry names its groups itself.
pub(super) fn standing(
    request: &Request<'_>,
    (seen, names): (&mut Vec<Seen>, &Names),
    is_said: &dyn Fn(usize, &'static str) -> bool,
    notes: &mut Vec<Text>,
) -> Vec<Standing> {
    let last = request.states.iter();
    let last = last.map(|(path, state)| (state.record.as_str(), (path, state)));
    let estate = Estate {
        request,
        names,
        last: last.collect(),
    };
    let mut changes = Changes::new();
    remembered(&estate, seen, &mut changes);
    notes.extend(note(&named(&estate, seen, &mut changes)));
    let places = seen.iter().enumerate();
    let places = places.map(|(place, one)| (format!("{}:{}", one.kind, one.id), place));
    let places: BTreeMap<String, usize> = places.collect();
    // A complete import holds all there is: what it lacks is not seen.
    let records = estate.records().filter(|_| !request.complete);
    let records = records.map(|record| (name_of(record), record));
    let records: BTreeMap<String, &Arc<Record>> = records
        .filter(|(name, _)| changes.contains_key(name) && !places.contains_key(name))
        .collect();
    let mut all = Vec::new();
    for (name, change) in changes {
        let mut added = records.get(&name).and_then(|record| estate.unseen(record));
        let place = places.get(&name).copied().unwrap_or(seen.len());
        let Some(one) = seen.get_mut(place).or(added.as_mut()) else {
            continue;
        };
        let Some((_, field)) = STANDING.iter().find(|(kind, _)| *kind == one.kind) else {
            continue;
        };
        let groups = estate.groups(one, (field, is_said(place, field)), change);
        let says = |one: &Seen| !groups.is_empty() || !one.sighting.empty.is_empty();
        seen.extend(added.filter(says));
        all.extend(groups.into_iter().map(|group| (place, *field, group)));
    }
    all
}

impl<'a> Estate<'a> {
    /// The records that may stand in groups.
    fn records(&self) -> impl Iterator<Item = &'a Arc<Record>> + use<'a> {
        let files = self.request.project.files.iter();
        let all = files.flat_map(|file| &file.records);
        all.filter(|record| STANDING.iter().any(|(kind, _)| *kind == record.kind.name))
    }

    /// A record that the import does not hold. One that a complete import missed waits until it is back.
    fn unseen(&self, record: &Arc<Record>) -> Option<Seen> {
        let (kind, _) = STANDING
            .iter()
            .find(|(kind, _)| *kind == record.kind.name)?;
        let state = self.last.get(name_of(record).as_str());
        if state.is_some_and(|(_, state)| is_gone(state)) {
            return None;
        }
        Some(Seen {
            kind,
            id: record.id.clone(),
            record: Some(Arc::clone(record)),
            state: state.map(|(path, state)| ((*path).clone(), (*state).clone())),
            sighting: Sighting {
                kind,
                title: record.title(),
                ..Sighting::default()
            },
        })
    }

    /// The groups in which something seen stands beside those that its entry names; where it names none, all of them, if
    /// that changes anything.
    fn groups(
        &self,
        seen: &mut Seen,
        (field, is_said): (&'static str, bool),
        change: Change,
    ) -> BTreeSet<String> {
        let last = seen.state.as_ref();
        let last = match last.and_then(|(_, state)| state.fields.get(field)) {
            Some(Recorded::List(items)) => items.iter().filter_map(written).collect(),
            Some(other) => Vec::from_iter(written(other)),
            None => Vec::new(),
        };
        let last: BTreeSet<String> = last.into_iter().map(|text| self.group(text)).collect();
        let mut comes = change.comes;
        let all: BTreeSet<String> = if field == "parent" {
            comes.remove(&seen.id);
            let record = seen.record.as_ref();
            let has = record.is_some_and(|record| value_of(record, field).is_some());
            let stays = last.iter().any(|group| !change.leaves.contains(group));
            if is_said || stays || (has && last.is_empty()) {
                return BTreeSet::new();
            }
            // A group that stands in several keeps the first.
            comes.into_iter().take(1).collect()
        } else if is_said || self.request.complete {
            return comes;
        } else {
            let stays = last.difference(&change.leaves).cloned();
            comes.extend(stays);
            comes
        };
        if all == last {
            return BTreeSet::new();
        }
        if all.is_empty() {
            seen.sighting.empty.insert(field);
        }
        all
    }

    /// The id of a group that is written by any of its names.
    fn group(&self, text: &str) -> String {
        let id = one(self.names, &["group".to_owned()], text);
        id.unwrap_or_else(|| text.to_owned())
    }
}

fn is_gone(state: &State) -> bool {
    state.not_seen_since.is_some() || state.deleted_since.is_some()
}

fn written(value: &Recorded) -> Option<&str> {
    match value {
        Recorded::Text(text) => Some(text),
        Recorded::List(_) | Recorded::Structure(_) => None,
    }
}

/// Who of those seen stands in a group that an earlier import met.
fn remembered(estate: &Estate<'_>, seen: &[Seen], changes: &mut Changes) {
    let mut told: BTreeMap<&str, bool> = BTreeMap::new();
    for one in seen {
        let path = one.state.as_ref().map(|(path, _)| path.as_str());
        told.extend(path.map(|path| (path, one.sighting.members.whole)));
    }
    let is_complete = estate.request.complete;
    let waits = |(path, state): &(&String, &State)| {
        let is_met = told.get(path.as_str());
        !state.members.is_empty()
            && !is_gone(state)
            && is_met.map_or(!is_complete, |whole| !whole)
            && estate.group(&state.record) == state.name().1
    };
    let mut waiting = estate.request.states.iter().filter(waits).peekable();
    if waiting.peek().is_none() {
        return;
    }
    let mut called = Called::new();
    for one in seen {
        let own = format!("{}:{}", one.kind, one.id);
        let last = one.state.as_ref().map(|(_, state)| &state.fields);
        for key in CALLED {
            let said = [Some(&one.sighting.fields), last].into_iter().flatten();
            enter(&mut called, said.filter_map(|fields| fields.get(key)), &own);
        }
    }
    for (_, state) in waiting {
        let (_, group) = state.name();
        let members = state.members.iter().map(|member| normal(member));
        for own in members.filter_map(|member| called.get(&member)?.as_ref()) {
            let change = changes.entry(own.clone()).or_default();
            change.comes.insert(group.to_owned());
        }
    }
}

/// Enters what a record is called.
fn enter<'n>(called: &mut Called, names: impl Iterator<Item = &'n Recorded>, own: &str) {
    for name in names.filter_map(written) {
        let known = called.entry(normal(name));
        let known = known.or_insert_with(|| Some(own.to_owned()));
        if known.as_ref().is_some_and(|known| known != own) {
            *known = None;
        }
    }
}

/// Which records come into the groups of this import or leave them, by the members that its files lack; gives those that
/// no record is.
fn named(estate: &Estate<'_>, seen: &[Seen], changes: &mut Changes) -> BTreeSet<String> {
    let mut unknown = BTreeSet::new();
    let groups = seen.iter().map(|group| {
        let held = group.state.iter();
        let held = held.flat_map(|(_, state)| &state.members);
        (group, held.filter(|_| group.sighting.members.whole))
    });
    let mut groups = groups
        .filter(|(group, held)| {
            !group.sighting.members.names.is_empty() || held.clone().next().is_some()
        })
        .peekable();
    if groups.peek().is_none() {
        return unknown;
    }
    let mut called = Called::new();
    for record in estate.records() {
        let own = name_of(record);
        let last = estate.last.get(own.as_str());
        for key in CALLED {
            let last = last.and_then(|(_, state)| state.fields.get(key));
            let now = value_of(record, key);
            enter(&mut called, now.iter().chain(last), &own);
        }
    }
    for (group, held) in groups {
        let members = group.sighting.members.names.iter();
        let now: BTreeMap<String, &str> = members.map(|name| (normal(name), &**name)).collect();
        for (name, member) in &now {
            let Some(Some(own)) = called.get(name) else {
                unknown.insert(common_name(member));
                continue;
            };
            let change = changes.entry(own.clone()).or_default();
            change.comes.insert(group.id.clone());
        }
        let left = held.map(|name| normal(name));
        let left = left.filter(|name| !now.contains_key(name));
        for own in left.filter_map(|name| called.get(&name)?.as_ref()) {
            let change = changes.entry(own.clone()).or_default();
            change.leaves.insert(group.id.clone());
        }
    }
    unknown
}

/// Tells of members that no record is.
fn note(unknown: &BTreeSet<String>) -> Option<Text> {
    counted(unknown).map(|(count, names)| {
        text!(
            "à lier\u{a0}: membres de groupes dont ni ces fichiers ni les fiches n’ont le compte, ou en ont deux ({count}\u{a0}: {names})\u{202f}; ils seront liés dès que leurs comptes seront importés, même par une autre commande",
            "to link: members of groups whose account stands in neither these files nor the records, or twice ({count}: {names}); they are linked as soon as their accounts are imported, by another command, too"
        )
    })
}
