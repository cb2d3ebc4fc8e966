//! Raw HTML, cut into tags, and the list of what of it may stand on a page.
//!
//! Nothing is copied: [`crate::markdown`] writes each tag anew from its name and attributes, and only
//! those of this list, so a browser can't read a tag another way than this file did. Fragments come
//! from the parser piecewise (`<details>` in one block, `</details>` in another), which is why a
//! sanitiser of whole documents is used as the judge in tests and not here.

mod scan;

pub(super) use scan::{Piece, decode, scan};

/// What an element may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    /// Stands in a line of text.
    Phrase,
    /// Stands in a line of text and has no content.
    Void,
    /// Stands between blocks only.
    Block,
    /// Stands between blocks only and has no content.
    BlockVoid,
}

impl Element {
    /// Whether it has no closing tag.
    pub(super) fn is_void(self) -> bool {
        matches!(self, Self::Void | Self::BlockVoid)
    }

    /// Whether it may stand in a line of text.
    pub(super) fn is_phrase(self) -> bool {
        matches!(self, Self::Phrase | Self::Void)
    }
}

/// The elements of the list, with names of their own so that no author's bytes are written.
const ELEMENTS: [(&str, Element); 57] = [
    ("a", Element::Phrase),
    ("abbr", Element::Phrase),
    ("b", Element::Phrase),
    ("bdi", Element::Phrase),
    ("blockquote", Element::Block),
    ("br", Element::Void),
    ("caption", Element::Block),
    ("cite", Element::Phrase),
    ("code", Element::Phrase),
    ("dd", Element::Block),
    ("del", Element::Phrase),
    ("details", Element::Block),
    ("dfn", Element::Phrase),
    ("div", Element::Block),
    ("dl", Element::Block),
    ("dt", Element::Block),
    ("em", Element::Phrase),
    ("figcaption", Element::Block),
    ("figure", Element::Block),
    ("h1", Element::Block),
    ("h2", Element::Block),
    ("h3", Element::Block),
    ("h4", Element::Block),
    ("h5", Element::Block),
    ("h6", Element::Block),
    ("hr", Element::BlockVoid),
    ("i", Element::Phrase),
    ("img", Element::Void),
    ("ins", Element::Phrase),
    ("kbd", Element::Phrase),
    ("li", Element::Block),
    ("mark", Element::Phrase),
    ("ol", Element::Block),
    ("p", Element::Block),
    ("pre", Element::Block),
    ("q", Element::Phrase),
    ("rp", Element::Phrase),
    ("rt", Element::Phrase),
    ("ruby", Element::Phrase),
    ("s", Element::Phrase),
    ("samp", Element::Phrase),
    ("small", Element::Phrase),
    ("span", Element::Phrase),
    ("strong", Element::Phrase),
    ("sub", Element::Phrase),
    ("summary", Element::Block),
    ("sup", Element::Phrase),
    ("table", Element::Block),
    ("tbody", Element::Block),
    ("td", Element::Block),
    ("tfoot", Element::Block),
    ("th", Element::Block),
    ("thead", Element::Block),
    ("tr", Element::Block),
    ("u", Element::Phrase),
    ("ul", Element::Block),
    ("wbr", Element::Void),
];

/// Looks an element up by its name in lower case.
pub(super) fn element(name: &str) -> Option<(&'static str, Element)> {
    let index = ELEMENTS
        .binary_search_by_key(&name, |(name, _)| name)
        .ok()?;
    Some(ELEMENTS[index])
}

/// What becomes of an attribute.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    /// Written with its value.
    Keep(&'static str),
    /// Written without a value.
    Flag(&'static str),
    /// `align`, written as a class.
    Align(&'static str),
    /// An id the author can link to.
    Id,
    /// `href` or `src`, judged like any link.
    Address,
    /// Left out.
    Refuse,
}

/// Judges an attribute of an element of the list; both names in lower case.
pub(super) fn attribute(element: &str, name: &str, value: &str) -> Attribute {
    let number =
        || !value.is_empty() && value.len() < 6 && value.bytes().all(|byte| byte.is_ascii_digit());
    match (element, name) {
        (_, "title") => Attribute::Keep("title"),
        (_, "lang") if value.len() < 20 => Attribute::Keep("lang"),
        (_, "dir") if ["ltr", "rtl", "auto"].contains(&value) => Attribute::Keep("dir"),
        (_, "id") | ("a", "name") if is_id(value) => Attribute::Id,
        (_, "align") => match value.to_ascii_lowercase().as_str() {
            "center" => Attribute::Align("center"),
            "right" => Attribute::Align("right"),
            "left" => Attribute::Align("left"),
            _ => Attribute::Refuse,
        },
        ("a", "href") | ("img", "src") => Attribute::Address,
        ("img", "alt") => Attribute::Keep("alt"),
        ("img", "width") if number() => Attribute::Keep("width"),
        ("img", "height") if number() => Attribute::Keep("height"),
        ("td" | "th", "colspan") if number() => Attribute::Keep("colspan"),
        ("td" | "th", "rowspan") if number() => Attribute::Keep("rowspan"),
        ("th", "scope") if ["row", "col"].contains(&value) => Attribute::Keep("scope"),
        ("ol", "start") if number() => Attribute::Keep("start"),
        ("details", "open") => Attribute::Flag("open"),
        _ => Attribute::Refuse,
    }
}

fn is_id(value: &str) -> bool {
    value.starts_with(char::is_alphabetic)
        && value.len() <= 100
        && value
            .chars()
            .all(|char| char.is_alphanumeric() || "-_.".contains(char))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_for_the_search() {
        assert!(ELEMENTS.is_sorted_by_key(|(name, _)| *name));
        assert_eq!(element("kbd"), Some(("kbd", Element::Phrase)));
        assert_eq!(element("script"), None);
    }
}
