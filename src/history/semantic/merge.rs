//! What a merge itself says: only what differs from every one of its parents.
//!
//! A merge without a conflict differs from each parent by what the others brought, and says nothing
//! of its own. How it is written is never told: two writings joined are always a third one.

use std::collections::BTreeMap;

use super::settle::sort;
use crate::history::{
    Changes, FieldChange, FileChange, FileWhat, Passage, Piece, RecordChange, RecordName, Recorded,
    TextChange, ValueChange, What,
};

/// The changes of a merge, from those against each of its parents, in their order. What is told of a
/// value is told against the first parent.
pub fn merge(sides: Vec<Changes>) -> Changes {
    if sides.len() < 2 {
        return sides.into_iter().next().unwrap_or_default();
    }
    let count = sides.len();
    let mut records: BTreeMap<RecordName, Vec<RecordChange>> = BTreeMap::new();
    let mut files: BTreeMap<String, Vec<FileWhat>> = BTreeMap::new();
    for side in sides {
        let mut seen = std::collections::BTreeSet::new();
        for change in side.records {
            // An id that stands in several files can change twice; the first stands for it.
            if seen.insert(change.record.key()) {
                let name = change.record.key();
                records.entry(name).or_default().push(change);
            }
        }
        for file in side.files {
            files.entry(file.path).or_default().push(file.what);
        }
    }
    let everywhere = records.into_values().filter(|found| found.len() == count);
    let mut changes = Changes {
        records: everywhere.filter_map(record).collect(),
        files: Vec::new(),
    };
    for (path, found) in files.into_iter().filter(|(_, found)| found.len() == count) {
        let what = file(&found);
        changes
            .files
            .extend(what.map(|what| FileChange { path, what }));
    }
    sort(&mut changes);
    changes
}

/// What differs from every parent in a record that differs from every parent.
fn record(sides: Vec<RecordChange>) -> Option<RecordChange> {
    let same = |what| sides.iter().all(|side| side.what == what);
    if same(What::Added) || same(What::Removed) {
        return sides.into_iter().next();
    }
    // Where the record was not there, all of it differs: that side has no say.
    let sides = sides.into_iter().filter(|side| side.what != What::Added);
    let mut sides: Vec<RecordChange> = sides.collect();
    if sides.iter().any(|side| side.what != What::Changed) {
        return None;
    }
    let mut first = sides.remove(0);
    for other in &sides {
        let fields = std::mem::take(&mut first.fields).into_iter();
        first.fields = fields
            .filter_map(|ours| field(ours, &other.fields))
            .collect();
        first.body = match (first.body.take(), &other.body) {
            (Some(ours), Some(theirs)) => text(ours, theirs),
            _ => None,
        };
        first.moved_from = first.moved_from.filter(|_| other.moved_from.is_some());
        first.renamed_from = first.renamed_from.filter(|_| other.renamed_from.is_some());
    }
    let nothing = first.fields.is_empty()
        && first.body.is_none()
        && first.moved_from.is_none()
        && first.renamed_from.is_none();
    (!nothing).then_some(first)
}

/// A field's change, as far as another parent's value differs too.
fn field(ours: FieldChange, others: &[FieldChange]) -> Option<FieldChange> {
    let theirs = others.iter().find(|other| other.key == ours.key)?;
    let value = match (ours.value, &theirs.value) {
        (
            ValueChange::Items { added, removed },
            ValueChange::Items {
                added: their_added,
                removed: their_removed,
            },
        ) => {
            let added = common(added, their_added);
            let removed = common(removed, their_removed);
            if added.is_empty() && removed.is_empty() {
                return None;
            }
            ValueChange::Items { added, removed }
        }
        (ValueChange::Text(ours), ValueChange::Text(theirs)) => {
            ValueChange::Text(text(ours, theirs)?)
        }
        (value, _) => value,
    };
    Some(FieldChange {
        key: ours.key,
        value,
    })
}

/// The items in both, each as often as in both.
fn common(ours: Vec<Recorded>, theirs: &[Recorded]) -> Vec<Recorded> {
    let mut left: Vec<&Recorded> = theirs.iter().collect();
    let found = ours.into_iter().filter(|item| {
        let place = left.iter().position(|other| *other == item);
        place.is_some_and(|place| {
            left.swap_remove(place);
            true
        })
    });
    found.collect()
}

/// The passages of a text that are new against both parents; `None` where each is one of them.
fn text(ours: TextChange, theirs: &TextChange) -> Option<TextChange> {
    let passages = ours.passages.into_iter();
    let passages: Vec<Passage> = passages.filter(|passage| is_in(passage, theirs)).collect();
    let sections = ours.sections.into_iter();
    let sections: Vec<_> = sections
        .filter(|section| {
            let same = |other: &&crate::history::SectionChange| other.heading == section.heading;
            theirs.sections.iter().any(|other| same(&other))
        })
        .collect();
    // Beyond what was cut, nobody knows.
    let cut = ours.cut || theirs.cut;
    let found = !passages.is_empty() || (cut && !sections.is_empty());
    found.then_some(TextChange {
        sections,
        passages,
        cut,
    })
}

/// Whether what a passage put in, or else took out, was put in or taken out against another parent
/// too.
fn is_in(passage: &Passage, other: &TextChange) -> bool {
    let words = |piece: &Piece| match piece {
        Piece::Same(_) => None,
        Piece::Removed(text) => Some((false, text.trim().to_owned())),
        Piece::Added(text) => Some((true, text.trim().to_owned())),
    };
    let theirs = other.passages.iter().flat_map(|passage| &passage.pieces);
    let theirs: Vec<(bool, String)> = theirs.filter_map(words).collect();
    let ours: Vec<(bool, String)> = passage.pieces.iter().filter_map(words).collect();
    let adds = ours.iter().any(|(added, _)| *added);
    let mut ours = ours.iter().filter(|(added, _)| *added == adds);
    ours.any(|(added, text)| {
        let overlaps = |other: &str| other.contains(text.as_str()) || text.contains(other);
        let theirs = theirs.iter().filter(|(other, _)| other == added);
        theirs
            .into_iter()
            .any(|(_, other)| !other.is_empty() && overlaps(other))
    })
}

/// What is said of a file that differs from every parent.
fn file(found: &[FileWhat]) -> Option<FileWhat> {
    let first = *found.first()?;
    if found.iter().all(|what| *what == first) {
        return (first != FileWhat::Reformatted).then_some(first);
    }
    let has = |what| found.contains(&what);
    let plain = |what: &FileWhat| matches!(what, FileWhat::Added | FileWhat::Changed);
    match () {
        // Where the file was not there, all of it differs.
        () if found.iter().all(plain) => Some(FileWhat::Changed),
        () if has(FileWhat::Broken) => Some(FileWhat::Broken),
        () => None,
    }
}
