//! Versions found on machines against those that software records expect and accept.
//!
//! Older than `minimum_version` is outdated; older than `version` is behind. What is installed and the system
//! itself both count, a machine once; a version that cannot be compared is counted apart.

use std::collections::BTreeMap;

use crate::estate::backups::is_in_use;
use crate::estate::{Estate, Record, RecordId};

use super::version;

/// The versions of a software on the machines in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// Which.
    pub software: RecordId,
    /// On how many machines it was found.
    pub machines: usize,
    /// Those with a version older than is accepted, oldest version first.
    pub outdated: Vec<Found>,
    /// Those with a version that is accepted and older than is expected, oldest version first.
    pub behind: Vec<Found>,
    /// How many tell no version that can be compared.
    pub unknown: usize,
}

/// A version on a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The machine.
    pub asset: RecordId,
    /// As reported.
    pub version: String,
}

impl Update {
    /// How many machines have what is expected, or more.
    pub fn current(&self) -> usize {
        self.machines - self.outdated.len() - self.behind.len() - self.unknown
    }
}

/// The software with a version to compare with that was found on a machine in use, by id.
pub(super) fn updates(estate: &Estate) -> Vec<Update> {
    let systems = by_software(estate);
    let all = estate.listed("software").filter_map(|software| {
        let text = |key| {
            software
                .view()
                .text(key)
                .filter(|text| version::compare(text, text).is_some())
        };
        let (least, expected) = (text("minimum_version"), text("version"));
        if least.is_none() && expected.is_none() {
            return None;
        }
        let mut update = Update {
            software: software.id,
            machines: 0,
            outdated: Vec::new(),
            behind: Vec::new(),
            unknown: 0,
        };
        for (asset, found) in found_on(estate, software, systems.get(&software.id)) {
            update.machines += 1;
            let comparable = found.filter(|found| version::compare(found, found).is_some());
            let Some(found) = comparable else {
                update.unknown += 1;
                continue;
            };
            let is_older =
                |than: Option<&str>| than.is_some_and(|than| version::is_older(found, than));
            let found = || Found {
                asset,
                version: found.to_owned(),
            };
            if is_older(least) {
                update.outdated.push(found());
            } else if is_older(expected) {
                update.behind.push(found());
            }
        }
        for found in [&mut update.outdated, &mut update.behind] {
            found.sort_by(|left, right| {
                let order = version::compare(&left.version, &right.version);
                let order = order.unwrap_or(std::cmp::Ordering::Equal);
                order.then_with(|| left.asset.cmp(&right.asset))
            });
        }
        (update.machines > 0).then_some(update)
    });
    all.collect()
}

/// The machines in use by the software that their system is.
fn by_software(estate: &Estate) -> BTreeMap<RecordId, Vec<RecordId>> {
    let mut machines: BTreeMap<RecordId, Vec<RecordId>> = BTreeMap::new();
    for asset in estate.listed("asset").filter(|asset| is_in_use(asset)) {
        let software = estate
            .systems()
            .of(asset)
            .and_then(|system| system.software);
        if let Some(software) = software {
            machines.entry(software).or_default().push(asset.id);
        }
    }
    machines
}

/// The machines in use that have a software, with the version reported: as installed, else as their system.
fn found_on<'a>(
    estate: &'a Estate,
    software: &Record,
    systems: Option<&Vec<RecordId>>,
) -> BTreeMap<RecordId, Option<&'a str>> {
    let systems = systems.into_iter().flatten().map(|id| {
        let system = estate.systems().of(estate.record(*id));
        (*id, system.and_then(|system| system.version.as_deref()))
    });
    let installed = estate.installed().of(software).iter();
    let installed = installed.filter(|it| is_in_use(estate.record(it.asset)));
    systems
        .chain(installed.map(|it| (it.asset, it.version.as_deref())))
        .collect()
}
