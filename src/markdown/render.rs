//! From parts to HTML: holes are filled with what the resolver answers.

mod field;
mod footnotes;

use std::fmt::Write;

use super::destination::{Destination, classify, is_picture};
use super::{
    Document, Part, Placeholder, Reference, ReferenceKind, Resolution, Resolve, Word, escape,
    placeholder,
};
use crate::diagnostic::Language;
use crate::typography::Setter;

impl Document {
    /// The HTML of the whole body, without its title.
    pub fn html(&self, resolver: &dyn Resolve) -> String {
        let mut page = Page::new(self, resolver, false);
        page.parts(&self.parts);
        page.footnotes();
        page.out
    }

    /// The body as it stands within another page: without ids and anchors, which would clash there.
    pub fn embed_html(&self, resolver: &dyn Resolve) -> String {
        let mut page = Page::new(self, resolver, true);
        page.parts(&self.parts);
        page.footnotes();
        page.out
    }

    /// One section, heading included, or one named block, as it stands within another page. The heading is named by
    /// its id or its text; `None` when there is none of that name.
    pub fn section_html(&self, heading: &str, resolver: &dyn Resolve) -> Option<String> {
        let parts = self.section_parts(heading)?;
        let (start, end) = if self.block(heading).is_some_and(|block| block.is_item) {
            ("<ul>\n", "</ul>\n")
        } else {
            ("", "")
        };
        let mut page = Page::new(self, resolver, true);
        page.out.push_str(start);
        page.parts(parts);
        page.out.push_str(end);
        page.footnotes();
        Some(page.out)
    }
}

/// A page, or a part of one, under construction.
struct Page<'a> {
    document: &'a Document,
    resolver: &'a dyn Resolve,
    language: Language,
    /// It stands within another page.
    embedded: bool,
    /// So much lower its headings stand than they are written.
    lower: u8,
    setter: Option<Setter>,
    out: String,
    /// Footnotes whose marks were written.
    marked: Vec<bool>,
}

impl<'a> Page<'a> {
    fn new(document: &'a Document, resolver: &'a dyn Resolve, embedded: bool) -> Self {
        Self {
            document,
            resolver,
            language: resolver.language(),
            embedded,
            lower: 0,
            setter: resolver.typography().map(Setter::new),
            out: String::new(),
            marked: vec![false; document.footnotes.len()],
        }
    }

    pub(super) fn parts(&mut self, parts: &'a [Part]) {
        // Closing markup of the links around the part at hand.
        let mut links: Vec<&'static str> = Vec::new();
        let mut at = 0;
        // A section never cuts a link, but its parts count from the section's start.
        while let Some(part) = parts.get(at) {
            at += 1;
            match part {
                Part::Html(html) => match &mut self.setter {
                    Some(setter) => setter.html(&mut self.out, html),
                    None => self.out.push_str(html),
                },
                Part::Block(index) => {
                    self.out.push_str("<span");
                    self.attribute("id", &self.document.blocks[*index].id);
                    self.out.push_str("></span>");
                }
                Part::Word(word) => self.word(*word),
                Part::Heading(index) => self.heading(*index),
                Part::HeadingEnd(index) => self.heading_end(*index),
                Part::Link(reference) => {
                    let (end, label) = self.link(*reference);
                    if let Some(label) = label {
                        escape::text(&mut self.out, &label);
                        if let Some(setter) = &mut self.setter {
                            setter.pass(&label);
                        }
                        at += words_to_skip(&parts[at..]);
                    }
                    links.push(end);
                }
                Part::LinkEnd => self.out.push_str(links.pop().unwrap_or_default()),
                Part::Image(index) => self.image(*index),
                Part::Embed { reference, alone } => self.embed(*reference, *alone),
                Part::Bare(index) => self.bare(*index),
                Part::Placeholder(index) => {
                    let Placeholder { field, written, .. } = &self.document.placeholders[*index];
                    placeholder::write(&mut self.out, self.resolver, field, written);
                }
                Part::Code(block) => block.write(&mut self.out, self.resolver),
                Part::Diagram(diagram) => diagram.write(&mut self.out, self.resolver),
                Part::Note { footnote, mark } => self.note(*footnote, *mark),
            }
            // A space that follows one of these is the space after a word.
            if let (Part::Image(_) | Part::Bare(_) | Part::Placeholder(_), Some(setter)) =
                (part, &mut self.setter)
            {
                setter.pass("x");
            }
        }
    }

    fn resolve(&self, index: usize) -> (&'a Reference, Resolution) {
        let reference = &self.document.references[index];
        (reference, self.resolver.resolve(index, reference))
    }

    fn word(&mut self, word: Word) {
        match word {
            Word::Callout(kind) => self.out.push_str(kind.title().get(self.language)),
            Word::Table(number) => {
                let name = self.say("Tableau", "Table");
                let _ = write!(self.out, "{name} {number}");
            }
            Word::Choice => self
                .out
                .push_str(self.say("au choix\u{a0}:", "one of these:")),
        }
    }

    fn heading(&mut self, index: usize) {
        let heading = &self.document.headings[index];
        let _ = write!(self.out, "<h{}", self.level(heading.level));
        if !self.embedded {
            self.attribute("id", &heading.id);
        }
        self.out.push('>');
    }

    fn heading_end(&mut self, index: usize) {
        let heading = &self.document.headings[index];
        if !self.embedded {
            self.out.push_str(" <a class=\"anchor\" href=\"#");
            escape::url(&mut self.out, &heading.id);
            self.out.push('"');
            let name = match self.language {
                Language::Fr => format!("Lien vers «\u{a0}{}\u{a0}»", heading.text),
                Language::En => format!("Link to “{}”", heading.text),
                Language::Other(locale) => locale.filled("link-to-heading", "text", &heading.text),
            };
            self.attribute("aria-label", &name);
            self.out.push_str(">#</a>");
        }
        let _ = writeln!(self.out, "</h{}>", self.level(heading.level));
    }

