//! Steps of which one is enough: an item to tick that ends with « , ou », and the one after it.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::steps::says_what_to_expect;
use crate::markdown::tokens::Token;

/// The words that join two steps.
const JOINING: [&str; 2] = ["ou", "or"];

/// Whether the item that starts at `at` has a box to tick.
pub(super) fn is_task(tokens: &[Token<'_>], at: usize) -> bool {
    match tokens.get(at + 1) {
        Some((Event::TaskListMarker(_), _)) => true,
        Some((Event::Start(Tag::Paragraph), _)) => {
            matches!(tokens.get(at + 2), Some((Event::TaskListMarker(_), _)))
        }
        _ => false,
    }
}

/// Where the step starts that does as well as the one that starts at `at`: the next item of its list, when the
/// words beside its box end with a joining one.
pub(super) fn other(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    if !is_task(tokens, at) || !ends_joining(&tokens[at + 1..]) {
        return None;
    }
    let mut depth = 0_usize;
    let length = tokens[at..].iter().position(|(event, _)| {
        match event {
            Event::Start(Tag::Item) => depth += 1,
            Event::End(TagEnd::Item) => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    let next = at + length? + 1;
    let starts = matches!(tokens.get(next), Some((Event::Start(Tag::Item), _)));
    (starts && is_task(tokens, next)).then_some(next)
}

/// Whether the first paragraph of an item ends with a joining word, in bold or after a comma: « plaqué or » joins nothing.
fn ends_joining(item: &[Token<'_>]) -> bool {
    let paragraph = matches!(item.first(), Some((Event::Start(Tag::Paragraph), _)));
    let line = &item[usize::from(paragraph)..];
    let is_inline = |(event, _): &Token<'_>| match event {
        Event::Start(tag) => matches!(
            tag,
            Tag::Strong | Tag::Emphasis | Tag::Link { .. } | Tag::Image { .. }
        ),
        Event::End(tag) => matches!(
            tag,
            TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link | TagEnd::Image
        ),
        _ => true,
    };
    // What the step should lead to stands on a line of its own.
    let expects = |at: usize| {
        let breaks = matches!(line[at].0, Event::SoftBreak | Event::HardBreak);
        breaks && says_what_to_expect(&line[at + 1..])
    };
    let end = (0..line.len()).find(|at| !is_inline(&line[*at]) || expects(*at));
    let last = line[..end.unwrap_or(line.len())].iter().rev();
    let mut strong = false;
    for (event, _) in last {
        match event {
            Event::End(TagEnd::Strong | TagEnd::Emphasis) => strong = true,
            Event::Text(text) if text.trim().is_empty() => {}
            Event::Text(text) => return is_joining(text, strong),
            _ => return false,
        }
    }
    false
}

fn is_joining(text: &str, strong: bool) -> bool {
    let text = text.trim_end().to_lowercase();
    JOINING.iter().any(|word| {
        text.strip_suffix(word).is_some_and(|before| {
            let comma = before.trim_end().ends_with([',', ';']);
            let apart = before.ends_with(char::is_whitespace);
            (strong && before.trim().is_empty()) || (apart && comma)
        })
    })
}
