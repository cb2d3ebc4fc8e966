//! Telephone numbers in folded texts: `+33 4 99 00 12 34`, `04 99 00 12 34` and `0499001234` are one number.
//! The browser's engine does the same with two regular expressions.

use std::borrow::Cow;

/// The text with the French prefix made national and the pairs of digits of a number joined.
pub fn joined(folded: &str) -> Cow<'_, str> {
    let text = match national(folded) {
        Some(text) => Cow::Owned(text),
        None => Cow::Borrowed(folded),
    };
    match pairs(&text) {
        Some(text) => Cow::Owned(text),
        None => text,
    }
}

/// Whether [`joined`] may change a text that is not folded yet: an international prefix, or two digits with something
/// between them that may be folded to a space.
pub fn may_join(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_pair = |at: usize| {
        let between = bytes.get(at + 1);
        between.is_some_and(|byte| !byte.is_ascii())
            || between == Some(&b' ') && bytes.get(at + 2).is_some_and(u8::is_ascii_digit)
    };
    text.contains("+33")
        || text.contains("0033")
        || (0..bytes.len()).any(|at| bytes[at].is_ascii_digit() && is_pair(at))
}

/// `+33 4` and `0033 4` as `04`; `None` when there is no such prefix.
fn national(text: &str) -> Option<String> {
    if !text.contains("+33") && !text.contains("0033") {
        return None;
    }
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    while at < text.len() {
        let length = prefix(text, at);
        if length > 0 {
            out.push('0');
            at += length;
        } else {
            let end = at + text[at..].chars().next().map_or(1, char::len_utf8);
            out.push_str(&text[at..end]);
            at = end;
        }
    }
    Some(out)
}

/// The length of the international prefix that stands here, or 0.
fn prefix(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let separator = |text: &str| usize::from(text.starts_with([' ', '.', '-']));
    let mut length = if let Some(after) = rest.strip_prefix("+33") {
        3 + separator(after)
    } else if rest.starts_with("0033") && separator(&rest[4..]) > 0 && boundary(text, at) {
        5
    } else {
        return 0;
    };
    if rest[length..].starts_with("(0)") {
        length += 3;
        length += separator(&rest[length..]);
    }
    if rest[length..].starts_with(|next: char| ('1'..='9').contains(&next)) {
        length
    } else {
        0
    }
}

/// Joins `04 99` and what follows in pairs, and three pairs or more of any digits, with a last digit that
/// is still alone while it is typed; `None` when there are none.
fn pairs(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    if !(0..bytes.len()).any(|at| bytes[at] == b' ' && digit(at + 1) && at > 0 && digit(at - 1)) {
        return None;
    }
    let (mut out, mut done, mut at) = (String::with_capacity(text.len()), 0, 0);
    while at < bytes.len() {
        let run = |at: usize, length: usize| {
            (at..at + length).all(digit) && boundary(text, at) && boundary(text, at + length)
        };
        let mut end = at + 2;
        let mut more = 0;
        if run(at, 2) {
            while bytes.get(end) == Some(&b' ') && run(end + 1, 2) {
                end += 3;
                more += 1;
            }
        }
        let national = bytes[at] == b'0' && bytes.get(at + 1) != Some(&b'0');
        if more > 1 || (more > 0 && national) {
            if bytes.get(end) == Some(&b' ') && run(end + 1, 1) {
                end += 2;
            }
            out.push_str(&text[done..at]);
            out.extend(text[at..end].chars().filter(|letter| *letter != ' '));
            (at, done) = (end, end);
        } else {
            at += 1;
        }
    }
    out.push_str(&text[done..]);
    Some(out)
}

/// Whether a word of ASCII letters, digits and `_` begins or ends here.
fn boundary(text: &str, at: usize) -> bool {
    let word =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let bytes = text.as_bytes();
    word(at.checked_sub(1).and_then(|before| bytes.get(before))) != word(bytes.get(at))
}

#[cfg(test)]
mod tests {
    use super::{joined, may_join};

    #[test]
    fn numbers_of_all_spellings_meet() {
        for (text, expected) in [
            (
                "tel. +33 4 99 00 12 34 (bureau)",
                "tel. 0499001234 (bureau)",
            ),
            ("+33 (0)4 99 00 12 34", "0499001234"),
            ("+33499001234", "0499001234"),
            ("0033 4 99 00 12 34", "0499001234"),
            ("04 99", "0499"),
            ("04 99 0", "04990"),
            ("99 00 12", "990012"),
            ("99 00", "99 00"),
            ("00331234", "00331234"),
            ("10 a 20 30 40b", "10 a 20 30 40b"),
            ("le 12 34 56, 07 08", "le 123456, 0708"),
            ("é 04 99 ß", "é 0499 ß"),
        ] {
            assert_eq!(joined(text), expected);
            assert!(may_join(text) || text == expected, "{text}");
        }
    }
}
