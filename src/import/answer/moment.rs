//! Moments with their distance from UTC (`2026-01-09T08:05:20.974+0100`) → what clocks of the site show.

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;

/// The moment as clocks of a zone show it, to the second. A moment without a distance is one of those
/// clocks already.
pub(in crate::import) fn local(text: &str, zone: &TimeZone) -> Option<DateTime> {
    let text = text.trim();
    let moment = match text.parse::<Timestamp>() {
        Ok(stamp) => zone.to_datetime(stamp),
        Err(_) => text.parse::<DateTime>().ok()?,
    };
    let time = moment.time();
    let time = Time::new(time.hour(), time.minute(), time.second(), 0).ok()?;
    let is_likely = (1970..2200).contains(&moment.year());
    is_likely.then(|| DateTime::from_parts(moment.date(), time))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_by_the_clocks_of_the_site() {
        let paris = TimeZone::get("Europe/Paris").expect("Paris is compiled in");
        let cases = [
            ("2026-01-09T08:05:20.974+0100", "2026-01-09T08:05:20"),
            ("2026-07-09T08:05:20.974+0000", "2026-07-09T10:05:20"),
            ("2026-07-09T23:30:00Z", "2026-07-10T01:30:00"),
            ("2026-07-09T08:05:20-05:00", "2026-07-09T15:05:20"),
            ("2026-07-09 08:05:20", "2026-07-09T08:05:20"),
        ];
        for (text, expected) in cases {
            let read = local(text, &paris).map(|moment| moment.to_string());
            assert_eq!(read.as_deref(), Some(expected), "{text}");
        }
        for wrong in [
            "",
            "hier",
            "0000-00-00 00:00:00",
            "9999-12-31T00:00:00Z",
            "2026-13-01T00:00:00Z",
        ] {
            assert_eq!(local(wrong, &paris), None, "{wrong}");
        }
    }
}
