//! From the parser's events to a [`Document`]: one walk, with a stack of what is open.
//!
//! The stack holds Markdown's elements and the author's raw HTML ones together, so that the HTML of
//! a page is well formed whatever was written: a raw element never outlives the Markdown element it
//! was opened in, and a closing tag without its opening is refused.

mod alternatives;
mod blocks;
mod diagrams;
mod inlines;
mod links;
mod named;
mod outline;
mod raw;
mod steps;
mod tabs;
mod tags;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Alignment, Event};

use super::admonition::as_callouts;
use super::tokens::{Token, is_verbatim, tokens};
use super::{Document, Part, Slugger, escape};
use crate::diagnostic::{Diagnostic, Rule, Text};
use crate::source::{SourceFile, Span, TextRange};

/// An element that is open.
enum Open {
    /// Closed by this markup.
    Tag(&'static str),
    /// A paragraph, closed by `</p>`, and where its words start.
    Paragraph { words: usize },
    /// A heading; `None` for the title of the document. Its text starts at this byte of the words.
    Heading { index: Option<usize>, words: usize },
    /// A link, and where its words start.
    Link { leads: Leads, words: usize },
    /// A footnote's text; what stood before it waits here.
    Footnote {
        label: String,
        place: Range<usize>,
        parts: Vec<Part>,
        html: String,
    },
    /// A table, with or without its body open.
    Table { body: bool },
    /// A group of tabs: the level of the headings that name them, and whether one is open.
    Tabs { level: u8, shown: bool },
    /// The label of a checkbox.
    Label,
    /// What a step should lead to, on a line of its own.
    Expected,
    /// A raw HTML element, with its place in the body.
    Raw {
        name: &'static str,
        /// It is an `<a>`, and the element under it on the stack is what it opened.
        link: bool,
        place: Range<usize>,
    },
}

/// Where an open link leads.
#[derive(Clone, Copy)]
enum Leads {
    /// Out of the site.
    Out,
    /// Nowhere: it was refused.
    Nowhere,
    /// Where the resolver says, for the reference with this index.
    Hole(usize),
}

/// Raw elements open at the same time; deeper ones are refused, which keeps each search short.
const RAW_DEPTH: usize = 64;

struct Builder<'a> {
    /// Where mistakes stand; without it nothing is judged.
    file: Option<&'a Arc<SourceFile>>,
    body: &'a str,
    /// Where the body starts in the file.
    base: usize,
    document: Document,
    /// HTML not yet in a part.
    html: String,
    /// All words so far; sections, labels and headings are slices of it.
    words: String,
    /// Where the words of the section at hand are code.
    code: Vec<Range<usize>>,
    /// Where the section at hand starts in the words, and its heading.
    section: (usize, Option<usize>),
    open: Vec<Open>,
    /// How many links, and how many raw elements, are open.
    links: usize,
    raws: usize,
    /// How many tags of each name were refused and wait for their end.
    refused: BTreeMap<String, usize>,
    slugger: Slugger,
    tables: usize,
    diagrams: usize,
    /// Columns of the table at hand and the next cell's.
    columns: (Vec<Alignment>, usize),
    /// Footnotes by label: index, and how many marks.
    marks: BTreeMap<String, (usize, usize)>,
    /// Texts of footnotes by label, with where they stand.
    notes: BTreeMap<String, (Vec<Part>, Range<usize>)>,
    /// The first part of the top-level block at hand, and its headings, which wait for its end.
    block: usize,
    waiting: Vec<usize>,
    /// Blocks that have a name.
    named: named::Named,
    /// Where the items start that an item above is joined to, the innermost last; and whether the item at hand opens such a choice.
    others: Vec<usize>,
    opens_choice: bool,
}

/// Reads the part `range` of a file.
pub(super) fn document(file: &Arc<SourceFile>, range: TextRange) -> Document {
    read(Some(file), file.slice(range), range.start as usize).0
}

/// Reads a body that nobody is told anything of. Tells too whether its raw HTML reaches beyond its
/// end: an element that is left open, an id that may be taken only once.
pub(super) fn unjudged(body: &str) -> (Document, bool) {
    let (document, open) = read(None, body, 0);
    let reaches = open || !document.anchors.is_empty();
    (document, reaches)
}

