//! Calendars for other programs (iCalendar, RFC 5545): events in universal time, lines folded, no clock.

use jiff::Timestamp;

/// A line holds so many bytes, its end apart (RFC 5545, 3.1).
const LINE: usize = 75;

/// Something that lasts from one moment to another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Event {
    /// The same at each build, and of no other event.
    pub uid: String,
    /// When it starts.
    pub start: Timestamp,
    /// When it is over; after `start`.
    pub end: Timestamp,
    /// What it is, in a few words.
    pub summary: String,
    /// The rest, on as many lines as wanted; empty leaves it out.
    pub description: String,
    /// Where; empty leaves it out.
    pub location: String,
}

/// The bytes of a calendar. `stamp` is the moment that it is true of.
pub(super) fn calendar(name: &str, stamp: Timestamp, events: &[Event]) -> Vec<u8> {
    let mut out = String::new();
    for fixed in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Carnet//Carnet//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ] {
        line(&mut out, fixed);
    }
    // RFC 7986 has the name, and most programs the older one.
    for key in ["NAME", "X-WR-CALNAME"] {
        text(&mut out, key, name);
    }
    for event in events {
        line(&mut out, "BEGIN:VEVENT");
        text(&mut out, "UID", &event.uid);
        moment(&mut out, "DTSTAMP", stamp);
        moment(&mut out, "DTSTART", event.start);
        moment(&mut out, "DTEND", event.end);
        text(&mut out, "SUMMARY", &event.summary);
        text(&mut out, "DESCRIPTION", &event.description);
        text(&mut out, "LOCATION", &event.location);
        line(&mut out, "END:VEVENT");
    }
    line(&mut out, "END:VCALENDAR");
    out.into_bytes()
}

fn moment(out: &mut String, key: &str, moment: Timestamp) {
    let utc = moment.strftime("%Y%m%dT%H%M%SZ");
    line(out, &format!("{key}:{utc}"));
}

/// A text, with the marks that would end it or split it made harmless (RFC 5545, 3.3.11).
fn text(out: &mut String, key: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    let mut escaped = format!("{key}:");
    for letter in value.chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    line(out, &escaped);
}

/// Ends a line; a long one goes on after a blank, never within a letter.
fn line(out: &mut String, content: &str) {
    let mut width = 0;
    for letter in content.chars() {
        if width + letter.len_utf8() > LINE {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(letter);
        width += letter.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(summary: &str) -> String {
        let event = Event {
            uid: "1".to_owned(),
            start: Timestamp::constant(1_795_194_000, 0),
            end: Timestamp::constant(1_795_798_800, 0),
            summary: summary.to_owned(),
            ..Event::default()
        };
        let stamp = Timestamp::UNIX_EPOCH;
        String::from_utf8(calendar("N", stamp, &[event])).expect("UTF-8")
    }

    #[test]
    fn an_event_is_in_universal_time() {
        let lines: Vec<String> = one("A").split("\r\n").map(str::to_owned).collect();
        for expected in [
            "DTSTAMP:19700101T000000Z",
            "DTSTART:20261120T170000Z",
            "DTEND:20261127T170000Z",
            "SUMMARY:A",
        ] {
            assert!(lines.iter().any(|line| line == expected), "{lines:?}");
        }
        assert!(lines.iter().all(|line| !line.starts_with("DESCRIPTION")));
        assert_eq!(lines.last().map(String::as_str), Some(""));
    }

    #[test]
    fn texts_cannot_end_their_line() {
        let out = one("a;b,c\\d\r\nEND:VEVENT");
        assert!(
            out.contains("SUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENT\r\n"),
            "{out}"
        );
        assert_eq!(out.matches("\r\nEND:VEVENT").count(), 1);
    }

    #[test]
    fn long_lines_are_folded_between_letters() {
        let long = "é–".repeat(80);
        let out = one(&long);
        assert!(out.split("\r\n").all(|line| line.len() <= LINE), "{out}");
        assert!(
            out.replace("\r\n ", "")
                .contains(&format!("SUMMARY:{long}\r\n"))
        );
    }
}
