//! A value as plain text in a language: for exports, search results and tooltips.

use crate::diagnostic::Language;
use crate::estate::{Estate, Record, RecordId, places};
use crate::format;
use crate::project::{Entry, Value};
use crate::schema::Field;

/// The text of a value of a field of `record`; lists are joined by commas. A secret has none.
pub fn plain(
    estate: &Estate,
    record: &Record,
    field: &Field,
    value: &Value,
    language: Language,
) -> String {
    let title = |id| estate.record(id).title.clone();
    Written {
        record,
        language,
        title: &title,
    }
    .text(field, value)
}

/// The same for who does not see the rest of the record: a place is told with the site around it.
pub fn alone(
    estate: &Estate,
    record: &Record,
    field: &Field,
    value: &Value,
    language: Language,
) -> String {
    let title = |id| places::told(estate, estate.record(id));
    Written {
        record,
        language,
        title: &title,
    }
    .text(field, value)
}

/// The values of a record in a language, and what other records are called in them.
struct Written<'a> {
    record: &'a Record,
    language: Language,
    title: &'a dyn Fn(RecordId) -> String,
}

impl Written<'_> {
    fn text(&self, field: &Field, value: &Value) -> String {
        match value {
            Value::Markdown(document) => {
                let document = &self.record.source.documents[*document];
                let texts = document.sections.iter().map(|section| section.text.trim());
                texts.collect::<Vec<_>>().join("\n")
            }
            Value::Reference(reference) => match self.record.linked(*reference) {
                Some(id) => (self.title)(id),
                None => self.record.source.references[*reference].text.clone(),
            },
            Value::List(items) => {
                let texts = items.iter().map(|item| self.text(field, &item.value));
                joined(texts, ", ")
            }
            Value::Structure(entries) => {
                let part = |entry: &Entry| &field.fields()[entry.field];
                let parts = entries.iter();
                joined(parts.map(|it| self.text(part(it), &it.value.value)), " · ")
            }
            _ => simple(field, value, self.language).unwrap_or_default(),
        }
    }
}

/// The texts that say something.
fn joined(texts: impl Iterator<Item = String>, between: &str) -> String {
    let texts = texts.filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join(between)
}

/// The text of a value that means the same in every record; `None` for Markdown, references, lists,
/// structures and secrets.
pub fn simple(field: &Field, value: &Value, language: Language) -> Option<String> {
    Some(match value {
        Value::Text(text)
        | Value::MacAddress(text)
        | Value::Url(text)
        | Value::Email(text)
        | Value::File(text)
        | Value::Invalid(text) => text.clone(),
        Value::Integer(number) if field.year => number.to_string(),
        Value::Integer(number) => format::integer(*number, language),
        Value::Decimal(number) => format::decimal(*number, language),
        Value::Money(amount) => format::money(*amount, language),
        Value::Boolean(yes) => match (yes, language) {
            (true, Language::Fr) => "oui",
            (true, Language::En) => "yes",
            (true, Language::Other(locale)) => locale.own("yes").unwrap_or("yes"),
            (false, Language::Fr) => "non",
            (false, Language::En) => "no",
            (false, Language::Other(locale)) => locale.own("no").unwrap_or("no"),
        }
        .to_owned(),
        Value::Date(date) => format::short_date(*date, language),
        Value::DateTime(moment) => format::date_time(*moment, language),
        Value::Duration(duration) => duration.text(language),
        Value::Choice(index) => field
            .choices()
            .get(*index)
            .map_or("", |choice| choice.labels.get(language))
            .to_owned(),
        Value::IpAddress(address) => address.to_string(),
        Value::Network(address, length) => format!("{address}/{length}"),
        Value::Markdown(_)
        | Value::Reference(_)
        | Value::List(_)
        | Value::Structure(_)
        | Value::Secret => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_written_as_one_word() {
        let schema = crate::schema::built_in();
        let field = |kind: &str, key: &str| {
            let (_, field) = schema.kind(kind).unwrap().field(key).unwrap();
            simple(field, &Value::Integer(2025), Language::Fr)
        };
        assert_eq!(field("budget", "year").as_deref(), Some("2025"));
        assert_eq!(field("licence", "seats").as_deref(), Some("2\u{202f}025"));
    }
}
