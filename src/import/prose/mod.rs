//! Rich text of other systems (trees of Jira, HTML of GLPI) as a tree of its own, written as the
//! Markdown that Carnet reads. Their readers make the tree; only here is anything escaped, so that
//! words which look like markup stay words.

mod escape;
mod inline;
mod markdown;

#[cfg(test)]
mod tests;

use escape::without_commands;

pub(super) use markdown::markdown;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Inline {
    /// Words, without any markup.
    Text(String),
    /// Code, as it is.
    Code(String),
    /// Words in a [`Style`].
    Styled(Style, Vec<Inline>),
    /// A link: the address, and what is shown.
    Link(String, Vec<Inline>),
    /// A line ends here.
    Break,
}

/// How words are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Strong,
    Emphasis,
    Struck,
    Raised,
    Lowered,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    Paragraph(Vec<Inline>),
    /// A heading of a level from 1 to 6.
    Heading(u8, Vec<Inline>),
    /// A list; the number it begins with, if it is numbered.
    List(Option<u64>, Vec<Item>),
    /// Code: its language as the source names it, perhaps empty, and the lines.
    Code(String, String),
    Quote(Vec<Block>),
    /// A box that stands out: the name of a callout, whether it is folded, its title, its text.
    Callout(&'static str, bool, String, Vec<Block>),
    Rule,
    /// A table: whether the first row is a header, and the rows of cells.
    Table(bool, Vec<Vec<Vec<Inline>>>),
}

/// An item of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Item {
    /// Whether its box is ticked, where it has one.
    pub done: Option<bool>,
    pub blocks: Vec<Block>,
}

/// Adds a piece to a line. Two pieces of one style become one: Jira writes a text for each run of words.
pub(super) fn push(line: &mut Vec<Inline>, piece: Inline) {
    match (line.last_mut(), piece) {
        (Some(Inline::Text(last)), Inline::Text(more))
        | (Some(Inline::Code(last)), Inline::Code(more)) => last.push_str(&more),
        (Some(Inline::Styled(style, inner)), Inline::Styled(other, more)) if *style == other => {
            extend(inner, more);
        }
        (Some(Inline::Link(url, inner)), Inline::Link(other, more)) if *url == other => {
            extend(inner, more);
        }
        (_, piece) => line.push(piece),
    }
}

/// Adds pieces to a line, one after the other.
pub(super) fn extend(line: &mut Vec<Inline>, pieces: Vec<Inline>) {
    for piece in pieces {
        push(line, piece);
    }
}

/// A text without any markup: its lines.
pub(super) fn lines(text: &str) -> Vec<Block> {
    let mut line = Vec::new();
    for part in text.lines() {
        if !line.is_empty() {
            line.push(Inline::Break);
        }
        line.push(Inline::Text(part.to_owned()));
    }
    vec![Block::Paragraph(line)]
}

/// Several texts of a cell or item on one line, parted by ends of lines.
pub(super) fn on_one_line(blocks: Vec<Block>) -> Vec<Inline> {
    let mut line = Vec::new();
    for block in blocks {
        let part = match block {
            Block::Paragraph(line) | Block::Heading(_, line) => line,
            Block::List(_, items) => {
                let mut all = Vec::new();
                for item in items {
                    next_line(&mut all);
                    push(&mut all, Inline::Text("• ".to_owned()));
                    extend(&mut all, on_one_line(item.blocks));
                }
                all
            }
            Block::Code(_, code) => {
                let mut all = Vec::new();
                for code in code.lines().filter(|line| !line.trim().is_empty()) {
                    next_line(&mut all);
                    all.push(Inline::Code(code.to_owned()));
                }
                all
            }
            Block::Quote(blocks) => on_one_line(blocks),
            Block::Callout(_, _, title, blocks) => {
                let mut all = vec![Inline::Text(title)];
                next_line(&mut all);
                extend(&mut all, on_one_line(blocks));
                all
            }
            Block::Rule => Vec::new(),
            Block::Table(_, rows) => {
                let mut all = Vec::new();
                for row in rows {
                    next_line(&mut all);
                    for cell in row {
                        extend(&mut all, cell);
                        push(&mut all, Inline::Text(" ".to_owned()));
                    }
                }
                all
            }
        };
        if !part.is_empty() {
            next_line(&mut line);
            extend(&mut line, part);
        }
    }
    line
}

fn next_line(line: &mut Vec<Inline>) {
    let is_empty = matches!(line.as_slice(), [] | [Inline::Text(_)])
        && line
            .iter()
            .all(|piece| *piece == Inline::Text(String::new()));
    if !is_empty {
        line.push(Inline::Break);
    }
}

/// The words alone, on one line: what a field of plain text takes.
pub(super) fn plain(blocks: Vec<Block>) -> String {
    let mut out = String::new();
    words(&on_one_line(blocks), &mut out);
    let out = without_commands(&out);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn words(line: &[Inline], out: &mut String) {
    for piece in line {
        match piece {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Styled(_, inner) => words(inner, out),
            Inline::Link(url, inner) => {
                let from = out.len();
                words(inner, out);
                if out[from..].trim().is_empty() {
                    out.push_str(url);
                } else if out[from..].trim() != url {
                    out.push_str(" (");
                    out.push_str(url);
                    out.push(')');
                }
            }
            Inline::Break => out.push(' '),
        }
    }
}
