//! Whether two values of a field are the same to people: another spelling is no change, nor are capitals.

use crate::fold::{case_fold, fold};
use crate::history::{Recorded, from_canonical};
use crate::schema::{Field, Type};

/// Whether two values of a field mean the same.
pub(super) fn alike(field: &Field, one: &Recorded, other: &Recorded) -> bool {
    match (one, other) {
        (Recorded::Text(one), Recorded::Text(other)) => texts(field, one, other),
        (Recorded::List(one), Recorded::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| alike(field, a, b))
        }
        (Recorded::Structure(one), Recorded::Structure(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|((key, a), (name, b))| {
                    let part = field.fields().iter().find(|part| part.key == *key);
                    key == name && part.map_or(a == b, |part| alike(part, a, b))
                })
        }
        _ => false,
    }
}

/// The digits of a MAC address, however it is written.
pub(super) fn mac_digits(text: &str) -> String {
    let digits = text.chars().filter(char::is_ascii_hexdigit);
    digits.collect::<String>().to_ascii_lowercase()
}

/// A MAC address in the one notation that imports write (`02:00:5e:00:53:01`), of those that sources have
/// (`02-00-5E-00-53-01`, `0200.5e00.5301`); nothing when it is none.
pub(super) fn mac(text: &str) -> Option<String> {
    let digits = mac_digits(text);
    let signs = |letter: char| letter.is_ascii_hexdigit() || matches!(letter, ':' | '-' | '.');
    if digits.len() != 12 || !text.trim().chars().all(signs) {
        return None;
    }
    let pairs: Vec<&str> = (0..6).map(|at| &digits[at * 2..at * 2 + 2]).collect();
    Some(pairs.join(":"))
}

fn texts(field: &Field, one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    if one == other {
        return true;
    }
    match &field.value {
        Type::MacAddress => mac_digits(one) == mac_digits(other),
        // Names and numbers that tell things apart are typed by people in any case.
        _ if field.identifier || field.unique => fold(one) == fold(other),
        // `DUPONT` is how some programs write Dupont.
        Type::Text => words(&case_fold(one)) == words(&case_fold(other)),
        value_type => {
            let typed = from_canonical(value_type, one);
            typed.is_some() && typed == from_canonical(value_type, other)
        }
    }
}

/// A text by its words: line ends and doubled blanks are the writer's.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}
