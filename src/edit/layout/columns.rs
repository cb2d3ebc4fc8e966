//! In which column each key and dash of a file belongs, and by how much the lines that go on with a value move.

use std::collections::BTreeMap;

use crate::edit::Reason;
use crate::edit::splices::{Splices, bounds};
use crate::schema::{Field, find_field};
use crate::yaml::{Node, Shape};

/// Blanks for each level of depth.
const LEVEL: usize = 2;

/// What becomes of a file's lines, by places in its text.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// The new column of what opens a line (a key, a dash), by where it stands.
    pub opening: BTreeMap<usize, usize>,
    /// Lines that go on with a value: the start of each, and by how many columns it moves.
    pub following: BTreeMap<usize, isize>,
    /// Pieces within lines (blanks beside colons and dashes, keys in other words than the schema's).
    /// By where they begin: where they end, and what stands there instead.
    pub pieces: BTreeMap<usize, (usize, String)>,
}

/// A key or a dash: what its value's lines move with.
#[derive(Clone, Copy)]
struct Owner {
    was: usize,
    is: usize,
}

impl Columns {
    /// The columns of a file with one record, or a list of them.
    pub(super) fn of(splices: &Splices<'_>, root: &Node, fields: &[Field]) -> Result<Self, Reason> {
        let mut columns = Self::default();
        columns.place(splices, root, fields, 0)?;
        Ok(columns)
    }

    /// Places a block whose keys or dashes belong in a column.
    fn place(
        &mut self,
        splices: &Splices<'_>,
        node: &Node,
        fields: &[Field],
        column: usize,
    ) -> Result<(), Reason> {
        if splices.is_flow(node) {
            return Ok(());
        }
        match &node.shape {
            Shape::Scalar { .. } => {}
            Shape::Mapping(entries) => {
                for (key, value) in entries {
                    let at = bounds(key.range).0;
                    let owner = self.open(splices, at, column);
                    let found = key.text().and_then(|name| find_field(fields, name));
                    self.key(splices, key, found.map(|(_, field)| field.key.as_str()))?;
                    let inner = found.map_or(&[][..], |(_, field)| field.fields());
                    self.value(splices, value, inner, owner)?;
                }
            }
            Shape::Sequence(items) => {
                for item in items {
                    let dash = splices.dash(item)?;
                    let owner = self.open(splices, dash, column);
                    self.one_blank(splices, dash + 1);
                    self.value(splices, item, fields, owner)?;
                }
            }
        }
        Ok(())
    }

    /// Notes the column of a key or dash, if its line begins with it.
    fn open(&mut self, splices: &Splices<'_>, at: usize, column: usize) -> Owner {
        if splices.opens_line(at) {
            self.opening.insert(at, column);
        }
        Owner {
            was: splices.column(at),
            is: column,
        }
    }

    /// A key in the schema's words, its colon at once after it, and one blank after that.
    fn key(&mut self, splices: &Splices<'_>, key: &Node, name: Option<&str>) -> Result<(), Reason> {
        let (start, end) = bounds(key.range);
        let colon = splices.colon(key)?;
        let written = key.text().unwrap_or_default();
        let name = name.filter(|name| *name != written);
        let text = name.unwrap_or_else(|| splices.slice(start, end));
        self.pieces.insert(start, (colon, format!("{text}:")));
        self.one_blank(splices, colon);
        Ok(())
    }

    /// One blank between a mark and what follows it on its line. A comment keeps its distance.
    fn one_blank(&mut self, splices: &Splices<'_>, after: usize) {
        let rest = splices.slice(after, splices.line_end(after));
        let value = rest.trim_start_matches(' ');
        if !value.is_empty() && !value.starts_with('#') && value.len() < rest.len() {
            let blanks = after + rest.len() - value.len();
            self.pieces.insert(after, (blanks, " ".to_owned()));
        }
    }

    /// A value: a block of its own, one level deeper, or lines that move with their key.
    fn value(
        &mut self,
        splices: &Splices<'_>,
        value: &Node,
        fields: &[Field],
        owner: Owner,
    ) -> Result<(), Reason> {
        let is_block = !matches!(value.shape, Shape::Scalar { .. }) && !splices.is_flow(value);
        if is_block {
            return self.place(splices, value, fields, owner.is + LEVEL);
        }
        let (start, end) = (bounds(value.range).0, splices.end_of(value));
        // A block text begins below its header, other values on the line where they begin.
        let mut line = match splices.block_header(value) {
            Some((header, _)) => next_line(splices, header),
            None if splices.opens_line(start) => Some(splices.line_start(start)),
            None => next_line(splices, start),
        };
        let moved = owner.is.cast_signed() - owner.was.cast_signed();
        while let Some(at) = line.filter(|at| *at < end) {
            self.following.insert(at, moved);
            line = next_line(splices, at);
        }
        Ok(())
    }
}

/// The start of the line after that of a place.
fn next_line(splices: &Splices<'_>, at: usize) -> Option<usize> {
    let rest = &splices.file.text[at..];
    rest.find('\n').map(|newline| at + newline + 1)
}
