//! What is refused, and what costs nothing however large it says it is.

use super::{Made, archive, document, refused, shown, zip};

fn workbook(sheet: &str, strings: &str) -> Vec<u8> {
    let made = Made {
        sheets: &[("Parc", "visible", sheet)],
        strings,
        ..Made::default()
    };
    made.bytes()
}

#[test]
fn a_far_cell_takes_no_room() {
    let sheet = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"1048576\"><c r=\"A1048576\"><v>5</v></c><c r=\"XFD1048576\"><v>6</v></c></row></sheetData>";
    assert_eq!(
        shown(&workbook(sheet, "<si><t>Nom</t></si>")),
        "Nom\n1048576:5\nmore cells than headers: line 1048576; what is beyond is left aside"
    );
}

#[test]
fn what_is_repeated_has_an_end() {
    let cell = "<table:table-cell table:number-columns-repeated=\"16384\"><text:p>Nom</text:p></table:table-cell>";
    let table = |rows: &str| {
        let row = format!(
            "<table:table-row table:number-rows-repeated=\"{rows}\">{cell}</table:table-row>"
        );
        document(
            "",
            &format!("<table:table table:name=\"x\">{row}</table:table>"),
        )
    };
    for rows in ["1048576", "18446744073709551615"] {
        assert!(
            refused(&table(rows)).starts_with("too many cells at line "),
            "{rows}"
        );
    }
    // One text of nearly a MiB in all cells of a column.
    let long = format!("<si><t>{}</t></si>", "x".repeat(1_000_000));
    let cells = "<row><c t=\"s\"><v>0</v></c></row>".repeat(300);
    let bytes = workbook(&format!("<sheetData>{cells}</sheetData>"), &long);
    assert_eq!(refused(&bytes), "too many cells at line 202");
    let long = format!("<si><t>{}</t></si>", "x".repeat(1_100_000));
    let bytes = workbook(&format!("<sheetData>{cells}</sheetData>"), &long);
    assert_eq!(refused(&bytes), "a cell of line 1 is longer than 1 MiB");
}

