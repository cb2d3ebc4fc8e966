//! One record's change in a language: labels for keys, words for values; the canonical values stay
//! beside them for programs.

use serde::Serialize;

use crate::changelog::find::asked_as;
use crate::diagnostic::Language;
use crate::estate::{Estate, ItemChange, alike_items, field_label, field_of, recorded};
use crate::history::{FieldChange, RecordChange, Recorded, TextChange, ValueChange, What};

/// What happened to a record, told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordTold {
    /// What happened.
    pub what: What,
    /// Its kind.
    pub kind: String,
    /// What its kind is called; the name for a kind that is no more.
    pub kind_label: String,
    /// Its id; `""` for the page of a whole folder.
    pub id: String,
    /// The language of a translation.
    pub language: Option<Language>,
    /// What it was called then.
    pub title: Option<String>,
    /// Its file.
    pub path: String,
    /// The file it came from.
    pub moved_from: Option<String>,
    /// The id it had.
    pub renamed_from: Option<String>,
    /// Its fields that changed.
    pub fields: Vec<FieldTold>,
    /// What changed in its Markdown.
    pub body: Option<TextChange>,
}

/// What happened to a field, told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldTold {
    /// Its key.
    pub key: String,
    /// Its label; the key again when today's schema does not know it.
    pub label: String,
    /// What happened to its value.
    #[serde(flatten)]
    pub change: ValueChangeTold,
}

/// What happened to a value, told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum ValueChangeTold {
    /// One value took the place of another.
    Replaced {
        /// Before; `None` where nothing was written.
        old: Option<ValueTold>,
        /// After.
        new: Option<ValueTold>,
    },
    /// Items came and went; both empty when only their order changed.
    Items {
        /// New ones.
        added: Vec<ValueTold>,
        /// Those that are gone.
        removed: Vec<ValueTold>,
        /// Which of them are one item that changed in part; for people, programs have both.
        #[serde(skip)]
        alike: Vec<ItemChange>,
    },
    /// A long text changed.
    Text(TextChange),
    /// Never told.
    Hidden,
}

/// A value in canonical form and in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValueTold {
    /// Canonical: `2026-11-20`, `true`, `1249.90`, the key of a choice.
    pub value: Recorded,
    /// As the reader's language writes it.
    pub text: String,
}

impl ValueChangeTold {
    /// The items that came and those that went, without those that only changed in part.
    pub(super) fn whole_items(&self) -> [Vec<&ValueTold>; 2] {
        let Self::Items {
            added,
            removed,
            alike,
        } = self
        else {
            return [Vec::new(), Vec::new()];
        };
        let rest = |items: &'_ [ValueTold], is_told: &dyn Fn(usize) -> bool| -> Vec<usize> {
            (0..items.len()).filter(|at| !is_told(*at)).collect()
        };
        let came = rest(added, &|at| alike.iter().any(|item| item.added == at));
        let went = rest(removed, &|at| alike.iter().any(|item| item.removed == at));
        [
            came.into_iter().map(|at| &added[at]).collect(),
            went.into_iter().map(|at| &removed[at]).collect(),
        ]
    }
}

impl RecordTold {
    /// Whether words of a long text are told.
    pub(super) fn has_words(&self) -> bool {
        let texts = self.fields.iter().filter_map(|field| match &field.change {
            ValueChangeTold::Text(change) => Some(change),
            _ => None,
        });
        let mut texts = texts.chain(&self.body);
        texts.any(|text| !text.passages.is_empty())
    }

    /// Tells a change, with the labels and titles of an estate.
    pub fn new(estate: &Estate, change: &RecordChange, language: Language) -> Self {
        let name = &change.record;
        let kind = estate.schema.kind(&name.kind);
        let label = kind.map_or(name.kind.as_str(), |kind| kind.labels.get(language));
        let fields = change.fields.iter();
        Self {
            what: change.what,
            kind: name.kind.clone(),
            kind_label: label.to_owned(),
            id: name.id.clone(),
            language: name.language,
            title: change.title.clone(),
            path: change.path.clone(),
            moved_from: change.moved_from.clone(),
            renamed_from: change.renamed_from.clone(),
            fields: fields
                .map(|field| field_told(estate, &name.kind, field, language))
                .collect(),
            body: change.body.clone(),
        }
    }

    /// What names it on a command line: `asset:srv-ad-01`, `procedure:vpn.en` for a translation; its
    /// path for the page of a folder.
    pub fn name(&self) -> String {
        if self.id.is_empty() {
            return self.path.clone();
        }
        asked_as(&self.kind, &self.id, self.language)
    }
}

fn field_told(estate: &Estate, kind: &str, change: &FieldChange, language: Language) -> FieldTold {
    let key = &change.key;
    let kind = estate.schema.kind(kind);
    let label = kind.map_or_else(|| key.clone(), |kind| field_label(kind, key, language));
    let field = kind.and_then(|kind| field_of(kind, key));
    let change = match (&change.value, field) {
        // The producer hides these already; what an older cache kept is not told either.
        (_, None) | (ValueChange::Hidden, _) => ValueChangeTold::Hidden,
        (_, Some(field)) if field.secret => ValueChangeTold::Hidden,
        (ValueChange::Text(text), _) => ValueChangeTold::Text(text.clone()),
        (ValueChange::Replaced { old, new }, Some(field)) => {
            let told = |value: &Option<Recorded>| {
                value.as_ref().map(|value| ValueTold {
                    value: value.clone(),
                    text: recorded(estate, field, value, language),
                })
            };
            ValueChangeTold::Replaced {
                old: told(old),
                new: told(new),
            }
        }
        (ValueChange::Items { added, removed }, Some(field)) => {
            let told = |values: &[Recorded]| {
                let values = values.iter().map(|value| ValueTold {
                    value: value.clone(),
                    text: recorded(estate, field, value, language),
                });
                values.collect()
            };
            ValueChangeTold::Items {
                added: told(added),
                removed: told(removed),
                alike: alike_items(estate, field, [removed, added], language),
            }
        }
    };
    FieldTold {
        key: key.clone(),
        label,
        change,
    }
}
