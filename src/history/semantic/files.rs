//! Two versions of one file: which of its records came, went and changed, and what is to say of the
//! file itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Reader;
use super::compare::{self, Difference};
use super::facts::Facts;
use super::later::{BecameSecret, became_secret};
use super::list::Item;
use super::version::{Content, Records, Version};
use crate::history::{FileChange, FileWhat, RecordChange, RecordName, What};

/// An item of the older and of the newer list, each with its place there.
type Sides<'i> = [Option<(usize, &'i Arc<Item>)>; 2];

/// What differs between two versions of a file. Records that came and went wait here for
/// [`Reader::settle`], which sees whether they only moved.
#[derive(Default)]
pub struct FileDifference {
    pub(super) changed: Vec<RecordChange>,
    pub(super) added: Vec<Loose>,
    pub(super) removed: Vec<Loose>,
    pub(super) files: Vec<FileChange>,
    pub(super) became_secret: BecameSecret,
}

/// A record that is in one of two versions only.
pub(super) struct Loose {
    pub name: RecordName,
    pub title: Option<String>,
    pub path: String,
    /// Who reads it, as written.
    pub audience: Option<String>,
    /// Its place among the records of its file.
    pub place: usize,
    /// The only record of its file, with the id of its path: a new name of the file renames it.
    pub named_by_path: bool,
    /// What it says, where that was to be kept.
    pub facts: Option<Arc<Facts>>,
}

impl Reader {
    /// What differs between two versions of a file; `None` where there was no file. `keep` keeps
    /// the values of records that came or went, so that [`Reader::settle`] can tell what changed in
    /// those that moved; without it, it tells only that they moved.
    ///
    /// Nothing is known of the records of a broken version: from a good one to a broken one the
    /// file is told to be broken, back again to be mended, and the records in neither case. See
    /// [`Reader::mended`]. When a broken file is removed, pass its last good version as `old`.
    pub fn compare(
        &self,
        old: Option<&Version>,
        new: Option<&Version>,
        keep: bool,
    ) -> FileDifference {
        let mut found = FileDifference::default();
        match (old, new) {
            (None, None) => {}
            (Some(old), Some(new)) if old.path == new.path => {
                both(old, new, keep, &mut found);
            }
            (old, new) => {
                let sides = [(old, What::Removed), (new, What::Added)];
                for (version, what) in sides {
                    if let Some(version) = version {
                        one(version, what, keep, &mut found);
                    }
                }
            }
        }
        found
    }

    /// What a version says that can be read again: that the file is mended, and what changed in its
    /// records since the last version that could be read. Without one, nothing is told of records.
    pub fn mended(&self, last_good: Option<&Version>, new: &Version, keep: bool) -> FileDifference {
        let mut found = match last_good {
            Some(old) => self.compare(Some(old), Some(new), keep),
            None => FileDifference::default(),
        };
        // That it is mended says that its writing changed.
        found
            .files
            .retain(|file| file.what != FileWhat::Reformatted);
        found
            .changed
            .retain(|change| change.what != What::Reformatted);
        if new.is_broken() {
            return found;
        }
        found.file(&new.path, FileWhat::Mended);
        found
    }
}

impl FileDifference {
    fn file(&mut self, path: &str, what: FileWhat) {
        self.files.push(FileChange {
            path: path.to_owned(),
            what,
        });
    }

    /// The values that are secret after the change and were not before it: see
    /// [`hide`](super::hide). Taken out, so that they are kept no longer than needed.
    pub fn take_became_secret(&mut self) -> BecameSecret {
        std::mem::take(&mut self.became_secret)
    }

    fn secrets(&mut self, old: Option<&Facts>, new: &Facts) {
        let nothing = BTreeSet::new();
        let old = old.map_or(&nothing, |facts| &facts.secrets);
        let values = became_secret(old, &new.secrets);
        if !values.is_empty() {
            let known = self.became_secret.entry(new.name.key()).or_default();
            known.extend(values);
        }
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && !self.has_records()
    }

    fn has_records(&self) -> bool {
        !(self.changed.is_empty() && self.added.is_empty() && self.removed.is_empty())
    }
}

