//! One record: keys looked up in the schema, scalars typed, references and Markdown kept with their
//! places. What is wrong is said in the words of `reports`.

mod audience;
mod reports;

use std::sync::{Arc, OnceLock};

use crate::diagnostic::Diagnostic;
use crate::fold::slug;
use crate::markdown;
use crate::project::location::Location;
use crate::project::record::{FieldReference, Record};
use crate::project::rules::{INVALID_ID, MISSING_FIELD, WRONG_TYPE};
use crate::project::scalar::scalar;
use crate::project::shared_secrets::SharedSecrets;
use crate::project::value::{Entry, Placed, Value};
use crate::schema::{Field, Type, find_field};
use crate::source::{SourceFile, TextRange};
use crate::text;
use crate::yaml::{Node, Shape, is_explicit_key};

/// The longest part of an id between slashes, in bytes of its address.
const LONGEST_ID_PART: usize = 120;

/// What records are read for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To be shown, and judged.
    Site,
    /// To be compared with another version: nobody is told of mistakes, Markdown is not read.
    Comparison,
}

/// Why a number of the right type is no value of its field.
#[derive(Clone, Copy)]
enum Refusal {
    Negative,
    NotPositive,
    /// Beyond this number, on either side of zero.
    Beyond(i64),
}

impl Refusal {
    fn of(field: &Field, value: &Value) -> Option<Self> {
        if let Some(bound) = value.bound_passed() {
            return Some(Self::Beyond(bound));
        }
        if field.positive && (value.is_negative() || value.is_zero()) {
            return Some(Self::NotPositive);
        }
        (field.not_negative && value.is_negative()).then_some(Self::Negative)
    }
}

/// Reads one record.
pub(super) struct RecordReader<'a> {
    source: &'a Arc<SourceFile>,
    location: &'a Location,
    diagnostics: &'a mut Vec<Diagnostic>,
    purpose: Purpose,
    shared: &'a SharedSecrets,
    references: Vec<FieldReference>,
    documents: Vec<Arc<markdown::Document>>,
}

