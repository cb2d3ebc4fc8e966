//! One scalar, typed by its field: `000123` is a text where the schema says text, `31/12/2026` a
//! date where it says date.

use std::net::IpAddr;
use std::str::FromStr;

use jiff::civil::{Date, DateTime, Time};
use rust_decimal::Decimal;

use crate::diagnostic::nearest::{meant, nearest};
use crate::diagnostic::{Language, Text};
use crate::fold::{fold, slug};
use crate::project::value::{Duration, Value};
use crate::schema::{Choice, Type};
use crate::text;

/// The value of a text, or `None` when it does not fit the type. References, Markdown and
/// structures need their record, and are not read here.
pub(super) fn scalar(value_type: &Type, text: &str) -> Option<Value> {
    let text = text.trim();
    match value_type {
        Type::Text => Some(Value::Text(text.to_owned())),
        Type::Integer => number(text).parse().ok().map(Value::Integer),
        Type::Decimal => Decimal::from_str(&number(text)).ok().map(Value::Decimal),
        Type::Money => money(text).map(Value::Money),
        Type::Boolean => boolean(text).map(Value::Boolean),
        Type::Date => date(text).map(Value::Date),
        Type::DateTime => date_time(text).map(Value::DateTime),
        Type::Duration => Duration::parse(text).map(Value::Duration),
        Type::Enumeration(choices) => choice(choices, text).map(Value::Choice),
        Type::IpAddress => text.parse().ok().map(Value::IpAddress),
        Type::Network => network(text),
        Type::MacAddress => is_mac(text).then(|| Value::MacAddress(text.to_owned())),
        Type::Url => is_url(text).then(|| Value::Url(text.to_owned())),
        Type::Email => is_email(text).then(|| Value::Email(text.to_owned())),
        Type::File => Some(Value::File(text.to_owned())),
        Type::Reference(_) | Type::Markdown | Type::Structure(_) => None,
    }
}

/// What a type is called, and how its values are written: for the message and its help.
pub(super) fn describe(value_type: &Type) -> (Text, Text) {
    if let Type::Enumeration(choices) = value_type {
        let list = |language| {
            let named = choices.iter().map(|choice| choice_name(choice, language));
            named.collect::<Vec<_>>().join(", ")
        };
        let (fr, en) = (list(Language::Fr), list(Language::En));
        return (
            text!(
                "une valeur prévue pour ce champ",
                "one of the values of this field"
            ),
            text!("valeurs possibles : {fr}", "possible values: {en}"),
        );
    }
    let [fr, en, help_fr, help_en] = words(value_type);
    (
        text!("{fr}", "{en}"),
        text!("écrivez {help_fr}", "write {help_en}"),
    )
}

/// A value as it is written, and the word that pages show for it where that is another.
fn choice_name(choice: &Choice, language: Language) -> String {
    let (key, label) = (&choice.key, choice.labels.get(language));
    if slug(label) == *key {
        format!("`{key}`")
    } else {
        format!("`{key}` ({label})")
    }
}

/// The values of an enumeration nearest to a text, by key or by label.
pub(super) fn nearest_choices(choices: &[Choice], text: &str) -> Option<Text> {
    let names = choices.iter().flat_map(|choice| {
        [
            choice.key.clone(),
            fold(&choice.labels.fr),
            fold(&choice.labels.en),
        ]
        .map(|name| (name, choice))
    });
    let names: Vec<(String, &Choice)> = names.collect();
    let found = nearest(&fold(text), names.iter().map(|(name, _)| name.as_str()));
    let mut near: Vec<&Choice> = Vec::new();
    for name in found {
        let choice = names
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, choice)| *choice);
        near.extend(choice.filter(|choice| !near.iter().any(|known| known.key == choice.key)));
    }
    if near.is_empty() {
        return None;
    }
    let list = |language, or: &str| {
        near.iter()
            .map(|choice| choice_name(choice, language))
            .collect::<Vec<_>>()
            .join(or)
    };
    let (fr, en) = (list(Language::Fr, " ou "), list(Language::En, " or "));
    Some(text!("vouliez-vous dire {fr} ?", "did you mean {en}?"))
}

/// The value of an enumeration that a mistyped one means beyond doubt, by its key or a label.
pub(super) fn meant_choice<'c>(choices: &'c [Choice], text: &str) -> Option<&'c str> {
    let names = choices.iter().flat_map(|choice| {
        let labels = [fold(&choice.labels.fr), fold(&choice.labels.en)];
        let labels = labels.map(|label| (label, choice.key.as_str()));
        [(choice.key.clone(), choice.key.as_str())]
            .into_iter()
            .chain(labels)
    });
    let names: Vec<(String, &str)> = names.collect();
    let meant = meant(&fold(text), names.iter().map(|(name, _)| name.as_str()))?;
    let mut found = names.iter().filter(|(name, _)| name == meant);
    found.next().map(|(_, key)| *key)
}

