//! One text as YAML: plain where every reader takes it for the same text, quoted elsewhere.
//!
//! Carnet types scalars by the schema, but other tools read the same files: what YAML 1.1 or 1.2
//! would take for a number, a date, a truth or nothing is quoted wherever the field holds a text.

use std::fmt::Write;

use crate::schema::Type;

/// How a text was quoted before it was changed; the new one follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Without quotes where that is safe.
    Plain,
    /// `'…'`.
    Single,
    /// `"…"`.
    Double,
}

/// The style of a scalar as it stands in a file.
pub(super) fn style(written: &str) -> Style {
    match written.as_bytes().first() {
        Some(b'\'') => Style::Single,
        Some(b'"') => Style::Double,
        _ => Style::Plain,
    }
}

/// A value of a type that somebody typed, without quotes where that is safe.
pub fn quoted(text: &str, value_type: &Type) -> String {
    quote(text, value_type, Style::Plain)
}

/// A text on one line, safe between brackets too.
pub(super) fn quote(text: &str, value_type: &Type, style: Style) -> String {
    let brackets = text.contains([',', '[', ']', '{', '}']);
    if style == Style::Plain && brackets && !text.chars().any(is_escaped) {
        return quote(text, value_type, Style::Double);
    }
    quote_alone(text, value_type, style)
}

/// A text on the line of its key, where commas and brackets within it mean nothing.
pub(super) fn quote_alone(text: &str, value_type: &Type, style: Style) -> String {
    if text.chars().any(is_escaped) {
        return double(text);
    }
    match style {
        Style::Plain if is_plain(text) && (is_typed(value_type) || !is_retyped(text)) => {
            text.to_owned()
        }
        Style::Single => single(text),
        // Of the two, the one that needs no escape.
        Style::Plain if text.contains(['"', '\\']) => single(text),
        Style::Plain | Style::Double => double(text),
    }
}

/// Whether a text of several lines can stand as a literal block (`|`).
pub(super) fn is_literal(text: &str) -> bool {
    text.contains('\n') && fits_block(text)
}

/// Whether a text, of one line or several, comes out of a literal block as it went in.
pub(super) fn fits_block(text: &str) -> bool {
    let escaped = |letter: char| letter != '\n' && is_escaped(letter);
    !text.is_empty()
        && !text.starts_with([' ', '\n'])
        && !text.ends_with(['\n', ' '])
        && !text.chars().any(escaped)
}

fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn double(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            letter if is_escaped(letter) => {
                let _ = match u32::from(letter) {
                    code @ ..=0xff => write!(out, "\\x{code:02x}"),
                    code @ 0x100..=0xffff => write!(out, "\\u{code:04x}"),
                    code => write!(out, "\\U{code:08x}"),
                };
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// What stands in a file only as an escape: controls, other line ends, and marks that editors drop
/// or that turn the direction of what follows.
fn is_escaped(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a text needs no quotes for its characters' sake, in blocks and between brackets.
fn is_plain(text: &str) -> bool {
    let starts = |letter: char| {
        letter.is_alphanumeric() || matches!(letter, '/' | '.' | '_' | '(' | '+' | '$' | '«' | '~')
    };
    text.starts_with(starts)
        && !text.ends_with([' ', ':', '\u{a0}', '\u{202f}'])
        && !text.contains('`')
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.starts_with("...")
}

/// Types whose values are written plain: YAML's own reading of them is what is meant.
fn is_typed(value_type: &Type) -> bool {
    matches!(
        value_type,
        Type::Integer | Type::Decimal | Type::Money | Type::Boolean | Type::Date | Type::DateTime
    )
}

/// Whether YAML 1.1 or 1.2 would take a plain text for something else than a text.
pub(super) fn is_retyped(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        "", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "oui",
    ];
    let lower = text.to_ascii_lowercase();
    if WORDS.contains(&lower.as_str()) || matches!(lower.as_str(), "non" | "=" | "<<") {
        return true;
    }
    let number = lower.trim_start_matches(['+', '-']);
    if matches!(number, ".inf" | ".nan") {
        return true;
    }
    let prefixed = ["0x", "0o", "0b"].iter().any(|prefix| {
        let digits = number.strip_prefix(prefix);
        digits.is_some_and(|digits| {
            digits
                .bytes()
                .all(|byte| byte.is_ascii_hexdigit() || byte == b'_')
        })
    });
    prefixed || is_number_like(number)
}

/// Integers, floats, `1_000`, `1e10`, base 60 (`52:54:00`) and dates: what begins with a digit or
/// a point and holds only what these hold. It takes in a little more than YAML does, never less.
fn is_number_like(lower: &str) -> bool {
    let begins = lower
        .trim_start_matches('.')
        .starts_with(|letter: char| letter.is_ascii_digit());
    let dated = lower.len() >= 8
        && lower.as_bytes()[..4].iter().all(u8::is_ascii_digit)
        && lower.as_bytes()[4] == b'-';
    let known =
        |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b':' | b'e' | b'+' | b'-');
    let moment = |byte: u8| known(byte) || matches!(byte, b't' | b'z' | b' ');
    // Versions and addresses have several points, which no number has.
    let points = lower.bytes().filter(|byte| *byte == b'.').count();
    begins && (lower.bytes().all(known) && points < 2 || dated && lower.bytes().all(moment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_yaml_retypes_is_quoted() {
        let retyped = [
            "000123",
            "1E10",
            "012345",
            "no",
            "Non",
            "oui",
            "Y",
            "~",
            "null",
            "1.10",
            "52:54:00:12:34:56",
            "0x1F",
            "2026-11-20",
            "2026-11-20 09:30",
            "1_000",
            ".5",
            "-3",
            "+33",
            "=",
            "<<",
            ".inf",
            "",
        ];
        for text in retyped {
            let quoted = quote(text, &Type::Text, Style::Plain);
            assert!(quoted.starts_with('"'), "{text} → {quoted}");
        }
        for text in [
            "PF-0201",
            "192.0.2.21",
            "2FAGP34",
            "Exalto",
            "25H2",
            "02:00:5E:A2:00:C9",
            "16 Go",
            "C++",
        ] {
            assert_eq!(quote(text, &Type::Text, Style::Plain), text);
            assert_eq!(quote_alone(text, &Type::Text, Style::Plain), text);
        }
        assert_eq!(quote("2026-11-20", &Type::Date, Style::Plain), "2026-11-20");
    }

    #[test]
    fn signs_of_yaml_are_quoted() {
        let cases = [
            ("a: b", "\"a: b\""),
            ("a #b", "\"a #b\""),
            ("- a", "\"- a\""),
            ("[a]", "\"[a]\""),
            ("say \"hi\"", "say \"hi\""),
            ("\"hi\"", "'\"hi\"'"),
            ("C:\\Dir", "C:\\Dir"),
            ("*a\\b", "'*a\\b'"),
            ("l'été", "l'été"),
            ("'T", "\"'T\""),
            ("::1", "\"::1\""),
            ("a\tb\u{7}", "\"a\\tb\\x07\""),
            ("a\u{202e}b", "\"a\\u202eb\""),
            ("a,b", "\"a,b\""),
        ];
        for (text, expected) in cases {
            assert_eq!(quote(text, &Type::Text, Style::Plain), expected);
        }
        assert_eq!(quote_alone("7,6 Go", &Type::Text, Style::Plain), "7,6 Go");
        assert_eq!(quote("1.3.3", &Type::Text, Style::Plain), "1.3.3");
        assert_eq!(quote("a'b", &Type::Text, Style::Single), "'a''b'");
        assert_eq!(quote("ab", &Type::Text, Style::Double), "\"ab\"");
    }
}
