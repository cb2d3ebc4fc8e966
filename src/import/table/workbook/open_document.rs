//! `.ods` → its tables, one after the other (`OpenDocument` 1.3, part 3). What a number is shown as stands
//! beside it, so that 000005 stays 000005; what is repeated a million times is counted before it is made.

use std::collections::BTreeSet;
use std::io::Read;
use std::ops::Range;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::import::Refusal;
use crate::import::table::LONGEST_CELL;
use crate::import::table::workbook::archive::{Archive, damaged};
use crate::import::table::workbook::format::{number, rounded};
use crate::import::table::workbook::grid::{Grid, Merged, Room, too_long, too_many};
use crate::import::table::workbook::xml::{Piece, Tag, Xml};

/// The part that holds the tables.
const CONTENT: &str = "content.xml";
/// The farthest row or column that may hold anything: sixteen times as far as any program shows.
const FARTHEST: usize = 1 << 24;

/// A document whose tables are read in their order.
pub(super) struct Document<'a> {
    xml: Xml<'a>,
    /// Styles of tables that are not shown.
    hidden: BTreeSet<String>,
}

/// Whether a document is a spreadsheet, and no text with tables in it.
pub(super) fn is_spreadsheet(archive: &Archive<'_>) -> Result<bool, Refusal> {
    const NAME: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    let mut start = Vec::new();
    let part = archive.part("mimetype")?;
    let read = part.take(NAME.len() as u64).read_to_end(&mut start);
    read.map_err(|_| archive.refusal().unwrap_or_else(damaged))?;
    Ok(start == NAME)
}

/// Whether a document is encrypted: its list of parts says so, or its one part is another document.
pub(super) fn is_encrypted(archive: &Archive<'_>) -> Result<bool, Refusal> {
    const LIST: &str = "META-INF/manifest.xml";
    if archive.has("encrypted-package") {
        return Ok(true);
    }
    if !archive.has(LIST) {
        return Ok(false);
    }
    let mut xml = Xml::open(archive, LIST)?;
    while let Some(piece) = xml.next()? {
        if matches!(piece, Piece::Start(tag) if tag.local() == "encryption-data") {
            return Ok(true);
        }
    }
    Ok(false)
}

impl<'a> Document<'a> {
    /// Opens the document of an archive.
    pub fn open(archive: &'a Archive<'a>) -> Result<Self, Refusal> {
        Ok(Self {
            xml: Xml::open(archive, CONTENT)?,
            hidden: BTreeSet::new(),
        })
    }

    /// The name of the next table that is shown; the reader stands in it. `None` after the last.
    pub fn next_table(&mut self) -> Result<Option<String>, Refusal> {
        let mut style = String::new();
        while let Some(piece) = self.xml.next()? {
            let Piece::Start(tag) = piece else { continue };
            let value = |name: &str| tag.attribute(name).unwrap_or_default().into_owned();
            match tag.name() {
                "style:style" => style = value("style:name"),
                "style:table-properties" if value("table:display") == "false" => {
                    self.hidden.insert(std::mem::take(&mut style));
                }
                "table:tracked-changes" | "table:dde-links" => self.xml.skip()?,
                "table:table" if self.hidden.contains(&value("table:style-name")) => {
                    self.xml.skip()?;
                }
                "table:table" => return Ok(Some(value("table:name"))),
                _ => {}
            }
        }
        Ok(None)
    }

    /// Passes over the table in which the reader stands.
    pub fn pass(&mut self) -> Result<(), Refusal> {
        self.xml.skip()
    }

    /// Reads the table in which the reader stands.
    pub fn table(&mut self, room: &Room) -> Result<Grid, Refusal> {
        let mut grid = Grid::default();
        let mut line = 1_usize;
        loop {
            match self.xml.next()?.ok_or_else(damaged)? {
                Piece::Start(tag) => match tag.name() {
                    "table:table-row" => {
                        let times = repeated(&tag, "table:number-rows-repeated");
                        self.row((line, times), (&mut grid, room))?;
                        line = line.saturating_add(times);
                    }
                    "table:table" | "table:shapes" | "office:forms" | "table:named-expressions" => {
                        self.xml.skip()?;
                    }
                    _ => {}
                },
                Piece::End(name) if name == "table:table" => return Ok(grid),
                Piece::End(_) | Piece::Text(_) => {}
            }
        }
    }

