//! Letters without case, accents and ligatures: how names are compared, and how URLs are made.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, accents and ligatures folded, curly apostrophes straightened: `L’Œuvre` → `l'oeuvre`.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|letter| !is_combining_mark(*letter)) {
        match letter {
            'œ' | 'Œ' => out.push_str("oe"),
            'æ' | 'Æ' => out.push_str("ae"),
            'ß' | 'ẞ' => out.push_str("ss"),
            '’' | '\u{2bc}' | '‘' => out.push('\''),
            _ => out.extend(letter.to_lowercase()),
        }
    }
    out
}

/// How an id is compared: composed form and lower case, accents kept.
pub fn case_fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfc().flat_map(char::to_lowercase).collect()
}

/// One part of a URL: folded, everything but letters and digits a single `-`.
/// Letters of other scripts are kept; an empty slug means that nothing was left.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in fold(text).chars() {
        if letter.is_alphanumeric() {
            out.push(letter);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    if is_reserved_on_windows(&out) {
        out.push('-');
    }
    out
}

/// Names, in lower case, that Windows keeps for devices: a folder of that name cannot be made or cloned there.
pub fn is_reserved_on_windows(name: &str) -> bool {
    let numbered = |prefix: &str| {
        name.strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|digit| digit.is_ascii_digit()))
    };
    matches!(name, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("Été à l’Œuvre (2)"), "ete-a-l-oeuvre-2");
        assert_eq!(slug("srv-ad-01"), "srv-ad-01");
        assert_eq!(slug("con"), "con-");
        assert_eq!(slug(";)"), "");
        assert_eq!(slug("e\u{301}te\u{301}"), slug("été"));
    }
}
