//! One cell → a value of its field, in canonical form.

use std::collections::BTreeSet;

use jiff::civil::DateTime;

use crate::fold::fold;
use crate::history::from_canonical;
use crate::import::directory::last_day;
use crate::import::glpi::decoded;
use crate::import::identity::{is_product_id, is_rounded};
use crate::import::jira::wiki;
use crate::import::profile::choices;
use crate::import::profile::culture::Culture;
use crate::import::profile::moment::{Moment, moment};
use crate::import::profile::number::{amount, number};
use crate::import::prose::{lines, markdown};
use crate::import::{fits, is_placeholder};
use crate::project::is_email;
use crate::schema::{Field, Type, fold_key};

/// The kinds whose records stand in a tree: the same name may stand below several others.
const TREES: [&str; 3] = ["site", "organisation", "group"];

/// Why a cell gives no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    /// A day that could be either of two.
    AmbiguousDay,
    /// A number that could be either of two.
    AmbiguousNumber,
    /// An amount of other money than the estate's.
    Money,
    /// A number below zero, where the field takes none.
    Negative,
    /// It does not fit the field.
    Unfit,
    /// It is the name of a type, in place of several values.
    TypeName,
    /// It says nothing: what makers leave in firmware.
    Filler,
    /// A spreadsheet has rounded it.
    Rounded,
    /// It is the key or the number of a licence, which no message shows.
    Licence,
    /// One of several, where the field takes one.
    Several,
    /// It is the end of a ticket that has not ended.
    StillOpen,
    /// It is the end of a ticket that was opened days later.
    BeforeOpening,
    /// It is no date or number, at least as the culture writes them.
    Unread,
    /// Another column, of this number, has filled the field otherwise.
    Taken(usize),
}

/// The value of a cell for a field that is no reference; `kind` is that of the record.
pub(super) fn value(
    kind: &str,
    field: &Field,
    cell: &str,
    culture: Option<Culture>,
) -> Result<String, Fault> {
    let cell = cell.trim();
    let at = || at(cell, culture);
    let text = match &field.value {
        Type::Text => without_breaks(cell, ", "),
        Type::Markdown => without_breaks(cell, "\n\n"),
        // PowerShell shows the moment at which an account ends: midnight after its last day.
        Type::Date if kind == "account" && field.key == "expires" && cell.contains(':') => {
            last_day(at()?).ok_or(Fault::Unfit)?.to_string()
        }
        Type::Date => at()?.date().to_string(),
        Type::DateTime => at()?.to_string(),
        Type::Money => amount(cell, culture).map_err(unread)?,
        Type::Integer | Type::Decimal => number(bare(field, cell), culture).map_err(unread)?,
        Type::Boolean => boolean(cell).ok_or(Fault::Unfit)?.to_owned(),
        Type::Enumeration(all) => {
            let own = choices::synonym(kind, &field.key, cell);
            let found = own.and_then(|key| all.iter().find(|choice| choice.key == key));
            let word = fold_key(cell);
            let found = found.or_else(|| {
                all.iter().find(|choice| {
                    let names = [&choice.key, &choice.labels.fr, &choice.labels.en];
                    names.into_iter().any(|name| fold_key(name) == word)
                })
            });
            found.ok_or(Fault::Unfit)?.key.clone()
        }
        Type::Reference(kinds) if kinds.iter().any(|it| TREES.contains(&it.as_str())) => path(cell),
        Type::Reference(_) => reference(cell),
        _ => cell.to_owned(),
    };
    let typed = matches!(
        field.value,
        Type::Reference(_) | Type::Markdown | Type::Structure(_)
    );
    let read = from_canonical(&field.value, &text);
    if text.is_empty() || (!typed && read.is_none()) {
        return Err(Fault::Unfit);
    }
    if field.not_negative && read.is_some_and(|value| value.is_negative()) {
        return Err(Fault::Negative);
    }
    // What the plan would leave out and count is told here with its line.
    if !typed && !fits(field, &text) {
        return Err(Fault::Unfit);
    }
    if is_placeholder(&field.key, &text) && !is_counted_up(&text) {
        return Err(says_nothing(&text));
    }
    Ok(text)
}

/// Why a value identifies nothing.
fn says_nothing(text: &str) -> Fault {
    if is_rounded(text) {
        Fault::Rounded
    } else if is_product_id(text) {
        Fault::Licence
    } else {
        Fault::Filler
    }
}

/// A text of several lines, as Markdown: in the markup of its source, else words alone, of which none is taken for
/// markup.
pub(super) fn prose(source: &str, cell: &str) -> String {
    // As in the JSON of version 2.
    if source == "jira" {
        return markdown(&wiki::document(cell));
    }
    let text = without_breaks(cell.trim(), "\n\n");
    let text = match source {
        "glpi" | "snipeit" => decoded(&text),
        _ => text,
    };
    markdown(&lines(&text))
}

/// The moment of a cell.
pub(super) fn at(cell: &str, culture: Option<Culture>) -> Result<DateTime, Fault> {
    match moment(cell, culture) {
        Moment::At(moment) => Ok(moment),
        Moment::Ambiguous => Err(Fault::AmbiguousDay),
        Moment::Unreadable => Err(Fault::Unread),
    }
}

