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
