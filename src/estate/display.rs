//! A value as plain text in a language: for exports, search results and tooltips.

use crate::diagnostic::Language;
use crate::estate::{Estate, Record};
use crate::format;
use crate::project::{Placed, Value};
use crate::schema::Field;

/// The text of a value of a field of `record`; lists are joined by commas. A secret has none.
pub fn plain(
    estate: &Estate,
    record: &Record,
    field: &Field,
    value: &Value,
    language: Language,
) -> String {
    let several = |items: &[Placed]| {
        let texts = items
            .iter()
            .map(|item| plain(estate, record, field, &item.value, language));
        texts
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    };
    match value {
        Value::Markdown(document) => {
            let document = &record.source.documents[*document];
            let texts = document.sections.iter().map(|section| section.text.trim());
            texts.collect::<Vec<_>>().join("\n")
        }
        Value::Reference(reference) => match record.linked(*reference) {
            Some(id) => estate.record(id).title.clone(),
            None => record.source.references[*reference].text.clone(),
        },
        Value::List(items) => several(items),
        Value::Structure(entries) => {
            let parts = entries.iter().map(|entry| {
                plain(
                    estate,
                    record,
                    &field.fields()[entry.field],
                    &entry.value.value,
                    language,
                )
            });
            parts
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" · ")
        }
        _ => simple(field, value, language).unwrap_or_default(),
    }
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
