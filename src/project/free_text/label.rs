//! The words that name a secret, and what stands behind them: a sign and a value, or a value alone.

use std::ops::Range;

use crate::project::free_text::extent::{Mode, hidden};
use crate::project::free_text::follow::Next;
use crate::project::free_text::lines::Line;
use crate::project::free_text::names::{
    ABOUT, ENDINGS, KEYS, OTHERS, OWNERS, PASSES, PASSWORDS, PINS, PRODUCTS, SHORT, STATES, VERBS,
};
use crate::project::free_text::value::{is_blank, is_dress, is_like, skip};
use crate::project::free_text::words::Word;
use crate::project::free_text::work::look_at;

/// How many words may stand between the name and the sign.
const MOST_WORDS: usize = 6;
/// The longest value in quotation marks that follows without a sign, in bytes.
const LONGEST_QUOTE: usize = 200;
/// The most bytes between two words of a name.
const LONGEST_GAP: usize = 30;

/// A name of a secret, by places among words.
#[derive(Debug)]
pub(super) struct Label {
    pub start: usize,
    pub end: usize,
    /// It names a key, and no password.
    pub is_key: bool,
    follows: Follows,
}

/// What may follow a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Follows {
    /// A value, with or without a sign.
    Value,
    /// A number without a sign, or anything behind one.
    Number,
    /// A value behind a sign, with words between or without.
    Sign,
    /// A value that looks like one, behind a sign that follows at once.
    SignAtOnce,
}

/// What follows a name.
#[derive(Debug, Default)]
pub(super) struct After {
    /// What is secret, in order.
    pub hidden: Vec<Range<usize>>,
    /// Where else the value stands.
    pub next: Option<Next>,
}

/// The longest name that begins at a word.
pub(super) fn label(text: &str, words: &[Word], at: usize) -> Option<Label> {
    let first = words[at].folded.as_bytes().first();
    let of = |names: &[&str]| {
        let names = names.iter().filter(|name| name.as_bytes().first() == first);
        names.filter_map(|name| named(text, words, at, name)).max()
    };
    let (password, other, key) = (of(&PASSWORDS), of(&OTHERS), of(&KEYS));
    let word = words[at]
        .folded
        .trim_end_matches(|letter: char| letter.is_ascii_digit());
    let password = password.or_else(|| {
        ENDINGS
            .iter()
            .any(|end| word.ends_with(end))
            .then_some(at + 1)
    });
    let end = password.max(other).max(key)?;
    let label = Label {
        start: at,
        end,
        is_key: key == Some(end),
        follows: if password == Some(end) {
            Follows::Value
        } else if of(&PINS) == Some(end) {
            Follows::Number
        } else if end == at + 1 && words[at].folded == PASSES {
            Follows::SignAtOnce
        } else {
            Follows::Sign
        },
    };
    (label.follows == Follows::Value || label.is_key || !is_part_of_another(text, words, &label))
        .then_some(label)
}

/// Where a name ends that begins at a word.
fn named(text: &str, words: &[Word], at: usize, name: &str) -> Option<usize> {
    let mut end = at;
    for part in name.split(' ') {
        let word = words.get(end)?;
        let plain = word
            .folded
            .trim_end_matches(|letter: char| letter.is_ascii_digit());
        let single = plain.strip_suffix('s').unwrap_or(plain);
        if plain != part && (single != part || part.len() < 3) {
            return None;
        }
        if end > at {
            let gap = &text[words[end - 1].end..word.start];
            if gap.len() > LONGEST_GAP || gap.contains([':', '=', ',', ';', '|', '/', '(']) {
                return None;
            }
        }
        end += 1;
    }
    Some(end)
}

/// Whether a short name is a part of another word (`KeePass`, `pass-through`, `token-ring`).
fn is_part_of_another(text: &str, words: &[Word], label: &Label) -> bool {
    let rest = &text[words[label.end - 1].end..];
    let mut next = rest.chars();
    if next.next() == Some('-') && next.next().is_some_and(char::is_alphabetic) {
        return true;
    }
    let before = label.start.checked_sub(1).map(|before| &words[before]);
    before.is_some_and(|before| {
        let gap = &text[before.end..words[label.start].start];
        PRODUCTS.contains(&before.folded.as_str()) && matches!(gap, "" | "-")
    })
}

