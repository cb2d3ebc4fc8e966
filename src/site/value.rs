//! A value of a record as the templates show it.

use std::collections::BTreeMap;

use crate::estate::Record;
use crate::estate::display::plain;
use crate::project::Value as Written;
use crate::project::{Entry, Placed, View};
use crate::schema::{Field, Type};
use crate::site::body;
use crate::site::context::{Html, Link, Table, Value};
use crate::site::diagrams::svg::escape;
use crate::site::page::{Page, tone};
use crate::site::telephone;

/// The value of an entry.
pub(super) fn entry_value(page: &Page<'_>, record: &Record, field: &Field, entry: &Entry) -> Value {
    value(page, record, field, &entry.value)
}

/// A value, a list or a table of structures.
pub(super) fn value(page: &Page<'_>, record: &Record, field: &Field, placed: &Placed) -> Value {
    let language = page.language;
    let text = |field| plain(page.estate(), record, field, &placed.value, language);
    match &placed.value {
        Written::Text(text) if telephone::is_number(field) => {
            Value::link(telephone::link(text.trim()))
        }
        Written::Text(text) if field.identifier => Value::code(text),
        Written::IpAddress(_) | Written::Network(..) | Written::MacAddress(_) => {
            Value::code(text(field))
        }
        Written::Text(text) => Value::text(text),
        Written::Markdown(document) => Value::Html {
            html: Html(body::field_html(page, record, *document)),
        },
        Written::Integer(number) => Value::number(text(field), number.to_string()),
        Written::Decimal(number) | Written::Money(number) => {
            Value::number(text(field), number.to_string())
        }
        Written::Boolean(value) => Value::Boolean { value: *value },
        Written::Date(date) => Value::date(page.date(*date)),
        Written::DateTime(moment) => Value::date(page.date_time(*moment)),
        Written::Duration(duration) => {
            Value::number(text(field), duration.minutes_in_all().to_string())
        }
        Written::Choice(index) => choice_value(page, field, *index),
        Written::Reference(reference) => Value::link(reference_link(page, record, *reference)),
        Written::Url(url) => Value::Link {
            link: Link::new(url, url),
            external: true,
        },
        Written::Email(address) => Value::Link {
            link: Link::new(address, format!("mailto:{address}")),
            external: false,
        },
        Written::File(path) => match page.estate().file_of(record, path) {
            Some(file) => Value::link(Link::new(path, page.to(file))),
            None => Value::text(path),
        },
        Written::List(items) if matches!(field.value, Type::Structure(_)) => {
            table(page, record, field, items)
        }
        Written::List(items) => {
            let shown = items.iter().map(|item| value(page, record, field, item));
            let items = told_apart(page, record, items, shown.collect());
            Value::List { items }
        }
        Written::Structure(_) => table(page, record, field, std::slice::from_ref(placed)),
        Written::Invalid(text) => invalid(page, text),
        Written::Secret => Value::text(page.word("secret")),
    }
}

/// A value of an enumeration: coloured where the enumeration uses colours at all.
fn choice_value(page: &Page<'_>, field: &Field, index: usize) -> Value {
    let choices = field.choices();
    let Some(choice) = choices.get(index) else {
        return Value::Empty;
    };
    let label = choice.labels.get(page.language);
    if choices
        .iter()
        .all(|choice| choice.tone == crate::schema::Tone::Neutral)
    {
        return Value::text(label);
    }
    Value::badge(label, tone(choice.tone))
}

/// A value that does not fit its field: shown as written, and marked like a dead link.
fn invalid(page: &Page<'_>, text: &str) -> Value {
    let why = page.word("invalid-value");
    let (text, why) = (escape(text), escape(&why));
    Value::Html {
        html: Html(format!(
            "<span class=\"dead-link\" title=\"{why}\">{text}</span>"
        )),
    }
}

/// A link to what a reference means, or its text alone.
pub(super) fn reference_link(page: &Page<'_>, record: &Record, reference: usize) -> Link {
    match record.linked(reference) {
        Some(id) => {
            let target = page.estate().record(id);
            if record.kind().name == "procedure" && target.kind().name == "asset" {
                page.link_with_site(target)
            } else {
                page.link_with_id(target)
            }
        }
        None => Link {
            text: record.source.references[reference].text.clone(),
            url: None,
            hint: None,
        },
    }
}

