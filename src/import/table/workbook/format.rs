//! Number formats: what a number in a sheet is shown as. `5` with the format `000000` is the inventory
//! number 000005, and 46172 with `dd/mm/yyyy` is a day.
//!
//! The numbers of formats without a code are those of ECMA-376, part 1, 18.8.30.

use std::fmt::Write;

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

/// Spreadsheet programs keep and show fifteen digits; what follows is the noise of binary numbers.
const DIGITS: u32 = 15;
/// The most zeros that a code pads a number with.
const MOST_ZEROS: usize = 30;
/// The longest text before a number that is kept (`"PC-"0000`), in characters.
const LONGEST_PREFIX: usize = 16;

/// From which day a workbook counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Epoch {
    /// Day 1 is 1 January 1900, and 1900 has a 29 February that never was.
    Year1900,
    /// Day 0 is 1 January 1904, as on old Macintoshes.
    Year1904,
}

/// What a format makes of a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Format {
    /// As it is.
    #[default]
    General,
    /// With so many digits.
    Digits(Digits),
    /// A day, and the time when it has one.
    Day,
    /// A time of the day.
    Time,
    /// Hours that go on beyond a day.
    Hours,
}

/// How many digits a number is shown with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Digits {
    prefix: String,
    whole: usize,
    least: usize,
    most: u32,
    percent: bool,
    /// Money that is no euro, which goes on with the number: nobody may take it for euros.
    money: Option<String>,
}

impl Format {
    /// The format of a number that needs no code.
    pub fn built_in(number: usize) -> Self {
        let code = match number {
            1 => "0",
            2 => "0.00",
            3 | 37 | 38 | 41 | 42 => "#,##0",
            4 | 39 | 40 | 43 | 44 => "#,##0.00",
            9 => "0%",
            10 => "0.00%",
            14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => "yyyy-mm-dd",
            18..=21 | 32..=35 | 45 | 47 | 55 | 56 => "h:mm:ss",
            46 => "[h]:mm:ss",
            _ => "",
        };
        Self::of(code)
    }

    /// The format of a code: of its first section, which is that of positive numbers.
    pub fn of(code: &str) -> Self {
        let (signs, prefix, elapsed) = signs(code);
        let scientific = signs.contains("e+") || signs.contains("e-");
        let time = signs.contains(['h', 's']);
        let fraction = signs.contains('/') && !has_day(&signs) && !time;
        let plain = signs.contains("general") || signs.contains('@') || fraction;
        if plain || scientific {
            return Self::General;
        }
        if elapsed {
            return Self::Hours;
        }
        if has_day(&signs) {
            return Self::Day;
        }
        if time {
            return Self::Time;
        }
        let (whole, part) = signs.split_once('.').unwrap_or((&signs, ""));
        let is_place = |letter: &char| matches!(letter, '0' | '#' | '?');
        let places = |text: &str| text.chars().filter(is_place).count();
        // No number has more digits, whatever a code asks for.
        let zeros = |text: &str| text.matches('0').take(MOST_ZEROS).count();
        // A comma at the end divides by a thousand: the number itself says more.
        let divided = whole.trim_end_matches(['%', ' ']).ends_with(',');
        if places(&signs) == 0 || divided {
            return Self::General;
        }
        let padded = zeros(whole) > 1;
        Self::Digits(Digits {
            prefix: if padded { prefix } else { String::new() },
            whole: zeros(whole),
            least: zeros(part),
            most: u32::try_from(places(part)).unwrap_or(DIGITS),
            percent: signs.contains('%'),
            money: other_money(code),
        })
    }

    /// What a number is shown as, days in ISO; what is no number stays.
    pub fn shown(&self, raw: &str, epoch: Epoch) -> String {
        let Some(number) = number(raw) else {
            return raw.to_owned();
        };
        let shown = match self {
            Self::General => None,
            Self::Digits(digits) => digits.shown(number),
            Self::Day => day(number, epoch),
            Self::Time => seconds(number).map(|all| clock(all % 86_400)),
            Self::Hours => seconds(number).map(clock),
        };
        let plain = matches!(self, Self::General | Self::Digits(_));
        let rounded = rounded(number).filter(|_| plain);
        rounded
            .or(shown)
            .unwrap_or_else(|| number.normalize().to_string())
    }
}

