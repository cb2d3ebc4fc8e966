//! Days and moments as other programs write them. `05/06/2026` is a day only once somebody has said
//! whose order it is in: a wrong guess would be found months later.

use jiff::civil::{Date, DateTime, Time};

use crate::fold::fold;
use crate::import::profile::culture::Culture;

/// What became of reading a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum Moment {
    /// It is this one; without a time, midnight.
    At(DateTime),
    /// It could be either of two days.
    Ambiguous,
    /// It is none.
    Unreadable,
}

/// Names of months in French and English, by their first letters; of two that fit, the longer.
const MONTHS: [(&str, i8); 23] = [
    ("janv", 1),
    ("jan", 1),
    ("fevr", 2),
    ("fev", 2),
    ("feb", 2),
    ("mars", 3),
    ("mar", 3),
    ("avr", 4),
    ("apr", 4),
    ("mai", 5),
    ("may", 5),
    ("juin", 6),
    ("jun", 6),
    ("juil", 7),
    ("jul", 7),
    ("aout", 8),
    ("aug", 8),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
    ("jui", 7),
    ("aou", 8),
];

/// Reads a day, with or without a time: ISO, with slashes, dots or dashes, with names of months.
pub(in crate::import) fn moment(text: &str, culture: Option<Culture>) -> Moment {
    let text = text.trim();
    let (day, clock) = cut(text);
    match (date(day, culture), time(clock)) {
        (Ok(date), Some(time)) => Moment::At(DateTime::from_parts(date, time)),
        (Err(Moment::Ambiguous), Some(_)) => Moment::Ambiguous,
        _ => Moment::Unreadable,
    }
}

/// The day and the time: at a `T` between digits, at the word `à` or `at`, else before the part with a colon.
fn cut(text: &str) -> (&str, &str) {
    if let Some(at) = text.find('T')
        && text[..at].ends_with(|letter: char| letter.is_ascii_digit())
    {
        return (&text[..at], &text[at + 1..]);
    }
    let Some(colon) = text.find(':') else {
        return (text, "");
    };
    match text[..colon].rfind([' ', '\u{a0}', '\u{202f}']) {
        Some(at) => (
            text[..at].trim_end_matches([' ', ',', 'à']),
            text[at..].trim(),
        ),
        None => (text, ""),
    }
}

fn date(text: &str, culture: Option<Culture>) -> Result<Date, Moment> {
    let wrong = Moment::Unreadable;
    let parts: Vec<&str> = text
        .split(['/', '-', '.', ' ', ','])
        .filter(|part| !part.is_empty())
        .collect();
    // A weekday before it says nothing new.
    let parts = match &parts[..] {
        [_, rest @ ..] if rest.len() == 3 && month(parts[0]).is_none() => rest,
        all => all,
    };
    let [one, two, three] = parts else {
        return Err(wrong);
    };
    let number = |part: &str| part.parse::<i16>().ok().filter(|_| part.len() <= 4);
    let small = |part: &str| part.parse::<i8>().ok().filter(|_| part.len() <= 2);
    let of = |year: &str, month: i8, day: i8| {
        let year = number(year).map(|number| {
            if year.len() == 2 {
                2000 + number
            } else {
                number
            }
        });
        let date = year
            .filter(|year| (1900..2200).contains(year))
            .and_then(|year| Date::new(year, month, day).ok());
        date.ok_or(wrong)
    };
    if let Some(month) = month(two) {
        return of(three, month, small(one).ok_or(wrong)?);
    }
    if let Some(month) = month(one) {
        return of(three, month, small(two).ok_or(wrong)?);
    }
    let middle = small(two).ok_or(wrong)?;
    if one.len() == 4 {
        return of(one, middle, small(three).ok_or(wrong)?);
    }
    let first = small(one).ok_or(wrong)?;
    let day_first = match culture {
        Some(culture) => culture.day_first,
        None if first > 12 || first == middle => true,
        None if middle > 12 => false,
        // 3.12.2026: only those who write the day first use dots.
        None if text.contains('.') => true,
        None => return Err(Moment::Ambiguous),
    };
    let (day, month) = if day_first {
        (first, middle)
    } else {
        (middle, first)
    };
    of(three, month, day)
}

