//! The texts of an import: new files, edits of those that are there, and what was imported.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::edit::{self, Edit};
use crate::history::Recorded;
use crate::history::semantic::values;
use crate::import::long::{LongLists, whole};
use crate::import::merge::{Merged, merge};
use crate::import::plan::known::Seen;
use crate::import::plan::not_seen::not_seen;
use crate::import::plan::words::written;
use crate::import::plan::{Batch, FileChange, Kept, Outcome, Plan, Request};
use crate::import::state::State;
use crate::project::{Record, locate};
use crate::source::SourceFile;

/// How many things are planned at once, and their files held.
const TOGETHER: usize = 128;

/// A path from the root, and what becomes of its file.
type File = (String, FileChange);

/// A record to edit: its name, what to set, and the states that then change.
struct Wish {
    name: String,
    edit: Edit,
    states: Vec<File>,
}

/// What becomes of one thing that was seen.
#[derive(Default)]
struct Done {
    outcome: Option<Outcome>,
    kept: Vec<Kept>,
    edited: Edited,
    /// An edit that waits for others of the same file.
    waiting: Option<(Arc<SourceFile>, Wish)>,
}

/// What the edits of one file come to.
#[derive(Default)]
struct Edited {
    file: Option<File>,
    /// The records, or the file, that cannot be edited.
    refused: Vec<(String, edit::Refusal)>,
    states: Vec<File>,
}

/// What is gathered while the files are handed on.
#[derive(Default)]
struct Gathered {
    /// What could not be edited, by file.
    refused: BTreeMap<String, Vec<(String, edit::Refusal)>>,
    /// States that a record leaves.
    left: BTreeMap<String, FileChange>,
    /// The paths of those that are written.
    kept: BTreeSet<String>,
}

/// Plans all files for what was seen, and hands them on.
pub(super) fn write<E>(
    request: &Request<'_>,
    (source, seen): (&str, &[Seen]),
    plan: &mut Plan,
    take: &mut dyn FnMut(Batch) -> Result<(), E>,
) -> Result<(), E> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for record in seen.iter().filter_map(|one| one.record.as_ref()) {
        *counts.entry(&record.file.path).or_default() += 1;
    }
    let mut gathered = Gathered::default();
    let mut waiting: BTreeMap<String, (Arc<SourceFile>, Vec<Wish>)> = BTreeMap::new();
    for some in seen.chunks(TOGETHER) {
        let decided = some.par_iter().map(|one| {
            let path = one.record.as_ref().map(|record| record.file.path.as_str());
            let is_alone = path.is_some_and(|path| counts.get(path) == Some(&1));
            decide(request, source, one, is_alone)
        });
        let decided: Vec<Done> = decided.collect();
        let mut batch = Batch::default();
        for (one, done) in some.iter().zip(decided) {
            plan.kept.extend(done.kept);
            if let Some(outcome) = done.outcome {
                plan.outcomes.insert(name(one), outcome);
            }
            if let Some((file, wish)) = done.waiting {
                let entry = waiting.entry(file.path.clone());
                entry.or_insert((file, Vec::new())).1.push(wish);
            }
            let path = one.record.as_ref().map(|record| record.file.path.as_str());
            gather(done.edited, path, (plan, &mut gathered, &mut batch));
        }
        take(batch)?;
    }
    for (path, (file, wishes)) in waiting {
        let mut batch = Batch::default();
        let edited = edit_file(request, &file, wishes);
        gather(edited, Some(&path), (plan, &mut gathered, &mut batch));
        take(batch)?;
    }
    plan.refused = gathered.refused.into_values().flatten().collect();
    let mut last = Batch::default();
    // A path that one record leaves may be the one that another takes.
    gathered
        .left
        .retain(|path, _| !gathered.kept.contains(path));
    last.states.extend(gathered.left);
    not_seen(request, seen, plan, &mut last);
    take(last)
}