/// A number with more digits than are kept, as programs show it: the last ones are lost, and no zeros may stand for
/// those of a serial number.
pub(super) fn rounded(number: Decimal) -> Option<String> {
    let whole = number.trunc().abs().to_string();
    let power = whole
        .len()
        .checked_sub(1)
        .filter(|_| whole.len() > DIGITS as usize)?;
    let (first, rest) = whole.split_at(1);
    let sign = if number.is_sign_negative() { "-" } else { "" };
    let rest = rest.trim_end_matches('0');
    let point = if rest.is_empty() { "" } else { "." };
    Some(format!("{sign}{first}{point}{rest}E+{power}"))
}

impl Digits {
    /// Nothing when the number is too large for its percents.
    fn shown(&self, number: Decimal) -> Option<String> {
        let number = if self.percent {
            number.checked_mul(Decimal::ONE_HUNDRED)?
        } else {
            number
        };
        let strategy = RoundingStrategy::MidpointAwayFromZero;
        let number = number.round_dp_with_strategy(self.most, strategy);
        let plain = number.normalize().abs().to_string();
        let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut shown = if number.is_sign_negative() && !number.is_zero() {
            format!("-{}", self.prefix)
        } else {
            self.prefix.clone()
        };
        let _ = write!(shown, "{whole:0>width$}", width = self.whole);
        if !part.is_empty() || self.least > 0 {
            let _ = write!(shown, ".{part:0<width$}", width = self.least);
        }
        if self.percent {
            shown.push('%');
        }
        if let Some(money) = &self.money {
            shown.push(' ');
            shown.push_str(money);
        }
        Some(shown)
    }
}

/// The signs of a code's first section without texts, colours and conditions, in lower case; the text
/// before its first digit; and whether it counts hours beyond a day (`[h]`).
fn signs(code: &str) -> (String, String, bool) {
    let (mut signs, mut prefix, mut elapsed) = (String::new(), String::new(), false);
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        let mut literal = String::new();
        match letter {
            ';' => break,
            '"' => literal.extend(letters.by_ref().take_while(|letter| *letter != '"')),
            '\\' => literal.extend(letters.next()),
            // The width of a letter, and a letter that fills the cell.
            '_' | '*' => drop(letters.next()),
            '[' => {
                let inner: String = letters
                    .by_ref()
                    .take_while(|letter| *letter != ']')
                    .collect();
                let unit = |letter: char| matches!(letter.to_ascii_lowercase(), 'h' | 'm' | 's');
                elapsed |= !inner.is_empty() && inner.chars().all(unit);
            }
            other => signs.extend(other.to_lowercase()),
        }
        if !signs.contains(['0', '#', '?']) && prefix.chars().count() < LONGEST_PREFIX {
            prefix.push_str(&literal);
        }
    }
    (signs, prefix, elapsed)
}

/// The money of a code's first section, unless it is the euro: `[$£-809]`, `[$USD]`, `"CHF"`, a bare `$`.
fn other_money(code: &str) -> Option<String> {
    const KNOWN: [&str; 9] = ["$", "£", "¥", "USD", "GBP", "CHF", "CAD", "JPY", "Fr."];
    let section = code.split(';').next().unwrap_or_default();
    // `[$-40C]` names a language alone.
    let named = section.split("[$").skip(1).find_map(|rest| {
        let inner = rest.split(']').next().unwrap_or_default();
        let sign = inner.split('-').next().unwrap_or_default().trim();
        (!sign.is_empty()).then(|| sign.to_owned())
    });
    let bare = section.replace("[$", "");
    let sign = named.or_else(|| {
        let known = KNOWN.into_iter().find(|sign| bare.contains(sign));
        known.map(str::to_owned)
    })?;
    let is_euro = matches!(sign.to_lowercase().as_str(), "€" | "eur" | "euro" | "euros");
    (!is_euro).then_some(sign)
}

/// Whether signs show a day: a year, a day, or a month that is no minute.
fn has_day(signs: &str) -> bool {
    let month = signs.contains('m') && !signs.contains(['h', 's']);
    signs.contains(['y', 'd']) || month
}

/// A number of a sheet in fifteen digits.
pub(super) fn number(raw: &str) -> Option<Decimal> {
    let raw = raw.trim();
    let number = if raw.contains(['e', 'E']) {
        Decimal::from_scientific(raw).ok()?
    } else {
        raw.parse().ok()?
    };
    number.round_sf_with_strategy(DIGITS, RoundingStrategy::MidpointAwayFromZero)
}

fn seconds(number: Decimal) -> Option<i64> {
    let seconds = number.checked_mul(Decimal::from(86_400))?;
    let seconds = seconds.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    seconds.to_i64().filter(|seconds| *seconds >= 0)
}

fn clock(seconds: i64) -> String {
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    format!("{hours:02}:{minutes:02}:{:02}", seconds % 60)
}

