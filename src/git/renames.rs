//! Which of the removed files lives on under which of the added names.
//!
//! Equal content first, then the same name in another folder, then enough of the same lines.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use git2::Oid;
use serde::{Deserialize, Serialize};

use super::objects::Objects;
use super::similarity::Fingerprint;
use super::trees::Difference;

/// Percent of common lines for a file that kept its name (case aside) in another folder: Git's
/// own threshold.
const MOVED: usize = 50;
/// The same for a file with a new name. Higher: two computers of one model share half of their
/// lines, and the one that replaces the other must not inherit its history.
const RENAMED: usize = 65;
/// Comparisons for one commit; beyond, only equal content and equal names are looked at.
const PAIRS: usize = 250_000;
/// The name of empty content, which says nothing about where it came from.
const EMPTY: &str = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";

/// A file that changed its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Rename {
    pub(super) old: String,
    pub(super) new: String,
    /// Its content did not change.
    pub(super) exact: bool,
}

/// Files still without a partner, as places in the list of differences.
struct Search<'d> {
    differences: &'d [Difference],
    removed: BTreeSet<usize>,
    added: BTreeSet<usize>,
    found: Vec<Rename>,
}

/// Finds the renames among the differences of two trees.
pub(super) fn find(objects: &mut Objects<'_>, differences: &[Difference]) -> Vec<Rename> {
    let places = |side: fn(&Difference) -> bool| {
        let all = differences.iter().enumerate();
        let chosen = all.filter(move |(_, difference)| side(difference));
        chosen.map(|(place, _)| place).collect::<BTreeSet<usize>>()
    };
    let mut search = Search {
        differences,
        removed: places(|difference| difference.new.is_none()),
        added: places(|difference| difference.old.is_none()),
        found: Vec::new(),
    };
    if !search.is_over() {
        search.equal_content();
    }
    if !search.is_over() {
        search.similar_content(objects);
    }
    search.found
}

impl Search<'_> {
    fn is_over(&self) -> bool {
        self.removed.is_empty() || self.added.is_empty()
    }

    fn pair(&mut self, old: usize, new: usize, exact: bool) {
        self.removed.remove(&old);
        self.added.remove(&new);
        self.found.push(Rename {
            old: self.differences[old].path.clone(),
            new: self.differences[new].path.clone(),
            exact,
        });
    }

    fn same_name(&self, old: usize, new: usize) -> bool {
        name(&self.differences[old].path) == name(&self.differences[new].path)
    }

    /// Of several files with one content, those that kept their name go first.
    fn equal_content(&mut self) {
        let mut by_content: BTreeMap<Oid, Vec<usize>> = BTreeMap::new();
        for place in &self.removed {
            if let Some(id) = self.differences[*place].old {
                by_content.entry(id).or_default().push(*place);
            }
        }
        for kept_name in [true, false] {
            for new in self.added.clone() {
                let Some(id) = self.differences[new].new else {
                    continue;
                };
                if !kept_name && id.to_string() == EMPTY {
                    continue;
                }
                let Some(candidates) = by_content.get_mut(&id) else {
                    continue;
                };
                let fits = |old: &usize| !kept_name || self.same_name(*old, new);
                if let Some(at) = candidates.iter().position(fits) {
                    let old = candidates.remove(at);
                    self.pair(old, new, true);
                }
            }
        }
    }

    fn similar_content(&mut self, objects: &mut Objects<'_>) {
        let mut prints: BTreeMap<usize, Option<Rc<Fingerprint>>> = BTreeMap::new();
        for (candidates, threshold) in [(self.namesakes(), MOVED), (self.all_pairs(), RENAMED)] {
            let mut scores: Vec<(usize, usize, usize)> = Vec::new();
            for (old, new) in candidates {
                if !self.removed.contains(&old) || !self.added.contains(&new) {
                    continue;
                }
                for place in [old, new] {
                    let difference = &self.differences[place];
                    prints.entry(place).or_insert_with(|| {
                        let id = difference.old.or(difference.new);
                        id.and_then(|id| objects.fingerprint(id))
                    });
                }
                if let (Some(Some(a)), Some(Some(b))) = (prints.get(&old), prints.get(&new)) {
                    let likeness = a.likeness(b);
                    if likeness >= threshold {
                        scores.push((100 - likeness.min(100), new, old));
                    }
                }
            }
            // The most alike first; among equals the order of the paths decides.
            scores.sort_unstable();
            for (_, new, old) in scores {
                if self.removed.contains(&old) && self.added.contains(&new) {
                    self.pair(old, new, false);
                }
            }
        }
    }

    /// Pairs whose file names are equal, case aside.
    fn namesakes(&self) -> Vec<(usize, usize)> {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for old in &self.removed {
            let name = name(&self.differences[*old].path);
            by_name.entry(name).or_default().push(*old);
        }
        let mut pairs = Vec::new();
        for new in &self.added {
            let old = by_name.get(&name(&self.differences[*new].path));
            pairs.extend(old.into_iter().flatten().map(|old| (*old, *new)));
            if pairs.len() > PAIRS {
                pairs.truncate(PAIRS);
                break;
            }
        }
        pairs
    }

    fn all_pairs(&self) -> Vec<(usize, usize)> {
        if self.removed.len().saturating_mul(self.added.len()) > PAIRS {
            return Vec::new();
        }
        let pairs = self.added.iter();
        pairs
            .flat_map(|new| self.removed.iter().map(|old| (*old, *new)))
            .collect()
    }
}

/// The last part of a path in lower case: a rename that only changes case keeps its name.
fn name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_lowercase()
}
