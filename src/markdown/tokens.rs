//! The parser's events with their places, made easier to read: neighbouring texts are one, comments
//! are gone, highlights are elements.

mod block_ids;
mod comments;
mod highlights;

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser};

pub(super) use block_ids::NamedBlock;

/// An event and the bytes of the body it comes from.
pub(super) type Token<'a> = (Event<'a>, Range<usize>);

/// Reads a body: its tokens, and its blocks that have a name. Linear in its length.
pub(super) fn tokens(body: &str) -> (Vec<Token<'_>>, Vec<NamedBlock>) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS;
    let mut tokens: Vec<Token<'_>> = Vec::new();
    for token in Parser::new_ext(body, options).into_offset_iter() {
        push(&mut tokens, body, token);
    }
    let tokens = highlights::mark(comments::remove(tokens, body), body);
    block_ids::take(tokens, body)
}

/// Adds an event; a text that follows another one without a gap in the source is joined to it, and
/// so is a "tag" inside another generator's `{{<tag>}}`.
fn push<'a>(tokens: &mut Vec<Token<'a>>, body: &'a str, (event, range): Token<'a>) {
    let last_text = match tokens.last() {
        Some((Event::Text(text), last)) if is_verbatim(body, text, last) => Some(last.clone()),
        _ => None,
    };
    let joins = last_text.is_some_and(|last| last.end == range.start)
        && match &event {
            Event::Text(text) => is_verbatim(body, text, &range),
            Event::InlineHtml(_) => {
                body[..range.start].ends_with("{{") && body[range.end..].starts_with("}}")
            }
            _ => false,
        };
    match tokens.last_mut() {
        Some((last, last_range)) if joins => {
            last_range.end = range.end;
            *last = Event::Text(CowStr::Borrowed(&body[last_range.clone()]));
        }
        _ => tokens.push((event, range)),
    }
}

/// Whether a text stands in the source letter by letter, so that a place in it is a place in the file.
pub(super) fn is_verbatim(body: &str, text: &str, range: &Range<usize>) -> bool {
    text.len() == range.len() && body.get(range.clone()) == Some(text)
}

/// Whether the text that starts here starts with a character written after a backslash.
pub(super) fn is_escaped(body: &str, start: usize) -> bool {
    body[..start].ends_with('\\')
}
