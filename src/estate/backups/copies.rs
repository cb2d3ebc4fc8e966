//! The copies of one thing's data, and what is left to the rule 3-2-1: three copies with the original, on two
//! media, one of them off site (ANSSI, « Sauvegarde des systèmes d’information », asks for an offline one too).
//!
//! Copies travel on: where a job saves the store of another, what lies in that store is saved once more.

use std::collections::{BTreeMap, BTreeSet};

use crate::estate::{Estate, Record, RecordId};

use super::Job;

/// How often one thing's data exist, and where.
#[derive(Debug)]
pub struct Coverage {
    /// What is saved, or should be.
    pub target: RecordId,
    /// Whether it is said to hold data; a switch whose configuration is saved is not.
    pub holds_data: bool,
    /// The jobs at work that name it; for a service, those of its machines too.
    pub jobs: Vec<RecordId>,
    /// The copies, without the original.
    pub copies: Vec<BackupCopy>,
    /// The media that the original and its copies are on, by key.
    pub media: BTreeSet<String>,
}

/// A copy: one for each place that a job saves to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupCopy {
    /// The job that makes it.
    pub job: RecordId,
    /// The store that this job saves, where the copy is one of a copy.
    pub by_way_of: Option<RecordId>,
    /// Where it lies, when that is written.
    pub destination: Option<RecordId>,
    /// On what medium, by key.
    pub medium: Option<String>,
    /// Whether it is away from the original.
    pub offsite: bool,
    /// Whether its job says that it is not.
    pub on_the_spot: bool,
    /// Whether nobody on the network can delete it.
    pub offline: bool,
}

impl Coverage {
    /// How often the data exist, the original counted.
    pub fn count(&self) -> usize {
        self.copies.len() + 1
    }

    /// Whether a copy is off site.
    pub fn is_offsite(&self) -> bool {
        self.copies.iter().any(|copy| copy.offsite)
    }

    /// Whether every copy is said to be beside the original.
    pub fn is_on_the_spot(&self) -> bool {
        !self.copies.is_empty() && self.copies.iter().all(|copy| copy.on_the_spot)
    }

    /// Whether a copy is offline or cannot be changed.
    pub fn is_offline(&self) -> bool {
        self.copies.iter().any(|copy| copy.offline)
    }

    /// Whether there are three copies on two media with one off site.
    pub fn is_complete(&self) -> bool {
        self.count() >= 3 && self.media.len() >= 2 && self.is_offsite()
    }
}

/// What the copies of one thing are looked up in.
pub(super) struct Stores<'a> {
    pub estate: &'a Estate,
    pub jobs: &'a BTreeMap<RecordId, Job>,
    /// The jobs at work that name a record.
    pub naming: &'a BTreeMap<RecordId, Vec<RecordId>>,
}

impl Stores<'_> {
    /// The coverage of a record by `jobs`, its data being on itself or on the machines `below`.
    pub fn coverage(
        &self,
        record: &Record,
        below: &[RecordId],
        jobs: &BTreeSet<RecordId>,
    ) -> Coverage {
        let originals: BTreeSet<RecordId> = below.iter().copied().chain([record.id]).collect();
        let own_media = originals.iter().map(|id| self.estate.record(*id));
        let mut coverage = Coverage {
            target: record.id,
            holds_data: super::holds_data(record),
            jobs: jobs.iter().copied().collect(),
            copies: Vec::new(),
            media: own_media.filter_map(|own| self.own_medium(own)).collect(),
        };
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<(RecordId, Option<RecordId>)> =
            jobs.iter().rev().map(|job| (*job, None)).collect();
        while let Some((job, by_way_of)) = waiting.pop() {
            let Some(copy) = self.copy(job, by_way_of) else {
                continue;
            };
            let place = copy.destination.unwrap_or(job);
            if originals.contains(&place) || !seen.insert((place, copy.medium.clone())) {
                continue;
            }
            let onward = self.naming.get(&place).into_iter().flatten();
            waiting.extend(onward.map(|job| (*job, Some(place))));
            coverage.media.extend(copy.medium.clone());
            coverage.copies.push(copy);
        }
        coverage
    }

    /// What a job leaves behind; nothing before its first good run.
    fn copy(&self, job: RecordId, by_way_of: Option<RecordId>) -> Option<BackupCopy> {
        self.jobs.get(&job)?.last_success?;
        let record = self.estate.record(job);
        let view = record.view();
        let says = |key| view.boolean(key).unwrap_or(false);
        Some(BackupCopy {
            job,
            by_way_of,
            destination: self.estate.first(record, "destination").map(|it| it.id),
            medium: view.choice("media").map(|choice| choice.key.clone()),
            offsite: says("offsite"),
            on_the_spot: view.boolean("offsite") == Some(false),
            offline: says("offline"),
        })
    }

    /// The medium of an original: that of its type where a medium is called so (a NAS), else the disk of a
    /// machine. Where a service in the cloud or a software keeps its data is not known.
    fn own_medium(&self, record: &Record) -> Option<String> {
        if record.kind().name != "asset" {
            return None;
        }
        let media = self.estate.schema.kind("backup")?.field("media")?.1;
        let media = media.choices().iter().map(|choice| choice.key.as_str());
        let own = record.view().choice("type").map(|choice| &*choice.key);
        let same = media.into_iter().find(|medium| Some(*medium) == own);
        Some(same.unwrap_or("disk").to_owned())
    }
}
