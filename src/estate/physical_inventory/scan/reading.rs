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

/// What a list holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The lines that tell of something that was seen.
    pub lines: Vec<Scanned>,
    /// The lines that nobody can take for granted, and why.
    pub refused: Vec<(Scanned, Refusal)>,
    /// How many lines name an asset that nobody ticked.
    pub unticked: usize,
}

/// Why a line is not counted; each with what the line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Its date is none.
    NoDate(String),
    /// Its date is after the site's day.
    Future(String),
    /// Its column « Trouvé » says neither yes nor no.
    Mark(String),
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

/// What the column « Trouvé » says of an asset that was seen, folded.
const SEEN: [&str; 21] = [
    "oui", "o", "x", "1", "ok", "vu", "vue", "trouve", "trouvee", "present", "presente", "vrai",
    "yes", "y", "seen", "found", "true", "✓", "✔", "✅", "☑",
];

/// What it says of an asset that was not.
const NOT_SEEN: [&str; 26] = [
    "",
    "non",
    "n",
    "0",
    "pas vu",
    "pas vue",
    "non vu",
    "non vue",
    "pas trouve",
    "pas trouvee",
    "non trouve",
    "non trouvee",
    "absent",
    "absente",
    "manquant",
    "manquante",
    "faux",
    "no",
    "false",
    "missing",
    "not seen",
    "not found",
    "☐",
    "✗",
    "✘",
    "❌",
];

/// The lines of a list that name something. Separators are `;`, tabulator or `,`; a byte order mark, Windows
/// line ends and quotes are read over. In a table with a column « Trouvé », only lines where it says yes count.
/// A line whose date is none, or after `today`, is refused.
pub fn read(text: &str, today: Date) -> List {
    let text = text.trim_start_matches('\u{feff}');
    let lines = text.lines().enumerate();
    let mut lines = lines.filter(|(_, line)| !line.trim().is_empty()).peekable();
    let mut list = List::default();
    let Some((_, first)) = lines.peek() else {
        return list;
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
    for (number, line) in lines {
        let cells = cells(line, separator);
        let row = if has_head {
            by_head(&cells, &head)
        } else {
            without_head(&cells)
        };
        if !row.code.is_empty() {
            list.add(number + 1, row, today);
        }
    }
    list
}

/// A line before it is judged.
#[derive(Debug, Default)]
struct Row {
    code: String,
    /// What it says of the day.
    day: Option<String>,
    place: Option<String>,
    room: Option<String>,
    /// What its column « Trouvé » says, when the table has one.
    found: Option<String>,
}

impl List {
    fn add(&mut self, line: usize, row: Row, today: Date) {
        let mut scanned = Scanned {
            line,
            code: row.code,
            day: None,
            place: row.place,
            room: row.room,
        };
        let mut told = row.day;
        if let Some(found) = row.found {
            let mark = fold(found.trim_end_matches(['.', '!']).trim());
            if mark.chars().all(|letter| "-–—−/ ".contains(letter)) || NOT_SEEN.contains(&&*mark)
            {
                self.unticked += 1;
                return;
            }
            if looks_like_date(&found) {
                told = told.or(Some(found));
            } else if !SEEN.contains(&&*mark) {
                self.refused.push((scanned, Refusal::Mark(found)));
                return;
            }
        }
        if let Some(told) = told {
            match day(&told) {
                None => return self.refused.push((scanned, Refusal::NoDate(told))),
                Some(day) if day > today => {
                    return self.refused.push((scanned, Refusal::Future(told)));
                }
                Some(day) => scanned.day = Some(day),
            }
        }
        self.lines.push(scanned);
    }
}

fn by_head(cells: &[String], head: &[Option<Column>]) -> Row {
    let of = |wanted: Column| {
        let at = head.iter().position(|column| *column == Some(wanted))?;
        let cell = cells.get(at)?;
        (!cell.is_empty()).then(|| cell.clone())
    };
    let codes = [Column::Code, Column::Number, Column::Id, Column::Serial];
    let has_marks = head.contains(&Some(Column::Found));
    Row {
        code: codes.into_iter().find_map(of).unwrap_or_default(),
        day: of(Column::Day),
        place: of(Column::Place),
        room: of(Column::Room),
        found: has_marks.then(|| of(Column::Found).unwrap_or_default()),
    }
}

/// The first cell is the code; a later one that looks like a date is the day.
fn without_head(cells: &[String]) -> Row {
    let day = cells.iter().skip(1).find(|cell| looks_like_date(cell));
    Row {
        code: cells.first().cloned().unwrap_or_default(),
        day: day.cloned(),
        ..Row::default()
    }
}

/// A day, or the day of a moment: `2026-11-20T09:30:00Z`, `20/11/2026 09:30`.
fn day(cell: &str) -> Option<Date> {
    project::date(day_part(cell))
}

fn day_part(cell: &str) -> &str {
    cell.split(['T', ' ']).next().unwrap_or_default()
}

/// Whether somebody meant a date: three numbers with `-`, `/` or `.` between, right or wrong.
fn looks_like_date(cell: &str) -> bool {
    let parts: Vec<&str> = day_part(cell).split(['-', '/', '.']).collect();
    let is_number = |part: &&str| {
        (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    parts.len() == 3 && parts.iter().all(is_number)
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
mod tests;
