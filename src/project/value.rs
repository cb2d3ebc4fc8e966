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

/// The largest amount and number with decimals, on either side of zero: a thousand billions, more than
/// any budget of a department, and little enough that no product or sum of a site leaves its type.
const LARGEST_AMOUNT: i64 = 1_000_000_000_000;
/// The largest whole number, on either side of zero: nobody counts more than a billion things.
const LARGEST_COUNT: i64 = 1_000_000_000;

impl Value {
    /// The bound that a number or an amount is beyond, on either side of zero.
    pub fn bound_passed(&self) -> Option<i64> {
        let (is_beyond, bound) = match self {
            Self::Integer(number) => (
                number.unsigned_abs() > LARGEST_COUNT.unsigned_abs(),
                LARGEST_COUNT,
            ),
            Self::Decimal(number) | Self::Money(number) => {
                (number.abs() > Decimal::from(LARGEST_AMOUNT), LARGEST_AMOUNT)
            }
            _ => return None,
        };
        is_beyond.then_some(bound)
    }

    /// Whether it is a number or an amount of zero.
    pub fn is_zero(&self) -> bool {
        match self {
            Self::Integer(number) => *number == 0,
            Self::Decimal(number) | Self::Money(number) => number.is_zero(),
            _ => false,
        }
    }

    /// Whether it is a number or an amount below zero.
    pub fn is_negative(&self) -> bool {
        match self {
            Self::Integer(number) => *number < 0,
            Self::Decimal(number) | Self::Money(number) => *number < Decimal::ZERO,
            _ => false,
        }
    }
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Duration {
    /// Calendar months.
    pub months: i32,
    /// Days.
    pub days: i32,
    /// Minutes.
    pub minutes: i32,
}

impl Duration {
    /// A thousand years, in each unit. Whoever writes more has mistyped; and below it, no sum of the three
    /// units leaves its type, nor a date the calendar.
    const LONGEST: Self = Self {
        months: 12_000,
        days: 365_250,
        minutes: 365_250 * 1440,
    };

    /// Two lengths added unit by unit; `None` past the longest that anybody means.
    pub fn plus(self, other: Self) -> Option<Self> {
        let most = Self::LONGEST;
        let sum = |one: i32, other: i32, most: i32| {
            one.checked_add(other)
                .filter(|sum| (0..=most).contains(sum))
        };
        Some(Self {
            months: sum(self.months, other.months, most.months)?,
            days: sum(self.days, other.days, most.days)?,
            minutes: sum(self.minutes, other.minutes, most.minutes)?,
        })
    }

    /// The whole length in minutes, with months of 30 days: for sorting and for sums, not for due times.
    pub fn minutes_in_all(self) -> i64 {
        let [months, days, minutes] = [self.months, self.days, self.minutes].map(i64::from);
        (months * 30 + days) * 1440 + minutes
    }

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

    /// Reads `45 min`, `4 h`, `1 h 30`, `1h30`, `2 j`, `3 semaines`, `6 mois`, `1 an`, in French or English;
    /// nothing longer than a thousand years.
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
            duration = duration.plus(amount(number, &unit, after_hours)?)?;
            after_hours = is_hours(&unit);
        }
        (duration != Self::default() || text.trim_start().starts_with('0')).then_some(duration)
    }
}

/// So many of a unit; a number without one counts minutes after hours.
fn amount(number: i32, unit: &str, after_hours: bool) -> Option<Duration> {
    let mut amount = Duration::default();
    match unit {
        "min" | "mn" | "minute" | "minutes" => amount.minutes = number,
        "" if after_hours => amount.minutes = number,
        hours if is_hours(hours) => amount.minutes = number.checked_mul(60)?,
        "j" | "jour" | "jours" | "d" | "day" | "days" => amount.days = number,
        "sem" | "semaine" | "semaines" | "w" | "week" | "weeks" => {
            amount.days = number.checked_mul(7)?;
        }
        "mois" | "month" | "months" => amount.months = number,
        "an" | "ans" | "année" | "années" | "y" | "year" | "years" => {
            amount.months = number.checked_mul(12)?;
        }
        _ => return None,
    }
    Some(amount)
}

fn is_hours(unit: &str) -> bool {
    matches!(unit, "h" | "heure" | "heures" | "hour" | "hours")
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

    #[test]
    fn nothing_is_longer_than_a_thousand_years() {
        for longest in [
            "1000 ans",
            "12000 mois",
            "365250 j",
            "8766000 h",
            "525960000 min",
        ] {
            assert!(Duration::parse(longest).is_some(), "{longest}");
        }
        for longer in [
            "1001 ans",
            "239977 months",
            "9999999 months",
            "178956970 years",
            "5000000 days",
            "8766001 h",
            "99999999 h",
            "2147483647 min 2147483647 min",
            "99999999999 j",
        ] {
            assert_eq!(Duration::parse(longer), None, "{longer}");
        }
        let sum = Duration::parse("1000 ans 365250 j 525960000 min").expect("all at once");
        assert_eq!(sum.minutes_in_all(), (360_000 + 365_250 + 365_250) * 1440);
    }
}
