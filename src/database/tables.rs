//! The tables of kinds: created from the layout, filled from the records that have a page.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::layout::{ChildTable, Column, Form, KindTable, Layout};
use super::quoted;
use crate::estate::display::plain;
use crate::estate::{Estate, Record};
use crate::format;
use crate::project::{Entry, Placed, Value};
use crate::schema::Field;

const MINUTES_A_DAY: i64 = 24 * 60;

/// Creates the tables, empty.
pub(super) fn create(connection: &Connection, layout: &Layout) -> rusqlite::Result<()> {
    for table in &layout.kinds {
        let columns: String = declarations(&table.columns);
        let name = quoted(&table.name);
        connection.execute_batch(&format!(
            "CREATE TABLE {name} (id TEXT PRIMARY KEY{columns}, page TEXT NOT NULL) WITHOUT ROWID;"
        ))?;
        for child in &table.children {
            let (own, columns) = (quoted(&child.name), declarations(&child.columns));
            connection.execute_batch(&format!(
                "CREATE TABLE {own} (id TEXT NOT NULL REFERENCES {name}, position INTEGER NOT NULL{columns}, \
                 PRIMARY KEY (id, position)) WITHOUT ROWID;"
            ))?;
        }
    }
    Ok(())
}

fn declarations(columns: &[Column]) -> String {
    let mut declared = String::new();
    for column in columns {
        declared.extend([", ", &quoted(&column.name), " ", column.declared]);
    }
    declared
}

/// Writes every record that has a page.
pub(super) fn fill(
    connection: &Connection,
    estate: &Estate,
    layout: &Layout,
) -> rusqlite::Result<()> {
    for table in &layout.kinds {
        fill_kind(connection, estate, table)?;
    }
    Ok(())
}

fn fill_kind(connection: &Connection, estate: &Estate, table: &KindTable) -> rusqlite::Result<()> {
    let mut insert = connection.prepare(&insertion(&table.name, table.columns.len() + 2))?;
    for record in listed(estate, &table.kind) {
        let fields = &record.kind().fields;
        let mut row = vec![Sql::Text(record.source.id.clone())];
        row.extend(cells(
            estate,
            record,
            fields,
            &table.columns,
            &record.source.entries,
        ));
        row.push(Sql::Text(record.url.clone()));
        insert.execute(params_from_iter(row))?;
    }
    for child in &table.children {
        fill_child(connection, estate, &table.kind, child)?;
    }
    Ok(())
}

fn fill_child(
    connection: &Connection,
    estate: &Estate,
    kind: &str,
    child: &ChildTable,
) -> rusqlite::Result<()> {
    let mut insert = connection.prepare(&insertion(&child.name, child.columns.len() + 2))?;
    for record in listed(estate, kind) {
        let fields = &record.kind().fields;
        let field = &fields[child.field];
        for (place, item) in record.view().values(&field.key).iter().enumerate() {
            let mut row = vec![
                Sql::Text(record.source.id.clone()),
                Sql::Integer(i64::try_from(place + 1).unwrap_or(i64::MAX)),
            ];
            match &item.value {
                Value::Structure(entries) => {
                    row.extend(cells(
                        estate,
                        record,
                        field.fields(),
                        &child.columns,
                        entries,
                    ));
                }
                // A value that does not fit its field has no parts.
                _ if matches!(field.value, crate::schema::Type::Structure(_)) => continue,
                _ => row.push(cell(estate, record, field, item, Form::Value)),
            }
            insert.execute(params_from_iter(row))?;
        }
    }
    Ok(())
}

/// Records that have a page and an id of their own; translations are in the same language as the site.
fn listed<'e>(estate: &'e Estate, kind: &str) -> impl Iterator<Item = &'e Record> {
    let own = estate.config.language;
    estate.listed(kind).filter(move |record| {
        record
            .source
            .language
            .is_none_or(|language| language == own)
    })
}

fn insertion(table: &str, columns: usize) -> String {
    let marks = vec!["?"; columns].join(", ");
    format!("INSERT OR IGNORE INTO {} VALUES ({marks})", quoted(table))
}

fn cells(
    estate: &Estate,
    record: &Record,
    fields: &[Field],
    columns: &[Column],
    entries: &[Entry],
) -> Vec<Sql> {
    let of = |column: &Column| {
        let entry = entries.iter().find(|entry| entry.field == column.field);
        entry.map_or(Sql::Null, |entry| {
            cell(
                estate,
                record,
                &fields[column.field],
                &entry.value,
                column.form,
            )
        })
    };
    columns.iter().map(of).collect()
}

fn cell(estate: &Estate, record: &Record, field: &Field, placed: &Placed, form: Form) -> Sql {
    match (form, &placed.value) {
        (Form::Cents, Value::Money(amount)) => format::to_the_cent(*amount)
            .saturating_mul(Decimal::ONE_HUNDRED)
            .to_i64()
            .map_or(Sql::Null, Sql::Integer),
        (Form::Minutes, Value::Duration(length)) if length.months == 0 => {
            Sql::Integer(i64::from(length.days) * MINUTES_A_DAY + i64::from(length.minutes))
        }
        (Form::Cents | Form::Minutes, _) => Sql::Null,
        (Form::Value, value) => scalar(estate, record, field, value),
    }
}

/// A value for machines: ISO dates, keys of enumerations, ids of references.
fn scalar(estate: &Estate, record: &Record, field: &Field, value: &Value) -> Sql {
    match value {
        Value::Integer(number) => Sql::Integer(*number),
        Value::Boolean(yes) => Sql::Integer(i64::from(*yes)),
        Value::Decimal(number) | Value::Money(number) => Sql::Text(number.to_string()),
        Value::Date(date) => Sql::Text(date.to_string()),
        Value::DateTime(moment) => Sql::Text(moment.to_string()),
        Value::Choice(index) => {
            let choice = field.choices().get(*index);
            choice.map_or(Sql::Null, |choice| Sql::Text(choice.key.clone()))
        }
        Value::Reference(reference) => Sql::Text(match record.linked(*reference) {
            Some(id) => estate.record(id).source.id.clone(),
            None => record.source.references[*reference].text.clone(),
        }),
        Value::Invalid(_) | Value::Secret => Sql::Null,
        value => {
            let language = estate.config.language;
            Sql::Text(plain(estate, record, field, value, language).replace('\u{a0}', " "))
        }
    }
}
