//! What sheets say, and which of them is read.

use super::{Made, document, shown};

#[test]
fn cells_are_read_as_they_are_shown() {
    let sheet = "<sheetData>\
        <row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><r><t>Sta</t></r><r><t>tut</t></r><rPh><t>x</t></rPh></is></c><c r=\"C1\" t=\"str\"><f>A1&amp;\"x\"</f><v>Prix</v></c><c r=\"D1\" t=\"s\"><v>1</v></c></row>\
        <row r=\"4\"><c r=\"A4\" s=\"1\"><v>5</v></c><c r=\"B4\" t=\"b\"><v>1</v></c><c r=\"C4\" s=\"2\"><f>1*1</f><v>1499.8799999999999</v></c><c r=\"D4\" s=\"3\"><v>46172</v></c></row>\
        <row r=\"5\"><c r=\"A5\"><v>7.0</v></c><c r=\"B5\" t=\"e\"><v>#N/A</v></c><c r=\"D5\" t=\"d\"><v>2026-05-30</v></c></row>\
        <row><c t=\"s\"><v>2</v></c><c/><c><v>3.60123456789012E14</v></c></row>\
        </sheetData>";
    let made = Made {
        sheets: &[("Parc", "visible", sheet)],
        strings: "<si><t>Nom</t></si><si><t xml:space=\"preserve\"> Acheté </t></si><si><r><t>PC</t></r><r><t>-1_x000D_\n&amp; 2</t></r><rPh><t>x</t></rPh></si>",
        formats: &["000000", "#,##0.00\\ &quot;€&quot;", "dd/mm/yyyy"],
        ..Made::default()
    };
    assert_eq!(
        shown(&made.bytes()),
        "Nom|Statut|Prix|Acheté\n4:000005|true|1499.88|2026-05-30\n5:7|||2026-05-30\n6:PC-1\r\n& 2||360123456789012|\ncells in error (`#N/A`, `#REF!`…), left empty: line 5"
    );
    let old_macintosh = Made {
        properties: "date1904=\"1\"",
        ..made
    };
    assert!(shown(&old_macintosh.bytes()).contains("|2030-05-31\n5:"));
}

#[test]
fn names_may_have_a_prefix() {
    let sheet = "<x:sheetData><x:row><x:c t=\"inlineStr\"><x:is><x:t>Nom</x:t></x:is></x:c></x:row><x:row><x:c><x:v>5</x:v></x:c></x:row></x:sheetData>";
    let made = Made {
        sheets: &[("Parc", "visible", sheet)],
        ..Made::default()
    };
    assert_eq!(shown(&made.bytes()), "Nom\n2:5");
}

fn text(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

#[test]
fn headers_stand_below_titles_and_in_merged_cells() {
    let cells = [
        text("A1", "Inventaire au 21 novembre"),
        text("A3", "Nom"),
        text("B3", "Achat"),
        text("C4", "Prix"),
        text("B4", "Statut"),
        text("A5", "PC-1"),
        text("E5", "de trop"),
        text("C6", "12"),
    ];
    let sheet = format!(
        "<sheetData><row>{}</row></sheetData><mergeCells><mergeCell ref=\"A3:A4\"/><mergeCell ref=\"B3:C3\"/><mergeCell ref=\"A5:A6\"/><mergeCell ref=\"x\"/></mergeCells>",
        cells.concat()
    );
    let made = Made {
        sheets: &[("Parc", "visible", &sheet)],
        ..Made::default()
    };
    assert_eq!(
        shown(&made.bytes()),
        "Nom|Statut|Prix\n5:PC-1||\n6:||12\nmore cells than headers: line 5; what is beyond is left aside"
    );
}

#[test]
fn the_first_sheet_with_a_known_header_is_read() {
    let sheet = |cells: &[&str]| {
        let cells: String = cells
            .iter()
            .map(|cell| text("A1", cell).replace(" r=\"A1\"", ""))
            .collect();
        format!(
            "<sheetData><row>{cells}</row><row>{cells}</row><row><c><v>1</v></c></row></sheetData>"
        )
    };
    let (cover, secret) = (
        sheet(&["Nom", "du classeur"]),
        sheet(&["Nom", "Type", "Prix"]),
    );
    let (own, other) = (sheet(&["Nom", "Statut"]), sheet(&["Nom", "Statut", "Type"]));
    let sheets = [
        ("Lisez-moi", "visible", cover.as_str()),
        ("Caché", "hidden", &secret),
        ("Très caché", "veryHidden", &secret),
        ("Parc", "visible", &own),
        ("Ancien", "visible", &other),
    ];
    let made = Made {
        sheets: &sheets,
        ..Made::default()
    };
    assert_eq!(
        shown(&made.bytes()),
        "Nom|Statut\n3:1|\nsheet read: “Parc”; left aside: “Lisez-moi”, “Ancien”"
    );
    let made = Made {
        sheets: &sheets[..1],
        ..Made::default()
    };
    assert_eq!(shown(&made.bytes()), "Nom|du classeur\n3:1|");
}

#[test]
fn open_documents_are_read_as_they_are_shown() {
    let hidden = "<style:style style:name=\"ta1\"><style:table-properties table:display=\"true\"/></style:style><style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style>";
    let cell = |attributes: &str, text: &str| {
        format!("<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>")
    };
    let header = [
        cell("", "Nom"),
        cell("", "Statut"),
        cell("", "Prix"),
        cell("table:number-columns-repeated=\"2\"", "Lieu"),
    ];
    let values = [
        cell(
            "office:value-type=\"string\"",
            "<text:span>PC</text:span><text:s text:c=\"2\"/>1<office:annotation><text:p>CANARI</text:p></office:annotation></text:p><text:p>bis",
        ),
        cell(
            "office:value-type=\"boolean\" office:boolean-value=\"true\"",
            "VRAI",
        ),
        cell(
            "office:value-type=\"currency\" office:value=\"1249.9\"",
            "1 249,90 €",
        ),
        cell(
            "office:value-type=\"date\" office:date-value=\"2026-05-30T15:38:54\"",
            "30/05/26",
        ),
        cell(
            "office:value-type=\"string\" calcext:value-type=\"error\"",
            "#N/A",
        ),
    ];
    let rows = format!(
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row><table:table-header-rows><table:table-row>{}</table:table-row></table:table-header-rows><table:table-row table:number-rows-repeated=\"2\">{}</table:table-row><table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>",
        header.concat(),
        values.concat()
    );
    let tables = format!(
        "<table:tracked-changes><table:table-row>{0}</table:table-row></table:tracked-changes><table:table table:name=\"Caché\" table:style-name=\"ta2\"><table:table-row>{0}</table:table-row></table:table><table:table table:name=\"Parc\" table:style-name=\"ta1\"><table:shapes><text:p>x</text:p></table:shapes>{rows}</table:table><table:table table:name=\"Autre\"/>",
        header.concat()
    );
    assert_eq!(
        shown(&document(hidden, &tables)),
        "Nom|Statut|Prix|Lieu|Lieu\n4:PC  1\nbis|true|1249.90|2026-05-30T15:38:54|\n5:PC  1\nbis|true|1249.90|2026-05-30T15:38:54|\nsheet read: “Parc”; left aside: “Autre”\ncells in error (`#N/A`, `#REF!`…), left empty: line 4"
    );
}
