//! From the canonical text of a recorded value back to a typed one.
//!
//! Only the canonical form is read: a text that merely could be meant as a date was not recorded as
//! one, and is shown as it was written.

use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;

use crate::project::{Duration, Value};
use crate::schema::Type;

/// The value that a canonical text of a type stands for; `None` when it is not in that form, and
/// for references, Markdown and structures, which need more than their text.
pub fn from_canonical(value_type: &Type, text: &str) -> Option<Value> {
    match value_type {
        Type::Text => Some(Value::Text(text.to_owned())),
        Type::Integer => text.parse().ok().map(Value::Integer),
        Type::Decimal => decimal(text).map(Value::Decimal),
        Type::Money => decimal(text).map(Value::Money),
        Type::Boolean => text.parse().ok().map(Value::Boolean),
        Type::Date => {
            let date: Date = text.parse().ok()?;
            // The library reads longer forms too, and would drop the time of a moment.
            (date.to_string() == text).then_some(Value::Date(date))
        }
        Type::DateTime => {
            let moment: DateTime = text.parse().ok()?;
            (moment.to_string() == text).then_some(Value::DateTime(moment))
        }
        Type::Duration => duration(text).map(Value::Duration),
        Type::Enumeration(choices) => {
            let place = choices.iter().position(|choice| choice.key == text);
            place.map(Value::Choice)
        }
        Type::IpAddress => text.parse().ok().map(Value::IpAddress),
        Type::Network => {
            let (address, length) = text.split_once('/')?;
            Some(Value::Network(address.parse().ok()?, length.parse().ok()?))
        }
        Type::MacAddress => Some(Value::MacAddress(text.to_owned())),
        Type::Url => Some(Value::Url(text.to_owned())),
        Type::Email => Some(Value::Email(text.to_owned())),
        Type::File => Some(Value::File(text.to_owned())),
        Type::Reference(_) | Type::Markdown | Type::Structure(_) => None,
    }
}

/// A plain decimal: digits, at most one point, a sign; no thousands, no exponent.
fn decimal(text: &str) -> Option<Decimal> {
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    let number = plain.then(|| Decimal::from_str(text));
    number?.ok()
}

/// A length of time as ISO 8601 writes it, in the units that Carnet keeps: `P1M2DT30M`.
fn duration(text: &str) -> Option<Duration> {
    let rest = text.strip_prefix('P')?;
    let (calendar, clock) = match rest.split_once('T') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (rest, ""),
    };
    let mut length = Duration::default();
    for (count, unit) in amounts(calendar)? {
        let (months, days) = match unit {
            'Y' => (count.checked_mul(12)?, 0),
            'M' => (count, 0),
            'W' => (0, count.checked_mul(7)?),
            'D' => (0, count),
            _ => return None,
        };
        length = length.plus(Duration {
            months,
            days,
            minutes: 0,
        })?;
    }
    for (count, unit) in amounts(clock)? {
        let minutes = match unit {
            'H' => count.checked_mul(60)?,
            'M' => count,
            _ => return None,
        };
        length = length.plus(Duration {
            minutes,
            ..Duration::default()
        })?;
    }
    (!rest.is_empty()).then_some(length)
}

/// Numbers, each with the letter after it.
fn amounts(text: &str) -> Option<Vec<(i32, char)>> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|letter: char| letter.is_ascii_alphabetic())?;
        found.push((rest[..end].parse().ok()?, char::from(rest.as_bytes()[end])));
        rest = &rest[end + 1..];
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value_type: &Type, text: &str) -> Option<Value> {
        from_canonical(value_type, text)
    }

    #[test]
    fn canonical_forms_are_read_and_no_others() {
        let day = Date::constant(2026, 11, 20);
        assert_eq!(read(&Type::Date, "2026-11-20"), Some(Value::Date(day)));
        for other in ["20/11/2026", "2026-11-20T09:30:00", "20261120", ""] {
            assert_eq!(read(&Type::Date, other), None, "{other}");
        }
        let moment = day.at(9, 30, 0, 0);
        assert_eq!(
            read(&Type::DateTime, "2026-11-20T09:30:00"),
            Some(Value::DateTime(moment))
        );
        assert_eq!(read(&Type::DateTime, "2026-11-20"), None);
        assert_eq!(read(&Type::Boolean, "oui"), None);
        assert_eq!(read(&Type::Boolean, "true"), Some(Value::Boolean(true)));
        assert_eq!(
            read(&Type::Money, "-1249.90"),
            Some(Value::Money(Decimal::new(-124_990, 2)))
        );
        for other in ["1 249,90", "1e3", "1_000", "", "-"] {
            assert_eq!(read(&Type::Decimal, other), None, "{other}");
        }
        assert!(read(&Type::Network, "2001:db8::/32").is_some());
        assert_eq!(read(&Type::Network, "192.0.2.0"), None);
    }

    #[test]
    fn lengths_of_time() {
        let length = |months, days, minutes| {
            Some(Duration {
                months,
                days,
                minutes,
            })
        };
        assert_eq!(duration("P1M2DT30M"), length(1, 2, 30));
        assert_eq!(duration("P1Y1WT1H30M"), length(12, 7, 90));
        assert_eq!(duration("PT0M"), length(0, 0, 0));
        for other in [
            "P",
            "PT",
            "P1",
            "P1X",
            "1 mois",
            "P1DT",
            "",
            "PéM",
            "P2147483647D1D",
            "PT9999999999M",
        ] {
            assert_eq!(duration(other), None, "{other}");
        }
    }
}
