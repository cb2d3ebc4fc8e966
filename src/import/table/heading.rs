//! Which separator a text uses, which of its first rows is the header, and which rows do not fit it.

use crate::diagnostic::Text;
use crate::import::Refusal;
use crate::import::table::{MOST_NOTES, Row, Table};
use crate::text;

/// The separators that are told, the likelier first where two stand equally often.
const SEPARATORS: [char; 4] = [';', ',', '\t', '|'];

/// The text below what programs write above a table, and its separator: what `sep=` says, else the
/// sign that stands most often in the header line, outside of quotes. A header of one column has
/// none: a zero byte, which no text holds.
pub(super) fn separator(text: &str) -> (&str, char) {
    let mut text = text.trim_start_matches(['\u{feff}', '\n', '\r', ' ']);
    // PowerShell names the type of its objects, unless it is told not to.
    if text
        .get(..5)
        .is_some_and(|start| start.eq_ignore_ascii_case("#TYPE"))
    {
        text = after_line(text);
    }
    if let Some(said) = text
        .get(..4)
        .filter(|start| start.eq_ignore_ascii_case("sep="))
    {
        let sign = text[said.len()..].chars().next();
        if let Some(sign) = sign.filter(|sign| SEPARATORS.contains(sign)) {
            return (after_line(text), sign);
        }
    }
    let line = first_line(text);
    let mut best = (0, '\0');
    for sign in SEPARATORS.into_iter().rev() {
        let count = count(line, sign);
        if count > 0 && count >= best.0 {
            best = (count, sign);
        }
    }
    (text, best.1)
}

fn after_line(text: &str) -> &str {
    let end = text.find(['\n', '\r']).unwrap_or(text.len());
    text[end..].trim_start_matches(['\n', '\r'])
}

fn first_line(text: &str) -> &str {
    let mut quoted = false;
    let end = text.find(|letter| {
        quoted ^= letter == '"';
        !quoted && matches!(letter, '\n' | '\r')
    });
    &text[..end.unwrap_or(text.len())]
}

fn count(line: &str, sign: char) -> usize {
    let mut quoted = false;
    let signs = line.chars().filter(|letter| {
        quoted ^= *letter == '"';
        !quoted && *letter == sign
    });
    signs.count()
}

/// The rows under their header.
pub(super) fn table(rows: Vec<Row>) -> Result<Table, Refusal> {
    let mut table = Table::default();
    let mut rows = rows.into_iter();
    let mut header = rows.next();
    if let Some(made_up) = header.take_if(|row| is_made_up(row)) {
        let line = made_up.line;
        table.notes.push(text!(
            "ligne {line} laissée de côté : des noms de colonnes ajoutés par un tableur",
            "line {line} left aside: column names that a spreadsheet added"
        ));
        header = rows.next();
    }
    let Some(header) = header else {
        return Err(Refusal::new(text!(
            "aucune ligne d’en-têtes",
            "there is no line of headers"
        )));
    };
    table.headers = header
        .cells
        .iter()
        .map(|cell| cell.trim().to_owned())
        .collect();
    // An empty last column is a separator at the end of each line.
    while table.headers.last().is_some_and(String::is_empty) {
        table.headers.pop();
    }
    let width = table.headers.len();
    let mut odd = Odd::default();
    for mut row in rows {
        // The same header again is two exports, one under the other.
        if row
            .cells
            .iter()
            .map(|cell| cell.trim())
            .eq(header.cells.iter().map(|cell| cell.trim()))
        {
            continue;
        }
        let filled = row.cells.iter().rposition(|cell| !cell.trim().is_empty());
        if filled.is_some_and(|last| last >= width) {
            odd.wider.push(row.line);
        } else if row.cells.len() < width {
            odd.narrower.push(row.line);
        }
        row.cells.truncate(width);
        table.rows.push(row);
    }
    odd.tell(&mut table.notes);
    Ok(table)
}

/// Whether a row is `Column1;Column2;…`, which a spreadsheet writes when it takes a table for data.
fn is_made_up(row: &Row) -> bool {
    let made_up = |(at, cell): (usize, &String)| {
        let number = ["Column", "Colonne"]
            .into_iter()
            .find_map(|word| cell.trim().strip_prefix(word));
        number == Some((at + 1).to_string().as_str())
    };
    row.cells.iter().enumerate().all(made_up)
}

/// Rows that do not have as many cells as the header, by line.
#[derive(Default)]
struct Odd {
    wider: Vec<usize>,
    narrower: Vec<usize>,
}

impl Odd {
    fn tell(&self, notes: &mut Vec<Text>) {
        if !self.wider.is_empty() {
            let (fr, en) = lines(&self.wider);
            notes.push(text!(
                "plus de cellules que d’en-têtes : {fr} ; ce qui dépasse est laissé de côté",
                "more cells than headers: {en}; what is beyond is left aside"
            ));
        }
        if !self.narrower.is_empty() {
            let (fr, en) = lines(&self.narrower);
            notes.push(text!(
                "moins de cellules que d’en-têtes : {fr}",
                "fewer cells than headers: {en}"
            ));
        }
    }
}

/// Lines in French and English, the first few by number.
pub(super) fn lines(all: &[usize]) -> (String, String) {
    let numbers = all.iter().take(MOST_NOTES).map(usize::to_string);
    let numbers = numbers.collect::<Vec<_>>().join(", ");
    let more = all.len().saturating_sub(MOST_NOTES);
    match (all.len(), more) {
        (1, _) => (format!("ligne {numbers}"), format!("line {numbers}")),
        (_, 0) => (format!("lignes {numbers}"), format!("lines {numbers}")),
        _ => (
            format!("lignes {numbers} et {more} de plus"),
            format!("lines {numbers} and {more} more"),
        ),
    }
}
