//! Records as tables: CSV for people, CSV and JSON for machines.
//!
//! Machines get RFC 4180, keys and ISO dates; people get what a French spreadsheet opens without
//! asking: a byte order mark, semicolons, labels, and cells that no spreadsheet takes for a formula.

use serde::Serializer as _;
use serde_json::{Map, Value as Json};

use crate::diagnostic::Language;
use crate::estate::display::plain;
use crate::estate::{Estate, Record};
use crate::format::has_decimal_comma;
use crate::project::{Entry, Placed, Value};
use crate::schema::{Field, Kind, Type};
use crate::site::page::Page;

/// The list of a kind for people, with the columns of its list page first.
pub(super) fn people_csv(page: &Page<'_>, kind: &str) -> Vec<u8> {
    let estate = page.estate();
    let Some(kind) = estate.schema.kind(kind) else {
        return Vec::new();
    };
    let fields = exported(kind);
    let mut head = vec!["Id".to_owned()];
    head.extend(
        fields
            .iter()
            .map(|field| field.labels.get(page.language).to_owned()),
    );
    let rows = estate.listed(&kind.name).map(|record| {
        let mut cells = vec![record.source.id.clone()];
        cells.extend(
            fields
                .iter()
                .map(|field| cell(estate, record, field, page.language)),
        );
        cells
    });
    people_table(&head, rows, page.language)
}

/// A table as a spreadsheet of the language opens it.
pub(super) fn people_table(
    head: &[String],
    rows: impl Iterator<Item = Vec<String>>,
    language: Language,
) -> Vec<u8> {
    let separator = if has_decimal_comma(language) {
        ';'
    } else {
        ','
    };
    let mut out = String::from('\u{feff}');
    for row in std::iter::once(head.to_vec()).chain(rows) {
        let cells = row.iter().map(|cell| quote(&harmless(cell), separator));
        out.push_str(&cells.collect::<Vec<_>>().join(&separator.to_string()));
        out.push_str("\r\n");
    }
    out.into_bytes()
}

/// A table for machines: RFC 4180, columns by key.
pub(super) fn machine_table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut out = head.join(",") + "\r\n";
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quote(cell, ',')).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out.into_bytes()
}

/// The list of a kind for machines, one column a field, by key.
pub(super) fn csv(estate: &Estate, kind: &str) -> Vec<u8> {
    let Some(kind) = estate.schema.kind(kind) else {
        return Vec::new();
    };
    let fields = exported(kind);
    let mut head = vec!["id", "url"];
    head.extend(fields.iter().map(|field| field.key.as_str()));
    let rows = estate.listed(&kind.name).map(|record| {
        let mut cells = vec![record.source.id.clone(), record.url.clone()];
        cells.extend(fields.iter().map(|field| {
            let entry = record.view().entry(&field.key);
            entry.map_or_else(String::new, |entry| {
                match machine(estate, record, field, &entry.value) {
                    Json::String(text) => text,
                    Json::Null => String::new(),
                    json => json.to_string(),
                }
            })
        }));
        cells
    });
    machine_table(&head, rows)
}

/// The list of a kind as a JSON array, fields by key. Records are written one after the other: as values they take six times the
/// room of their text.
pub(super) fn json(estate: &Estate, kind: &str) -> Vec<u8> {
    let records = estate.listed(kind);
    let mut out = Vec::new();
    let mut pretty = serde_json::Serializer::pretty(&mut out);
    (pretty.collect_seq(records.map(|record| record_json(estate, record))))
        .expect("JSON values serialise");
    out.push(b'\n');
    out
}

fn record_json(estate: &Estate, record: &Record) -> Json {
    let mut map = Map::new();
    map.insert("id".to_owned(), Json::from(record.source.id.as_str()));
    map.insert("url".to_owned(), Json::from(record.url.as_str()));
    for entry in &record.source.entries {
        let field = &record.kind().fields[entry.field];
        if !field.secret {
            map.insert(
                field.key.clone(),
                machine(estate, record, field, &entry.value),
            );
        }
    }
    Json::Object(map)
}

