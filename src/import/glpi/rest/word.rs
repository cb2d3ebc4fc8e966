//! Values of GLPI's interface in plain words: entities decoded, numbers and dates that mean nothing
//! left out.

use jiff::civil::{Date, DateTime};
use serde_json::Value;

use crate::import::answer::text_of;
use crate::import::directory::names_password;
use crate::import::glpi::rest::Left;
use crate::import::glpi::rest::html::decoded;

/// The words of a key, on one line.
pub(super) fn words(item: &Value, key: &str) -> Option<String> {
    let words = decoded(&text_of(item, key)?);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}

/// What people wrote about a thing, with its lines. A text that speaks of a password is counted alone.
pub(super) fn comment(item: &Value, left: &mut Left) -> Option<String> {
    let text = decoded(&text_of(item, "comment")?);
    if names_password(&text) {
        left.inventory.drop_some("free-texts", 1);
        return None;
    }
    Some(text)
}

/// The name that a key leads to (`states_id`), if GLPI was asked for names. Numbers are counted; 0 is
/// nothing.
pub(super) fn name(item: &Value, key: &str, left: &mut Left) -> Option<String> {
    let name = words(item, key)?;
    if name.bytes().all(|byte| byte.is_ascii_digit()) {
        let is_nothing = name.bytes().all(|byte| byte == b'0');
        left.numbers += usize::from(!is_nothing);
        return None;
    }
    Some(name)
}

/// What a key says that is chosen from a list, where 0 is no choice.
pub(super) fn chosen<'v>(item: &'v Value, key: &str) -> Option<&'v Value> {
    let value = item.get(key)?;
    let is_none = text_of(item, key).is_some_and(|text| text == "0");
    Some(if is_none { &Value::Null } else { value })
}

/// A whole number above nothing.
pub(super) fn number(item: &Value, key: &str) -> Option<i32> {
    let number = text_of(item, key)?.parse().ok()?;
    (number > 0).then_some(number)
}

/// An amount above nothing, to the cent: GLPI keeps four decimals.
pub(super) fn amount(item: &Value, key: &str) -> Option<String> {
    let amount = text_of(item, key)?;
    let says = amount.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    let plain = amount.strip_suffix("00").filter(|plain| {
        let cents = plain.rsplit_once('.').map(|(_, cents)| cents.len());
        cents == Some(2)
    });
    says.then(|| plain.unwrap_or(&amount).to_owned())
}

/// The moment of a key, as GLPI's clocks have it.
pub(super) fn moment(item: &Value, key: &str) -> Option<DateTime> {
    let text = text_of(item, key)?;
    let moment: DateTime = text.parse().ok()?;
    (1970..2200).contains(&moment.year()).then_some(moment)
}

/// The day of a key.
pub(super) fn day(item: &Value, key: &str) -> Option<Date> {
    moment(item, key).map(DateTime::date)
}

/// A step of urgency or impact (1 to 5), or priority (1 to 6), as a key of the ticket's fields.
pub(super) fn step(item: &Value, key: &str) -> Option<String> {
    let text = words(item, key)?;
    Some(match text.as_str() {
        "1" => "very-low".to_owned(),
        "2" => "low".to_owned(),
        "3" => "medium".to_owned(),
        "4" => "high".to_owned(),
        "5" => "very-high".to_owned(),
        "6" => "major".to_owned(),
        "0" => return None,
        _ => text,
    })
}

/// A status of a ticket by its number, as a key of the field.
pub(super) fn status(text: &str) -> Option<&'static str> {
    match text.trim() {
        "1" => Some("new"),
        "2" => Some("assigned"),
        "3" => Some("planned"),
        "4" => Some("pending"),
        "5" => Some("resolved"),
        "6" => Some("closed"),
        _ => None,
    }
}
