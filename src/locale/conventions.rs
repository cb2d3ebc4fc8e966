//! What a language's file may say of the language beside the words of the interface, with the English that
//! stands where it is silent.

/// A line of a language's file that is no word of the interface.
#[derive(Debug, Clone, Copy)]
pub struct Convention {
    /// Its key.
    pub key: &'static str,
    /// What holds in English.
    pub english: &'static str,
    /// What is to be written.
    pub form: Form,
    /// What it is for, in English, as the file to start from tells it.
    pub purpose: &'static str,
}

/// What is written behind a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Any text.
    Text,
    /// So many names between commas.
    Names(usize),
    /// A text with these places and no others; the first must stand in it.
    Pattern(&'static [&'static str]),
    /// The forms of a counted word, each with `{n}` or without.
    Counted,
    /// A rule of plural forms.
    Plural,
}

const fn of(
    key: &'static str,
    english: &'static str,
    form: Form,
    purpose: &'static str,
) -> Convention {
    Convention {
        key,
        english,
        form,
        purpose,
    }
}

use Form::{Counted, Names, Pattern, Plural, Text};

const DATE: Form = Pattern(&["year", "day", "dd", "mm", "month"]);

/// All conventions, in the order of the file to start from.
pub const CONVENTIONS: [Convention; 28] = [
    of(
        "language-name",
        "",
        Text,
        "the language’s own name, for the switch",
    ),
    of(
        "plural-rule",
        "n = 1",
        Plural,
        "plural forms, by the rules of Unicode’s CLDR: one condition a form but the last, between bars",
    ),
    of(
        "month-names",
        "January, February, March, April, May, June, July, August, September, October, November, December",
        Names(12),
        "months",
    ),
    of(
        "month-names-short",
        "Jan, Feb, Mar, Apr, May, Jun, Jul, Aug, Sep, Oct, Nov, Dec",
        Names(12),
        "months, shortened",
    ),
    of(
        "weekday-names",
        "Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday",
        Names(7),
        "days from Monday",
    ),
    of(
        "weekday-names-short",
        "Mon, Tue, Wed, Thu, Fri, Sat, Sun",
        Names(7),
        "days, shortened",
    ),
    of("date-long", "{day} {month} {year}", DATE, "a day in words"),
    of(
        "date-long-first",
        "",
        DATE,
        "the same on the first of a month, where that is written otherwise",
    ),
    of(
        "date-short",
        "{year}-{mm}-{dd}",
        DATE,
        "a day in digits; {dd} and {mm} have two",
    ),
    of(
        "date-month",
        "{month} {year}",
        Pattern(&["month", "year"]),
        "a month",
    ),
    of(
        "date-week",
        "{weekday} {day} {month}",
        Pattern(&["weekday", "day", "month"]),
        "a day of this week, shortened",
    ),
    of(
        "date-moment",
        "{weekday} {date} at {time}",
        Pattern(&["date", "weekday", "time"]),
        "a day and a time in words",
    ),
    of("decimal-mark", ".", Text, "between units and decimals"),
    of(
        "thousands-mark",
        ",",
        Text,
        "between thousands; \"\" for none",
    ),
    of(
        "money",
        "€{amount}",
        Pattern(&["amount"]),
        "an amount in euros",
    ),
    of(
        "percentage",
        "{number}%",
        Pattern(&["number"]),
        "a share of a hundred",
    ),
    of(
        "quotation",
        "“{text}”",
        Pattern(&["text"]),
        "quotation marks",
    ),
    of(
        "duration-years",
        "{n} year|{n} years",
        Counted,
        "lengths of time",
    ),
    of("duration-months", "{n} month|{n} months", Counted, ""),
    of("duration-days", "{n} day|{n} days", Counted, ""),
    of("duration-hours", "{n} h", Counted, ""),
    of("duration-minutes", "{n} min", Counted, ""),
    of("day-today", "today", Text, "how far a day is"),
    of("day-tomorrow", "tomorrow", Text, ""),
    of("day-yesterday", "yesterday", Text, ""),
    of("days-ahead", "in {n} day|in {n} days", Counted, ""),
    of("days-ago", "{n} day ago|{n} days ago", Counted, ""),
    of(
        "link-to-heading",
        "Link to “{text}”",
        Pattern(&["text"]),
        "the link beside a heading, for screen readers",
    ),
];

/// The convention of a key.
pub fn convention(key: &str) -> Option<&'static Convention> {
    CONVENTIONS.iter().find(|convention| convention.key == key)
}
