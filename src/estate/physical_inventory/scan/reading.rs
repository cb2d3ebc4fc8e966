//! Reads a scanned list: a code a line, or a table with a column of codes, as scanners, telephones and
//! spreadsheets write them.

use jiff::civil::Date;

use crate::fold::fold;
use crate::project;

/// A line of a scanned list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scanned {
    /// Its line in the file, from 1.
    pub line: usize,
    /// The code as read: a tag, the address of a QR code, a serial number or an id.
    pub code: String,
    /// When it was read.
    pub day: Option<Date>,
    /// Where, as the list names the place.
    pub place: Option<String>,
    /// In which room.
    pub room: Option<String>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Code,
    Number,
    Id,
    Serial,
    Day,
    Place,
    Room,
    Found,
}

/// Headings without case and accents. The columns that name an asset come in the order of trust.
const HEADINGS: [(Column, &[&str]); 8] = [
    (
        Column::Code,
        &[
            "code",
            "codes",
            "qr",
            "code qr",
            "qr code",
            "code-barres",
            "barcode",
            "etiquette",
            "label",
            "tag",
            "contenu",
            "content",
            "text",
            "texte",
            "url",
            "adresse",
            "valeur",
            "value",
        ],
    ),
    (
        Column::Number,
        &[
            "numero d'inventaire",
            "n° d'inventaire",
            "no d'inventaire",
            "inventaire",
            "inventory number",
            "inventory_number",
            "asset tag",
        ],
    ),
    (Column::Id, &["id", "identifiant", "identifier"]),
    (
        Column::Serial,
        &[
            "numero de serie",
            "n° de serie",
            "serie",
            "serial",
            "serial number",
            "s/n",
        ],
    ),
    (
        Column::Day,
        &[
            "date",
            "jour",
            "day",
            "date de lecture",
            "lu le",
            "scan date",
            "scanned",
            "horodatage",
            "timestamp",
            "time",
        ],
    ),
    (
        Column::Place,
        &["lieu", "site", "place", "location", "batiment", "building"],
    ),
    (
        Column::Room,
        &[
            "piece",
            "bureau",
            "local",
            "salle",
            "bureau ou local",
            "room",
        ],
    ),
    (Column::Found, &["trouve", "found", "vu", "coche", "ok"]),
];

/// The lines of a list that name something. Separators are `;`, tabulator or `,`; a byte order mark, Windows
/// line ends and quotes are read over. In a table with a column « Trouvé », only lines that have it filled count.
pub fn read(text: &str) -> Vec<Scanned> {
    let text = text.trim_start_matches('\u{feff}');
    let lines = text.lines().enumerate();
    let mut lines = lines.filter(|(_, line)| !line.trim().is_empty()).peekable();
    let Some((_, first)) = lines.peek() else {
        return Vec::new();
    };
    let separator = separator(first);
    let head: Vec<Option<Column>> = cells(first, separator)
        .iter()
        .map(|it| column(it))
        .collect();
    let names_asset = |column: &Option<Column>| column.is_some_and(|it| it <= Column::Serial);
    let has_head = head.iter().any(names_asset);
    if has_head {
        lines.next();
    }
    let read = lines.map(|(number, line)| {
        let cells = cells(line, separator);
        let scanned = if has_head {
            by_head(&cells, &head)
        } else {
            without_head(&cells)
        };
        Scanned {
            line: number + 1,
            ..scanned
        }
    });
    read.filter(|scanned| !scanned.code.is_empty()).collect()
}

fn by_head(cells: &[String], head: &[Option<Column>]) -> Scanned {
    let of = |wanted: Column| {
        let at = head.iter().position(|column| *column == Some(wanted))?;
        let cell = cells.get(at)?;
        (!cell.is_empty()).then(|| cell.clone())
    };
    if head.contains(&Some(Column::Found)) && of(Column::Found).is_none() {
        return Scanned::default();
    }
    let codes = [Column::Code, Column::Number, Column::Id, Column::Serial];
    Scanned {
        line: 0,
        code: codes.into_iter().find_map(of).unwrap_or_default(),
        day: of(Column::Day).as_deref().and_then(day),
        place: of(Column::Place),
        room: of(Column::Room),
    }
}

