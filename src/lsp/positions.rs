//! Between the places of the protocol (lines from 0, columns in UTF-16 units) and ours (bytes of the file).

use lsp_types::{Position, Range};

use crate::source::{SourceFile, TextRange};

/// The protocol's place of a byte of a file.
pub(super) fn position(file: &SourceFile, offset: u32) -> Position {
    let line = file.place(offset).line;
    Position::new(number(line - 1), number(file.utf16_column(offset) - 1))
}

/// The protocol's range of ours.
pub(super) fn range(file: &SourceFile, range: TextRange) -> Range {
    Range::new(position(file, range.start), position(file, range.end))
}

/// The byte of a place; one past the end of its line, or of the text, is that end.
pub(super) fn offset(file: &SourceFile, position: Position) -> u32 {
    let line = position.line as usize + 1;
    if line > file.lines() {
        return file.whole().end;
    }
    let mut units = position.character as usize;
    let mut at = file.line_start(line) as usize;
    for letter in file.line(line).chars() {
        // A place within a pair of surrogates is that of the letter.
        if units < letter.len_utf16() {
            break;
        }
        units -= letter.len_utf16();
        at += letter.len_utf8();
    }
    TextRange::at(at).start
}

/// Our range of the protocol's; one that ends before it starts is empty.
pub(super) fn text_range(file: &SourceFile, range: Range) -> TextRange {
    let start = offset(file, range.start);
    TextRange {
        start,
        end: offset(file, range.end).max(start),
    }
}

/// Lines and columns of files of at most 8 MiB.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_utf16() {
        let file = SourceFile::new("a.yaml", "é😀x: 1\r\ny");
        let of = |line, column| Position::new(line, column);
        for (place, byte) in [(of(0, 0), 0), (of(0, 1), 2), (of(0, 3), 6), (of(1, 1), 13)] {
            assert_eq!(offset(&file, place), byte, "{place:?}");
            assert_eq!(position(&file, byte), place);
        }
        assert_eq!(offset(&file, of(0, 2)), 2, "within a pair");
        assert_eq!(offset(&file, of(0, 99)), 10, "the end of the line");
        assert_eq!(offset(&file, of(9, 0)), 13, "the end of the text");
    }
}
