//! The texts of an import: new files, edits of those that are there, and what was imported.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::edit::{self, Edit};
use crate::history::Recorded;
use crate::history::semantic::values;
use crate::import::merge::merge;
use crate::import::plan::known::Seen;
use crate::import::plan::words::written;
use crate::import::plan::{Doubt, FileChange, Kept, Outcome, Plan, Request};
use crate::import::state::State;
use crate::project::locate;
use crate::source::SourceFile;

/// A record to edit: its place in `seen`, and what to set.
struct Wish {
    seen: usize,
    edit: Edit,
}

/// Plans all files for what was seen.
pub(super) fn write(request: &Request<'_>, source: &str, seen: &[Seen], plan: &mut Plan) {
    let mut by_file: BTreeMap<String, (Arc<SourceFile>, Vec<Wish>)> = BTreeMap::new();
    let mut states: BTreeMap<usize, State> = BTreeMap::new();
    for (at, one) in seen.iter().enumerate() {
        let name = format!("{}:{}", one.kind, one.id);
        if let Some(record) = &one.record {
            let last = one.state.as_ref().map(|(_, state)| state.fields.clone());
            let merged = merge(
                &record.kind,
                &last.unwrap_or_default(),
                &values(record),
                &one.sighting.fields,
            );
            let kept = merged.kept.into_iter().map(|(field, ours, theirs)| Kept {
                record: name.clone(),
                field,
                ours,
                theirs,
            });
            plan.kept.extend(kept);
            states.insert(at, state(&name, merged.imported));
            if merged.set.is_empty() {
                plan.outcomes.insert(name, Outcome::Unchanged);
                continue;
            }
            plan.outcomes.insert(name, Outcome::Changed);
            let edit = Edit {
                record: record.range,
                fields: merged
                    .set
                    .into_iter()
                    .map(|(key, value)| {
                        let (_, field) = record.kind.field(&key).unzip();
                        let value = written(field, &value);
                        (key, Some(value))
                    })
                    .collect(),
            };
            let entry = by_file.entry(record.file.path.clone());
            let (_, wishes) = entry.or_insert_with(|| (Arc::clone(&record.file), Vec::new()));
            wishes.push(Wish { seen: at, edit });
        } else if let Some(fields) = create(request, one, plan) {
            plan.outcomes.insert(name.clone(), Outcome::Created);
            states.insert(at, state(&name, fields));
        }
    }
    for (path, (file, wishes)) in by_file {
        edit_file(request, (&path, &file), &wishes, (seen, &mut states), plan);
    }
    write_states(request, source, (seen, states), plan);
}

fn state(record: &str, fields: BTreeMap<String, Recorded>) -> State {
    State {
        record: record.to_owned(),
        not_seen_since: None,
        fields,
    }
}

/// Plans the file of a new record; gives the values that are the source's.
fn create(
    request: &Request<'_>,
    one: &Seen,
    plan: &mut Plan,
) -> Option<BTreeMap<String, Recorded>> {
    let kind = request.project.schema.kind(one.kind)?;
    let mut imported = one.sighting.fields.clone();
    imported
        .entry(kind.title.clone())
        .or_insert_with(|| Recorded::Text(one.sighting.title.clone()));
    let mut fields = one.sighting.first.clone();
    for (key, value) in &imported {
        let (_, field) = kind.field(key).unzip();
        fields.insert(key.clone(), written(field, value));
    }
    let path = format!("inventory/{}/{}.yaml", kind.folder, one.id);
    plan.files.insert(
        path,
        FileChange {
            before: None,
            after: Some(edit::new_file(kind, &fields)),
        },
    );
    Some(imported)
}

/// Plans the edits of one file. Where one record cannot be edited, the others still are.
fn edit_file(
    request: &Request<'_>,
    (path, file): (&str, &Arc<SourceFile>),
    wishes: &[Wish],
    (seen, states): (&[Seen], &mut BTreeMap<usize, State>),
    plan: &mut Plan,
) {
    let Some(Ok(location)) = locate(path, &request.project.schema) else {
        return;
    };
    let edits: Vec<Edit> = wishes.iter().map(|wish| wish.edit.clone()).collect();
    let mut after = edit::edit(file, &location, &edits);
    if after.is_err() {
        let mut possible = Vec::new();
        for wish in wishes {
            match edit::edit(file, &location, std::slice::from_ref(&wish.edit)) {
                Ok(_) => possible.push(wish.edit.clone()),
                Err(refusal) => {
                    let one = &seen[wish.seen];
                    let name = format!("{}:{}", one.kind, one.id);
                    plan.outcomes.insert(name.clone(), Outcome::Unchanged);
                    plan.refused.push((name, refusal));
                    states.remove(&wish.seen);
                }
            }
        }
        if possible.is_empty() {
            return;
        }
        after = edit::edit(file, &location, &possible);
    }
    match after {
        Ok(after) => {
            let change = FileChange {
                before: Some(file.text.clone()),
                after: Some(after),
            };
            plan.files.insert(path.to_owned(), change);
        }
        Err(refusal) => {
            for wish in wishes {
                states.remove(&wish.seen);
            }
            plan.refused.push((path.to_owned(), refusal));
        }
    }
}

/// Plans what is remembered: of what was seen, and in a complete import of what was not.
fn write_states(
    request: &Request<'_>,
    source: &str,
    (seen, states): (&[Seen], BTreeMap<usize, State>),
    plan: &mut Plan,
) {
    let mut met: Vec<&str> = Vec::new();
    for one in seen {
        met.extend(one.state.as_ref().map(|(path, _)| path.as_str()));
    }
    met.sort_unstable();
    // A path that one record leaves may be the one that another takes: those that go, first.
    for at in states.keys() {
        let one = &seen[*at];
        if let Some((old, held)) = &one.state
            && *old != State::path(source, one.kind, &one.id)
        {
            remember(plan, old, (Some(held), None));
        }
    }
    for (at, state) in states {
        let one = &seen[at];
        let path = State::path(source, one.kind, &one.id);
        let before = request.states.get(&path);
        remember(plan, &path, (before, Some(&state)));
    }
    if !request.complete {
        return;
    }
    let kinds: BTreeSet<&str> = seen.iter().map(|one| one.kind).collect();
    let mut doubtful: BTreeSet<String> = BTreeSet::new();
    for doubt in &plan.doubts {
        match doubt {
            Doubt::Several(_, names) | Doubt::Same(_, names) => {
                doubtful.extend(names.iter().cloned());
            }
            Doubt::Deleted(_, name, _) => drop(doubtful.insert(name.clone())),
        }
    }
    for (path, state) in request.states {
        let is_seen = met.binary_search(&path.as_str()).is_ok() || doubtful.contains(&state.record);
        if is_seen || !kinds.contains(state.name().0) {
            continue;
        }
        let mut gone = state.clone();
        let day = gone
            .not_seen_since
            .get_or_insert_with(|| request.day.to_string());
        plan.not_seen.insert(state.record.clone(), day.clone());
        remember(plan, path, (Some(state), Some(&gone)));
    }
}

/// Plans one file of last imported values, if it changes.
fn remember(plan: &mut Plan, path: &str, (before, after): (Option<&State>, Option<&State>)) {
    if before == after {
        return;
    }
    let change = FileChange {
        before: before.map(State::print),
        after: after.map(State::print),
    };
    plan.states.insert(path.to_owned(), change);
}
