//! Facets in files: for each document one character a field, so that what was found can be counted by value.
//! Numbers are drawn by hash, so that some of these files are a fair sample of all.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::estate::places;

use super::blocks::Slot;
use super::files::Files;
use super::postings::{character, write_number};
use super::tokens::{code, is_stop_word, words};
use super::{Document, FACET, Facet, Field};

/// Numbers in a file of columns.
pub const CHUNK: usize = 1024;
/// Values of one field that are told apart; the others are never counted.
const VALUES: usize = 60;
/// The largest list of values, in characters of their labels.
const LABELS: usize = 9_000;

/// What a field's values are called.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Values {
    /// The field's key.
    pub key: String,
    /// Its label.
    pub label: String,
    /// Key and label of each value, most frequent first; a column names them by their place, from 1.
    #[serde(rename = "values")]
    pub known: Vec<(String, String)>,
}

/// The values of all fields that any document has, in the order of `fields`. Kinds are known from their numbers.
pub fn values(documents: &[&Document], fields: &[Field]) -> Vec<Values> {
    let mut counts: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for document in documents
        .iter()
        .filter(|document| document.heading.is_none())
    {
        for facet in document.facets.iter() {
            let key = (
                facet.field.as_str(),
                facet.value.as_str(),
                facet.label.as_str(),
            );
            *counts.entry(key).or_default() += 1;
        }
    }
    let mut ranked: Vec<_> = counts.into_iter().collect();
    ranked.sort_by(|a, b| (b.1, a.0).cmp(&(a.1, b.0)));
    let language = documents.first().map_or("", |document| document.language);
    let mut all: Vec<Values> = fields
        .iter()
        .map(|field| Values {
            key: field.key.clone(),
            label: field.label(language).to_owned(),
            known: Vec::new(),
        })
        .collect();
    let mut size = 0;
    for ((field, value, label), _) in ranked {
        let Some(known) = all.iter_mut().find(|known| known.key == field) else {
            continue;
        };
        let twice = known.known.iter().any(|(known, _)| known == value);
        if twice || known.known.len() >= VALUES || size > LABELS {
            continue;
        }
        size += value.len() + label.len() + 8;
        known.known.push((value.to_owned(), label.to_owned()));
    }
    all.retain(|field| field.key == "kind" || !field.known.is_empty());
    all
}

/// The names of the columns' files. A line is: the field's place (base 36), a tab, the first number of the line
/// in this file (base 36), a tab, and a character a number: `#` for none, else the value's place.
pub fn columns(slots: &[Slot<'_>], values: &[Values], files: &mut Files) -> String {
    let places: BTreeMap<(&str, &str), u32> = values
        .iter()
        .flat_map(|field| {
            let values = field.known.iter().zip(1..);
            values.map(|((value, _), place)| ((field.key.as_str(), value.as_str()), place))
        })
        .collect();
    let keys: BTreeMap<&str, u32> = (values.iter().zip(0..))
        .map(|(field, number)| (field.key.as_str(), number))
        .collect();
    let texts: Vec<String> = slots
        .par_chunks(CHUNK)
        .map(|slots| {
            let mut columns: BTreeMap<(u32, usize), Vec<u32>> = BTreeMap::new();
            for (number, document) in slots.iter().enumerate() {
                let mut layers: BTreeMap<u32, usize> = BTreeMap::new();
                for facet in document
                    .iter()
                    .flat_map(|(document, _)| document.facets.iter())
                {
                    let (key, value) = (facet.field.as_str(), facet.value.as_str());
                    let (Some(field), Some(place)) = (keys.get(key), places.get(&(key, value)))
                    else {
                        continue;
                    };
                    let layer = layers.entry(*field).or_default();
                    let empty = || vec![0; slots.len()];
                    columns.entry((*field, *layer)).or_insert_with(empty)[number] = *place;
                    *layer += 1;
                }
            }
            let mut out = String::new();
            for ((field, _), column) in &columns {
                line(*field, column, &mut out);
            }
            out
        })
        .collect();
    texts.iter().map(|text| files.text(text)).collect()
}

/// One column without the empty places at its ends.
fn line(field: u32, column: &[u32], out: &mut String) {
    let Some(first) = column.iter().position(|place| *place > 0) else {
        return;
    };
    let last = column.iter().rposition(|place| *place > 0).unwrap_or(first);
    write_number(field, out);
    out.push('\t');
    write_number(u32::try_from(first).expect("less than a chunk"), out);
    out.push('\t');
    out.extend(column[first..=last].iter().map(|place| character(*place)));
    out.push('\n');
}
/// The terms by which a facet's value may be asked for.
pub fn asked(facet: &Facet) -> Vec<String> {
    let mut spellings = vec![code(&facet.value), code(&facet.label)];
    // A place is asked for by its title alone, too.
    spellings.extend(facet.label.split(places::BETWEEN).map(code));
    spellings.extend(words(&facet.label).into_iter().flat_map(|word| word.forms));
    spellings.retain(|spelling| !spelling.is_empty() && !is_stop_word(spelling));
    let term = |spelling| format!("{FACET}{}{FACET}{spelling}", facet.field);
    spellings.into_iter().map(term).collect()
}
