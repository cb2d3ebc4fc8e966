//! Workbooks (`.xlsx`, `.ods`) → the table that a CSV file of the same sheet would give, told from their
//! bytes. Of several sheets the first with a header that somebody knows is read.
//!
//! Written here and not taken from `calamine`, which lays out the grid of an `.ods` before anybody can
//! say stop (up to 200 million cells), makes a copy of each style's texts for each format of cells, and
//! gives 5 where the sheet shows 000005.

mod archive;
mod cells;
mod excel;
mod format;
mod grid;
mod open_document;
mod xml;

#[cfg(test)]
mod tests;

use crate::diagnostic::Text;
use crate::fold::fold;
use crate::import::Refusal;
use crate::import::table::heading::{self, lines};
use crate::import::table::{MOST_CELLS, MOST_COLUMNS, Row, Table};
use crate::text;
use archive::Archive;
use grid::{Grid, Room, dense, too_many};
use open_document::Document;

/// How many rows from the top may be the header.
const HEADER_ROWS: usize = 40;
/// The most sheets that a note names.
const MOST_NAMED: usize = 5;

/// How many of some headers mean anything to whoever reads the table.
pub(in crate::import) type Known<'a> = &'a dyn Fn(&[String]) -> usize;

/// Whether a file is a workbook, or says that it was one: a zip archive, or the container of old
/// office programs.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") || is_old(bytes)
}

