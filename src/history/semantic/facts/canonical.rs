//! One value in the one spelling the history keeps, whatever its author's: see [`Recorded`](crate::history::Recorded).

use std::fmt::Write;

use crate::project::{Duration, Record, Value};
use crate::schema::Field;

/// The text of a scalar. Lists, structures, Markdown and secrets are none, and give nothing.
pub(super) fn text(value: &Value, field: &Field, record: &Record) -> String {
    match value {
        Value::Text(text)
        | Value::MacAddress(text)
        | Value::Url(text)
        | Value::Email(text)
        | Value::File(text)
        | Value::Invalid(text) => text.trim().to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) | Value::Money(number) => number.normalize().to_string(),
        Value::Boolean(yes) => yes.to_string(),
        Value::Date(day) => day.to_string(),
        Value::DateTime(moment) => moment.to_string(),
        Value::Duration(length) => duration(*length),
        Value::Choice(index) => field
            .choices()
            .get(*index)
            .map_or_else(String::new, |choice| choice.key.clone()),
        Value::Reference(index) => record.references[*index].text.clone(),
        Value::IpAddress(address) => address.to_string(),
        Value::Network(address, length) => format!("{address}/{length}"),
        Value::Markdown(_) | Value::List(_) | Value::Structure(_) | Value::Secret => String::new(),
    }
}

/// ISO 8601, with all minutes as minutes: `P1M2DT30M`; nothing at all is `PT0M`.
fn duration(length: Duration) -> String {
    let mut text = "P".to_owned();
    for (number, unit) in [(length.months, "M"), (length.days, "D")] {
        if number != 0 {
            let _ = write!(text, "{number}{unit}");
        }
    }
    if length.minutes != 0 || text.len() == 1 {
        let _ = write!(text, "T{}M", length.minutes);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_one_form() {
        let of = |text: &str| duration(Duration::parse(text).expect("a length"));
        assert_eq!(of("1 h 30"), "PT90M");
        assert_eq!(of("90 min"), "PT90M");
        assert_eq!(of("1 mois 2 j 30 min"), "P1M2DT30M");
        assert_eq!(of("0 min"), "PT0M");
    }
}