/// A value for machines: ISO dates, keys of enumerations, ids of references.
fn machine(estate: &Estate, record: &Record, field: &Field, placed: &Placed) -> Json {
    match &placed.value {
        Value::Integer(number) => Json::from(*number),
        Value::Boolean(value) => Json::from(*value),
        Value::Decimal(number) | Value::Money(number) => Json::from(number.to_string()),
        Value::Date(date) => Json::from(date.to_string()),
        Value::DateTime(moment) => Json::from(moment.to_string()),
        Value::Choice(index) => field
            .choices()
            .get(*index)
            .map_or(Json::Null, |choice| Json::from(choice.key.as_str())),
        Value::Reference(reference) => {
            let id = record
                .linked(*reference)
                .map(|id| estate.record(id).source.id.clone());
            Json::from(id.unwrap_or_else(|| record.source.references[*reference].text.clone()))
        }
        // A program reading dates must not meet a text; people see it on the page.
        Value::Invalid(_) => Json::Null,
        Value::List(items) => items
            .iter()
            .map(|item| machine(estate, record, field, item))
            .collect(),
        Value::Structure(entries) => structure(estate, record, field, entries),
        Value::Duration(_) | Value::Markdown(_) => Json::from(
            plain(estate, record, field, &placed.value, Language::En).replace('\u{a0}', " "),
        ),
        value => Json::from(plain(estate, record, field, value, Language::En)),
    }
}

fn structure(estate: &Estate, record: &Record, field: &Field, entries: &[Entry]) -> Json {
    let mut map = Map::new();
    for entry in entries {
        let part = &field.fields()[entry.field];
        if !part.secret {
            map.insert(
                part.key.clone(),
                machine(estate, record, part, &entry.value),
            );
        }
    }
    Json::Object(map)
}

/// Fields that leave the site: all but secret ones; structures only in JSON.
fn exported(kind: &Kind) -> Vec<&Field> {
    let flat = kind
        .fields
        .iter()
        .filter(|field| !field.secret && !matches!(field.value, Type::Structure(_)));
    let (columns, others): (Vec<&Field>, Vec<&Field>) = flat.partition(|field| field.column);
    columns.into_iter().chain(others).collect()
}

/// A cell for people: numbers without a currency sign or thousands, so that they can be summed.
fn cell(estate: &Estate, record: &Record, field: &Field, language: Language) -> String {
    let Some(entry) = record.view().entry(&field.key) else {
        return String::new();
    };
    match &entry.value.value {
        Value::Money(number) | Value::Decimal(number) => number_cell(*number, language),
        Value::Integer(number) => number.to_string(),
        value => plain(estate, record, field, value, language).replace('\u{a0}', " "),
    }
}

/// A number as spreadsheets of the language read it.
pub(super) fn number_cell(number: rust_decimal::Decimal, language: Language) -> String {
    let text = number.to_string();
    if has_decimal_comma(language) {
        text.replace('.', ",")
    } else {
        text
    }
}

/// A text that a spreadsheet would take for a formula gets an apostrophe first; numbers do not.
fn harmless(cell: &str) -> String {
    // A sheet reads a number after a hyphen, and a text after the minus sign of pages.
    let amount = cell.strip_prefix(crate::format::MINUS);
    let amount = amount
        .filter(|rest| rest.starts_with(|first: char| first.is_ascii_digit() || first == '€'));
    let hyphen = amount.map(|rest| format!("-{rest}"));
    let cell = hyphen.as_deref().unwrap_or(cell);
    let is_number = cell
        .replace([',', ' '], ".")
        .trim_start_matches(['-', '+'])
        .parse::<f64>()
        .is_ok();
    let dangerous = cell
        .trim_start_matches(['"', ' '])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '＝']);
    if dangerous && !is_number {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// A row of a table for machines.
pub(super) fn machine_row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quote(cell, ',')).collect();
    cells.join(",") + "\r\n"
}

fn quote(cell: &str, separator: char) -> String {
    if cell.contains([separator, '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_neutralised_and_numbers_are_not() {
        assert_eq!(harmless("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(harmless("-5"), "-5");
        assert_eq!(harmless("-5,50"), "-5,50");
        assert_eq!(harmless("@home"), "'@home");
        assert_eq!(harmless("srv-01"), "srv-01");
    }

    #[test]
    fn cells_with_separators_are_quoted() {
        let table = people_table(
            &["a".to_owned()],
            [vec!["x;\"y\"".to_owned()]].into_iter(),
            Language::Fr,
        );
        assert_eq!(table, "\u{feff}a\r\n\"x;\"\"y\"\"\"\r\n".as_bytes());
    }
}
