//! A sheet of `.xlsx` → its filled cells, as shown: formulas by the value that was kept with them.
//! What a sheet says of its own size is not believed.

use crate::import::Refusal;
use crate::import::table::workbook::archive::Archive;
use crate::import::table::workbook::excel::{Workbook, escaped};
use crate::import::table::workbook::format::Format;
use crate::import::table::workbook::grid::{Grid, Merged, Room};
use crate::import::table::workbook::xml::{Piece, Tag, Xml, add, local};

/// The last row and column that a sheet can have (XFD1048576).
const LAST: (usize, usize) = (1_048_576, 16_384);

/// A cell while it is read.
#[derive(Default)]
struct Open {
    line: usize,
    column: usize,
    kind: String,
    style: usize,
    value: String,
    own_text: String,
}

/// Which text of a cell is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nothing,
    Value,
    OwnText,
}

/// Reads the sheet of a part.
pub(super) fn read(
    archive: &Archive<'_>,
    workbook: &Workbook,
    part: &str,
    room: &Room,
) -> Result<Grid, Refusal> {
    let mut xml = Xml::open(archive, part)?;
    let mut grid = Grid::default();
    let (mut line, mut column) = (0, 0);
    let mut open: Option<Open> = None;
    let mut inside = Inside::Nothing;
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Start(tag) => match tag.local() {
                "row" => {
                    line = tag.number("r").unwrap_or(line + 1).min(LAST.0);
                    column = 0;
                }
                "c" => {
                    let place = tag.attribute("r").and_then(|place| place_of(&place));
                    let (line, at) = place.unwrap_or((line, column));
                    column = at + 1;
                    open = Some(begin(&tag, (line, at)));
                }
                "v" => inside = Inside::Value,
                "t" if open.is_some() => inside = Inside::OwnText,
                "rPh" => xml.skip()?,
                "mergeCell" => {
                    let merged = tag.attribute("ref").and_then(|range| merged(&range));
                    if let Some(merged) = merged {
                        grid.merge(merged);
                    }
                }
                _ => {}
            },
            Piece::Text(text) => match (&mut open, inside) {
                (Some(open), Inside::Value) => add(&mut open.value, &text)?,
                (Some(open), Inside::OwnText) => add(&mut open.own_text, &text)?,
                _ => {}
            },
            Piece::End(name) => match local(&name) {
                "v" | "t" => inside = Inside::Nothing,
                "c" => {
                    if let Some(cell) = open.take() {
                        close(cell, workbook, (&mut grid, room))?;
                    }
                }
                _ => {}
            },
        }
    }
    Ok(grid)
}

fn begin(tag: &Tag, (line, column): (usize, usize)) -> Open {
    Open {
        line,
        column,
        kind: tag.attribute("t").unwrap_or_default().into_owned(),
        style: tag.number("s").unwrap_or_default(),
        ..Open::default()
    }
}

/// Enters a cell that was read.
fn close(cell: Open, workbook: &Workbook, (grid, room): (&mut Grid, &Room)) -> Result<(), Refusal> {
    let place = (cell.line, cell.column);
    let value = cell.value.trim();
    match cell.kind.as_str() {
        "s" => {
            let text = value
                .parse()
                .ok()
                .and_then(|at: usize| workbook.strings.get(at));
            grid.put(room, place, text.map_or("", String::as_str))
        }
        "inlineStr" => grid.put(room, place, &escaped(cell.own_text)),
        "str" => grid.put(room, place, &escaped(cell.value)),
        "b" => grid.put(room, place, if value == "1" { "true" } else { "false" }),
        "e" => {
            grid.error(cell.line);
            Ok(())
        }
        "d" => grid.put(room, place, value),
        _ if value.is_empty() => Ok(()),
        _ => {
            let general = Format::General;
            let format = workbook.formats.get(cell.style).unwrap_or(&general);
            grid.put_number(room, place, &format.shown(value, workbook.epoch))
        }
    }
}

/// The line (from 1) and column (from 0) of `B3`; nothing outside of what a sheet can have.
fn place_of(text: &str) -> Option<(usize, usize)> {
    let text = text.replace('$', "");
    let digits = text.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, line) = text.split_at(digits);
    let mut column = 0_usize;
    for letter in letters.chars() {
        let value = letter.to_digit(36).filter(|value| *value >= 10)?;
        column = column * 26 + usize::try_from(value).ok()? - 9;
        if column > LAST.1 {
            return None;
        }
    }
    let line: usize = line.parse().ok()?;
    ((1..=LAST.0).contains(&line) && column > 0).then(|| (line, column - 1))
}

/// The merged cells of `A1:C2`.
fn merged(range: &str) -> Option<Merged> {
    let (from, to) = range.split_once(':')?;
    let (from, to) = (place_of(from)?, place_of(to)?);
    Some(Merged {
        lines: (from.0, to.0),
        columns: (from.1, to.1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_lines_and_columns() {
        assert_eq!(place_of("A1"), Some((1, 0)));
        assert_eq!(place_of("$XFD$1048576"), Some((1_048_576, 16_383)));
        for none in [
            "",
            "A",
            "1",
            "A0",
            "XFE1",
            "A1048577",
            "AAAAAAAAAAAAAA1",
            "É1",
        ] {
            assert_eq!(place_of(none), None, "{none}");
        }
    }
}
