//! Records that got another id inside their file: one went, one came, and they say the same.
//!
//! Values that are never told have no part in it: what is found must not depend on a secret.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{FactValue, Facts, Told};
use super::files::Loose;
use super::later::holds;
use crate::diagnostic::Language;
use crate::fold::case_fold;
use crate::history::Recorded;

/// So many pairs of a file are compared field by field; beyond, only records that say just the same
/// are found.
const MOST_PAIRS: usize = 4_096;
/// Fewer equal fields tell nothing, unless no other differs.
const FEWEST_EQUAL: usize = 3;

/// The file that records went from, their kind and language.
type Group<'l> = (&'l str, &'l str, Option<Language>);

/// Takes out the records that are one under two ids, the old one first. Both lists in the order of
/// paths and places; `renames` as in [`Reader::settle`](super::Reader::settle).
pub(super) fn pairs(
    removed: &mut [Option<Loose>],
    added: &mut [Option<Loose>],
    renames: &BTreeSet<(&str, &str)>,
) -> Vec<(Loose, Loose)> {
    let found = found(removed, added, renames);
    let taken = found
        .into_iter()
        .filter_map(|(old, new)| removed[old].take().zip(added[new].take()));
    taken.collect()
}

fn found(
    removed: &[Option<Loose>],
    added: &[Option<Loose>],
    renames: &BTreeSet<(&str, &str)>,
) -> Vec<(usize, usize)> {
    let former: BTreeMap<&str, &str> = renames.iter().map(|(old, new)| (*new, *old)).collect();
    let mut groups: BTreeMap<Group<'_>, [Vec<Candidate<'_>>; 2]> = BTreeMap::new();
    for (side, all) in [removed, added].into_iter().enumerate() {
        for (at, loose) in all.iter().enumerate() {
            let Some(loose) = loose else { continue };
            let Some(facts) = &loose.facts else { continue };
            let own = loose.path.as_str();
            let path = match side {
                0 => own,
                _ => former.get(own).copied().unwrap_or(own),
            };
            let group = (path, loose.name.kind.as_str(), loose.name.language);
            groups.entry(group).or_default()[side].push(Candidate { at, facts });
        }
    }
    let mut found = Vec::new();
    for [removed, added] in groups.into_values() {
        group(removed, added, &mut found);
    }
    found
}

/// A record that may be one of the other side, and where it stands.
#[derive(Clone, Copy)]
struct Candidate<'l> {
    at: usize,
    facts: &'l Facts,
}

/// The pairs of one file: those that say the same first, then the most alike.
fn group(
    mut removed: Vec<Candidate<'_>>,
    mut added: Vec<Candidate<'_>>,
    found: &mut Vec<(usize, usize)>,
) {
    let mut same: BTreeMap<Said<'_>, Vec<usize>> = BTreeMap::new();
    for old in removed.iter().rev() {
        if let Some(said) = said(old.facts) {
            same.entry(said).or_default().push(old.at);
        }
    }
    let mut taken = BTreeSet::new();
    added.retain(|new| {
        let old = said(new.facts).and_then(|said| same.get_mut(&said)?.pop());
        found.extend(old.map(|old| (old, new.at)));
        taken.extend(old);
        old.is_none()
    });
    removed.retain(|old| !taken.contains(&old.at));
    if removed.len().saturating_mul(added.len()) > MOST_PAIRS {
        return;
    }
    let mut alike = Vec::new();
    for old in &removed {
        for new in &added {
            let share = share(old.facts, new.facts);
            alike.extend(share.map(|share| (share, old.at, new.at)));
        }
    }
    alike.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut taken = [BTreeSet::new(), BTreeSet::new()];
    for (_, old, new) in alike {
        if !taken[0].contains(&old) && !taken[1].contains(&new) {
            taken[0].insert(old);
            taken[1].insert(new);
            found.push((old, new));
        }
    }
}

/// The values that may be told and are no copy of a secret, by key.
fn told(facts: &Facts) -> impl Iterator<Item = (&str, &Told)> {
    facts.fields.iter().filter_map(|fact| {
        let FactValue::Told(told) = &fact.value else {
            return None;
        };
        let is_secret = |text: &str| facts.secrets.contains(text.trim());
        let silent = told.volatile || holds(&told.recorded, &is_secret);
        (!silent).then_some((fact.key.as_str(), told))
    })
}

/// All that a record says, beside its id.
type Said<'l> = (Vec<(&'l str, &'l Recorded)>, Option<&'l str>);

/// All that a record says; `None` where it says nothing.
fn said(facts: &Facts) -> Option<Said<'_>> {
    let values: Vec<_> = told(facts)
        .map(|(key, told)| (key, &told.recorded))
        .collect();
    let body = body(facts);
    (!values.is_empty() || body.is_some()).then_some((values, body))
}

fn body(facts: &Facts) -> Option<&str> {
    let body = facts.body.as_ref().map(|body| body.text.as_str());
    body.filter(|body| !body.is_empty())
}

/// How much of what two records say is the same, in thousandths, if it is enough to take them for
/// one; the number of equal fields comes second.
fn share(old: &Facts, new: &Facts) -> Option<(usize, usize)> {
    let before: BTreeMap<&str, &Told> = told(old).collect();
    let after: BTreeMap<&str, &Told> = told(new).collect();
    let (mut equal, mut all) = (0, 0);
    // Whether what tells one thing from another was the same, or was not.
    let (mut known, mut other) = (false, false);
    for (key, old_value) in &before {
        let Some(new_value) = after.get(key) else {
            all += 1;
            continue;
        };
        // A name that is the id over again changes with it.
        if is_id(old, old_value) && is_id(new, new_value) {
            continue;
        }
        all += 1;
        let same = old_value.recorded == new_value.recorded;
        equal += usize::from(same);
        if old_value.identifier {
            known |= same;
            other |= !same;
        }
    }
    all += after
        .keys()
        .filter(|key| !before.contains_key(*key))
        .count();
    if let [Some(_), _] | [_, Some(_)] = [body(old), body(new)] {
        all += 1;
        equal += usize::from(body(old) == body(new));
    }
    let enough = equal >= FEWEST_EQUAL && 3 * equal >= 2 * all || all > 0 && equal == all;
    // Devices of one model, one after the other: their serial numbers tell them apart.
    let replaced = other && !known;
    (enough && !replaced).then(|| (1000 * equal / all, equal))
}

/// Whether a value is the id over again, as host names often are.
fn is_id(facts: &Facts, told: &Told) -> bool {
    matches!(&told.recorded, Recorded::Text(text) if case_fold(text) == case_fold(&facts.name.id))
}
