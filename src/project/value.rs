//! Typed values, each with its place.

use std::net::IpAddr;

use jiff::Span;
use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;

use crate::diagnostic::Language;
use crate::format;
use crate::source::TextRange;

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Where.
    pub range: TextRange,
    /// What.
    pub value: Value,
}

/// A value of a field, after the schema typed it.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text, as written.
    Text(String),
    /// Markdown: the position of its document in [`Record::documents`](super::Record::documents).
    Markdown(usize),
    /// A whole number.
    Integer(i64),
    /// A number with decimals.
    Decimal(Decimal),
    /// Euros.
    Money(Decimal),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// A day and a time on the site's clocks.
    DateTime(DateTime),
    /// A length of time.
    Duration(Duration),
    /// The position of the value in the field's choices.
    Choice(usize),
    /// A reference: its position in [`Record::references`](super::Record::references).
    Reference(usize),
    /// An IP address.
    IpAddress(IpAddr),
    /// A network: its address as written, and the length of its prefix.
    Network(IpAddr, u8),
    /// A MAC address, as written.
    MacAddress(String),
    /// A web address.
    Url(String),
    /// An e-mail address.
    Email(String),
    /// A file, as written.
    File(String),
    /// Several values.
    List(Vec<Placed>),
    /// Fields of a structure.
    Structure(Vec<Entry>),
    /// A value that does not fit its field, as written: it is shown, and marked.
    Invalid(String),
    /// A value that is never kept: only that it was written.
    Secret,
}

/// A field of a record or structure that was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Position of the field among the kind's (or structure's) fields.
    pub field: usize,
    /// Where its key stands.
    pub key: TextRange,
    /// Its value.
    pub value: Placed,
}

/// A length of time as people write it; months and days are calendar units, minutes are clock time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Duration {
    /// Calendar months.
    pub months: i32,
    /// Days.
    pub days: i32,
    /// Minutes.
    pub minutes: i32,
}

impl Duration {
    /// The length in words of a language: `1 h 30 min`.
    pub fn text(self, language: Language) -> String {
        format::duration(self.months, self.days, self.minutes, language)
    }

    /// The length on the calendar; `None` when it is longer than any calendar.
    pub fn span(self) -> Option<Span> {
        let span = Span::new().try_months(self.months).ok()?;
        let span = span.try_days(self.days).ok()?;
        span.try_minutes(self.minutes).ok()
    }

    /// Reads `45 min`, `4 h`, `1 h 30`, `1h30`, `2 j`, `3 semaines`, `6 mois`, `1 an`, in French or English.
    pub fn parse(text: &str) -> Option<Self> {
        let mut duration = Self::default();
        let mut rest = text.trim();
        let mut after_hours = false;
        while !rest.is_empty() {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let number: i32 = rest[..digits].parse().ok()?;
            rest = rest[digits..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
            let letters = rest.len() - rest.trim_start_matches(char::is_alphabetic).len();
            let unit = rest[..letters].to_lowercase();
            rest = rest[letters..].trim_start_matches([' ', '\u{a0}', '\u{202f}', '.', ',']);
            let hours = matches!(unit.as_str(), "h" | "heure" | "heures" | "hour" | "hours");
            let (length, factor) = match unit.as_str() {
                "min" | "mn" | "minute" | "minutes" => (&mut duration.minutes, 1),
                "" if after_hours => (&mut duration.minutes, 1),
                _ if hours => (&mut duration.minutes, 60),
                "j" | "jour" | "jours" | "d" | "day" | "days" => (&mut duration.days, 1),
                "sem" | "semaine" | "semaines" | "w" | "week" | "weeks" => (&mut duration.days, 7),
                "mois" | "month" | "months" => (&mut duration.months, 1),
                "an" | "ans" | "année" | "années" | "y" | "year" | "years" => {
                    (&mut duration.months, 12)
                }
                _ => return None,
            };
            *length = length.checked_add(number.checked_mul(factor)?)?;
            after_hours = hours;
        }
        (duration != Self::default() || text.trim_start().starts_with('0')).then_some(duration)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_as_people_write_them() {
        let minutes = |minutes| {
            Some(Duration {
                minutes,
                ..Duration::default()
            })
        };
        assert_eq!(Duration::parse("45 min"), minutes(45));
        assert_eq!(Duration::parse("4 h"), minutes(240));
        assert_eq!(Duration::parse("1h30"), minutes(90));
        assert_eq!(Duration::parse("1 h 30 min"), minutes(90));
        assert_eq!(
            Duration::parse("2 j"),
            Some(Duration {
                days: 2,
                ..Duration::default()
            })
        );
        assert_eq!(
            Duration::parse("1 an"),
            Some(Duration {
                months: 12,
                ..Duration::default()
            })
        );
        assert_eq!(Duration::parse("3"), None);
        assert_eq!(Duration::parse("2147483647 j 1 j"), None);
        assert_eq!(Duration::parse("vite"), None);
        assert_eq!(Duration::parse(""), None);
    }
}
