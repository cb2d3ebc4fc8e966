//! Text → rows of cells: separators, quotes, and lines that end in any of three ways.
//!
//! Written here and not taken from the `csv` package, which reads a quote that is never closed as
//! one cell up to the end of the file, without a word, and puts no limit on a cell: an export that
//! was cut would come in as half an estate.

use crate::import::Refusal;
use crate::import::table::{LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, Row};
use crate::text;

/// Cuts a text into rows; `above` is what the file holds before it. A line without anything is no row.
pub(super) fn rows(text: &str, separator: char, above: &str) -> Result<Vec<Row>, Refusal> {
    let mut reader = Reader {
        text,
        at: 0,
        line: 1 + lines(above),
        separator,
        cells: 0,
    };
    let mut rows = Vec::new();
    while reader.at < text.len() {
        let row = reader.row()?;
        if row.cells.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push(row);
        }
    }
    Ok(rows)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    separator: char,
    cells: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// One row and the end of its last line.
    fn row(&mut self) -> Result<Row, Refusal> {
        let mut row = Row {
            line: self.line,
            ..Row::default()
        };
        loop {
            let cell = self.cell(row.line)?;
            row.cells.push(as_text(cell));
            self.cells += 1;
            if row.cells.len() > MOST_COLUMNS || self.cells > MOST_CELLS {
                let line = row.line;
                return Err(Refusal::new(text!(
                    "trop de cellules à la ligne {line}",
                    "too many cells at line {line}"
                )));
            }
            let Some(next) = self.rest().chars().next() else {
                return Ok(row);
            };
            self.at += next.len_utf8();
            if next != self.separator {
                if next == '\r' && self.rest().starts_with('\n') {
                    self.at += 1;
                }
                self.line += 1;
                return Ok(row);
            }
        }
    }

    /// One cell; what follows is a separator, the end of a line or of the text.
    fn cell(&mut self, line: usize) -> Result<String, Refusal> {
        let mut cell = String::new();
        // Some programs put a blank before the quote.
        let blank = self.rest().len() - self.rest().trim_start_matches(' ').len();
        if self.rest()[blank..].starts_with('"') {
            self.at += blank + 1;
            self.quoted(line, &mut cell)?;
        }
        // A letter after the closing quote is a writer's mistake; it is kept.
        let separator = self.separator;
        let rest = self.rest();
        let end = rest.find([separator, '\n', '\r']);
        let end = end.unwrap_or(rest.len());
        too_long(cell.len() + end, line)?;
        cell.push_str(&rest[..end]);
        self.at += end;
        Ok(cell)
    }

    fn quoted(&mut self, line: usize, cell: &mut String) -> Result<(), Refusal> {
        loop {
            let rest = self.rest();
            let Some(end) = rest.find('"') else {
                return Err(Refusal::new(text!(
                    "le guillemet ouvert à la ligne {line} n’est jamais refermé",
                    "the quote that opens at line {line} is never closed"
                )));
            };
            too_long(cell.len() + end, line)?;
            cell.push_str(&rest[..end]);
            let lines = lines(&rest[..end]);
            let doubled = rest[end + 1..].starts_with('"');
            self.line += lines;
            self.at += end + 1;
            if !doubled {
                return Ok(());
            }
            cell.push('"');
            self.at += 1;
        }
    }
}

/// A cell without the tricks by which people keep a spreadsheet from taking a text for a number: `="000124"`, and the
/// apostrophe of `'00124`.
fn as_text(cell: String) -> String {
    let plain = cell.trim();
    if let Some(inner) = plain
        .strip_prefix("=\"")
        .and_then(|it| it.strip_suffix('"'))
    {
        return inner.replace("\"\"", "\"");
    }
    match plain.strip_prefix('\'') {
        Some(number)
            if number.starts_with(|it: char| it.is_ascii_digit()) && !number.contains('\'') =>
        {
            number.to_owned()
        }
        _ => cell,
    }
}

/// How many lines end in a text.
fn lines(text: &str) -> usize {
    let feeds = text.bytes().filter(|byte| *byte == b'\n').count();
    let returns = text.bytes().filter(|byte| *byte == b'\r').count();
    feeds + returns - text.matches("\r\n").count()
}

fn too_long(length: usize, line: usize) -> Result<(), Refusal> {
    if length <= LONGEST_CELL {
        return Ok(());
    }
    let most = LONGEST_CELL >> 20;
    Err(Refusal::new(text!(
        "une cellule de la ligne {line} dépasse {most} Mio",
        "a cell of line {line} is longer than {most} MiB"
    )))
}
