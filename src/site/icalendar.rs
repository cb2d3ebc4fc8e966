//! Calendars that other programs subscribe to: iCalendar (RFC 5545), written from typed events.
//!
//! Moments are written in UTC, so that no `VTIMEZONE` has to be told and none can be wrong. Nothing here
//! reads a clock: the stamp of all events is that of the state that the site shows.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::digest;
use crate::estate::Estate;

/// A content line has at most this many octets before its line break (RFC 5545, 3.1).
const LINE: usize = 75;

/// Something that takes time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    /// The same for as long as the event exists, and no other event's; made by [`uid`].
    pub uid: String,
    /// When it starts and ends.
    pub span: EventSpan,
    /// Its name, in one line.
    pub summary: String,
    /// What more there is to say; may have several lines.
    pub description: String,
    /// Where.
    pub location: String,
    /// The address of its page, when it is absolute.
    pub url: Option<String>,
    /// Whether it is certain.
    pub status: EventStatus,
}

/// When an event takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EventSpan {
    /// From one moment to another.
    Moments(Timestamp, Timestamp),
    /// Whole days, the first and the last, which is not the earlier.
    Days(Date, Date),
}

/// How certain an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum EventStatus {
    /// Somebody has still to agree.
    Tentative,
    /// It takes place, or took place.
    #[default]
    Confirmed,
    /// It will not take place.
    Cancelled,
}

/// The bytes of a calendar of this name, its events in the order given.
pub(super) fn calendar(name: &str, stamp: Timestamp, events: &[Event]) -> Vec<u8> {
    let mut out = String::new();
    line(&mut out, "BEGIN:VCALENDAR");
    line(&mut out, "VERSION:2.0");
    line(&mut out, "PRODID:-//Carnet//Carnet//FR");
    line(&mut out, "CALSCALE:GREGORIAN");
    // The name that calendar programs show: the old property that all read, and that of RFC 7986.
    line(&mut out, &format!("X-WR-CALNAME:{}", text(name)));
    line(&mut out, &format!("NAME:{}", text(name)));
    for event in events {
        write_event(&mut out, stamp, event);
    }
    line(&mut out, "END:VCALENDAR");
    out.into_bytes()
}

/// The moment that the site's state is of: that of its last commit, else the start of its day.
pub(super) fn stamp(estate: &Estate) -> Timestamp {
    let commits = estate.history.touching();
    let last = commits.map(|commit| commit.when.timestamp()).max();
    last.unwrap_or_else(|| {
        let midnight = estate.as_of.to_zoned(TimeZone::UTC);
        midnight.map_or(Timestamp::UNIX_EPOCH, |start| start.timestamp())
    })
}

/// A name for an event that no other site gives: what it is about (`change`, `chg-2026-014`), at the
/// site's own host, or at a name made from its title where the site has no address.
pub(super) fn uid(estate: &Estate, about: &[&str]) -> String {
    let config = &estate.config;
    let address = config.base_url.as_deref().unwrap_or_default();
    let host = address
        .split_once("://")
        .map(|(_, rest)| rest.split(['/', ':']).next().unwrap_or(rest));
    let host = host.filter(|host| !host.is_empty()).map_or_else(
        || {
            let digits = digest::short(&config.title, 6);
            format!("{digits}.carnet.invalid")
        },
        str::to_owned,
    );
    format!("{}@{host}", about.join("/"))
}

fn write_event(out: &mut String, stamp: Timestamp, event: &Event) {
    line(out, "BEGIN:VEVENT");
    line(out, &format!("UID:{}", text(&event.uid)));
    line(out, &format!("DTSTAMP:{}", moment(stamp)));
    match event.span {
        EventSpan::Moments(start, end) => {
            line(out, &format!("DTSTART:{}", moment(start)));
            // Without an end an event takes no time, which RFC 5545 wants written so.
            if end > start {
                line(out, &format!("DTEND:{}", moment(end)));
            }
        }
        EventSpan::Days(first, last) => {
            line(out, &format!("DTSTART;VALUE=DATE:{}", day(first)));
            // The end is the day after the last. That of the calendar's last day cannot be written in
            // four digits, so that the days are counted instead (3.8.2.5).
            let end = last.tomorrow().map_or_else(
                |_| {
                    let days = first.duration_until(last).as_hours() / 24 + 1;
                    format!("DURATION:P{days}D")
                },
                |after| format!("DTEND;VALUE=DATE:{}", day(after)),
            );
            line(out, &end);
        }
    }
    let status = match event.status {
        EventStatus::Tentative => "TENTATIVE",
        EventStatus::Confirmed => "CONFIRMED",
        EventStatus::Cancelled => "CANCELLED",
    };
    line(out, &format!("STATUS:{status}"));
    let texts = [
        ("SUMMARY", &event.summary),
        ("DESCRIPTION", &event.description),
        ("LOCATION", &event.location),
    ];
    for (name, value) in texts.into_iter().filter(|(_, value)| !value.is_empty()) {
        line(out, &format!("{name}:{}", text(value)));
    }
    if let Some(url) = &event.url {
        // An address is no text (3.3.13): nothing in it is escaped, and nothing may break its line.
        let url: String = url.chars().filter(|letter| !letter.is_control()).collect();
        line(out, &format!("URL:{url}"));
    }
    line(out, "END:VEVENT");
}

