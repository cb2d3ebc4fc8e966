//! What a line's end must not part: short compounds (« Wi-Fi », « e-mail », « celui-ci »), ranges of hours or years
//! (« 08:00–18:00 ») and identifiers (« srv-erp-01 »), which are compared and copied. The letters stay as they are, so
//! that they are found; pages set them in one piece.

use std::ops::Range;

/// Letters of the shorter part of a compound, at most, and of the whole.
const SHORT: usize = 2;
const WHOLE: usize = 10;
/// Letters of an identifier, at most: a longer one would push a narrow column.
const IDENTIFIER: usize = 20;

/// Opens and closes what is kept together on a page.
pub const TAGS: [&str; 2] = ["<span class=\"unbroken\">", "</span>"];

/// The parts of a text to be kept together, in order.
pub fn kept(text: &str) -> Vec<Range<usize>> {
    let marks = text.char_indices().filter(|(_, mark)| "-–".contains(*mark));
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, mark) in marks {
        if found.last().is_some_and(|last| at < last.end) {
            continue;
        }
        let range = match mark {
            '-' if !is_between_hours(&text[..at], &text[at + 1..]) => word(text, at),
            _ => stretch(text, at),
        };
        found.extend(range);
    }
    found
}

/// Whether a hyphen stands between two hours of a clock (`08:00-18:00`, `8h-12h30`), where a dash belongs.
pub(super) fn is_between_hours(before: &str, after: &str) -> bool {
    let belongs = |letter: char| letter.is_alphanumeric() || letter == ':';
    let start = before.rfind(|letter: char| !belongs(letter));
    let first = start.map_or(before, |start| &before[start..]);
    let first = first.trim_start_matches(|letter| !belongs(letter));
    let end = after.find(|letter: char| !belongs(letter));
    is_hour(first) && is_hour(end.map_or(after, |end| &after[..end]).trim_end_matches(':'))
}

/// `08:00`, `8h` or `8h30`.
fn is_hour(text: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let Some((hour, minute)) = text.split_once([':', 'h']) else {
        return false;
    };
    let is_whole = minute.is_empty() && text.ends_with('h');
    matches!(hour.len(), 1 | 2) && digits(hour) && (is_whole || minute.len() == 2 && digits(minute))
}

/// The word around a hyphen, when it is one to be kept whole.
fn word(text: &str, at: usize) -> Option<Range<usize>> {
    let belongs = |letter: char| letter.is_alphanumeric() || "-_./@:".contains(letter);
    let start = text[..at]
        .rfind(|letter: char| !belongs(letter))
        .map_or(0, |before| after(text, before));
    let end = text[at..]
        .find(|letter: char| !belongs(letter))
        .map_or(text.len(), |length| at + length);
    let word = text[start..end].trim_end_matches(['.', ':']);
    let is_whole = is_compound(word) || is_identifier(word);
    is_whole.then(|| start..start + word.len())
}

/// Letters alone, and a part of the word short.
fn is_compound(word: &str) -> bool {
    let parts = || word.split('-');
    let letters = |part: &str| part.chars().count();
    let is_word = parts().all(|part| !part.is_empty() && part.chars().all(char::is_alphabetic));
    is_word && letters(word) <= WHOLE && parts().any(|part| letters(part) <= SHORT)
}

/// Letters and digits between hyphens: an id, a serial number, a number of a contract.
fn is_identifier(word: &str) -> bool {
    let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
    let belongs = |letter: char| letter.is_alphanumeric() || "-_.".contains(letter);
    has_digit && word.chars().count() <= IDENTIFIER && word.chars().all(belongs)
}

/// The hours or numbers on both sides of a dash.
fn stretch(text: &str, at: usize) -> Option<Range<usize>> {
    let belongs = |letter: char| letter.is_ascii_digit() || ":h\u{a0}\u{202f}".contains(letter);
    let start = text[..at]
        .rfind(|letter: char| !belongs(letter))
        .map_or(0, |before| after(text, before));
    let from = after(text, at);
    let end = text[from..]
        .find(|letter: char| !belongs(letter))
        .map_or(text.len(), |length| from + length);
    let has_digit = |part: &str| part.bytes().any(|byte| byte.is_ascii_digit());
    (has_digit(&text[start..at]) && has_digit(&text[from..end])).then_some(start..end)
}

/// Where the letter ends that begins at a place.
fn after(text: &str, place: usize) -> usize {
    place + text[place..].chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_compounds_and_ranges_stay_in_one_piece() {
        let found = |text: &str| -> Vec<String> {
            kept(text)
                .into_iter()
                .map(|it| text[it].to_owned())
                .collect()
        };
        assert_eq!(
            found("Bornes Wi-Fi, l’e-mail et celui-ci."),
            ["Wi-Fi", "e-mail", "celui-ci"]
        );
        assert_eq!(
            found("lun-ven 08:00–18:00, 8\u{a0}h–12\u{a0}h en 2025–2026"),
            ["08:00–18:00", "8\u{a0}h–12\u{a0}h", "2025–2026"]
        );
        assert_eq!(found("de 08:00-18:00."), ["08:00-18:00"]);
        for text in [
            "sous-réseau et pare-feu",
            "a - b – c",
            "x-y@exemple.example",
            "--no-pager",
            "nuits –fin",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn identifiers_stay_in_one_piece() {
        let text = "srv-ad-01, SEN-F-00417-26-P et \\\\srv-lai-01\\Commun, e-mail";
        let found: Vec<&str> = kept(text).into_iter().map(|it| &text[it]).collect();
        assert_eq!(
            found,
            ["srv-ad-01", "SEN-F-00417-26-P", "srv-lai-01", "e-mail"]
        );
        for text in [
            "pare-feu",
            "10.40.30.100-10.40.30.199",
            "x-1@exemple.example",
            "/a-1/b",
        ] {
            assert_eq!(kept(text), [], "{text}");
        }
    }
}