/// Of links of one name side by side, each says where it leads: by the kind of its record, or by its id where they are
/// of one kind.
pub(super) fn told_apart(
    page: &Page<'_>,
    record: &Record,
    items: &[Placed],
    mut shown: Vec<Value>,
) -> Vec<Value> {
    let mut by_name: BTreeMap<&str, Vec<(usize, &Record)>> = BTreeMap::new();
    for (place, item) in items.iter().enumerate().take(shown.len()) {
        if let Written::Reference(reference) = &item.value
            && let Some(id) = record.linked(*reference)
        {
            let target = page.estate().record(id);
            by_name
                .entry(&target.title)
                .or_default()
                .push((place, target));
        }
    }
    for namesakes in by_name.into_values().filter(|them| them.len() > 1) {
        for (place, target) in &namesakes {
            let kind = target.kind();
            let others = namesakes.iter().filter(|(other, _)| other != place);
            let mut kinds = others.map(|(_, other)| &other.kind().name);
            let words = if kinds.all(|other| *other != kind.name) {
                kind.labels.get(page.language)
            } else {
                &target.source.id
            };
            if let Value::Link { link, .. } = &mut shown[*place] {
                link.hint.get_or_insert_with(|| words.to_owned());
            }
        }
    }
    shown
}

/// Structures as a table; columns that no row fills are left out.
fn table(page: &Page<'_>, record: &Record, field: &Field, items: &[Placed]) -> Value {
    let rows: Vec<&[Entry]> = items
        .iter()
        .filter_map(|item| match &item.value {
            Written::Structure(entries) => Some(entries.as_slice()),
            _ => None,
        })
        .collect();
    let parts = field.fields();
    let used: Vec<usize> = (0..parts.len())
        .filter(|part| {
            rows.iter()
                .any(|row| row.iter().any(|entry| entry.field == *part))
        })
        .collect();
    let cell = |row: &&[Entry], part: usize| {
        let entry = row.iter().find(|entry| entry.field == part);
        entry.map_or(Value::Empty, |entry| {
            let criterion =
                (field.key == "applies_to").then(|| criterion(page, &parts[part], entry));
            let shown = || entry_value(page, record, &parts[part], entry);
            criterion.flatten().unwrap_or_else(shown)
        })
    };
    let table = Table {
        caption: None,
        columns: used
            .iter()
            .map(|part| parts[*part].labels.get(page.language).to_owned())
            .collect(),
        rows: rows
            .iter()
            .map(|row| used.iter().map(|part| cell(row, *part)).collect())
            .collect(),
    };
    Value::Table { table }
}

/// What a procedure applies to is written with the keys of kinds and of asset types, and read with their words.
fn criterion(page: &Page<'_>, part: &Field, entry: &Entry) -> Option<Value> {
    let Written::Text(key) = &entry.value.value else {
        return None;
    };
    let schema = &page.estate().schema;
    let words = match part.key.as_str() {
        "kind" => &schema.kind(key)?.labels,
        "type" => {
            let types = schema.kind("asset")?.field("type")?.1.choices();
            &types.iter().find(|choice| choice.key == *key)?.labels
        }
        _ => return None,
    };
    Some(Value::text(words.get(page.language)))
}

/// The value of a field in a list: the same, shorter.
pub(super) fn cell(page: &Page<'_>, record: &Record, view: View<'_>, field: &Field) -> Value {
    let Some(entry) = view.entry(&field.key) else {
        return Value::Empty;
    };
    match &entry.value.value {
        Written::List(_) | Written::Structure(_) | Written::Markdown(_) => Value::text(plain(
            page.estate(),
            record,
            field,
            &entry.value.value,
            page.language,
        )),
        _ => match entry_value(page, record, field, entry) {
            // An id beside each name would make a list unreadable.
            Value::Link { link, external } => Value::Link {
                link: Link { hint: None, ..link },
                external,
            },
            value => value,
        },
    }
}
