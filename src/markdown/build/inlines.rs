//! Text within a line: what stands between the elements, and what is found in it.

use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use super::Builder;
use crate::markdown::rules::{FOREIGN_SHORTCODE, HIDDEN_CHARACTER, SPLIT_WIKI_LINK};
use crate::markdown::tokens::Token;
use crate::markdown::words::{Find, find};
use crate::markdown::{Part, Placeholder, Reference, ReferenceKind, escape, placeholder};
use crate::text;

impl Builder<'_> {
    /// Writes text, with the addresses and ids in it.
    pub(super) fn text(&mut self, text: &str, place: &Range<usize>) {
        let verbatim = self.is_verbatim(text, place);
        let mut from = 0;
        for (found, find) in find(text) {
            // In a link there are no other links, and nothing to press.
            let links = matches!(find, Find::Url | Find::Email | Find::Bare | Find::Timer);
            if self.links > 0 && links {
                continue;
            }
            self.plain(&text[from..found.start]);
            from = found.end;
            let part = &text[found.clone()];
            let range = if verbatim {
                place.start + found.start..place.start + found.end
            } else {
                place.clone()
            };
            match find {
                Find::Url => self.address(part, ""),
                Find::Email => self.address(part, "mailto:"),
                Find::Bare => self.bare(part, &range),
                Find::Shortcode => self.shortcode(part, &range),
                Find::Placeholder => self.placeholders(part, &range),
                Find::Hidden => self.hidden(part, &range),
                Find::Timer => self.timer(part),
            }
        }
        self.plain(&text[from..]);
    }

    /// Writes a code span.
    pub(super) fn inline_code(&mut self, code: &str, place: &Range<usize>) {
        self.html.push_str("<code>");
        let start = self.words.len();
        self.placeholders(code, place);
        self.code.push(start..self.words.len());
        self.html.push_str("</code>");
    }

    /// Writes text without links, with the holes in it.
    fn placeholders(&mut self, text: &str, place: &Range<usize>) {
        let first = self.note_placeholders(text, place);
        let mut from = 0;
        for (index, (whole, _)) in placeholder::all(text).into_iter().enumerate() {
            self.plain(&text[from..whole.start]);
            from = whole.end;
            self.words.push_str(&text[whole]);
            self.part(Part::Placeholder(first + index));
        }
        self.plain(&text[from..]);
    }

    /// Notes the holes of a text; returns the index of the first.
    pub(super) fn note_placeholders(&mut self, text: &str, place: &Range<usize>) -> usize {
        let first = self.document.placeholders.len();
        let mut from = place.start;
        for (whole, field) in placeholder::all(text) {
            let written = &text[whole];
            let found = self.body.get(from..place.end);
            let found = found.and_then(|body| body.find(written));
            let range = found.map_or(place.clone(), |at| from + at..from + at + written.len());
            from = found.map_or(from, |_| range.end);
            let range = self.range(&range);
            self.document.placeholders.push(Placeholder {
                field: text[field].to_owned(),
                written: written.to_owned(),
                range,
            });
        }
        first
    }

    /// A web or e-mail address written without brackets.
    fn address(&mut self, address: &str, scheme: &str) {
        self.external_link(&format!("{scheme}{address}"), "");
        self.plain(address);
        self.html.push_str("</a>");
    }

    fn bare(&mut self, word: &str, place: &Range<usize>) {
        let reference = Reference {
            kind: ReferenceKind::Bare,
            target: word.to_owned(),
            fragment: None,
            text: None,
            title: None,
            size: None,
            range: self.range(place),
        };
        self.words.push_str(word);
        let index = self.document.references.len();
        self.document.references.push(reference);
        self.part(Part::Bare(index));
    }

    fn shortcode(&mut self, start: &str, place: &Range<usize>) {
        self.plain(start);
        let end = if start == "{{<" { ">}}" } else { "%}}" };
        let message = text!(
            "`{start} … {end}` est un appel de modèle d’un autre générateur ; il s’affiche tel quel",
            "`{start} … {end}` calls another generator's template; it is shown as it is written"
        );
        self.report(FOREIGN_SHORTCODE, place, message, None);
    }

    /// Shows a character that would reorder the text around it.
    fn hidden(&mut self, char: &str, place: &Range<usize>) {
        let code = char.chars().next().map_or(0, u32::from);
        let name = format!("U+{code:04X}");
        let _ = write!(self.html, "<span class=\"hidden-character\">{name}</span>");
        let message = text!(
            "le caractère invisible `{name}` change l’ordre du texte",
            "the invisible character `{name}` changes the order of the text"
        );
        self.report(HIDDEN_CHARACTER, place, message, None);
    }

    /// Tells of a `[[page|text]]` whose `|` ended the cell that starts at `at`.
    pub(super) fn check_cell(&mut self, tokens: &[Token<'_>], at: usize) {
        let end = |event: &Event<'_>| matches!(event, Event::End(TagEnd::TableCell));
        let last = tokens[at..]
            .iter()
            .take_while(|(event, _)| !end(event))
            .last();
        let Some((Event::Text(text), place)) = last else {
            return;
        };
        let Some(start) = text
            .rfind("[[")
            .filter(|start| !text[*start..].contains("]]"))
        else {
            return;
        };
        let place = place.start + start..place.end;
        if self.body[place.end..]
            .trim_start_matches(' ')
            .starts_with('|')
        {
            let message = text!(
                "dans un tableau, `|` coupe ce lien en deux cellules",
                "in a table, `|` cuts this link into two cells"
            );
            let help = text!("écrivez `\\|`", "write `\\|`");
            self.report(SPLIT_WIKI_LINK, &place, message, Some(help));
        }
    }

    /// Opens a link out of the site.
    pub(super) fn external_link(&mut self, url: &str, title: &str) {
        self.html.push_str("<a");
        if crate::markdown::destination::opens_a_site(url) {
            self.html.push_str(" class=\"external\"");
        }
        self.html.push_str(" href=\"");
        escape::url(&mut self.html, url);
        self.html.push('"');
        if crate::markdown::destination::opens_a_site(url) {
            self.html.push_str(" rel=\"noopener noreferrer\"");
        }
        if !title.is_empty() {
            self.html.push_str(" title=\"");
            escape::attribute(&mut self.html, title);
            self.html.push('"');
        }
        self.html.push('>');
    }
}
