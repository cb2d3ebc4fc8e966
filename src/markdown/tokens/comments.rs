//! `%%comments%%`, as Obsidian writes them: within one paragraph, or from a line that starts with
//! `%%` to one that ends with it. An opening without its closing is text.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::{Token, is_escaped};

/// A `%%` in a text token.
struct Fence {
    token: usize,
    offset: usize,
    /// The number of the block it stands in.
    block: usize,
    opens_line: bool,
    closes_line: bool,
}

/// Removes comments and the blocks they leave empty.
pub(super) fn remove<'a>(tokens: Vec<Token<'a>>, body: &str) -> Vec<Token<'a>> {
    let fences = fences(&tokens, body);
    let pairs = pairs(&fences);
    if pairs.is_empty() {
        return tokens;
    }
    prune(cut(tokens, &pairs))
}

fn fences(tokens: &[Token<'_>], body: &str) -> Vec<Fence> {
    let mut fences = Vec::new();
    let (mut block, mut code) = (0, false);
    for (index, (event, range)) in tokens.iter().enumerate() {
        match event {
            Event::Start(tag) if is_block(tag) => {
                block += 1;
                code = matches!(tag, Tag::CodeBlock(_));
            }
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Text(text) if !code => {
                for (offset, _) in text.match_indices("%%") {
                    if offset == 0 && is_escaped(body, range.start) {
                        continue;
                    }
                    let before = index.checked_sub(1).map(|last| &tokens[last].0);
                    let after = tokens.get(index + 1).map(|next| &next.0);
                    fences.push(Fence {
                        token: index,
                        offset,
                        block,
                        opens_line: offset == 0
                            && matches!(before, Some(Event::SoftBreak | Event::Start(_))),
                        closes_line: text[offset + 2..].trim().is_empty()
                            && matches!(after, Some(Event::SoftBreak | Event::End(_)) | None),
                    });
                }
            }
            _ => {}
        }
    }
    fences
}

/// Text of these blocks is never joined with another block's by a comment inside one line.
fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}

type Place = (usize, usize);

/// The comments: from the first byte of the opening to the last of the closing.
fn pairs(fences: &[Fence]) -> Vec<Range<Place>> {
    let mut pairs = Vec::new();
    let mut index = 0;
    // Where the next fence that may close a comment over several blocks was last found; the search
    // never goes back, so the whole stays linear.
    let mut far = 0;
    while index < fences.len() {
        let open = &fences[index];
        let next = fences.get(index + 1);
        let close = if next.is_some_and(|next| next.block == open.block) {
            Some(index + 1)
        } else if open.opens_line {
            far = far.max(index + 1);
            while far < fences.len() && !fences[far].closes_line {
                far += 1;
            }
            (far < fences.len()).then_some(far)
        } else {
            None
        };
        if let Some(close) = close {
            let end = &fences[close];
            pairs.push((open.token, open.offset)..(end.token, end.offset + 2));
            index = close;
        }
        index += 1;
    }
    pairs
}

/// Leaves out what lies in comments; starts and ends without their partner in the comment stay.
fn cut<'a>(tokens: Vec<Token<'a>>, pairs: &[Range<Place>]) -> Vec<Token<'a>> {
    let mut kept: Vec<Token<'a>> = Vec::with_capacity(tokens.len());
    let mut pair = 0;
    // Indices in `kept` of the starts met inside the comment at hand.
    let mut opened: Vec<usize> = Vec::new();
    for (index, (event, range)) in tokens.into_iter().enumerate() {
        while pairs.get(pair).is_some_and(|pair| pair.end.0 < index) {
            pair += 1;
            opened.clear();
        }
        let inside = pairs
            .get(pair)
            .is_some_and(|pair| pair.start.0 < index && index < pair.end.0);
        match event {
            Event::Text(text) => keep_text(&mut kept, (text, range), index, &pairs[pair..]),
            Event::Start(_) if inside => {
                opened.push(kept.len());
                kept.push((event, range));
            }
            Event::End(_) if inside => match opened.pop() {
                Some(start) => kept.truncate(start),
                None => kept.push((event, range)),
            },
            _ if inside => {}
            _ => kept.push((event, range)),
        }
    }
    kept
}

/// Keeps the pieces of a text that no comment covers.
fn keep_text<'a>(
    kept: &mut Vec<Token<'a>>,
    (text, range): (CowStr<'a>, Range<usize>),
    index: usize,
    pairs: &[Range<Place>],
) {
    let touching: Vec<_> = pairs
        .iter()
        .take_while(|pair| pair.start.0 <= index)
        .collect();
    if touching.is_empty() {
        kept.push((Event::Text(text), range));
        return;
    }
    let verbatim = text.len() == range.len();
    let mut from = 0;
    let mut piece = |start: usize, end: usize| {
        if start < end {
            let place = if verbatim {
                range.start + start..range.start + end
            } else {
                range.clone()
            };
            kept.push((
                Event::Text(CowStr::from(text[start..end].to_owned())),
                place,
            ));
        }
    };
    for pair in touching {
        if pair.start.0 == index {
            piece(from, pair.start.1);
        }
        from = if pair.end.0 == index {
            pair.end.1
        } else {
            text.len()
        };
    }
    piece(from, text.len());
}

/// Removes blocks without content, which comments leave behind.
fn prune(tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
    let mut kept: Vec<Token<'_>> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let start = if matches!(token.0, Event::End(end) if may_vanish(end)) {
            kept.iter()
                .rposition(|(event, _)| !is_blank(event))
                .filter(|last| matches!(kept[*last].0, Event::Start(_)))
        } else {
            None
        };
        match start {
            Some(start) => kept.truncate(start),
            None => kept.push(token),
        }
    }
    kept
}

fn may_vanish(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Paragraph | TagEnd::Item | TagEnd::List(_) | TagEnd::BlockQuote(_)
    )
}

fn is_blank(event: &Event<'_>) -> bool {
    match event {
        Event::Text(text) => text.trim().is_empty(),
        Event::SoftBreak | Event::HardBreak => true,
        _ => false,
    }
}
