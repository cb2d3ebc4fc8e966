//! What a line's end must not part: short compounds (« Wi-Fi », « e-mail », « celui-ci ») and ranges of hours or years
//! (« 08:00–18:00 »). The letters stay as they are, so that they are found and copied; pages set them in one piece.

use std::ops::Range;

/// Letters of the shorter part of a compound, at most, and of the whole.
const SHORT: usize = 2;
const WHOLE: usize = 10;

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
            '-' => compound(text, at),
            _ => stretch(text, at),
        };
        found.extend(range);
    }
    found
}

/// The word around a hyphen: letters alone, and a part of it short.
fn compound(text: &str, at: usize) -> Option<Range<usize>> {
    let belongs = |letter: char| letter.is_alphanumeric() || "-_./@:".contains(letter);
    let start = text[..at]
        .rfind(|letter: char| !belongs(letter))
        .map_or(0, |before| after(text, before));
    let end = text[at..]
        .find(|letter: char| !belongs(letter))
        .map_or(text.len(), |length| at + length);
    let word = text[start..end].trim_end_matches(['.', ':']);
    let parts = || word.split('-');
    let letters = |part: &str| part.chars().count();
    let is_word = parts().all(|part| !part.is_empty() && part.chars().all(char::is_alphabetic));
    let is_short = letters(word) <= WHOLE && parts().any(|part| letters(part) <= SHORT);
    (is_word && is_short).then(|| start..start + word.len())
}

/// The hours or numbers on both sides of a dash.
fn stretch(text: &str, at: usize) -> Option<Range<usize>> {
    let belongs = |letter: char| letter.is_ascii_digit() || ":h\u{a0}\u{202f}".contains(letter);
    let start = text[..at]
        .rfind(|letter: char| !belongs(letter))
        .map_or(0, |before| after(text, before));
    let from = at + '–'.len_utf8();
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
        for text in [
            "srv-01, srv-ad-01",
            "sous-réseau et pare-feu",
            "a - b – c",
            "x-y@exemple.example",
            "--no-pager",
            "nuits –fin",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
