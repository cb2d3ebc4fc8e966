//! What a record says today, in the canonical texts of the history: what an import compares with
//! what another system says.

use std::collections::BTreeMap;

use super::canonical;
use crate::history::Recorded;
use crate::project::{Entry, Placed, Record, Value};
use crate::schema::Field;
use crate::source::{SourceFile, TextRange};
use crate::yaml;

/// The values of a record by its fields' keys. Secrets are left out; a value that does not fit its
/// field is given as it was written.
pub fn values(record: &Record) -> BTreeMap<String, Recorded> {
    of_entries(record, &record.entries, &record.kind.fields)
}

/// One of the [`values`] of a record.
pub fn value_of(record: &Record, key: &str) -> Option<Recorded> {
    let index = record.kind.index_of(key)?;
    let entry = record.entries.iter().find(|entry| entry.field == index)?;
    value(record, &record.kind.fields[index], &entry.value)
}

fn of_entries(record: &Record, entries: &[Entry], fields: &[Field]) -> BTreeMap<String, Recorded> {
    let told = entries.iter().filter_map(|entry| {
        let field = &fields[entry.field];
        Some((field.key.clone(), value(record, field, &entry.value)?))
    });
    told.collect()
}

fn value(record: &Record, field: &Field, placed: &Placed) -> Option<Recorded> {
    match &placed.value {
        Value::Secret => None,
        Value::List(items) => {
            let items = items.iter().filter_map(|item| value(record, field, item));
            Some(Recorded::List(items.collect()))
        }
        Value::Structure(entries) => Some(Recorded::Structure(of_entries(
            record,
            entries,
            field.fields(),
        ))),
        // A record keeps its Markdown read, not written.
        Value::Markdown(_) => {
            let (node, _) = yaml::parse(&record.file, written(&record.file, placed.range));
            let text = node.as_ref().and_then(yaml::Node::text)?;
            Some(Recorded::Text(text.trim().to_owned()))
        }
        value => Some(Recorded::Text(canonical::text(value, field, record))),
    }
}

/// A scalar's range with the header of its block (`|-`, `>`), which the parser leaves out.
fn written(file: &SourceFile, range: TextRange) -> TextRange {
    let before = file.slice(TextRange::new(0, range.start as usize));
    let above = before.trim_end();
    if !before[above.len()..].contains('\n') {
        return range;
    }
    let line = above.rfind('\n').map_or(0, |at| at + 1);
    let mut signs = above[line..].match_indices(['|', '>']);
    let header = signs.find(|(at, _)| {
        let key = &above[line..line + at];
        key.ends_with(' ') && key.trim_end().ends_with([':', '-'])
    });
    header.map_or(range, |(at, _)| {
        TextRange::new(line + at, range.end as usize)
    })
}
