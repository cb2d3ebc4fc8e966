//! `^block-id`, as Obsidian names a block: at the end of a paragraph or list item, or as a paragraph of its own
//! after a list, quote, table or code. The name is taken out of the text, and the block's tokens are told.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::{Token, is_escaped, is_verbatim};

/// A block that has a name.
#[derive(Debug)]
pub(in crate::markdown) struct NamedBlock {
    /// Without `^`.
    pub name: String,
    /// Its tokens, the outermost start and end included.
    pub tokens: Range<usize>,
}

/// A start that waits for its end, and the block closed last within it.
struct Parent {
    start: usize,
    last: Option<Range<usize>>,
}

/// Takes the names out of the tokens; returns the blocks in the order of their starts.
pub(in crate::markdown) fn take<'a>(
    tokens: Vec<Token<'a>>,
    body: &str,
) -> (Vec<Token<'a>>, Vec<NamedBlock>) {
    if !body.contains('^') {
        return (tokens, Vec::new());
    }
    let mut kept: Vec<Token<'a>> = Vec::with_capacity(tokens.len());
    let mut named = Vec::new();
    let mut parents: Vec<Parent> = vec![Parent::new(0)];
    // Items whose last line of words was named before another list starts in them.
    let mut items: Vec<(usize, String)> = Vec::new();
    for (event, range) in tokens {
        if let Some(ends) = end_of_words(&event)
            && let Some(name) = name_at_end(&kept, body)
        {
            let parent = parents.last().map_or(0, |parent| parent.start);
            let is_item = matches!(kept[parent].0, Event::Start(Tag::Item));
            let before = parents.len().checked_sub(2).map(|at| &parents[at]);
            let before = before.and_then(|above| above.last.clone());
            let alone = !is_item && kept.len() == parent + 2 && is_only(&kept[parent + 1], &name);
            if alone {
                // A name with nothing before it stays a text.
                if let Some(block) =
                    before.filter(|block| block.end == parent && is_whole(&kept[block.start]))
                {
                    kept.truncate(parent);
                    parents.pop();
                    named.push(NamedBlock {
                        name,
                        tokens: block,
                    });
                    continue;
                }
            } else if is_item || ends {
                cut(&mut kept, name.len() + 1);
                items.push((parent, name));
            }
        }
        match &event {
            Event::Start(_) => parents.push(Parent::new(kept.len())),
            Event::End(_) => {
                let start = parents.pop().map_or(0, |parent| parent.start);
                let block = start..kept.len() + 1;
                while let Some((_, name)) = items.pop_if(|(owner, _)| *owner == start) {
                    named.push(NamedBlock {
                        name,
                        tokens: block.clone(),
                    });
                }
                if let Some(parent) = parents.last_mut() {
                    parent.last = Some(block);
                }
            }
            _ => {}
        }
        kept.push((event, range));
    }
    named.sort_by_key(|block| (block.tokens.start, block.tokens.end));
    (kept, named)
}

impl Parent {
    fn new(start: usize) -> Self {
        Self { start, last: None }
    }
}

/// Whether words of a block may end before this event; the answer tells whether the block ends too.
fn end_of_words(event: &Event<'_>) -> Option<bool> {
    match event {
        Event::End(TagEnd::Paragraph | TagEnd::Item) => Some(true),
        Event::Start(Tag::List(_)) => Some(false),
        _ => None,
    }
}

/// Blocks that a name on a line of its own may mean: what has no end of words that could hold it.
fn is_whole((event, _): &Token<'_>) -> bool {
    matches!(
        event,
        Event::Start(
            Tag::Paragraph | Tag::List(_) | Tag::BlockQuote(_) | Tag::Table(_) | Tag::CodeBlock(_)
        )
    )
}

/// The name that the last text ends with. One letter is no name: `^C` is a key to press.
fn name_at_end(kept: &[Token<'_>], body: &str) -> Option<String> {
    let (Event::Text(text), range) = kept.last()? else {
        return None;
    };
    let (before, name) = text.trim_end().rsplit_once('^')?;
    let letter = |char: char| char.is_ascii_alphanumeric() || char == '-';
    let starts_line = before.is_empty()
        && kept.len().checked_sub(2).is_some_and(|at| {
            matches!(
                kept[at].0,
                Event::SoftBreak | Event::HardBreak | Event::Start(Tag::Paragraph)
            )
        });
    let apart = starts_line || before.ends_with([' ', '\t']);
    let verbatim = is_verbatim(body, text, range);
    (apart && verbatim && name.len() > 1 && name.chars().all(letter))
        .then(|| name.to_owned())
        .filter(|_| !is_escaped(body, range.start + before.len()))
}

fn is_only((event, _): &Token<'_>, name: &str) -> bool {
    matches!(event, Event::Text(text) if text.trim().len() == name.len() + 1)
}

/// Takes the name off the last text, with the blanks and the line's end before it.
fn cut(kept: &mut Vec<Token<'_>>, length: usize) {
    let Some((Event::Text(text), range)) = kept.last_mut() else {
        return;
    };
    let words = text.trim_end();
    let rest = words[..words.len() - length].trim_end().to_owned();
    range.end = range.start + rest.len();
    let empty = rest.is_empty();
    *text = CowStr::from(rest);
    if empty {
        kept.pop();
        while let Some((Event::SoftBreak | Event::HardBreak, _)) = kept.last() {
            kept.pop();
        }
    }
}
