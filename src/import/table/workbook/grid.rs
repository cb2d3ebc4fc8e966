//! The filled cells of a sheet, and only these: a sheet may say that it has seventeen thousand million.

use std::cell::Cell;

use crate::import::Refusal;
use crate::import::table::{LONGEST_CELL, MOST_CELLS};
use crate::text;

/// The most letters of all cells, in bytes: one text may stand in every cell of a workbook.
pub(super) const MOST_TEXT: usize = 192 << 20;
/// The most merged cells that are remembered; those of a header are the first.
const MOST_MERGED: usize = 10_000;

/// What the sheets of one workbook may still hold.
#[derive(Debug)]
pub(super) struct Room {
    cells: Cell<usize>,
    letters: Cell<usize>,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            cells: Cell::new(MOST_CELLS),
            letters: Cell::new(MOST_TEXT),
        }
    }
}

/// A sheet's filled cells.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// Rows that hold anything, in their order.
    pub rows: Vec<GridRow>,
    /// Lines with a cell in error.
    pub errors: Vec<usize>,
    merged: Vec<Merged>,
}

/// A row: its line from 1, and its cells by column from 0.
#[derive(Debug, Clone, Default)]
pub(super) struct GridRow {
    pub line: usize,
    pub cells: Vec<(usize, String)>,
    /// The columns of those that are numbers.
    pub numbers: Vec<usize>,
}

/// Cells that are shown as one: first and last line (from 1) and column (from 0).
#[derive(Debug, Clone, Copy)]
pub(super) struct Merged {
    pub lines: (usize, usize),
    pub columns: (usize, usize),
}

impl Grid {
    /// Enters a cell; one without letters is none. Refused when the workbook holds too much.
    pub fn put(
        &mut self,
        room: &Room,
        (line, column): (usize, usize),
        text: &str,
    ) -> Result<(), Refusal> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        if text.len() > LONGEST_CELL {
            return Err(too_long(line));
        }
        let cells = room.cells.get().checked_sub(1);
        let letters = room.letters.get().checked_sub(text.len());
        let (Some(cells), Some(letters)) = (cells, letters) else {
            return Err(too_many(line));
        };
        room.cells.set(cells);
        room.letters.set(letters);
        if self.rows.last().is_none_or(|row| row.line != line) {
            self.rows.push(GridRow {
                line,
                ..GridRow::default()
            });
        }
        if let Some(row) = self.rows.last_mut() {
            row.cells.push((column, text.to_owned()));
        }
        Ok(())
    }

    /// Enters a cell that is a number, as it is shown.
    pub fn put_number(
        &mut self,
        room: &Room,
        (line, column): (usize, usize),
        text: &str,
    ) -> Result<(), Refusal> {
        self.put(room, (line, column), text)?;
        let row = self.rows.last_mut().filter(|row| row.line == line);
        if let Some(row) = row.filter(|_| !text.trim().is_empty()) {
            row.numbers.push(column);
        }
        Ok(())
    }

    /// Notes a cell in error.
    pub fn error(&mut self, line: usize) {
        if self.errors.last() != Some(&line) {
            self.errors.push(line);
        }
    }

    /// Notes merged cells.
    pub fn merge(&mut self, merged: Merged) {
        if self.merged.len() < MOST_MERGED {
            self.merged.push(merged);
        }
    }

    /// The texts of a row up to its last filled cell, `most` at most. What is empty there because it is
    /// merged with a cell of a row above has that cell's text: so headers of two lines are written.
    pub fn headers(&self, at: usize, most: usize) -> Vec<String> {
        let Some(row) = self.rows.get(at) else {
            return Vec::new();
        };
        let mut headers = dense(row.cells.clone(), most);
        for merged in &self.merged {
            let (top, bottom) = merged.lines;
            let column = merged.columns.0;
            if top >= row.line || bottom < row.line || column >= most {
                continue;
            }
            let above = self.rows[..at].iter().rev().find(|row| row.line == top);
            let cell = above.and_then(|row| row.cells.iter().find(|(own, _)| *own == column));
            let Some((_, text)) = cell else { continue };
            if headers.len() <= column {
                headers.resize(column + 1, String::new());
            }
            if headers[column].is_empty() {
                headers[column].clone_from(text);
            }
        }
        headers
    }
}

/// The cells of a row by column, `most` at most.
pub(super) fn dense(own: Vec<(usize, String)>, most: usize) -> Vec<String> {
    let last = own.iter().map(|(column, _)| *column);
    let last = last.filter(|column| *column < most).max();
    let mut cells = vec![String::new(); last.map_or(0, |last| last + 1)];
    for (column, text) in own {
        if let Some(cell) = cells.get_mut(column) {
            *cell = text;
        }
    }
    cells
}

/// That a cell is too long.
pub(super) fn too_long(line: usize) -> Refusal {
    let most = LONGEST_CELL >> 20;
    Refusal::new(text!(
        "une cellule de la ligne {line} dépasse {most} Mio",
        "a cell of line {line} is longer than {most} MiB"
    ))
}

/// That there are too many cells, or too many letters in them.
pub(super) fn too_many(line: usize) -> Refusal {
    Refusal::new(text!(
        "trop de cellules à la ligne {line}",
        "too many cells at line {line}"
    ))
}
