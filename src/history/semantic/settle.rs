//! All files of one commit: records that only moved are found again, and everything is sorted.

use std::collections::{BTreeMap, BTreeSet};

use super::Reader;
use super::alike;
use super::compare::{self, Difference};
use super::files::{FileDifference, Loose, both_audiences};
use crate::history::{Changes, RecordChange, RecordName, What};

impl Reader {
    /// The changes of one commit against one of its parents, from what differs in each of its
    /// files. `renames` are files that were found under another name (old path, new path).
    ///
    /// A record that went from one file and came to another under the same kind, id and language
    /// moved. One whose file was renamed and whose id was that of the path was renamed, and so was
    /// one that came to the file it went from, under another id but with nearly all it said.
    pub fn settle(
        &self,
        differences: Vec<FileDifference>,
        renames: &[(String, String)],
    ) -> Changes {
        let mut changes = Changes::default();
        let (mut added, mut removed) = (Vec::new(), Vec::new());
        for difference in differences {
            changes.records.extend(difference.changed);
            changes.files.extend(difference.files);
            added.extend(difference.added);
            removed.extend(difference.removed);
        }
        let renames: BTreeSet<(&str, &str)> = renames
            .iter()
            .map(|(old, new)| (old.as_str(), new.as_str()))
            .collect();
        let mut loose = Unmatched::new(added, removed);
        let mut pairs = loose.moved(&renames);
        pairs.extend(loose.renamed(&renames));
        pairs.extend(alike::pairs(&mut loose.removed, &mut loose.added, &renames));
        changes
            .records
            .extend(pairs.iter().map(|(old, new)| pair(old, new)));
        let (added, removed) = loose.rest();
        let added = added.into_iter().map(|loose| alone(loose, What::Added));
        let removed = removed.into_iter().map(|loose| alone(loose, What::Removed));
        changes.records.extend(added.chain(removed));
        sort(&mut changes);
        changes
    }
}

/// Everything in the order that [`Changes`] promises.
pub(super) fn sort(changes: &mut Changes) {
    let by_name = |a: &RecordChange, b: &RecordChange| {
        (&a.record, &a.path, a.what).cmp(&(&b.record, &b.path, b.what))
    };
    changes.records.sort_by(by_name);
    changes.files.sort_by(|a, b| a.path.cmp(&b.path));
    changes.files.dedup();
}

/// Records that are in one version only, by path.
struct Unmatched {
    added: Vec<Option<Loose>>,
    removed: Vec<Option<Loose>>,
}

impl Unmatched {
    fn new(mut added: Vec<Loose>, mut removed: Vec<Loose>) -> Self {
        for loose in [&mut added, &mut removed] {
            loose.sort_by(|a, b| (&a.path, a.place, &a.name).cmp(&(&b.path, b.place, &b.name)));
        }
        Self {
            added: added.into_iter().map(Some).collect(),
            removed: removed.into_iter().map(Some).collect(),
        }
    }

    /// Takes out the records that are on both sides under one name. Where an id stood in several
    /// files, the one whose file was renamed goes first, then they pair in the order of their paths.
    fn moved(&mut self, renames: &BTreeSet<(&str, &str)>) -> Vec<(Loose, Loose)> {
        let mut by_name: BTreeMap<RecordName, Vec<usize>> = BTreeMap::new();
        for (place, old) in self.removed.iter().enumerate() {
            if let Some(old) = old {
                by_name.entry(old.name.key()).or_default().push(place);
            }
        }
        let mut pairs = Vec::new();
        for with_file in [true, false] {
            for new in &mut self.added {
                let Some(added) = new else { continue };
                let candidates = by_name
                    .get(&added.name.key())
                    .map_or(&[][..], Vec::as_slice);
                let place = candidates.iter().copied().find(|place| {
                    self.removed[*place].as_ref().is_some_and(|old| {
                        !with_file || renames.contains(&(old.path.as_str(), added.path.as_str()))
                    })
                });
                let old = place.and_then(|place| self.removed[place].take());
                if let Some(old) = old {
                    pairs.extend(new.take().map(|new| (old, new)));
                }
            }
        }
        pairs
    }

    /// Takes out the records that got another id with the new name of their file.
    fn renamed(&mut self, renames: &BTreeSet<(&str, &str)>) -> Vec<(Loose, Loose)> {
        let place = |all: &[Option<Loose>]| -> BTreeMap<String, usize> {
            let named = all.iter().enumerate().filter_map(|(place, loose)| {
                let loose = loose.as_ref().filter(|loose| loose.named_by_path)?;
                Some((loose.path.clone(), place))
            });
            named.collect()
        };
        let (removed, added) = (place(&self.removed), place(&self.added));
        let mut pairs = Vec::new();
        for (from, to) in renames {
            let (Some(old), Some(new)) = (removed.get(*from), added.get(*to)) else {
                continue;
            };
            let (old, new) = (&mut self.removed[*old], &mut self.added[*new]);
            let same = match (&old, &new) {
                (Some(old), Some(new)) => {
                    (&old.name.kind, old.name.language) == (&new.name.kind, new.name.language)
                }
                // A file that was copied has one old name and several new ones.
                _ => false,
            };
            if same {
                pairs.extend(old.take().zip(new.take()));
            }
        }
        pairs
    }

    /// The added and the removed that are left.
    fn rest(self) -> (Vec<Loose>, Vec<Loose>) {
        let all = |loose: Vec<Option<Loose>>| loose.into_iter().flatten().collect();
        (all(self.added), all(self.removed))
    }
}

/// A record that came or went.
fn alone(loose: Loose, what: What) -> RecordChange {
    RecordChange {
        audiences: loose.audience.into_iter().collect(),
        record: loose.name,
        title: loose.title,
        path: loose.path,
        what,
        moved_from: None,
        renamed_from: None,
        fields: Vec::new(),
        body: None,
    }
}

/// A record that moved, with what changed in it where that was kept.
fn pair(old: &Loose, new: &Loose) -> RecordChange {
    let difference = match (&old.facts, &new.facts) {
        (Some(old), Some(new)) => compare::difference(old, new),
        _ => Difference::default(),
    };
    let (moved, renamed) = (old.path != new.path, old.name.id != new.name.id);
    RecordChange {
        audiences: both_audiences(old.audience.as_ref(), new.audience.as_ref()),
        record: new.name.clone(),
        title: new.title.clone(),
        path: new.path.clone(),
        what: What::Changed,
        moved_from: moved.then(|| old.path.clone()),
        renamed_from: renamed.then(|| old.name.id.clone()),
        fields: difference.fields,
        body: difference.body,
    }
}
