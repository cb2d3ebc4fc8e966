//! Other systems → YAML: what a source says of the estate, matched with what is there, and written
//! so that people's own words stay.
//!
//! A reader (`glpi`, one file a source) makes an [`Inventory`] of bytes. [`plan`] compares it with
//! the project and with what was imported last, and says what each file shall hold; [`write`]
//! writes that. Readers and plan are pure; only `disk` touches files.

mod alike;
mod answer;
pub mod backups;
mod complete;
mod counted;
mod cut;
pub mod device_type;
mod difference;
mod directory;
mod disk;
mod distinct;
mod documents;
mod entity;
pub mod entra;
pub mod glpi;
mod identity;
pub mod jira;
pub mod ldif;
mod leftovers;
mod light;
mod local;
mod long;
mod merge;
pub mod ninjaone;
mod others;
pub mod packed;
mod pages;
mod place;
mod plan;
pub mod private;
pub mod profile;
mod prose;
mod report;
mod settle;
mod shown;
pub mod snipeit;
mod state;
pub mod table;
mod weight;
pub mod whose;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use answer::{Site, first_letter, is_json, json as read_json};
pub use complete::Complete;
pub use difference::difference;
pub use directory::MembershipWeight;
pub use disk::{Writer, read_complete, read_others, read_states, recover, write, write_file};
pub use identity::{Clue, is_placeholder};
pub use light::Light;
pub use local::Lock;
pub use long::{LongList, LongLists, Pool};
pub use others::{Other, Others};
pub use pages::Pages;
pub use place::place;
pub use plan::{
    Batch, Doubt, FileChange, Kept, Outcome, Plan, Request, Retirement, Shrunk, plan, plan_into,
};
pub use report::report;
pub use state::{Retired, STATES, State, States};

use crate::diagnostic::Text;
use crate::history::Recorded;
use plan::fits;

/// What one source says, once: one file, or all files of one import joined.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inventory {
    /// The source's name (`glpi`): the folder of its last imported values under
    /// `inventory/_imports/`. Lower-case letters, digits and `-`.
    pub source: String,
    /// What it has seen, in the order of the source; of two sightings of one thing, the later wins.
    pub records: Vec<Sighting>,
    /// What was left out on purpose, by kind of thing (`licence-keys`), and how many of each. The names
    /// are those of the private module `report`.
    pub dropped: BTreeMap<&'static str, usize>,
    /// Files of folders that were passed over, by the end of their names (`pdf`; empty: none), and how many of each.
    pub passed_over: BTreeMap<String, usize>,
    /// What people should know of it: a date that is none, a section in an unknown form.
    pub notes: Vec<Text>,
    /// Whether there is more than these files say.
    pub pages: Pages,
}

/// One thing as a source has seen it.
///
/// A reader fills it; it needs to know nothing of the estate. Values that do not fit their field
/// are left out by [`plan`] and counted, so a reader may hand on what it finds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sighting {
    /// The kind of record (`asset`).
    pub kind: &'static str,
    /// What it is called: the file's name when a record is made (its slug), and what reports say.
    pub title: String,
    /// How it is recognised, the surest first. Placeholders (`To Be Filled By O.E.M.`) may stand
    /// here; they match nothing.
    pub clues: Vec<Clue>,
    /// Fields of which two different values mean two different things, the surest first
    /// (`serial`): a match by something weaker is not believed against them.
    pub telling: &'static [&'static str],
    /// By what the source itself knows it (`object_guid`), where no field holds that: remembered with what
    /// was imported last. Clues and `telling` may name it.
    pub identity: Vec<(&'static str, String)>,
    /// Values by field key, in canonical form: see [`Recorded`]. Lists sorted, or in an order that
    /// the source keeps. Never volatile facts (uptime, free space), secrets or references.
    pub fields: BTreeMap<String, Recorded>,
    /// The long lists among them, once [`Inventory::share`] took them out; no reader fills it.
    pub long: LongLists,
    /// Fields of which the source says that nothing stands in them: a column that is there and empty in this row, an
    /// explicit `null`. What it wrote there itself is taken out. A field that is named nowhere says nothing.
    pub empty: BTreeSet<&'static str>,
    /// Fields that an entry would name if they held something, where files tell all of it (`--complete`).
    pub whole: &'static [&'static str],
    /// Values that a new record begins with, and that an existing one keeps as it has them (status).
    pub first: BTreeMap<String, Recorded>,
    /// Texts that hold today one thing and tomorrow another (who logged on last): a name that no record has goes there
    /// only when such facts are asked for ([`Request::last_seen`]).
    pub passing: &'static [&'static str],
    /// References to other records, by what the source calls them.
    pub links: Vec<Link>,
    /// Of a group, the members that stand in no file of the import.
    pub members: Members,
    /// The line of a table that says it, from 1, for messages.
    pub line: Option<usize>,
}

