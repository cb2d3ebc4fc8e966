//! Dates, amounts and lengths of time as readers of a language write them.

use jiff::civil::{Date, DateTime};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::diagnostic::Language;
use crate::diagnostic::Language::{En, Fr, Other};

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

/// As dictionaries shorten them; three letters would make June and July one.
const SHORT_MONTHS_FR: [&str; 12] = [
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
    "déc.",
];
/// From Monday.
const WEEKDAYS_FR: [&str; 7] = [
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
];
const WEEKDAYS_EN: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// A no-break space.
pub const NBSP: char = '\u{a0}';
/// A narrow no-break space: between thousands in French.
pub const NARROW: char = '\u{202f}';
/// The minus sign; a hyphen is shorter, and lines break after it.
pub const MINUS: &str = "\u{2212}";

/// A colon after a word: French sets a no-break space before it.
pub fn colon(language: Language) -> &'static str {
    match language {
        Fr => "\u{a0}:",
        En | Other(_) => ":",
    }
}

/// A day in words: `1er janvier 2026`, `1 January 2026`.
pub fn long_date(date: Date, language: Language) -> String {
    let month = usize::try_from(date.month() - 1).unwrap_or_default();
    let (day, year) = (date.day(), date.year());
    match language {
        Fr if day == 1 => format!("1er {} {year}", MONTHS_FR[month]),
        Fr => format!("{day} {} {year}", MONTHS_FR[month]),
        En => format!("{day} {} {year}", MONTHS_EN[month]),
        Other(locale) => locale.date("date-long", date),
    }
}

/// A month in words: `janvier 2026`, `January 2026`.
pub fn month(date: Date, language: Language) -> String {
    let month = usize::try_from(date.month() - 1).unwrap_or_default();
    let names = match language {
        Fr => MONTHS_FR,
        En => MONTHS_EN,
        Other(locale) => return locale.date("date-month", date),
    };
    format!("{} {}", names[month], date.year())
}

/// A day in digits: `20/11/2026` in French, `2026-11-20` in English (never ambiguous).
pub fn short_date(date: Date, language: Language) -> String {
    match language {
        Fr => format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year()),
        En => date.to_string(),
        Other(locale) => locale.date("date-short", date),
    }
}

/// A day and a time: `20/11/2026 14:05`.
pub fn date_time(moment: DateTime, language: Language) -> String {
    let day = short_date(moment.date(), language);
    format!("{day} {}", time(moment))
}

/// The name of a day: `vendredi`, `Friday`.
pub fn weekday(date: Date, language: Language) -> &'static str {
    let place = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
    match language {
        Fr => WEEKDAYS_FR[place],
        En => WEEKDAYS_EN[place],
        Other(locale) => locale.weekday("weekday-names", date),
    }
}

/// A moment in words: `vendredi 20 novembre 2026 à 18:00`, `Friday 20 November 2026 at 18:00`.
pub fn moment_in_words(moment: DateTime, language: Language) -> String {
    let day = weekday(moment.date(), language);
    let date = long_date(moment.date(), language);
    let at = match language {
        Fr => "à",
        En => "at",
        Other(locale) => return locale.moment(moment, &time(moment)),
    };
    format!("{day} {date} {at} {}", time(moment))
}

/// A moment of a week whose dates are known: `ven. 20 nov. 18:00`, `Fri 20 Nov 18:00`.
pub fn moment_of_week(moment: DateTime, language: Language) -> String {
    format!(
        "{}{NBSP}{}",
        day_of_week(moment.date(), language),
        time(moment)
    )
}

/// A day of a week whose year is known: `ven. 20 nov.`, `Fri 20 Nov`.
pub fn day_of_week(date: Date, language: Language) -> String {
    let month = usize::try_from(date.month() - 1).unwrap_or_default();
    let short = |name: &str| name.chars().take(3).collect::<String>();
    let day = short(weekday(date, language));
    match language {
        Fr => {
            let first = if date.day() == 1 { "er" } else { "" };
            let month = SHORT_MONTHS_FR[month];
            format!("{day}.{NBSP}{}{first}{NBSP}{month}", date.day())
        }
        En => format!("{day}{NBSP}{}{NBSP}{}", date.day(), short(MONTHS_EN[month])),
        Other(locale) => locale.day_of_week(date),
    }
}

/// A time of day: `18:00`.
pub fn time(moment: DateTime) -> String {
    format!("{:02}:{:02}", moment.hour(), moment.minute())
}

/// A number with its thousands set apart: `1 249,9` in French, `1,249.9` in English.
pub fn decimal(number: Decimal, language: Language) -> String {
    let text = number.abs().normalize().to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let sign = if number.is_sign_negative() && !number.is_zero() {
        MINUS
    } else {
        ""
    };
    let (thousands, point) = match language {
        Fr => ("\u{202f}", ","),
        En => (",", "."),
        Other(locale) => (
            locale.convention("thousands-mark"),
            locale.convention("decimal-mark"),
        ),
    };
    let mut out = sign.to_owned();
    for (index, digit) in whole.char_indices() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push_str(thousands);
        }
        out.push(digit);
    }
    if !part.is_empty() {
        out.push_str(point);
        out.push_str(part);
    }
    out
}

/// A whole number with its thousands set apart.
pub fn integer(number: i64, language: Language) -> String {
    decimal(Decimal::from(number), language)
}

/// A share of a hundred, of a number that is written already: `12,5 %`, `12.5%`.
pub fn percentage(number: &str, language: Language) -> String {
    match language {
        Fr => format!("{number}{NBSP}%"),
        En => format!("{number}%"),
        Other(locale) => locale.filled("percentage", "number", number),
    }
}