/// What follows a name in its line, and whether the value stands elsewhere.
pub(super) fn after(text: &str, line: &Line, words: &[Word], label: &Label) -> After {
    let mut after = After::default();
    let before = &words[label.start.saturating_sub(4)..label.start];
    let mut mode = if before
        .iter()
        .any(|word| ABOUT.contains(&word.folded.as_str()))
    {
        Mode::Weak
    } else {
        Mode::Strong
    };
    let mut at = words[label.end - 1].end;
    if label.follows == Follows::Value {
        after
            .hidden
            .extend(bare(text, at..line.range.end, words, label));
    }
    if label.follows == Follows::Number {
        after.hidden.extend(number(text, at..line.range.end));
    }
    if label.follows == Follows::SignAtOnce {
        let next = words.get(label.end);
        let gap = at..next.map_or(line.range.end, |word| word.start);
        if let Gap::Sign(start) = sign(text, &gap, words[label.start].start, true) {
            let found = hidden(text, start..line.range.end, Mode::Weak);
            let mut found = found.into_iter().flatten().peekable();
            // A value stands first; behind words it is the end of a sentence.
            let is_first = |range: &Range<usize>| {
                !text[start..range.start].contains(|it: char| it.is_alphanumeric())
            };
            if found.peek().is_some_and(is_first) {
                after.hidden.extend(found);
            }
        }
        return after;
    }
    for index in label.end..=label.end + MOST_WORDS {
        let gap = at..words.get(index).map_or(line.range.end, |word| word.start);
        let start = match sign(text, &gap, words[label.start].start, index == label.end) {
            Gap::Ends => return after,
            Gap::Sign(start) => Some(start),
            Gap::Column if words.get(index).is_some() => {
                mode = Mode::Weak;
                Some(gap.end)
            }
            _ => None,
        };
        if let Some(start) = start {
            value(text, line, (start, mode), &mut after);
            return after;
        }
        let Some(word) = words.get(index) else {
            after.next = at_end(line, label, index);
            return after;
        };
        // « n’est » says which it is not.
        let is_denied = words[index - 1].folded == "n";
        if label.follows == Follows::Value && !is_denied && VERBS.contains(&word.folded.as_str()) {
            value(text, line, (word.end, Mode::Said), &mut after);
            return after;
        }
        if STATES.contains(&word.folded.as_str()) {
            mode = Mode::Weak;
        }
        at = word.end;
    }
    after
}

/// Hides the value that begins at a place; where the line has none, the next one may.
fn value(text: &str, line: &Line, (start, mode): (usize, Mode), after: &mut After) {
    match hidden(text, start..line.range.end, mode) {
        Some(hidden) => after.hidden.extend(hidden),
        None if line.is_cell => after.next = Some(Next::Cell),
        None => after.next = Some(Next::Line),
    }
}

/// Where the value stands of a name that nothing follows in its line: only if it stands alone there.
fn at_end(line: &Line, label: &Label, index: usize) -> Option<Next> {
    let is_alone = label.start <= 2 && index - label.end <= 3;
    if !is_alone {
        return None;
    }
    Some(if line.is_cell {
        Next::Cell
    } else {
        Next::Alone
    })
}

/// What stands between two words.
enum Gap {
    /// The end of a sentence.
    Ends,
    /// A sign, and where what follows it begins.
    Sign(usize),
    /// Room as between two columns.
    Column,
    Plain,
}

