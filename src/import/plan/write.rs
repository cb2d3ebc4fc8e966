//! The texts of an import: new files, edits of those that are there, and what was imported.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::edit;
use crate::history::Recorded;
use crate::history::semantic::values;
use crate::import::long::{LongLists, whole};
use crate::import::merge::{Merged, Said, merge};
use crate::import::plan::edits::{Edited, File, Wish, edit_file, edit_of};
use crate::import::plan::known::Seen;
use crate::import::plan::not_seen::Missing;
use crate::import::plan::renamed::renamed;
use crate::import::plan::words::written;
use crate::import::plan::{Batch, FileChange, Kept, Outcome, Plan, Request, Retirement, retire};
use crate::import::state::State;
use crate::project::Record;
use crate::source::SourceFile;

/// How many things are planned at once, and their files held.
const TOGETHER: usize = 128;

/// Edits of files of several records, by path.
type Waiting = BTreeMap<String, (Arc<SourceFile>, Vec<Wish>)>;

/// What becomes of one thing that was seen.
#[derive(Default)]
struct Done {
    outcome: Option<Outcome>,
    kept: Vec<Kept>,
    edited: Edited,
    /// An edit that waits for others of the same file.
    waiting: Option<(Arc<SourceFile>, Wish)>,
    /// The old name and the new one.
    renamed: Option<(String, String)>,
    /// A mark of an earlier import is taken away.
    is_back: bool,
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
    (source, seen, missing): (&str, &[Seen], &[Missing<'_>]),
    plan: &mut Plan,
    take: &mut dyn FnMut(Batch) -> Result<(), E>,
) -> Result<(), E> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let gone = missing.iter().filter(|one| !one.set.is_empty());
    let gone = gone.filter_map(|one| one.record);
    for record in seen
        .iter()
        .filter_map(|one| one.record.as_ref())
        .chain(gone)
    {
        *counts.entry(&record.file.path).or_default() += 1;
    }
    let mut gathered = Gathered::default();
    let mut waiting = Waiting::new();
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
            let renamed = done.renamed.map(|names| (name(one), names));
            plan.renamed.extend(renamed);
            if done.is_back {
                plan.retirement.insert(name(one), Retirement::Back);
            }
            wait(&mut waiting, done.waiting);
            let path = one.record.as_ref().map(|record| record.file.path.as_str());
            gather(done.edited, path, (plan, &mut gathered, &mut batch));
        }
        take(batch)?;
    }
    for some in missing.chunks(TOGETHER) {
        let decided = some.par_iter().map(|one| {
            let path = one.record.map(|record| record.file.path.as_str());
            let is_alone = path.is_some_and(|path| counts.get(path) == Some(&1));
            gone_missing(request, one, is_alone)
        });
        let decided: Vec<Done> = decided.collect();
        let mut batch = Batch::default();
        for (one, done) in some.iter().zip(decided) {
            wait(&mut waiting, done.waiting);
            let path = one.record.map(|record| record.file.path.as_str());
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
    take(last)
}

fn wait(waiting: &mut Waiting, wish: Option<(Arc<SourceFile>, Wish)>) {
    if let Some((file, wish)) = wish {
        let entry = waiting.entry(file.path.clone());
        entry.or_insert((file, Vec::new())).1.push(wish);
    }
}

/// What becomes of one thing that a complete import lacks.
fn gone_missing(request: &Request<'_>, one: &Missing<'_>, is_alone: bool) -> Done {
    let mut done = Done::default();
    let change = |after: &State| remembered(one.path, (Some(one.state), Some(after)));
    let Some(record) = one.record.filter(|_| !one.set.is_empty()) else {
        done.edited.states.extend(change(&one.noted));
        return done;
    };
    let wish = Wish {
        name: one.state.record.clone(),
        edit: edit_of(record, one.set.clone()),
        states: change(&one.edited).into_iter().collect(),
        otherwise: change(&one.noted).into_iter().collect(),
    };
    hand_on(&mut done, (request, record), wish, is_alone);
    done
}

/// Edits a record at once when nothing else of its file changes.
fn hand_on(
    done: &mut Done,
    (request, record): (&Request<'_>, &Record),
    wish: Wish,
    is_alone: bool,
) {
    let file = match request.light {
        Some(light) => light.text(&record.file),
        None => Arc::clone(&record.file),
    };
    if is_alone {
        done.edited = edit_file(request, &file, vec![wish]);
    } else {
        done.waiting = Some((file, wish));
    }
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
        plan.renamed.remove(name);
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
            let fields = (fields, LongLists::new(), None);
            done.edited.states = states(request, source, one, fields);
            done.edited.file = Some(file);
        }
        return done;
    };
    let (mut merged, settled, undone) = merged(request, one, record);
    let kept = std::mem::take(&mut merged.kept).into_iter();
    let kept = kept.map(|(field, ours, theirs)| {
        let (_, own) = record.kind.field(&field).unzip();
        Kept {
            record: name(one),
            ours: ours.map(|ours| written(own, &ours)),
            theirs: theirs.map(|theirs| written(own, &theirs)),
            field,
        }
    });
    done.kept = kept.collect();
    let own_name = merged.own_name.take();
    let imported = (std::mem::take(&mut merged.imported), settled, own_name);
    let states = states(request, source, one, imported);
    if merged.set.is_empty() && merged.unset.is_empty() && undone.is_none() {
        done.outcome = Some(Outcome::Unchanged);
        done.edited.states = states;
        return done;
    }
    done.outcome = Some(Outcome::Changed);
    done.is_back = undone.is_some();
    done.renamed = renamed(record, &merged.set);
    let mut edit = edit_of(record, merged.set);
    let unset = merged.unset.into_iter();
    edit.fields.extend(unset.map(|key| (key, None)));
    if let Some((key, before)) = undone {
        edit.fields.entry(key).or_insert(before);
    }
    let wish = Wish {
        name: name(one),
        edit,
        states,
        otherwise: Vec::new(),
    };
    hand_on(&mut done, (request, record), wish, is_alone);
    done
}

