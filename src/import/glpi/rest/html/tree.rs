//! Elements of HTML as they open and close → blocks. What is left open is closed in its place.

use crate::diagnostic::Language;
use crate::import::glpi::rest::html::Tag;
use crate::import::prose::{Block, Inline, Item, Style, extend, on_one_line, push};
use crate::text;

/// How deep elements may stand in one another; what is deeper gives its words alone.
const DEEPEST: usize = 24;

/// What an open element becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Root,
    Quote,
    List(Option<u64>),
    Item,
    Table,
    Row,
    /// A cell, and whether it is of a header.
    Cell(bool),
    Heading(u8),
    Code,
}

/// An open element and what stands in it so far.
#[derive(Debug)]
struct Frame {
    kind: Kind,
    name: String,
    blocks: Vec<Block>,
    line: Vec<Inline>,
    items: Vec<Item>,
    cells: Vec<Vec<Inline>>,
    rows: Vec<Vec<Vec<Inline>>>,
    has_header: bool,
}

/// A document as it is read.
pub(super) struct Tree {
    language: Language,
    frames: Vec<Frame>,
    /// Styles that are open, by the name of their element.
    styles: Vec<(String, Style)>,
    code: usize,
    link: Option<String>,
    /// How many bytes of addresses may still be written: one link may stand around a thousand lines.
    room: usize,
    images: usize,
}

impl Tree {
    /// A tree for a text of so many bytes.
    pub fn new(language: Language, length: usize) -> Self {
        Self {
            language,
            frames: vec![frame(Kind::Root, "")],
            styles: Vec::new(),
            code: 0,
            link: None,
            room: length.saturating_mul(4),
            images: 0,
        }
    }

