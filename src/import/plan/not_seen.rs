//! What a complete import lacks: since which day it is missing, when it was last seen, and whether it
//! has been missing for so long that it is out of use. Nothing is ever deleted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::history::Recorded;
use crate::history::semantic::values;
use crate::import::plan::known::{Seen, name_of};
use crate::import::plan::{Doubt, Outcome, Plan, Request, Retirement, Shrunk, last_seen, retire};
use crate::import::state::State;
use crate::project::Record;

/// One record that a complete import did not see.
pub(super) struct Missing<'a> {
    /// Where its state stands.
    pub path: &'a str,
    /// What was remembered of it.
    pub state: &'a State,
    /// The same with the day since which it is missing.
    pub noted: State,
    /// The same once its record has been edited.
    pub edited: State,
    /// Its record, unless people deleted it.
    pub record: Option<&'a Arc<Record>>,
    /// Values to set in its record.
    pub set: BTreeMap<String, Recorded>,
}

/// The states that a complete import did not meet, of the kinds that it names; of all kinds where it
/// names nothing at all.
pub(super) fn missing<'a>(
    request: &Request<'a>,
    seen: &[Seen],
    doubts: &[Doubt],
) -> Vec<(&'a String, &'a State)> {
    if !request.complete {
        return Vec::new();
    }
    let mut met: BTreeSet<&str> = BTreeSet::new();
    met.extend(
        seen.iter()
            .filter_map(|one| one.state.as_ref().map(|(path, _)| path.as_str())),
    );
    let kinds: BTreeSet<&str> = seen.iter().map(|one| one.kind).collect();
    let mut doubtful: BTreeSet<&str> = BTreeSet::new();
    for doubt in doubts {
        match doubt {
            Doubt::Several(_, names) | Doubt::Same(_, names) | Doubt::Address(_, names) => {
                doubtful.extend(names.iter().map(String::as_str));
            }
            Doubt::Deleted(_, name, _) => drop(doubtful.insert(name)),
        }
    }
    let is_missing = |(path, state): &(&String, &State)| {
        let is_met = met.contains(path.as_str()) || doubtful.contains(state.record.as_str());
        !is_met && (kinds.contains(state.name().0) || (kinds.is_empty() && doubts.is_empty()))
    };
    request.states.iter().filter(is_missing).collect()
}

/// The kinds of which a complete import has fewer than half of the records that the source had until
/// now. That is an export that was cut, filtered or another one's, far more often than a bad day.
pub(super) fn shrunk(
    request: &Request<'_>,
    missing: &[(&String, &State)],
) -> BTreeMap<String, Shrunk> {
    let mut kinds: BTreeMap<String, Shrunk> = BTreeMap::new();
    let present = |state: &&State| state.not_seen_since.is_none();
    for (_, state) in missing.iter().filter(|(_, state)| present(state)) {
        kinds.entry(state.name().0.to_owned()).or_default().missing += 1;
    }
    for state in request.states.values().filter(present) {
        if let Some(kind) = kinds.get_mut(state.name().0) {
            kind.known += 1;
        }
    }
    kinds.retain(|_, kind| (kind.known - kind.missing) * 2 < kind.known);
    kinds
}

/// What becomes of what is missing.
pub(super) fn decide<'a>(
    request: &Request<'a>,
    missing: &[(&'a String, &'a State)],
    plan: &mut Plan,
) -> Vec<Missing<'a>> {
    if missing.is_empty() {
        return Vec::new();
    }
    let files = request.project.files.iter();
    let records = files.flat_map(|file| &file.records);
    let records: BTreeMap<String, &Arc<Record>> =
        records.map(|record| (name_of(record), record)).collect();
    let all = missing.iter().map(|(path, state)| {
        let mut noted = (*state).clone();
        let today = || request.day.to_string();
        let since = noted.not_seen_since.get_or_insert_with(today).clone();
        plan.not_seen.insert(state.record.clone(), since.clone());
        let mut one = Missing {
            path,
            state,
            edited: noted.clone(),
            noted,
            record: records.get(&state.record).copied(),
            set: BTreeMap::new(),
        };
        if let Some(record) = one.record {
            let now = match request.light {
                Some(light) => light.values(record).0,
                None => values(record),
            };
            day(request, &mut one, (record, &now));
            let told = retire::retire(request, &mut one, (record, &now), &since);
            let told = told.map(|told| (state.record.clone(), told));
            plan.retirement.extend(told);
            if !one.set.is_empty() {
                plan.outcomes.insert(state.record.clone(), Outcome::Changed);
            }
        }
        one
    });
    all.collect()
}

/// Writes the day of the last complete import that had it, on the day it goes missing.
fn day(
    request: &Request<'_>,
    one: &mut Missing<'_>,
    (record, now): (&Record, &BTreeMap<String, Recorded>),
) {
    let field = last_seen::FIELD;
    let is_new = one.state.not_seen_since.is_none();
    let known = request.before.seen.get(&record.kind.name);
    let Some(last) = known.filter(|_| is_new && last_seen::is_known(&record.kind)) else {
        return;
    };
    let is_newer = match now.get(field) {
        Some(Recorded::Text(now)) => now < last,
        Some(_) => false,
        // Taken out by hand, it stays out.
        None => !one.state.fields.contains_key(field),
    };
    if is_newer {
        let last = Recorded::Text(last.clone());
        one.edited.fields.insert(field.to_owned(), last.clone());
        one.set.insert(field.to_owned(), last);
    }
}

/// How a record that is missing is told of.
pub(super) fn later(now: &BTreeMap<String, Recorded>, since: &str) -> Option<Retirement> {
    let days = ["last_seen", "last_physical_inventory", "last_logon"];
    let later = days.iter().filter_map(|key| match now.get(*key) {
        Some(Recorded::Text(day)) if day.as_str() > since => Some(day.clone()),
        _ => None,
    });
    later.max().map(Retirement::Elsewhere)
}
