//! How long a request may take, how often it is tried, and how long it is waited between two tries: what the
//! server asks for (`Retry-After`), else twice as long each time.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use jiff::fmt::rfc2822;

/// The waits of a pull. Tests make them short; the command takes the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waits {
    /// Until a server is reached.
    pub connect: Duration,
    /// Until an answer is there, to its last byte.
    pub answer: Duration,
    /// Before the second try; twice as long before each further one.
    pub first: Duration,
    /// The longest that a server may ask to wait.
    pub asked: Duration,
    /// How often one request is tried.
    pub tries: u32,
}

impl Default for Waits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            answer: Duration::from_mins(1),
            first: Duration::from_secs(1),
            asked: Duration::from_mins(5),
            tries: 6,
        }
    }
}

impl Waits {
    /// The wait after a try, the first being 1; nothing when there is to be none: it was the last, or the
    /// server asks for too long a wait.
    pub(crate) fn after(&self, tried: u32, asked: Option<Duration>) -> Option<Duration> {
        if tried >= self.tries {
            return None;
        }
        match asked {
            Some(asked) => (asked <= self.asked).then_some(asked),
            None => Some(self.first * 2_u32.pow(tried.saturating_sub(1).min(16))),
        }
    }
}

/// The wait that a server asks for: seconds, or a date (RFC 9110, 10.2.3). A date that is past is no wait.
pub(crate) fn asked(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at: Timestamp = rfc2822::DateTimeParser::new().parse_timestamp(value).ok()?;
    let at = SystemTime::from(at);
    Some(at.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_until_the_last_try() {
        let waits = Waits::default();
        let seconds: Vec<Option<u64>> = (1..=6)
            .map(|tried| waits.after(tried, None).map(|wait| wait.as_secs()))
            .collect();
        assert_eq!(
            seconds,
            [Some(1), Some(2), Some(4), Some(8), Some(16), None]
        );
        let second = Duration::from_secs(1);
        assert_eq!(waits.after(1, Some(300 * second)), Some(300 * second));
        assert_eq!(waits.after(1, Some(301 * second)), None);
        assert_eq!(waits.after(6, Some(second)), None);
    }

    #[test]
    fn both_forms_of_retry_after_are_read() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let cases = [
            ("7", Some(7)),
            (" 0 ", Some(0)),
            ("Sun, 06 Nov 1994 08:49:47 GMT", Some(10)),
            ("Sun, 06 Nov 1994 08:49:27 GMT", Some(0)),
            ("soon", None),
            ("-3", None),
            ("", None),
        ];
        for (value, seconds) in cases {
            let wait = asked(value, now).map(|wait| wait.as_secs());
            assert_eq!(wait, seconds, "{value}");
        }
    }
}
