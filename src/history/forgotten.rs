//! The history without the words of forgotten people: authors, messages, tags, names, values, texts, paths.
//!
//! Nothing is left out, because something happened; who it was is told no more. Done where a history is read, so that nothing
//! can be derived from one that still has them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Changes, FieldChange, History, Piece, RecordChange, RecordName, Recorded, TextChange,
    ValueChange, unreadable,
};
use crate::forgotten::{Forgotten, PartOfText};

impl History {
    /// The same without them.
    #[must_use]
    pub fn forgetting(mut self, forgotten: &Forgotten) -> Self {
        if forgotten.is_empty() {
            return self;
        }
        let mut places = Vec::new();
        for commit in &mut self.commits {
            commit.author = forgotten.author(&commit.author).into_owned();
            commit.summary = forgotten.text(&commit.summary).into_owned();
            commit.body = forgotten.text(&commit.body).into_owned();
            places.push(commit.changes.forget(forgotten));
        }
        let mut by_record: BTreeMap<RecordName, Vec<(u32, u32)>> = BTreeMap::new();
        for (name, log) in std::mem::take(&mut self.by_record) {
            let log = log
                .iter()
                .map(|(commit, change)| (*commit, places[*commit as usize][*change as usize]));
            let own = by_record
                .entry(record_name(&name, forgotten).key())
                .or_default();
            own.extend(log);
            own.sort_unstable();
            own.dedup();
        }
        self.by_record = by_record;
        let mut by_path: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (path, log) in std::mem::take(&mut self.by_path) {
            let own = by_path.entry(forgotten.id(&path).into_owned()).or_default();
            own.extend(log);
            own.sort_unstable();
            own.dedup();
        }
        self.by_path = by_path;
        self.broken = unreadable::broken(&self.commits);
        let modified: BTreeSet<String> = std::mem::take(&mut self.modified);
        let modified = modified.iter().map(|path| forgotten.id(path).into_owned());
        self.modified = modified.collect();
        self.uncommitted.forget(forgotten);
        for tag in &mut self.tags {
            tag.name = forgotten.id(&tag.name).into_owned();
            tag.message = forgotten.text(&tag.message).into_owned();
            if let Some(since) = &mut tag.since {
                since.forget(forgotten);
            }
        }
        // An address with other words would lead nowhere.
        self.remote = self.remote.filter(|remote| !forgotten.is_in(remote));
        self
    }
}

impl Changes {
    /// Takes the words of forgotten people out of all that they tell. Records stay in their order, under the names that they
    /// have now: where each went, by its place before.
    pub fn forget(&mut self, forgotten: &Forgotten) -> Vec<u32> {
        if forgotten.is_empty() {
            return Vec::new();
        }
        for change in &mut self.records {
            forget(change, forgotten);
        }
        for file in &mut self.files {
            file.path = forgotten.id(&file.path).into_owned();
        }
        self.files.sort_by(|one, other| one.path.cmp(&other.path));
        let records = std::mem::take(&mut self.records);
        let mut records: Vec<(u32, RecordChange)> = (0..).zip(records).collect();
        records.sort_by(|(_, one), (_, other)| one.record.cmp(&other.record));
        let mut places = vec![0; records.len()];
        for ((before, _), after) in records.iter().zip(0..) {
            places[*before as usize] = after;
        }
        self.records = records.into_iter().map(|(_, change)| change).collect();
        places
    }
}

fn record_name(name: &RecordName, forgotten: &Forgotten) -> RecordName {
    RecordName {
        id: forgotten.id(&name.id).into_owned(),
        ..name.clone()
    }
}

fn forget(change: &mut RecordChange, forgotten: &Forgotten) {
    change.record = record_name(&change.record, forgotten);
    if let Some(title) = &mut change.title {
        *title = forgotten.text(title).into_owned();
    }
    change.path = forgotten.id(&change.path).into_owned();
    for name in [&mut change.moved_from, &mut change.renamed_from]
        .into_iter()
        .flatten()
    {
        *name = forgotten.id(name).into_owned();
    }
    for FieldChange { key, value } in &mut change.fields {
        *key = forgotten.text(key).into_owned();
        match value {
            ValueChange::Replaced { old, new } => {
                for value in [old, new].into_iter().flatten() {
                    forget_value(value, forgotten);
                }
            }
            ValueChange::Items { added, removed } => {
                for value in added.iter_mut().chain(removed) {
                    forget_value(value, forgotten);
                }
            }
            ValueChange::Text(text) => forget_text(text, forgotten),
            ValueChange::Hidden => {}
        }
    }
    if let Some(body) = &mut change.body {
        forget_text(body, forgotten);
    }
}

