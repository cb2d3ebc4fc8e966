//! One record with the fields that an audience reads: what its entries, references and texts hold of others is gone, and
//! what is left counts from zero again.

use std::sync::Arc;

use crate::audience::Judge;
use crate::markdown::Document;
use crate::project::{Entry, FieldReference, Placed, Record, Value};
use crate::schema::{Field, Schema};

/// A record that is read, by the schema that is left; `None` where that has not its kind.
pub(super) fn visible(
    judge: &Judge<'_>,
    record: &Arc<Record>,
    schema: &Arc<Schema>,
) -> Option<Arc<Record>> {
    let kind = schema.kind(&record.kind.name)?;
    if *kind == record.kind && record.audience.is_none() {
        return Some(Arc::clone(record));
    }
    let mut left = Left {
        judge,
        record,
        references: Vec::new(),
        documents: Vec::new(),
    };
    let entries = left.entries((&record.kind.fields, &kind.fields), &record.entries, None);
    let body = record.body.map(|body| left.document(body));
    let Left {
        references,
        documents,
        ..
    } = left;
    let mut seen = Record::clone(record);
    seen.forget_names();
    seen.kind = Arc::clone(kind);
    seen.entries = entries;
    seen.references = references;
    seen.documents = documents;
    seen.body = body;
    seen.audience = None;
    Some(Arc::new(seen))
}

/// What is left of a record.
struct Left<'a> {
    judge: &'a Judge<'a>,
    record: &'a Record,
    references: Vec<FieldReference>,
    documents: Vec<Arc<Document>>,
}

impl Left<'_> {
    fn entries(
        &mut self,
        (old, new): (&[Field], &[Field]),
        entries: &[Entry],
        within: Option<usize>,
    ) -> Vec<Entry> {
        let mut left = Vec::new();
        for entry in entries {
            let field = &old[entry.field];
            let place = new.iter().position(|other| other.key == field.key);
            let Some(place) = place.filter(|_| self.judge.sees_field(field)) else {
                continue;
            };
            let path = (within.unwrap_or(place), within.map(|_| place));
            let fields = (field, &new[place]);
            let value = self.value(fields, &entry.value, path);
            left.push(Entry {
                field: place,
                key: entry.key,
                value,
            });
        }
        left.sort_by_key(|entry| entry.field);
        left
    }

    fn value(
        &mut self,
        fields: (&Field, &Field),
        placed: &Placed,
        path: (usize, Option<usize>),
    ) -> Placed {
        let value = match &placed.value {
            Value::List(items) => {
                let items = items.iter();
                Value::List(items.map(|item| self.value(fields, item, path)).collect())
            }
            Value::Structure(entries) => {
                let parts = (fields.0.fields(), fields.1.fields());
                Value::Structure(self.entries(parts, entries, Some(path.0)))
            }
            Value::Reference(place) => {
                self.references.push(FieldReference {
                    field: path.0,
                    part: path.1,
                    ..self.record.references[*place].clone()
                });
                Value::Reference(self.references.len() - 1)
            }
            Value::Markdown(place) => Value::Markdown(self.document(*place)),
            // Written as a text where parts were expected, it may hold a part that is hidden.
            Value::Invalid(_) if self.hides_a_part(fields.0) => Value::Secret,
            value => value.clone(),
        };
        Placed {
            range: placed.range,
            value,
        }
    }

    fn hides_a_part(&self, field: &Field) -> bool {
        let mut parts = field.fields().iter();
        parts.any(|part| !self.judge.sees_field(part))
    }

    fn document(&mut self, place: usize) -> usize {
        self.documents
            .push(Arc::clone(&self.record.documents[place]));
        self.documents.len() - 1
    }
}
