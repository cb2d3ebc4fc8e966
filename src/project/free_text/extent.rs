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
    let start = opening(line, range.start);
    let rest = &line[start..];
    if rest
        .chars()
        .all(|letter| !letter.is_alphanumeric() && is_mark(letter))
    {
        let has_stars = rest.matches(['*', '\u{2022}', '\u{25cf}']).count() > 2;
        return if has_stars { Some(Vec::new()) } else { None };
    }
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
        if piece.goes_on && !joins {
            break;
        }
        let words = &rest[piece.range.clone()];
        let is_shown = match index {
            _ if piece.goes_on => false,
            0 => is_shown_first(words, mode),
            _ => is_prose(words) || words.chars().all(is_mark),
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

/// Where a value begins behind a sign: `**mdp :** value` closes there what was opened before the sign.
fn opening(line: &str, from: usize) -> usize {
    let signs = ["**", "__", "*", "_", "\"", "`"];
    let closing = signs
        .iter()
        .find(|sign| line[from..].starts_with(**sign) && is_open(line, from, sign));
    skip(line, from + closing.map_or(0, |sign| sign.len()), is_blank)
}

/// Whether what stands in the place of a value says that it stands elsewhere, or is a sentence.
fn is_shown_first(words: &str, mode: Mode) -> bool {
    let says_how = match mode {
        Mode::Strong => false,
        Mode::Said => is_state(words),
        Mode::Weak => is_prose(words) || is_only_day(words),
    };
    says_how || is_hint(words)
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
    near(text, at).matches(sign).count() % 2 == 1
}

/// What stands before a place in its line, as far as it is looked at.
fn near(text: &str, at: usize) -> &str {
    let before = &text[text.floor_char_boundary(at.saturating_sub(NEAR))..at];
    look_at(before.len());
    before.rsplit('\n').next().unwrap_or_default()
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
                let before = near(text, start);
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
                '.' | ',' | ';' | ')' => before_blank,
                '!' | '?' | '-' | '\u{2013}' | '\u{2014}' | '/' => before_blank && was_blank,
                '(' => was_blank && place > 0,
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
