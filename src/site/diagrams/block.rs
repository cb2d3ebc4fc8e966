//! A block of text set in lines of a given room, with badges and small signs that follow the last
//! word: its size is known before it is placed, so nothing is ever drawn over something else.

use std::fmt::Write as _;

use super::measure::{widest_piece, width, wrap};
use super::svg::{Rect, escape};

/// How a paragraph looks. Sizes are in pixels; the class carries the same size in the theme's CSS.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// CSS class of the text element.
    pub class: &'static str,
    /// Font size.
    pub size: i32,
    /// Distance from one baseline to the next.
    pub line: i32,
    /// Bold text is wider.
    pub bold: bool,
}

/// The name of a state.
pub const NAME: Style = Style {
    class: "name",
    size: 15,
    line: 19,
    bold: true,
};
/// The name of a transition.
pub const LABEL: Style = Style {
    class: "label",
    size: 13,
    line: 16,
    bold: false,
};
/// Who does it, and other side remarks.
pub const REMARK: Style = Style {
    class: "remark",
    size: 12,
    line: 15,
    bold: false,
};
/// The text of a badge.
const BADGE: Style = Style {
    class: "badge",
    size: 11,
    line: 16,
    bold: true,
};

/// A small drawn sign, 12 pixels wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// A clock: time counts.
    Running,
    /// Two bars: time waits.
    Paused,
    /// A square: time is over.
    Stopped,
    /// A tick: the ticket went through.
    Visited,
}

/// Lines of text, badges and signs, placed from the block's own top left corner.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// Widest line so far.
    pub w: i32,
    /// Height so far.
    pub h: i32,
    room: i32,
    pen: i32,
    paragraphs: Vec<Paragraph>,
    badges: Vec<(Rect, String, &'static str)>,
    signs: Vec<(i32, i32, Sign)>,
}

#[derive(Debug, Clone)]
struct Paragraph {
    class: &'static str,
    lines: Vec<(i32, i32, String)>,
}

impl Block {
    /// An empty block whose lines are at most `room` pixels wide.
    pub fn new(room: i32) -> Self {
        Self {
            room,
            ..Self::default()
        }
    }

    /// Widens the lines, up to a limit, so that no word of a text has to be cut.
    pub fn widen(mut self, text: &str, style: Style, limit: i32) -> Self {
        let needed = widest_piece(text, style.size, style.bold);
        self.room = self.room.max(needed.min(limit));
        self
    }

    /// Adds a paragraph under what is there.
    pub fn paragraph(&mut self, text: &str, style: Style) {
        self.indented(text, style, 0);
    }

    /// Adds a paragraph that opens with a sign.
    pub fn signed(&mut self, sign: Sign, text: &str, style: Style) {
        self.signs.push((0, self.h + style.line - 12, sign));
        self.indented(text, style, 17);
    }

    fn indented(&mut self, text: &str, style: Style, indent: i32) {
        let mut lines = Vec::new();
        for line in wrap(text, self.room - indent, style.size, style.bold) {
            let across = indent + width(line.trim_end(), style.size, style.bold);
            self.w = self.w.max(across);
            self.pen = across;
            self.h += style.line;
            lines.push((indent, self.h - style.line / 4, line));
        }
        self.paragraphs.push(Paragraph {
            class: style.class,
            lines,
        });
    }

    /// Makes room for something `across` wide after the last word, or on a new line.
    fn append(&mut self, across: i32) -> i32 {
        let mut x = if self.pen == 0 { 0 } else { self.pen + 6 };
        if x + across > self.room && x > 0 {
            x = 0;
            self.h += BADGE.line + 1;
        }
        self.pen = x + across;
        self.w = self.w.max(self.pen);
        self.h = self.h.max(BADGE.line);
        x
    }

    /// Adds a badge after the last word.
    pub fn badge(&mut self, text: &str, class: &'static str) {
        let across = width(text, BADGE.size, BADGE.bold) + 10;
        let x = self.append(across);
        let rect = Rect {
            x,
            y: self.h - BADGE.line,
            w: across,
            h: BADGE.line,
        };
        self.badges.push((rect, text.to_owned(), class));
    }

    /// Adds a word after the last one.
    pub fn word(&mut self, text: &str, style: Style) {
        let x = self.append(width(text, style.size, style.bold));
        let lines = vec![(x, self.h - style.line / 4, text.to_owned())];
        self.paragraphs.push(Paragraph {
            class: style.class,
            lines,
        });
    }

    /// Adds a sign after the last word.
    pub fn sign(&mut self, sign: Sign) {
        let x = self.append(12);
        self.signs.push((x, self.h - 14, sign));
    }

    /// Writes the block with its top left corner at a point.
    pub fn draw(&self, left: i32, top: i32, out: &mut String) {
        for (x, y, sign) in &self.signs {
            draw_sign(*sign, left + x, top + y, out);
        }
        for paragraph in &self.paragraphs {
            draw_paragraph(paragraph, left, top, out);
        }
        for (rect, text, class) in &self.badges {
            let (x, y) = (left + rect.x, top + rect.y);
            let _ = write!(
                out,
                r#"<g class="badge {class}"><rect x="{x}" y="{y}" width="{}" height="{}" rx="4"/><text x="{}" y="{}">{}</text></g>"#,
                rect.w,
                rect.h,
                x + rect.w / 2,
                y + 12,
                escape(text),
            );
        }
    }
}

/// One text element per paragraph, a `tspan` per line: selected and copied as one sentence. The
/// space at a line's end stands between the `tspan`s, where no underline reaches it.
fn draw_paragraph(paragraph: &Paragraph, left: i32, top: i32, out: &mut String) {
    let _ = write!(out, r#"<text class="{}">"#, paragraph.class);
    for (x, y, line) in &paragraph.lines {
        let (x, y, words) = (left + x, top + y, line.trim_end());
        let _ = write!(out, r#"<tspan x="{x}" y="{y}">{}</tspan>"#, escape(words));
        out.push_str(&line[words.len()..]);
    }
    out.push_str("</text>");
}

/// Signs are drawn, not typed: a font may lack the character or show it as a colour picture.
fn draw_sign(sign: Sign, x: i32, y: i32, out: &mut String) {
    let (cx, cy) = (x + 6, y + 6);
    let _ = match sign {
        Sign::Running => write!(
            out,
            r#"<path class="sign running" d="M{cx} {y}a6 6 0 1 1 -.1 0zM{cx} {}v4h3"/>"#,
            y + 2,
        ),
        Sign::Paused => write!(
            out,
            r#"<path class="sign paused" d="M{} {y}h3v12h-3zM{} {y}h3v12h-3z"/>"#,
            x + 1,
            x + 7,
        ),
        Sign::Stopped => write!(
            out,
            r#"<path class="sign stopped" d="M{} {}h10v10h-10z"/>"#,
            x + 1,
            y + 1,
        ),
        Sign::Visited => write!(
            out,
            r#"<path class="sign visited" d="M{x} {cy}l4 4l7 -9"/>"#,
        ),
    };
}