fn forget_value(value: &mut Recorded, forgotten: &Forgotten) {
    match value {
        Recorded::Text(text) => *text = forgotten.text(text).into_owned(),
        Recorded::List(items) => items
            .iter_mut()
            .for_each(|item| forget_value(item, forgotten)),
        Recorded::Structure(parts) => {
            let all = std::mem::take(parts).into_iter();
            *parts = all
                .map(|(key, mut part)| {
                    forget_value(&mut part, forgotten);
                    (forgotten.text(&key).into_owned(), part)
                })
                .collect();
        }
    }
}

fn forget_text(text: &mut TextChange, forgotten: &Forgotten) {
    for section in &mut text.sections {
        section.heading = forgotten.text(&section.heading).into_owned();
    }
    for passage in &mut text.passages {
        let pieces = passage.pieces.iter_mut().map(|piece| {
            let (text, is_old, is_new) = match piece {
                Piece::Same(text) => (text, true, true),
                Piece::Removed(text) => (text, true, false),
                Piece::Added(text) => (text, false, true),
            };
            PartOfText {
                text,
                is_old,
                is_new,
            }
        });
        let mut pieces: Vec<PartOfText<'_>> = pieces.collect();
        forgotten.pieces(&mut pieces);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::forgotten::{FILE, read};
    use crate::history::{Commit, State, What};
    use crate::source::SourceFile;

    fn name(id: &str) -> RecordName {
        RecordName {
            kind: "asset".into(),
            id: id.into(),
            language: None,
        }
    }

    fn change(id: &str) -> RecordChange {
        RecordChange {
            record: name(id),
            title: Some(id.to_uppercase()),
            path: format!("inventory/assets/{id}.yaml"),
            what: What::Added,
            audiences: Vec::new(),
            moved_from: None,
            renamed_from: None,
            fields: Vec::new(),
            body: None,
        }
    }

    #[test]
    fn logs_follow_records_under_their_neutral_names() {
        let list = "people:\n  - words: [Camille Exemple, cexemple]\n";
        let (forgotten, _) = read(&Arc::new(SourceFile::new(FILE, list)));
        // Both of the first become one record, which stands behind the last.
        let ids = ["camille-exemple", "cexemple", "m"];
        let commit = Commit {
            id: "a".repeat(40),
            author: "Exemple, Camille Exemple".into(),
            when: jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC),
            summary: "CAMILLE EXEMPLE (cexemple) arrive".into(),
            body: String::new(),
            files: 3,
            changes: Changes {
                records: ids.map(change).into(),
                files: Vec::new(),
            },
            request: None,
        };
        let by_path = ids.map(|id| (change(id).path, vec![0]));
        let logs = ids
            .iter()
            .zip(0..)
            .map(|(id, at)| (name(id), vec![(0, at)]));
        let history = History::new(State::Complete, vec![commit], BTreeMap::from(by_path));
        let history = history.with_records(logs.collect()).forgetting(&forgotten);
        let of = |id| -> Vec<String> {
            let name = name(id);
            let log = history.of_record(&name);
            log.map(|(_, change)| change.record.id.clone()).collect()
        };
        assert_eq!(of("m"), ["m"]);
        let neutral = "personne-oubliee-1";
        assert_eq!(of(neutral), [neutral, neutral]);
        assert!(of("cexemple").is_empty());
        let paths: Vec<&str> = history.paths().collect();
        assert_eq!(
            paths,
            [
                "inventory/assets/m.yaml",
                "inventory/assets/personne-oubliee-1.yaml"
            ]
        );
        let told = &history.commits()[0];
        assert_eq!(told.author, "personne oubliée");
        assert_eq!(told.summary, "personne oubliée (personne-oubliee-1) arrive");
    }
}