    /// One row, as often as it stands.
    fn row(
        &mut self,
        (line, times): (usize, usize),
        (grid, room): (&mut Grid, &Room),
    ) -> Result<(), Refusal> {
        // Each text once, with its first column and the one after its last.
        let mut cells: Vec<(Range<usize>, String, bool)> = Vec::new();
        let mut column = 0_usize;
        loop {
            match self.xml.next()?.ok_or_else(damaged)? {
                Piece::Start(tag) => match tag.name() {
                    "table:table-cell" | "table:covered-table-cell" => {
                        let wide = repeated(&tag, "table:number-columns-repeated");
                        let spans = |name: &str| tag.number(name).unwrap_or(1).max(1);
                        let rows = spans("table:number-rows-spanned");
                        let columns = spans("table:number-columns-spanned");
                        if rows > 1 {
                            grid.merge(Merged {
                                lines: (line, line.saturating_add(rows - 1)),
                                columns: (column, column.saturating_add(columns - 1)),
                            });
                        }
                        match self.cell(&tag, line)? {
                            None => grid.error(line),
                            // What is empty may be repeated without end, and costs nothing.
                            Some(text) if text.trim().is_empty() => {}
                            Some(text) => {
                                let columns = column..column.saturating_add(wide);
                                cells.push((columns, text, is_number(&tag)));
                            }
                        }
                        column = column.saturating_add(wide);
                    }
                    _ => self.xml.skip()?,
                },
                Piece::End(name) if name == "table:table-row" => break,
                Piece::End(_) | Piece::Text(_) => {}
            }
        }
        if cells.is_empty() {
            return Ok(());
        }
        let end = line.saturating_add(times);
        if end > FARTHEST || cells.iter().any(|(columns, ..)| columns.end > FARTHEST) {
            return Err(too_many(line));
        }
        for line in line..end {
            for (columns, text, is_number) in &cells {
                for column in columns.clone() {
                    if *is_number {
                        grid.put_number(room, (line, column), text)?;
                    } else {
                        grid.put(room, (line, column), text)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// What a cell shows; nothing when it is in error.
    fn cell(&mut self, tag: &Tag, line: usize) -> Result<Option<String>, Refusal> {
        let shown = self.paragraphs(line)?;
        let value = |name: &str| tag.attribute(name).unwrap_or_default().into_owned();
        if value("calcext:value-type") == "error" {
            return Ok(None);
        }
        let number = value("office:value");
        Ok(Some(match value("office:value-type").as_str() {
            "float" => as_shown(&number, &shown, false),
            "currency" => {
                let amount = as_shown(&number, &shown, false);
                match value("office:currency").as_str() {
                    "" | "EUR" => amount,
                    // Other money goes on with its name, so that nobody takes it for euros.
                    other if number.is_empty() || amount.contains(other) => amount,
                    other => format!("{amount} {other}"),
                }
            }
            "percentage" => as_shown(&number, &shown, true),
            "date" => value("office:date-value")
                .trim_end_matches("T00:00:00")
                .to_owned(),
            "boolean" => value("office:boolean-value"),
            _ => shown,
        }))
    }

    /// The text of the cell in which the reader stands, up to its end; notes and drawings are none.
    fn paragraphs(&mut self, line: usize) -> Result<String, Refusal> {
        let mut text = String::new();
        let mut depth = 1_usize;
        let mut paragraphs = 0_usize;
        while depth > 0 {
            match self.xml.next()?.ok_or_else(damaged)? {
                Piece::Start(tag) => {
                    let name = tag.name();
                    if name.starts_with("draw:")
                        || matches!(name, "office:annotation" | "text:note")
                    {
                        self.xml.skip()?;
                        continue;
                    }
                    match name {
                        "text:p" => {
                            if paragraphs > 0 {
                                text.push('\n');
                            }
                            paragraphs += 1;
                        }
                        "text:s" => {
                            let blanks = tag.number("text:c").unwrap_or(1);
                            text.extend(std::iter::repeat_n(' ', blanks.min(1_000)));
                        }
                        "text:tab" => text.push('\t'),
                        "text:line-break" => text.push('\n'),
                        _ => {}
                    }
                    depth += 1;
                }
                Piece::End(_) => depth -= 1,
                // Between paragraphs stands what makes the file easier to read.
                Piece::Text(own) if depth > 1 => text.push_str(&own),
                Piece::Text(_) => {}
            }
            if text.len() > LONGEST_CELL {
                return Err(too_long(line));
            }
        }
        Ok(text)
    }
}

fn repeated(tag: &Tag, name: &str) -> usize {
    tag.number(name).unwrap_or(1).max(1)
}

/// Whether a cell is a number, and no text of digits.
fn is_number(tag: &Tag) -> bool {
    let kind = tag.attribute("office:value-type").unwrap_or_default();
    matches!(&*kind, "float" | "currency" | "percentage")
}

/// A number with the digits with which it is shown: `1249.9` shown as `1 249,90 €` is `1249.90`.
fn as_shown(value: &str, shown: &str, percent: bool) -> String {
    let Some(exact) = number(value) else {
        return shown.to_owned();
    };
    if let Some(rounded) = rounded(exact).filter(|_| !percent) {
        return rounded;
    }
    let shown = shown.trim();
    let is_digit = |letter: char| letter.is_ascii_digit();
    let digits: String = shown.chars().filter(|letter| is_digit(*letter)).collect();
    // `PC-0012` and `000005`: zeros ahead are part of what people see, and so is what stands before.
    if digits.len() > 1 && digits.starts_with('0') && !shown.contains([',', '.', '%']) {
        return shown.to_owned();
    }
    let percents = if percent {
        exact.checked_mul(Decimal::ONE_HUNDRED)
    } else {
        Some(exact)
    };
    let Some(exact) = percents else {
        return shown.to_owned();
    };
    let mark = if percent { "%" } else { "" };
    let decimals = shown.rfind([',', '.']).map(|at| {
        let part = shown[at..]
            .chars()
            .filter(|letter| is_digit(*letter))
            .count();
        u32::try_from(part).map_or(Decimal::MAX_SCALE, |part| part.min(Decimal::MAX_SCALE))
    });
    for places in [decimals.unwrap_or_default(), 0] {
        let strategy = RoundingStrategy::MidpointAwayFromZero;
        let mut rounded = exact.round_dp_with_strategy(places, strategy);
        rounded.rescale(places);
        let own: String = rounded
            .to_string()
            .chars()
            .filter(|letter| is_digit(*letter))
            .collect();
        if own == digits {
            return format!("{rounded}{mark}");
        }
    }
    format!("{}{mark}", exact.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_digits_that_are_shown() {
        let cases = [
            ("5", "000005", false, "000005"),
            ("12", "PC-0012", false, "PC-0012"),
            ("1249.9", "1 249,90 €", false, "1249.90"),
            ("1249.9", "1,249.90", false, "1249.90"),
            ("1249", "1.249", false, "1249"),
            ("1499.8799999", "1499.88", false, "1499.88"),
            ("0.15", "15 %", true, "15%"),
            ("0.5", "0,5", false, "0.5"),
            ("7", "", false, "7"),
            ("3.60123456789012E14", "3,6E+14", false, "360123456789012"),
            ("-2.5", "-2,5", false, "-2.5"),
            ("", "x", false, "x"),
            ("7.9e28", "7,9E+28", true, "7,9E+28"),
        ];
        for (value, shown, percent, expected) in cases {
            assert_eq!(as_shown(value, shown, percent), expected, "{value} {shown}");
        }
    }
}
