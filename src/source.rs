//! Text with positions: a file as its author wrote it, and ranges and spans that point into it.
//!
//! Everything a diagnostic can point at is a [`SourceFile`]. Nothing here reads a disk.

use std::sync::Arc;

/// One text file of the repository, named by its path from the root (`/` between parts).
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path from the project's root, with `/` on every system.
    pub path: String,
    /// The whole text, UTF-8, without a byte order mark; line ends are kept as written.
    pub text: String,
    /// Byte offset of the first character of each line.
    line_starts: Vec<u32>,
}

/// A range of bytes within one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TextRange {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A range of bytes in a named file: what a diagnostic points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Where in it.
    pub range: TextRange,
}

/// A place for people: line and column, both from 1, the column counted in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
}

impl SourceFile {
    /// Wraps a text; a leading byte order mark must have been removed by the reader.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let starts = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0)
            .chain(starts.map(|(offset, _)| offset_of(offset + 1)))
            .collect();
        Self {
            path: path.into(),
            text,
            line_starts,
        }
    }

    /// The line and column of a byte offset (clamped to the text).
    pub fn place(&self, offset: u32) -> Place {
        let offset = self.floor(offset);
        let line = self.line_at(offset);
        let start = self.line_starts[line - 1] as usize;
        let column = self.text[start..offset as usize].chars().count() + 1;
        Place { line, column }
    }

    /// The line of a byte offset, from 1.
    pub fn line_at(&self, offset: u32) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    /// The column of a byte offset (clamped to the text), from 1, in UTF-16 code units.
    pub fn utf16_column(&self, offset: u32) -> usize {
        let start = self.line_start(self.place(offset).line);
        let before = self.slice(TextRange { start, end: offset });
        before.chars().map(char::len_utf16).sum::<usize>() + 1
    }

    /// How many lines the text has, an empty last one included.
    pub fn lines(&self) -> usize {
        self.line_starts.len()
    }

    /// The text of a line (from 1) without its line end.
    pub fn line(&self, line: usize) -> &str {
        let start = self.line_starts[line - 1] as usize;
        let end = self
            .line_starts
            .get(line)
            .map_or(self.text.len(), |next| *next as usize);
        self.text[start..end].trim_end_matches(['\n', '\r'])
    }

    /// The byte offset at which a line (from 1) starts.
    pub fn line_start(&self, line: usize) -> u32 {
        self.line_starts[line - 1]
    }

    /// The range of the letter at a line and a column, both from 1 (clamped to the text).
    pub fn letter(&self, line: usize, column: usize) -> TextRange {
        let line = line.clamp(1, self.lines());
        let before = self.line(line).chars().take(column.saturating_sub(1));
        let before = before.map(char::len_utf8).sum::<usize>();
        let start = self.line_start(line) as usize + before;
        TextRange::new(start, start + 1)
    }

    /// The text of a range (clamped to the text and to character boundaries).
    pub fn slice(&self, range: TextRange) -> &str {
        &self.text
            [self.floor(range.start) as usize..self.floor(range.end.max(range.start)) as usize]
    }

    /// A range over the whole text.
    pub fn whole(&self) -> TextRange {
        TextRange {
            start: 0,
            end: offset_of(self.text.len()),
        }
    }

    fn floor(&self, offset: u32) -> u32 {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset_of(offset)
    }
}

impl TextRange {
    /// A range from byte offsets.
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start: offset_of(start),
            end: offset_of(end),
        }
    }

    /// An empty range at an offset.
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The same range moved forward, for a text that is a part of a larger one.
    #[must_use]
    pub fn shift(self, by: u32) -> Self {
        Self {
            start: self.start + by,
            end: self.end + by,
        }
    }
}

impl Span {
    /// A span in a file.
    pub fn new(file: &Arc<SourceFile>, range: TextRange) -> Self {
        Self {
            file: Arc::clone(file),
            range,
        }
    }

    /// Where the span starts.
    pub fn place(&self) -> Place {
        self.file.place(self.range.start)
    }
}

/// A byte offset; files over 4 GiB are refused long before (the reader's limit is 8 MiB).
fn offset_of(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let file = SourceFile::new("a.yaml", "é: 1\r\nclé: 2\n");
        assert_eq!(file.place(0), Place { line: 1, column: 1 });
        assert_eq!(file.place(2), Place { line: 1, column: 2 });
        let offset = u32::try_from(file.text.find('2').unwrap_or_default()).unwrap_or_default();
        assert_eq!(file.place(offset), Place { line: 2, column: 6 });
        assert_eq!(file.line(1), "é: 1");
        assert_eq!(file.line(3), "");
    }
}