    fn top(&mut self) -> &mut Frame {
        // The root is never closed.
        if self.frames.is_empty() {
            self.frames.push(frame(Kind::Root, ""));
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    /// Words between tags.
    pub fn text(&mut self, text: &str) {
        if self.top().kind == Kind::Code {
            push(&mut self.top().line, Inline::Text(text.to_owned()));
            return;
        }
        let mut words = String::new();
        for letter in text.chars() {
            let is_blank = letter.is_whitespace() && letter != '\u{a0}';
            if !is_blank {
                words.push(letter);
            } else if !words.ends_with(' ') {
                words.push(' ');
            }
        }
        if words.is_empty() || (words == " " && self.top().line.is_empty()) {
            return;
        }
        let mut piece = if self.code > 0 {
            Inline::Code(words)
        } else {
            Inline::Text(words)
        };
        let mut used = Vec::new();
        for (_, style) in self.styles.iter().rev() {
            if !used.contains(style) {
                used.push(*style);
                piece = Inline::Styled(*style, vec![piece]);
            }
        }
        if let Some(url) = &self.link
            && let Some(room) = self.room.checked_sub(url.len())
        {
            self.room = room;
            piece = Inline::Link(url.clone(), vec![piece]);
        }
        push(&mut self.top().line, piece);
    }

    /// An element opens.
    pub fn open(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        if let Some(style) = style(name) {
            if self.styles.len() < DEEPEST {
                self.styles.push((name.to_owned(), style));
            }
            return;
        }
        match name {
            "br" => {
                let line = &mut self.top().line;
                line.push(Inline::Break);
            }
            "hr" => {
                self.flush();
                self.top().blocks.push(Block::Rule);
            }
            "a" => self.link = tag.attribute("href"),
            "code" | "tt" | "kbd" | "samp" => self.code += 1,
            "img" => self.image(tag),
            "p" | "div" | "section" | "article" | "dl" | "dt" | "dd" => self.flush(),
            "ul" => self.push(Kind::List(None), name),
            "ol" => self.push(Kind::List(Some(1)), name),
            "li" => {
                self.close_inner("li", &["ul", "ol"]);
                self.push(Kind::Item, name);
            }
            "blockquote" => self.push(Kind::Quote, name),
            "table" => self.push(Kind::Table, name),
            "tr" => {
                self.close_inner("tr", &["table"]);
                self.push(Kind::Row, name);
            }
            "td" | "th" => {
                self.close_inner("td", &["tr"]);
                self.close_inner("th", &["tr"]);
                self.push(Kind::Cell(name == "th"), name);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name[1..].parse().unwrap_or(6);
                self.push(Kind::Heading(level), name);
            }
            "pre" => self.push(Kind::Code, name),
            _ => {}
        }
    }

    fn image(&mut self, tag: &Tag) {
        self.images += 1;
        let name = tag.attribute("alt").filter(|name| !name.trim().is_empty());
        let words = match name {
            Some(name) => text!(
                "[image non importée : {name}]",
                "[image not imported: {name}]"
            ),
            None => text!("[image non importée]", "[image not imported]"),
        };
        let words = words.get(self.language).to_owned();
        push(&mut self.top().line, Inline::Text(words));
    }

    fn push(&mut self, kind: Kind, name: &str) {
        self.flush();
        if self.frames.len() < DEEPEST {
            self.frames.push(frame(kind, name));
        }
    }

    /// An element closes, and with it what it left open.
    pub fn close(&mut self, name: &str) {
        match name {
            "a" => self.link = None,
            "code" | "tt" | "kbd" | "samp" => self.code = self.code.saturating_sub(1),
            "p" | "div" | "section" | "article" | "dl" | "dt" | "dd" => self.flush(),
            _ if style(name).is_some() => {
                let open = self.styles.iter().rposition(|(open, _)| open == name);
                if let Some(at) = open {
                    self.styles.remove(at);
                }
            }
            _ => {
                let open = self.frames.iter().rposition(|frame| frame.name == name);
                if let Some(at) = open.filter(|at| *at > 0) {
                    while self.frames.len() > at {
                        self.pop();
                    }
                }
            }
        }
    }

    /// Closes an element of a name that is open within the nearest of some others.
    fn close_inner(&mut self, name: &str, within: &[&str]) {
        let outer = self
            .frames
            .iter()
            .rposition(|frame| within.contains(&frame.name.as_str()));
        let open = self.frames.iter().rposition(|frame| frame.name == name);
        if open > outer {
            self.close(name);
        }
    }

    /// Ends the paragraph that is open.
    fn flush(&mut self) {
        let top = self.top();
        if top.kind == Kind::Code {
            return;
        }
        let line = std::mem::take(&mut top.line);
        if !line.is_empty() {
            top.blocks.push(Block::Paragraph(line));
        }
    }

    /// Closes the innermost element.
    fn pop(&mut self) {
        self.flush();
        let Some(done) = self.frames.pop() else {
            return;
        };
        let top = self.top();
        match done.kind {
            Kind::Quote => top.blocks.push(Block::Quote(done.blocks)),
            Kind::List(start) => {
                let mut items = done.items;
                if !done.blocks.is_empty() {
                    items.push(Item {
                        done: None,
                        blocks: done.blocks,
                    });
                }
                top.blocks.push(Block::List(start, items));
            }
            Kind::Item if matches!(top.kind, Kind::List(_)) => top.items.push(Item {
                done: None,
                blocks: done.blocks,
            }),
            Kind::Root | Kind::Item => top.blocks.extend(done.blocks),
            Kind::Table => {
                top.blocks.extend(done.blocks);
                if !done.rows.is_empty() {
                    top.blocks.push(Block::Table(done.has_header, done.rows));
                }
            }
            Kind::Row if top.kind != Kind::Table => {
                top.blocks.push(Block::Table(false, vec![done.cells]));
            }
            Kind::Cell(_) if top.kind != Kind::Row => top.blocks.extend(done.blocks),
            Kind::Row => {
                top.rows.push(done.cells);
                top.has_header |= done.has_header && top.rows.len() == 1;
                top.blocks.extend(done.blocks);
            }
            Kind::Cell(is_header) => {
                top.has_header |= is_header;
                top.cells.push(on_one_line(done.blocks));
            }
            Kind::Heading(level) => {
                let line = on_one_line(done.blocks);
                top.blocks.push(Block::Heading(level, line));
            }
            Kind::Code => {
                let mut code = String::new();
                for piece in done.line {
                    match piece {
                        Inline::Text(text) => code.push_str(&text),
                        Inline::Break => code.push('\n'),
                        _ => {}
                    }
                }
                let code = code.trim_matches('\n').to_owned();
                top.blocks.push(Block::Code(String::new(), code));
            }
        }
    }

    /// The blocks of the document, and how many images it had.
    pub fn finish(mut self) -> (Vec<Block>, usize) {
        while self.frames.len() > 1 {
            self.pop();
        }
        self.flush();
        let blocks = std::mem::take(&mut self.top().blocks);
        (blocks.into_iter().map(without_edges).collect(), self.images)
    }
}

/// A paragraph without the breaks that an editor leaves at its end.
fn without_edges(block: Block) -> Block {
    match block {
        Block::Paragraph(mut line) => {
            while line.last() == Some(&Inline::Break) {
                line.pop();
            }
            let mut kept = Vec::new();
            extend(&mut kept, line);
            Block::Paragraph(kept)
        }
        other => other,
    }
}

fn frame(kind: Kind, name: &str) -> Frame {
    Frame {
        kind,
        name: name.to_owned(),
        blocks: Vec::new(),
        line: Vec::new(),
        items: Vec::new(),
        cells: Vec::new(),
        rows: Vec::new(),
        has_header: false,
    }
}

fn style(name: &str) -> Option<Style> {
    match name {
        "b" | "strong" => Some(Style::Strong),
        "i" | "em" => Some(Style::Emphasis),
        "s" | "del" | "strike" => Some(Style::Struck),
        "sup" => Some(Style::Raised),
        "sub" => Some(Style::Lowered),
        _ => None,
    }
}
