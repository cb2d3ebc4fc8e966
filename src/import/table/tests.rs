//! The traps of exported tables, each in the form in which it was seen.

use super::*;
use crate::diagnostic::Language;

fn table(bytes: &[u8]) -> Table {
    read(bytes, &|_| 0, None).unwrap_or_else(|refusal| panic!("{}", refusal.message.en))
}

fn refused(bytes: &[u8]) -> String {
    match read(bytes, &|_| 0, None) {
        Ok(table) => panic!("{table:?}"),
        Err(refusal) => refusal.message.en,
    }
}

/// Headers and rows, as one text.
fn shown(table: &Table) -> String {
    let rows = table
        .rows
        .iter()
        .map(|row| format!("{}:{}", row.line, row.cells.join("|")));
    let rows: Vec<String> = std::iter::once(table.headers.join("|"))
        .chain(rows)
        .collect();
    rows.join("\n")
}

fn notes(table: &Table) -> Vec<&str> {
    table
        .notes
        .iter()
        .map(|note| note.get(Language::En))
        .collect()
}

#[test]
fn encodings_are_told_from_the_bytes() {
    let expected = "Nom|Coût\n2:Élodie Œuvray|12 €";
    let text = "Nom;Coût\r\nÉlodie Œuvray;12 €\r\n";
    assert_eq!(shown(&table(text.as_bytes())), expected);
    assert_eq!(
        shown(&table(format!("\u{feff}{text}").as_bytes())),
        expected
    );
    let units: Vec<u16> = text.encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    for (mark, bytes) in [
        (&[0xff, 0xfe][..], &little),
        (&[0xfe, 0xff], &big),
        (&[], &little),
        (&[], &big),
    ] {
        assert_eq!(shown(&table(&[mark, bytes].concat())), expected);
    }
    let windows = b"Nom;Co\xfbt\r\n\xc9lodie \x8cuvray;12 \x80\r\n";
    assert_eq!(shown(&table(windows)), expected);
    assert_eq!(
        refused(&[&[0xff, 0xfe][..], &little, b"x"].concat()),
        "UTF-16 text that is cut or damaged"
    );
    assert_eq!(
        refused(b"\x7fELF\x02\x01\x01\0\0\0\x03"),
        "this is no text file"
    );
}

#[test]
fn separators_are_found_outside_of_quotes() {
    for sign in [";", ",", "\t", "|"] {
        let text = format!("\"a;b,c\td|e\"{sign}f{sign}g\n1{sign}2{sign}3\n");
        assert_eq!(
            table(text.as_bytes()).headers,
            ["a;b,c\td|e", "f", "g"],
            "{sign}"
        );
    }
    assert_eq!(shown(&table(b"Name\nA, B\n")), "Name\n2:A, B");
    assert_eq!(shown(&table(b"sep=;\nA,B;C\n1,2;3\n")), "A,B|C\n3:1,2|3");
}

#[test]
fn lines_end_in_three_ways_and_in_quotes() {
    for end in ["\n", "\r", "\r\n"] {
        let text = ["a,b", "1,\"x", "y\"", "", "2,\"\"\"z\"\"\""].join(end);
        let expected = format!("a|b\n2:1|x{end}y\n5:2|\"z\"");
        assert_eq!(shown(&table(text.as_bytes())), expected);
    }
    assert_eq!(shown(&table(b"a, \"b\"\n1, \"2\"x\n")), "a|b\n2:1|2x");
}

#[test]
fn lines_above_the_header_are_none_of_it() {
    let text = "#TYPE Selected.Microsoft.ActiveDirectory.Management.ADUser\r\n\"Name\",\"Enabled\"\r\n\"A\",\"True\"\r\n";
    assert_eq!(shown(&table(text.as_bytes())), "Name|Enabled\n3:A|True");
    let made_up = table(b"Column1;Column2\nNom;Statut\nA;B\nNom;Statut\nC;D\n");
    assert_eq!(shown(&made_up), "Nom|Statut\n3:A|B\n5:C|D");
    assert_eq!(
        notes(&made_up),
        ["line 1 left aside: column names that a spreadsheet added"]
    );
    assert_eq!(refused(b"\n\n"), "there is no line of headers");
}

#[test]
fn rows_that_do_not_fit_are_told_by_line() {
    let table = table(b"a;b;a;\n1;2;3;\n1\n1;2;3;4;5\n1;2;3;;\n6;7\n");
    assert_eq!(
        shown(&table),
        "a|b|a\n2:1|2|3\n3:1\n4:1|2|3\n5:1|2|3\n6:6|7"
    );
    assert_eq!(
        notes(&table),
        [
            "more cells than headers: line 4; what is beyond is left aside",
            "fewer cells than headers: lines 3, 6"
        ]
    );
    assert_eq!(table.cell(&table.rows[1], 2), "");
}

#[test]
fn what_is_too_large_or_cut_is_refused() {
    assert_eq!(
        refused(b"a,b\n1,\"two\n3,4\n"),
        "the quote that opens at line 2 is never closed"
    );
    let long = "x".repeat(LONGEST_CELL + 1);
    assert_eq!(
        refused(format!("a\n{long}").as_bytes()),
        "a cell of line 2 is longer than 1 MiB"
    );
    assert_eq!(
        refused(format!("a\n\"{long}\"").as_bytes()),
        "a cell of line 2 is longer than 1 MiB"
    );
    assert_eq!(
        refused(",".repeat(MOST_COLUMNS).as_bytes()),
        "too many cells at line 1"
    );
    let tall = ",\n".repeat(MOST_CELLS / 2 + 1);
    assert_eq!(
        refused(tall.as_bytes()),
        format!("too many cells at line {}", MOST_CELLS / 2 + 1)
    );
    assert_eq!(
        refused(&vec![b'x'; LARGEST_FILE + 1]),
        "the file is too large: 48 MiB at most"
    );
}

#[test]
fn what_is_no_table_is_refused_by_its_name() {
    for (bytes, what) in [
        (&b"%PDF-1.7\n1 0 obj"[..], "a PDF"),
        (b"\xef\xbb\xbf{\"issues\": [", "JSON"),
        (b"[\n {\"id\": 1}", "JSON"),
        (b"<?xml version=\"1.0\"?>", "XML or HTML"),
        (b"<!DOCTYPE html>", "XML or HTML"),
    ] {
        let told = refused(bytes);
        assert!(
            told.starts_with(&format!("this file is no table but {what}:")),
            "{told}"
        );
    }
    assert_eq!(shown(&table(b"[id],name\n1,a\n")), "[id]|name\n2:1|a");
}
