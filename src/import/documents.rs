//! JSON as programs write it: one value or several in a row, values by key, moments as clocks of
//! the site show them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::{Deserializer, Value};

use crate::diagnostic::{Text, failure};
use crate::import::Refusal;
use crate::import::table::{bounded, decode};
use crate::import::weight::{HEAVIEST, weigh};
use crate::text;

/// The first and the last second that a moment may have: from 1980 to 2100. What is beyond is a
/// clock that was never set, or milliseconds taken for seconds.
const SECONDS: (i64, i64) = (315_532_800, 4_102_444_800);

/// The values of a file, in its order: most have one, joined files have several. Refused when it is
/// too large, no JSON, or empty.
pub(super) fn documents(bytes: &[u8]) -> Result<Vec<Value>, Refusal> {
    bounded(bytes)?;
    let text = decode(bytes)?;
    weigh(&text, HEAVIEST)?;
    let values = Deserializer::from_str(text.trim_start_matches('\u{feff}')).into_iter();
    let values: Vec<Value> = values.collect::<Result<_, _>>().map_err(|error| {
        let Text { fr, en } = failure::words(&error);
        Refusal::new(text!(
            "ce n’est pas du JSON lisible ({fr})",
            "this is not readable JSON ({en})"
        ))
    })?;
    if values.is_empty() {
        return Err(Refusal::new(text!(
            "ce fichier est vide",
            "this file is empty"
        )));
    }
    Ok(values)
}

/// A text or number as a text; nothing when empty.
pub(super) fn text_of(value: &Value, key: &str) -> Option<String> {
    let text = match value.get(key)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The texts of a list.
pub(super) fn texts_of(value: &Value, key: &str) -> Vec<String> {
    let items = value.get(key).and_then(Value::as_array);
    let texts = items.into_iter().flatten().filter_map(Value::as_str);
    let texts = texts.map(str::trim).filter(|text| !text.is_empty());
    texts.map(str::to_owned).collect()
}

/// A truth, in JSON's form or as a text.
pub(super) fn flag_of(value: &Value, key: &str) -> Option<bool> {
    match value.get(key)? {
        Value::Bool(yes) => Some(*yes),
        Value::String(text) => text.trim().to_ascii_lowercase().parse().ok(),
        _ => None,
    }
}

/// The items of a value that is a list, or that holds one under the first of some keys; else the
/// value itself.
pub(super) fn items<'v>(value: &'v Value, keys: &[&str]) -> Vec<&'v Value> {
    let inner = keys.iter().find_map(|key| value.get(key)?.as_array());
    match value.as_array().or(inner) {
        Some(items) => items.iter().collect(),
        None => vec![value],
    }
}

/// The moment of a text in the forms of ISO 8601, as clocks of a zone show it, without seconds. A
/// text without a zone is taken for the zone's own; `/Date(…)/` is what Windows PowerShell 5 writes.
pub(super) fn moment_of(value: &Value, key: &str, zone: &TimeZone) -> Option<DateTime> {
    let text = value.get(key)?.as_str()?.trim();
    let inside = text.strip_prefix("/Date(");
    if let Some(digits) = inside.and_then(|rest| rest.split([')', '+', '-']).next()) {
        return since_epoch(digits.parse::<i64>().ok()?.div_euclid(1_000), zone);
    }
    if let Ok(stamp) = text.parse::<Timestamp>() {
        return since_epoch(stamp.as_second(), zone);
    }
    let moment: DateTime = text.parse().ok()?;
    let stamp = moment.to_zoned(TimeZone::UTC).ok()?.timestamp();
    since_epoch(stamp.as_second(), &TimeZone::UTC)
}

/// The moment of a number of seconds since 1970, with or without decimals, as clocks of a zone show it.
pub(super) fn epoch_of(value: &Value, key: &str, zone: &TimeZone) -> Option<DateTime> {
    let text = text_of(value, key)?;
    let whole = match value.get(key)? {
        // Large numbers may be written with an exponent (`1.7e9`).
        Value::Number(number) if text.contains(['e', 'E']) => format!("{:.0}", number.as_f64()?),
        _ => text,
    };
    since_epoch(whole.split('.').next()?.parse().ok()?, zone)
}

fn since_epoch(seconds: i64, zone: &TimeZone) -> Option<DateTime> {
    if !(SECONDS.0..SECONDS.1).contains(&seconds) {
        return None;
    }
    let moment = zone.to_datetime(Timestamp::from_second(seconds).ok()?);
    moment.with().second(0).subsec_nanosecond(0).build().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::project::time_zone;

    #[test]
    fn moments_are_those_of_the_site() {
        let paris = time_zone("Europe/Paris").expect("a zone");
        let iso = |text: &str| {
            moment_of(&json!({"t": text}), "t", &paris).map(|moment| moment.to_string())
        };
        let cases = [
            ("2026-02-19T22:44:34.833377676-08:00", "2026-02-20T07:44:00"),
            ("2026-07-01T10:00:00Z", "2026-07-01T12:00:00"),
            ("2026-11-20T02:31:20.789123", "2026-11-20T02:31:00"),
            ("/Date(1705693792857)/", "2024-01-19T20:49:00"),
        ];
        for (text, expected) in cases {
            assert_eq!(iso(text).as_deref(), Some(expected), "{text}");
        }
        for none in ["", "hier", "0001-01-01T00:00:00Z", "/Date(x)/"] {
            assert_eq!(iso(none), None, "{none}");
        }
        let epoch = |value: Value| {
            epoch_of(&json!({"t": value}), "t", &paris).map(|moment| moment.to_string())
        };
        for value in [
            json!(1_705_693_792.857_588),
            json!("1705693792.857588000"),
            json!(1.705_693_792e9),
        ] {
            assert_eq!(epoch(value).as_deref(), Some("2024-01-19T20:49:00"));
        }
        for value in [
            json!(0),
            json!(1_705_693_792_857_i64),
            json!(null),
            json!("x"),
        ] {
            assert_eq!(epoch(value), None);
        }
    }

    #[test]
    fn files_hold_one_value_or_several() {
        let read = |text: &str| documents(text.as_bytes()).map(|values| values.len());
        assert_eq!(read("[1, 2]"), Ok(1));
        assert_eq!(read("\u{feff}{}\r\n{}\n"), Ok(2));
        for wrong in ["", "  ", "{", "nom;date\n", "[1] x"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        assert!(read(&"[".repeat(100_000)).is_err());
    }
}
