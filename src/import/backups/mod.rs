//! What backup tools say of their runs → jobs of the kind `backup`, each with its last good run.
//!
//! A tool is not asked for its settings: a job is what runs have in common, and is known again by
//! an alias (`restic:srv-1:/home`). Give a record of yours that alias and its runs go there.

mod borg;
mod restic;
mod undated;
mod veeam;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::digest;
use crate::import::profile::Culture;
use crate::import::{Clue, Inventory, Link, Refusal, Sighting, Target};

/// The longest alias, in bytes: beyond it the rest is told by its digest.
const LONGEST_ALIAS: usize = 160;

/// At most this many folders are named in a job's title.
const MOST_FOLDERS: usize = 3;

/// The tools whose lists are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// `restic snapshots --json`.
    Restic,
    /// `borg info --json` and `borg list --json`.
    Borg,
    /// Tables of Veeam sessions or jobs, in CSV.
    Veeam,
}

impl Tool {
    /// The source's name.
    pub fn source(self) -> &'static str {
        match self {
            Self::Restic => "restic",
            Self::Borg => "borg",
            Self::Veeam => "veeam",
        }
    }
}

/// What became of one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    Success,
    /// It ended, with something to look at: what it saved can be restored.
    Warning,
    Failure,
}

impl Outcome {
    fn key(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Failure => "failure",
        }
    }
}

/// What several runs are runs of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Job {
    /// The tool, as people call it.
    pub tool: &'static str,
    /// What a new record is called.
    pub title: String,
    /// The machines saved.
    pub hosts: BTreeSet<String>,
    /// The folders saved.
    pub folders: BTreeSet<String>,
    /// The machine that keeps the copies.
    pub store: Option<String>,
    /// Whether the copies are encrypted.
    pub encrypted: Option<bool>,
    /// When good runs ended.
    pub good: Vec<DateTime>,
    /// When runs ended, and how.
    pub runs: Vec<(DateTime, Outcome)>,
}

impl Job {
    /// Notes a run. The last one counts, in whatever order they come.
    pub fn ran(&mut self, end: DateTime, outcome: Outcome) {
        if outcome != Outcome::Failure {
            self.good.push(end);
        }
        self.runs.push((end, outcome));
    }

    /// Takes out the runs of days to come, which a clock that is wrong has dated: no good run would count
    /// after one of them for years. Says how many there are.
    fn without_future(&mut self, today: Date) -> usize {
        // Elsewhere on Earth it may be tomorrow.
        let latest = today.tomorrow().unwrap_or(today);
        let all = self.good.iter().chain(self.runs.iter().map(|(end, _)| end));
        let future: BTreeSet<DateTime> = all.filter(|end| end.date() > latest).copied().collect();
        self.good.retain(|end| !future.contains(end));
        self.runs.retain(|(end, _)| !future.contains(end));
        future.len()
    }

    /// The record of a job that goes by an alias.
    pub fn sighting(&self, alias: &str) -> Sighting {
        let alias = shortened(alias);
        let mut sighting = Sighting {
            kind: "backup",
            title: self.title.clone(),
            clues: vec![Clue::new(1, "aliases", alias.as_str())],
            ..Sighting::default()
        };
        crate::import::directory::begin(&mut sighting, "status", "active");
        sighting.set("name", &self.title);
        sighting.set("tool", self.tool);
        sighting.set_list("aliases", [alias]);
        let folders: Vec<&str> = self.folders.iter().map(String::as_str).collect();
        sighting.set("scope", &folders.join(", "));
        if let Some(encrypted) = self.encrypted {
            sighting.set("encrypted", if encrypted { "true" } else { "false" });
        }
        if let Some(end) = self.good.iter().max() {
            sighting.set("last_success", &end.to_string());
        }
        if let Some((_, outcome)) = self.runs.iter().max() {
            sighting.set("last_result", outcome.key());
        }
        let hosts = self.hosts.iter().map(|host| ("targets", host));
        let store = self.store.iter().map(|store| ("destination", store));
        sighting.links = hosts
            .chain(store)
            .map(|(field, name)| machine(field, name))
            .collect();
        sighting
    }
}

fn machine(field: &'static str, name: &str) -> Link {
    Link {
        field,
        part: None,
        target: Target::Seen("asset", Clue::names(1, name), name.to_owned()),
        otherwise: None,
    }
}

/// An alias that is no longer than people can read.
fn shortened(alias: &str) -> String {
    if alias.len() <= LONGEST_ALIAS {
        return alias.to_owned();
    }
    let end = (0..=LONGEST_ALIAS)
        .rev()
        .find(|end| alias.is_char_boundary(*end));
    let start = &alias[..end.unwrap_or_default()];
    format!("{start}…{}", digest::short(alias, 6))
}

/// Folders as a title names them.
fn shown(folders: &BTreeSet<String>) -> String {
    let first: Vec<&str> = folders
        .iter()
        .take(MOST_FOLDERS)
        .map(String::as_str)
        .collect();
    let more = folders.len() - first.len();
    let first = first.join(", ");
    if more == 0 {
        first
    } else {
        format!("{first} + {more}")
    }
}

/// Jobs by alias.
pub(super) type Jobs = BTreeMap<String, Job>;

/// What reading needs to know beside the files.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'a> {
    /// The zone of the site, whose clocks the estate goes by.
    pub zone: &'a TimeZone,
    /// The order of days and months in tables, if somebody has said it.
    pub culture: Option<Culture>,
    /// The day of the site: runs after it are of a clock that is wrong.
    pub today: Date,
}

/// Reads the files of one import together: the last run of a job may stand in any of them. Gives the
/// inventory and the files that could not be read, by position.
pub fn read(
    files: &[Vec<u8>],
    tool: Tool,
    settings: Settings<'_>,
) -> (Inventory, Vec<(usize, Refusal)>) {
    let mut inventory = Inventory::new(tool.source());
    let mut jobs = Jobs::new();
    let refused = match tool {
        Tool::Restic => each(files, |file| restic::read(file, settings.zone, &mut jobs)),
        Tool::Borg => {
            let mut archives = borg::Archives::default();
            let refused = each(files, |file| archives.read(file, settings.zone));
            archives.jobs(&mut jobs, &mut inventory);
            refused
        }
        Tool::Veeam => each(files, |file| {
            veeam::read(file, settings.culture, &mut jobs, &mut inventory)
        }),
    };
    let jobs_of_all = jobs.values_mut();
    let future = jobs_of_all.map(|job| job.without_future(settings.today));
    inventory.drop_some("future-runs", future.sum());
    let sightings = jobs.iter().map(|(alias, job)| job.sighting(alias));
    inventory.records = sightings.collect();
    (inventory, refused)
}

fn each(
    files: &[Vec<u8>],
    mut read: impl FnMut(&[u8]) -> Result<(), Refusal>,
) -> Vec<(usize, Refusal)> {
    let read = files
        .iter()
        .enumerate()
        .filter_map(|(at, file)| match read(file) {
            Ok(()) => None,
            Err(refusal) => Some((at, refusal)),
        });
    read.collect()
}
