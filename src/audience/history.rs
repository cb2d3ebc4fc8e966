//! What an audience may know of the past. Of then and now the more restrictive mark wins: a record that is hidden today has no
//! past, one that was hidden once, itself or by its folder, has none of that time. Of kinds and fields, today's marks are
//! those of all times.

use std::collections::{BTreeMap, BTreeSet};

use crate::audience::{Judge, not_available};
use crate::diagnostic::Language;
use crate::history::{
    FieldChange, FileChange, FileWhat, History, RecordChange, RecordName, Recorded, Sight,
    ValueChange,
};
use crate::project::{Project, Record};
use crate::schema::{Field, Kind, Schema, Type};

/// The history of what is left of a project.
pub(super) fn visible(
    judge: &Judge<'_>,
    project: &Project,
    seen: &Project,
    history: &History,
) -> History {
    let mut visible = Visible {
        judge,
        schema: &project.schema,
        language: project.config.language,
        standing: BTreeMap::new(),
        by_file: BTreeMap::new(),
        mixed: BTreeSet::new(),
        attachments: BTreeMap::new(),
    };
    for path in project.attachments.keys() {
        let is_seen = seen.attachments.contains_key(path);
        visible.attachments.insert(path, is_seen);
    }
    for file in &project.files {
        for record in &file.records {
            visible.note(record);
        }
    }
    history.seen(&visible)
}

struct Visible<'a> {
    judge: &'a Judge<'a>,
    schema: &'a Schema,
    language: Language,
    /// The records of today, and whether they are seen.
    standing: BTreeMap<RecordName, bool>,
    by_file: BTreeMap<&'a str, Vec<RecordName>>,
    /// Files with a record that is hidden.
    mixed: BTreeSet<&'a str>,
    /// The files of today that are no records, and whether they are seen.
    attachments: BTreeMap<&'a str, bool>,
}

impl<'a> Visible<'a> {
    fn note(&mut self, record: &'a Record) {
        let name = RecordName {
            kind: record.kind.name.clone(),
            id: record.id.clone(),
            language: record.language,
        };
        let is_seen = self.judge.sees_record(record);
        let path = record.file.path.as_str();
        let standing = self.standing.entry(name.key()).or_insert(is_seen);
        *standing &= is_seen;
        if is_seen {
            self.by_file.entry(path).or_default().push(name.key());
        } else {
            self.mixed.insert(path);
        }
    }

    /// The kind of a change, where it is known and seen.
    fn kind(&self, change: &RecordChange) -> Option<&'a Kind> {
        let kind = self.schema.kind(&change.record.kind)?;
        self.judge.sees_kind(kind).then_some(&**kind)
    }

    /// Whether it was seen then, by the marks of the record then.
    fn was_seen(&self, change: &RecordChange) -> bool {
        let mut paths = [Some(&change.path), change.moved_from.as_ref()]
            .into_iter()
            .flatten();
        self.kind(change).is_some()
            && self.judge.sees_all(&change.audiences)
            && paths.all(|path| self.judge.sees_path(path))
    }

    /// A field's change without the parts that are hidden; nothing of what no schema describes today.
    fn field(&self, kind: &Kind, change: &FieldChange) -> Option<FieldChange> {
        // Who read the record before and after is seen already, or nothing of the change is.
        if change.key == "audience" && kind.index_of(&change.key).is_none() {
            return Some(change.clone());
        }
        let (key, part) = match change.key.split_once('.') {
            Some((key, part)) => (key, Some(part)),
            None => (change.key.as_str(), None),
        };
        let field = kind.fields.iter().find(|field| field.key == key)?;
        let part = match part {
            Some(part) => Some(field.fields().iter().find(|field| field.key == part)?),
            None => None,
        };
        let mut path = [Some(field), part].into_iter().flatten();
        if !path.all(|field| self.judge.sees_field(field)) {
            return None;
        }
        let field = part.unwrap_or(field);
        let one = |value: &Recorded| self.recorded(field, value);
        let list = |values: &[Recorded]| values.iter().map(one).collect();
        let value = match &change.value {
            ValueChange::Replaced { old, new } => {
                let (old, new) = (old.as_ref().map(one), new.as_ref().map(one));
                // What differed is hidden.
                if old == new {
                    return None;
                }
                ValueChange::Replaced { old, new }
            }
            ValueChange::Items { added, removed } => {
                let is_order = added.is_empty() && removed.is_empty();
                let (added, removed) = without_common(list(added), list(removed));
                if added.is_empty() && removed.is_empty() && !is_order {
                    return None;
                }
                ValueChange::Items { added, removed }
            }
            ValueChange::Text(text) => ValueChange::Text(text.clone()),
            ValueChange::Hidden => ValueChange::Hidden,
        };
        Some(FieldChange {
            key: change.key.clone(),
            value,
        })
    }

    fn recorded(&self, field: &Field, value: &Recorded) -> Recorded {
        match value {
            Recorded::List(items) => Recorded::List(
                items
                    .iter()
                    .map(|item| self.recorded(field, item))
                    .collect(),
            ),
            Recorded::Structure(parts) => {
                let left = parts.iter().filter_map(|(key, value)| {
                    let part = field.fields().iter().find(|part| part.key == *key)?;
                    let value = self
                        .judge
                        .sees_field(part)
                        .then(|| self.recorded(part, value))?;
                    Some((key.clone(), value))
                });
                Recorded::Structure(left.collect())
            }
            Recorded::Text(_)
                if field
                    .fields()
                    .iter()
                    .any(|part| !self.judge.sees_field(part)) =>
            {
                Recorded::Text(not_available(self.language).to_owned())
            }
            Recorded::Text(text) => match &field.value {
                Type::Reference(kinds) if !self.names_one(kinds, text) => {
                    Recorded::Text(not_available(self.language).to_owned())
                }
                _ => value.clone(),
            },
        }
    }

    /// Whether an id is that of a record that is seen.
    fn names_one(&self, kinds: &[String], written: &str) -> bool {
        let id = written.split_once(':').map_or(written, |(_, id)| id);
        kinds.iter().any(|kind| {
            [written, id].iter().any(|id| {
                self.stands(&RecordName {
                    kind: kind.clone(),
                    id: (*id).to_owned(),
                    language: None,
                })
            })
        })
    }
}

