//! The HTML in which GLPI keeps texts → rich text. Entities are decoded twice: GLPI's older versions
//! store tags as entities. Nothing of it is ever shown as it came.

use crate::diagnostic::Language;
use crate::import::glpi::rest::html::entities::entity;
use crate::import::glpi::rest::html::tree::Tree;
use crate::import::prose::{Block, lines};

mod entities;
mod tree;

/// What stands in elements whose words are none of the text.
const SILENT: [&str; 7] = [
    "script", "style", "head", "title", "template", "svg", "iframe",
];

/// The text of a document, and how many images are not in it.
pub(super) fn document(text: &str, language: Language) -> (Vec<Block>, usize) {
    let text = if has_tags(text) {
        text.to_owned()
    } else {
        decoded(text)
    };
    if !has_tags(&text) {
        return (lines(&decoded(&text)), 0);
    }
    let mut tree = Tree::new(language, text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('<') {
        tree.text(&decoded(&rest[..at]));
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.find("-->").map_or("", |end| &after[end + 3..]);
            continue;
        }
        let Some((tag, after)) = tag(rest) else {
            tree.text("<");
            rest = &rest[1..];
            continue;
        };
        rest = after;
        if tag.is_end {
            tree.close(&tag.name);
        } else if SILENT.contains(&tag.name.as_str()) {
            rest = behind(rest, &tag.name);
        } else {
            tree.open(&tag);
        }
    }
    tree.text(&decoded(rest));
    tree.finish()
}

/// A tag as it is written.
#[derive(Debug, Default)]
pub(super) struct Tag {
    /// In lower case.
    pub name: String,
    pub is_end: bool,
    /// What follows the name.
    attributes: String,
}

impl Tag {
    /// The value of an attribute, decoded.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let lower = self.attributes.to_ascii_lowercase();
        let mut from = 0;
        while let Some(at) = lower[from..].find(name) {
            let start = from + at;
            from = start + name.len();
            let is_word = self.attributes[..start].ends_with([' ', '\n', '\t', '"', '\'', '/']);
            let Some(value) = self.attributes[from..].trim_start().strip_prefix('=') else {
                continue;
            };
            if is_word {
                return Some(decoded(quoted(value.trim_start())));
            }
        }
        None
    }
}

fn quoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote) {
            return inner.split(quote).next().unwrap_or_default();
        }
    }
    value
        .split([' ', '\n', '\t', '>'])
        .next()
        .unwrap_or_default()
}

/// The tag at the start of a text, and what follows it; nothing where `<` is a sign.
fn tag(text: &str) -> Option<(Tag, &str)> {
    let rest = text.strip_prefix('<')?;
    let (is_end, rest) = match rest.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let name_end = rest
        .find(|letter: char| !letter.is_ascii_alphanumeric())
        .unwrap_or(rest.len());
    if name_end == 0 || !rest.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        return None;
    }
    let (name, behind) = rest.split_at(name_end);
    let mut quote = None;
    // A tag that is never closed, or closed after another begins, is a sign and words. So a text of
    // nothing but signs costs no more than its length.
    let (end, _) = behind
        .char_indices()
        .take(MOST_ATTRIBUTES)
        .find(|(_, letter)| {
            match (quote, *letter) {
                (None, '"' | '\'') => quote = Some(*letter),
                (Some(open), letter) if open == letter => quote = None,
                (None, '>' | '<') => return true,
                _ => {}
            }
            false
        })
        .filter(|(_, letter)| *letter == '>')?;
    let tag = Tag {
        name: name.to_ascii_lowercase(),
        is_end,
        attributes: format!(" {}", &behind[..end]),
    };
    Some((tag, &behind[end + 1..]))
}

/// The longest tag, in characters.
const MOST_ATTRIBUTES: usize = 4_000;

/// What follows the end of an element.
fn behind<'t>(text: &'t str, name: &str) -> &'t str {
    let end = format!("</{name}");
    let found = text.match_indices("</").find(|(at, _)| {
        let here = text[*at..].get(..end.len());
        here.is_some_and(|here| here.eq_ignore_ascii_case(&end))
    });
    let after = found.and_then(|(at, _)| text[at..].split_once('>'));
    after.map_or("", |(_, after)| after)
}

fn has_tags(text: &str) -> bool {
    let last = text.rfind('>').unwrap_or_default();
    text.match_indices('<').any(|(at, _)| {
        let next = text[at + 1..].strip_prefix('/').unwrap_or(&text[at + 1..]);
        at < last && next.starts_with(|letter: char| letter.is_ascii_alphabetic())
    })
}

/// A text with its entities decoded once.
pub(in crate::import) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        let found = end.and_then(|end| Some((entity(&rest[..end])?, end)));
        match found {
            Some((letter, end)) => {
                out.push(letter);
                rest = &rest[end + 1..];
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}