/// A file that came or went.
fn one(version: &Version, what: What, keep: bool, found: &mut FileDifference) {
    let (file, broken) = match what {
        What::Added => (FileWhat::Added, FileWhat::Broken),
        _ => (FileWhat::Removed, FileWhat::Removed),
    };
    let Content::Records(records) = &version.content else {
        return found.file(&version.path, file);
    };
    let Some(facts) = records.facts() else {
        return found.file(&version.path, broken);
    };
    let facts = once(facts);
    if facts.is_empty() {
        found.file(&version.path, file);
    }
    if what == What::Added {
        for facts in &facts {
            found.secrets(None, facts);
        }
    }
    let alone = facts.len() == 1;
    let placed = facts.into_iter().enumerate();
    let loose = placed.map(|placed| loose(&placed, &version.path, alone, keep));
    match what {
        What::Added => found.added.extend(loose),
        _ => found.removed.extend(loose),
    }
}

/// Each record once: of two with the same id the first holds, as in the estate.
fn once(mut facts: Vec<Arc<Facts>>) -> Vec<Arc<Facts>> {
    let mut seen = BTreeSet::new();
    facts.retain(|facts| seen.insert(facts.name.key()));
    facts
}

fn loose(placed: &Placed, path: &str, alone: bool, keep: bool) -> Loose {
    let (place, facts) = placed;
    Loose {
        name: facts.name.clone(),
        title: facts.title(),
        path: path.to_owned(),
        audience: facts.audience.clone(),
        place: *place,
        named_by_path: alone && facts.id_from_path,
        facts: keep.then(|| Arc::clone(facts)),
    }
}

/// Two versions of a file at one path.
fn both(old: &Version, new: &Version, keep: bool, found: &mut FileDifference) {
    let path = &new.path;
    let (before, after) = match (&old.content, &new.content) {
        (Content::Records(before), Content::Records(after)) => (before, after),
        (Content::Bytes(before), Content::Bytes(after)) if before == after => return,
        // One path is of one sort under one schema.
        _ => return found.file(path, FileWhat::Changed),
    };
    if before.same_writing(after) {
        return;
    }
    if let (Some(old), Some(new)) = (before.items(), after.items()) {
        return lists((before, old), (after, new), (path, keep), found);
    }
    match (before.facts(), after.facts()) {
        (None, None) => {}
        (Some(_), None) => found.file(path, FileWhat::Broken),
        (None, Some(_)) => found.file(path, FileWhat::Mended),
        (Some(old), Some(new)) => {
            let alone = [old.len() == 1, new.len() == 1];
            let pairs = pairs(once(old), once(new));
            records(pairs, alone, (path, keep), found);
        }
    }
}

/// A record, and its place in its file.
type Placed = (usize, Arc<Facts>);

/// Two versions of a record; one of them may not be there.
type Pair = [Option<Placed>; 2];

fn pairs(old: Vec<Arc<Facts>>, new: Vec<Arc<Facts>>) -> Vec<Pair> {
    let mut pairs: BTreeMap<RecordName, Pair> = BTreeMap::new();
    for (side, all) in [old, new].into_iter().enumerate() {
        for (place, facts) in all.into_iter().enumerate() {
            let name = facts.name.key();
            pairs.entry(name).or_default()[side] = Some((place, facts));
        }
    }
    pairs.into_values().collect()
}

