//! A text → its lines: what ends a line of a page ends one here, `<br>` as much as the end of a line.

use std::ops::Range;

use crate::project::free_text::work::look_at;

/// Tags that begin or end a block.
const BLOCKS: [&str; 20] = [
    "br", "p", "div", "li", "ul", "ol", "tr", "table", "tbody", "thead", "h1", "h2", "h3", "h4",
    "h5", "h6", "pre", "dt", "dd", "hr",
];
/// Tags of a cell.
const CELLS: [&str; 2] = ["td", "th"];
/// Tags within a line.
const INLINE: [&str; 20] = [
    "b", "i", "u", "s", "a", "em", "strong", "span", "font", "code", "small", "big", "sub", "sup",
    "mark", "kbd", "tt", "label", "ins", "del",
];
/// The longest tag that is looked for, in bytes.
const LONGEST_TAG: usize = 200;

/// A line, or a cell of a table.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Where it stands, without what ends it.
    pub range: Range<usize>,
    /// A cell of the same row follows.
    pub is_cell: bool,
    /// It is of a row that a Markdown table has for its head.
    pub is_head: bool,
}

/// What a tag is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Block,
    Cell,
    Inline,
}

/// The tag that begins a text, and its length.
pub(super) fn tag(text: &str) -> Option<(Tag, usize)> {
    let inner = text.strip_prefix('<')?;
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let length = name
        .bytes()
        .take_while(u8::is_ascii_alphanumeric)
        .take(8)
        .count();
    let rest = &name[length..];
    if !rest.starts_with(['>', '/', ' ', '\n', '\t']) {
        return None;
    }
    let lower = name[..length].to_ascii_lowercase();
    let is_one = |all: &[&str]| all.contains(&lower.as_str());
    let kind = if is_one(&BLOCKS) {
        Tag::Block
    } else if is_one(&CELLS) {
        Tag::Cell
    } else if is_one(&INLINE) {
        Tag::Inline
    } else {
        return None;
    };
    let mut bytes = rest.bytes().take(LONGEST_TAG);
    let end = bytes
        .position(|byte| matches!(byte, b'<' | b'>'))
        .filter(|end| rest.as_bytes()[*end] == b'>')?;
    look_at(end);
    Some((kind, text.len() - rest.len() + end + 1))
}

/// The lines of a text.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut all = Vec::new();
    let (mut start, mut at) = (0, 0);
    let mut is_row = begins_row(text);
    while let Some(next) = text[at..].find(['\n', '\r', '\u{2028}', '<', '|', '\\']) {
        let place = at + next;
        let rest = &text[place..];
        let (length, is_cell) = match rest.as_bytes()[0] {
            b'<' => match tag(rest) {
                Some((Tag::Block, length)) => (length, false),
                Some((Tag::Cell, length)) => (length, true),
                _ => {
                    at = place + 1;
                    continue;
                }
            },
            b'|' if is_row => (1, true),
            b'|' => {
                at = place + 1;
                continue;
            }
            b'\\' => {
                let escaped = rest[1..].chars().next().filter(|letter| *letter == '|');
                at = place + 1 + escaped.map_or(0, char::len_utf8);
                continue;
            }
            _ => (rest.chars().next().map_or(1, char::len_utf8), false),
        };
        all.push(Line {
            range: start..place,
            is_cell,
            is_head: false,
        });
        at = place + length;
        start = at;
        if !is_cell {
            is_row = begins_row(&text[at..]);
        }
    }
    all.push(Line {
        range: start..text.len(),
        is_cell: false,
        is_head: false,
    });
    all
}

/// Whether a text begins with a row of a Markdown table.
fn begins_row(text: &str) -> bool {
    text.trim_start_matches([' ', '\t', '>']).starts_with('|')
}
