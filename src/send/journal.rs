//! What a target remembers while it is sent to: what is to be sent, and how much of it is there. With the
//! manifest, which is replaced last, it tells what Carnet put there whenever a sending was cut short, and
//! whatever is sent the next time.

use serde::{Deserialize, Serialize};

use super::plan::{Known, Plan};
use crate::publish::{Entry, Manifest, is_inside};

/// The plan, while it is carried out.
pub(super) const JOURNAL: &str = ".carnet-sending.json";
/// How many of its files are there.
pub(super) const SENT: &str = ".carnet-sent.json";

/// After so many files the number of those sent is remembered: as many may be sent twice.
pub(super) const BATCH: usize = 32;

/// A sending under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Journal {
    /// `carnet` and its version, as in a manifest.
    generator: String,
    /// What the target had at the start that its manifest tells otherwise: an earlier sending was cut short.
    there: Known,
    /// Files to be sent, in their order.
    puts: Vec<(String, Entry)>,
    /// Paths to be removed after them.
    removals: Vec<String>,
    /// How many files may be under way at once.
    batch: usize,
}

impl Journal {
    /// The journal of a plan for a target that has `known`, and the manifest.
    pub(super) fn new(manifest: &Manifest, known: &Known, plan: &Plan) -> Self {
        let differs = |(path, entry): &(&String, &Option<Entry>)| {
            manifest.files.get(*path) != entry.as_ref() || entry.is_none()
        };
        let there = known.iter().filter(differs);
        let puts = plan.puts.iter();
        Self {
            generator: manifest.generator.clone(),
            there: there
                .map(|(path, entry)| (path.clone(), entry.clone()))
                .collect(),
            puts: puts
                .map(|put| (put.path.clone(), put.entry.clone()))
                .collect(),
            removals: plan.removals.clone(),
            batch: BATCH,
        }
    }

    /// The journal in some bytes; `None` when it is none, or would name what lies outside of the target.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let journal: Self = serde_json::from_slice(bytes).ok()?;
        let paths = journal.there.keys().chain(&journal.removals);
        let puts = journal.puts.iter().map(|(path, _)| path);
        let all_inside = paths.chain(puts).all(|path| is_inside(path));
        all_inside.then_some(journal)
    }

    pub(super) fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("plain structs serialise")
    }

    /// What the target has, of whose files the first `sent` were put there: its manifest, which may be the old or
    /// the new one, and what this journal says besides.
    pub(super) fn known(&self, manifest: &Manifest, sent: usize) -> Known {
        let mut known = super::plan::known(manifest);
        known.extend(self.there.clone());
        for (place, (path, entry)) in self.puts.iter().enumerate() {
            if place < sent {
                known.insert(path.clone(), Some(entry.clone()));
            } else if place < sent.saturating_add(self.batch) {
                known.insert(path.clone(), None);
            }
        }
        for path in &self.removals {
            known.entry(path.clone()).or_insert(None);
        }
        known
    }
}

/// How many files of a journal are there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sent {
    /// The hash of the journal.
    journal: String,
    files: usize,
}

impl Sent {
    /// Nothing yet of a journal, by its bytes.
    pub(super) fn new(journal: &[u8]) -> Self {
        Self {
            journal: Entry::of(journal).sha256,
            files: 0,
        }
    }

    /// The number in some bytes, if it is about this journal.
    pub(super) fn parse(bytes: &[u8], journal: &[u8]) -> Option<usize> {
        let sent: Self = serde_json::from_slice(bytes).ok()?;
        (sent.journal == Self::new(journal).journal).then_some(sent.files)
    }

    /// Whether some bytes tell of the same journal.
    pub(super) fn is_of(&self, bytes: &[u8]) -> bool {
        serde_json::from_slice(bytes).is_ok_and(|other: Self| other.journal == self.journal)
    }

    /// The bytes for a number of files.
    pub(super) fn with(&self, files: usize) -> Vec<u8> {
        let journal = self.journal.clone();
        serde_json::to_vec(&Self { journal, files }).expect("plain structs serialise")
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::{known, plan};
    use super::*;

    fn manifest(paths: impl Iterator<Item = usize>, text: &str) -> Manifest {
        let files = paths.map(|path| (format!("{path:03}.html"), Entry::of(text.as_bytes())));
        Manifest::new(files.collect())
    }

    /// A sending is cut after some files, another site is sent, cut again: whatever was put is known.
    #[test]
    fn what_was_put_is_known_after_any_cut() {
        let (first, second) = (manifest(0..100, "a"), manifest(50..150, "b"));
        let third = manifest(140..200, "c");
        let journal = |there: &Manifest, had: &Known, new: &Manifest| {
            let plan = plan(new, had, None).expect("nothing is in the way");
            Journal::new(there, had, &plan)
        };
        let cut = journal(&first, &known(&first), &second);
        assert_eq!(
            (cut.puts.len(), cut.removals.len(), cut.there.len()),
            (100, 50, 0)
        );
        let had = cut.known(&first, 60);
        // 60 were counted, up to a batch of others may have been put after that.
        assert_eq!(had["109.html"], Some(Entry::of(b"b")));
        assert_eq!((&had["110.html"], &had["141.html"]), (&None, &None));
        assert!(!had.contains_key("142.html"));
        let again = Journal::parse(&journal(&first, &had, &third).to_json()).expect("a journal");
        let had = again.known(&first, 0);
        assert!((0..142).all(|path| had.contains_key(&format!("{path:03}.html"))));
        // The manifest is the new one already, removals were cut.
        let had = again.known(&third, again.puts.len());
        let missing = (0..200).filter(|path| !had.contains_key(&format!("{path:03}.html")));
        assert_eq!(missing.count(), 0);
    }

    #[test]
    fn a_number_counts_for_its_journal_alone() {
        let sent = Sent::new(b"one");
        assert_eq!(Sent::parse(&sent.with(7), b"one"), Some(7));
        assert_eq!(Sent::parse(&sent.with(7), b"two"), None);
        assert_eq!(Sent::parse(b"{", b"one"), None);
        assert!(sent.is_of(&sent.with(9)) && !Sent::new(b"two").is_of(&sent.with(9)));
    }

    #[test]
    fn a_journal_that_names_the_outside_is_none() {
        let journal =
            br#"{"generator":"carnet 1","there":{},"puts":[],"removals":["../x"],"batch":32}"#;
        assert_eq!(Journal::parse(journal), None);
    }
}
