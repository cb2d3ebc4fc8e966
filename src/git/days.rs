//! A day or a moment that somebody wrote, as the end of what they mean: `2026-03-01` is all of that
//! day, on the clock of whoever made the commit.

use jiff::civil::{DateTime, Time};

use crate::project;

/// The last moment that is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Limit {
    /// On each commit's own clock.
    Civil(DateTime),
    /// One moment for all: the text named an offset.
    Instant(jiff::Timestamp),
}

impl Limit {
    /// Reads `2026-03-01`, `01/03/2026`, `2026-03-01T18:00` (to the end of the minute), with
    /// seconds, and with an offset (`2026-03-01T18:00:00+01:00`, as continuous integration says it).
    pub(super) fn read(text: &str) -> Option<Self> {
        if let Some(day) = project::date(text) {
            return Some(Self::Civil(day.at(23, 59, 59, 999_999_999)));
        }
        let (day, clock) = text.split_once(['T', ' '])?;
        let day = project::date(day)?;
        let parts: Vec<&str> = clock.split(':').collect();
        let number = |text: &str| -> Option<i8> {
            let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| text.parse().ok()).flatten()
        };
        let civil = match parts[..] {
            [hour, minute] => (number(hour), number(minute), Some(59)),
            [hour, minute, second] => (number(hour), number(minute), number(second)),
            _ => (None, None, None),
        };
        if let (Some(hour), Some(minute), Some(second)) = civil {
            let time = Time::new(hour, minute, second, 999_999_999).ok()?;
            return Some(Self::Civil(day.to_datetime(time)));
        }
        text.parse().ok().map(Self::Instant)
    }

    /// Whether a text has the form of a date or a moment, on the calendar or not.
    pub(super) fn has_form(text: &str) -> bool {
        let day = text.split(['T', ' ']).next().unwrap_or_default();
        let lengths = |mark: char| -> Vec<usize> {
            let parts = day.split(mark);
            let digits = parts.map(|part| {
                let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
                if is_number { part.len() } else { 0 }
            });
            digits.collect()
        };
        lengths('-') == [4, 2, 2] || lengths('/') == [2, 2, 4]
    }

    /// The day that is meant, in UTC for a moment that is one for all.
    pub(super) fn day(&self) -> jiff::civil::Date {
        match self {
            Self::Civil(limit) => limit.date(),
            Self::Instant(limit) => limit.to_zoned(jiff::tz::TimeZone::UTC).date(),
        }
    }

    /// Whether a commit of that moment is not after the limit.
    pub(super) fn holds(&self, when: &jiff::Zoned) -> bool {
        match self {
            Self::Civil(limit) => when.datetime() <= *limit,
            Self::Instant(limit) => when.timestamp() <= *limit,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_all_of_it_on_the_commit_s_clock() {
        let late: jiff::Zoned = "2026-03-01T23:59:59+02:00[+02:00]"
            .parse()
            .expect("a moment");
        let holds = |text: &str| Limit::read(text).expect("a limit").holds(&late);
        assert!(holds("2026-03-01") && holds("01/03/2026") && holds("2026-03-01T23:59"));
        assert!(
            !holds("2026-02-28") && !holds("2026-03-01T23:58") && !holds("2026-03-01 23:59:58")
        );
        assert!(holds("2026-03-01T21:59:59Z") && !holds("2026-03-01T21:59:58Z"));
        assert!(holds("2026-03-01T22:59:59+01:00"));
        for wrong in [
            "v1",
            "2026-13-01",
            "2026-03",
            "2026-03-01T25:00",
            "2026-03-01T",
            "20260301",
        ] {
            assert_eq!(Limit::read(wrong), None, "{wrong}");
        }
        for impossible in ["2026-02-30", "2026-13-45", "30/02/2026", "2026-03-01T25:00"] {
            assert!(Limit::read(impossible).is_none() && Limit::has_form(impossible));
        }
        for other in ["v1", "2026-03", "1-2-3", "20260301", "dddd-dd-dd"] {
            assert!(!Limit::has_form(other), "{other}");
        }
    }
}