fn month(text: &str) -> Option<i8> {
    let name = fold(text);
    if name.len() < 3 || !name.starts_with(|letter: char| letter.is_alphabetic()) {
        return None;
    }
    let found = MONTHS.iter().filter(|(start, _)| name.starts_with(start));
    found
        .max_by_key(|(start, _)| start.len())
        .map(|(_, month)| *month)
}

/// A time of the clock: `15:38`, `3:38:54 PM`, `15:38:54.123Z`; nothing is midnight. What follows
/// (a zone) is the source's clock and is left as it is.
fn time(text: &str) -> Option<Time> {
    if text.is_empty() {
        return Some(Time::midnight());
    }
    let lower = text.to_lowercase().replace('.', ":");
    let afternoon = lower.contains("pm") || lower.contains("p:m");
    let morning = lower.contains("am") || lower.contains("a:m");
    let end = lower.find(|letter: char| !letter.is_ascii_digit() && letter != ':');
    let mut parts = lower[..end.unwrap_or(lower.len())].split(':');
    let mut part = || {
        parts.next().map_or(Some(0), |part| {
            if part.is_empty() {
                Some(0)
            } else {
                part.parse::<i8>().ok()
            }
        })
    };
    let (hour, minute, second) = (part()?, part()?, part()?);
    let hour = match hour {
        12 if morning => 0,
        1..=11 if afternoon => hour + 12,
        other => other,
    };
    Time::new(hour, minute, second.min(59), 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, culture: Option<Culture>) -> String {
        match moment(text, culture) {
            Moment::At(moment) => moment.to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn days_are_read_by_their_culture() {
        let (fr, us) = (Culture::named("fr-FR"), Culture::named("en-US"));
        assert_eq!(read("30/05/2026 15:38:54", fr), "2026-05-30T15:38:54");
        assert_eq!(read("5/30/2026 3:38:54 PM", us), "2026-05-30T15:38:54");
        assert_eq!(read("05/06/2026", fr), "2026-06-05T00:00:00");
        assert_eq!(read("05/06/2026", us), "2026-05-06T00:00:00");
        assert_eq!(read("05/06/2026 10:00", None), "Ambiguous");
        // Told by the numbers alone.
        assert_eq!(read("22/08/2025 11:49", None), "2025-08-22T11:49:00");
        assert_eq!(read("6/21/2025 16:14", None), "2025-06-21T16:14:00");
        assert_eq!(read("06/06/2025", None), "2025-06-06T00:00:00");
        assert_eq!(read("30/05/2026", us), "Unreadable");
    }

    #[test]
    fn days_are_read_in_every_form_seen() {
        let cases = [
            ("2026-09-14 11:20", "2026-09-14T11:20:00"),
            ("2026-09-14T11:20:31.123+0200", "2026-09-14T11:20:31"),
            ("2026-09-14", "2026-09-14T00:00:00"),
            ("09/Jan/24 3:54 PM", "2024-01-09T15:54:00"),
            ("9/janv./24 12:05 AM", "2024-01-09T00:05:00"),
            ("21 août 2025, 09:30", "2025-08-21T09:30:00"),
            ("lundi 3 juin 2024 08:00", "2024-06-03T08:00:00"),
            ("15 juillet 2024", "2024-07-15T00:00:00"),
            ("Dec 31, 2025", "2025-12-31T00:00:00"),
            ("3.12.2026", "2026-12-03T00:00:00"),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text, None), expected, "{text}");
        }
        for wrong in [
            "",
            "hier",
            "2026-13-01",
            "31/02/2026",
            "0000-00-00 00:00:00",
            "1/2",
            "2026-09-14 25:00",
        ] {
            assert_eq!(read(wrong, Culture::named("fr")), "Unreadable", "{wrong}");
        }
    }
}