/// `20261112T061000Z`.
fn moment(at: Timestamp) -> String {
    let at = at.to_zoned(TimeZone::UTC).datetime();
    let (date, time) = (day(at.date()), at.time());
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    format!("{date}T{hour:02}{minute:02}{second:02}Z")
}

/// `20261112`.
fn day(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// A value of type TEXT (3.3.11): backslash, semicolon, comma and line breaks escaped, other control
/// characters left out.
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    let mut letters = value.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\r' if letters.peek() == Some(&'\n') => {}
            '\r' | '\n' | '\u{2028}' | '\u{2029}' => out.push_str("\\n"),
            '\t' => out.push(' '),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// Adds a content line, folded so that no letter is cut in two.
fn line(out: &mut String, content: &str) {
    let mut room = LINE;
    for letter in content.chars() {
        let octets = letter.len_utf8();
        if octets > room {
            out.push_str("\r\n ");
            // The space that opens a continued line counts.
            room = LINE - 1;
        }
        out.push(letter);
        room -= octets;
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn event() -> Event {
        Event {
            uid: "change/chg-1@parc.example".to_owned(),
            span: EventSpan::Moments(
                "2026-11-12T06:10:00Z".parse().expect("a moment"),
                "2026-11-12T08:00:00Z".parse().expect("a moment"),
            ),
            summary: "Batteries, baie ; étage 1".to_owned(),
            description: "Un\r\ndeux\ntrois\\".to_owned(),
            location: String::new(),
            url: Some("https://parc.example/changes/chg-1/".to_owned()),
            status: EventStatus::Tentative,
        }
    }

    fn written(events: &[Event]) -> String {
        let stamp = "2026-11-20T10:00:00Z".parse().expect("a moment");
        String::from_utf8(calendar("Changements", stamp, events)).expect("UTF-8")
    }

    #[test]
    fn an_event_is_written_word_for_word() {
        let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Carnet//Carnet//FR\r\n\
            CALSCALE:GREGORIAN\r\nX-WR-CALNAME:Changements\r\nNAME:Changements\r\n\
            BEGIN:VEVENT\r\nUID:change/chg-1@parc.example\r\nDTSTAMP:20261120T100000Z\r\n\
            DTSTART:20261112T061000Z\r\nDTEND:20261112T080000Z\r\nSTATUS:TENTATIVE\r\n\
            SUMMARY:Batteries\\, baie \\; étage 1\r\nDESCRIPTION:Un\\ndeux\\ntrois\\\\\r\n\
            URL:https://parc.example/changes/chg-1/\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assert_eq!(written(&[event()]), expected);
    }

    #[test]
    fn whole_days_end_with_the_day_after() {
        let span = EventSpan::Days(date(2026, 12, 15), date(2026, 12, 31));
        let out = written(&[Event { span, ..event() }]);
        assert!(out.contains("DTSTART;VALUE=DATE:20261215\r\nDTEND;VALUE=DATE:20270101\r\n"));
    }

    #[test]
    fn the_last_day_of_the_calendar_is_not_lost() {
        let span = EventSpan::Days(date(9999, 12, 1), date(9999, 12, 31));
        let out = written(&[Event { span, ..event() }]);
        assert!(
            out.contains("DTSTART;VALUE=DATE:99991201\r\nDURATION:P31D\r\n"),
            "{out}"
        );
        assert!(!out.contains("DTEND"), "{out}");
    }

    #[test]
    fn lines_fold_at_75_octets_and_unfold_to_the_same() {
        for summary in [
            "é".repeat(200),
            "a".repeat(300),
            "中𝄞é".repeat(60),
            "a".repeat(67),
        ] {
            let out = written(&[Event {
                summary: summary.clone(),
                ..event()
            }]);
            for line in out.split("\r\n") {
                assert!(line.len() <= LINE, "{} octets: {line}", line.len());
                assert!(!line.contains(['\r', '\n']), "{line}");
            }
            let unfolded = out.replace("\r\n ", "");
            assert!(unfolded.contains(&format!("\r\nSUMMARY:{summary}\r\n")));
        }
    }

    #[test]
    fn no_text_adds_a_line_of_its_own() {
        let out = written(&[Event {
            summary: "a\r\nEND:VEVENT\u{0}\u{85}\u{2028}b".to_owned(),
            url: Some("https://a.example/\r\nX:1".to_owned()),
            ..event()
        }]);
        assert_eq!(out.matches("\r\nEND:VEVENT\r\n").count(), 1);
        assert!(out.contains("SUMMARY:a\\nEND:VEVENT\\nb\r\n"), "{out}");
        assert!(out.contains("URL:https://a.example/X:1\r\n"), "{out}");
    }
}
