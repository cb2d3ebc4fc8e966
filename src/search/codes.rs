//! Identifiers by any of their parts: of a serial number, host name, tag, address or telephone number every
//! window of up to six characters is a term, so that three characters in a row find it, from the middle too.

use super::fold::fold;
use super::telephone;
use super::tokens::code;

/// Characters of a window; longer parts are found by the windows at both of their ends.
pub const WINDOW: usize = 6;
/// The shortest part that is found.
pub const SHORTEST: usize = 3;

/// The spellings of an identifier without its separators: as it is and, of a telephone number, the national one.
pub fn spellings(identifier: &str) -> Vec<String> {
    let whole = code(identifier);
    let national = code(&telephone::joined(&fold(identifier)));
    let mut found = vec![whole];
    if national != found[0] {
        found.push(national);
    }
    found.retain(|code| !code.is_empty());
    found
}

/// The windows of an identifier's spelling, each with whether it is the first. None outside ASCII.
pub fn windows(code: &str) -> impl Iterator<Item = (&str, bool)> {
    let length = if code.is_ascii() { code.len() } else { 0 };
    (0..(length + 1).saturating_sub(SHORTEST))
        .map(move |start| (&code[start..(start + WINDOW).min(length)], start == 0))
}

/// Whether a word of a text has the shape of an identifier: five characters or more, of them two digits, and
/// letters too unless it is long.
pub fn is_shaped(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    word.len() >= 5 && digits >= 2 && word.is_ascii() && (digits < word.len() || word.len() >= 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_cover_every_part() {
        let found: Vec<_> = windows("srvad01").collect();
        assert_eq!(
            found,
            [
                ("srvad0", true),
                ("rvad01", false),
                ("vad01", false),
                ("ad01", false),
                ("d01", false)
            ]
        );
        assert_eq!(windows("ab").count(), 0);
    }

    #[test]
    fn a_telephone_number_has_two_spellings() {
        assert_eq!(
            spellings("+33 4 99 00 12 34"),
            ["33499001234", "0499001234"]
        );
        assert_eq!(spellings("SRV-AD-01"), ["srvad01"]);
    }

    #[test]
    fn shapes_of_identifiers() {
        assert!(is_shaped("kb5034441") && is_shaped("0x80070643") && is_shaped("123456"));
        assert!(!is_shaped("12345") && !is_shaped("windows") && !is_shaped("win7"));
    }
}