/// A text between quotation marks: `« texte »`, `“text”`.
pub fn quoted(text: &str, language: Language) -> String {
    match language {
        Fr => format!("«{NBSP}{text}{NBSP}»"),
        En => format!("“{text}”"),
        Other(locale) => locale.filled("quotation", "text", text),
    }
}

/// Whether a language writes decimals behind a comma, so that spreadsheets part columns by a semicolon.
pub fn has_decimal_comma(language: Language) -> bool {
    match language {
        Fr => true,
        En => false,
        Other(locale) => locale.convention("decimal-mark") == ",",
    }
}

/// A number to so many decimal places; halves go away from zero, as readers round.
pub fn half_up(number: Decimal, places: u32) -> Decimal {
    number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// An amount to the cent; half a cent goes away from zero.
pub fn to_the_cent(amount: Decimal) -> Decimal {
    half_up(amount, 2)
}

/// An amount in euros: `1 249,90 €`, `€1,249.90`; cents are left out where there are none.
pub fn money(amount: Decimal, language: Language) -> String {
    let rounded = to_the_cent(amount);
    let mut text = decimal(rounded, language);
    if !rounded.fract().is_zero() && rounded.normalize().scale() == 1 {
        text.push('0');
    }
    match language {
        Fr => format!("{text}{NBSP}€"),
        Other(locale) => locale.filled("money", "amount", &text),
        En => text
            .strip_prefix(MINUS)
            .map_or_else(|| format!("€{text}"), |text| format!("{MINUS}€{text}")),
    }
}

/// A length of time in months, days and minutes: `1 h 30 min`, `2 jours`, `3 months`.
pub fn duration(months: i32, days: i32, minutes: i32, language: Language) -> String {
    let mut parts = Vec::new();
    let mut add = |count: i32, key: &str, fr: [&str; 2], en: [&str; 2]| {
        let [one, many] = match language {
            Fr => fr,
            En => en,
            Other(locale) if count != 0 => {
                let number = count.to_string();
                let said = locale.counted(key, u128::from(count.unsigned_abs()), &number);
                return parts.push(said.replace(' ', "\u{a0}"));
            }
            Other(_) => return,
        };
        if count != 0 {
            parts.push(format!(
                "{count}{NBSP}{}",
                if count > 1 { many } else { one }
            ));
        }
    };
    add(
        months / 12,
        "duration-years",
        ["an", "ans"],
        ["year", "years"],
    );
    add(
        months % 12,
        "duration-months",
        ["mois", "mois"],
        ["month", "months"],
    );
    add(days, "duration-days", ["jour", "jours"], ["day", "days"]);
    add(minutes / 60, "duration-hours", ["h", "h"], ["h", "h"]);
    add(
        minutes % 60,
        "duration-minutes",
        ["min", "min"],
        ["min", "min"],
    );
    if parts.is_empty() {
        format!("0{NBSP}min")
    } else {
        parts.join(" ")
    }
}

/// How far a day is: `aujourd’hui`, `dans 12 jours`, `il y a 3 jours`.
pub fn distance(days: i32, language: Language) -> String {
    let number = integer(i64::from(days).abs(), language);
    match (days, language) {
        (_, Other(locale)) => locale.distance(days, &number),
        (0, Fr) => "aujourd’hui".to_owned(),
        (0, En) => "today".to_owned(),
        (1, Fr) => "demain".to_owned(),
        (1, En) => "tomorrow".to_owned(),
        (-1, Fr) => "hier".to_owned(),
        (-1, En) => "yesterday".to_owned(),
        (days, Fr) if days > 0 => format!("dans {number}{NBSP}jours"),
        (days, En) if days > 0 => format!("in {number} days"),
        (_, Fr) => format!("il y a {number}{NBSP}jours"),
        (_, En) => format!("{number} days ago"),
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
        let evening = Date::constant(2026, 11, 20).at(18, 5, 0, 0);
        assert_eq!(
            moment_in_words(evening, Fr),
            "vendredi 20 novembre 2026 à 18:05"
        );
        assert_eq!(
            moment_in_words(evening, En),
            "Friday 20 November 2026 at 18:05"
        );
        assert_eq!(
            moment_of_week(evening, Fr),
            "ven.\u{a0}20\u{a0}nov.\u{a0}18:05"
        );
        assert_eq!(day_of_week(day, Fr), "jeu.\u{a0}1er\u{a0}janv.");
        assert_eq!(
            moment_of_week(evening, En),
            "Fri\u{a0}20\u{a0}Nov\u{a0}18:05"
        );
        assert_eq!(
            money(Decimal::new(1_249_900, 3), Fr),
            "1\u{202f}249,90\u{a0}€"
        );
        assert_eq!(money(Decimal::new(1000, 0), En), "€1,000");
        assert_eq!(money(Decimal::new(-55, 1), En), "\u{2212}€5.50");
        assert_eq!(money(Decimal::new(70_005, 3), En), "€70.01");
        assert_eq!(money(Decimal::new(-70_015, 3), En), "\u{2212}€70.02");
        assert_eq!(money(Decimal::new(70_015, 3), En), "€70.02");
        assert_eq!(duration(0, 0, 90, Fr), "1\u{a0}h 30\u{a0}min");
        assert_eq!(duration(18, 0, 0, En), "1\u{a0}year 6\u{a0}months");
        assert_eq!(distance(12, Fr), "dans 12\u{a0}jours");
        assert_eq!(distance(-1666, Fr), "il y a 1\u{202f}666\u{a0}jours");
    }
}
