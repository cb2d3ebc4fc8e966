//! The list of a kind: a table that can be sorted and filtered in the browser.

use serde::Serialize;

use super::frame::Frame;
use super::value::{Html, Link, Value};

/// Received by `list.html`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ListContext {
    /// Around the page.
    pub frame: Frame,
    /// The folder's own words (`index.md`), above the table.
    pub introduction: Option<Html>,
    /// How many records there are in all, on this and other pages of the list.
    pub count: usize,
    /// How many tickets are late, and the list of them; `None` where none is.
    pub late: Option<Link>,
    /// Headings.
    pub columns: Vec<Column>,
    /// Records, sorted.
    pub rows: Vec<Row>,
    /// The same table as CSV.
    pub csv: Option<Link>,
    /// Other views of the kind (licence positions, addressing plan).
    pub views: Vec<Link>,
    /// Pages of a long list.
    pub pager: Option<Pager>,
    /// The rows of all its pages as data; `None` for a list on one page.
    pub whole: Option<WholeList>,
    /// The command that makes the first record, shown when the list is empty (`carnet new asset`).
    pub new_command: Option<String>,
}

/// Where the browser finds the rows of a list that is cut into pages (`src/site/rows.rs`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WholeList {
    /// A link to the first page of the list: its data stands in `_rows/` beside it, and links of the data start there.
    pub folder: String,
    /// How many pieces the data has: `1.json` and so on.
    pub pieces: usize,
    /// The values that each column offers as a filter, sorted; none for the others.
    pub values: Vec<Vec<String>>,
    /// How many rows there are in all.
    pub count: usize,
}

/// A column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Column {
    /// The field's key.
    pub key: String,
    /// Heading.
    pub label: String,
    /// Numbers and amounts: set to the right, sorted by value.
    pub numeric: bool,
    /// Whether its values are few enough to be offered as a filter.
    pub facet: bool,
    /// Its values in the order people know, where that is not the alphabet's: the filter offers them so.
    pub order: Vec<String>,
    /// `ascending` or `descending` when the rows arrive sorted by it.
    pub sorted: Option<&'static str>,
}

/// A record in a list. The first cell heads the row and is a link to the record.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Row {
    /// As many as there are columns.
    pub cells: Vec<Value>,
}

/// Pages of a long list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Pager {
    /// This page, from 1.
    pub current: usize,
    /// How many there are.
    pub total: usize,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// Pages worth a link (first, last, neighbours), in order; the current one has no address and a gap is `…`.
    pub pages: Vec<Link>,
}