/// The container of old office programs, in which encrypted workbooks stand, too ([MS-CFB], 2.2).
fn is_old(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

/// Reads the table of a workbook: of the sheet that is named, else of the first that fits.
pub(super) fn read(bytes: &[u8], known: Known<'_>, sheet: Option<&str>) -> Result<Table, Refusal> {
    if is_old(bytes) {
        let package: Vec<u8> = "EncryptedPackage"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let is_encrypted = bytes.windows(package.len()).any(|part| part == package);
        return Err(if is_encrypted { encrypted() } else { old() });
    }
    let archive = Archive::open(bytes)?;
    let mut choice = Choice {
        wanted: sheet.map(|name| fold(name.trim())),
        ..Choice::default()
    };
    let room = Room::default();
    if archive.has("content.xml") {
        if open_document::is_encrypted(&archive)? {
            return Err(encrypted());
        }
        if !open_document::is_spreadsheet(&archive)? {
            return Err(no_workbook());
        }
        let mut document = Document::open(&archive)?;
        while let Some(name) = document.next_table()? {
            if choice.passes(&name) {
                document.pass()?;
                choice.names.push(name);
            } else {
                let grid = document.table(&room)?;
                choice.offer(name, grid, known);
            }
        }
    } else {
        let main = excel::main_part(&archive)?.ok_or_else(no_workbook)?;
        if main.rsplit('.').next() == Some("bin") {
            return Err(old());
        }
        if !archive.has(&main) || archive.has_end("word/document.xml") {
            return Err(no_workbook());
        }
        let workbook = excel::open(&archive, &main)?;
        for (name, part) in &workbook.sheets {
            if choice.passes(name) {
                choice.names.push(name.clone());
            } else {
                let grid = cells::read(&archive, &workbook, part, &room)?;
                choice.offer(name.clone(), grid, known);
            }
        }
    }
    choice.table()
}

/// Which sheet is read.
#[derive(Default)]
struct Choice {
    /// All sheets that are shown.
    names: Vec<String>,
    /// The sheet that people asked for, folded.
    wanted: Option<String>,
    best: Option<Best>,
}

/// The best sheet so far.
struct Best {
    sheet: usize,
    grid: Grid,
    /// The row of its header, and how many of that are known.
    header: usize,
    known: usize,
}

impl Choice {
    /// Whether a sheet is left unread: another was asked for, or found that needs no better one. A cover
    /// may have one word that is a header.
    fn passes(&self, name: &str) -> bool {
        match &self.wanted {
            Some(wanted) => self.best.is_some() || fold(name.trim()) != *wanted,
            None => self.best.as_ref().is_some_and(|best| best.known > 1),
        }
    }

    /// Why there is no table.
    fn refusal(&self) -> Refusal {
        let is_wanted = |name: &String| Some(fold(name.trim())) == self.wanted;
        let found = self.names.iter().any(is_wanted);
        if self.wanted.is_none() || found {
            return Refusal::new(text!(
                "aucune feuille de ce classeur n’a de ligne d’en-têtes",
                "no sheet of this workbook has a line of headers"
            ));
        }
        let names: Vec<(String, String)> = self.names.iter().map(|name| quoted(name)).collect();
        let (fr, en) = named(&names);
        Refusal::new(text!(
            "ce classeur n’a pas de feuille visible de ce nom ; il a : {fr}",
            "this workbook has no visible sheet of that name; it has: {en}"
        ))
    }

    fn offer(&mut self, name: String, grid: Grid, known: Known<'_>) {
        let sheet = self.names.len();
        self.names.push(name);
        if grid.rows.is_empty() {
            return;
        }
        let (mut header, mut most) = (0, 0);
        for at in 0..grid.rows.len().min(HEADER_ROWS) {
            // A header is at most a few lines high: what is known further down are values.
            if most > 1 && at > header + 2 {
                break;
            }
            let found = known(&grid.headers(at, MOST_COLUMNS));
            if found > most {
                (header, most) = (at, found);
            }
        }
        if self.best.as_ref().is_none_or(|best| most > best.known) {
            self.best = Some(Best {
                sheet,
                grid,
                header,
                known: most,
            });
        }
    }

    fn table(self) -> Result<Table, Refusal> {
        let Some(best) = self.best else {
            return Err(self.refusal());
        };
        let mut notes = Vec::new();
        if self.names.len() > 1 && self.wanted.is_none() {
            notes.push(taken(&self.names, best.sheet));
        }
        if !best.grid.errors.is_empty() {
            let (fr, en) = lines(&best.grid.errors);
            notes.push(text!(
                "cellules en erreur (`#N/A`, `#REF!`…), laissées vides : {fr}",
                "cells in error (`#N/A`, `#REF!`…), left empty: {en}"
            ));
        }
        let mut table = heading::table(rows(best)?)?;
        table.notes.splice(0..0, notes);
        Ok(table)
    }
}

/// The header and what is under it, each row as wide as the header; a filled cell beyond leaves one
/// more, so that it is told.
fn rows(best: Best) -> Result<Vec<Row>, Refusal> {
    let headers = best.grid.headers(best.header, MOST_COLUMNS);
    let width = headers.len();
    let under = best.grid.rows.get(best.header..).unwrap_or_default();
    if under.len().saturating_mul(width) > MOST_CELLS {
        return Err(too_many(under[under.len() - 1].line));
    }
    let mut rows = Vec::with_capacity(under.len());
    for (at, own) in best.grid.rows.into_iter().skip(best.header).enumerate() {
        let beyond = own.cells.iter().find(|(column, _)| *column >= width);
        let beyond = beyond.filter(|_| at > 0).map(|(_, text)| text.clone());
        let mut cells = if at == 0 {
            headers.clone()
        } else {
            dense(own.cells, width)
        };
        cells.resize(width, String::new());
        cells.extend(beyond);
        rows.push(Row {
            line: own.line,
            cells,
            numbers: own.numbers,
        });
    }
    Ok(rows)
}

/// Which sheet is read, and which are not.
fn taken(names: &[String], sheet: usize) -> Text {
    let name = quoted(&names[sheet]);
    let others = names.iter().enumerate().filter(|(at, _)| *at != sheet);
    let others: Vec<(String, String)> = others.map(|(_, name)| quoted(name)).collect();
    let (fr, en) = named(&others);
    let (own_fr, own_en) = name;
    text!(
        "feuille lue : {own_fr} ; laissées de côté : {fr}",
        "sheet read: {own_en}; left aside: {en}"
    )
}

/// The first of some names in both languages, and how many more there are.
fn named(names: &[(String, String)]) -> (String, String) {
    let list = |pick: fn(&(String, String)) -> &str| {
        let first = names.iter().take(MOST_NAMED).map(pick);
        first.collect::<Vec<_>>().join(", ")
    };
    let (fr, en) = (list(|own| &own.0), list(|own| &own.1));
    match names.len().saturating_sub(MOST_NAMED) {
        0 => (fr, en),
        more => (
            format!("{fr} et {more} de plus"),
            format!("{en} and {more} more"),
        ),
    }
}

/// A sheet's name in French and English quotes.
fn quoted(name: &str) -> (String, String) {
    let name: String = name.chars().filter(|letter| !letter.is_control()).collect();
    let name: String = name.chars().take(60).collect();
    (format!("« {name} »"), format!("“{name}”"))
}

fn encrypted() -> Refusal {
    Refusal::new(text!(
        "classeur chiffré ; ouvrez-le, retirez son mot de passe et enregistrez-le de nouveau",
        "the workbook is encrypted; open it, remove its password and save it again"
    ))
}

fn old() -> Refusal {
    Refusal::new(text!(
        "classeur d’un ancien format (.xls, .xlsb) ; enregistrez-le en .xlsx ou en .ods",
        "a workbook in an old format (.xls, .xlsb); save it as .xlsx or .ods"
    ))
}

fn no_workbook() -> Refusal {
    Refusal::new(text!(
        "cette archive n’est pas un classeur ; enregistrez le tableau en .xlsx, .ods ou CSV",
        "this archive is no workbook; save the table as .xlsx, .ods or CSV"
    ))
}
