//! What was bought, assigned and found installed of each software, what is paid without use, and what is used
//! without right.
//!
//! Bought and assigned are those of [`licences`](crate::estate::licences). A seat is unused when the inventory of
//! its holder's machine, or of all that a person uses, does not report the software. A machine lacks a licence
//! when the software requires one and none covers the machine, its user or a group of the user.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::estate::installed::Installation;
use crate::estate::licences::{Position, SoftwarePosition, is_active, positions};
use crate::estate::{Estate, Record, RecordId};

/// The address of the evidence for an audit.
pub const PAGE: &str = "licences/evidence/";

/// Bought, assigned and found of one software.
#[derive(Debug)]
pub struct Conformity<'a> {
    /// The software.
    pub software: &'a Record,
    /// Its licences and their sums; none for a software without licence.
    pub position: Option<SoftwarePosition<'a>>,
    /// Where it was found.
    pub found: &'a [Installation],
    /// Seats assigned and not found.
    pub unused: Vec<Unused<'a>>,
    /// Machines that have it and that no licence covers; empty when none is required.
    pub uncovered: Vec<&'a Installation>,
}

/// A seat that is paid and not used.
#[derive(Debug, Clone, Copy)]
pub struct Unused<'a> {
    /// Of which licence.
    pub licence: &'a Record,
    /// Who or what holds it.
    pub holder: &'a Record,
    /// How many seats it has.
    pub seats: i64,
    /// What they cost, in euros a year, or once where the licence was paid once.
    pub cost: Option<Decimal>,
}

impl Conformity<'_> {
    /// What unused seats cost, in euros.
    pub fn unused_cost(&self) -> Decimal {
        self.unused.iter().filter_map(|seat| seat.cost).sum()
    }

    /// What seats used beyond those bought would cost at the price of the others, in euros.
    pub fn over_cost(&self) -> Decimal {
        let licences = self.position.iter().flat_map(|position| &position.licences);
        let costs = licences
            .filter_map(|licence| Some(seat_cost(licence)? * Decimal::from(licence.over())));
        costs.fold(Decimal::ZERO, |sum, cost: Decimal| sum + cost)
    }

    /// Seats left of licences that count today; `None` without limit.
    pub fn free(&self) -> Option<i64> {
        self.position
            .as_ref()
            .map_or(Some(0), SoftwarePosition::free)
    }

    /// Machines that lack a licence: those that none covers, beyond the seats left.
    pub fn lacking(&self) -> i64 {
        let uncovered = i64::try_from(self.uncovered.len()).unwrap_or(i64::MAX);
        self.free().map_or(0, |free| (uncovered - free).max(0))
    }
}

/// All software that has a licence or was found, by title.
pub fn conformity(estate: &Estate) -> Vec<Conformity<'_>> {
    let groups = members(estate);
    let mut by_software: BTreeMap<RecordId, SoftwarePosition<'_>> = BTreeMap::new();
    for position in positions(estate) {
        if let Some(software) = position.software {
            by_software.insert(software.id, position);
        }
    }
    let mut all: Vec<Conformity<'_>> = estate
        .listed("software")
        .filter_map(|software| {
            let position = by_software.remove(&software.id);
            let found = estate.installed().of(software);
            if position.is_none() && found.is_empty() {
                return None;
            }
            let licences = position.as_ref().map_or(&[][..], |it| &it.licences);
            Some(Conformity {
                software,
                found,
                unused: unused(estate, software, licences),
                uncovered: uncovered(estate, software, (licences, found), &groups),
                position,
            })
        })
        .collect();
    all.sort_by_cached_key(|it| crate::fold::fold(&it.software.title));
    all
}

/// What one seat of a licence costs, in euros: a year, or once where it was paid once.
pub fn seat_cost(licence: &Position<'_>) -> Option<Decimal> {
    let seats = Decimal::from(licence.bought.filter(|seats| *seats > 0)?);
    let cost = licence.yearly_cost + licence.one_off_cost;
    (!cost.is_zero()).then(|| super::finance::depreciation::cents(cost / seats))
}