impl<'a> RecordReader<'a> {
    pub(super) fn new(
        source: &'a Arc<SourceFile>,
        location: &'a Location,
        diagnostics: &'a mut Vec<Diagnostic>,
        (purpose, shared): (Purpose, &'a SharedSecrets),
    ) -> Self {
        Self {
            source,
            location,
            diagnostics,
            purpose,
            shared,
            references: Vec::new(),
            documents: Vec::new(),
        }
    }

    /// The record of a mapping; `path_id` is the id its path gives, `None` in a list.
    pub(super) fn record(mut self, node: &Node, path_id: Option<&str>) -> Option<Record> {
        let Shape::Mapping(entries) = &node.shape else {
            let message = text!(
                "une fiche est faite de lignes `clé: valeur`",
                "a record is made of `key: value` lines"
            );
            self.report(WRONG_TYPE, node.range, message, None);
            return None;
        };
        let start = TextRange {
            start: node.range.start,
            end: entries
                .first()
                .map_or(node.range.start, |(key, _)| key.range.end),
        };
        let given = self.written_id(node);
        let Some(id) = given.or_else(|| path_id.map(|id| (id.to_owned(), start))) else {
            if node.get("id").is_none_or(|id| id.text().is_some()) {
                self.report_without_id(start);
            }
            return None;
        };
        self.check_id(&id);
        let kind = Arc::clone(&self.location.kind);
        let rest: Vec<&(Node, Node)> = entries
            .iter()
            .filter(|(key, _)| !matches!(key.text(), Some("id" | audience::KEY)))
            .collect();
        let audience = self.audience(node);
        let entries = self.entries(&rest, &kind.fields, None, start);
        Some(Record {
            audience,
            ..self.finish(entries, id, node.range)
        })
    }

    /// The id as written; `None` when nothing is written, or no text.
    fn written_id(&mut self, node: &Node) -> Option<(String, TextRange)> {
        let id = node.get("id").filter(|id| !id.is_empty())?;
        if self.shared.holds(id) {
            self.report_shared(id);
            return None;
        }
        let Some(text) = id.text() else {
            let message = text!(
                "`id` attend un texte, pas une liste ni des clés",
                "`id` expects a text, not a list or keys"
            );
            self.report(WRONG_TYPE, id.range, message, None);
            return None;
        };
        let text = text.trim();
        (!text.is_empty()).then(|| (text.to_owned(), id.range))
    }

    /// The record of what was read.
    pub(super) fn finish(
        self,
        entries: Vec<Entry>,
        id: (String, TextRange),
        range: TextRange,
    ) -> Record {
        Record {
            kind: Arc::clone(&self.location.kind),
            id: id.0,
            id_range: id.1,
            range,
            file: Arc::clone(self.source),
            area: self.location.area,
            language: self.location.language,
            entries,
            references: self.references,
            documents: self.documents,
            body: None,
            audience: None,
            names: OnceLock::new(),
        }
    }

    fn check_id(&mut self, (id, range): &(String, TextRange)) {
        // File systems take names of 255 bytes, and publishing needs some for itself.
        let fits = |part: &str| (1..=LONGEST_ID_PART).contains(&slug(part).len());
        let usable = id.is_empty() || id.split('/').all(fits);
        let plain = !id.contains(['#', '|', '[', ']', '\n', '\\']);
        if !usable || !plain {
            let message = text!(
                "`{id}` ne peut pas servir d’identifiant",
                "`{id}` cannot be an id"
            );
            let help = text!(
                "lettres, chiffres, `-`, `_`, `.` et `/` suffisent",
                "letters, digits, `-`, `_`, `.` and `/` are enough"
            );
            self.report(INVALID_ID, *range, message, Some(help));
        }
    }

    /// The fields of a mapping. `within` is the position of the structure's field in the kind.
    fn entries(
        &mut self,
        written: &[&(Node, Node)],
        fields: &[Field],
        within: Option<usize>,
        start: TextRange,
    ) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        for (key, node) in written {
            let Some(name) = key.text().filter(|name| !name.is_empty()) else {
                self.report_no_key(key.range);
                continue;
            };
            let Some((index, field)) = find_field(fields, name) else {
                // `? text` is a key in no author's mind: it may be anything, so it is not repeated.
                if is_explicit_key(&self.source.text, key) || self.shared.holds(key) {
                    self.report_no_key(key.range);
                } else if self.purpose == Purpose::Site {
                    self.report_unknown(key.range, name, fields, within.is_some());
                }
                continue;
            };
            if let Some(first) = entries
                .iter()
                .find(|entry| entry.field == index)
                .map(|entry| entry.key)
            {
                self.report_twice(field, first, key.range);
                continue;
            }
            if node.is_empty() {
                continue;
            }
            let path = (within.unwrap_or(index), within.map(|_| index));
            if let Some(value) = self.value(node, field, path) {
                entries.push(Entry {
                    field: index,
                    key: key.range,
                    value,
                });
            }
        }
        entries.sort_by_key(|entry| entry.field);
        if self.purpose == Purpose::Site {
            self.check_required(written, fields, &entries, start);
        }
        entries
    }

    fn check_required(
        &mut self,
        written: &[&(Node, Node)],
        fields: &[Field],
        entries: &[Entry],
        start: TextRange,
    ) {
        for (index, field) in fields
            .iter()
            .enumerate()
            .filter(|(_, field)| field.required)
        {
            let is_key = |(key, _): &&&(Node, Node)| {
                let found = find_field(fields, key.text().unwrap_or_default());
                found.is_some_and(|(found, _)| found == index)
            };
            let is_written = |pair: &&(Node, Node)| !pair.1.is_empty() && is_key(&pair);
            let given =
                entries.iter().any(|entry| entry.field == index) || written.iter().any(is_written);
            // The title of a Markdown file may be its first heading or its name.
            let derived = self.location.markdown && field.key == self.location.kind.title;
            if !given && !derived {
                let key = &field.key;
                let message = text!("il manque `{key}`", "`{key}` is missing");
                let help = field.help.clone().unwrap_or_else(|| {
                    let (fr, en) = (&field.labels.fr, &field.labels.en);
                    text!("ajoutez `{key}: …` ({fr})", "add `{key}: …` ({en})")
                });
                // A key whose value was left out is a better place than the record.
                let place = written
                    .iter()
                    .find(is_key)
                    .map_or(start, |(key, _)| key.range);
                self.report(MISSING_FIELD, place, message, Some(help));
            }
        }
    }

