//! Letters as HTML, JSON and scripts write them, read as a browser reads them.

/// A text in small letters with those that HTML writes by a name or a number.
pub(super) fn without_entities(text: &str) -> String {
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ];
    let mut out = coded(text, "&#", ';');
    for (entity, letter) in named {
        out = out.replace(entity, letter);
    }
    out
}

/// The same with those that JSON and scripts write after a backslash.
pub(super) fn without_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let code = rest.strip_prefix('u').and_then(|code| code.get(..4));
        let letter = code.and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
        if let Some(letter) = letter {
            out.extend(letter.to_lowercase());
            rest = &rest[5..];
        } else if let Some(escaped) = rest.chars().next() {
            out.push(if matches!(escaped, 'n' | 't' | 'r') {
                '\n'
            } else {
                escaped
            });
            rest = &rest[escaped.len_utf8()..];
        }
    }
    out.push_str(rest);
    out
}

/// A text in which letters written by their number (`&#233;`, `&#xe9;`) are letters.
fn coded(text: &str, open: &str, close: char) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(open) {
        out.push_str(&rest[..at]);
        let code = &rest[at + open.len()..];
        let end = code
            .char_indices()
            .take(8)
            .find(|(_, letter)| *letter == close);
        let number = end.and_then(|(end, _)| match code[..end].strip_prefix('x') {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => code[..end].parse().ok(),
        });
        if let (Some((end, _)), Some(letter)) = (end, number.and_then(char::from_u32)) {
            out.extend(letter.to_lowercase());
            rest = &code[end + 1..];
        } else {
            out.push_str(open);
            rest = code;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_as_browsers_read_them() {
        assert_eq!(
            without_entities("a&amp;b &#233;t&#xe9; &#zz; &"),
            "a&b été &#zz; &"
        );
        assert_eq!(without_escapes("a\\u00e9\\\"b\\n\\uzzzz\\"), "aé\"b\nuzzzz");
    }
}
