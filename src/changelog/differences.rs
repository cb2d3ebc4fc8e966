//! What differs between two states of the project, in the order a reviewer reads it: what changed,
//! what came, what went, kind by kind as the menu has them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::changelog::written::RecordTold;
use crate::diagnostic::Language;
use crate::estate::Estate;
use crate::history::{Changes, CommitId, FileChange, FileWhat, What};
use crate::schema::Menu;

/// One of the two states compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side {
    /// As it was asked for: `v1.2`; `None` for the working tree.
    pub name: Option<String>,
    /// The commit it means; `None` for the working tree.
    pub commit: Option<CommitId>,
}

/// How many records of a kind came, went and changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct KindCount {
    /// The kind.
    pub kind: String,
    /// What many of it are called.
    pub label: String,
    /// New records.
    pub added: usize,
    /// Records that are gone.
    pub removed: usize,
    /// Records that say something else, or stand elsewhere.
    pub changed: usize,
}

/// A number, and what it counts in French and English, one and many.
pub(super) type Counted = (usize, [&'static str; 2], [&'static str; 2]);

/// What differs between two states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Differences {
    /// The older state.
    pub from: Side,
    /// The newer state.
    pub to: Side,
    /// The forge's page that compares them.
    pub url: Option<String>,
    /// By kind, in the menu's order; kinds without a difference are left out.
    pub kinds: Vec<KindCount>,
    /// Records: changed, added, removed, and within each in the order of `kinds` and by id.
    pub records: Vec<RecordTold>,
    /// How many records changed in their writing alone.
    pub reformatted: usize,
    /// Files without records, and files that cannot be read.
    pub files: Vec<FileChange>,
    /// The language all this is told in.
    #[serde(skip)]
    pub language: Language,
}

impl Differences {
    /// Tells changes with the labels and titles of an estate.
    pub fn new(
        estate: &Estate,
        changes: &Changes,
        sides: (Side, Side),
        language: Language,
    ) -> Self {
        let place = |kind: &str| {
            let known = estate.schema.kind(kind);
            let menu = known.map(|kind| kind.menu);
            // Kinds that are no more come last.
            (
                menu.is_none(),
                menu.unwrap_or(Menu::Knowledge),
                kind.to_owned(),
            )
        };
        let mut kinds = BTreeMap::new();
        let mut records = Vec::new();
        let mut reformatted = 0;
        for change in &changes.records {
            let kind = &change.record.kind;
            let count = match change.what {
                What::Reformatted | What::Unreadable => {
                    reformatted += 1;
                    continue;
                }
                what => (what, kinds.entry(place(kind))),
            };
            let known = estate.schema.kind(kind);
            let label = known.map_or(kind.as_str(), |kind| kind.plural.get(language));
            let (what, entry) = count;
            let count = entry.or_insert_with(|| KindCount {
                kind: kind.clone(),
                label: label.to_owned(),
                ..KindCount::default()
            });
            match what {
                What::Added => count.added += 1,
                What::Removed => count.removed += 1,
                What::Changed | What::Reformatted | What::Unreadable => count.changed += 1,
            }
            let order = match what {
                What::Changed | What::Reformatted | What::Unreadable => 0,
                What::Added => 1,
                What::Removed => 2,
            };
            let told = RecordTold::new(estate, change, language);
            records.push(((order, place(kind)), told));
        }
        // Stable: within a kind the order stays that of ids and languages.
        records.sort_by(|(left, _), (right, _)| left.cmp(right));
        let (from, to) = sides;
        Self {
            url: url(estate, &from, &to),
            from,
            to,
            kinds: kinds.into_values().collect(),
            records: records.into_iter().map(|(_, told)| told).collect(),
            reformatted,
            files: changes.files.clone(),
            language,
        }
    }

    /// Nothing differs, not even in writing.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.files.is_empty() && self.reformatted == 0
    }

    /// The records to which one thing happened.
    pub fn that_were(&self, what: What) -> impl Iterator<Item = &RecordTold> {
        self.records
            .iter()
            .filter(move |record| record.what == what)
    }

    /// The files to tell one by one: those that cannot be read first. Files of which only the
    /// writing changed are left out.
    pub fn told_files(&self) -> Vec<&FileChange> {
        let told = |file: &&FileChange| file.what != FileWhat::Reformatted;
        let mut files: Vec<&FileChange> = self.files.iter().filter(told).collect();
        files.sort_by_key(|file| (file.what != FileWhat::Broken, file.what != FileWhat::Mended));
        files
    }

    /// What changed in its writing alone, as numbers with what they count in French and English,
    /// one and many; nothing of which there is none.
    pub(super) fn reformatted(&self) -> Vec<Counted> {
        let same = |file: &&FileChange| file.what == FileWhat::Reformatted;
        let files = self.files.iter().filter(same).count();
        let all = [
            (self.reformatted, ["fiche", "fiches"], ["record", "records"]),
            (files, ["fichier", "fichiers"], ["file", "files"]),
        ];
        all.into_iter()
            .filter(|(number, _, _)| *number > 0)
            .collect()
    }
}

fn url(estate: &Estate, from: &Side, to: &Side) -> Option<String> {
    let (from, to) = (from.commit.as_ref()?, to.commit.as_ref()?);
    estate.forge()?.compare_url(from, to)
}
