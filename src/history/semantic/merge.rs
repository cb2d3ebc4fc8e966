//! What a merge itself says: only what differs from every one of its parents.
//!
//! A merge without a conflict differs from each parent by what the others brought, and says nothing
//! of its own. How it is written is never told: two writings joined are always a third one.

use std::collections::{BTreeMap, BTreeSet};

use super::settle::sort;
use crate::history::{
    Changes, FieldChange, FileChange, FileWhat, Passage, Piece, RecordChange, RecordName, Recorded,
    SectionChange, TextChange, ValueChange, What,
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
        let mut seen = BTreeSet::new();
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
        first.audiences.extend(other.audiences.iter().cloned());
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
    first.audiences.sort();
    first.audiences.dedup();
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
    let passages: Vec<Passage> = passages.filter_map(|ours| passage(ours, theirs)).collect();
    let sections = ours.sections.into_iter();
    let sections: Vec<_> = sections
        .filter(|section| {
            let same = |other: &&SectionChange| other.heading == section.heading;
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

/// A passage with what is new against another parent too; what came from that parent is the same.
fn passage(ours: Passage, theirs: &TextChange) -> Option<Passage> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut removed: Option<String> = None;
    let mut found = false;
    let Passage {
        pieces: all,
        after_more,
        before_more,
    } = ours;
    for piece in all {
        match piece {
            Piece::Removed(text) => removed = Some(text),
            Piece::Added(text) if is_in(&text, theirs, true) => {
                found = true;
                pieces.extend(removed.take().map(Piece::Removed));
                pieces.push(Piece::Added(text));
            }
            Piece::Added(text) => {
                removed = None;
                same(&mut pieces, &text);
            }
            Piece::Same(text) => {
                found |= gone(&mut pieces, removed.take(), theirs);
                same(&mut pieces, &text);
            }
        }
    }
    found |= gone(&mut pieces, removed, theirs);
    found.then_some(Passage {
        pieces,
        after_more,
        before_more,
    })
}

/// Adds what was taken out and replaced by nothing, if it was in the other parent too.
fn gone(pieces: &mut Vec<Piece>, removed: Option<String>, theirs: &TextChange) -> bool {
    let removed = removed.filter(|text| is_in(text, theirs, false));
    let found = removed.is_some();
    pieces.extend(removed.map(Piece::Removed));
    found
}

fn same(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Same(last)) => last.push_str(text),
        _ => pieces.push(Piece::Same(text.to_owned())),
    }
}

/// Whether a text, or a part of it, was put in (taken out) against another parent too.
fn is_in(text: &str, theirs: &TextChange, added: bool) -> bool {
    let text = text.trim();
    let pieces = theirs.passages.iter().flat_map(|passage| &passage.pieces);
    let mut others = pieces.filter_map(|piece| match piece {
        Piece::Added(other) if added => Some(other.trim()),
        Piece::Removed(other) if !added => Some(other.trim()),
        _ => None,
    });
    others.any(|other| {
        !text.is_empty() && !other.is_empty() && (other.contains(text) || text.contains(other))
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
