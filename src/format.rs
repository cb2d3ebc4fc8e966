//! Dates, amounts and lengths of time as readers of a language write them.

use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;

use crate::diagnostic::Language;
use crate::diagnostic::Language::{En, Fr};

const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A no-break space.
pub const NBSP: char = '\u{a0}';
/// A narrow no-break space: between thousands in French.
pub const NARROW: char = '\u{202f}';

/// A day in words: `1er janvier 2026`, `1 January 2026`.
pub fn long_date(date: Date, language: Language) -> String {
    let month = usize::try_from(date.month() - 1).unwrap_or_default();
    let (day, year) = (date.day(), date.year());
    match language {
        Fr if day == 1 => format!("1er {} {year}", MONTHS_FR[month]),
        Fr => format!("{day} {} {year}", MONTHS_FR[month]),
        En => format!("{day} {} {year}", MONTHS_EN[month]),
    }
}

/// A month in words: `janvier 2026`, `January 2026`.
pub fn month(date: Date, language: Language) -> String {
    let month = usize::try_from(date.month() - 1).unwrap_or_default();
    let names = match language {
        Fr => MONTHS_FR,
        En => MONTHS_EN,
    };
    format!("{} {}", names[month], date.year())
}

/// A day in digits: `20/11/2026` in French, `2026-11-20` in English (never ambiguous).
pub fn short_date(date: Date, language: Language) -> String {
    match language {
        Fr => format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year()),
        En => date.to_string(),
    }
}

/// A day and a time: `20/11/2026 14:05`.
pub fn date_time(moment: DateTime, language: Language) -> String {
    let day = short_date(moment.date(), language);
    format!("{day} {:02}:{:02}", moment.hour(), moment.minute())
}

/// Two moments in words, to stand in « du … au … » and “from … to …”:
/// `4 décembre 2026 à 18 h`, `4 December 2026, 18:00`.
pub fn bounds(start: DateTime, end: DateTime, language: Language) -> [String; 2] {
    [start, end].map(|moment| {
        let day = long_date(moment.date(), language);
        let (hour, minute) = (moment.hour(), moment.minute());
        match (language, minute) {
            (Fr, 0) => format!("{day} à {hour}\u{a0}h"),
            (Fr, _) => format!("{day} à {hour}\u{a0}h\u{a0}{minute:02}"),
            (En, _) => format!("{day}, {hour:02}:{minute:02}"),
        }
    })
}

/// A number with its thousands set apart: `1 249,9` in French, `1,249.9` in English.
pub fn decimal(number: Decimal, language: Language) -> String {
    let text = number.abs().normalize().to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let sign = if number.is_sign_negative() && !number.is_zero() {
        "-"
    } else {
        ""
    };
    let (thousands, point) = match language {
        Fr => (NARROW, ','),
        En => (',', '.'),
    };
    let mut out = sign.to_owned();
    for (index, digit) in whole.char_indices() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(thousands);
        }
        out.push(digit);
    }
    if !part.is_empty() {
        out.push(point);
        out.push_str(part);
    }
    out
}

/// A whole number with its thousands set apart.
pub fn integer(number: i64, language: Language) -> String {
    decimal(Decimal::from(number), language)
}

/// An amount in euros: `1 249,90 €`, `€1,249.90`; cents are left out where there are none.
pub fn money(amount: Decimal, language: Language) -> String {
    let rounded = amount.round_dp(2);
    let mut text = decimal(rounded, language);
    if !rounded.fract().is_zero() && rounded.normalize().scale() == 1 {
        text.push('0');
    }
    match language {
        Fr => format!("{text}{NBSP}€"),
        En => text
            .strip_prefix('-')
            .map_or_else(|| format!("€{text}"), |text| format!("-€{text}")),
    }
}

/// A length of time in months, days and minutes: `1 h 30 min`, `2 jours`, `3 months`.
pub fn duration(months: i32, days: i32, minutes: i32, language: Language) -> String {
    let mut parts = Vec::new();
    let mut add = |count: i32, fr: [&str; 2], en: [&str; 2]| {
        let (one, many) = match language {
            Fr => (fr[0], fr[1]),
            En => (en[0], en[1]),
        };
        if count != 0 {
            parts.push(format!(
                "{count}{NBSP}{}",
                if count > 1 { many } else { one }
            ));
        }
    };
    add(months / 12, ["an", "ans"], ["year", "years"]);
    add(months % 12, ["mois", "mois"], ["month", "months"]);
    add(days, ["jour", "jours"], ["day", "days"]);
    add(minutes / 60, ["h", "h"], ["h", "h"]);
    add(minutes % 60, ["min", "min"], ["min", "min"]);
    if parts.is_empty() {
        format!("0{NBSP}min")
    } else {
        parts.join(" ")
    }
}

/// How far a day is: `aujourd’hui`, `dans 12 jours`, `il y a 3 jours`.
pub fn distance(days: i32, language: Language) -> String {
    match (days, language) {
        (0, Fr) => "aujourd’hui".to_owned(),
        (0, En) => "today".to_owned(),
        (1, Fr) => "demain".to_owned(),
        (1, En) => "tomorrow".to_owned(),
        (-1, Fr) => "hier".to_owned(),
        (-1, En) => "yesterday".to_owned(),
        (days, Fr) if days > 0 => format!("dans {days}{NBSP}jours"),
        (days, En) if days > 0 => format!("in {days} days"),
        (days, Fr) => format!("il y a {}{NBSP}jours", -days),
        (days, En) => format!("{} days ago", -days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages() {
        let day = Date::constant(2026, 1, 1);
        assert_eq!(long_date(day, Fr), "1er janvier 2026");
        assert_eq!(long_date(day, En), "1 January 2026");
        assert_eq!(short_date(day, Fr), "01/01/2026");
        assert_eq!(
            money(Decimal::new(1_249_900, 3), Fr),
            "1\u{202f}249,90\u{a0}€"
        );
        assert_eq!(money(Decimal::new(1000, 0), En), "€1,000");
        assert_eq!(money(Decimal::new(-55, 1), En), "-€5.50");
        assert_eq!(duration(0, 0, 90, Fr), "1\u{a0}h 30\u{a0}min");
        assert_eq!(duration(18, 0, 0, En), "1\u{a0}year 6\u{a0}months");
        assert_eq!(distance(12, Fr), "dans 12\u{a0}jours");
    }
}
