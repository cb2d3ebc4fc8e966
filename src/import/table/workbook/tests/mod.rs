//! Workbooks made here by hand, so that each trap stands alone.

mod bounds;
mod sheets;

use std::io::Write;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

use super::*;
use crate::diagnostic::Language;

/// An archive of parts, packed.
fn zip(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (name, bytes) in parts {
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
        deflate.write_all(bytes).expect("memory takes all");
        let packed = deflate.finish().expect("memory takes all");
        let mut sum = Crc::new();
        sum.update(bytes);
        let length = |bytes: &[u8]| u32::try_from(bytes.len()).expect("small");
        let mut common = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0];
        for four in [sum.sum(), length(&packed), length(bytes)] {
            common.extend(four.to_le_bytes());
        }
        common.extend(u16::try_from(name.len()).expect("short").to_le_bytes());
        common.extend([0, 0]);
        list.extend(b"PK\x01\x02\x14\x00");
        list.extend(&common);
        list.extend([0; 10]);
        list.extend(length(&out).to_le_bytes());
        list.extend(name.as_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(name.as_bytes());
        out.extend(&packed);
    }
    let at = u32::try_from(out.len()).expect("small");
    let size = u32::try_from(list.len()).expect("small");
    let count = u16::try_from(parts.len()).expect("few");
    out.extend(&list);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    out.extend([size.to_le_bytes(), at.to_le_bytes()].concat());
    out.extend([0, 0]);
    out
}

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// What a made workbook is of.
#[derive(Default)]
struct Made<'a> {
    /// Attributes of its properties.
    properties: &'a str,
    /// Name, state and XML below `sheetData` of each sheet, with what follows it.
    sheets: &'a [(&'a str, &'a str, &'a str)],
    /// The items of its shared texts.
    strings: &'a str,
    /// The codes of its formats, each a style of cells after the first.
    formats: &'a [&'a str],
}

impl Made<'_> {
    fn bytes(&self) -> Vec<u8> {
        let relation = |id: &str, kind: &str, target: &str| {
            format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
        };
        let mut list = relation("s", "styles", "styles.xml");
        list += &relation("t", "sharedStrings", "/xl/sharedStrings.xml");
        let (mut sheets, mut parts) = (String::new(), Vec::new());
        for (at, (name, state, xml)) in self.sheets.iter().enumerate() {
            sheets = format!(
                "{sheets}<sheet name=\"{name}\" sheetId=\"{at}\" state=\"{state}\" r:id=\"r{at}\"/>"
            );
            let target = format!("worksheets/sheet{at}.xml");
            list += &relation(&format!("r{at}"), "worksheet", &target);
            let xml = format!("<worksheet><dimension ref=\"A1:XFD1048576\"/>{xml}</worksheet>");
            parts.push((format!("xl/{target}"), xml));
        }
        let (mut codes, mut styles) = (String::new(), "<xf numFmtId=\"0\"/>".to_owned());
        for (at, code) in self.formats.iter().enumerate() {
            let number = 164 + at;
            codes = format!("{codes}<numFmt numFmtId=\"{number}\" formatCode=\"{code}\"/>");
            styles = format!("{styles}<xf numFmtId=\"{number}\"/>");
        }
        let properties = self.properties;
        let of = |name: &str, text: String| (name.to_owned(), text);
        parts.extend([
            of("_rels/.rels", root(&relation("d", "officeDocument", "xl/workbook.xml"))),
            of("xl/_rels/workbook.xml.rels", root(&list)),
            of(
                "xl/workbook.xml",
                root(&format!("<workbookPr {properties}/><sheets>{sheets}</sheets>")),
            ),
            of("xl/sharedStrings.xml", root(self.strings)),
            of(
                "xl/styles.xml",
                root(&format!(
                    "<numFmts>{codes}</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>{styles}</cellXfs>"
                )),
            ),
        ]);
        let parts: Vec<(&str, Vec<u8>)> = parts
            .iter()
            .map(|(name, text)| (name.as_str(), text.clone().into_bytes()))
            .collect();
        zip(&parts)
    }
}

fn root(inner: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><x xmlns:r=\"{RELATIONS}\">{inner}</x>")
}

/// A document with some tables.
fn document(styles: &str, tables: &str) -> Vec<u8> {
    let kind = b"application/vnd.oasis.opendocument.spreadsheet".to_vec();
    let content = format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    zip(&[("mimetype", kind), ("content.xml", content.into_bytes())])
}

/// How many headers are among those that the tests know.
fn known(headers: &[String]) -> usize {
    let known = |header: &&String| ["Nom", "Statut", "Type", "Prix"].contains(&header.as_str());
    headers.iter().filter(known).count()
}

/// Headers, rows and notes as one text.
fn shown(bytes: &[u8]) -> String {
    let table = match read(bytes, &known, None) {
        Ok(table) => table,
        Err(refusal) => panic!("{}", refusal.message.en),
    };
    let rows = table
        .rows
        .iter()
        .map(|row| format!("{}:{}", row.line, row.cells.join("|")));
    let notes = table
        .notes
        .iter()
        .map(|note| note.get(Language::En).to_owned());
    let rows: Vec<String> = std::iter::once(table.headers.join("|"))
        .chain(rows)
        .chain(notes)
        .collect();
    rows.join("\n")
}

fn refused(bytes: &[u8]) -> String {
    match read(bytes, &known, None) {
        Ok(table) => panic!("{table:?}"),
        Err(refusal) => refusal.message.en,
    }
}
