//! Text of the history that people see: what a commit, an author or a value says must not act.

use std::fmt::Write as _;

/// Characters that are obeyed instead of shown: controls, and those that turn the direction of what
/// follows. Ends of lines and tabs are controls too.
pub fn is_command(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{feff}'
        )
        || ('\u{202a}'..='\u{202e}').contains(&letter)
        || ('\u{2066}'..='\u{2069}').contains(&letter)
}

/// The same text with U+FFFD in the place of each character that would be obeyed, as in a terminal;
/// ends of lines and tabs stay.
#[must_use]
pub fn visible(text: &str) -> String {
    let shown = text.chars().map(|letter| match letter {
        '\n' | '\t' => letter,
        letter if is_command(letter) => char::REPLACEMENT_CHARACTER,
        letter => letter,
    });
    shown.collect()
}

/// The same on one line, where the name of each such character (`U+202E`) stands in its place: what is printed on
/// paper or compared by eye has to say which one it was.
#[must_use]
pub fn named_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' | '\t' => out.push(' '),
            letter if is_command(letter) => {
                let _ = write!(out, "U+{:04X}", u32::from(letter));
            }
            letter => out.push(letter),
        }
    }
    out
}

/// The same on one line: ends of lines and tabs become blanks.
#[must_use]
pub fn visible_line(text: &str) -> String {
    visible(text).replace(['\n', '\t'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_act_is_shown() {
        assert_eq!(
            visible("a\u{1b}[2J\u{202e}b\u{2028}\u{feff}\nc\té"),
            "a\u{fffd}[2J\u{fffd}b\u{fffd}\u{fffd}\nc\té"
        );
        assert_eq!(visible_line("a\nb\tc\u{2066}"), "a b c\u{fffd}");
        assert_eq!(named_line("a\u{202e}b\nc"), "aU+202Eb c");
    }
}