/// A reference that a source names in its own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The field that refers (`user`), or a list of structures (`connected_to`).
    pub field: &'static str,
    /// Where the field is a list of structures: the part that refers, and the other parts.
    pub part: Option<(&'static str, BTreeMap<String, Recorded>)>,
    /// What it refers to.
    pub target: Target,
    /// A text field that takes the name when no record has it (`alternate_user`). Of a list of
    /// structures, the part that does, before what it says; without it, the item is left out.
    pub otherwise: Option<&'static str>,
}

/// Members of a group that stand in no file of the import: the plan links those that have a record, and remembers all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members {
    /// What the group calls them: distinguished names and logins.
    pub names: Vec<Arc<str>>,
    /// Who is not among them, nor linked, stands in the group no more.
    pub whole: bool,
}

/// What a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A record of the kinds of the field, by its id, title or another name.
    Named(String),
    /// Another sighting of the same inventory, by position.
    Sighting(usize),
    /// A record of a kind, by clues; and what to call it when there is none (empty: not told).
    Seen(&'static str, Vec<Clue>, String),
    /// What many links lead to, kept once: a group of a large directory. Never shared itself, nor several.
    Shared(Arc<Target>),
    /// The items of a list, each kept once: a million times, an account of a large directory stands in a group.
    Several(Box<[Arc<Target>]>),
}

impl Target {
    /// What it is, whether links share it or not.
    pub fn own(&self) -> &Self {
        match self {
            Self::Shared(target) => target,
            own => own,
        }
    }

    /// All that it leads to.
    pub fn each(&self) -> impl Iterator<Item = &Self> {
        let (several, one): (&[Arc<Self>], Option<&Self>) = match self {
            Self::Several(all) => (&all[..], None),
            other => (&[], Some(other.own())),
        };
        several.iter().map(|target| target.own()).chain(one)
    }

    /// The same where the sightings before it are more by some; `done` holds what is shared and was moved.
    fn moved(&mut self, by: usize, done: &mut BTreeMap<usize, Arc<Self>>) {
        let mut share = |shared: &mut Arc<Self>| {
            if let Self::Sighting(at) = **shared {
                let moved = done
                    .entry(at)
                    .or_insert_with(|| Arc::new(Self::Sighting(at + by)));
                *shared = Arc::clone(moved);
            }
        };
        match self {
            Self::Sighting(at) => *at += by,
            Self::Shared(shared) => share(shared),
            Self::Several(all) => all.iter_mut().for_each(share),
            Self::Named(_) | Self::Seen(..) => {}
        }
    }
}

/// Why a file could not be read as what it was said to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong, without the file's name.
    pub message: Text,
}

impl Refusal {
    /// A refusal in words.
    pub fn new(message: Text) -> Self {
        Self { message }
    }
}

impl Inventory {
    /// An empty inventory of a source.
    pub fn new(source: &str) -> Self {
        Self {
            source: source.to_owned(),
            ..Self::default()
        }
    }

    /// Counts something that is left out on purpose.
    pub fn drop_some(&mut self, what: &'static str, count: usize) {
        if count > 0 {
            *self.dropped.entry(what).or_default() += count;
        }
    }

    /// Keeps the items of long lists once, with those of other inventories of the pool.
    pub fn share(&mut self, pool: &Pool) {
        for sighting in &mut self.records {
            sighting.long = pool.share(&mut sighting.fields);
        }
    }

    /// Adds what another file of the same source says.
    pub fn join(&mut self, other: Self) {
        let by = self.records.len();
        let mut done = BTreeMap::new();
        for mut sighting in other.records {
            for link in sighting.links.iter_mut().filter(|_| by > 0) {
                link.target.moved(by, &mut done);
            }
            self.records.push(sighting);
        }
        for (what, count) in other.dropped {
            self.drop_some(what, count);
        }
        self.notes.extend(other.notes);
        self.pages.join(other.pages);
    }
}

impl Sighting {
    /// Sets a field to a text; nothing when the text is empty or says nothing ([`is_placeholder`]).
    pub fn set(&mut self, key: &str, value: &str) {
        let value = value.trim();
        if !value.is_empty() && !is_placeholder(key, value) {
            self.fields
                .insert(key.to_owned(), Recorded::Text(value.to_owned()));
        }
    }

    /// Sets a list of texts, sorted and without doubles; nothing when there is none.
    pub fn set_list(&mut self, key: &str, values: impl IntoIterator<Item = String>) {
        let mut values: Vec<String> = values
            .into_iter()
            .filter(|value| !is_placeholder(key, value))
            .collect();
        values.sort();
        values.dedup();
        if !values.is_empty() {
            let values = values.into_iter().map(Recorded::Text).collect();
            self.fields.insert(key.to_owned(), Recorded::List(values));
        }
    }

    /// Sets a list of structures, sorted and without doubles; nothing when there is none.
    pub fn set_structures(&mut self, key: &str, mut values: Vec<BTreeMap<String, Recorded>>) {
        values.sort();
        values.dedup();
        if !values.is_empty() {
            let values = values.into_iter().map(Recorded::Structure).collect();
            self.fields.insert(key.to_owned(), Recorded::List(values));
        }
    }
}
