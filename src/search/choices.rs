//! The values by which searches can be narrowed: what the schema marks `facet`, and what a query may call it.

use std::collections::BTreeMap;

use crate::diagnostic::Language;
use crate::estate::display::plain;
use crate::estate::{Estate, Record};
use crate::project::Value;
use crate::schema;

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
    let [fr, en] = ["Genre", "Kind"].map(str::to_owned);
    let label = crate::diagnostic::Text { fr, en };
    let [fr, en] = both(&label);
    let labels = [("fr", fr), ("en", en)].into_iter();
    let kind = Field {
        key: "kind".into(),
        labels: labels.chain(others(estate, &label)).collect(),
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
fn both(labels: &crate::diagnostic::Text) -> [String; 2] {
    [Language::Fr, Language::En].map(|language| labels.get(language).to_owned())
}

/// A text in the languages that the site has beside these two, by code.
fn others(estate: &Estate, labels: &crate::diagnostic::Text) -> Vec<(&'static str, String)> {
    let languages = estate.config.endings().into_iter();
    languages
        .map(|language| (language.code(), labels.get(language).to_owned()))
        .collect()
}

/// Adds a field of a kind, or its names to the field of the same key.
fn add(estate: &Estate, fields: &mut Vec<Field>, field: &schema::Field) {
    let others = others(estate, &field.labels);
    let mut names = both(&field.labels).to_vec();
    names.extend(others.iter().map(|(_, name)| name.clone()));
    if let Some(known) = fields.iter_mut().find(|known| known.key == field.key) {
        known.names.extend(names);
        return;
    }
    let [fr, en] = both(&field.labels);
    let labels = [("fr", fr), ("en", en)].into_iter().chain(others);
    fields.push(Field {
        key: field.key.clone(),
        labels: labels.collect(),
        names,
    });
}

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
            let label = plain(estate, record, field, value, language);
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
    facets.extend(inherited(estate, record));
    facets
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
