//! What tables and columns are called: a list to read, and the names nearest to one that is not known.
//!
//! People ask for « équipements » and « nom »: labels of kinds and fields, in both languages, lead to the names of SQL.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::Database;
use super::layout::{Column, KindTable, layout};
use super::question::{Mistake, Unknown};
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Language, Text};
use crate::estate::Estate;
use crate::fold;
use crate::schema::{Field, Kind};
use crate::text;

/// Columns of a line of the list.
const WIDTH: usize = 110;

/// Every table with what it holds and its columns, to be read: the tables of kinds, then those of what follows from
/// records, then the views in words.
pub fn told(estate: &Estate, language: Language) -> String {
    let layout = layout(&estate.schema);
    let mut out = String::new();
    for table in &layout.kinds {
        let kind = estate.schema.kind(&table.kind);
        let plural = kind.map_or("", |kind| kind.plural.get(language));
        let _ = writeln!(out, "{}  ({plural})", table.name);
        columns(&mut out, &names(["id"], &table.columns, &["page"]));
        for child in &table.children {
            let field = kind.and_then(|kind| kind.fields.get(child.field));
            let label = field.map_or("", |field| field.labels.get(language));
            let _ = writeln!(out, "{}  ({plural}, {label})", child.name);
            columns(&mut out, &names(["id", "position"], &child.columns, &[]));
        }
    }
    let known: BTreeSet<&str> = layout.kinds.iter().flat_map(own_names).collect();
    for (name, own) in Database::empty(estate).names() {
        if !known.contains(name.as_str()) {
            let _ = writeln!(out, "{name}");
            for line in said(&name) {
                let _ = writeln!(out, "    -- {line}");
            }
            columns(&mut out, &own);
        }
    }
    out
}

/// What the comment above a table that follows from records says of it.
fn said(table: &str) -> Vec<&'static str> {
    let mut said = Vec::new();
    for line in include_str!("facts.sql").lines() {
        if let Some(comment) = line.strip_prefix("-- ") {
            said.push(comment);
            continue;
        }
        let created = line.strip_prefix("CREATE TABLE ");
        let created = created.and_then(|rest| rest.split_once(' '));
        if created.is_some_and(|(name, _)| name == table) {
            return said;
        }
        said.clear();
    }
    Vec::new()
}

fn own_names(table: &KindTable) -> impl Iterator<Item = &str> {
    let children = table.children.iter().map(|child| child.name.as_str());
    std::iter::once(table.name.as_str()).chain(children)
}

fn names<const N: usize>(first: [&str; N], columns: &[Column], last: &[&str]) -> Vec<String> {
    let columns = columns.iter().map(|column| column.name.as_str());
    let all = first.into_iter().chain(columns).chain(last.iter().copied());
    all.map(str::to_owned).collect()
}

/// Names with commas, in lines that a terminal shows whole.
fn columns(out: &mut String, names: &[String]) {
    let mut line = String::from("   ");
    for (place, name) in names.iter().enumerate() {
        let comma = if place + 1 < names.len() { "," } else { "" };
        if line.chars().count() + name.chars().count() + 2 > WIDTH {
            out.push_str(&line);
            out.push('\n');
            line = String::from("   ");
        }
        let _ = write!(line, " {name}{comma}");
    }
    out.push_str(&line);
    out.push('\n');
}

/// What a question that names an unknown table or column may have meant.
pub fn near(estate: &Estate, mistake: &Mistake, sql: &str) -> Option<Text> {
    let spoken = match mistake.unknown.as_ref()? {
        Unknown::Table(name) => found(name, &tables(estate)),
        Unknown::Column(name) => {
            let own = name.rsplit('.').next().unwrap_or(name);
            found(own, &fields(estate, sql))
        }
    };
    let names: Vec<String> = spoken.iter().map(|name| format!("`{name}`")).collect();
    if names.is_empty() {
        return None;
    }
    let (fr, en) = (names.join(" ou "), names.join(" or "));
    Some(text!("vouliez-vous dire {fr} ?", "did you mean {en}?"))
}

/// The names meant by a word: those of which it is a label, else those nearest to it.
fn found(word: &str, spoken: &[(String, String)]) -> BTreeSet<String> {
    let word = heard(word);
    let mean = |wanted: &dyn Fn(&str) -> bool| -> BTreeSet<String> {
        let meant = spoken.iter().filter(|(spoken, _)| wanted(spoken));
        meant.map(|(_, name)| name.clone()).collect()
    };
    let exact = mean(&|spoken| spoken == word);
    if !exact.is_empty() {
        return exact;
    }
    let near = nearest(&word, spoken.iter().map(|(spoken, _)| spoken.as_str()));
    mean(&|spoken| near.contains(&spoken))
}

/// A word without case, accents and separators.
fn heard(word: &str) -> String {
    fold::slug(word).replace(['-', '_'], "")
}

/// What tables may be called, and their names.
fn tables(estate: &Estate) -> Vec<(String, String)> {
    let layout = layout(&estate.schema);
    let mut all = Vec::new();
    for table in &layout.kinds {
        let kind = estate.schema.kind(&table.kind);
        let mut spoken = vec![heard(&table.name), heard(&table.kind)];
        spoken.extend(kind.into_iter().flat_map(|kind| labels(kind)));
        all.extend(spoken.into_iter().map(|word| (word, table.name.clone())));
        let children = table.children.iter();
        all.extend(children.map(|child| (heard(&child.name), child.name.clone())));
    }
    let rest = Database::empty(estate).names().into_iter();
    all.extend(rest.map(|(name, _)| (heard(&name), name)));
    all
}

fn labels(kind: &Kind) -> [String; 4] {
    let of = |text: &Text, language| heard(text.get(language));
    [
        of(&kind.labels, Language::Fr),
        of(&kind.labels, Language::En),
        of(&kind.plural, Language::Fr),
        of(&kind.plural, Language::En),
    ]
}

/// What columns may be called, and their names: of the tables that the question names, else of all.
fn fields(estate: &Estate, sql: &str) -> Vec<(String, String)> {
    let layout = layout(&estate.schema);
    let sql = sql.to_lowercase();
    let letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    let words: BTreeSet<&str> = sql.split(|one: char| !letter(one)).collect();
    let mut all = Vec::new();
    for (name, columns) in Database::empty(estate).names() {
        if words.contains(name.as_str()) {
            all.extend(columns.into_iter().map(|column| (heard(&column), column)));
        }
    }
    for table in &layout.kinds {
        let Some(kind) = estate.schema.kind(&table.kind) else {
            continue;
        };
        if words.contains(table.name.as_str()) {
            all.extend(spoken(&kind.fields, &table.columns));
        }
        for child in &table.children {
            if words.contains(child.name.as_str()) {
                all.extend(spoken(kind.fields[child.field].fields(), &child.columns));
            }
        }
    }
    all
}

/// The labels of columns, with their names.
fn spoken(fields: &[Field], columns: &[Column]) -> Vec<(String, String)> {
    let each = columns.iter().filter_map(|column| {
        let labels = &fields.get(column.field)?.labels;
        let label = |language| (heard(labels.get(language)), column.name.clone());
        Some([label(Language::Fr), label(Language::En)])
    });
    each.flatten().collect()
}
