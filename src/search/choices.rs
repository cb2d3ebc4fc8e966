//! The values by which searches can be narrowed: what the schema marks `facet`, and what a query may call it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Language, Text};
use crate::estate::display::alone;
use crate::estate::{Estate, Record, places};
use crate::project::Value;
use crate::schema;
use crate::text;

use super::documents::collect;
use super::{Facet, Field, Settings};

/// What else people type for a field or for the kind.
const NAMES: [(&str, &[&str]); 4] = [
    ("kind", &["genre"]),
    ("site", &["lieu", "location"]),
    ("status", &["statut", "état"]),
    ("type", &["type"]),
];

/// What a site says about its search.
pub fn settings(estate: &Estate) -> Settings {
    let kind = Field {
        key: "kind".into(),
        labels: in_each(estate, &text!("Genre", "Kind")).collect(),
        names: Vec::new(),
    };
    let mut fields = vec![kind];
    let mut kinds = BTreeMap::new();
    for kind in estate.schema.kinds() {
        let labels = [&kind.labels, &kind.plural];
        let names = labels
            .iter()
            .flat_map(|labels| both(labels))
            .chain([kind.folder.clone()]);
        kinds.insert(kind.name.clone(), names.collect());
        for field in kind
            .fields
            .iter()
            .filter(|field| field.facet && !field.secret)
        {
            add(estate, &mut fields, field);
        }
    }
    for field in &mut fields {
        let known = NAMES.iter().filter(|(key, _)| *key == field.key);
        let known = known.flat_map(|(_, names)| names.iter());
        field.names.extend(known.map(|name| (*name).to_owned()));
    }
    // The four that people know come first, the others by name.
    let rank = |field: &Field| {
        NAMES
            .iter()
            .position(|(key, _)| *key == field.key)
            .unwrap_or(NAMES.len())
    };
    fields.sort_by(|a, b| (rank(a), &a.key).cmp(&(rank(b), &b.key)));
    Settings {
        synonyms: estate.config.synonyms.clone(),
        fields,
        kinds,
    }
}

/// A text in both languages.
fn both(labels: &Text) -> [String; 2] {
    [Language::Fr, Language::En].map(|language| labels.get(language).to_owned())
}

/// A text in both languages and in those that the site has beside them, by code.
fn in_each(estate: &Estate, labels: &Text) -> impl Iterator<Item = (&'static str, String)> {
    let languages = [Language::Fr, Language::En].into_iter();
    let languages = languages.chain(estate.config.endings());
    languages.map(|language| (language.code(), labels.get(language).to_owned()))
}

/// Adds a field of a kind, or its names to the field of the same key.
fn add(estate: &Estate, fields: &mut Vec<Field>, field: &schema::Field) {
    let labels: Vec<(&'static str, String)> = in_each(estate, &field.labels).collect();
    let names = labels.iter().map(|(_, name)| name.clone());
    if let Some(known) = fields.iter_mut().find(|known| known.key == field.key) {
        known.names.extend(names);
        return;
    }
    fields.push(Field {
        key: field.key.clone(),
        names: names.collect(),
        labels: labels.into_iter().collect(),
    });
}

/// The field that says where a record stands.
const SITE: &str = "site";
/// The field that says whose a record is.
const ORGANISATION: &str = "organisation";

/// The values of a record's facets.
pub fn facets(estate: &Estate, record: &Record, language: Language) -> Vec<Facet> {
    let mut facets = Vec::new();
    for entry in &record.source.entries {
        let field = &record.kind().fields[entry.field];
        if !field.facet || field.secret {
            continue;
        }
        collect(field, &entry.value, &mut |field, value| {
            let label = alone(estate, record, field, value, language);
            let key = match value {
                Value::Choice(place) => {
                    field.choices().get(*place).map(|choice| choice.key.clone())
                }
                Value::Reference(reference) => {
                    let linked = record.linked(*reference);
                    linked.map(|record| estate.record(record).source.id.clone())
                }
                _ => None,
            };
            if !label.is_empty() {
                facets.push(Facet {
                    field: field.key.clone(),
                    value: key.unwrap_or_else(|| label.clone()),
                    label,
                });
            }
        });
    }
    facets.extend(around(estate, record));
    facets.extend(inherited(estate, record));
    facets
}

/// The places around the one that a record names: what stands in a room is found in its building and town too.
fn around(estate: &Estate, record: &Record) -> Vec<Facet> {
    let Some((_, field)) = record
        .kind()
        .field(SITE)
        .filter(|(_, field)| field.facet && !field.secret)
    else {
        return Vec::new();
    };
    let own = estate.first(record, SITE);
    let above = own.map_or_else(Vec::new, |place| places::places(estate, place));
    let mut known = BTreeSet::new();
    let above = above.into_iter().filter(|place| known.insert(place.id));
    let facet = |place: &Record| Facet {
        field: field.key.clone(),
        value: place.source.id.clone(),
        label: places::told(estate, place),
    };
    above.skip(1).map(facet).collect()
}

/// The organisation that a record belongs to through its place or contract, when it names none.
fn inherited(estate: &Estate, record: &Record) -> Option<Facet> {
    let (_, field) = record.kind().field(ORGANISATION)?;
    if !field.facet || record.view().entry(ORGANISATION).is_some() {
        return None;
    }
    let owner = estate.record(estate.clients().owner(record)?);
    Some(Facet {
        field: field.key.clone(),
        value: owner.source.id.clone(),
        label: owner.title.clone(),
    })
}
