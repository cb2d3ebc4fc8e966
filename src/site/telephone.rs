//! A telephone number as a link that any telephone can dial: in international form where the text allows.

use crate::schema::Field;
use crate::site::context::Link;

/// Keys of fields that hold a telephone number.
const FIELDS: [&str; 4] = ["phone", "mobile", "support_phone", "phone_number"];

/// Beginnings of national French numbers that lie overseas, and their country codes; what is not here is +33.
/// Source: the French numbering plan (Arcep, decision 2018-0881).
const OVERSEAS: [(&str, &str); 14] = [
    ("0262", "262"),
    ("0263", "262"),
    ("0269", "262"),
    ("0590", "590"),
    ("0594", "594"),
    ("0596", "596"),
    ("0639", "262"),
    ("0690", "590"),
    ("0691", "590"),
    ("0692", "262"),
    ("0693", "262"),
    ("0694", "594"),
    ("0696", "596"),
    ("0697", "596"),
];
/// Numbers of mainland France for films and examples, which share their beginning with Mayotte's.
const INVENTED: &str = "063998";
/// A national French number has so many digits.
const NATIONAL: usize = 10;

/// Whether a field holds telephone numbers.
pub(super) fn is_number(field: &Field) -> bool {
    FIELDS.contains(&field.key.as_str())
}

/// A number as written, linked by what a telephone dials; without link when it has no digit.
pub(super) fn link(written: &str) -> Link {
    match dial(written) {
        Some(number) => Link::new(written, format!("tel:{number}")),
        None => Link {
            text: written.to_owned(),
            url: None,
            hint: None,
        },
    }
}

/// `04 65 71 10 01` → `+33465711001`, `+33 (0)4…` → `+334…`. Special (08) and short numbers are not reached from
/// abroad and stay as they are, and so does what is not ten digits.
fn dial(written: &str) -> Option<String> {
    let written = written.replace("(0)", "");
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return None;
    }
    if written.trim_start().starts_with('+') {
        return Some(format!("+{digits}"));
    }
    if let Some(rest) = digits.strip_prefix("00") {
        return Some(format!("+{rest}"));
    }
    let is_national = digits.len() == NATIONAL && digits.starts_with('0');
    if !is_national || digits.starts_with("08") {
        return Some(digits);
    }
    let code = OVERSEAS.iter().find(|(start, _)| digits.starts_with(start));
    let code = code.filter(|_| !digits.starts_with(INVENTED));
    let code = code.map_or("33", |(_, code)| code);
    Some(format!("+{code}{}", &digits[1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_dialled_from_anywhere() {
        for (written, expected) in [
            ("04 65 71 10 01", Some("+33465711001")),
            ("06.39.98.10.01", Some("+33639981001")),
            ("0262 12 34 56", Some("+262262123456")),
            ("+33 (0)4 65 71 10 01", Some("+33465711001")),
            ("0041 22 123 45 67", Some("+41221234567")),
            ("0 800 12 34 56", Some("0800123456")),
            ("3200", Some("3200")),
            ("voir l’accueil", None),
        ] {
            assert_eq!(dial(written).as_deref(), expected, "{written}");
        }
        assert_eq!(link("poste ?").url, None);
    }
}