/// The holders of a licence today, each with its seats.
fn holders<'a>(estate: &'a Estate, licence: &'a Record) -> impl Iterator<Item = (&'a Record, i64)> {
    let all = licence.view().structures("assignments");
    let active = all.filter(|assignment| is_active(*assignment, estate.as_of));
    active.filter_map(|assignment| {
        let to = estate.linked_in(licence, assignment, "to").next()?;
        Some((to, assignment.integer("seats").unwrap_or(1)))
    })
}

fn unused<'a>(estate: &'a Estate, software: &Record, licences: &[Position<'a>]) -> Vec<Unused<'a>> {
    let mut unused = Vec::new();
    for position in licences.iter().filter(|it| it.validity.counts()) {
        for (holder, seats) in holders(estate, position.licence) {
            if estate.installed().is_missing(software, holder) == Some(true) {
                let cost = seat_cost(position).map(|cost| cost * Decimal::from(seats));
                unused.push(Unused {
                    licence: position.licence,
                    holder,
                    seats,
                    cost,
                });
            }
        }
    }
    unused
}

/// The groups that each person is in.
fn members(estate: &Estate) -> BTreeSet<(RecordId, RecordId)> {
    let mut pairs = BTreeSet::new();
    for person in estate.listed("person") {
        let own = estate.all(person, "groups");
        pairs.extend(own.map(|group| (group.id, person.id)));
    }
    pairs
}

fn uncovered<'a>(
    estate: &'a Estate,
    software: &Record,
    (licences, found): (&[Position<'_>], &'a [Installation]),
    groups: &BTreeSet<(RecordId, RecordId)>,
) -> Vec<&'a Installation> {
    if software.view().boolean("licence_required") != Some(true) {
        return Vec::new();
    }
    let valid: Vec<&Position<'_>> = licences.iter().filter(|it| it.validity.counts()).collect();
    // What is licensed by place, by session or by core names no machine.
    let by_machine = |licence: &&&Position<'_>| {
        let model = licence.licence.view().choice("model");
        let shared = ["site", "concurrent", "open-source", "per-core"];
        licence.bought.is_some() && !model.is_some_and(|model| shared.contains(&model.key.as_str()))
    };
    if valid.iter().filter(by_machine).count() < valid.len() {
        return Vec::new();
    }
    let holders: BTreeSet<RecordId> = valid
        .iter()
        .flat_map(|licence| holders(estate, licence.licence))
        .map(|(holder, _)| holder.id)
        .collect();
    let is_covered = |installation: &&Installation| {
        let asset = estate.record(installation.asset);
        let user = estate.first(asset, "user").map(|user| user.id);
        let in_group =
            |holder: &RecordId| user.is_some_and(|user| groups.contains(&(*holder, user)));
        holders.contains(&asset.id)
            || user.is_some_and(|user| holders.contains(&user))
            || holders.iter().any(in_group)
    };
    found.iter().filter(|it| !is_covered(it)).collect()
}

/// What a licence's versions say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Versions {
    /// The version in use is the one bought, or one of the two is not known.
    Same,
    /// An older one is in use: a right of downgrade is needed.
    Older,
    /// A newer one is in use, and maintenance covers it today.
    Maintained,
    /// A newer one is in use, and no maintenance covers it.
    Unmaintained,
}

/// The version in use against the one bought, and the end of maintenance.
pub fn versions(estate: &Estate, licence: &Record) -> Versions {
    let view = licence.view();
    let [Some(bought), Some(used)] =
        ["version_bought", "version_in_use"].map(|key| view.text(key).map(numbers))
    else {
        return Versions::Same;
    };
    let maintained = view.date("maintenance_end");
    match used.cmp(&bought) {
        std::cmp::Ordering::Equal => Versions::Same,
        std::cmp::Ordering::Less => Versions::Older,
        std::cmp::Ordering::Greater if maintained.is_some_and(|day| day >= estate.as_of) => {
            Versions::Maintained
        }
        std::cmp::Ordering::Greater => Versions::Unmaintained,
    }
}

/// The numbers of a version: `v2.10` is 2, 10, after `2.9`.
fn numbers(version: &str) -> Vec<u64> {
    let parts = version.split(|letter: char| !letter.is_ascii_digit());
    parts.filter_map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests;