/// The first cell is the code; a later one that is a day is the day.
fn without_head(cells: &[String]) -> Scanned {
    Scanned {
        code: cells.first().cloned().unwrap_or_default(),
        day: cells.iter().skip(1).find_map(|cell| day(cell)),
        ..Scanned::default()
    }
}

/// A day, or the day of a moment: `2026-11-20T09:30:00Z`, `20/11/2026 09:30`.
fn day(cell: &str) -> Option<Date> {
    let day = cell.split(['T', ' ']).next()?;
    project::date(day)
}

fn column(heading: &str) -> Option<Column> {
    let heading = fold(heading.trim());
    let known = HEADINGS
        .iter()
        .find(|(_, names)| names.contains(&heading.as_str()));
    known.map(|(column, _)| *column)
}

fn separator(line: &str) -> char {
    let count = |separator: char| line.matches(separator).count();
    let most = [';', '\t', ',']
        .into_iter()
        .rev()
        .max_by_key(|it| count(*it));
    most.unwrap_or(';')
}

/// The cells of a line, without quotes; an apostrophe that kept a spreadsheet from seeing a formula is dropped.
fn cells(line: &str, separator: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let cell = cells.last_mut().expect("one is there from the start");
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted || cell.trim().is_empty() => quoted = !quoted,
            _ if letter == separator && !quoted => cells.push(String::new()),
            _ => cell.push(letter),
        }
    }
    let plain = |cell: String| {
        let cell = cell.trim();
        cell.strip_prefix('\'').unwrap_or(cell).to_owned()
    };
    cells.into_iter().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<String> {
        read(text).into_iter().map(|scanned| scanned.code).collect()
    }

    #[test]
    fn a_code_a_line_is_enough() {
        let text = "\u{feff}NAC-01101\r\n\r\nhttps://parc.example/q/NAC-01102/\r\n  EXL-1 \r\n";
        assert_eq!(
            codes(text),
            ["NAC-01101", "https://parc.example/q/NAC-01102/", "EXL-1"]
        );
        assert_eq!(read(text)[1].line, 3);
        assert!(read("\u{feff}\r\n \r\n").is_empty());
    }

    #[test]
    fn separators_and_french_headings_are_known() {
        let day = Some(Date::constant(2026, 11, 18));
        for text in [
            "Date;Code;Pièce;Lieu\n18/11/2026;NAC-1;Accueil;lyon\n",
            "date\tcode\troom\tsite\n2026-11-18T09:30:00Z\tNAC-1\tAccueil\tlyon\n",
            "\"Horodatage\",\"Contenu\",\"Salle\",\"Site\"\r\n\"2026-11-18 09:30\",\"NAC-1\",\"Accueil\",\"lyon\"\r\n",
        ] {
            let read = read(text);
            assert_eq!(read.len(), 1, "{text}");
            assert_eq!(
                (read[0].code.as_str(), read[0].day),
                ("NAC-1", day),
                "{text}"
            );
            assert_eq!(read[0].room.as_deref(), Some("Accueil"), "{text}");
            assert_eq!(read[0].place.as_deref(), Some("lyon"), "{text}");
        }
    }

    #[test]
    fn without_heading_the_first_cell_is_the_code() {
        let read = read("NAC-1,2026-11-18 10:00\nNAC-2,QR_CODE\n");
        assert_eq!(read[0].day, Some(Date::constant(2026, 11, 18)));
        assert_eq!((read[1].code.as_str(), read[1].day), ("NAC-2", None));
    }

    #[test]
    fn a_printed_list_that_was_ticked_counts_where_it_is() {
        let text = "Lieu;Pièce;Code;Numéro d’inventaire;Équipement;Vu le;Trouvé\n\
                    Lyon;;NAC-1;NAC-1;A;2026-01-01;x\nLyon;;NAC-2;NAC-2;\"B; c\";;\n";
        let read = read(text);
        assert_eq!(read.len(), 1);
        assert_eq!((read[0].code.as_str(), read[0].day), ("NAC-1", None));
    }

    #[test]
    fn quotes_hold_separators_and_quotes() {
        assert_eq!(cells("a;\"b;\"\"c\"\"\";'=d", ';'), ["a", "b;\"c\"", "=d"]);
    }
}
