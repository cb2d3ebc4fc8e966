//! Raw HTML of the author: each tag of the list is written anew, everything else is shown as text.

use std::ops::Range;

use pulldown_cmark::Event;

use super::{Builder, Open, RAW_DEPTH};
use crate::markdown::destination::{Destination, classify};
use crate::markdown::html::{Attribute, Piece, attribute, decode, element, scan};
use crate::markdown::rules::RAW_HTML;
use crate::markdown::tokens::Token;
use crate::markdown::{Part, Reference, ReferenceKind, escape};
use crate::text;

/// A fragment and where its bytes come from.
struct Fragment {
    html: String,
    /// Starts of its lines: in the fragment, in the body.
    lines: Vec<(usize, usize)>,
    /// Whether it stands in a line of text.
    phrase: bool,
}

impl Fragment {
    /// The place in the body of a range in the fragment.
    fn place(&self, range: &Range<usize>) -> Range<usize> {
        let at = |offset: usize| {
            let line = self.lines.partition_point(|(start, _)| *start <= offset);
            let (start, body) = self.lines[line.saturating_sub(1)];
            body + offset - start
        };
        at(range.start)..at(range.end.saturating_sub(1)) + 1
    }
}

/// An opening tag.
struct Tag<'a> {
    name: &'static str,
    attributes: &'a [(String, String)],
    place: Range<usize>,
}

/// Elements whose closing tag may be left out.
const OPTIONAL_END: [&str; 11] = [
    "p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "rt",
];