/// The day of a number, and the time when it is not midnight; nothing outside of the calendar.
fn day(number: Decimal, epoch: Epoch) -> Option<String> {
    // Day 2,958,465 of the first is 31 December 9999.
    if number > Decimal::from(2_958_465) {
        return None;
    }
    let seconds = seconds(number)?;
    let days = seconds / 86_400;
    let first = match epoch {
        Epoch::Year1904 => Date::constant(1904, 1, 1),
        Epoch::Year1900 if days > 60 => Date::constant(1899, 12, 30),
        // The 29 February that never was, and a time without a day.
        Epoch::Year1900 if days == 60 || days == 0 => return None,
        Epoch::Year1900 => Date::constant(1899, 12, 31),
    };
    let date = first.checked_add(days.days()).ok()?;
    Some(match seconds % 86_400 {
        0 => date.to_string(),
        rest => format!("{date}T{}", clock(rest)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_their_sheet_shows_them() {
        let cases = [
            ("", "5.0", "5"),
            ("General", "0.30000000000000004", "0.3"),
            ("General", "3.60123456789012E14", "360123456789012"),
            ("General", "1.5E-3", "0.0015"),
            ("000000", "5", "000005"),
            ("\"PC-\"0000", "12", "PC-0012"),
            ("#,##0.00\\ \"€\"", "1249.9", "1249.90"),
            (
                "#,##0.00 [$€-40C];[Red]-#,##0.00",
                "1499.8799999999999",
                "1499.88",
            ),
            ("[$$-409]#,##0.00", "199.9", "199.90 $"),
            ("#,##0.00\\ [$USD]", "12.5", "12.50 USD"),
            ("\"CHF\" 0.00", "7", "7.00 CHF"),
            ("[$-40C]#,##0.00", "7.5", "7.50"),
            ("0.##", "2.5", "2.5"),
            ("0", "-3.0", "-3"),
            ("0%", "0.15", "15%"),
            ("#,##0,", "1234567", "1234567"),
            ("# ?/?", "0.5", "0.5"),
            ("0.00E+00", "1234", "1234"),
            ("@", "00012", "12"),
            ("\"Go\"", "16", "16"),
            ("0", "abc", "abc"),
            // Too large for percents, and for hours of a day.
            ("0%", "7.9e28", "7.9E+28"),
            // The digits after the fifteenth are lost.
            ("General", "1.2345678901234501e17", "1.23456789012345E+17"),
            ("0", "123456789012345678", "1.23456789012346E+17"),
            ("0", "999999999999999", "999999999999999"),
            ("h:mm", "7.9e28", "79000000000000000000000000000"),
            ("dd/mm/yyyy", "-7.9e28", "-79000000000000000000000000000"),
        ];
        for (code, raw, expected) in cases {
            let shown = Format::of(code).shown(raw, Epoch::Year1900);
            assert_eq!(shown, expected, "{code} {raw}");
        }
    }

    #[test]
    fn days_are_those_of_both_calendars() {
        let day = Format::of("dd/mm/yyyy;@");
        let cases = [
            ("46172", "2026-05-30", "2030-05-31"),
            ("46172.651", "2026-05-30T15:37:26", "2030-05-31T15:37:26"),
            ("61", "1900-03-01", "1904-03-02"),
            ("59", "1900-02-28", "1904-02-29"),
            ("60", "60", "1904-03-01"),
            ("46171.9999999", "2026-05-30", "2030-05-31"),
            ("-1", "-1", "-1"),
            ("2958466", "2958466", "2958466"),
        ];
        for (raw, old, mac) in cases {
            assert_eq!(day.shown(raw, Epoch::Year1900), old, "{raw}");
            assert_eq!(day.shown(raw, Epoch::Year1904), mac, "{raw}");
        }
        let padded = Format::of(&"0".repeat(70_000)).shown("5", Epoch::Year1900);
        assert_eq!(padded, format!("{:0>30}", 5));
        let shown = |code: &str, raw: &str| Format::of(code).shown(raw, Epoch::Year1900);
        assert_eq!(shown("h:mm", "0.651"), "15:37:26");
        assert_eq!(shown("[h]:mm", "1.5"), "36:00:00");
        assert_eq!(shown("mmm-yy", "46172"), "2026-05-30");
        assert_eq!(shown("[$-40C]d mmmm yyyy", "46172"), "2026-05-30");
        assert_eq!(shown("h:mm AM/PM", "0.5"), "12:00:00");
        assert_eq!(Format::built_in(14), Format::Day);
        assert_eq!(Format::built_in(49), Format::General);
        assert_eq!(Format::built_in(46), Format::Hours);
    }
}
