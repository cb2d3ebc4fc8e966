//! Blocks: paragraphs, lists, quotes, callouts, tables and code.

use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Tag, TagEnd};

use super::{Builder, Open};
use crate::diagnostic::nearest::did_you_mean;
use crate::markdown::callout::{self, Folding};
use crate::markdown::code::{Block, Known, known, names};
use crate::markdown::diagram;
use crate::markdown::rules::{LINE_OUTSIDE_CODE, UNKNOWN_LANGUAGE};
use crate::markdown::tokens::{Token, is_escaped};
use crate::markdown::{Part, Word, escape};
use crate::text;

impl Builder<'_> {
    /// Opens an element; returns the next token to handle.
    pub(super) fn start(&mut self, tag: &Tag<'_>, tokens: &[Token<'_>], at: usize) -> usize {
        let place = &tokens[at].1;
        match tag {
            Tag::Emphasis => self.wrap("<em>", "</em>"),
            Tag::Strong => self.wrap("<strong>", "</strong>"),
            Tag::Strikethrough => self.wrap("<del>", "</del>"),
            Tag::Superscript => self.wrap("<sup>", "</sup>"),
            Tag::Subscript => self.wrap("<sub>", "</sub>"),
            Tag::Link { .. } => self.start_link(tag, place),
            Tag::Image { .. } => return self.image(tag, tokens, at),
            _ => {
                self.close_label();
                return self.start_of_block(tag, tokens, at);
            }
        }
        at + 1
    }

    fn start_of_block(&mut self, tag: &Tag<'_>, tokens: &[Token<'_>], at: usize) -> usize {
        let place = &tokens[at].1;
        match tag {
            Tag::Paragraph => {
                self.line();
                let expected = self.is_expected_paragraph(tokens, at);
                self.start_paragraph(if expected { " class=\"expected\"" } else { "" });
            }
            Tag::Heading { level, .. } => {
                let names_tab = self.start_tab(*level as u8);
                self.start_heading(*level as u8, place, names_tab);
            }
            Tag::BlockQuote(_) => {
                self.start_block();
                return self.quote(tokens, at);
            }
            Tag::CodeBlock(kind) => return self.code(kind, tokens, at),
            Tag::HtmlBlock => {
                self.start_block();
                return self.html_block(tokens, at);
            }
            Tag::List(first) => {
                self.start_block();
                self.list(*first);
            }
            Tag::Item => self.item(tokens, at),
            Tag::FootnoteDefinition(label) => {
                self.start_block();
                self.start_note(label, place);
            }
            Tag::DefinitionList => {
                self.start_block();
                self.wrap_line("<dl>\n", "</dl>\n");
            }
            Tag::DefinitionListTitle => self.wrap_line("<dt>", "</dt>\n"),
            Tag::DefinitionListDefinition => self.wrap_line("<dd>", "</dd>\n"),
            Tag::Table(alignments) => self.table(alignments),
            Tag::TableHead => self.wrap("<thead>\n<tr>", "</tr>\n</thead>\n"),
            Tag::TableRow => self.row(),
            Tag::TableCell => self.cell(tokens, at),
            // Front matter is cut off before and metadata blocks are not enabled; the rest are
            // elements of a line.
            _ => self.wrap("", ""),
        }
        at + 1
    }

    pub(super) fn wrap(&mut self, start: &str, end: &'static str) {
        self.html.push_str(start);
        self.open.push(Open::Tag(end));
    }

    pub(super) fn wrap_line(&mut self, start: &str, end: &'static str) {
        self.end_words();
        self.line();
        self.wrap(start, end);
    }

    /// Handles the end of a Markdown element: closes what was left open in it, then itself.
    pub(super) fn end(&mut self) {
        while let Some(Open::Raw { .. } | Open::Label | Open::Expected) = self.open.last() {
            self.close();
        }
        self.close();
        self.end_block();
    }

    /// Closes the innermost open element.
    pub(super) fn close(&mut self) {
        match self.open.pop() {
            Some(Open::Tag(end)) => {
                if end.ends_with('\n') {
                    self.end_words();
                }
                self.html.push_str(end);
            }
            Some(Open::Paragraph { words }) => self.end_paragraph(words),
            Some(Open::Heading { index, words }) => self.end_heading(index, words),
            Some(Open::Link { leads, words }) => self.end_link(leads, words),
            Some(Open::Footnote {
                label,
                place,
                parts,
                html,
            }) => {
                self.end_words();
                self.end_note((label, place), parts, html);
            }
            Some(Open::Table { body }) => {
                let end = if body { "</tbody>\n" } else { "" };
                let _ = writeln!(self.html, "{end}</table></div>");
            }
            Some(Open::Tabs { shown, .. }) => self.end_tabs(shown),
            Some(Open::Label) => self.html.push_str("</label>"),
            Some(Open::Expected) => self.html.push_str("</span>"),
            Some(Open::Raw { name, link, place }) => self.end_unclosed(name, link, &place),
            None => {}
        }
    }

    pub(super) fn start_paragraph(&mut self, class: &str) {
        let _ = write!(self.html, "<p{class}>");
        let words = self.words.len();
        self.open.push(Open::Paragraph { words });
    }

    fn end_paragraph(&mut self, words: usize) {
        self.html.push_str("</p>\n");
        if self.open.is_empty() && self.document.summary.is_empty() {
            let words: Vec<&str> = self.words[words..].split_whitespace().collect();
            self.document.summary = words.join(" ");
        }
        self.end_words();
    }

    /// Ends the label of a checkbox, or what its step should lead to, before a block that cannot stand in it.
    pub(super) fn close_label(&mut self) {
        let raws = self
            .open
            .iter()
            .rev()
            .take_while(|open| matches!(open, Open::Raw { .. }));
        let above = raws.count();
        let under = self
            .open
            .len()
            .checked_sub(above + 1)
            .map(|index| &self.open[index]);
        if matches!(under, Some(Open::Label | Open::Expected)) {
            for _ in 0..=above {
                self.close();
            }
        }
    }

    /// Opens a quote, or a callout with its head.
    fn quote(&mut self, tokens: &[Token<'_>], at: usize) -> usize {
        self.end_words();
        self.line();
        let head = match tokens.get(at + 1..at + 3) {
            Some(
                [
                    (Event::Start(Tag::Paragraph), _),
                    (Event::Text(line), place),
                ],
            ) => callout::head(line).filter(|_| !is_escaped(self.body, place.start)),
            _ => None,
        };
        if let Some(head) = head {
            if head.is_tabs() {
                return self.tabs(&head, tokens, at + 2);
            }
            return self.callout(&head, tokens, at + 2);
        }
        self.wrap("<blockquote>\n", "</blockquote>\n");
        at + 1
    }

    /// Writes a callout's head, whose first text is at `at`; returns the token after it.
    fn callout(&mut self, head: &callout::Head, tokens: &[Token<'_>], at: usize) -> usize {
        let name = head.kind.name;
        let (start, title_end, end) = match head.folding {
            Folding::None => ("<div", "</p>\n", "</div>\n"),
            Folding::Open | Folding::Closed => ("<details", "</summary>\n", "</details>\n"),
        };
        let _ = write!(self.html, "{start} class=\"callout callout-{name}\"");
        self.html.push_str(match head.folding {
            Folding::None => " role=\"note\">\n<p class=\"callout-title\">",
            Folding::Open => " open>\n<summary class=\"callout-title\">",
            Folding::Closed => ">\n<summary class=\"callout-title\">",
        });
        self.open.push(Open::Tag(end));
        self.open.push(Open::Tag(title_end));
        let next = self.callout_title(head, tokens, at);
        self.end();
        if !matches!(tokens[next].0, Event::End(TagEnd::Paragraph)) {
            self.start_paragraph("");
        }
        next + 1
    }

    /// Writes the title: the rest of the first line, or the kind's own words. Returns the line's end.
    pub(super) fn callout_title(
        &mut self,
        head: &callout::Head,
        tokens: &[Token<'_>],
        at: usize,
    ) -> usize {
        let (mut next, mut depth, mut empty) = (at + 1, 0_usize, true);
        if let (Event::Text(line), place) = &tokens[at]
            && head.length < line.len()
        {
            let verbatim = self.is_verbatim(line, place);
            let start = place.start + if verbatim { head.length } else { 0 };
            self.text(&line[head.length..], &(start..place.end));
            empty = false;
        }
        loop {
            match &tokens[next].0 {
                Event::SoftBreak | Event::HardBreak | Event::End(_) if depth == 0 => break,
                // An image is handled as a whole, so its end is never met here.
                Event::Start(Tag::Image { .. }) => {}
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            empty = false;
            next = self.step(tokens, next);
        }
        if empty {
            match &head.unknown {
                Some(name) => self.plain(name),
                None => {
                    self.part(Part::Word(Word::Callout(head.kind)));
                }
            }
        }
        next
    }

    fn list(&mut self, first: Option<u64>) {
        self.end_words();
        self.line();
        match first {
            None => self.wrap("<ul>\n", "</ul>\n"),
            Some(1) => self.wrap("<ol>\n", "</ol>\n"),
            Some(first) => {
                let _ = writeln!(self.html, "<ol start=\"{first}\">");
                self.open.push(Open::Tag("</ol>\n"));
            }
        }
    }

    fn table(&mut self, alignments: &[Alignment]) {
        self.end_words();
        self.line();
        self.tables += 1;
        // A wide table scrolls by itself; the frame takes the focus so that keys can move it.
        self.html
            .push_str("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
        let number = self.tables;
        self.part(Part::Word(Word::Table(number)));
        self.html.push_str("\"><table>\n");
        self.columns = (alignments.to_vec(), 0);
        self.open.push(Open::Table { body: false });
    }

    fn row(&mut self) {
        self.end_words();
        if let Some(Open::Table { body }) = self.open.last_mut()
            && !std::mem::replace(body, true)
        {
            self.html.push_str("<tbody>\n");
        }
        self.columns.1 = 0;
        self.wrap("<tr>", "</tr>\n");
    }

    fn cell(&mut self, tokens: &[Token<'_>], at: usize) {
        self.check_cell(tokens, at);
        let class = match self.columns.0.get(self.columns.1) {
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::Center) => " class=\"center\"",
            _ => "",
        };
        self.columns.1 += 1;
        if !self.words.ends_with(char::is_whitespace) {
            self.words.push(' ');
        }
        let head = matches!(self.open.last(), Some(Open::Tag("</tr>\n</thead>\n")));
        let (start, end) = if head {
            ("<th scope=\"col\"", "</th>")
        } else {
            ("<td", "</td>")
        };
        let _ = write!(self.html, "{start}{class}>");
        self.open.push(Open::Tag(end));
    }

    fn code(&mut self, kind: &CodeBlockKind<'_>, tokens: &[Token<'_>], at: usize) -> usize {
        let mut block = match kind {
            CodeBlockKind::Fenced(info) => Block::from_info(info),
            CodeBlockKind::Indented => Block::default(),
        };
        let mut next = at + 1;
        while let Some((Event::Text(text), place)) = tokens.get(next) {
            self.note_placeholders(text, place);
            block.code.push_str(text);
            next += 1;
        }
        block.code = block.code.replace('\r', "");
        self.check_language(&block.language, &tokens[at].1);
        self.check_marked(&block, &tokens[at].1);
        self.end_words();
        let start = self.words.len();
        self.words.push_str(&block.code);
        self.code.push(start..self.words.len());
        self.end_words();
        self.line();
        let part = if block.language == diagram::LANGUAGE {
            self.diagram(block, &tokens[at + 1..next])
        } else {
            Part::Code(Box::new(block))
        };
        self.part(part);
        next + 1
    }

    fn check_language(&mut self, language: &str, block: &Range<usize>) {
        // Looking for languages with names like it takes longer than reading the block.
        if self.file.is_none() || !matches!(known(language), Known::No) {
            return;
        }
        let first = self.body[block.clone()].lines().next().unwrap_or_default();
        let found = first.to_lowercase().find(language).unwrap_or(0);
        let start = block.start + found;
        let place = start..(start + language.len()).min(block.end);
        let help = did_you_mean(language, names().iter().map(String::as_str));
        let message = text!(
            "aucune coloration n’est connue pour le langage `{language}`",
            "no highlighting is known for the language `{language}`"
        );
        self.report(UNKNOWN_LANGUAGE, &place, message, help);
    }

    /// Tells of a marked line that the block does not have.
    fn check_marked(&mut self, block: &Block, range: &Range<usize>) {
        let count = block.code.lines().count();
        let Some(line) = block.marked.outside(count) else {
            return;
        };
        let written = &block.marked.written;
        let first = self.body[range.clone()].lines().next().unwrap_or_default();
        let place = match first.rfind(&format!("{{{written}}}")) {
            Some(found) => range.start + found..range.start + found + written.len() + 2,
            None => range.start..range.start + first.len(),
        };
        let message = if count == 1 {
            text!(
                "la ligne {line} n’existe pas : ce code a une ligne",
                "line {line} does not exist: this code has one line"
            )
        } else {
            text!(
                "la ligne {line} n’existe pas : ce code a {count} lignes",
                "line {line} does not exist: this code has {count} lines"
            )
        };
        self.report(LINE_OUTSIDE_CODE, &place, message, None);
    }

    /// Shows a piece of text as it is written, in a block of its own.
    pub(super) fn literal(&mut self, text: &str) {
        escape::text(&mut self.html, text);
        self.words.push_str(text);
    }
}