/// `kind:id`.
fn name(one: &Seen) -> String {
    format!("{}:{}", one.kind, one.id)
}

/// Notes what edits of a file came to.
fn gather(
    edited: Edited,
    path: Option<&str>,
    (plan, gathered, batch): (&mut Plan, &mut Gathered, &mut Batch),
) {
    for (name, _) in &edited.refused {
        if let Some(outcome) = plan.outcomes.get_mut(name) {
            *outcome = Outcome::Unchanged;
        }
    }
    if !edited.refused.is_empty() {
        let path = path.unwrap_or_default().to_owned();
        let all = gathered.refused.entry(path).or_default();
        all.extend(edited.refused);
    }
    batch.files.extend(edited.file);
    for (path, change) in edited.states {
        if change.after.is_none() {
            gathered.left.insert(path, change);
        } else {
            gathered.kept.insert(path.clone());
            batch.states.insert(path, change);
        }
    }
}

/// What becomes of one thing; its file is edited at once when nothing else of it was seen.
fn decide(request: &Request<'_>, source: &str, one: &Seen, is_alone: bool) -> Done {
    let mut done = Done::default();
    let Some(record) = &one.record else {
        if let Some((file, fields)) = create(request, one) {
            done.outcome = Some(Outcome::Created);
            let fields = (fields, LongLists::new());
            done.edited.states = states(request, source, one, fields);
            done.edited.file = Some(file);
        }
        return done;
    };
    let (mut merged, settled) = merged(request, one, record);
    let kept = merged.kept.into_iter().map(|(field, ours, theirs)| Kept {
        record: name(one),
        field,
        ours,
        theirs,
    });
    done.kept = kept.collect();
    let imported = (std::mem::take(&mut merged.imported), settled);
    let states = states(request, source, one, imported);
    if merged.set.is_empty() {
        done.outcome = Some(Outcome::Unchanged);
        done.edited.states = states;
        return done;
    }
    done.outcome = Some(Outcome::Changed);
    let wish = Wish {
        name: name(one),
        edit: edit_of(record, merged.set),
        states,
    };
    let file = match request.light {
        Some(light) => light.text(&record.file),
        None => Arc::clone(&record.file),
    };
    if is_alone {
        done.edited = edit_file(request, &file, vec![wish]);
    } else {
        done.waiting = Some((file, wish));
    }
    done
}

/// What becomes of a record's values; and the long lists of the source that the record holds as they
/// are, about which there is nothing to decide.
fn merged(request: &Request<'_>, one: &Seen, record: &Record) -> (Merged, LongLists) {
    let (now, now_long) = match request.light {
        Some(light) => light.values(record),
        None => (values(record), LongLists::new()),
    };
    let none = (BTreeMap::new(), LongLists::new());
    let last = one.state.as_ref();
    let (last, last_long) = last.map_or((&none.0, &none.1), |(_, state)| {
        (&state.fields, &state.long)
    });
    let source = &one.sighting;
    let is_long = |key: &String| !source.fields.contains_key(key) && !now.contains_key(key);
    let same = source.long.iter().filter(|(key, list)| {
        is_long(key) && now_long.get(*key) == Some(list) && record.kind.index_of(key).is_some()
    });
    let settled: LongLists = same
        .map(|(key, list)| (key.clone(), list.clone()))
        .collect();
    let rest = |fields: &BTreeMap<String, Recorded>, long: &LongLists| {
        let long = long.iter().filter(|(key, _)| !settled.contains_key(*key));
        let long = long.map(|(key, list)| (key.clone(), list.clone()));
        let mut all = whole(fields, &long.collect());
        all.retain(|key, _| !settled.contains_key(key));
        all
    };
    let (last, now) = (rest(last, last_long), rest(&now, &now_long));
    let source = rest(&source.fields, &source.long);
    (merge(&record.kind, &last, &now, &source), settled)
}

