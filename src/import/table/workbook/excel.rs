//! `.xlsx`: which sheets a workbook has, the texts that its cells share, and how it shows numbers.
//! ECMA-376, part 1; the variant of ISO 29500 (“strict”) has other addresses and the same names.

use std::collections::BTreeMap;

use crate::import::Refusal;
use crate::import::table::MOST_CELLS;
use crate::import::table::workbook::archive::{Archive, damaged};
use crate::import::table::workbook::format::{Epoch, Format};
use crate::import::table::workbook::grid::MOST_TEXT;
use crate::import::table::workbook::xml::{Piece, Tag, Xml, add, local};
use crate::text;

/// The most formats of cells; spreadsheet programs stop at 64,000.
const MOST_FORMATS: usize = 1 << 16;

/// A workbook as far as its sheets have it in common.
#[derive(Debug)]
pub(super) struct Workbook {
    /// The sheets that are shown, by name, and their parts.
    pub sheets: Vec<(String, String)>,
    /// The texts that cells name by their place.
    pub strings: Vec<String>,
    /// How cells of each style show a number.
    pub formats: Vec<Format>,
    /// From which day it counts.
    pub epoch: Epoch,
}

/// The part of a document that its archive names as the main one; nothing when there is none.
pub(super) fn main_part(archive: &Archive<'_>) -> Result<Option<String>, Refusal> {
    if !archive.has("_rels/.rels") {
        return Ok(None);
    }
    let relations = relations(archive, "_rels/.rels", "")?;
    let main = relations
        .into_values()
        .find(|relation| relation.kind.ends_with("/officeDocument"));
    Ok(main.map(|relation| relation.target))
}

/// Reads what the sheets share.
pub(super) fn open(archive: &Archive<'_>, main: &str) -> Result<Workbook, Refusal> {
    let (folder, name) = main.rsplit_once('/').unwrap_or(("", main));
    let list = format!("{folder}/_rels/{name}.rels");
    let relations = relations(archive, list.trim_start_matches('/'), folder)?;
    let of = |kind: &str| {
        let mut all = relations.values();
        all.find(|own| own.kind.ends_with(kind) && archive.has(&own.target))
    };
    let strings = match of("/sharedStrings") {
        Some(own) => strings(archive, &own.target)?,
        None => Vec::new(),
    };
    let formats = match of("/styles") {
        Some(own) => formats(archive, &own.target)?,
        None => Vec::new(),
    };
    let mut workbook = Workbook {
        sheets: Vec::new(),
        strings,
        formats,
        epoch: Epoch::Year1900,
    };
    let mut xml = Xml::open(archive, main)?;
    while let Some(piece) = xml.next()? {
        let Piece::Start(tag) = piece else { continue };
        match tag.local() {
            "workbookPr" if is_true(&tag, "date1904") => workbook.epoch = Epoch::Year1904,
            "sheet" if shown(&tag) => {
                let relation = tag.attribute("r:id").or_else(|| tag.attribute("id"));
                let relation = relation.and_then(|id| relations.get(id.as_ref()));
                let name = tag.attribute("name").unwrap_or_default().into_owned();
                // Charts are sheets, too, and have no cells.
                if let Some(own) = relation.filter(|own| own.kind.ends_with("/worksheet")) {
                    workbook.sheets.push((name, own.target.clone()));
                }
            }
            _ => {}
        }
    }
    Ok(workbook)
}

fn is_true(tag: &Tag, name: &str) -> bool {
    let value = tag.attribute(name);
    value.is_some_and(|value| matches!(value.as_ref(), "1" | "true" | "on"))
}

fn shown(tag: &Tag) -> bool {
    let state = tag.attribute("state");
    state.is_none_or(|state| state == "visible")
}

/// A part that another one names.
struct Relation {
    kind: String,
    target: String,
}

