//! A value as YAML: on the line of its key, or on lines below it, in the order of the schema.

use std::collections::BTreeMap;

use crate::edit::quote::{Style, is_literal, quote, quote_alone};
use crate::history::Recorded;
use crate::schema::{Field, Kind, Type};

/// The longest value between brackets, in characters; longer ones are written below each other.
const LONGEST_FLOW: usize = 100;

/// A value's text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// After `key: `.
    Inline(String),
    /// On the lines below the key, indented by two more than it; after the key stands `header`
    /// (`|-`), or nothing.
    Below {
        header: &'static str,
        lines: Vec<String>,
    },
}

/// The best form of a value. Without a field (a key that no schema knows) all is text.
pub(super) fn form(field: Option<&Field>, value: &Recorded) -> Form {
    match value {
        Recorded::Text(text) if is_literal(text) => literal(text),
        Recorded::Text(text) => Form::Inline(alone(field, text)),
        Recorded::List(items) => {
            let inline = flow(field, value);
            let short = inline.chars().count() <= LONGEST_FLOW;
            let plain = items.iter().all(|item| matches!(item, Recorded::Text(_)));
            if items.is_empty() || (short && plain) {
                return Form::Inline(inline);
            }
            below(items.iter().flat_map(|item| item_lines(field, item, None)))
        }
        Recorded::Structure(parts) => {
            let inline = flow(field, value);
            if parts.is_empty() || inline.chars().count() <= LONGEST_FLOW {
                return Form::Inline(inline);
            }
            below(part_lines(field, parts).into_iter())
        }
    }
}

fn below(lines: impl Iterator<Item = String>) -> Form {
    Form::Below {
        header: "",
        lines: lines.collect(),
    }
}

/// A text of several lines as a literal block.
pub(super) fn literal(text: &str) -> Form {
    Form::Below {
        header: "|-",
        lines: text.lines().map(str::to_owned).collect(),
    }
}

/// The lines of an item of a list, the dash included. `flow`: whether its neighbours stand between
/// braces; without neighbours, short ones do.
pub(super) fn item_lines(
    field: Option<&Field>,
    item: &Recorded,
    between_braces: Option<bool>,
) -> Vec<String> {
    let inline = flow(field, item);
    let short = inline.chars().count() <= LONGEST_FLOW;
    match item {
        Recorded::Structure(parts) if !parts.is_empty() && !between_braces.unwrap_or(short) => {
            let lines = part_lines(field, parts).into_iter().enumerate();
            let dashed = lines.map(|(index, line)| {
                let mark = if index == 0 { "- " } else { "  " };
                format!("{mark}{line}")
            });
            dashed.collect()
        }
        _ => vec![format!("- {inline}")],
    }
}

/// The parts of a structure, a line each.
fn part_lines(field: Option<&Field>, parts: &BTreeMap<String, Recorded>) -> Vec<String> {
    let lines = ordered(field, parts).into_iter().map(|(key, part, value)| {
        let value = match value {
            Recorded::Text(text) => alone(part, text),
            value => flow(part, value),
        };
        format!("{}: {value}", key_text(key))
    });
    lines.collect()
}

/// A text on the line of its key.
fn alone(field: Option<&Field>, text: &str) -> String {
    let value_type = field.map_or(&Type::Text, |field| &field.value);
    quote_alone(text, value_type, Style::Plain)
}

/// A value on one line, between brackets where it has several parts.
pub(super) fn flow(field: Option<&Field>, value: &Recorded) -> String {
    match value {
        Recorded::Text(text) => {
            let value_type = field.map_or(&Type::Text, |field| &field.value);
            quote(text, value_type, Style::Plain)
        }
        Recorded::List(items) => {
            let items: Vec<String> = items.iter().map(|item| flow(field, item)).collect();
            format!("[{}]", items.join(", "))
        }
        Recorded::Structure(parts) => {
            let parts: Vec<String> = ordered(field, parts)
                .into_iter()
                .map(|(key, part, value)| format!("{}: {}", key_text(key), flow(part, value)))
                .collect();
            format!("{{{}}}", parts.join(", "))
        }
    }
}

/// A key as it is written: the schema's need no quotes, others may.
pub(super) fn key_text(key: &str) -> String {
    quote(key, &Type::Text, Style::Plain)
}

/// The parts of a structure in the schema's order, unknown ones last.
fn ordered<'a>(
    field: Option<&'a Field>,
    parts: &'a BTreeMap<String, Recorded>,
) -> Vec<(&'a str, Option<&'a Field>, &'a Recorded)> {
    let fields = field.map_or(&[][..], Field::fields);
    in_order(fields, parts)
}

/// Keys and values in the order of some fields, `id` first, unknown keys last.
fn in_order<'a>(
    fields: &'a [Field],
    parts: &'a BTreeMap<String, Recorded>,
) -> Vec<(&'a str, Option<&'a Field>, &'a Recorded)> {
    let mut all: Vec<_> = parts
        .iter()
        .map(|(key, value)| {
            let position = fields.iter().position(|field| field.key == *key);
            let rank = match position {
                Some(position) => position + 1,
                None if key == "id" => 0,
                None => usize::MAX,
            };
            (
                rank,
                key.as_str(),
                position.map(|position| &fields[position]),
                value,
            )
        })
        .collect();
    all.sort_by_key(|(rank, key, ..)| (*rank, *key));
    all.into_iter()
        .map(|(_, key, field, value)| (key, field, value))
        .collect()
}

/// The lines of a record: a mapping in the schema's order, `id` first.
pub(super) fn record_lines(kind: &Kind, fields: &BTreeMap<String, Recorded>) -> Vec<String> {
    let mut lines = Vec::new();
    for (key, field, value) in in_order(&kind.fields, fields) {
        lines.extend(entry_lines(key, field, value));
    }
    lines
}

/// The lines of one key and its value.
pub(super) fn entry_lines(key: &str, field: Option<&Field>, value: &Recorded) -> Vec<String> {
    let key = key_text(key);
    match form(field, value) {
        Form::Inline(text) => vec![format!("{key}: {text}")],
        Form::Below { header, lines } => {
            let space = if header.is_empty() { "" } else { " " };
            let first = format!("{key}:{space}{header}");
            let rest = lines.into_iter().map(|line| indented(&line, 2));
            std::iter::once(first).chain(rest).collect()
        }
    }
}

/// A line moved to the right; an empty one stays empty.
pub(super) fn indented(line: &str, by: usize) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!("{}{line}", " ".repeat(by))
    }
}
