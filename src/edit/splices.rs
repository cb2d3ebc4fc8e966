//! Pieces of a file's text to replace, and where things stand in it: ends of lines, columns, dashes.

use crate::edit::Reason;
use crate::source::{SourceFile, TextRange};
use crate::yaml::{Node, Shape};

/// What is to be replaced in one text. Places are bytes of that text.
pub(super) struct Splices<'a> {
    pub file: &'a SourceFile,
    /// How the file ends its lines.
    pub newline: &'static str,
    pieces: Vec<(usize, usize, String)>,
}

impl<'a> Splices<'a> {
    pub(super) fn new(file: &'a SourceFile) -> Self {
        let first = file.text.find('\n').unwrap_or_default();
        let newline = if file.text[..first].ends_with('\r') {
            "\r\n"
        } else {
            "\n"
        };
        Self {
            file,
            newline,
            pieces: Vec::new(),
        }
    }

    pub(super) fn replace(&mut self, start: usize, end: usize, text: impl Into<String>) {
        self.pieces.push((start, end, text.into()));
    }

    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at, at, text);
    }

    /// Adds lines after the line that ends at `at`, each indented.
    pub(super) fn insert_lines(&mut self, at: usize, lines: &[String], indent: usize) {
        let mut text = String::new();
        for line in lines {
            text.push_str(self.newline);
            text.push_str(&super::form::indented(line, indent));
        }
        self.insert(at, text);
    }

    /// The new text; refused when two pieces meet, which no order would make right.
    pub(super) fn apply(mut self) -> Result<String, Reason> {
        self.pieces.sort_by_key(|(start, end, _)| (*start, *end));
        let text = &self.file.text;
        let mut out = String::with_capacity(text.len() + 256);
        let mut done = 0;
        for (start, end, piece) in &self.pieces {
            let kept = text.get(done..*start).ok_or(Reason::Shape)?;
            out.push_str(kept);
            out.push_str(piece);
            done = *end;
        }
        out.push_str(text.get(done..).ok_or(Reason::Shape)?);
        Ok(out)
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'a str {
        self.file.text.get(start..end).unwrap_or_default()
    }

    /// The start of the line of a place.
    pub(super) fn line_start(&self, at: usize) -> usize {
        let before = &self.file.text[..at];
        before.rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// The end of the line of a place, before its line end.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let rest = &self.file.text[at..];
        let line = rest.find('\n').map_or(rest, |newline| &rest[..newline]);
        at + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// The end of the line before that of a place; `None` on the first line.
    pub(super) fn previous_line_end(&self, at: usize) -> Option<usize> {
        let start = self.line_start(at);
        let before = self.file.text[..start].strip_suffix('\n')?;
        Some(before.strip_suffix('\r').unwrap_or(before).len())
    }

    /// In which column, from 0 and in characters, a place stands.
    pub(super) fn column(&self, at: usize) -> usize {
        self.slice(self.line_start(at), at).chars().count()
    }

    /// Whether only blanks stand before a place on its line.
    pub(super) fn opens_line(&self, at: usize) -> bool {
        self.slice(self.line_start(at), at)
            .trim_matches(' ')
            .is_empty()
    }

    /// The last byte of a value, without line ends that its range may take in.
    pub(super) fn end_of(&self, node: &Node) -> usize {
        let (start, end) = bounds(node.range);
        start
            + self
                .slice(start, end)
                .trim_end_matches(['\n', '\r', ' '])
                .len()
    }

    /// One past the colon of a key.
    pub(super) fn colon(&self, key: &Node) -> Result<usize, Reason> {
        let end = bounds(key.range).1;
        let rest = &self.file.text[end..];
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        if rest[blanks..].starts_with(':') {
            Ok(end + blanks + 1)
        } else {
            Err(Reason::Shape)
        }
    }

    /// Where the dash of an item of a block list stands.
    pub(super) fn dash(&self, item: &Node) -> Result<usize, Reason> {
        // Before a block text stands its header, which may end with a dash of its own (`>-`).
        let start = self
            .block_header(item)
            .map_or(bounds(item.range).0, |(header, _)| header);
        let before = &self.file.text[..start];
        let trimmed = before.trim_end_matches([' ', '\n', '\r']);
        if trimmed.ends_with('-') {
            Ok(trimmed.len() - 1)
        } else {
            Err(Reason::Shape)
        }
    }

    /// Where the header (`|`, `>-`) of a block text stands; `None` for other values. The ranges of
    /// such texts begin with their content.
    pub(super) fn block_header(&self, node: &Node) -> Option<(usize, usize)> {
        let start = bounds(node.range).0;
        if !matches!(node.shape, Shape::Scalar { plain: false, .. }) || !self.opens_line(start) {
            return None;
        }
        let before = self.file.text[..self.line_start(start)].trim_end();
        let line = self.line_start(before.len());
        let text = &before[line..];
        let text = text.find(" #").map_or(text, |comment| &text[..comment]);
        let text = text.trim_end();
        let token = text.rsplit(' ').next()?;
        let rest = token.strip_prefix(['|', '>'])?;
        let is_header = rest
            .chars()
            .all(|letter| matches!(letter, '+' | '-' | '1'..='9'));
        is_header.then(|| (line + text.len() - token.len(), line + text.len()))
    }

    /// Whether a comment would go with a value: one beside it, or within its lines.
    pub(super) fn value_has_comment(&self, node: &Node, from: usize, to: usize) -> bool {
        match self.block_header(node) {
            Some((_, header_end)) => self.has_comment(header_end, self.line_end(header_end)),
            None => self.has_comment(from, to),
        }
    }

    /// Whether a value stands between brackets or braces.
    pub(super) fn is_flow(&self, node: &Node) -> bool {
        self.file.slice(node.range).starts_with(['[', '{'])
    }

    /// Whether a comment may stand in a part of the text; a `#` within quotes counts too, for safety.
    pub(super) fn has_comment(&self, start: usize, end: usize) -> bool {
        let text = self.slice(start, end);
        text.match_indices('#').any(|(at, _)| {
            let before = text[..at].chars().next_back();
            before.is_none_or(char::is_whitespace)
        })
    }
}

/// A range in bytes.
pub(super) fn bounds(range: TextRange) -> (usize, usize) {
    (range.start as usize, range.end as usize)
}
