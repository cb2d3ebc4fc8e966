//! One record as written, and typed views of its fields.

use std::sync::{Arc, OnceLock};

use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;

use crate::diagnostic::Language;
use crate::markdown::Document;
use crate::project::location::Area;
use crate::project::names::Names;
use crate::project::value::{Duration, Entry, Placed, Value};
use crate::schema::{Field, Kind};
use crate::source::{SourceFile, Span, TextRange};

/// A record: kind, id, fields, and Markdown.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its kind.
    pub kind: Arc<Kind>,
    /// Its id as written, or the one its path gives; `""` for the page of a whole folder.
    pub id: String,
    /// Where the id stands (the start of the record when the path gives it).
    pub id_range: TextRange,
    /// Where the record stands in its file.
    pub range: TextRange,
    /// Its file.
    pub file: Arc<SourceFile>,
    /// Which tree it is in.
    pub area: Area,
    /// The language of a translation.
    pub language: Option<Language>,
    /// The fields written, in the schema's order.
    pub entries: Vec<Entry>,
    /// Every reference in its fields; values hold positions in this list.
    pub references: Vec<FieldReference>,
    /// Every Markdown text in it; values hold positions in this list.
    pub documents: Vec<Arc<Document>>,
    /// The document of its body.
    pub body: Option<usize>,
    /// Who reads it, as written; everybody without one. `""` is nobody: what is written there is no name.
    pub audience: Option<(String, TextRange)>,
    /// Filled when they are first asked for.
    pub(in crate::project) names: OnceLock<Names>,
}

/// A reference in a field, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldReference {
    /// `id` or `kind:id`.
    pub text: String,
    /// Where.
    pub range: TextRange,
    /// Position of the field among the kind's fields.
    pub field: usize,
    /// Position of the field within the structure, when it stands in one.
    pub part: Option<usize>,
}

/// The fields of a record or of one structure in it, read by key. Reading a key with another type
/// than the schema gives it is a bug, and gives nothing.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The fields that may be written.
    pub fields: &'a [Field],
    /// Those that were.
    pub entries: &'a [Entry],
}

impl Record {
    /// The record's fields.
    pub fn view(&self) -> View<'_> {
        View {
            fields: &self.kind.fields,
            entries: &self.entries,
        }
    }

    /// The document of its body.
    pub fn body(&self) -> Option<&Arc<Document>> {
        self.body.map(|index| &self.documents[index])
    }

    /// A place in its file.
    pub fn span(&self, range: TextRange) -> Span {
        Span::new(&self.file, range)
    }

    /// The field of a reference.
    pub fn field_of(&self, reference: &FieldReference) -> &Field {
        let field = &self.kind.fields[reference.field];
        reference.part.map_or(field, |part| &field.fields()[part])
    }
}

impl<'a> View<'a> {
    /// The fields that it may have.
    pub fn fields(&self) -> &'a [Field] {
        self.fields
    }

    /// The entry of a key.
    pub fn entry(&self, key: &str) -> Option<&'a Entry> {
        let index = self.fields.iter().position(|field| field.key == key)?;
        self.entries.iter().find(|entry| entry.field == index)
    }

    /// The field and value of a key.
    pub fn get(&self, key: &str) -> Option<(&'a Field, &'a Value)> {
        let entry = self.entry(key)?;
        Some((&self.fields[entry.field], &entry.value.value))
    }

    /// The values of a key: each item of a list, or the one value.
    pub fn values(&self, key: &str) -> &'a [Placed] {
        self.entry(key)
            .map_or(&[], |entry| match &entry.value.value {
                Value::List(items) => items,
                _ => std::slice::from_ref(&entry.value),
            })
    }

    /// A text, or the text of an address, e-mail or file.
    pub fn text(&self, key: &str) -> Option<&'a str> {
        match self.get(key)?.1 {
            Value::Text(text) | Value::Url(text) | Value::Email(text) | Value::File(text) => {
                Some(text)
            }
            _ => None,
        }
    }

    /// A day.
    pub fn date(&self, key: &str) -> Option<Date> {
        match self.get(key)?.1 {
            Value::Date(date) => Some(*date),
            Value::DateTime(moment) => Some(moment.date()),
            _ => None,
        }
    }

    /// A day and time.
    pub fn date_time(&self, key: &str) -> Option<DateTime> {
        match self.get(key)?.1 {
            Value::DateTime(moment) => Some(*moment),
            _ => None,
        }
    }

    /// A whole number.
    pub fn integer(&self, key: &str) -> Option<i64> {
        match self.get(key)?.1 {
            Value::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// An amount or a number with decimals.
    pub fn decimal(&self, key: &str) -> Option<Decimal> {
        match self.get(key)?.1 {
            Value::Money(number) | Value::Decimal(number) => Some(*number),
            _ => None,
        }
    }

    /// Yes or no.
    pub fn boolean(&self, key: &str) -> Option<bool> {
        match self.get(key)?.1 {
            Value::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// A length of time.
    pub fn duration(&self, key: &str) -> Option<Duration> {
        match self.get(key)?.1 {
            Value::Duration(duration) => Some(*duration),
            _ => None,
        }
    }

    /// The choice of an enumeration.
    pub fn choice(&self, key: &str) -> Option<&'a crate::schema::Choice> {
        match self.get(key)? {
            (field, Value::Choice(index)) => field.choices().get(*index),
            _ => None,
        }
    }

    /// The values of a list of an enumeration.
    pub fn choices(&self, key: &str) -> impl Iterator<Item = &'a crate::schema::Choice> + use<'a> {
        let index = self.fields.iter().position(|field| field.key == key);
        let choices = index.map_or(&[][..], |index| self.fields[index].choices());
        self.values(key)
            .iter()
            .filter_map(|placed| match placed.value {
                Value::Choice(index) => choices.get(index),
                _ => None,
            })
    }

    /// The positions of references in the record's list.
    pub fn references(&self, key: &str) -> impl Iterator<Item = usize> + use<'a> {
        self.values(key)
            .iter()
            .filter_map(|placed| match placed.value {
                Value::Reference(index) => Some(index),
                _ => None,
            })
    }

    /// The structures of a key.
    pub fn structures(&self, key: &str) -> impl Iterator<Item = View<'a>> + use<'a> {
        let fields = self.get(key).map_or(&[][..], |(field, _)| field.fields());
        self.values(key)
            .iter()
            .filter_map(move |placed| match &placed.value {
                Value::Structure(entries) => Some(View { fields, entries }),
                _ => None,
            })
    }
}
