//! Keeping the estate in order: versions against those that are approved, systems past their support, tasks
//! that come back, what the agents saw of a machine's protection, who was trained, which manuals there are.

pub mod protection;
pub mod systems;
pub mod trainings;
pub mod updates;
pub mod version;

use std::collections::BTreeMap;

use crate::estate::deadlines::{self, Deadline, Reason};
use crate::estate::{Estate, Record, RecordId};

/// The page that says it all.
pub const PAGE: &str = "maintenance/upkeep/";

/// What was read of all records.
#[derive(Debug, Default)]
pub struct Upkeep {
    /// Versions by software.
    pub updates: Vec<updates::Update>,
    /// The protection of machines.
    pub protections: Vec<protection::Protection>,
    /// Trainings by group.
    pub trainings: Vec<trainings::Coverage>,
    /// The tasks that name a record as their target.
    tasks: BTreeMap<RecordId, Vec<RecordId>>,
    /// The documents of an asset or a model.
    documents: BTreeMap<RecordId, Vec<RecordId>>,
    /// What is too old on a machine.
    old: BTreeMap<RecordId, Vec<Old>>,
}

/// A version that is too old, on one machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Old {
    /// The software.
    pub software: RecordId,
    /// The version found.
    pub version: String,
    /// Whether it is older than is accepted, not only than is expected.
    pub is_outdated: bool,
}

impl Estate {
    /// The operating systems, read when they are first asked for.
    pub fn systems(&self) -> &systems::Systems {
        self.systems.get_or_init(|| systems::Systems::new(self))
    }

    /// The upkeep, read when it is first asked for.
    pub fn upkeep(&self) -> &Upkeep {
        self.upkeep.get_or_init(|| Upkeep::new(self))
    }
}

impl Upkeep {
    fn new(estate: &Estate) -> Self {
        let updates = updates::updates(estate);
        let mut old: BTreeMap<RecordId, Vec<Old>> = BTreeMap::new();
        for update in &updates {
            let outdated = update.outdated.iter().map(|found| (found, true));
            let behind = update.behind.iter().map(|found| (found, false));
            for (found, is_outdated) in outdated.chain(behind) {
                old.entry(found.asset).or_default().push(Old {
                    software: update.software,
                    version: found.version.clone(),
                    is_outdated,
                });
            }
        }
        let mut tasks: BTreeMap<RecordId, Vec<RecordId>> = BTreeMap::new();
        for task in estate.listed("maintenance").filter(|task| is_at_work(task)) {
            for target in estate.all(task, "targets") {
                tasks.entry(target.id).or_default().push(task.id);
            }
        }
        Self {
            updates,
            protections: protection::protections(estate),
            trainings: trainings::coverage(estate),
            tasks,
            documents: documents(estate),
            old,
        }
    }

    /// The tasks at work that concern a record: those that name it, then those that name its model.
    pub fn tasks<'a>(&self, estate: &'a Estate, record: &'a Record) -> Vec<&'a Record> {
        with_model(estate, record, &self.tasks)
    }

    /// The documents of a record, then those of its model.
    pub fn documents<'a>(&self, estate: &'a Estate, record: &'a Record) -> Vec<&'a Record> {
        with_model(estate, record, &self.documents)
    }

    /// What is too old on a machine, by software.
    pub fn old_on(&self, asset: &Record) -> &[Old] {
        self.old.get(&asset.id).map_or(&[], Vec::as_slice)
    }
}

/// What an index holds of a record, then of its model.
fn with_model<'a>(
    estate: &'a Estate,
    record: &'a Record,
    of: &BTreeMap<RecordId, Vec<RecordId>>,
) -> Vec<&'a Record> {
    let model = estate.first(record, "model");
    let mut found: Vec<RecordId> = Vec::new();
    for about in std::iter::once(record).chain(model) {
        for id in of.get(&about.id).into_iter().flatten() {
            if !found.contains(id) {
                found.push(*id);
            }
        }
    }
    found.into_iter().map(|id| estate.record(id)).collect()
}

/// When a task is to be done next; `None` when nothing tells, or it comes back no more.
pub fn due<'a>(estate: &Estate, task: &'a Record) -> Option<Deadline<'a>> {
    let mut all = deadlines::of(estate, task).into_iter();
    all.find(|deadline| deadline.reason == Reason::Maintenance)
}

/// Whether a task comes back: active, or without a status.
pub fn is_at_work(task: &Record) -> bool {
    let status = task.view().choice("status");
    status.is_none_or(|status| status.meaning() == "active")
}

/// The documents of each asset and model: those that its record names, and those that name it; by id.
fn documents(estate: &Estate) -> BTreeMap<RecordId, Vec<RecordId>> {
    let mut documents: BTreeMap<RecordId, Vec<RecordId>> = BTreeMap::new();
    for document in estate.listed("document") {
        for key in ["assets", "models"] {
            for about in estate.all(document, key) {
                documents.entry(about.id).or_default().push(document.id);
            }
        }
    }
    for kind in ["asset", "model"] {
        for about in estate.listed(kind) {
            for document in estate.all(about, "documents") {
                documents.entry(about.id).or_default().push(document.id);
            }
        }
    }
    for found in documents.values_mut() {
        found.sort_unstable();
        found.dedup();
    }
    documents
}

#[cfg(test)]
mod tests;