fn read(file: Option<&Arc<SourceFile>>, body: &str, base: usize) -> (Document, bool) {
    let body = &*as_callouts(body);
    let mut builder = Builder {
        file,
        body,
        base,
        document: Document::default(),
        html: String::with_capacity(body.len()),
        words: String::with_capacity(body.len()),
        code: Vec::new(),
        section: (0, None),
        open: Vec::new(),
        links: 0,
        raws: 0,
        refused: BTreeMap::new(),
        slugger: Slugger::on_page(),
        tables: 0,
        diagrams: 0,
        columns: (Vec::new(), 0),
        marks: BTreeMap::new(),
        notes: BTreeMap::new(),
        block: 0,
        waiting: Vec::new(),
        named: named::Named::default(),
        others: Vec::new(),
        opens_choice: false,
    };
    let (tokens, mut named) = tokens(body);
    named.reverse();
    builder.named.coming = named;
    let mut at = 0;
    while at < tokens.len() {
        at = builder.step(&tokens, at);
    }
    builder.end_named(at);
    let is_raw = |open: &Open| matches!(open, Open::Raw { .. });
    let open = builder.open.iter().any(is_raw);
    (builder.finish(), open)
}

impl Builder<'_> {
    /// Handles the token at `at`, and maybe more; returns the next one to handle.
    fn step(&mut self, tokens: &[Token<'_>], at: usize) -> usize {
        self.named_blocks(tokens, at);
        let (event, range) = &tokens[at];
        match event {
            Event::Start(tag) => return self.start(tag, tokens, at),
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(text, range),
            Event::Code(code) => self.inline_code(code, range),
            Event::InlineHtml(html) => self.inline_html(html, range),
            Event::Html(html) => self.refuse_html(html, range),
            Event::FootnoteReference(label) => self.mark(label),
            Event::SoftBreak | Event::HardBreak if self.expected_line(tokens, at) => {}
            Event::SoftBreak => {
                self.html.push('\n');
                self.words.push(' ');
            }
            Event::HardBreak => {
                self.html.push_str("<br>\n");
                self.words.push('\n');
            }
            Event::Rule => {
                self.line();
                self.html.push_str("<hr>\n");
            }
            Event::TaskListMarker(done) => self.task(*done),
            // Mathematics are not enabled; shown as written all the same.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.inline_code(text, range),
        }
        at + 1
    }

    /// Makes what was written so far parts of their own; returns where the next part will stand.
    fn cut(&mut self) -> usize {
        if !self.html.is_empty() {
            self.document
                .parts
                .push(Part::Html(self.html.as_str().into()));
            // What is kept has its exact size; the buffer goes on with the room that it has.
            self.html.clear();
        }
        self.document.parts.len()
    }

    /// Adds a part after what was written so far; returns its place.
    fn part(&mut self, part: Part) -> usize {
        let at = self.cut();
        self.document.parts.push(part);
        at
    }

    /// Starts a line of HTML.
    fn line(&mut self) {
        if !self.html.is_empty() && !self.html.ends_with('\n') {
            self.html.push('\n');
        }
    }

    /// Separates words of two blocks.
    fn end_words(&mut self) {
        if !self.words.is_empty() && !self.words.ends_with('\n') {
            self.words.push('\n');
        }
    }

    /// Writes text, to the page and to the words.
    fn plain(&mut self, text: &str) {
        escape::text(&mut self.html, text);
        self.words.push_str(text);
    }

    /// The range in the file of a range in the body.
    fn range(&self, place: &Range<usize>) -> TextRange {
        TextRange::new(self.base + place.start, self.base + place.end)
    }

    fn is_verbatim(&self, text: &str, place: &Range<usize>) -> bool {
        is_verbatim(self.body, text, place)
    }

    fn report(&mut self, rule: Rule, place: &Range<usize>, message: Text, help: Option<Text>) {
        let Some(file) = self.file else { return };
        let span = Span::new(file, self.range(place));
        let diagnostic = Diagnostic::at(rule, span, message).maybe_help(help);
        self.document.diagnostics.push(diagnostic);
    }
}
