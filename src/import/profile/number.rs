//! Numbers and amounts as people and programs write them. A text with two readings (`1,234`) gives no
//! number until a culture decides; an amount of other money is never taken for one of the estate's.

use std::collections::BTreeSet;

use crate::import::profile::culture::Culture;
use crate::import::profile::value::Fault;

/// How the money of an estate is written beside an amount: Carnet keeps euros.
const OWN_MONEY: [&str; 4] = ["€", "eur", "euro", "euros"];

/// What a text without its sign and money may mean.
struct Reading {
    /// A plain decimal.
    value: String,
    /// The sign before its decimals.
    decimal: Option<char>,
    /// The sign between its thousands.
    thousands: Option<char>,
}

/// A plain decimal of `1 249,90`, `1.249,90`, `1,249.90`; thousands stand in groups of three.
pub(super) fn number(cell: &str, culture: Option<Culture>) -> Result<String, Fault> {
    let cell = cell.trim();
    let minus = ['-', '\u{2212}'];
    let (sign, rest) = match cell.strip_prefix(minus) {
        Some(rest) => ("-", rest.trim_start()),
        None => ("", cell.strip_prefix('+').unwrap_or(cell)),
    };
    let readings = readings(rest);
    let values: BTreeSet<&str> = readings.iter().map(|it| it.value.as_str()).collect();
    let value = match values.len() {
        0 => return Err(Fault::Unfit),
        1 => &readings[0].value,
        _ => {
            let culture = culture.ok_or(Fault::AmbiguousNumber)?;
            let said = readings.iter().find(|it| match (it.decimal, it.thousands) {
                (Some(decimal), _) => culture.decimal == Some(decimal),
                (None, thousands) => thousands.is_some() && culture.thousands == thousands,
            });
            &said.ok_or(Fault::AmbiguousNumber)?.value
        }
    };
    Ok(format!("{sign}{value}"))
}

/// The same of an amount, with or without the estate's money before or after it.
pub(super) fn amount(cell: &str, culture: Option<Culture>) -> Result<String, Fault> {
    let is_beside = |letter: char| {
        !letter.is_ascii_digit() && !matches!(letter, '-' | '+' | '\u{2212}' | '.' | ',')
    };
    let cell = cell.trim();
    // `-€12.50` has its sign before the money.
    let (sign, rest) = match cell.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => ("-", rest),
        None => ("", cell),
    };
    let start = rest.find(|letter| !is_beside(letter)).ok_or(Fault::Unfit)?;
    let end = rest.trim_end_matches(is_beside).len();
    let (before, after) = (&rest[..start], &rest[end..]);
    for beside in [before, after] {
        let beside = beside.trim().to_lowercase();
        if !beside.is_empty() && !OWN_MONEY.contains(&beside.as_str()) {
            let is_money = beside != "%";
            return Err(if is_money { Fault::Money } else { Fault::Unfit });
        }
    }
    number(&format!("{sign}{}", &rest[start..end]), culture)
}

/// All that digits and signs may mean.
fn readings(text: &str) -> Vec<Reading> {
    let mut found = Vec::new();
    if let Some((whole, thousands)) = whole(text) {
        found.push(Reading {
            value: whole,
            decimal: None,
            thousands,
        });
    }
    for decimal in [',', '.'] {
        let Some((before, after)) = text.split_once(decimal) else {
            continue;
        };
        let is_fraction = !after.is_empty() && after.bytes().all(|byte| byte.is_ascii_digit());
        if let Some((whole, thousands)) = whole(before).filter(|_| is_fraction) {
            found.push(Reading {
                value: format!("{whole}.{after}"),
                decimal: Some(decimal),
                thousands,
            });
        }
    }
    found
}

/// Whole digits, in one piece or in groups of three by one sign, which is given beside them.
fn whole(text: &str) -> Option<(String, Option<char>)> {
    let sign = text.chars().find(|letter| !letter.is_ascii_digit());
    let Some(sign) = sign else {
        return (!text.is_empty()).then(|| (text.to_owned(), None));
    };
    let is_thousands = sign.is_whitespace() || matches!(sign, '\u{202f}' | '’' | '\'' | ',' | '.');
    let mut groups = text.split(sign);
    let first = groups.next().unwrap_or_default();
    let is_first = (1..=3).contains(&first.len()) && !first.starts_with('0');
    let are_three =
        groups.all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()));
    (is_thousands && is_first && are_three).then(|| (text.replace(sign, ""), Some(sign)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str, culture: &str) -> Result<String, Fault> {
        amount(cell, Culture::named(culture))
    }

    #[test]
    fn numbers_with_one_reading_are_read() {
        let cases = [
            ("1 249,90 €", "1249.90"),
            ("1\u{202f}249,90", "1249.90"),
            ("1\u{a0}249\u{a0}000", "1249000"),
            ("1’249.90", "1249.90"),
            ("1.249,90", "1249.90"),
            ("1,249.90", "1249.90"),
            ("12,5", "12.5"),
            ("12.50 EUR", "12.50"),
            ("€12.50", "12.50"),
            ("-€12.50", "-12.50"),
            ("-3", "-3"),
            ("\u{2212}3,5", "-3.5"),
            ("0,234", "0.234"),
            ("1234,567", "1234.567"),
            ("1,249,000", "1249000"),
            ("000005", "000005"),
        ];
        for (cell, expected) in cases {
            for culture in ["", "fr", "en-US"] {
                assert_eq!(read(cell, culture).as_deref(), Ok(expected), "{cell}");
            }
        }
    }

    #[test]
    fn a_culture_decides_between_two_readings() {
        let cases = [
            ("1,234", "fr", Ok("1.234")),
            ("1,234", "en-US", Ok("1234")),
            ("12,345", "en-GB", Ok("12345")),
            ("1.234", "de", Ok("1234")),
            ("1.234", "en-US", Ok("1.234")),
            // The French write no points between thousands, and no decimals after a point.
            ("1.234", "fr", Err(Fault::AmbiguousNumber)),
            ("1,234", "", Err(Fault::AmbiguousNumber)),
            ("1.234", "", Err(Fault::AmbiguousNumber)),
            ("-12,345 €", "", Err(Fault::AmbiguousNumber)),
        ];
        for (cell, culture, expected) in cases {
            let expected = expected.map(str::to_owned);
            assert_eq!(read(cell, culture), expected, "{cell} {culture}");
        }
    }

    #[test]
    fn what_is_no_amount_of_the_estate_is_refused() {
        for cell in ["12 $", "$12", "£12", "12 USD", "CHF 12", "12 €/mois"] {
            assert_eq!(read(cell, "fr"), Err(Fault::Money), "{cell}");
        }
        for cell in [
            "12%", "12 %", "12.50.3", "1 24 900", "12,50,3", "1,24.5", "douze", "€", "", "1-2",
            "1.,2", "--3", ",5", "5,",
        ] {
            assert_eq!(read(cell, "fr"), Err(Fault::Unfit), "{cell}");
        }
        assert_eq!(number("12 €", None), Err(Fault::Unfit));
    }
}