/// Values to set, as they are written into a record.
fn edit_of(record: &Record, set: BTreeMap<String, Recorded>) -> Edit {
    let fields = set.into_iter().map(|(key, value)| {
        let (_, field) = record.kind.field(&key).unzip();
        let value = written(field, &value);
        (key, Some(value))
    });
    Edit {
        record: record.range,
        fields: fields.collect(),
    }
}

/// The file of a new record; and the values that are the source's.
fn create(request: &Request<'_>, one: &Seen) -> Option<(File, BTreeMap<String, Recorded>)> {
    let kind = request.project.schema.kind(one.kind)?;
    let mut imported = whole(&one.sighting.fields, &one.sighting.long);
    imported
        .entry(kind.title.clone())
        .or_insert_with(|| Recorded::Text(one.sighting.title.clone()));
    let mut fields = one.sighting.first.clone();
    for (key, value) in &imported {
        let (_, field) = kind.field(key).unzip();
        fields.insert(key.clone(), written(field, value));
    }
    let path = format!("inventory/{}/{}.yaml", kind.folder, one.id);
    let change = FileChange {
        before: None,
        after: Some(edit::new_file(kind, &fields)),
    };
    Some(((path, change), imported))
}

/// Plans the edits of one file. Where one record cannot be edited, the others still are.
fn edit_file(request: &Request<'_>, file: &Arc<SourceFile>, mut wishes: Vec<Wish>) -> Edited {
    let mut edited = Edited::default();
    let states = |wishes: Vec<Wish>| wishes.into_iter().flat_map(|wish| wish.states).collect();
    let Some(Ok(location)) = locate(&file.path, &request.project.schema) else {
        edited.states = states(wishes);
        return edited;
    };
    let all = |wishes: &[Wish]| {
        let edits: Vec<Edit> = wishes.iter().map(|wish| wish.edit.clone()).collect();
        edit::edit(file, &location, &edits)
    };
    let mut after = all(&wishes);
    if after.is_err() {
        wishes.retain(|wish| {
            let possible = edit::edit(file, &location, std::slice::from_ref(&wish.edit));
            let refusal = possible.err();
            let is_possible = refusal.is_none();
            let refusal = refusal.map(|refusal| (wish.name.clone(), refusal));
            edited.refused.extend(refusal);
            is_possible
        });
        if wishes.is_empty() {
            return edited;
        }
        after = all(&wishes);
    }
    match after {
        Ok(after) => {
            let change = FileChange {
                before: Some(file.text.clone()),
                after: Some(after),
            };
            edited.file = Some((file.path.clone(), change));
            edited.states = states(wishes);
        }
        Err(refusal) => edited.refused.push((file.path.clone(), refusal)),
    }
    edited
}

/// What is remembered of a thing from now on, where that changes: the state that it leaves when it has
/// another name, and its own.
fn states(
    request: &Request<'_>,
    source: &str,
    one: &Seen,
    (fields, long): (BTreeMap<String, Recorded>, LongLists),
) -> Vec<File> {
    let path = State::path(source, one.kind, &one.id);
    let state = State {
        record: name(one),
        fields,
        long,
        ..State::default()
    };
    let held = one.state.as_ref().filter(|(old, _)| *old != path);
    let left = held.and_then(|(old, held)| remembered(old, (Some(held), None)));
    let own = remembered(&path, (request.states.get(&path), Some(&state)));
    left.into_iter().chain(own).collect()
}

/// One file of last imported values, if it changes.
pub(super) fn remembered(
    path: &str,
    (before, after): (Option<&State>, Option<&State>),
) -> Option<File> {
    let is_same = match (before, after) {
        (Some(before), Some(after)) => before.is_same(after),
        (before, after) => before.is_none() && after.is_none(),
    };
    if is_same {
        return None;
    }
    let change = FileChange {
        before: before.map(State::print),
        after: after.map(State::print),
    };
    Some((path.to_owned(), change))
}