/// Whether a text has the form of a date, so that only the calendar can be at fault.
pub(super) fn looks_like_date(text: &str) -> bool {
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let (separator, year) = if text.contains('/') {
        ('/', 2)
    } else {
        ('-', 0)
    };
    let parts: Vec<&str> = text.split(separator).collect();
    parts.len() == 3 && parts[year].len() == 4 && parts.iter().all(|part| digits(part, 4))
}

/// A type in French and English, then an example of its values in French and English.
#[rustfmt::skip]
fn words(value_type: &Type) -> [&'static str; 4] {
    match value_type {
        Type::Text | Type::Markdown | Type::Enumeration(_) => ["un texte", "a text", "un texte", "a text"],
        Type::Integer => ["un nombre entier", "a whole number", "`12`", "`12`"],
        Type::Decimal => ["un nombre", "a number", "`12,5` ou `12.5`", "`12.5`"],
        Type::Money => ["un montant", "an amount", "`1249,90` ou `1 249,90 €`", "`1249.90`"],
        Type::Boolean => ["oui ou non", "yes or no", "`oui` ou `non`", "`true` or `false`"],
        Type::Date => ["une date", "a date", "`2026-12-31` ou `31/12/2026`", "`2026-12-31`"],
        Type::DateTime => ["une date et une heure", "a date and time", "`2026-12-31 14:05`", "`2026-12-31 14:05`"],
        Type::Duration => ["une durée", "a duration", "`45 min`, `4 h` ou `2 j`", "`45 min`, `4 h` or `2 days`"],
        Type::Reference(_) => ["un identifiant", "an id", "l’identifiant d’une fiche", "a record's id"],
        Type::IpAddress => ["une adresse IP", "an IP address", "`192.0.2.10`", "`192.0.2.10`"],
        Type::Network => ["un réseau", "a network", "`192.0.2.0/24`", "`192.0.2.0/24`"],
        Type::MacAddress => ["une adresse MAC", "a MAC address", "six octets comme `02:00:5e:00:53:01`", "six bytes such as `02:00:5e:00:53:01`"],
        Type::Url => ["une adresse web", "a web address", "`https://…`", "`https://…`"],
        Type::Email => ["une adresse e-mail", "an e-mail address", "`nom@domaine.example`", "`name@domain.example`"],
        Type::File => ["un nom de fichier", "a file name", "un chemin", "a path"],
        Type::Structure(_) => ["des clés et des valeurs", "keys and values", "`clé: valeur`", "`key: value`"],
    }
}

/// Reads `2026-12-31` or `31/12/2026`.
pub fn date(text: &str) -> Option<Date> {
    let number = |part: &str| -> Option<i16> {
        let digits = part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty();
        digits.then(|| part.parse().ok()).flatten()
    };
    let (separator, first_is_year) = if text.contains('/') {
        ('/', false)
    } else {
        ('-', true)
    };
    let parts: Vec<&str> = text.split(separator).collect();
    let [first, month, last] = parts[..] else {
        return None;
    };
    let (year, day) = if first_is_year {
        (first, last)
    } else {
        (last, first)
    };
    if year.len() != 4 {
        return None;
    }
    let (month, day) = (
        i8::try_from(number(month)?).ok()?,
        i8::try_from(number(day)?).ok()?,
    );
    Date::new(number(year)?, month, day).ok()
}

fn date_time(text: &str) -> Option<DateTime> {
    let Some((day, time)) = text.split_once([' ', 'T']) else {
        return Some(date(text)?.to_datetime(Time::midnight()));
    };
    let time = time.trim().trim_end_matches('Z').replace(" h", "h");
    let time = time.replace("h ", "h").replace('h', ":");
    // `9h` is nine o'clock.
    let time = time.strip_suffix(':').unwrap_or(&time);
    let mut parts = time.split(':').map(|part| part.parse::<i8>().ok());
    let hour = parts.next()??;
    let minute = parts.next().map_or(Some(0), |minute| minute)?;
    let second = parts.next().map_or(Some(0), |second| second)?;
    Some(date(day)?.to_datetime(Time::new(hour, minute, second, 0).ok()?))
}

