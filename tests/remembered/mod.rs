//! Histories written down by hand: a list of commits with what each changed, so that a test of pages
//! needs no repository.

pub mod journal;

use std::collections::BTreeMap;

use carnet::history::{
    Changes, Commit, FieldChange, FileChange, FileWhat, History, RecordChange, RecordName,
    Recorded, State, Tag, TextChange, ValueChange, What,
};

pub fn name(kind: &str, id: &str) -> RecordName {
    RecordName {
        kind: kind.to_owned(),
        id: id.to_owned(),
        language: None,
    }
}

pub fn record(what: What, kind: &str, id: &str, fields: Vec<FieldChange>) -> RecordChange {
    RecordChange {
        audiences: Vec::new(),
        record: name(kind, id),
        title: Some(format!("Titre de {id}")),
        path: format!("inventory/{kind}.yaml"),
        what,
        moved_from: None,
        renamed_from: None,
        fields,
        body: None,
    }
}

pub fn changed(kind: &str, id: &str, fields: Vec<FieldChange>) -> RecordChange {
    record(What::Changed, kind, id, fields)
}

pub fn field(key: &str, value: ValueChange) -> FieldChange {
    FieldChange {
        key: key.to_owned(),
        value,
    }
}

pub fn text(text: &str) -> Recorded {
    Recorded::Text(text.to_owned())
}

pub fn replaced(key: &str, old: &str, new: &str) -> FieldChange {
    let value = |it: &str| (!it.is_empty()).then(|| text(it));
    let (old, new) = (value(old), value(new));
    field(key, ValueChange::Replaced { old, new })
}

pub fn items(key: &str, added: &[&str], removed: &[&str]) -> FieldChange {
    let all = |values: &[&str]| values.iter().map(|value| text(value)).collect();
    let (added, removed) = (all(added), all(removed));
    field(key, ValueChange::Items { added, removed })
}

pub fn body(kind: &str, id: &str, body: TextChange) -> RecordChange {
    RecordChange {
        body: Some(body),
        ..changed(kind, id, Vec::new())
    }
}

pub fn file(path: &str, what: FileWhat) -> FileChange {
    let path = path.to_owned();
    FileChange { path, what }
}

/// A commit by its moment (`2026-11-12T14:05:00+01:00[Europe/Paris]`), its author and its message.
pub fn commit(when: &str, author: &str, summary: &str, records: Vec<RecordChange>) -> Commit {
    Commit {
        id: String::new(),
        author: author.to_owned(),
        when: when.parse().expect("a moment"),
        summary: summary.to_owned(),
        body: String::new(),
        files: 1,
        changes: Changes {
            records,
            files: Vec::new(),
        },
        request: None,
    }
}

/// The history of some commits, oldest first; each gets a name of its own.
pub fn history(mut commits: Vec<Commit>) -> History {
    for (place, commit) in commits.iter_mut().enumerate() {
        commit.id = format!(
            "{:08x}{}",
            0xa000_0000_u32 + u32::try_from(place).unwrap(),
            "0".repeat(32)
        );
    }
    commits.reverse();
    let mut by_record: BTreeMap<RecordName, Vec<(u32, u32)>> = BTreeMap::new();
    let mut by_path: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (place, commit) in (0_u32..).zip(&commits) {
        for file in &commit.changes.files {
            by_path.entry(file.path.clone()).or_default().push(place);
        }
        for (change, touched) in (0_u32..).zip(&commit.changes.records) {
            let log = by_record.entry(touched.record.key()).or_default();
            log.push((place, change));
        }
    }
    History::new(State::Complete, commits, by_path).with_records(by_record)
}

/// A tag on the commit at a place, newest first.
pub fn tag(name: &str, commit: u32, since: Option<Changes>) -> Tag {
    let name = name.to_owned();
    Tag {
        name,
        message: String::new(),
        commit,
        since,
    }
}
