//! A text as its reader sees it: no tags that only dress words, no letters without a width, the letters that are written by a
//! number as letters, and the wide signs of Asian keyboards as signs. A password is one however it is dressed.

use std::ops::Range;

use crate::spelling::{self, Letter};

/// The text, and where each of its letters stands in the one that is written.
pub(super) struct Seen {
    pub(super) text: String,
    /// Where a letter begins in `text`, and the letter as it is written.
    places: Vec<(usize, Letter)>,
}

/// Tags that dress words.
const DRESS: [&str; 20] = [
    "a", "abbr", "b", "big", "code", "em", "font", "i", "ins", "kbd", "mark", "s", "samp", "small",
    "span", "strong", "tt", "u", "var", "wbr",
];
/// Bytes of the longest tag.
const LONGEST_TAG: usize = 200;

impl Seen {
    /// `None` where a text is what is seen of it.
    pub(super) fn of(text: &str) -> Option<Self> {
        let is_plain = |letter: char| {
            !matches!(letter, '&' | '%' | '\\' | '<')
                && !is_without_width(letter)
                && !is_wide(letter)
        };
        if text.chars().all(is_plain) && !text.contains("\n:") {
            return None;
        }
        let mut seen = Self {
            text: String::with_capacity(text.len()),
            places: Vec::with_capacity(text.len()),
        };
        let mut tag_until = 0;
        for letter in spelling::letters(text) {
            if letter.start >= tag_until && letter.letter == '<' {
                tag_until = letter.start + tag(&text[letter.start..]).unwrap_or_default();
            }
            if letter.start >= tag_until && !is_without_width(letter.letter) {
                seen.places.push((seen.text.len(), letter));
                seen.text.push(match letter.letter {
                    '\n' if is_definition(&text[letter.end..]) => ' ',
                    other => narrow(other),
                });
            }
        }
        (seen.text != text).then_some(seen)
    }

    /// Where a range of it is written.
    pub(super) fn written(&self, range: Range<usize>) -> Range<usize> {
        let at = |place: usize| self.places.partition_point(|(start, _)| *start < place);
        let (first, last) = (at(range.start), at(range.end).max(1) - 1);
        self.places[first].1.start..self.places[last].1.end
    }
}

/// How many bytes a tag takes that dresses words, at the start of a text.
fn tag(text: &str) -> Option<usize> {
    let end = text
        .bytes()
        .take(LONGEST_TAG)
        .position(|byte| byte == b'>')?;
    let inner = text[1..end].trim_start_matches('/');
    let ends = |letter: char| letter.is_whitespace() || letter == '/';
    let name = inner.split(ends).next()?.to_ascii_lowercase();
    DRESS.contains(&name.as_str()).then_some(end + 1)
}

/// Whether a line gives the meaning of the word above it, as lists of definitions do.
fn is_definition(line: &str) -> bool {
    let meaning = line.strip_prefix(':');
    meaning.is_some_and(|meaning| meaning.starts_with([' ', '\t', '\u{a0}']))
}

fn is_without_width(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

/// A letter as wide as a sign of Chinese or Japanese, from U+FF01 on in the order of ASCII.
fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{ff01}'..='\u{ff5e}')
}

fn narrow(letter: char) -> char {
    let code = u32::from(letter);
    let plain = is_wide(letter).then(|| char::from_u32(code - 0xff01 + 0x21));
    plain.flatten().unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn what_is_seen_is_found_where_it_is_written() {
        assert!(Seen::of("mdp : x\n# été").is_none());
        assert!(Seen::of("50 % <changeme> a & b").is_none());
        let text = "m<b class='x'>d</b>p：A&#122;e\u{200b}r";
        let seen = Seen::of(text).expect("dressed");
        assert_eq!(seen.text, "mdp:Azer");
        assert_eq!(&text[seen.written(4..8)], "A&#122;e\u{200b}r");
        assert_eq!(&text[seen.written(5..6)], "&#122;");
        assert_eq!(&text[seen.written(0..3)], "m<b class='x'>d</b>p");
    }
}
