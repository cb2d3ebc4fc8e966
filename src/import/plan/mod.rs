//! What an import would do: which files get which text, and what people should know of it. Pure:
//! the same project, states and inventory give the same plan.

mod circles;
mod deleted;
mod edits;
mod emptied;
mod fit;
mod identities;
mod known;
mod last_seen;
mod links;
mod members;
mod not_seen;
mod passwords;
mod people;
mod renamed;
mod retire;
mod shared_items;
mod together;
mod trees;
mod twins;
mod unique;
mod words;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use jiff::Span;
use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::Text;
use crate::edit;
use crate::history::Recorded;
use crate::import::complete::Complete;
use crate::import::state::States;
use crate::import::{Inventory, Light, Others, Sighting};
use crate::project::Project;
pub(super) use fit::fits;
use known::{Known, Seen};
#[cfg(test)]
pub(super) use retire::out_of_use;
use shared_items::SharedItems;

/// What an import is made of.
#[derive(Debug)]
pub struct Request<'a> {
    /// The estate as it is.
    pub project: &'a Project,
    /// What was imported last from the same source: [`read_states`](super::read_states).
    pub states: &'a States,
    /// The inventory names all that the source knows: what it lacks was not seen.
    pub complete: bool,
    /// What is remembered of the source's complete imports: [`read_complete`](super::read_complete).
    pub before: &'a Complete,
    /// What other sources have to do with the records: [`read_others`](super::read_others).
    pub others: &'a Others,
    /// The days on which the source last saw things are written into their records.
    pub last_seen: bool,
    /// After how long a record that complete imports miss is marked as out of use.
    pub retire_after: Option<Span>,
    /// A complete import may lack most of what the source had.
    pub allow_shrink: bool,
    /// What is held of the project's files that were made light, if any were.
    pub light: Option<&'a Light>,
    /// The day that is written where something was not seen.
    pub day: Date,
}

/// What an import would do.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files of records that change, by path from the root.
    pub files: BTreeMap<String, FileChange>,
    /// Files of last imported values that change; written after the records.
    pub states: BTreeMap<String, FileChange>,
    /// The records met, as `kind:id`, and what becomes of each.
    pub outcomes: BTreeMap<String, Outcome>,
    /// Values that the source has otherwise and people's words win, in the order of records.
    pub kept: Vec<Kept>,
    /// Records whose name changes, as `kind:id`, with the old name and the new one. Their ids stay.
    pub renamed: BTreeMap<String, (String, String)>,
    /// Sightings that are nobody's for sure; nothing is written for them.
    pub doubts: Vec<Doubt>,
    /// How many sightings are of records that people deleted, which an earlier import has told.
    pub deleted: usize,
    /// Where the records stand that sightings in doubt could be, as `path:line`.
    pub places: BTreeMap<String, String>,
    /// Records whose file cannot be edited.
    pub refused: Vec<(String, edit::Refusal)>,
    /// References that no record answers to: the field and the name, and how often.
    pub to_link: BTreeMap<(String, String), usize>,
    /// Those of these fields whose names stay as words in a text of their record (`alternate_user`).
    pub in_words: BTreeSet<String>,
    /// What the fields are called that `to_link` and `unfit` name.
    pub labels: BTreeMap<String, Text>,
    /// Values that do not fit their field, by `kind.field`; left out.
    pub unfit: BTreeMap<String, usize>,
    /// Records that a complete import did not see, and since when.
    pub not_seen: BTreeMap<String, String>,
    /// Records that were out of sight for long, or are back.
    pub retirement: BTreeMap<String, Retirement>,
    /// Kinds of which a complete import lacks most; it is then refused, and the plan holds no file.
    pub shrunk: BTreeMap<String, Shrunk>,
    /// What the reader left out on purpose, by kind of thing.
    pub dropped: BTreeMap<&'static str, usize>,
    /// Files of folders that were passed over, by the end of their names.
    pub passed_over: BTreeMap<String, usize>,
    /// What the reader noted.
    pub notes: Vec<Text>,
}

/// Files of a plan that are handed on together, by path from the root.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Files of records.
    pub files: BTreeMap<String, FileChange>,
    /// Files of last imported values, to be written after those.
    pub states: BTreeMap<String, FileChange>,
}

/// What a complete import does of a record that was missing for long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Retirement {
    /// It is marked as out of use.
    Retired,
    /// It is seen again: the mark is taken away.
    Back,
    /// It keeps its value of the field, which people wrote.
    Kept(String, Option<Recorded>),
    /// It keeps its value: somebody else has seen it since, on this day.
    Elsewhere(String),
}

/// How much a complete import lacks of a kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shrunk {
    /// Records that the source had until now.
    pub known: usize,
    /// Those of them that are missing.
    pub missing: usize,
}

/// What becomes of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It is new.
    Created,
    /// Some of its values change.
    Changed,
    /// It says all of it already.
    Unchanged,
}

/// A file's text before and after; `None`: there is no file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// As it was read, without byte order mark.
    pub before: Option<String>,
    /// As it shall be.
    pub after: Option<String>,
}

/// A value of people's that an import leaves alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// `kind:id`.
    pub record: String,
    /// The field's key.
    pub field: String,
    /// What the file says, as people write it; `None`: they took the value out.
    pub ours: Option<Recorded>,
    /// What the source says, as people write it; `None`: it said something, and says nothing any more.
    pub theirs: Option<Recorded>,
}