fn number(text: &str) -> String {
    text.chars()
        .filter(|letter| !matches!(letter, ' ' | '\u{a0}' | '\u{202f}'))
        .map(|letter| if letter == ',' { '.' } else { letter })
        .collect()
}

fn money(text: &str) -> Option<Decimal> {
    let amount = text
        .trim_end_matches("EUR")
        .trim_end_matches('€')
        .trim_end();
    Decimal::from_str(&number(amount)).ok()
}

/// Reads `true`, `oui`, `faux`, `no`… in any case.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "oui" | "vrai" => Some(true),
        "false" | "no" | "non" | "faux" => Some(false),
        _ => None,
    }
}

fn choice(choices: &[Choice], text: &str) -> Option<usize> {
    let exact = choices.iter().position(|choice| choice.key == text);
    exact.or_else(|| {
        let folded = fold(text);
        choices.iter().position(|choice| {
            [&choice.labels.fr, &choice.labels.en]
                .iter()
                .any(|label| fold(label) == folded)
        })
    })
}

fn network(text: &str) -> Option<Value> {
    let (address, length) = text.split_once('/')?;
    let address: IpAddr = address.parse().ok()?;
    let length: u8 = length.parse().ok()?;
    let longest = if address.is_ipv4() { 32 } else { 128 };
    (length <= longest).then_some(Value::Network(address, length))
}

fn is_mac(text: &str) -> bool {
    let digits = text
        .chars()
        .filter(|letter| !matches!(letter, ':' | '-' | '.'))
        .collect::<String>();
    digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a text is a web address as authors write it.
pub fn is_url(text: &str) -> bool {
    let schemes = [
        "http://", "https://", "ssh://", "rdp://", "ftp://", "sftp://",
    ];
    let lower = text.to_ascii_lowercase();
    let rest = schemes.iter().find_map(|scheme| lower.strip_prefix(scheme));
    rest.is_some_and(|rest| !rest.is_empty()) && !text.contains(char::is_whitespace)
}

/// Whether a text is an e-mail address.
pub fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else {
        return false;
    };
    !name.is_empty()
        && domain.contains('.')
        && !domain.contains('@')
        && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value_type: &Type, text: &str, expected: Option<&Value>) {
        assert_eq!(scalar(value_type, text).as_ref(), expected, "{text}");
    }

    #[test]
    fn french_and_english_forms() {
        let day = Date::constant(2026, 12, 31);
        check(&Type::Date, "31/12/2026", Some(&Value::Date(day)));
        check(&Type::Date, "2026-12-31", Some(&Value::Date(day)));
        check(&Type::Date, "2026-02-30", None);
        check(&Type::Date, "31-12-2026", None);
        for nine in ["9h", "9 h", "09h00", "9:00"] {
            let text = format!("2026-12-31 {nine}");
            let moment = Value::DateTime(day.at(9, 0, 0, 0));
            check(&Type::DateTime, &text, Some(&moment));
        }
        for early in ["9h05", "9 h 05", "9:05"] {
            let text = format!("2026-12-31 {early}");
            let moment = Value::DateTime(day.at(9, 5, 0, 0));
            check(&Type::DateTime, &text, Some(&moment));
        }
        check(&Type::DateTime, "2026-12-31 h", None);
        check(
            &Type::DateTime,
            "2026-12-31 14h05",
            Some(&Value::DateTime(day.at(14, 5, 0, 0))),
        );
        check(
            &Type::DateTime,
            "2026-12-31T14:05:07",
            Some(&Value::DateTime(day.at(14, 5, 7, 0))),
        );
        check(&Type::Boolean, "oui", Some(&Value::Boolean(true)));
        check(&Type::Boolean, "1", None);
        check(
            &Type::Money,
            "1 249,90 €",
            Some(&Value::Money(Decimal::new(124_990, 2))),
        );
        check(
            &Type::Decimal,
            "12,50",
            Some(&Value::Decimal(Decimal::new(1250, 2))),
        );
        check(&Type::Integer, "12,5", None);
        check(
            &Type::Text,
            "000123",
            Some(&Value::Text("000123".to_owned())),
        );
        check(
            &Type::MacAddress,
            "52:54:00:12:34:56",
            Some(&Value::MacAddress("52:54:00:12:34:56".to_owned())),
        );
        check(&Type::MacAddress, "52:54:00:12:34:5g", None);
        check(&Type::IpAddress, "192.0.2.300", None);
        check(&Type::Network, "192.0.2.0/33", None);
        check(&Type::Url, "javascript:alert(1)", None);
        check(
            &Type::Email,
            "lea@nacelle.example",
            Some(&Value::Email("lea@nacelle.example".to_owned())),
        );
    }
}
