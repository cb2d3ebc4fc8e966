//! Which versions of which files are compared, ordered so that each is read once: file by file
//! through its names, from the oldest.

use std::collections::HashMap;

use git2::Oid;

use super::packs::Packs;
use super::renames::Rename;
use super::trees::Difference;
use crate::project;
use crate::schema::Schema;

/// All that differs between two trees.
#[derive(Debug, Clone, Copy)]
pub(super) struct Side<'t> {
    /// Paths whose content differs.
    pub(super) differences: &'t [Difference],
    /// Files that were found under another name.
    pub(super) renames: &'t [Rename],
    /// Orders the sides of one file: the oldest has the smallest.
    pub(super) age: u32,
}

/// One version of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Blob<'t> {
    /// From the project's root.
    pub(super) path: &'t str,
    pub(super) id: Oid,
}

/// Two versions of a file to be compared; one of them may not be there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'t> {
    pub(super) old: Option<Blob<'t>>,
    pub(super) new: Option<Blob<'t>>,
    /// The side it belongs to, as a place in the list of sides.
    pub(super) side: usize,
    /// A record of it may have moved to or from another file of that side.
    pub(super) keep: bool,
    age: u32,
}

/// The pairs of all sides by file, each file's from the oldest; the files in the order in which
/// packs keep the oldest version of each.
/// `counts` receives how many pairs each side has.
pub(super) fn by_file<'t>(
    sides: &[Side<'t>],
    (schema, packs): (&Schema, &Packs),
    counts: &mut Vec<usize>,
) -> Vec<Vec<Pair<'t>>> {
    let mut files = Files::default();
    let mut by_file: Vec<Vec<Pair<'t>>> = Vec::new();
    for (place, side) in sides.iter().enumerate() {
        let pairs = pairs(place, side, schema);
        counts.push(pairs.len());
        for pair in pairs {
            let ends = [pair.old, pair.new];
            let mut ends = ends.iter().flatten().map(|blob| files.of(blob.path));
            let (Some(first), second) = (ends.next(), ends.next()) else {
                continue;
            };
            let file = second.map_or(first, |second| files.join(first, second));
            if by_file.len() < files.joined.len() {
                by_file.resize_with(files.joined.len(), Vec::new);
            }
            by_file[file].push(pair);
        }
    }
    // What was found before two names turned out to be one file.
    for file in 0..by_file.len() {
        let whole = files.root(file);
        if whole != file {
            let moved = std::mem::take(&mut by_file[file]);
            by_file[whole].extend(moved);
        }
    }
    by_file.retain(|pairs| !pairs.is_empty());
    for pairs in &mut by_file {
        pairs.sort_by_key(|pair| (pair.age, pair.side));
    }
    by_file.sort_by_cached_key(|pairs| {
        let first = pairs.first();
        let blob = first.and_then(|pair| pair.old.or(pair.new));
        let often = std::cmp::Reverse(pairs.len().ilog2());
        (often, blob.map(|blob| packs.place(blob.id)))
    });
    by_file
}

/// The pairs of one side: a renamed file is one, from its old name to its new one.
fn pairs<'t>(place: usize, side: &Side<'t>, schema: &Schema) -> Vec<Pair<'t>> {
    let by_path: HashMap<&str, &Difference> = side
        .differences
        .iter()
        .map(|difference| (difference.path.as_str(), difference))
        .collect();
    let mut renamed: HashMap<&str, &Rename> = HashMap::new();
    for rename in side.renames {
        let (old, new) = (rename.old.as_str(), rename.new.as_str());
        if by_path.contains_key(old) && by_path.contains_key(new) {
            renamed.insert(old, rename);
            renamed.insert(new, rename);
        }
    }
    let blob = |path: &'t str, id: Option<Oid>| id.map(|id| Blob { path, id });
    let mut pairs = Vec::with_capacity(side.differences.len());
    for difference in side.differences {
        let path = difference.path.as_str();
        let (mut old, new) = (blob(path, difference.old), blob(path, difference.new));
        match renamed.get(path) {
            // Told with its new name.
            Some(rename) if rename.old == path && new.is_none() => continue,
            Some(rename) if rename.new == path && old.is_none() => {
                let before = by_path.get(rename.old.as_str());
                old = before.and_then(|before| blob(&rename.old, before.old));
            }
            _ => {}
        }
        pairs.push(Pair {
            old,
            new,
            side: place,
            keep: false,
            age: side.age,
        });
    }
    keep(&mut pairs, schema);
    pairs
}

/// Marks the pairs between which a record may have moved.
fn keep(pairs: &mut [Pair<'_>], schema: &Schema) {
    let with_records = |pair: &Pair<'_>| {
        let mut ends = [pair.old, pair.new].into_iter().flatten();
        ends.any(|blob| has_records(blob.path, schema))
    };
    let marks: Vec<bool> = pairs.iter().map(with_records).collect();
    let marked = || pairs.iter().zip(&marks).filter(|(_, mark)| **mark);
    let removing = marked().any(|(pair, _)| pair.old.is_some());
    let adding = marked().any(|(pair, _)| pair.new.is_some());
    let several = marked().nth(1).is_some() && removing && adding;
    for (pair, mark) in pairs.iter_mut().zip(marks) {
        let renamed = match (pair.old, pair.new) {
            (Some(old), Some(new)) => old.path != new.path,
            _ => false,
        };
        pair.keep = mark && (several || renamed);
    }
}

/// Whether a path's file holds records.
pub(super) fn has_records(path: &str, schema: &Schema) -> bool {
    matches!(project::locate(path, schema), Some(Ok(_)))
}

/// Which paths are names of one file.
#[derive(Default)]
struct Files<'t> {
    numbers: HashMap<&'t str, usize>,
    /// For each file the one it was joined with, itself where none was.
    joined: Vec<usize>,
}

impl<'t> Files<'t> {
    fn of(&mut self, path: &'t str) -> usize {
        let next = self.joined.len();
        let file = *self.numbers.entry(path).or_insert(next);
        if file == next {
            self.joined.push(next);
        }
        self.root(file)
    }

    fn root(&mut self, mut file: usize) -> usize {
        while self.joined[file] != file {
            self.joined[file] = self.joined[self.joined[file]];
            file = self.joined[file];
        }
        file
    }

    fn join(&mut self, one: usize, other: usize) -> usize {
        let (low, high) = (one.min(other), one.max(other));
        self.joined[high] = low;
        low
    }
}
