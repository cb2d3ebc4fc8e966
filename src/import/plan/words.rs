//! Canonical values in the words that people write into files: a length of time is `1 h 30 min` there,
//! and `PT90M` everywhere else; a moment is `2026-11-20 04:05`, and `2026-11-20T04:05:00` elsewhere.

use jiff::civil::DateTime;

use crate::history::{Recorded, from_canonical};
use crate::project::Value;
use crate::schema::{Field, Type};

/// A value as it stands in a file.
pub(super) fn written(field: Option<&Field>, value: &Recorded) -> Recorded {
    let Some(field) = field else {
        return value.clone();
    };
    match value {
        Recorded::Text(text) if matches!(field.value, Type::Duration) => {
            let length = from_canonical(&field.value, text);
            Recorded::Text(length.map_or_else(|| text.clone(), |length| words(&length)))
        }
        Recorded::Text(text) if matches!(field.value, Type::DateTime) => {
            let moment = match from_canonical(&field.value, text) {
                Some(Value::DateTime(moment)) => shown(moment),
                _ => None,
            };
            Recorded::Text(moment.unwrap_or_else(|| text.clone()))
        }
        Recorded::Text(_) => value.clone(),
        Recorded::List(items) => {
            let items = items.iter().map(|item| written(Some(field), item));
            Recorded::List(items.collect())
        }
        Recorded::Structure(parts) => {
            let part = |key: &String| field.fields().iter().find(|part| part.key == *key);
            let parts = parts.iter();
            let parts = parts.map(|(key, value)| (key.clone(), written(part(key), value)));
            Recorded::Structure(parts.collect())
        }
    }
}

/// A moment with a blank between day and time, and with seconds where it has some; nothing for parts
/// of a second, which only the canonical form tells.
fn shown(moment: DateTime) -> Option<String> {
    if moment.subsec_nanosecond() != 0 {
        return None;
    }
    let form = if moment.second() == 0 {
        "%Y-%m-%d %H:%M"
    } else {
        "%Y-%m-%d %H:%M:%S"
    };
    Some(moment.strftime(form).to_string())
}

/// A length in units that both languages read, days and months by their French names.
fn words(length: &Value) -> String {
    let Value::Duration(length) = length else {
        return String::new();
    };
    let units = [
        (length.months, "mois"),
        (length.days, "j"),
        (length.minutes / 60, "h"),
        (length.minutes % 60, "min"),
    ];
    let words = units.iter().filter(|(count, _)| *count > 0);
    let words: Vec<String> = words
        .map(|(count, unit)| format!("{count} {unit}"))
        .collect();
    if words.is_empty() {
        return "0 min".to_owned();
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Duration;
    use crate::schema::built_in;

    #[test]
    fn lengths_of_time_are_read_back() {
        let schema = built_in();
        let kind = schema.kind("ticket").expect("a kind");
        let field = kind.field("time_spent").map(|(_, field)| field);
        for (canonical, expected) in [
            ("PT70M", "1 h 10 min"),
            ("PT120M", "2 h"),
            ("PT0M", "0 min"),
            ("P1M2DT5M", "1 mois 2 j 5 min"),
        ] {
            let value = written(field, &Recorded::Text(canonical.to_owned()));
            assert_eq!(value, Recorded::Text(expected.to_owned()));
            let read = Duration::parse(expected).map(Value::Duration);
            assert_eq!(read, from_canonical(&Type::Duration, canonical));
        }
    }

    #[test]
    fn moments_are_written_as_people_do() {
        let schema = built_in();
        let kind = schema.kind("ticket").expect("a kind");
        let field = |key: &str| kind.field(key).map(|(_, field)| field);
        let text = |text: &str| Recorded::Text(text.to_owned());
        for (canonical, expected) in [
            ("2026-11-20T04:05:00", "2026-11-20 04:05"),
            ("2026-11-20T00:00:00", "2026-11-20 00:00"),
            ("2026-11-20T04:05:06", "2026-11-20 04:05:06"),
            ("2026-11-20T04:05:06.5", "2026-11-20T04:05:06.5"),
            ("hier", "hier"),
        ] {
            assert_eq!(written(field("opened"), &text(canonical)), text(expected));
        }
        let event = |at: &str| {
            let parts = [("at", at), ("note", "2026-11-20T04:05:00")];
            let parts = parts.map(|(key, value)| (key.to_owned(), text(value)));
            Recorded::List(vec![Recorded::Structure(parts.into())])
        };
        assert_eq!(
            written(field("timeline"), &event("2026-11-20T04:05:00")),
            event("2026-11-20 04:05"),
            "only fields of moments change"
        );
    }
}
