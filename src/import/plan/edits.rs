//! Records of one file that are edited together: where one of them cannot be, the others still are.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::edit::{self, Edit};
use crate::history::Recorded;
use crate::import::plan::words::written;
use crate::import::plan::{FileChange, Request};
use crate::project::{Record, locate};
use crate::source::SourceFile;

/// A path from the root, and what becomes of its file.
pub(super) type File = (String, FileChange);

/// A record to edit: its name, what to set, and the states that then change.
pub(super) struct Wish {
    pub name: String,
    pub edit: Edit,
    pub states: Vec<File>,
    /// The states that change when the record cannot be edited.
    pub otherwise: Vec<File>,
}

/// What the edits of one file come to.
#[derive(Default)]
pub(super) struct Edited {
    pub file: Option<File>,
    /// The records, or the file, that cannot be edited.
    pub refused: Vec<(String, edit::Refusal)>,
    pub states: Vec<File>,
}

/// Values to set, as they are written into a record.
pub(super) fn edit_of(record: &Record, set: BTreeMap<String, Recorded>) -> Edit {
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

/// Plans the edits of one file. Where one record cannot be edited, the others still are.
pub(super) fn edit_file(
    request: &Request<'_>,
    file: &Arc<SourceFile>,
    mut wishes: Vec<Wish>,
) -> Edited {
    let mut edited = Edited::default();
    let states = |wishes: Vec<Wish>| -> Vec<File> {
        wishes.into_iter().flat_map(|wish| wish.states).collect()
    };
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
        wishes.retain_mut(|wish| {
            let possible = edit::edit(file, &location, std::slice::from_ref(&wish.edit));
            let refusal = possible.err();
            let is_possible = refusal.is_none();
            let refusal = refusal.map(|refusal| (wish.name.clone(), refusal));
            edited.refused.extend(refusal);
            if !is_possible {
                edited.states.append(&mut wish.otherwise);
            }
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
            edited.states.extend(states(wishes));
        }
        Err(refusal) => edited.refused.push((file.path.clone(), refusal)),
    }
    edited
}