/// Two lists that are read item by item: only items that are not the same in both are compared.
fn lists(
    old: (&Records, &[Arc<Item>]),
    new: (&Records, &[Arc<Item>]),
    place: (&str, bool),
    found: &mut FileDifference,
) {
    let alone = [old, new].map(|(records, items)| {
        let mut records = items.iter().filter(|item| id(item, records).is_some());
        records.next().is_some() && records.next().is_none()
    });
    // Of a record alone in its file it is told even that only the file's writing changed.
    if alone == [true, true] {
        let all = [old, new].map(|(records, _)| once(records.facts().unwrap_or_default()));
        let [old, new] = all;
        return records(pairs(old, new), alone, place, found);
    }
    let same = |(a, b): &(&Arc<Item>, &Arc<Item>)| Arc::ptr_eq(a, b);
    let start = old.1.iter().zip(new.1).take_while(same).count();
    let (old_rest, new_rest) = (&old.1[start..], &new.1[start..]);
    let ends = old_rest.iter().rev().zip(new_rest.iter().rev());
    let end = ends.take_while(same).count();
    // Where an id stands twice its first item holds, so the whole list is asked for each id.
    let mut ids: BTreeMap<&str, Sides<'_>> = BTreeMap::new();
    for ((records, items), rest) in [(old, old_rest), (new, new_rest)] {
        for item in &rest[..rest.len() - end] {
            if let Some(id) = id(item, records) {
                ids.entry(id).or_default();
            }
        }
        debug_assert!(start + rest.len() == items.len());
    }
    for (side, (records, items)) in [old, new].into_iter().enumerate() {
        for (place, item) in items.iter().enumerate() {
            let Some(sides) = id(item, records).and_then(|id| ids.get_mut(id)) else {
                continue;
            };
            sides[side] = sides[side].or(Some((place, item)));
        }
    }
    let differ = |sides: &Sides<'_>| match sides {
        [Some((_, old)), Some((_, new))] => !Arc::ptr_eq(old, new),
        _ => true,
    };
    let sides = ids.into_values().filter(differ);
    let pairs = sides.map(|[before, after]| {
        [
            before.and_then(|(place, item)| Some((place, item.facts(old.0.context())?))),
            after.and_then(|(place, item)| Some((place, item.facts(new.0.context())?))),
        ]
    });
    records(pairs.collect(), alone, place, found);
}

fn id<'i>(item: &'i Item, records: &Records) -> Option<&'i str> {
    item.head(records.context())?.id.as_deref()
}

/// Compares the records of a file whose writing changed; `alone` tells of each version whether it
/// holds one record.
fn records(pairs: Vec<Pair>, alone: [bool; 2], place: (&str, bool), found: &mut FileDifference) {
    let (path, keep) = place;
    let only_in = |side: usize| pairs.iter().any(|pair| pair[1 - side].is_none());
    // What went may be what came, under another id.
    let keep = keep || only_in(0) && only_in(1);
    let mut volatile = false;
    let mut only = None;
    for pair in pairs {
        if let [old, Some((_, new))] = &pair {
            let old = old.as_ref().map(|(_, old)| old.as_ref());
            found.secrets(old, new);
        }
        match &pair {
            [Some((_, old)), Some((_, new))] => {
                let difference = compare::difference(old, new);
                volatile |= difference.volatile;
                let renamed = old.name.id != new.name.id;
                if renamed || !difference.is_empty() {
                    found.changed.push(changed(old, new, path, difference));
                }
                only = Some(Arc::clone(new));
            }
            [Some(old), None] => found.removed.push(loose(old, path, alone[0], keep)),
            [None, Some(new)] => found.added.push(loose(new, path, alone[1], keep)),
            [None, None] => {}
        }
    }
    // What machines wrote into a file is no change of its writing either.
    if found.has_records() || volatile {
        return;
    }
    match only {
        Some(facts) if alone == [true, true] => {
            let mut change = changed(&facts, &facts, path, Difference::default());
            change.what = What::Reformatted;
            found.changed.push(change);
        }
        _ => found.file(path, FileWhat::Reformatted),
    }
}

/// Who read a record before a change and after it, each once.
pub(super) fn both_audiences(old: Option<&String>, new: Option<&String>) -> Vec<String> {
    let all: BTreeSet<&String> = old.into_iter().chain(new).collect();
    all.into_iter().cloned().collect()
}

/// A record that changed; where only the case of its id did, it tells the former id.
pub(super) fn changed(
    old: &Facts,
    new: &Facts,
    path: &str,
    difference: Difference,
) -> RecordChange {
    let same = old.name.id == new.name.id;
    RecordChange {
        audiences: both_audiences(old.audience.as_ref(), new.audience.as_ref()),
        record: new.name.clone(),
        title: new.title(),
        path: path.to_owned(),
        what: What::Changed,
        moved_from: None,
        renamed_from: (!same).then(|| old.name.id.clone()),
        fields: difference.fields,
        body: difference.body,
    }
}
