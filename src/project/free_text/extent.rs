//! How far a value goes: to the end of its line, but for pieces behind it that are pieces of sentences.

use std::ops::Range;

use crate::project::free_text::value::{is_blank, is_hint, is_only_day, is_prose, is_state, skip};
use crate::project::free_text::work::look_at;
use crate::project::free_text::{BRACKETED, STARS};

/// How sure it is that a value stands somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Behind a name and a sign: only a hint is shown.
    Strong,
    /// Behind “is”.
    Said,
    /// Behind words about passwords: sentences are shown.
    Weak,
}

/// The most words of a piece: what is looked at for each name stays bounded.
const MOST_WORDS: usize = 24;
/// How many pieces that are shown are looked behind.
const MOST_SHOWN: usize = 3;

/// How far before a value the sign is looked for that opens what it closes, in bytes.
const NEAR: usize = 200;

/// Signs that enclose a value.
const PAIRS: [(&str, &str); 14] = [
    ("**", "**"),
    ("__", "__"),
    ("«", "»"),
    ("“", "”"),
    ("‘", "’"),
    ("\"", "\""),
    ("'", "'"),
    ("`", "`"),
    ("*", "*"),
    ("_", "_"),
    ("(", ")"),
    ("[", "]"),
    ("{", "}"),
    ("&laquo;", "&raquo;"),
];

/// What is secret of a part of a line; nothing where it holds no value.
pub(super) fn hidden(text: &str, range: Range<usize>, mode: Mode) -> Option<Vec<Range<usize>>> {
    let line = &text[..range.end];
    let start = skip(line, range.start, is_blank);
    // `**mdp :** value`: what was opened before the sign is closed behind it.
    let start = ["**", "__", "*", "_", "\"", "`"]
        .iter()
        .fold(start, |at, sign| {
            let closes =
                line[at..].starts_with(sign) && at == range.start && is_open(line, at, sign);
            if closes {
                skip(line, at + sign.len(), is_blank)
            } else {
                at
            }
        });
    if line[start..]
        .chars()
        .all(|letter| !letter.is_alphanumeric() && is_mark(letter))
    {
        let has_stars = line[start..].matches(['*', '\u{2022}', '\u{25cf}']).count() > 2;
        return if has_stars { Some(Vec::new()) } else { None };
    }
    let rest = &line[start..];
    let behind = rest
        .strip_prefix(BRACKETED)
        .or_else(|| rest.strip_prefix(STARS));
    if behind.is_some_and(|behind| behind.chars().next().is_none_or(is_blank_or_mark)) {
        return Some(Vec::new());
    }
    let mut all: Vec<Range<usize>> = Vec::new();
    let mut shown = 0;
    let mut joins = false;
    for (index, piece) in pieces(rest).enumerate() {
        let words = &rest[piece.range.clone()];
        if piece.goes_on && !joins {
            break;
        }
        let is_shown = if piece.goes_on {
            false
        } else if index > 0 {
            is_prose(words)
                || words
                    .trim_matches(|letter: char| !letter.is_alphanumeric() && is_mark(letter))
                    .is_empty()
        } else {
            is_hint(words)
                || match mode {
                    Mode::Strong => false,
                    Mode::Said => is_state(words),
                    Mode::Weak => is_prose(words) || is_only_day(words),
                }
        };
        if is_shown {
            shown += 1;
            joins = false;
            if piece.begins_sentence || shown >= MOST_SHOWN {
                break;
            }
            continue;
        }
        let range = start + piece.range.start..start + piece.range.end;
        match all.last_mut().filter(|_| joins) {
            Some(last) => last.end = range.end,
            None => all.push(range),
        }
        joins = true;
    }
    let all = all.into_iter().map(|range| undressed(text, range));
    Some(all.filter(|range| !range.is_empty()).collect())
}

/// Whether a letter behind stars says that nothing but the stars stands there.
fn is_blank_or_mark(letter: char) -> bool {
    is_mark(letter) || matches!(letter, '.' | ',' | ';' | ')' | ']' | '}' | '<' | '@')
}

