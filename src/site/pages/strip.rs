//! The strip at the head of a record: what people open the page for, without having to read it.
//!
//! Which fields it tells is the schema's word (`summary:`); where an estimate says more than the field does
//! (rights left of a licence, when a ticket falls due), that stands in its place.

use crate::estate::{Record, deadlines};
use crate::project::{Entry, Value as Written};
use crate::schema::{Field, Type};
use crate::site::context::{Link, Value};
use crate::site::page::Page;
use crate::site::{telephone, value};

use super::{licence_position, service_levels};

/// More facts than these are no longer found at a glance.
const MOST_FACTS: usize = 6;
/// Of a list so many values are told, and how many others there are.
const MOST_VALUES: usize = 3;

/// Label and value of the facts, those without a value left out.
pub(super) fn facts(page: &Page<'_>, record: &Record) -> Vec<(String, Value)> {
    let kind = record.kind();
    let due = service_levels::due(page, record);
    let named = kind
        .summary
        .iter()
        .filter_map(|key| kind.fields.iter().find(|field| field.key == *key));
    // A kind of the site that says nothing is told by what its list shows.
    let columns = kind.fields.iter().filter(|field| {
        let is_badge = matches!(field.value, Type::Enumeration(_));
        kind.summary.is_empty() && field.column && !is_badge && field.key != kind.title
    });
    let written = named.chain(columns).filter_map(|field| {
        let label = field.labels.get(page.language).to_owned();
        Some((label, fact(page, record, field)?))
    });
    due.into_iter().chain(written).take(MOST_FACTS).collect()
}

fn fact(page: &Page<'_>, record: &Record, field: &Field) -> Option<Value> {
    let entry = record.view().entry(&field.key)?;
    if field.secret {
        return None;
    }
    if record.kind().name == "licence" && field.key == "seats" {
        return Some(Value::text(licence_position::seats(page, record)));
    }
    let shown = short(page, record, field, entry);
    let number = user_phone(page, record, field).map(Value::link);
    if let (Value::Link { .. }, Some(number)) = (&shown, number) {
        let items = vec![shown, number];
        return Some(Value::List { items });
    }
    match (shown, record.view().text("os_version")) {
        (Value::Text { text }, Some(version)) if field.key == "os" => {
            Some(Value::text(format!("{text} {version}")))
        }
        (shown, _) => told(page, record, field, shown),
    }
}

/// The number of who uses an asset: whoever helps them calls them first.
fn user_phone(page: &Page<'_>, record: &Record, field: &Field) -> Option<Link> {
    let is_user = record.kind().name == "asset" && field.key == "user";
    let person = page.estate().first(record, "user").filter(|_| is_user)?;
    let view = person.view();
    let number = view.text("phone").or_else(|| view.text("mobile"))?;
    let link = telephone::link(number);
    link.url.is_some().then_some(link)
}

/// A date says how near it is.
fn told(page: &Page<'_>, record: &Record, field: &Field, shown: Value) -> Option<Value> {
    match shown {
        Value::Empty | Value::Html { .. } | Value::Table { .. } => None,
        Value::Date { date, .. } => {
            let days = deadlines::days_left(page.estate(), record, &field.key);
            let badge = days.map(|days| page.nearness(days));
            Some(Value::Date { date, badge })
        }
        shown => Some(shown),
    }
}

/// The value as fields show it, without the ids beside names, and of a list its beginning.
fn short(page: &Page<'_>, record: &Record, field: &Field, entry: &Entry) -> Value {
    let Written::List(items) = &entry.value.value else {
        return plain(value::entry_value(page, record, field, entry));
    };
    if matches!(field.value, Type::Structure(_) | Type::Markdown) {
        return Value::Empty;
    }
    let first = items.iter().take(MOST_VALUES);
    let told = first.map(|item| plain(value::value(page, record, field, item)));
    let mut told = value::told_apart(page, record, items, told.collect());
    match items.len() {
        0 => Value::Empty,
        1 => told.remove(0),
        count => {
            let more = count.saturating_sub(MOST_VALUES);
            if more > 0 {
                told.push(Value::text(page.count("and-more", more)));
            }
            Value::List { items: told }
        }
    }
}

fn plain(shown: Value) -> Value {
    match shown {
        Value::Link { link, external } => Value::Link {
            link: Link { hint: None, ..link },
            external,
        },
        other => other,
    }
}
