//! Backups: which jobs cover what, how old their last good run is, whether a restore was ever proven, and
//! what holds data and is covered by none.
//!
//! Only jobs that are at work (active, or without a status) cover anything. What a service stores lies on
//! the machines it depends on: their jobs are its own. Where no job at all is written, backups are kept
//! elsewhere, and nothing is expected of anything.

mod copies;
mod jobs;

use std::collections::{BTreeMap, BTreeSet};

pub use copies::{BackupCopy, Coverage};
pub use jobs::{Age, Job, RestoreTest};

use crate::estate::{Estate, Record, RecordId};

/// The page that says it all.
pub const PAGE: &str = "backups/coverage/";

/// The field of assets and services, and the flag of their types, that says whether they hold data.
const HOLDS_DATA: &str = "holds_data";

/// Every job, and everything that is saved or should be.
#[derive(Debug, Default)]
pub struct Backups {
    /// The jobs, by id; those that are no longer at work too.
    pub jobs: BTreeMap<RecordId, Job>,
    /// What holds data and is in use, and what a job at work names all the same.
    pub coverage: BTreeMap<RecordId, Coverage>,
}

impl Backups {
    fn new(estate: &Estate) -> Self {
        let jobs: BTreeMap<RecordId, Job> = estate
            .listed("backup")
            .map(|record| (record.id, Job::new(estate, record)))
            .collect();
        if jobs.is_empty() {
            return Self::default();
        }
        let mut naming: BTreeMap<RecordId, Vec<RecordId>> = BTreeMap::new();
        for job in jobs.values().filter(|job| job.at_work) {
            for target in &job.targets {
                naming.entry(*target).or_default().push(job.record);
            }
        }
        let kinds = ["asset", "service"].into_iter();
        let holding = kinds.flat_map(|kind| estate.listed(kind));
        let holding = holding.filter(|record| is_in_use(record) && holds_data(record));
        let holding: BTreeSet<RecordId> = holding.map(|record| record.id).collect();
        let named = naming
            .keys()
            .filter(|id| is_in_use(estate.record(**id)))
            .copied();
        let told: BTreeSet<RecordId> = holding.iter().copied().chain(named).collect();
        let coverage = told.into_iter().map(|id| {
            let record = estate.record(id);
            let below = machines(estate, record).filter(|below| holding.contains(below));
            let below: Vec<RecordId> = below.collect();
            let own = std::iter::once(&id).chain(&below);
            let found: BTreeSet<RecordId> = own
                .flat_map(|id| naming.get(id).into_iter().flatten())
                .copied()
                .collect();
            let stores = copies::Stores {
                estate,
                jobs: &jobs,
                naming: &naming,
            };
            (id, stores.coverage(record, &below, &found))
        });
        let coverage = coverage.collect();
        Self { jobs, coverage }
    }

    /// What holds data and is covered by no job at work, by kind and id.
    pub fn unprotected(&self) -> impl Iterator<Item = &Coverage> {
        let coverage = self.coverage.values();
        coverage.filter(|coverage| coverage.jobs.is_empty())
    }

    /// Whether backups are kept elsewhere.
    pub fn is_empty(&self) -> bool {
        self.jobs.is_empty()
    }
}

impl Estate {
    /// The backups, worked out when they are first asked for.
    pub fn backups(&self) -> &Backups {
        self.backups.get_or_init(|| Backups::new(self))
    }
}

/// Whether a record holds data: it says so itself (`holds_data`), or its type does in the schema, or it
/// says how much of its data may be lost (`rpo`).
pub fn holds_data(record: &Record) -> bool {
    let view = record.view();
    let by_type = || view.choice("type").is_some_and(|choice| choice.holds_data);
    let by_loss = || view.duration("rpo").is_some();
    view.boolean(HOLDS_DATA)
        .unwrap_or_else(|| by_type() || by_loss())
}

/// Whether a record is in use: not planned, in stock, retired or lost. Without a status it is.
pub fn is_in_use(record: &Record) -> bool {
    let status = record.view().choice("status");
    status.is_none_or(|choice| {
        let means = choice.meaning();
        !matches!(means, "planned" | "in-stock" | "retired" | "lost")
    })
}

/// The machines that a service itself depends on; none for anything else.
fn machines<'a>(
    estate: &'a Estate,
    record: &'a Record,
) -> impl Iterator<Item = RecordId> + use<'a> {
    let is_service = record.kind().name == "service";
    let below = estate
        .all(record, "depends_on")
        .filter(move |below| is_service && below.kind().name == "asset");
    below.map(|below| below.id)
}

#[cfg(test)]
mod tests;
