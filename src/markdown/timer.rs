//! `(minuteur : 10 min)` and `(timer: 10 min)`: a wait that the reader's browser can count down. Without a script
//! the words stay, and they are all that is needed.

use crate::project::Duration;

/// What opens a timer, in lower case.
const NAMES: [&str; 3] = ["minuteur", "minuterie", "timer"];
/// No length of time takes more bytes than this to write.
const LONGEST: usize = 40;
/// Nobody keeps a page open for longer: a week, in minutes.
const MOST: i64 = 7 * 1440;

/// The length in bytes of the timer that a text starts with, parentheses included, and its time in seconds.
pub(super) fn at_start(text: &str) -> Option<(usize, i64)> {
    let inner = text.strip_prefix('(')?;
    let lower = |name: &&str| {
        let start = inner.get(..name.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(name))
    };
    let name = NAMES.iter().find(|name| lower(name))?;
    let blank = [' ', '\u{a0}', '\u{202f}'];
    let rest = inner[name.len()..].trim_start_matches(blank);
    let rest = rest.strip_prefix(':')?;
    let end = rest.bytes().take(LONGEST).position(|byte| byte == b')')?;
    let duration = Duration::parse(rest[..end].trim_matches(blank))?;
    let minutes = duration.minutes_in_all();
    let fits = duration.months == 0 && (1..=MOST).contains(&minutes);
    fits.then(|| (text.len() - rest.len() + end + 1, minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timers_are_read_as_lengths_of_time_are() {
        for (text, expected) in [
            ("(minuteur : 10 min) puis", Some((19, 600))),
            ("(minuteur\u{a0}: 10\u{a0}min)", Some((21, 600))),
            ("(Timer: 1 h 30)", Some((15, 5400))),
            ("(minuterie : 2 j)", Some((17, 172_800))),
            ("(minuteur : 0 min)", None),
            ("(minuteur : 8 j)", None),
            ("(minuteur : 2 mois)", None),
            ("(minuteur : bientôt)", None),
            ("(minuteur 10 min)", None),
            ("(minuteur : 10 min", None),
            ("(min", None),
            ("(10 min)", None),
        ] {
            assert_eq!(at_start(text), expected, "{text}");
        }
    }
}