#[test]
fn what_is_repeated_is_counted_before_it_is_made() {
    let table = |rows: &str| {
        let rows = format!("<table:table table:name=\"x\">{rows}</table:table>");
        document("", &rows)
    };
    let row = |times: &str, cells: &str| {
        format!("<table:table-row table:number-rows-repeated=\"{times}\">{cells}</table:table-row>")
    };
    let cell = |times: &str, text: &str| {
        format!(
            "<table:table-cell table:number-columns-repeated=\"{times}\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let last = usize::MAX.to_string();
    // Half a MiB in two million cells: a thousand GiB, of one file of a KiB.
    let wide = table(&row("1", &cell("2000000", &"x".repeat(500_000))));
    assert_eq!(refused(&wide), "too many cells at line 1");
    // What stands behind what ends nowhere.
    let behind = table(&row("1", &[cell(&last, ""), cell("2", "Nom")].concat()));
    assert_eq!(refused(&behind), "too many cells at line 1");
    let below = table(&[row(&last, ""), row("1", &cell("1", "Nom"))].concat());
    assert!(refused(&below).starts_with("too many cells at line "));
    // A blank is nothing, however often.
    let blank = row(&last, &cell(&last, " "));
    let table = table(
        &[
            row("1", &cell("1", "Nom")),
            row("1", &cell("1", "a")),
            blank,
        ]
        .concat(),
    );
    assert_eq!(shown(&table), "Nom\n2:a");
}

#[test]
fn a_text_without_end_is_refused_before_it_is_whole() {
    let long = "x".repeat(3 << 20);
    let message = "a text of this workbook is longer than 2 MiB";
    for text in [
        long.clone(),
        format!("<t a=\"{long}\"/>"),
        format!("<!--{long}-->"),
    ] {
        assert_eq!(refused(&workbook("<sheetData/>", &text)), message);
    }
    // In pieces, each of which is short.
    let pieces = format!("<t>{}</t>", "xxxxxxx&amp;".repeat(3 << 17));
    let own = format!("<sheetData><row><c t=\"inlineStr\"><is>{pieces}</is></c></row></sheetData>");
    assert_eq!(refused(&workbook(&own, "")), message);
    assert_eq!(
        refused(&workbook("<sheetData/>", &format!("<si>{pieces}</si>"))),
        message
    );
    let paragraph = format!("<text:p>{}</text:p>", "x".repeat(1_100_000));
    let cell = format!("<table:table-cell>{paragraph}</table:table-cell>");
    let row = format!("<table:table-row>{cell}</table:table-row>");
    assert_eq!(
        refused(&document(
            "",
            &format!("<table:table table:name=\"x\">{row}</table:table>")
        )),
        "a cell of line 1 is longer than 1 MiB"
    );
}

/// The place of the declared size of a part in the list at the end of an archive.
fn declared(bytes: &[u8], name: &str) -> usize {
    let name = name.as_bytes();
    let at = bytes.windows(name.len()).rposition(|part| part == name);
    at.expect("the part is there") - 46 + 24
}

#[test]
fn archives_that_unpack_to_more_than_they_say_are_refused() {
    let good = workbook("<sheetData/>", "<si><t>Nom</t></si>");
    let part = "xl/sharedStrings.xml";
    let at = declared(&good, part);
    let with = |size: u32| {
        let mut bytes = good.clone();
        bytes[at..at + 4].copy_from_slice(&size.to_le_bytes());
        refused(&bytes)
    };
    let cut = "the workbook is cut or damaged; open it in a spreadsheet program and save it again";
    assert_eq!(with(10), cut);
    assert_eq!(with(10_000), cut);
    assert_eq!(
        with(u32::MAX),
        "the workbook is too large once unpacked: 256 MiB at most"
    );
    // All parts together: what one has taken is gone.
    let half = vec![b' '; 200 << 20];
    let bytes = zip(&[("a", half)]);
    let archive = archive::Archive::open(&bytes).expect("a list of parts");
    let mut part = archive.part("a").expect("a part");
    std::io::copy(&mut part, &mut std::io::sink()).expect("its bytes");
    let again = archive.part("A").err().expect("no room");
    assert!(again.message.en.starts_with("the workbook is too large"));
}

#[test]
fn other_formats_are_refused_with_what_to_do() {
    let encrypted = "the workbook is encrypted; open it, remove its password and save it again";
    let old = "a workbook in an old format (.xls, .xlsb); save it as .xlsx or .ods";
    let container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    assert_eq!(refused(&container), old);
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(refused(&[container, name].concat()), encrypted);
    let main = |target: &str| {
        let relation = format!(
            "<x><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"{target}\"/></x>"
        );
        zip(&[
            ("_rels/.rels", relation.into_bytes()),
            ("word/document.xml", b"<x/>".to_vec()),
        ])
    };
    assert_eq!(refused(&main("xl/workbook.bin")), old);
    let none = "this archive is no workbook; save the table as .xlsx, .ods or CSV";
    assert_eq!(refused(&main("word/document.xml")), none);
    assert_eq!(refused(&zip(&[("a.txt", b"a".to_vec())])), none);
    let letter = b"application/vnd.oasis.opendocument.text".to_vec();
    let content = ("content.xml", b"<x/>".to_vec());
    assert_eq!(
        refused(&zip(&[("mimetype", letter), content.clone()])),
        none
    );
    let list = b"<m:m><m:file-entry><m:encryption-data/></m:file-entry></m:m>".to_vec();
    assert_eq!(
        refused(&zip(&[("META-INF/manifest.xml", list), content])),
        encrypted
    );
    let table = "<!DOCTYPE x [<!ENTITY a \"b\">]><sheetData/>";
    assert!(refused(&workbook(table, "")).contains("DOCTYPE"));
    assert_eq!(
        refused(&workbook("<sheetData/>", "")),
        "no sheet of this workbook has a line of headers"
    );
}

#[test]
fn no_damage_is_more_than_a_refusal() {
    let sheet = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\"><c r=\"A2\" s=\"1\"><v>5</v></c></row></sheetData>";
    let whole = workbook(sheet, "<si><t>Nom</t></si>");
    for at in 0..whole.len() {
        let _ = super::read(&whole[..at], &super::known, None);
        for bit in [0x01, 0x80, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] ^= bit;
            let _ = super::read(&bytes, &super::known, None);
        }
    }
}