/// What becomes of a record's values; and the long lists of the source that the record holds as they
/// are, about which there is nothing to decide.
fn merged(
    request: &Request<'_>,
    one: &Seen,
    record: &Record,
) -> (Merged, LongLists, Option<retire::Undone>) {
    let (mut now, now_long) = match request.light {
        Some(light) => light.values(record),
        None => (values(record), LongLists::new()),
    };
    let none = (BTreeMap::new(), LongLists::new());
    let held = one.state.as_ref();
    let undone = held.and_then(|(_, state)| retire::undo(state, &record.kind, &mut now));
    let (last, last_long) = held.map_or((&none.0, &none.1), |(_, state)| {
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
    let theirs = rest(&source.fields, &source.long);
    let said = Said {
        values: &theirs,
        empty: &source.empty,
        other: request.others.get(&name(one)),
        own_name: held.and_then(|(_, state)| state.own_name.as_ref()),
    };
    let merged = merge(&record.kind, &last, &now, &said);
    (merged, settled, undone)
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

/// What is remembered of a thing from now on, where that changes: the state that it leaves when it has
/// another name, and its own.
fn states(
    request: &Request<'_>,
    source: &str,
    one: &Seen,
    (fields, long, own_name): (BTreeMap<String, Recorded>, LongLists, Option<String>),
) -> Vec<File> {
    let path = State::path(source, one.kind, &one.id);
    let first = match (&one.record, &one.state) {
        (_, Some((_, held))) => held.first.clone(),
        (Some(_), None) => BTreeMap::new(),
        (None, None) => {
            let kind = request.project.schema.kind(one.kind);
            kind.map(|kind| retire::first(kind, &one.sighting.first))
                .unwrap_or_default()
        }
    };
    let held = one.state.as_ref().map(|(_, held)| &held.identity);
    let mut identity = held.cloned().unwrap_or_default();
    let own = one.sighting.identity.iter();
    identity.extend(own.map(|(key, value)| ((*key).to_owned(), value.clone())));
    let state = State {
        record: name(one),
        first,
        own_name,
        identity,
        members: members(one),
        fields,
        long,
        ..State::default()
    };
    let held = one.state.as_ref().filter(|(old, _)| *old != path);
    let left = held.and_then(|(old, held)| remembered(old, (Some(held), None)));
    let own = remembered(&path, (request.states.get(&path), Some(&state)));
    left.into_iter().chain(own).collect()
}

/// The members of a group that are to be remembered: those of before, too, unless all are said.
fn members(one: &Seen) -> Vec<String> {
    let said = &one.sighting.members;
    let held = one.state.iter().filter(|_| !said.whole);
    let held = held.flat_map(|(_, state)| state.members.iter().map(String::as_str));
    let all: BTreeSet<&str> = said.names.iter().map(|name| &**name).chain(held).collect();
    all.into_iter().map(str::to_owned).collect()
}

/// One file of last imported values, if it changes.
fn remembered(path: &str, (before, after): (Option<&State>, Option<&State>)) -> Option<File> {
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
