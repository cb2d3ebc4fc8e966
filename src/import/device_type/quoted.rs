//! Quoted texts whose further lines begin in the first column: YAML forbids them at that depth, the
//! parsers that the library was written with take them, and some of its files have them.

use std::borrow::Cow;

/// A file with the further lines of quoted texts of the outermost keys moved in by a blank. A quoted
/// text loses the blanks at the start of its lines, so that it stays the same.
pub(super) fn moved_in(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len() + 64);
    let mut open: Option<char> = None;
    let mut moved = false;
    for line in text.split_inclusive('\n') {
        match open {
            Some(quote) => {
                if !line.starts_with([' ', '\t', '\r', '\n']) {
                    out.push(' ');
                    moved = true;
                }
                if closes(line, quote) {
                    open = None;
                }
            }
            None => open = opened(line),
        }
        out.push_str(line);
    }
    // An open end would have moved lines that are none of the text: the parser tells of it.
    if moved && open.is_none() {
        Cow::Owned(out)
    } else {
        Cow::Borrowed(text)
    }
}

/// The quote of a value that begins on the line of its outermost key, and does not end there.
fn opened(line: &str) -> Option<char> {
    let (key, value) = line.split_once(": ")?;
    let is_key = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    let value = value.trim_start();
    let quote = value
        .chars()
        .next()
        .filter(|first| matches!(first, '\'' | '"'))?;
    (key.chars().all(is_key) && !closes(&value[1..], quote)).then_some(quote)
}

/// Whether a quoted text ends in a line of it: at a quote that is not written twice (`''`) or escaped
/// (`\"`).
fn closes(line: &str, quote: char) -> bool {
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '\\' && quote == '"' {
            letters.next();
        } else if letter == quote && (quote == '"' || letters.next_if_eq(&quote).is_none()) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_of_quoted_texts_move() {
        let text =
            "model: 'A'\ncomments: 'Un d''abord\n\n## deux \"x\"\n  trois'\nslug: \"a\\\"\nb\"\n";
        let expected =
            "model: 'A'\ncomments: 'Un d''abord\n\n ## deux \"x\"\n  trois'\nslug: \"a\\\"\n b\"\n";
        assert_eq!(moved_in(text), expected);
        for same in [
            "a: 'b'\nc: d\n",
            "a: 'b\n  c'\n",
            "a: 'b\nc: d\n",
            "a: it's\nb: c\n",
        ] {
            assert_eq!(moved_in(same), same);
        }
    }
}