fn sign(text: &str, gap: &Range<usize>, label: usize, is_first: bool) -> Gap {
    let inner = &text[gap.clone()];
    look_at(inner.len());
    if inner.starts_with("://") {
        return Gap::Ends;
    }
    // `<password>…`
    if is_first && inner.starts_with('>') && text[..label].ends_with('<') {
        return Gap::Sign(gap.start + 1);
    }
    let arrows = [
        "->", "=>", "\u{2192}", "\u{21d2}", "&gt;", ":", "=", "|", "\u{ff1a}",
    ];
    let found = arrows
        .iter()
        .filter_map(|arrow| Some((inner.find(arrow)?, arrow.len())));
    let found = found.min();
    let ends =
        |letter: char| matches!(letter, ';' | '!' | '?' | ',') || (letter == '.' && !is_first);
    let before = &inner[..found.map_or(inner.len(), |(at, _)| at)];
    // A reference ends with a semicolon and no sentence.
    let ends = if before.contains('&') {
        before
            .replace("&nbsp;", " ")
            .replace("&#160;", " ")
            .contains(ends)
    } else {
        before.contains(ends)
    };
    if ends {
        return Gap::Ends;
    }
    match found {
        Some((at, length)) => {
            let rest = &inner[at + length..];
            let more = rest.len() - rest.trim_start_matches([':', '=', '>']).len();
            Gap::Sign(gap.start + at + length + more)
        }
        None if inner.contains('\t') || inner.contains("   ") => Gap::Column,
        None => Gap::Plain,
    }
}

/// The number of four to eight digits that follows a name without a sign (`PIN 4821`).
fn number(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let start = skip(&text[..range.end], range.start, is_blank);
    let rest = &text[start..range.end];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let ends = !rest[digits..].starts_with(|next: char| next.is_alphanumeric());
    ((4..=8).contains(&digits) && start > range.start && ends).then(|| start..start + digits)
}

/// The value that follows a name without a sign: in quotation marks, or of a form that words do not have.
fn bare(text: &str, range: Range<usize>, words: &[Word], label: &Label) -> Option<Range<usize>> {
    let mut start = range.start;
    for next in label.end..label.end + 3 {
        let at = skip(&text[..range.end], start, |letter| {
            is_blank(letter) || matches!(letter, '-' | '\u{2013}' | '\u{2014}')
        });
        let rest = &text[at..range.end];
        let quotes = [
            ('«', '»'),
            ('"', '"'),
            ('“', '”'),
            ('`', '`'),
            ('\'', '\''),
            ('‘', '’'),
        ];
        let quote = quotes
            .iter()
            .find(|(open, _)| rest.starts_with(*open) && at > start);
        if let Some((open, close)) = quote {
            let inner = &rest[open.len_utf8()..];
            let inner = &inner[..inner.floor_char_boundary(LONGEST_QUOTE)];
            look_at(inner.len());
            let end = inner.find(*close)?;
            let inner = inner[..end].trim_matches(is_blank);
            let start = inner.as_ptr().addr() - text.as_ptr().addr();
            return (!inner.is_empty()).then_some(start..start + inner.len());
        }
        let at = skip(&text[..range.end], at, is_dress);
        let rest = &text[at..range.end];
        if rest.starts_with([':', '=']) {
            return None;
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let token = rest[..end].trim_end_matches([',', ';', '.', ')', ':', '»', '"']);
        if is_like(token) {
            return Some(at..at + token.len());
        }
        let word = words.get(next)?;
        if !OWNERS.contains(&word.folded.as_str()) {
            return alone(text, range.end, words, (label, next));
        }
        start = word.end;
    }
    None
}

/// The one word behind a short name with which its line, or its item, begins: `admin / mdp azerty`.
fn alone(
    text: &str,
    end: usize,
    words: &[Word],
    (label, next): (&Label, usize),
) -> Option<Range<usize>> {
    let word = &words[next];
    let start = &words[label.start];
    let before = text[..start.start]
        .trim_end_matches(is_dress)
        .chars()
        .next_back();
    let begins = label.start == 0
        || before.is_none_or(|letter| matches!(letter, '/' | ',' | ';' | '-' | '\n'));
    let rest = text[word.end..end].trim_start_matches(is_blank);
    let ends = rest.is_empty()
        || (rest.starts_with(['/', ',', ';'])
            && words
                .get(next + 1)
                .is_none_or(|after| after.start > word.end));
    let is_value =
        SHORT.contains(&start.folded.as_str()) && !STATES.contains(&word.folded.as_str());
    (is_value && begins && ends && next == label.end).then_some(word.start..word.end)
}