    fn value(
        &mut self,
        node: &Node,
        field: &Field,
        path: (usize, Option<usize>),
    ) -> Option<Placed> {
        if field.secret {
            self.check_kept(node, field);
            return Some(Placed {
                range: node.range,
                value: Value::Secret,
            });
        }
        if self.shared.holds(node) {
            return Some(self.shared_secret(node));
        }
        match &node.shape {
            Shape::Sequence(items) if field.list => {
                let values = items.iter().filter(|item| !item.is_empty());
                let values: Vec<Placed> = values
                    .filter_map(|item| self.one(item, field, path))
                    .collect();
                Some(Placed {
                    range: node.range,
                    value: Value::List(values),
                })
            }
            _ => {
                let one = self.one(node, field, path)?;
                let range = one.range;
                let value = if field.list {
                    Value::List(vec![one])
                } else {
                    one.value
                };
                Some(Placed { range, value })
            }
        }
    }

    fn one(&mut self, node: &Node, field: &Field, path: (usize, Option<usize>)) -> Option<Placed> {
        let range = node.range;
        if self.shared.holds(node) {
            return Some(self.shared_secret(node));
        }
        if self.purpose == Purpose::Site {
            self.check_cut(node);
        }
        let value = match (&field.value, &node.shape) {
            (Type::Structure(fields), Shape::Mapping(entries)) => {
                let written: Vec<&(Node, Node)> = entries.iter().collect();
                let start = entries.first().map_or(range, |(key, _)| key.range);
                Some(Value::Structure(self.entries(
                    &written,
                    fields,
                    Some(path.0),
                    start,
                )))
            }
            (Type::Reference(_), Shape::Scalar { text, .. }) => {
                let text = text.trim().to_owned();
                self.references.push(FieldReference {
                    text,
                    range,
                    field: path.0,
                    part: path.1,
                });
                Some(Value::Reference(self.references.len() - 1))
            }
            (Type::Markdown, Shape::Scalar { text, .. }) => {
                self.documents.push(match self.purpose {
                    Purpose::Site => {
                        let document = markdown::parse_inline(self.source, text, range);
                        let found = document.diagnostics.iter();
                        self.diagnostics.extend(found.cloned());
                        Arc::new(document)
                    }
                    Purpose::Comparison => Arc::default(),
                });
                Some(Value::Markdown(self.documents.len() - 1))
            }
            (value_type, Shape::Scalar { text, .. }) => scalar(value_type, text),
            _ => None,
        };
        let refusal = value.as_ref().and_then(|value| Refusal::of(field, value));
        let value = value.filter(|_| refusal.is_none());
        if value.is_none() {
            match self.purpose {
                Purpose::Site if let Some(refusal) = refusal => {
                    self.report_refused(node, field, refusal);
                }
                Purpose::Site => self.report_wrong_type(node, field),
                Purpose::Comparison => {}
            }
            let written = node.text().map(|text| Value::Invalid(text.to_owned()));
            return written.map(|value| Placed { range, value });
        }
        value.map(|value| Placed { range, value })
    }

    /// What stands in the place of a value that a secret field shares: nothing is kept of it.
    fn shared_secret(&mut self, node: &Node) -> Placed {
        if self.purpose == Purpose::Site {
            self.report_shared(node);
        }
        Placed {
            range: node.range,
            value: Value::Secret,
        }
    }

    /// Reads Markdown that stands in the file as it is; gives its position among the record's.
    pub(super) fn document(&mut self, body: TextRange) -> Option<usize> {
        if self.purpose == Purpose::Comparison {
            return None;
        }
        let document = Arc::new(markdown::parse(self.source, body));
        self.diagnostics
            .extend(document.diagnostics.iter().cloned());
        self.documents.push(document);
        Some(self.documents.len() - 1)
    }
}
