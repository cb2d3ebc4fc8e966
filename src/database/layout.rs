//! Which tables and columns a schema has: a table a kind, named as its folder, and a table for each list or structure.

use std::collections::BTreeSet;

use crate::schema::{Field, Kind, Schema, Type};

/// The tables of what follows from records; no kind may take their names.
pub(super) const DERIVED: [&str; 13] = [
    "about",
    "records",
    "links",
    "ticket_clocks",
    "ticket_states",
    "licence_positions",
    "addresses",
    "prefix_usage",
    "asset_systems",
    "old_versions",
    "commits",
    "changed_records",
    "changed_fields",
];

/// The tables of a schema, kinds by name.
#[derive(Debug)]
pub struct Layout {
    /// A table a kind.
    pub kinds: Vec<KindTable>,
}

/// The table of a kind.
#[derive(Debug)]
pub struct KindTable {
    /// The kind's key: `access-right`.
    pub kind: String,
    /// Its folder with low lines: `access_rights`.
    pub name: String,
    /// Columns after `id`; the address of the record's page, `page`, comes last.
    pub columns: Vec<Column>,
    /// Tables of lists and structures.
    pub children: Vec<ChildTable>,
}

/// The table of a list or structure: the record's `id`, `position` from 1, then the columns.
#[derive(Debug)]
pub struct ChildTable {
    /// `tickets_timeline`.
    pub name: String,
    /// The place of the field in its kind.
    pub field: usize,
    /// `value`, or the parts of a structure.
    pub columns: Vec<Column>,
}

/// A column.
#[derive(Debug)]
pub struct Column {
    /// The field's key, with low lines.
    pub name: String,
    /// Its type in SQL.
    pub declared: &'static str,
    /// The place of the field in its kind or structure.
    pub field: usize,
    /// What of the value it holds.
    pub form: Form,
}

/// What a column holds of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The value: keys of enumerations, ids of references, ISO dates, amounts as exact text.
    Value,
    /// An amount in whole cents, which SQL adds up without rounding.
    Cents,
    /// A length in minutes; none where it holds months, which have no fixed length.
    Minutes,
}

/// The tables of a schema.
pub fn layout(schema: &Schema) -> Layout {
    let mut taken: BTreeSet<String> = DERIVED.map(str::to_owned).into();
    let kinds: Vec<&Kind> = schema.kinds().map(AsRef::as_ref).collect();
    // Kinds first: a list's table must not take the name of a kind.
    let names: Vec<String> = kinds
        .iter()
        .map(|kind| free(&mut taken, &identifier(&kind.folder)))
        .collect();
    let tables = kinds.iter().zip(names);
    let kinds = tables.map(|(kind, name)| kind_table(kind, name, &mut taken));
    Layout {
        kinds: kinds.collect(),
    }
}

fn kind_table(kind: &Kind, name: String, taken: &mut BTreeSet<String>) -> KindTable {
    let mut columns = Vec::new();
    let mut children = Vec::new();
    let mut used: BTreeSet<String> = ["id", "page"].map(str::to_owned).into();
    for (place, field) in kind
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| !field.secret)
    {
        match &field.value {
            Type::Structure(parts) => children.push(ChildTable {
                name: free(taken, &format!("{name}_{}", identifier(&field.key))),
                field: place,
                columns: structure_columns(parts),
            }),
            _ if field.list => children.push(ChildTable {
                name: free(taken, &format!("{name}_{}", identifier(&field.key))),
                field: place,
                columns: vec![Column {
                    name: "value".to_owned(),
                    declared: declared(&field.value),
                    field: place,
                    form: Form::Value,
                }],
            }),
            _ => field_columns(place, field, &mut used, &mut columns),
        }
    }
    KindTable {
        kind: kind.name.clone(),
        name,
        columns,
        children,
    }
}

fn structure_columns(parts: &[Field]) -> Vec<Column> {
    let mut used: BTreeSet<String> = ["id", "position"].map(str::to_owned).into();
    let mut columns = Vec::new();
    for (place, part) in parts.iter().enumerate().filter(|(_, part)| !part.secret) {
        field_columns(place, part, &mut used, &mut columns);
    }
    columns
}

fn field_columns(
    place: usize,
    field: &Field,
    used: &mut BTreeSet<String>,
    columns: &mut Vec<Column>,
) {
    let key = identifier(&field.key);
    let second = match field.value {
        Type::Money => Some(("cents", Form::Cents)),
        Type::Duration => Some(("minutes", Form::Minutes)),
        _ => None,
    };
    columns.push(Column {
        name: free(used, &key),
        declared: declared(&field.value),
        field: place,
        form: Form::Value,
    });
    if let Some((suffix, form)) = second {
        columns.push(Column {
            name: free(used, &format!("{key}_{suffix}")),
            declared: "INTEGER",
            field: place,
            form,
        });
    }
}

fn declared(value: &Type) -> &'static str {
    match value {
        Type::Integer | Type::Boolean => "INTEGER",
        Type::Decimal => "NUMERIC",
        _ => "TEXT",
    }
}

/// A key or folder as an identifier that SQL takes without quotes, as far as its letters allow.
fn identifier(name: &str) -> String {
    name.replace(['-', '/', ' '], "_")
}

/// The name, or the name with low lines where it is taken; SQL takes `A` and `a` for one.
fn free(taken: &mut BTreeSet<String>, name: &str) -> String {
    let mut name = name.to_owned();
    while !taken.insert(name.to_ascii_lowercase()) {
        name.push('_');
    }
    name
}