/// Items that came and went, without those that did both: what they differed in is hidden.
fn without_common(
    mut added: Vec<Recorded>,
    mut removed: Vec<Recorded>,
) -> (Vec<Recorded>, Vec<Recorded>) {
    added.retain(
        |item| match removed.iter().position(|other| other == item) {
            Some(place) => {
                removed.remove(place);
                false
            }
            None => true,
        },
    );
    (added, removed)
}

impl Sight for Visible<'_> {
    fn record(&self, change: &RecordChange) -> Option<RecordChange> {
        let kind = self.kind(change).filter(|_| self.was_seen(change))?;
        let title = kind.fields.iter().find(|field| field.key == kind.title);
        let has_title = title.is_none_or(|field| self.judge.sees_field(field));
        let fields = change.fields.iter();
        let seen = RecordChange {
            title: change.title.clone().filter(|_| has_title),
            fields: fields.filter_map(|it| self.field(kind, it)).collect(),
            ..change.clone()
        };
        // Where only what is hidden changed, nothing did.
        let is_empty = seen.fields.is_empty()
            && seen.body.is_none()
            && seen.moved_from.is_none()
            && seen.renamed_from.is_none();
        let only_hidden = is_empty && !change.fields.is_empty();
        (!only_hidden).then_some(seen)
    }

    fn log(&self, today: &RecordName, log: &[&RecordChange]) -> bool {
        match self.standing.get(&today.key()) {
            Some(is_seen) => *is_seen,
            None => log.iter().all(|change| self.was_seen(change)),
        }
    }

    fn file(&self, change: &FileChange) -> bool {
        let path = change.path.as_str();
        match change.what {
            FileWhat::Added | FileWhat::Removed | FileWhat::Changed => {
                // What the site is made by tells of what is hidden, too; a file that nothing names is in nobody's site.
                let is_seen = self.attachments.get(path).copied();
                is_seen.unwrap_or(!self.judge.is_partial())
            }
            FileWhat::Reformatted | FileWhat::Broken | FileWhat::Mended => {
                self.by_file.contains_key(path) && !self.mixed.contains(path)
            }
        }
    }

    fn records_of(&self, path: &str) -> Vec<RecordName> {
        self.by_file.get(path).cloned().unwrap_or_default()
    }

    fn stands(&self, name: &RecordName) -> bool {
        self.standing.get(&name.key()).copied().unwrap_or(false)
    }
}
