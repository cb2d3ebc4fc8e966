//! `==highlight==`: pairs of `==` with the same parent become a `<mark>` element.
//!
//! The signs must stand at the edges of words, so that `a==b and c==d` stays a comparison.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::{Token, is_escaped};

/// A `==` that can open or close, with its token and offset.
#[derive(Clone, Copy)]
struct Sign {
    token: usize,
    offset: usize,
    opens: bool,
}

/// Puts `<mark>` and `</mark>` where pairs were found.
pub(super) fn mark<'a>(tokens: Vec<Token<'a>>, body: &str) -> Vec<Token<'a>> {
    let signs = pairs(&tokens, body);
    if signs.is_empty() {
        return tokens;
    }
    let mut out = Vec::with_capacity(tokens.len() + 2 * signs.len());
    let mut signs = signs.into_iter().peekable();
    for (index, (event, range)) in tokens.into_iter().enumerate() {
        let Event::Text(text) = event else {
            out.push((event, range));
            continue;
        };
        let mut from = 0;
        // Only verbatim texts hold signs, so offsets in the text are offsets in the source.
        while let Some(sign) = signs.next_if(|sign| sign.token == index) {
            push_piece(&mut out, &text, from..sign.offset, range.start);
            let name = if sign.opens { "<mark>" } else { "</mark>" };
            let at = range.start + sign.offset;
            out.push((Event::InlineHtml(CowStr::Borrowed(name)), at..at + 2));
            from = sign.offset + 2;
        }
        if from == 0 {
            out.push((Event::Text(text), range));
        } else {
            push_piece(&mut out, &text, from..text.len(), range.start);
        }
    }
    out
}

fn push_piece(out: &mut Vec<Token<'_>>, text: &str, piece: std::ops::Range<usize>, base: usize) {
    if !piece.is_empty() {
        let place = base + piece.start..base + piece.end;
        out.push((Event::Text(CowStr::from(text[piece].to_owned())), place));
    }
}

/// The signs that found their partner, in order.
fn pairs(tokens: &[Token<'_>], body: &str) -> Vec<Sign> {
    let mut found = Vec::new();
    // For each open element, the sign that waits for its partner.
    let mut waiting: Vec<Option<Sign>> = vec![None];
    let mut literal = 0_usize;
    for (index, (event, range)) in tokens.iter().enumerate() {
        match event {
            Event::Start(tag) => {
                literal += usize::from(is_literal(tag));
                waiting.push(None);
            }
            Event::End(_) => {
                waiting.pop();
                literal = literal.saturating_sub(usize::from(closes_literal(event)));
            }
            Event::Text(text) if literal == 0 && text.len() == range.len() => {
                for (offset, opens, closes) in signs(text) {
                    if offset == 0 && is_escaped(body, range.start) {
                        continue;
                    }
                    let Some(slot) = waiting.last_mut() else {
                        continue;
                    };
                    match slot.take() {
                        Some(open) if closes => {
                            found.push(open);
                            found.push(Sign {
                                token: index,
                                offset,
                                opens: false,
                            });
                        }
                        before => {
                            let sign = Sign {
                                token: index,
                                offset,
                                opens: true,
                            };
                            *slot = if opens { Some(sign) } else { before };
                        }
                    }
                }
            }
            _ => {}
        }
    }
    found.sort_by_key(|sign| (sign.token, sign.offset));
    found
}

fn is_literal(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::CodeBlock(_) | Tag::Image { .. })
}

fn closes_literal(event: &Event<'_>) -> bool {
    matches!(event, Event::End(TagEnd::CodeBlock | TagEnd::Image))
}

/// Offsets of `==` (not `===`) with whether each can open and close.
fn signs(text: &str) -> impl Iterator<Item = (usize, bool, bool)> + '_ {
    text.match_indices("==").filter_map(move |(offset, _)| {
        let before = text[..offset].chars().next_back();
        let after = text[offset + 2..].chars().next();
        if before == Some('=') || after == Some('=') {
            return None;
        }
        let word = |side: Option<char>| side.is_some_and(char::is_alphanumeric);
        let space = |side: Option<char>| side.is_some_and(char::is_whitespace);
        let opens = !word(before) && !space(after);
        let closes = !word(after) && !space(before);
        Some((offset, opens, closes))
    })
}