/// A sighting that is not taken for any record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// It could be any of these records (`kind:id`), or is one by its name and another by its number.
    Several(String, Vec<String>),
    /// Each of these records (`kind:id`) has its number: one of two sightings of one import, or a number
    /// that was written twice.
    Same(String, Vec<String>),
    /// Of this record (`kind:id`) it has an address alone, and another name: docking stations and adapters go from
    /// one machine to the next.
    Address(String, Vec<String>),
    /// Its record was deleted by hand since it was imported: the sighting, the record, the state's path.
    Deleted(String, String, String),
}

/// Plans an import.
pub fn plan(request: &Request<'_>, inventory: &Inventory) -> Plan {
    let mut all = Batch::default();
    let Ok(plan) = plan_into::<Infallible>(request, inventory.clone(), &mut |batch| {
        all.files.extend(batch.files);
        all.states.extend(batch.states);
        Ok(())
    });
    Plan {
        files: all.files,
        states: all.states,
        ..plan
    }
}

/// Plans an import and hands its files on a few at a time, so that those of thousands of machines are
/// never all in memory, nor what was read of them twice; the plan itself comes without them. Fails when
/// `take` does.
pub fn plan_into<E>(
    request: &Request<'_>,
    inventory: Inventory,
    take: &mut dyn FnMut(Batch) -> Result<(), E>,
) -> Result<Plan, E> {
    let mut plan = Plan {
        dropped: inventory.dropped,
        passed_over: inventory.passed_over,
        notes: inventory.notes,
        ..Plan::default()
    };
    let schema = &request.project.schema;
    let items = SharedItems::default();
    let fitted: Vec<fit::Fitted> = inventory
        .records
        .into_par_iter()
        .map(|sighting| fit::fit(sighting, schema, &items))
        .collect();
    let mut fitting: Vec<Sighting> = Vec::with_capacity(fitted.len());
    plan.notes.extend(passwords::note(&fitted));
    for one in fitted {
        for (what, count) in one.unfit {
            *plan.unfit.entry(what).or_default() += count;
        }
        for (what, count) in one.dropped {
            *plan.dropped.entry(what).or_default() += count;
        }
        fitting.push(one.sighting);
    }
    let newest = last_seen::settle(request, &mut fitting, &mut plan.unfit);
    twins::tell_apart(&mut fitting);
    let mut known = Known::new(request, &fitting);
    let places: Vec<Option<usize>> = fitting
        .iter_mut()
        .map(|sighting| known.place(sighting, &mut plan.doubts))
        .collect();
    known.name(request.project);
    links::link(request, (fitting, &places), &mut known, &mut plan);
    plan.labels = labels(request, &plan);
    let mut seen: Vec<Seen> = known.into_seen();
    emptied::ask(request, &mut seen);
    last_seen::spare(request, &mut seen);
    circles::open(request, &mut seen, &mut plan.notes);
    unique::keep(request, &mut seen, &mut plan);
    plan.places = places_of(request, &plan.doubts);
    let missing = not_seen::missing(request, &seen, &plan.doubts);
    let deleted = deleted::note(request, &mut plan);
    plan.shrunk = not_seen::shrunk(request, &missing);
    if !plan.shrunk.is_empty() && !request.allow_shrink {
        return Ok(plan);
    }
    let missing = not_seen::decide(request, &missing, &mut plan);
    let source = &inventory.source;
    write::write(request, (source, &seen, &missing), &mut plan, take)?;
    take(deleted)?;
    take(complete(request, source, &newest))?;
    Ok(plan)
}

/// What fields are called that a plan names, after the name of their kind.
fn labels(request: &Request<'_>, plan: &Plan) -> BTreeMap<String, Text> {
    let linked = plan.to_link.keys().map(|(field, _)| field);
    let label = |name: &String| {
        let (kind, field) = name.split_once('.')?;
        let kind = request.project.schema.kind(kind)?;
        let (_, field) = kind.field(field)?;
        let (kind, own) = (&kind.labels, &field.labels);
        let label = Text {
            fr: format!("{} › {}", kind.fr, own.fr),
            en: format!("{} › {}", kind.en, own.en),
        };
        Some((name.clone(), label))
    };
    linked.chain(plan.unfit.keys()).filter_map(label).collect()
}

/// Where the records stand that doubts name.
fn places_of(request: &Request<'_>, doubts: &[Doubt]) -> BTreeMap<String, String> {
    let named = doubts.iter().flat_map(|doubt| match doubt {
        Doubt::Several(_, names) | Doubt::Same(_, names) | Doubt::Address(_, names) => {
            names.as_slice()
        }
        Doubt::Deleted(..) => &[],
    });
    let named: BTreeSet<&str> = named.map(String::as_str).collect();
    let files = request.project.files.iter().filter(|_| !named.is_empty());
    let records = files.flat_map(|file| &file.records);
    let places = records.filter_map(|record| {
        let name = known::name_of(record);
        let place = record.file.place(record.range.start);
        let place = format!("{}:{}", record.file.path, place.line);
        named.contains(name.as_str()).then_some((name, place))
    });
    places.collect()
}

/// What is remembered of a complete import, where that changes.
fn complete(request: &Request<'_>, source: &str, newest: &BTreeMap<String, String>) -> Batch {
    let mut batch = Batch::default();
    let after = request.before.with(newest);
    if request.complete && after != *request.before {
        let is_new = request.before.seen.is_empty();
        let change = FileChange {
            before: (!is_new).then(|| request.before.print()),
            after: Some(after.print()),
        };
        batch.states.insert(Complete::path(source), change);
    }
    batch
}
