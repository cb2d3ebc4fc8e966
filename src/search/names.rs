//! What people call a record beside its own words: the names of what it says (« adresse IP », « fin de garantie »), and
//! what its kind is for (« qui est de garde ce soir »). Nothing of this is shown in a result; it only lets it be found.

use crate::diagnostic::{Language, Text};
use crate::estate::Record;
use crate::schema::Type;
use crate::text;

/// The names of the fields by which a record is sought and of its key facts, as far as it has them, then the words for
/// its kind. Who or what a record names is asked for by that name: half of all records have a technician and a place.
pub fn names(record: &Record, language: Language) -> Vec<String> {
    let kind = record.kind();
    let entries = record.source.entries.iter();
    let fields = entries.map(|entry| &kind.fields[entry.field]);
    let sought = fields.filter(|field| {
        let is_fact = kind.summary.contains(&field.key);
        let is_link = matches!(field.value, Type::Reference(_));
        !field.secret && (field.identifier || is_fact && !is_link)
    });
    let mut names: Vec<String> = sought
        .map(|field| field.labels.get(language).to_owned())
        .collect();
    names.extend(purpose(&kind.name).map(|words| words.get(language).to_owned()));
    names
}

/// Words by which people ask for records of a kind, and which hardly stand in them.
fn purpose(kind: &str) -> Option<Text> {
    (kind == "rota").then(|| {
        text!(
            "garde, permanence, ce soir, cette nuit, ce week-end",
            "on duty, tonight, this evening, this night, this weekend"
        )
    })
}
