//! Letters that HTML, addresses and JSON write by a number or a name: `Z&#x65;lda`, `Zelda%2EK`, `Z\u0065lda`. A reader sees
//! the letter, so what looks for words has to.

/// A letter of a text, and the bytes that it is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letter {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last one.
    pub end: usize,
    /// As a reader sees it. Of a name, the letter without its accent (`&eacute;` is `e`), and a blank for what is no letter.
    pub letter: char,
}

/// Bytes of the longest name or number, with its signs.
const LONGEST: usize = 12;
/// The ends of the names of letters with accents.
const ACCENTS: [&str; 7] = ["acute", "grave", "circ", "uml", "tilde", "cedil", "caron"];

/// Whether a text may hold a letter that is written otherwise.
pub fn may_be_in(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, b'&' | b'%' | b'\\'))
}

/// The letters of a text as a reader sees them, in order.
pub fn letters(text: &str) -> impl Iterator<Item = Letter> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let plain = rest.chars().next()?;
        let written = match plain {
            '&' => entity(rest),
            '%' => of_address(rest),
            '\\' => escaped(rest),
            _ => None,
        };
        let (letter, length) = written.unwrap_or((plain, plain.len_utf8()));
        let start = at;
        at += length;
        Some(Letter {
            start,
            end: at,
            letter,
        })
    })
}

/// The same as a text.
pub fn plain(text: &str) -> String {
    letters(text).map(|letter| letter.letter).collect()
}

/// The letter of `&#101;`, `&#x65;` or `&eacute;`, and how many bytes it takes.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let inner = &text[1..end];
    if let Some(number) = inner.strip_prefix('#') {
        let number = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return Some((char::from_u32(number)?, end + 1));
    }
    if inner.is_empty() || !inner.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let letter = match inner {
        "oelig" | "OElig" => 'œ',
        "aelig" | "AElig" => 'æ',
        "szlig" => 'ß',
        "aring" | "Aring" => 'å',
        "amp" => '&',
        "colon" => ':',
        "commat" => '@',
        "equals" => '=',
        _ => {
            let accented = ACCENTS.iter().find_map(|end| inner.strip_suffix(end));
            let base = accented.filter(|base| base.len() == 1);
            base.and_then(|base| base.chars().next()).unwrap_or(' ')
        }
    };
    Some((letter, end + 1))
}

/// The letter of `%C3%A9`, and how many bytes it takes.
fn of_address(text: &str) -> Option<(char, usize)> {
    let mut bytes = Vec::new();
    for code in text.as_bytes().chunks(3).take(4) {
        let [b'%', digits @ ..] = code else { break };
        let digits = std::str::from_utf8(digits)
            .ok()
            .filter(|it| it.len() == 2)?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        if let Ok(letter) = std::str::from_utf8(&bytes) {
            return Some((letter.chars().next()?, 3 * bytes.len()));
        }
    }
    None
}

/// The letter of `\u00e9`, `\xe9` or `\U000000e9`, and how many bytes it takes.
fn escaped(text: &str) -> Option<(char, usize)> {
    let digits = match text.as_bytes().get(1)? {
        b'x' => 2,
        b'u' => 4,
        b'U' => 8,
        _ => return None,
    };
    let code = text.get(2..2 + digits)?;
    let number = u32::from_str_radix(code, 16).ok()?;
    Some((char::from_u32(number)?, 2 + digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_as_they_are_shown() {
        for (written, shown) in [
            ("Z&#x65;lda&#32;K", "Zelda K"),
            ("Zo&eacute;&nbsp;K&#233;&OElig;", "Zoe Kéœ"),
            ("zelda%2Ek%40parc%2eexample", "zelda.k@parc.example"),
            ("Zo%C3%A9 100%", "Zoé 100%"),
            ("Z\\u0065lda\\x20\\U0000004b", "Zelda K"),
            ("&; & &#zz; &a b; \\u00 \\", "&; & &#zz; &a b; \\u00 \\"),
            ("%zz%C3x%é", "%zz%C3x%é"),
        ] {
            assert_eq!(plain(written), shown, "{written}");
        }
        let all: Vec<_> = letters("a&#98;").map(|it| (it.start, it.end)).collect();
        assert_eq!(all, [(0, 1), (1, 6)]);
    }
}