/// Of a number that cannot be read, the culture may be why.
fn unread(fault: Fault) -> Fault {
    if fault == Fault::Unfit {
        return Fault::Unread;
    }
    fault
}

/// Whether a placeholder is a number that people may have given: `1234567` identifies no machine when a
/// thousand have it, and stands on the label of this one. `00000` and `1111` stand on none.
fn is_counted_up(text: &str) -> bool {
    let digits: BTreeSet<u8> = text.bytes().collect();
    digits.iter().all(u8::is_ascii_digit) && digits.len() > 2
}

/// Several values of one cell: `<br>` (GLPI), lines, `;`.
pub(super) fn several(cell: &str) -> Vec<&str> {
    let mut parts = vec![cell];
    for sign in ["<br />", "<br/>", "<br>", "<BR>", "\n", "\r", ";"] {
        parts = parts
            .into_iter()
            .flat_map(|part| part.split(sign))
            .collect();
    }
    parts
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// Several addresses of one cell: people also part them by commas and blanks.
pub(super) fn addresses(cell: &str) -> Vec<&str> {
    let parts = several(cell).into_iter();
    let parts: Vec<&str> = parts.flat_map(|part| part.split([',', ' '])).collect();
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.iter().all(|part| is_email(part)) {
        return parts;
    }
    several(cell)
}

fn without_breaks(cell: &str, between: &str) -> String {
    let mut parts = vec![cell];
    for sign in ["<br />", "<br/>", "<br>", "<BR>"] {
        parts = parts
            .into_iter()
            .flat_map(|part| part.split(sign))
            .collect();
    }
    let parts = parts
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(between)
}

/// What a reference names: the last of a tree (`Siège > Lyon > Plateau`), without the number that
/// GLPI puts behind a name.
pub(in crate::import) fn reference(cell: &str) -> String {
    let leaf = cell.rsplit(" > ").next().unwrap_or(cell).trim();
    match leaf
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once(" ("))
    {
        Some((name, id)) if is_number(id) && !name.trim().is_empty() => name.trim().to_owned(),
        _ => leaf.to_owned(),
    }
}

/// The same with all that stands above it.
fn path(cell: &str) -> String {
    let leaf = reference(cell);
    match cell.trim().rsplit_once(" > ") {
        Some((above, _)) => {
            let above = above.split(" > ").map(str::trim);
            let all: Vec<&str> = above.chain([leaf.as_str()]).collect();
            all.join(" > ")
        }
        None => leaf,
    }
}

/// Whether a text is a whole number, with or without blanks between its thousands.
fn is_number(text: &str) -> bool {
    let digit = |letter: char| letter.is_ascii_digit() || is_blank(letter);
    text.contains(|letter: char| letter.is_ascii_digit()) && text.chars().all(digit)
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{a0}' | '\u{202f}')
}

/// An id as it is, without the blanks between its thousands: `52 267` is `52267`, `000005` stays.
pub(super) fn id(cell: &str) -> String {
    if is_number(cell) {
        return cell.chars().filter(|letter| !is_blank(*letter)).collect();
    }
    cell.trim().to_owned()
}

/// A number without the percent sign, where its field counts in hundredths.
fn bare<'a>(field: &Field, cell: &'a str) -> &'a str {
    match cell.strip_suffix('%') {
        Some(number) if field.labels.fr.contains('%') => number.trim_end(),
        _ => cell,
    }
}

fn boolean(cell: &str) -> Option<&'static str> {
    match fold(cell).as_str() {
        "true" | "yes" | "oui" | "vrai" | "1" | "x" | "active" | "actif" | "enabled" => {
            Some("true")
        }
        "false" | "no" | "non" | "faux" | "0" | "inactive" | "inactif" | "disabled" => {
            Some("false")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_are_for_fields_that_count_in_them() {
        let schema = crate::schema::built_in();
        let read = |kind: &str, key: &str, cell: &str| {
            let (_, field) = schema.kind(kind)?.field(key)?;
            Some(value(kind, field, cell, None))
        };
        let cap = read("contract", "penalty_cap", "9,9 %");
        assert_eq!(cap, Some(Ok("9.9".to_owned())));
        let seats = read("licence", "seats", "12 %");
        assert_eq!(seats, Some(Err(Fault::Unread)));
        let price = |cell| read("asset", "price", cell);
        assert_eq!(price("-12,50"), Some(Err(Fault::Negative)));
        assert_eq!(price("12,50"), Some(Ok("12.50".to_owned())));
    }

    #[test]
    fn names_lose_their_trees_and_numbers() {
        assert_eq!(reference("Siège > Lyon > Plateau"), "Plateau");
        assert_eq!(reference("Garnier Léa (52 267)"), "Garnier Léa");
        assert_eq!(reference("Windows (LTSC)"), "Windows (LTSC)");
        assert_eq!(id("52\u{a0}267"), "52267");
        assert_eq!(id("000005"), "000005");
        assert_eq!(several("a<br>b\nc; d;"), ["a", "b", "c", "d"]);
    }
}