    /// Opens a link; returns its closing markup, and the label that takes the place of its words.
    fn link(&mut self, index: usize) -> (&'static str, Option<String>) {
        let (reference, resolution) = self.resolve(index);
        match resolution {
            Resolution::Link {
                url,
                class,
                label,
                title,
            } => {
                self.anchor(&url, class, reference.title.as_ref().or(title.as_ref()));
                ("</a>", label.filter(|_| reference.text.is_none()))
            }
            Resolution::Image { url } => {
                self.anchor(&url, "", reference.title.as_ref());
                ("</a>", None)
            }
            Resolution::Dead { why } => {
                self.dead_link(why.get(self.language));
                ("</span>", self.document.unnamed.get(&index).cloned())
            }
            // Blocks have no place within a line of text.
            Resolution::Html(_) | Resolution::Plain => ("", None),
        }
    }

    fn bare(&mut self, index: usize) {
        let (reference, resolution) = self.resolve(index);
        if let Resolution::Link {
            url, class, title, ..
        } = resolution
        {
            self.anchor(&url, class, title.as_ref());
            escape::text(&mut self.out, &reference.target);
            self.out.push_str("</a>");
        } else {
            escape::text(&mut self.out, &reference.target);
        }
    }

    fn image(&mut self, index: usize) {
        let (reference, resolution) = self.resolve(index);
        self.picture(reference, resolution);
    }

    fn picture(&mut self, reference: &Reference, resolution: Resolution) {
        let name = reference.text.as_deref().unwrap_or(&reference.target);
        match resolution {
            Resolution::Image { url } => {
                self.out.push_str("<img src=\"");
                escape::url(&mut self.out, &url);
                self.out.push('"');
                self.attribute("alt", reference.text.as_deref().unwrap_or_default());
                let (width, height) = reference.size.unwrap_or_default();
                for (name, size) in [("width", width), ("height", height)] {
                    if let Some(size) = size {
                        let _ = write!(self.out, " {name}=\"{size}\"");
                    }
                }
                if let Some(title) = &reference.title {
                    self.attribute("title", title);
                }
                self.out.push_str(" loading=\"lazy\">");
            }
            Resolution::Link {
                url,
                class,
                label,
                title,
            } => {
                self.anchor(&url, class, reference.title.as_ref().or(title.as_ref()));
                let label = label.filter(|_| reference.text.is_none());
                escape::text(&mut self.out, label.as_deref().unwrap_or(name));
                self.out.push_str("</a>");
            }
            Resolution::Dead { why } => {
                self.out.push_str("<span class=\"dead-image\"");
                self.attribute("title", why.get(self.language));
                self.out.push_str("><code>");
                escape::text(&mut self.out, &reference.target);
                self.out.push_str("</code>");
                if let Some(alt) = &reference.text {
                    self.out.push(' ');
                    escape::text(&mut self.out, alt);
                }
                self.out.push_str("</span>");
            }
            Resolution::Html(html) => self.out.push_str(&html),
            Resolution::Plain => escape::text(&mut self.out, name),
        }
    }

    fn embed(&mut self, index: usize, alone: bool) {
        let (reference, resolution) = self.resolve(index);
        match resolution {
            Resolution::Html(html) if alone => {
                self.out.push_str("<div class=\"embed\">\n");
                self.out.push_str(&html);
                self.out.push_str("</div>\n");
            }
            resolution if alone => {
                self.out.push_str("<p>");
                self.embedded_line(reference, resolution);
                self.out.push_str("</p>\n");
            }
            resolution => self.embedded_line(reference, resolution),
        }
    }

    /// An embed within a line: a picture, or what stands for a page that can't be shown there.
    fn embedded_line(&mut self, reference: &Reference, resolution: Resolution) {
        let dead = matches!(resolution, Resolution::Dead { .. });
        if dead && !is_picture(&reference.target) {
            if let Resolution::Dead { why } = resolution {
                self.dead_link(why.get(self.language));
                let name = reference.text.as_deref().unwrap_or(&reference.target);
                escape::text(&mut self.out, name);
                self.out.push_str("</span>");
            }
        } else {
            self.picture(reference, resolution);
        }
    }

    fn anchor(&mut self, url: &str, class: &str, title: Option<&String>) {
        self.out.push_str("<a");
        if !class.is_empty() {
            self.attribute("class", class);
        }
        // A resolver that hands an author's target back unread must not open what was closed.
        let safe = !matches!(classify(url), Destination::Unsafe { .. });
        if safe {
            self.out.push_str(" href=\"");
            escape::url(&mut self.out, url);
            self.out.push('"');
        }
        if let Some(title) = title {
            self.attribute("title", title);
        }
        self.out.push('>');
    }

    fn dead_link(&mut self, why: &str) {
        self.out.push_str("<span class=\"dead-link\"");
        self.attribute("title", why);
        self.out.push('>');
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let _ = write!(self.out, " {name}=\"");
        escape::attribute(&mut self.out, value);
        self.out.push('"');
    }
}

/// How many parts stand between the start of a link and its end.
fn words_to_skip(parts: &[Part]) -> usize {
    let end = parts.iter().position(|part| matches!(part, Part::LinkEnd));
    end.unwrap_or(0)
}

impl Reference {
    /// Whether it asks for content to be shown in place.
    pub fn is_shown_in_place(&self) -> bool {
        matches!(self.kind, ReferenceKind::Image | ReferenceKind::Embed)
    }
}
