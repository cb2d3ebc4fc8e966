//! Values that no two records of a kind may share (an inventory number): one that is taken is left
//! out and counted. Makers print the same tag on all machines of a series.

use std::collections::BTreeMap;

use crate::diagnostic::Text;
use crate::fold::fold;
use crate::history::Recorded;
use crate::history::semantic::value_of;
use crate::import::plan::known::{Seen, name_of};
use crate::import::plan::{Plan, Request};
use crate::schema::Field;
use crate::text;

/// The most values that are told one by one; all are counted.
const MOST_NOTES: usize = 20;

/// Takes out of what was seen the values of unique fields that another record has.
pub(super) fn keep(request: &Request<'_>, seen: &mut [Seen], plan: &mut Plan) {
    let mut told = 0_usize;
    let mut taken: BTreeMap<(String, String, String), String> = BTreeMap::new();
    let records = request.project.files.iter().flat_map(|file| &file.records);
    for record in records {
        for field in record.kind.fields.iter().filter(|field| field.unique) {
            if let Some(Recorded::Text(text)) = value_of(record, &field.key) {
                let key = (record.kind.name.clone(), field.key.clone(), fold(&text));
                taken.insert(key, name_of(record));
            }
        }
    }
    for one in seen {
        let Some(kind) = request.project.schema.kind(one.kind) else {
            continue;
        };
        let own = format!("{}:{}", one.kind, one.id);
        for field in kind.fields.iter().filter(|field| field.unique) {
            let Some(Recorded::Text(text)) = one.sighting.fields.get(&field.key) else {
                continue;
            };
            let key = (kind.name.clone(), field.key.clone(), fold(text));
            let holder = taken.entry(key).or_insert_with(|| own.clone());
            if *holder != own {
                if told < MOST_NOTES {
                    plan.notes
                        .push(note(field, (&own, text), holder, one.sighting.line));
                }
                told += 1;
                one.sighting.fields.remove(&field.key);
                let name = format!("{}.{}", one.kind, field.key);
                *plan.unfit.entry(name).or_default() += 1;
            }
        }
    }
}

/// Whose value it is, and who does not get it.
fn note(field: &Field, (own, value): (&str, &str), holder: &str, line: Option<usize>) -> Text {
    let (fr, en) = line.map_or_else(Default::default, |line| {
        (format!(" (ligne {line})"), format!(" (line {line})"))
    });
    let Text {
        fr: label,
        en: english,
    } = &field.labels;
    text!(
        "« {label} » : « {value} » est déjà la valeur de {holder}, laissé de côté pour {own}{fr}",
        "“{english}”: “{value}” is the value of {holder} already, left out for {own}{en}"
    )
}
