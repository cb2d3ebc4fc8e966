//! How wide a text will be, near enough, without a font: the reader's system font is unknown at
//! build time, so the widths are those of a broad one (`DejaVu Sans`) and narrower ones leave air.

use unicode_normalization::UnicodeNormalization;

/// Width of a text in pixels at a font size, rounded up; bold is an eighth wider.
pub fn width(text: &str, size: i32, bold: bool) -> i32 {
    let thousandths: i64 = text.nfc().map(advance).sum();
    let weight = if bold { 112 } else { 100 };
    let pixels = (thousandths * i64::from(size) * weight + 99_999) / 100_000;
    i32::try_from(pixels).unwrap_or(i32::MAX)
}

/// Advance of one character, in thousandths of the font size.
fn advance(character: char) -> i64 {
    match character {
        '\u{202f}' => 200,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' => 0,
        'i' | 'j' | 'l' | 'I' | 'î' | 'ï' | '\'' | '’' | '|' => 300,
        ' ' | '\u{a0}' | '.' | ',' | ':' | ';' | '!' => 325,
        'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '-' | '/' => 415,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | 'œ' | 'æ' | 'Œ' | 'Æ' | '—' | '…' | '→' => {
            1_000
        }
        '\u{1100}'.. if !matches!(character, '\u{1e00}'..='\u{20cf}') => 1_050,
        'c' | 's' | 'z' | 'ç' | 'k' | 'v' | 'x' | 'y' => 590,
        _ if character.is_uppercase() => 730,
        _ => 638,
    }
}

/// Cuts a text into lines no wider than `room` pixels, after spaces, hyphens and slashes, and
/// inside a word only when the word alone is too wide. Joined, the lines give back the text with
/// each run of blanks made one space. No-break spaces hold.
pub fn wrap(text: &str, room: i32, size: i32, bold: bool) -> Vec<String> {
    let text = tidy(text);
    let fits = |line: &str| width(line.trim_end(), size, bold) <= room;
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in text.split_inclusive([' ', '-', '/']) {
        if !line.is_empty() && !fits(&format!("{line}{piece}")) {
            lines.push(std::mem::take(&mut line));
        }
        line.push_str(piece);
        while !fits(&line) {
            let end = longest_start(&line, &fits);
            if end == line.len() {
                break;
            }
            let rest = line.split_off(end);
            lines.push(std::mem::replace(&mut line, rest));
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Width of the widest piece that [`wrap`] would not cut if it fits.
pub fn widest_piece(text: &str, size: i32, bold: bool) -> i32 {
    let text = tidy(text);
    let pieces = text.split_inclusive([' ', '-', '/']);
    let widths = pieces.map(|piece| width(piece.trim_end(), size, bold));
    widths.max().unwrap_or(0)
}

/// Blanks of any sort but the no-break ones become one space; other control characters, which
/// XML refuses, become spaces too.
pub fn tidy(text: &str) -> String {
    let holds = |character: char| matches!(character, '\u{a0}' | '\u{202f}');
    let breaks = |character: char| {
        !holds(character) && (character.is_whitespace() || character.is_control())
    };
    let words: Vec<&str> = text.split(breaks).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Where the longest start of a line that fits ends, in bytes; one character at least.
fn longest_start(line: &str, fits: &impl Fn(&str) -> bool) -> usize {
    let ends = line
        .char_indices()
        .map(|(at, character)| at + character.len_utf8());
    let mut longest = 0;
    for end in ends {
        if longest > 0 && !fits(&line[..end]) {
            break;
        }
        longest = end;
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_join_into_the_text() {
        let text = "Mise en attente du fournisseur, anticonstitutionnellement/rapidement";
        for room in [40, 60, 90, 200] {
            let lines = wrap(text, room, 13, false);
            assert_eq!(lines.concat(), text);
            for line in &lines {
                assert!(
                    width(line.trim_end(), 13, false) <= room,
                    "{line} in {room}"
                );
            }
        }
    }

    #[test]
    fn no_break_spaces_hold_and_blanks_shrink() {
        assert_eq!(tidy(" a\n\tb\u{0}c "), "a b c");
        let lines = wrap("délai\u{a0}: 4\u{a0}h", 60, 13, false);
        assert_eq!(lines, ["délai\u{a0}: ", "4\u{a0}h"]);
    }

    #[test]
    fn room_for_the_widest_piece_cuts_no_word() {
        let text = "Réceptionner le pré-équipement";
        let room = widest_piece(text, 13, true);
        assert_eq!(
            wrap(text, room, 13, true),
            ["Réceptionner ", "le pré-", "équipement"]
        );
        assert_ne!(wrap(text, room - 1, 13, true)[0], "Réceptionner ");
    }

    #[test]
    fn decomposed_accents_measure_like_composed_ones() {
        assert_eq!(width("e\u{301}", 100, false), width("é", 100, false));
        assert!(width("WWW", 13, false) > width("iii", 13, false));
    }

    #[test]
    fn room_smaller_than_a_character_still_ends() {
        assert_eq!(wrap("ab", 1, 13, false), ["a", "b"]);
        assert!(wrap("  ", 50, 13, false).is_empty());
    }
}
