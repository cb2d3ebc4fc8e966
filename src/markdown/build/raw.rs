//! Raw HTML of the author: each tag of the list is written anew, everything else is shown as text.

use std::ops::Range;

use pulldown_cmark::Event;

use super::{Builder, Open, RAW_DEPTH};
use crate::markdown::escape;
use crate::markdown::html::{Piece, decode, element, scan};
use crate::markdown::rules::RAW_HTML;
use crate::markdown::tokens::Token;
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

/// An opening tag as written.
pub(super) struct Written<'a> {
    pub text: &'a str,
    /// Names in lower case, values decoded.
    pub attributes: &'a [(String, String)],
    pub closed: bool,
    /// In the body.
    pub place: Range<usize>,
}

impl Written<'_> {
    /// The value of an attribute.
    pub(super) fn value(&self, wanted: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.trim())
    }
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
                            "ce commentaire `<!--` n’est jamais fermé ; la suite est masquée",
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
                    let tag = Written {
                        text: &fragment.html[place.clone()],
                        attributes: &attributes,
                        closed,
                        place: fragment.place(&place),
                    };
                    self.raw_open(&name, &tag, fragment.phrase);
                }
                Piece::Close { name, place } => {
                    if !self.raw_close(&name) {
                        let written = &fragment.html[place.clone()];
                        self.refuse_end(&name, written, &fragment.place(&place));
                    }
                }
            }
        }
    }

    /// Shows a closing tag that closes nothing; one that belongs to a refused tag was told of there.
    fn refuse_end(&mut self, name: &str, written: &str, place: &Range<usize>) {
        match self.refused.get_mut(name).filter(|count| **count > 0) {
            Some(count) => {
                *count -= 1;
                self.literal(written);
            }
            None => self.refuse_html(written, place),
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

    fn raw_open(&mut self, name: &str, tag: &Written<'_>, phrase: bool) {
        let allowed = element(name)
            .filter(|(_, element)| !phrase || element.is_phrase())
            .filter(|_| self.raws < RAW_DEPTH && !(name == "a" && self.links > 0));
        let Some((name, element)) = allowed else {
            if element(name).is_none_or(|(_, element)| !element.is_void()) && !tag.closed {
                *self.refused.entry(name.to_owned()).or_insert(0) += 1;
            }
            self.refuse_html(tag.text, &tag.place);
            return;
        };
        self.end_implied(name);
        self.report_attributes(name, tag);
        match name {
            "img" => return self.raw_image(tag),
            "a" => self.raw_link(tag),
            _ => self.raw_tag(name, tag),
        }
        if element.is_void() {
            self.words.push_str(if name == "br" { "\n" } else { "" });
            return;
        }
        self.raws += 1;
        let place = tag.place.clone();
        let link = name == "a";
        self.open.push(Open::Raw { name, link, place });
        if tag.closed {
            self.raw_close(name);
        }
    }

    /// Ends the elements that a browser ends by itself when `name` opens next to them.
    fn end_implied(&mut self, name: &str) {
        let ends: &[&str] = match name {
            "td" | "th" => &["td", "th"],
            "tr" => &["td", "th", "tr"],
            "thead" | "tbody" | "tfoot" => &["td", "th", "tr", "thead", "tbody", "tfoot"],
            "li" => &["li"],
            "dt" | "dd" => &["dt", "dd"],
            "p" => &["p"],
            _ => &[],
        };
        while let Some(Open::Raw { name, .. }) = self.open.last()
            && ends.contains(name)
        {
            self.close();
        }
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
                // What an `<a>` opened lies under it.
                _ if matches!(self.open.get(index + 1), Some(Open::Raw { link: true, .. })) => {}
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
    fn end_raw(&mut self, name: &'static str, link: bool) {
        self.raws -= 1;
        if link {
            self.close();
        } else {
            self.html.push_str("</");
            self.html.push_str(name);
            self.html.push('>');
        }
    }

    /// Ends a raw element that its author left open.
    pub(super) fn end_unclosed(&mut self, name: &'static str, link: bool, place: &Range<usize>) {
        self.end_raw(name, link);
        if !OPTIONAL_END.contains(&name) {
            let message = text!(
                "`<{name}>` n’est jamais fermé",
                "`<{name}>` is never closed"
            );
            self.report(RAW_HTML, place, message, None);
        }
    }

    fn report_refused(&mut self, written: &str, place: &Range<usize>) {
        let start: String = written.chars().take(40).collect();
        let start = start.lines().next().unwrap_or_default().trim_end();
        let message = text!(
            "le HTML `{start}` n’est pas admis ; il s’affiche comme du texte",
            "the HTML `{start}` is not allowed; it is shown as text"
        );
        self.report(RAW_HTML, place, message, None);
    }
}