fn is_mark(letter: char) -> bool {
    is_blank(letter)
        || matches!(
            letter,
            '*' | '_' | '`' | '"' | '\\' | '|' | '>' | '«' | '»' | '\u{2022}' | '\u{25cf}'
        )
}

/// Whether a sign that stands before a place in its line is not closed there.
fn is_open(text: &str, at: usize, sign: &str) -> bool {
    let from = text[..at].rfind(['\n', '<']).map_or(0, |at| at + 1);
    let before = &text[text.floor_char_boundary(from.max(at.saturating_sub(NEAR)))..at];
    look_at(before.len());
    before.matches(sign).count() % 2 == 1
}

/// A value without the signs that enclose it.
fn undressed(text: &str, mut range: Range<usize>) -> Range<usize> {
    loop {
        // A sign at the end of a line of Markdown ends that line.
        let value =
            text[range.clone()].trim_end_matches(|letter| letter == '\\' || is_blank(letter));
        let value = value.trim_matches(is_blank);
        let start = value.as_ptr().addr() - text.as_ptr().addr();
        let now = start..start + value.len();
        if matches!(value, STARS | BRACKETED) {
            return now;
        }
        let closing = value.ends_with('>').then(|| value.rfind("</")).flatten();
        if let Some(tag) = closing.filter(|tag| *tag > 0) {
            range = start..start + tag;
            continue;
        }
        let pair = PAIRS.iter().find_map(|(open, close)| {
            let inner = value
                .strip_suffix(close)
                .filter(|inner| !inner.is_empty())?;
            if let Some(inner) = inner.strip_prefix(open).filter(|inner| !inner.is_empty()) {
                return Some(start + open.len()..start + open.len() + inner.len());
            }
            let is_opened = if open == close {
                is_open(text, start, open)
            } else {
                let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
                let from = text.floor_char_boundary(from.max(start.saturating_sub(NEAR)));
                let before = &text[from..start];
                before.matches(open).count() > before.matches(close).count()
            };
            is_opened.then_some(start..start + inner.len())
        });
        match pair {
            Some(inner) => range = inner,
            None => return now,
        }
    }
}

/// A piece of a line.
struct Piece {
    range: Range<usize>,
    /// A sentence ended before it.
    begins_sentence: bool,
    /// It is of one piece with the one before, which was too long.
    goes_on: bool,
}

/// The pieces of a part of a line, cut where signs stand between blanks as in sentences.
fn pieces(text: &str) -> impl Iterator<Item = Piece> {
    let mut at = 0;
    let (mut begins_sentence, mut goes_on) = (false, false);
    std::iter::from_fn(move || {
        if at >= text.len() {
            return None;
        }
        let (mut words, mut was_blank) = (0, true);
        let start = at;
        let looked = |end: usize| look_at(end - start);
        let mut letters = text[start..].char_indices().peekable();
        while let Some((place, letter)) = letters.next() {
            let next = letters.peek().map(|(_, next)| *next);
            let before_blank = next.is_some_and(is_blank);
            let is_blank_now = is_blank(letter);
            words += usize::from(was_blank && !is_blank_now);
            let ends = match letter {
                '.' | ',' | ';' => before_blank,
                '!' | '?' | '-' | '\u{2013}' | '\u{2014}' | '/' => before_blank && was_blank,
                '(' => was_blank && place > 0,
                ')' => before_blank,
                _ => false,
            };
            if (ends && place > 0) || words > MOST_WORDS {
                at = start + place + letter.len_utf8();
                let piece = Piece {
                    range: start..start + place,
                    begins_sentence,
                    goes_on,
                };
                looked(at);
                goes_on = words > MOST_WORDS;
                begins_sentence = !goes_on && matches!(letter, '.' | '!' | '?');
                if goes_on {
                    at = start + place;
                }
                return Some(piece);
            }
            was_blank = is_blank_now;
        }
        at = text.len();
        looked(at);
        Some(Piece {
            range: start..text.len(),
            begins_sentence,
            goes_on,
        })
    })
}