/// What a part names, by the ids it uses; `folder` is the part's own.
fn relations(
    archive: &Archive<'_>,
    list: &str,
    folder: &str,
) -> Result<BTreeMap<String, Relation>, Refusal> {
    let mut relations = BTreeMap::new();
    let mut xml = Xml::open(archive, list)?;
    while let Some(piece) = xml.next()? {
        let Piece::Start(tag) = piece else { continue };
        if tag.local() != "Relationship" {
            continue;
        }
        let value = |name: &str| tag.attribute(name).unwrap_or_default().into_owned();
        let relation = Relation {
            kind: value("Type"),
            target: path(folder, &value("Target")),
        };
        relations.insert(value("Id"), relation);
    }
    Ok(relations)
}

/// The name of a part that is named from a folder.
fn path(folder: &str, target: &str) -> String {
    let whole = match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The shared texts in their order; how Japanese is pronounced is none of them.
fn strings(archive: &Archive<'_>, part: &str) -> Result<Vec<String>, Refusal> {
    let mut xml = Xml::open(archive, part)?;
    let mut strings: Vec<String> = Vec::new();
    let mut letters = 0_usize;
    let mut inside = false;
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Start(tag) => match tag.local() {
                "si" if strings.len() == MOST_CELLS => return Err(too_many_texts()),
                "si" => strings.push(String::new()),
                "rPh" => xml.skip()?,
                "t" => inside = true,
                _ => {}
            },
            Piece::Text(text) if inside => {
                letters += text.len();
                if letters > MOST_TEXT {
                    return Err(too_many_texts());
                }
                add(strings.last_mut().ok_or_else(damaged)?, &text)?;
            }
            Piece::Text(_) => {}
            Piece::End(name) => match local(&name) {
                "t" => inside = false,
                "si" => {
                    if let Some(last) = strings.last_mut() {
                        *last = escaped(std::mem::take(last));
                    }
                }
                _ => {}
            },
        }
    }
    Ok(strings)
}

fn too_many_texts() -> Refusal {
    Refusal::new(text!(
        "trop de textes dans ce classeur",
        "too many texts in this workbook"
    ))
}

/// A text without the form `_x000D_` in which characters stand that XML cannot hold.
pub(super) fn escaped(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let code = rest
            .get(at + 2..at + 6)
            .filter(|_| rest[at..].get(6..7) == Some("_"));
        let letter = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        out.push_str(&rest[..at]);
        if let Some(letter) = letter.and_then(char::from_u32) {
            out.push(letter);
            rest = &rest[at + 7..];
        } else {
            out.push_str("_x");
            rest = &rest[at + 2..];
        }
    }
    out.push_str(rest);
    out
}

/// How each style of cells shows numbers.
fn formats(archive: &Archive<'_>, part: &str) -> Result<Vec<Format>, Refusal> {
    let mut xml = Xml::open(archive, part)?;
    let mut own: BTreeMap<usize, Format> = BTreeMap::new();
    let mut formats = Vec::new();
    let mut of_cells = false;
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Start(tag) => match tag.local() {
                "numFmt" if own.len() < MOST_FORMATS => {
                    let code = tag.attribute("formatCode").unwrap_or_default();
                    if let Some(number) = tag.number("numFmtId") {
                        own.entry(number).or_insert_with(|| Format::of(&code));
                    }
                }
                "cellXfs" => of_cells = true,
                "xf" if of_cells && formats.len() < MOST_FORMATS => {
                    let number = tag.number("numFmtId").unwrap_or_default();
                    let format = own.get(&number).cloned();
                    formats.push(format.unwrap_or_else(|| Format::built_in(number)));
                }
                _ => {}
            },
            Piece::End(name) if local(&name) == "cellXfs" => of_cells = false,
            Piece::End(_) | Piece::Text(_) => {}
        }
    }
    Ok(formats)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_from_where_they_are() {
        assert_eq!(
            path("xl", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml"
        );
        assert_eq!(path("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(path("xl", "../x.xml"), "x.xml");
        assert_eq!(path("", "../../x.xml"), "x.xml");
    }

    #[test]
    fn characters_that_xml_cannot_hold_are_read() {
        let read = |text: &str| escaped(text.to_owned());
        assert_eq!(read("a_x000D_\nb"), "a\r\nb");
        assert_eq!(read("_x005F_x000D_"), "_x000D_");
        assert_eq!(read("a_xé_x12"), "a_xé_x12");
        assert_eq!(read("PC_x1_x000"), "PC_x1_x000");
    }
}
