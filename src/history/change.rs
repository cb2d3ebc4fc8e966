//! What a commit changed, as data: record by record, field by field, in no language.
//!
//! Values are kept as canonical texts (a day as `2026-11-20`, `oui` as `true`), not as typed values:
//! they are compared, cached and, by today's schema, shown. What must stay hidden is never in here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Language;
use crate::fold;

/// What happened between two states of the project: one commit and its parents, two tags, the last
/// commit and the disk.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Changes {
    /// Records, sorted by kind, id and language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<RecordChange>,
    /// Files about which records alone do not say everything, sorted by path.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileChange>,
}

/// What happened to one record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RecordChange {
    /// Which record, as it is named after the change (before it, when removed).
    pub record: RecordName,
    /// What it was called then; `None` when it had no title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its file from the project's root, after the change (before it, when removed).
    pub path: String,
    /// What happened.
    pub what: What,
    /// Who read it and its folders, before the change and after it, as written; `""` for what was no name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<String>,
    /// The file it came from, when it moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<String>,
    /// The id it had, when its file's new name gave it another, or when it is spelt in other letters
    /// now (`pc-01`, then `PC-01`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renamed_from: Option<String>,
    /// Fields that changed, in the schema's order, keys unknown to the schema last. Empty for a
    /// record that was added or removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldChange>,
    /// What changed in its Markdown body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<TextChange>,
}

/// What names a record through the whole history.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordName {
    /// Its kind: `asset`.
    pub kind: String,
    /// Its id as written; `""` for the page of a whole folder.
    pub id: String,
    /// The language of a translation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

impl RecordName {
    /// The same for every spelling of an id that means one record (case, Unicode form).
    #[must_use]
    pub fn key(&self) -> Self {
        Self {
            id: fold::case_fold(&self.id),
            ..self.clone()
        }
    }
}

/// What happened to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// It was not there before.
    Added,
    /// It is there no longer.
    Removed,
    /// What it says changed, or where it stands.
    Changed,
    /// Only its writing changed: comments, order, quoting, line ends.
    Reformatted,
    /// What it says is unknown: its file cannot be read. Told in the log of a record alone, see
    /// [`History::unreadable`](super::History::unreadable); no [`Changes`] hold it.
    Unreadable,
}

/// What happened to one field of a record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field's key; as written, when today's schema does not know it.
    pub key: String,
    /// What happened to its value.
    pub value: ValueChange,
}

/// What happened to a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueChange {
    /// One value took the place of another; `None` where the field was not written.
    Replaced {
        /// Before.
        old: Option<Recorded>,
        /// After.
        new: Option<Recorded>,
    },
    /// Items of a list came and went; both empty when only their order changed.
    Items {
        /// Items that were not there, in the order written.
        added: Vec<Recorded>,
        /// Items that are there no longer, in the order they were written.
        removed: Vec<Recorded>,
    },
    /// A long text changed.
    Text(TextChange),
    /// A value that is never told: the field is secret, was secret once, or is unknown to today's
    /// schema.
    Hidden,
}

/// A value as it was recorded, in canonical form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Recorded {
    /// One value. Days are `2026-11-20`, moments `2026-11-20T09:30:00`, booleans `true` and
    /// `false`, amounts and numbers plain decimals, durations `P1M2DT30M`, choices their keys,
    /// references as written, networks `192.0.2.0/24`; everything else as written.
    Text(String),
    /// A list.
    List(Vec<Recorded>),
    /// A structure: its fields by key.
    Structure(BTreeMap<String, Recorded>),
}

impl Recorded {
    /// Whether it is a structure.
    pub fn is_structure(&self) -> bool {
        matches!(self, Self::Structure(_))
    }
}

/// What changed in a long text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TextChange {
    /// Sections touched, in the order of the text.
    pub sections: Vec<SectionChange>,
    /// The passages that changed, word by word, with a little of what stands around them.
    pub passages: Vec<Passage>,
    /// There was more: `passages` was cut at its bound.
    #[serde(default)]
    pub cut: bool,
}

/// A section of a text that changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SectionChange {
    /// Its heading; `""` for what stands before the first one.
    pub heading: String,
    /// What happened: added, removed or changed.
    pub what: What,
}

/// A run of text, with what was taken out of it and put into it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Passage {
    /// Pieces in reading order.
    pub pieces: Vec<Piece>,
    /// Text that is in both versions stands before it and is left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub after_more: bool,
    /// The same behind it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub before_more: bool,
}

impl Passage {
    /// The pieces for readers: with an ellipsis where text is left out.
    pub fn excerpt(&self) -> Vec<Piece> {
        let mut pieces = self.pieces.clone();
        if self.after_more {
            match pieces.first_mut() {
                Some(Piece::Same(text)) => *text = format!("… {}", text.trim_start()),
                _ => pieces.insert(0, Piece::Same("… ".to_owned())),
            }
        }
        if self.before_more {
            match pieces.last_mut() {
                Some(Piece::Same(text)) => *text = format!("{} …", text.trim_end()),
                _ => pieces.push(Piece::Same(" …".to_owned())),
            }
        }
        pieces
    }
}

/// A piece of a passage. Line ends of the text are kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Piece {
    /// In both versions.
    Same(String),
    /// In the older one only.
    Removed(String),
    /// In the newer one only.
    Added(String),
}

/// What happened to a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FileChange {
    /// From the project's root, after the change (before it, when removed).
    pub path: String,
    /// What happened.
    pub what: FileWhat,
}

/// What is said of a file itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileWhat {
    /// A file without records (a picture, `carnet.yaml`, a kind's schema) was added.
    Added,
    /// A file without records was removed.
    Removed,
    /// A file without records changed.
    Changed,
    /// A file of several records changed in its writing only, and in none of them.
    Reformatted,
    /// It cannot be read after the change: nothing is known of its records from here to the commit
    /// that mends it.
    Broken,
    /// It could not be read before the change, and can after it.
    Mended,
}
