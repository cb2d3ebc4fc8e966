//! Files that hold a table, whatever wrote them: bytes → headers and rows.
//!
//! Nothing here knows what a column means (that is `profile`). Workbooks, encodings, separators and the
//! lines that programs put above the header are told from the content, never from a file's name.

mod code_page;
mod decode;
mod heading;
mod separated;
mod workbook;

#[cfg(test)]
mod tests;

use crate::diagnostic::Text;
use crate::import::Refusal;
use crate::text;

pub(in crate::import) use decode::decode_and_tell;
pub use decode::{decode, windows_1252};
pub(in crate::import) use workbook::Known;

/// The largest file that is read, in bytes; a list of 100,000 accounts takes half of it. What opens
/// files stops later than this, so that no file is read cut.
pub const LARGEST_FILE: usize = 48 << 20;
/// The longest cell, in bytes. A description of a ticket ends at 32 KiB in the tools that export it.
pub const LONGEST_CELL: usize = 1 << 20;
/// The most cells of a file: with their texts they stay under 300 MiB of memory.
pub const MOST_CELLS: usize = 4_000_000;
/// The most columns; an export of “all fields” of a large Jira has some hundreds.
pub const MOST_COLUMNS: usize = 4_096;
/// The most notes about single rows; what is beyond is counted.
const MOST_NOTES: usize = 5;

/// A table as a source wrote it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// The names of columns, trimmed. One name may stand several times.
    pub headers: Vec<String>,
    /// The rows under the header that hold anything.
    pub rows: Vec<Row>,
    /// What people should know: rows that do not fit the header, what was left out above it.
    pub notes: Vec<Text>,
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The line of the file, or of the sheet, on which it begins, from 1.
    pub line: usize,
    /// The cells, as written between their quotes.
    pub cells: Vec<String>,
    /// The columns of the cells that a workbook holds as numbers, in order: their point is that of decimals.
    pub numbers: Vec<usize>,
}

/// Refuses a file that is larger than any that is read.
pub(in crate::import) fn bounded(bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.len() <= LARGEST_FILE {
        return Ok(());
    }
    let most = LARGEST_FILE >> 20;
    Err(Refusal::new(text!(
        "fichier trop grand : {most} Mio au plus",
        "the file is too large: {most} MiB at most"
    )))
}

/// Reads a table: text with separators, or a sheet of a workbook. `known` counts the headers that mean
/// something to the caller; it tells which sheet of several holds the table, unless people name one, and
/// on which line. Refused when it is too large, encrypted, holds no header, or a quote is never closed.
pub(in crate::import) fn read(
    bytes: &[u8],
    known: Known<'_>,
    sheet: Option<&str>,
) -> Result<Table, Refusal> {
    bounded(bytes)?;
    if workbook::is_one(bytes) {
        return workbook::read(bytes, known, sheet);
    }
    if sheet.is_some() {
        return Err(no_sheets());
    }
    refuse_others(bytes)?;
    let mut notes = Vec::new();
    let text = decode_and_tell(bytes, &mut notes)?;
    let (below, separator) = heading::separator(&text);
    let above = &text[..text.len() - below.len()];
    let rows = separated::rows(below, separator, above)?;
    let mut table = heading::table(rows)?;
    notes.append(&mut table.notes);
    table.notes = notes;
    Ok(table)
}

/// That a sheet is named of what has none.
pub fn no_sheets() -> Refusal {
    Refusal::new(text!(
        "ce fichier n’est pas un classeur et n’a pas de feuilles : retirez `--sheet`",
        "this file is no workbook and has no sheets: take `--sheet` out"
    ))
}

/// Refuses what is no table and would be read as one of a single column.
fn refuse_others(bytes: &[u8]) -> Result<(), Refusal> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = start.trim_ascii_start();
    let what = match start {
        [b'%', b'P', b'D', b'F', b'-', ..] => text!("un PDF", "a PDF"),
        [b'{', ..] | [b'[', b'{' | b'\n' | b'\r' | b' ' | b']', ..] => text!("du JSON", "JSON"),
        [b'<', b'?' | b'!', ..] => text!("du XML ou du HTML", "XML or HTML"),
        _ => return Ok(()),
    };
    let Text { fr, en } = what;
    Err(Refusal::new(text!(
        "ce fichier n’est pas un tableau, c’est {fr}\u{a0}: exportez-le en CSV, ou importez-le par la source qui l’a écrit",
        "this file is no table but {en}: export it as CSV, or import it by the source that wrote it"
    )))
}

impl Table {
    /// The cell of a row under a column; empty when the row ends before it.
    pub fn cell<'a>(&self, row: &'a Row, column: usize) -> &'a str {
        row.cells.get(column).map_or("", |cell| cell.trim())
    }
}