impl Builder<'_> {
    /// A tag within a line of text.
    pub(super) fn inline_html(&mut self, html: &str, place: &Range<usize>) {
        self.fragment(&Fragment {
            html: html.to_owned(),
            lines: vec![(0, place.start)],
            phrase: true,
        });
    }

    /// A block of HTML; returns the token after its end.
    pub(super) fn html_block(&mut self, tokens: &[Token<'_>], at: usize) -> usize {
        let mut fragment = Fragment {
            html: String::new(),
            lines: vec![(0, tokens[at].1.start)],
            phrase: false,
        };
        let mut next = at + 1;
        while let Some((Event::Html(line) | Event::Text(line), place)) = tokens.get(next) {
            fragment.lines.push((fragment.html.len(), place.start));
            fragment
                .html
                .extend(line.chars().filter(|char| *char != '\r'));
            next += 1;
        }
        self.end_words();
        self.line();
        self.fragment(&fragment);
        self.line();
        self.end_words();
        self.end_block();
        next + 1
    }

    /// HTML where the parser gives none.
    pub(super) fn refuse_html(&mut self, html: &str, place: &Range<usize>) {
        self.report_refused(html, place);
        self.literal(html);
    }

    fn fragment(&mut self, fragment: &Fragment) {
        for piece in scan(&fragment.html) {
            match piece {
                Piece::Text(range) => self.raw_text(&fragment.html[range]),
                Piece::Comment { closed, place } => {
                    if !closed {
                        let message = text!(
                            "ce commentaire `<!--` n'est jamais fermé ; la suite est masquée",
                            "this comment `<!--` is never closed; what follows is hidden"
                        );
                        self.report(
                            RAW_HTML,
                            &fragment.place(&(place.start..place.start + 4)),
                            message,
                            None,
                        );
                    }
                }
                Piece::Open {
                    name,
                    attributes,
                    closed,
                    place,
                } => {
                    let written = &fragment.html[place.clone()];
                    self.raw_open(fragment, (&name, &attributes, closed), (written, place));
                }
                Piece::Close { name, place } => {
                    if !self.raw_close(&name) {
                        let written = &fragment.html[place.clone()];
                        self.refuse_html(written, &fragment.place(&place));
                    }
                }
            }
        }
    }

    /// Text between tags: its entities stay as written, they can make no tag.
    fn raw_text(&mut self, text: &str) {
        for (index, piece) in text.split('&').enumerate() {
            self.html.push_str(if index > 0 { "&" } else { "" });
            escape::text(&mut self.html, piece);
        }
        self.words.push_str(&decode(text));
    }

    fn raw_open(
        &mut self,
        fragment: &Fragment,
        (name, attributes, closed): (&str, &[(String, String)], bool),
        (written, range): (&str, Range<usize>),
    ) {
        let place = fragment.place(&range);
        let allowed = element(name)
            .filter(|(_, element)| !fragment.phrase || element.is_phrase())
            .filter(|_| self.raws < RAW_DEPTH && !(name == "a" && self.links > 0));
        let Some((name, element)) = allowed else {
            self.refuse_html(written, &place);
            return;
        };
        let tag = Tag {
            name,
            attributes,
            place,
        };
        if name == "img" {
            self.raw_image(&tag, written);
            return;
        }
        let link = if name == "a" {
            self.raw_link(&tag)
        } else {
            None
        };
        if link.is_none() {
            self.raw_tag(&tag);
        }
        if element.is_void() {
            self.words.push_str(if name == "wbr" { "" } else { "\n" });
            return;
        }
        self.raws += 1;
        let place = tag.place;
        self.open.push(Open::Raw { name, link, place });
        if closed {
            self.raw_close(name);
        }
    }

    /// Writes a tag from its name and the attributes of the list.
    fn raw_tag(&mut self, tag: &Tag<'_>) {
        self.html.push('<');
        self.html.push_str(tag.name);
        self.raw_attributes(tag);
        self.html.push('>');
    }

    fn raw_attributes(&mut self, tag: &Tag<'_>) {
        let mut written: Vec<&str> = Vec::new();
        for (name, value) in tag.attributes {
            let verdict = attribute(tag.name, name, value);
            let (name, value) = match verdict {
                Attribute::Keep(name) => (name, value.as_str()),
                Attribute::Flag(name) => (name, ""),
                Attribute::Align(class) => ("class", class),
                Attribute::Id if self.slugger.reserve(value) => {
                    self.document.anchors.push(value.clone());
                    ("id", value.as_str())
                }
                Attribute::Id | Attribute::Address => continue,
                Attribute::Refuse => {
                    let element = tag.name;
                    let message = text!(
                        "l'attribut `{name}` de `<{element}>` est retiré",
                        "the attribute `{name}` of `<{element}>` is left out"
                    );
                    self.report(RAW_HTML, &tag.place, message, None);
                    continue;
                }
            };
            if !written.contains(&name) {
                written.push(name);
                self.html.push(' ');
                self.html.push_str(name);
                self.html.push_str("=\"");
                escape::attribute(&mut self.html, value);
                self.html.push('"');
            }
        }
    }

    /// Opens `<a href>` like any link, around which its other attributes have no place. Returns the
    /// depth of the stack at which the link stands, or `None` for an anchor without address.
    fn raw_link(&mut self, tag: &Tag<'_>) -> Option<usize> {
        let value = |wanted: &str| {
            let found = tag.attributes.iter().find(|(name, _)| name == wanted);
            found.map(|(_, value)| value.as_str())
        };
        let url = value("href")?.trim();
        for (_, id) in tag
            .attributes
            .iter()
            .filter(|(name, _)| name == "id" || name == "name")
        {
            let anchor = attribute("a", "id", id) == Attribute::Id && self.slugger.reserve(id);
            if anchor {
                self.html.push_str("<span id=\"");
                escape::attribute(&mut self.html, id);
                self.html.push_str("\"></span>");
                self.document.anchors.push(id.clone());
            }
        }
        let title = value("title").unwrap_or_default();
        let place = (ReferenceKind::Link, tag.place.clone());
        self.link_to(classify(url), url, title, place);
        Some(self.open.len())
    }

    /// `<img>`: a picture of the site like any other, or a link to that of another site.
    fn raw_image(&mut self, tag: &Tag<'_>, written: &str) {
        let value = |wanted: &str| {
            let found = tag.attributes.iter().find(|(name, _)| name == wanted);
            found
                .map(|(_, value)| value.trim())
                .filter(|value| !value.is_empty())
        };
        let Some(url) = value("src") else {
            self.refuse_html(written, &tag.place);
            return;
        };
        let alt = value("alt").map(str::to_owned);
        let (target, fragment) = match classify(url) {
            Destination::Internal { target, fragment } => (target, fragment),
            foreign => {
                self.foreign_image(&foreign, url, alt.as_deref(), &tag.place);
                return;
            }
        };
        let number = |name| value(name).and_then(|value| value.parse::<u32>().ok());
        let size = (number("width"), number("height"));
        let reference = Reference {
            kind: ReferenceKind::Image,
            target,
            fragment,
            text: alt,
            title: value("title").map(str::to_owned),
            size: (size != (None, None)).then_some(size),
            range: self.range(&tag.place),
        };
        self.words
            .push_str(reference.text.as_deref().unwrap_or_default());
        let index = self.document.references.len();
        self.document.references.push(reference);
        self.part(Part::Image(index));
    }

    /// Closes the raw element of this name and those opened in it, if there is one in the Markdown
    /// element at hand.
    fn raw_close(&mut self, name: &str) -> bool {
        let mut depth = None;
        for (index, open) in self.open.iter().enumerate().rev() {
            match open {
                Open::Raw { name: open, .. } if *open == name => {
                    depth = Some(index);
                    break;
                }
                Open::Raw { .. } => {}
                // The link that `<a href>` opened lies under it.
                Open::Link { .. }
                    if matches!(
                        self.open.get(index + 1),
                        Some(Open::Raw { link: Some(_), .. })
                    ) => {}
                _ => break,
            }
        }
        let Some(depth) = depth else {
            return false;
        };
        while self.open.len() > depth + 1 {
            self.close();
        }
        if let Some(Open::Raw { name, link, .. }) = self.open.pop() {
            self.end_raw(name, link);
        }
        true
    }

    /// Writes the end of a raw element that was taken off the stack.
    fn end_raw(&mut self, name: &'static str, link: Option<usize>) {
        self.raws -= 1;
        if link.is_some() {
            self.close();
        } else {
            self.html.push_str("</");
            self.html.push_str(name);
            self.html.push('>');
        }
    }

    /// Ends a raw element that its author left open.
    pub(super) fn end_unclosed(
        &mut self,
        name: &'static str,
        link: Option<usize>,
        place: &Range<usize>,
    ) {
        self.end_raw(name, link);
        if !OPTIONAL_END.contains(&name) {
            let message = text!(
                "`<{name}>` n'est jamais fermé",
                "`<{name}>` is never closed"
            );
            self.report(RAW_HTML, place, message, None);
        }
    }

    fn report_refused(&mut self, written: &str, place: &Range<usize>) {
        let start: String = written.chars().take(40).collect();
        let start = start.lines().next().unwrap_or_default().trim_end();
        let message = text!(
            "le HTML `{start}` n'est pas admis ; il s'affiche comme du texte",
            "the HTML `{start}` is not allowed; it is shown as text"
        );
        self.report(RAW_HTML, place, message, None);
    }
}
