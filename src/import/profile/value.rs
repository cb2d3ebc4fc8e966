//! One cell → a value of its field, in canonical form.

use crate::fold::fold;
use crate::history::from_canonical;
use crate::import::directory::last_day;
use crate::import::profile::choices;
use crate::import::profile::moment::{Culture, Moment, moment};
use crate::schema::{Field, Type, fold_key};

/// Why a cell gives no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    /// A day that could be either of two.
    AmbiguousDay,
    /// It does not fit the field.
    Unfit,
    /// It is the name of a type, in place of several values.
    TypeName,
}

/// The value of a cell for a field that is no reference; `kind` is that of the record.
pub(super) fn value(
    kind: &str,
    field: &Field,
    cell: &str,
    culture: Option<Culture>,
) -> Result<String, Fault> {
    let cell = cell.trim();
    let at = || match moment(cell, culture) {
        Moment::At(moment) => Ok(moment),
        Moment::Ambiguous => Err(Fault::AmbiguousDay),
        Moment::Unreadable => Err(Fault::Unfit),
    };
    let text = match &field.value {
        Type::Text => without_breaks(cell, ", "),
        Type::Markdown => without_breaks(cell, "\n\n"),
        // PowerShell shows the moment at which an account ends: midnight after its last day.
        Type::Date if kind == "account" && field.key == "expires" && cell.contains(':') => {
            last_day(at()?).ok_or(Fault::Unfit)?.to_string()
        }
        Type::Date => at()?.date().to_string(),
        Type::DateTime => at()?.to_string(),
        Type::Integer | Type::Decimal | Type::Money => number(cell).ok_or(Fault::Unfit)?,
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
        Type::Reference(_) => reference(cell),
        _ => cell.to_owned(),
    };
    let typed = matches!(
        field.value,
        Type::Reference(_) | Type::Markdown | Type::Structure(_)
    );
    if text.is_empty() || (!typed && from_canonical(&field.value, &text).is_none()) {
        return Err(Fault::Unfit);
    }
    Ok(text)
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

/// A plain decimal of `1 249,90 €`, `1.249,90`, `1,249.90`. A single comma parts decimals, unless three
/// digits follow and a point says otherwise.
fn number(cell: &str) -> Option<String> {
    let signs = ['€', '$', '£', '%'];
    let plain: String = cell
        .chars()
        .filter(|letter| !is_blank(*letter) && !signs.contains(letter))
        .collect();
    let plain = plain.trim_end_matches("EUR").replace(['’', '\''], "");
    let (comma, point) = (plain.rfind(','), plain.rfind('.'));
    let plain = match (comma, point) {
        (Some(comma), Some(point)) if comma > point => plain.replace('.', "").replace(',', "."),
        (Some(_), Some(_)) => plain.replace(',', ""),
        (Some(_), None) if plain.matches(',').count() > 1 => plain.replace(',', ""),
        (Some(_), None) => plain.replace(',', "."),
        (None, Some(_)) if plain.matches('.').count() > 1 => plain.replace('.', ""),
        _ => plain,
    };
    let fits = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | '-');
    (!plain.is_empty() && plain.chars().all(fits)).then_some(plain)
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
    fn numbers_are_written_in_many_ways() {
        let cases = [
            ("1 249,90 €", "1249.90"),
            ("1\u{202f}249,90", "1249.90"),
            ("1.249,90", "1249.90"),
            ("1,249.90", "1249.90"),
            ("12,5", "12.5"),
            ("$12.50", "12.50"),
            ("-3", "-3"),
            ("1,249,000", "1249000"),
        ];
        for (cell, expected) in cases {
            assert_eq!(number(cell).as_deref(), Some(expected), "{cell}");
        }
        assert_eq!(number("douze"), None);
        assert_eq!(number("€"), None);
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
