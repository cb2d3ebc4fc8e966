//! A length of time as programs write it for people (`1 heures 30 minutes 0 secondes`), in seconds.

/// The seconds of a day, an hour and a minute.
const DAY: u64 = 86_400;
const HOUR: u64 = 3_600;
const MINUTE: u64 = 60;

/// The units of a length, as GLPI writes them in French and in English, by how they begin.
const UNITS: [(&str, u64); 7] = [
    ("jour", DAY),
    ("day", DAY),
    ("heure", HOUR),
    ("hour", HOUR),
    ("minute", MINUTE),
    ("seconde", 1),
    ("second", 1),
];

/// The seconds of a length: a number alone is one of seconds, else each number stands before its unit. Nothing where
/// that is not so.
pub(super) fn seconds(cell: &str) -> Option<u64> {
    if let Ok(seconds) = cell.trim().parse() {
        return Some(seconds);
    }
    if let Some(seconds) = short(cell) {
        return Some(seconds);
    }
    let words: Vec<&str> = cell.split_whitespace().collect();
    let (pairs, rest) = words.as_chunks::<2>();
    if pairs.is_empty() || !rest.is_empty() {
        return None;
    }
    let mut sum: u64 = 0;
    for [count, word] in pairs {
        let count: u64 = count.parse().ok()?;
        let word = word.to_lowercase();
        let word = word.strip_suffix("(s)").unwrap_or(&word);
        let (_, unit) = UNITS
            .iter()
            .find(|(unit, _)| word == *unit || word.strip_suffix('s') == Some(*unit))?;
        sum = sum.checked_add(count.checked_mul(*unit)?)?;
    }
    Some(sum)
}

/// The seconds of a length by the signs of its units: `1h30`, `1 h 05 min`, `45m`. Days and weeks are those of
/// work in some programs, of the calendar in others: they are not read.
fn short(cell: &str) -> Option<u64> {
    let mut rest: String = cell.chars().filter(|it| !it.is_whitespace()).collect();
    rest.make_ascii_lowercase();
    let mut rest = rest.as_str();
    let (mut sum, mut last): (u64, Option<u64>) = (0, None);
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let count: u64 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let unit = match (&rest[..letters], last) {
            ("h", None) => HOUR,
            ("m" | "mn" | "min", None | Some(HOUR)) => MINUTE,
            ("s" | "sec", None | Some(HOUR | MINUTE)) => 1,
            // What follows hours is minutes.
            ("", Some(HOUR)) if digits == 2 => MINUTE,
            _ => return None,
        };
        sum = sum.checked_add(count.checked_mul(unit)?)?;
        last = Some(unit);
        rest = &rest[letters..];
    }
    last.map(|_| sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_as_glpi_writes_them() {
        let cases = [
            ("5400", Some(5_400)),
            ("0 seconde", Some(0)),
            ("1 heures 30 minutes 0 secondes", Some(5_400)),
            ("1\u{a0}heure 5\u{a0}minutes", Some(3_900)),
            ("2 days 0 hours 1 minutes 59 seconds", Some(172_919)),
            ("3 jour(s) 2 heure(s)", Some(266_400)),
            ("1h30", Some(5_400)),
            ("1 h 05 min", Some(3_900)),
            ("45m", Some(2_700)),
            ("2H", Some(7_200)),
            ("30m 1h", None),
            ("1h3", None),
            ("1d 2h", None),
            ("h30", None),
            ("1 heure 30", None),
            ("bientôt", None),
            ("1 lustre", None),
            ("-1", None),
            ("99999999999999999999 jours", None),
            ("300000000000000000 jours", None),
        ];
        for (cell, expected) in cases {
            assert_eq!(seconds(cell), expected, "{cell}");
        }
    }
}
