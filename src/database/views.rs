//! A view a kind in the site's language: columns by their labels, words of enumerations, titles of references.
//!
//! For whoever opens the file in a spreadsheet or a database browser; programs read the tables.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::layout::{Column, Form, KindTable, Layout};
use super::quoted;
use crate::diagnostic::Language;
use crate::estate::Estate;
use crate::fold;
use crate::schema::{Choice, Field, Kind, Type};

/// Creates `vue_equipements` and the like (`view_assets` on an English site).
pub(super) fn create(
    connection: &Connection,
    estate: &Estate,
    layout: &Layout,
) -> rusqlite::Result<()> {
    let language = estate.config.language;
    for table in &layout.kinds {
        let Some(kind) = estate.schema.kind(&table.kind) else {
            continue;
        };
        let name = quoted(&name(kind, language));
        let columns = columns(kind, table, language).join(",\n  ");
        let own = quoted(&table.name);
        connection.execute_batch(&format!(
            "CREATE VIEW IF NOT EXISTS {name} AS SELECT\n  {columns}\nFROM {own} AS r;"
        ))?;
    }
    Ok(())
}

fn name(kind: &Kind, language: Language) -> String {
    let before = match language {
        Language::Fr => "vue",
        Language::En | Language::Other(_) => "view",
    };
    let words = fold::slug(kind.plural.get(language)).replace('-', "_");
    format!("{before}_{words}")
}

fn columns(kind: &Kind, table: &KindTable, language: Language) -> Vec<String> {
    let mut used = BTreeSet::from(["id".to_owned()]);
    let mut columns = vec!["r.id AS \"Id\"".to_owned()];
    for column in table
        .columns
        .iter()
        .filter(|column| column.form == Form::Value)
    {
        let field = &kind.fields[column.field];
        let mut label = field.labels.get(language).to_owned();
        while !used.insert(label.to_lowercase()) {
            label.push('_');
        }
        let value = value(field, column, language);
        columns.push(format!("{value} AS {}", quoted(&label)));
    }
    columns
}

fn value(field: &Field, column: &Column, language: Language) -> String {
    let own = format!("r.{}", quoted(&column.name));
    match &field.value {
        Type::Enumeration(choices) => words(&own, choices, language),
        Type::Reference(kinds) => title(&own, kinds),
        _ => own,
    }
}

fn words(own: &str, choices: &[Choice], language: Language) -> String {
    if choices.is_empty() {
        return own.to_owned();
    }
    let mut words = format!("CASE {own}");
    for choice in choices {
        let (key, label) = (text(&choice.key), text(choice.labels.get(language)));
        words.extend([" WHEN ", &key, " THEN ", &label]);
    }
    words.extend([" ELSE ", own, " END"]);
    words
}

fn title(own: &str, kinds: &[String]) -> String {
    let kinds: Vec<String> = kinds.iter().map(|kind| text(kind)).collect();
    format!(
        "coalesce((SELECT title FROM records WHERE kind IN ({}) AND records.id = {own} LIMIT 1), {own})",
        kinds.join(", ")
    )
}

fn text(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}
