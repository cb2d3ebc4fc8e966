//! From rows to a table of a page, and the cells that all these tables share.

use crate::estate::topology::{Link as NetworkLink, type_of};
use crate::estate::{Record, RecordId, places};
use crate::schema::Choice;
use crate::site::context::{Column, Row, TableSection, Tone};
use crate::site::page::{Page, tone};

use super::super::desk::figures::{Cell, Figures};

/// A table shows this many rows; the files have all of them.
pub(super) const MOST_ROWS: usize = 500;

/// A table of a page, its first rows.
pub(super) fn section(page: &Page<'_>, id: &str, title: &str, figures: &Figures) -> TableSection {
    let column = |(place, (key, label)): (usize, &(&'static str, String))| Column {
        key: (*key).to_owned(),
        label: label.clone(),
        numeric: figures.is_numeric(place),
        facet: matches!(*key, "site" | "medium" | "security" | "action" | "rack"),
        order: Vec::new(),
        sorted: None,
    };
    let row = |cells: &Vec<Cell>| Row {
        cells: cells.iter().map(|cell| cell.value(page)).collect(),
    };
    TableSection {
        id: id.to_owned(),
        title: page.word(title),
        columns: figures.columns.iter().enumerate().map(column).collect(),
        rows: figures.rows.iter().take(MOST_ROWS).map(row).collect(),
        total: Vec::new(),
    }
}

/// How many rows a table leaves to its files, in words.
pub(super) fn left_out(page: &Page<'_>, rows: usize) -> Option<String> {
    let hidden = rows.saturating_sub(MOST_ROWS);
    (hidden > 0).then(|| page.count("desk-more", hidden))
}

/// Columns by key and heading.
pub(super) fn columns<const N: usize>(
    page: &Page<'_>,
    of: [(&'static str, &str); N],
) -> Vec<(&'static str, String)> {
    of.map(|(key, label)| (key, page.word(label))).to_vec()
}

/// A text, or nothing.
pub(super) fn text(text: Option<&str>) -> Cell {
    text.map_or(Cell::Nothing, |text| Cell::Text(text.to_owned()))
}

/// A word that programs know by a key.
pub(super) fn keyed(key: &str, text: String, tone: Option<Tone>) -> Cell {
    Cell::Keyed {
        key: key.to_owned(),
        text,
        tone,
    }
}

/// The value of a choice: programs read its key.
pub(super) fn choice(page: &Page<'_>, choice: Option<&Choice>) -> Cell {
    choice.map_or(Cell::Nothing, |it| {
        keyed(&it.key, it.labels.get(page.language).to_owned(), None)
    })
}

/// The same as a verdict, in the tone of the choice.
pub(super) fn verdict(page: &Page<'_>, of: Option<&Choice>) -> Cell {
    of.map_or(Cell::Nothing, |it| {
        let label = it.labels.get(page.language).to_owned();
        keyed(&it.key, label, Some(tone(it.tone)))
    })
}

/// A record, or nothing.
pub(super) fn record(id: Option<RecordId>) -> Cell {
    id.map_or(Cell::Nothing, Cell::Record)
}

/// What a key of an enumeration of `connected_to` is called.
pub(super) fn medium(page: &Page<'_>, key: &str) -> String {
    let kind = page.estate().schema.kind("asset");
    let field = kind.and_then(|kind| kind.field("connected_to"));
    let parts = field.map_or(&[][..], |(_, field)| field.fields());
    let choices = parts.iter().find(|part| part.key == "medium");
    let choices = choices.map_or(&[][..], |part| part.choices());
    let choice = choices.iter().find(|choice| choice.key == key);
    choice
        .map_or(key, |choice| choice.labels.get(page.language))
        .to_owned()
}

/// What is wrong with a cable, in a word: its ends disagree, or a port has two.
pub(super) fn state(page: &Page<'_>, link: &NetworkLink) -> Cell {
    let (key, label) = match (link.is_contradicted(), link.is_crowded()) {
        (true, _) => ("contradicted", "topology-contradicted"),
        (_, true) => ("crowded", "topology-crowded"),
        _ => return Cell::Nothing,
    };
    keyed(key, page.word(label), Some(Tone::Warning))
}

/// What an asset is: its type.
pub(super) fn kind(page: &Page<'_>, asset: &Record) -> String {
    let choice = asset.view().choice("type");
    let labels = choice.map_or(&asset.kind().labels, |choice| &choice.labels);
    labels.get(page.language).to_owned()
}

/// The same for a table: programs read the key.
pub(super) fn kind_cell(page: &Page<'_>, asset: &Record) -> Cell {
    let key = type_of(asset).unwrap_or(asset.kind().name.as_str());
    keyed(key, kind(page, asset), None)
}

/// The outermost place of an asset, as words; « sans lieu » without one.
pub(super) fn site_name(page: &Page<'_>, place: Option<RecordId>) -> String {
    match place {
        Some(id) => places::told(page.estate(), page.estate().record(id)),
        None => page.word("topology-no-site"),
    }
}
