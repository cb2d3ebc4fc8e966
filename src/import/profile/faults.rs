//! Cells and rows that could not be read, told together: one note a column, not one a row.

use std::collections::BTreeMap;

use crate::diagnostic::Text;
use crate::import::profile::culture::Culture;
use crate::import::profile::value::Fault;
use crate::import::shown::{self, quoted, shown};
use crate::schema::Kind;
use crate::text;

/// The most lines named in one note.
const MOST_LINES: usize = shown::MOST;

/// What could not be read of one column for one reason.
#[derive(Debug, Default)]
struct Cells {
    lines: Vec<usize>,
    /// The values of the first lines.
    values: Vec<String>,
}

/// Cells and rows that could not be read, to be told together.
#[derive(Debug, Default)]
pub(super) struct Faults {
    cells: BTreeMap<(usize, Fault), Cells>,
    nameless: Vec<usize>,
    /// Comments that speak of a password.
    pub passwords: usize,
    /// Events beyond what a record holds.
    pub events: usize,
    /// Texts that were cut.
    pub cut: usize,
    /// Comments of somebody whom only a number names.
    pub strangers: usize,
    /// They are things of a list, not lines of a table.
    are_things: bool,
    lacking: BTreeMap<(String, String), Vec<usize>>,
    /// Rows that bear one name and say different things of it.
    repeated: BTreeMap<String, Vec<usize>>,
    /// Rows that say other things of a login than an earlier one.
    doubtful: BTreeMap<String, Vec<usize>>,
}

impl Faults {
    /// For the things of a list.
    pub fn of_things() -> Self {
        Self {
            are_things: true,
            ..Self::default()
        }
    }

    /// Notes a value of a column, at a line, that is not taken over.
    pub fn add(&mut self, (column, fault): (usize, Fault), line: usize, value: &str) {
        let cells = self.cells.entry((column, fault)).or_default();
        // Of a cell of several values each may be at fault.
        if cells.lines.last() != Some(&line) {
            cells.lines.push(line);
            if cells.values.len() < MOST_LINES {
                cells.values.push(shown(value));
            }
        }
    }

    pub fn lack(&mut self, field: &Text, line: usize) {
        let field = (field.fr.clone(), field.en.clone());
        self.lacking.entry(field).or_default().push(line);
    }

    /// Notes that two rows, the first and a later one, bear a name and say different things.
    pub fn repeated(&mut self, name: &str, first: usize, line: usize) {
        let lines = self.repeated.entry(name.to_owned()).or_default();
        if lines.is_empty() {
            lines.push(first);
        }
        lines.push(line);
    }

    pub fn doubtful(&mut self, login: &str, line: usize) {
        self.doubtful
            .entry(login.to_owned())
            .or_default()
            .push(line);
    }

    /// Notes a row that gave no sighting, unless a missing field told why.
    pub fn nameless(&mut self, line: usize) {
        if !self
            .lacking
            .values()
            .any(|lines| lines.last() == Some(&line))
        {
            self.nameless.push(line);
        }
    }

    /// Puts all of it into notes.
    pub fn tell(
        &self,
        headers: &[String],
        kind: &Kind,
        culture: Option<Culture>,
        notes: &mut Vec<Text>,
    ) {
        for ((column, fault), cells) in &self.cells {
            notes.push(self.of_cells((*column, *fault), cells, headers, culture));
        }
        if self.strangers > 0 {
            let count = self.strangers;
            notes.push(text!(
                "commentaires dont l’auteur n’est qu’un numéro de compte, qu’aucune colonne n’explique\u{a0}: {count}",
                "comments whose author is the number of an account alone, which no column explains: {count}"
            ));
        }
        if !self.nameless.is_empty() {
            let label = kind.field(&kind.title).map(|(_, field)| &field.labels);
            let (name, english) =
                label.map_or(("", ""), |label| (label.fr.as_str(), label.en.as_str()));
            notes.push(self.without((name, english), &self.nameless));
        }
        for (name, lines) in self.repeated.iter().take(MOST_LINES) {
            let (fr, en) = self.places(lines);
            notes.push(text!(
                "«\u{a0}{name}\u{a0}» est le nom de plusieurs lignes qui ne disent pas la même chose ({fr})\u{a0}: si c’est la même fiche, la dernière l’emporte",
                "“{name}” is the name of several rows that do not say the same ({en}): if they are of one record, the last one wins"
            ));
        }
        if self.repeated.len() > MOST_LINES {
            let more = self.repeated.len() - MOST_LINES;
            notes.push(text!(
                "et {more} noms répétés de plus",
                "and {more} more repeated names"
            ));
        }
        for (login, lines) in self.doubtful.iter().take(MOST_LINES) {
            let (fr, en) = self.places(lines);
            notes.push(text!(
                "en doute : « {login} » ({fr}) a l’identifiant d’une ligne précédente et d’autres valeurs, laissé de côté ; exportez aussi `DistinguishedName` s’il y a deux domaines",
                "in doubt: “{login}” ({en}) has the login of an earlier row and other values, left aside; export `DistinguishedName`, too, if there are two domains"
            ));
        }
        if self.doubtful.len() > MOST_LINES {
            let more = self.doubtful.len() - MOST_LINES;
            notes.push(text!(
                "et {more} identifiants en double de plus",
                "and {more} more doubled logins"
            ));
        }
        for ((name, english), lines) in &self.lacking {
            notes.push(self.without((name, english), lines));
        }
    }

    /// What could not be read of a column for one reason, in words.
    fn of_cells(
        &self,
        (column, fault): (usize, Fault),
        cells: &Cells,
        headers: &[String],
        culture: Option<Culture>,
    ) -> Text {
        let header = &headers[column];
        let (fr, en) = self.places(&cells.lines);
        let (values, english) = self.places_and_values(cells);
        match fault {
            Fault::AmbiguousDay => text!(
                "`{header}` : le jour et le mois peuvent s’échanger, dates laissées de côté ({fr}) ; dites l’ordre par `--culture fr` ou `--culture en-US`",
                "`{header}`: day and month could be swapped, dates left out ({en}); say the order by `--culture fr` or `--culture en-US`"
            ),
            Fault::AmbiguousNumber => text!(
                "`{header}` : la virgule ou le point peut séparer les milliers comme les décimales, nombres laissés de côté ({fr}) ; dites l’usage par `--culture fr` ou `--culture en-US`",
                "`{header}`: the comma or point could part thousands or decimals, numbers left out ({en}); say the usage by `--culture fr` or `--culture en-US`"
            ),
            Fault::Money => text!(
                "`{header}` : montants dans une autre monnaie que l’euro, laissés de côté ({fr})",
                "`{header}`: amounts of other money than euros, left out ({en})"
            ),
            Fault::Negative => text!(
                "`{header}` : nombres au-dessous de zéro, que ce champ refuse, laissés de côté ({fr})",
                "`{header}`: numbers below zero, which this field refuses, left out ({en})"
            ),
            Fault::Unread if culture.is_some() => text!(
                "`{header}` : valeurs illisibles pour ce champ, laissées de côté ({values}) ; la culture déclarée est-elle la bonne ?",
                "`{header}`: values that do not fit the field, left out ({english}); is the declared culture the right one?"
            ),
            Fault::Unfit | Fault::Unread => text!(
                "`{header}` : valeurs illisibles pour ce champ, laissées de côté ({values})",
                "`{header}`: values that do not fit the field, left out ({english})"
            ),
            Fault::TypeName => text!(
                "`{header}` : PowerShell a écrit le nom d’un type à la place des valeurs ({fr}) ; exportez `@{{n='MemberOf';e={{$_.MemberOf -join ';'}}}}`",
                "`{header}`: PowerShell wrote the name of a type in place of the values ({en}); export `@{{n='MemberOf';e={{$_.MemberOf -join ';'}}}}`"
            ),
            Fault::Rounded => text!(
                "`{header}`\u{a0}: numéros arrondis par un tableur, laissés de côté ({values})\u{202f}; mettez la colonne au format texte, puis exportez de nouveau",
                "`{header}`: numbers that a spreadsheet has rounded, left out ({english}); format the column as text, then export it again"
            ),
            Fault::StillOpen => text!(
                "`{header}`\u{a0}: dates de tickets dont l’état dit qu’ils n’en sont pas là, laissées de côté ({values})",
                "`{header}`: dates of tickets whose status says that they are not there yet, left out ({english})"
            ),
            Fault::BeforeOpening => text!(
                "`{header}`\u{a0}: dates de fin d’avant l’ouverture du ticket, laissées de côté ({values})",
                "`{header}`: dates of an end before the ticket was opened, left out ({english})"
            ),
            Fault::Licence => text!(
                "`{header}`\u{a0}: numéros de licence de Windows, qui n’identifient aucune machine, laissés de côté ({fr})",
                "`{header}`: licence numbers of Windows, which identify no machine, left out ({en})"
            ),
            Fault::Filler => text!(
                "`{header}`\u{a0}: valeurs qui n’identifient rien, laissées de côté ({values})",
                "`{header}`: values that identify nothing, left out ({english})"
            ),
            Fault::Several => text!(
                "`{header}`\u{a0}: ce champ n’a qu’une valeur, la première de la cellule est gardée et les autres laissées de côté ({values})",
                "`{header}`: this field has one value, the first of the cell is kept and the others left out ({english})"
            ),
            Fault::Taken(by) => {
                let (own, other) = (letters(column), letters(by));
                let by = &headers[by];
                text!(
                    "`{header}` (colonne {own}) va au même champ que `{by}` (colonne {other}), qui l’emporte\u{a0}: autres valeurs laissées de côté ({values})",
                    "`{header}` (column {own}) goes to the same field as `{by}` (column {other}), which wins: other values left out ({english})"
                )
            }
        }
    }

    /// That rows or things lack a field.
    fn without(&self, (name, english): (&str, &str), lines: &[usize]) -> Text {
        let (fr, en) = self.places(lines);
        if self.are_things {
            return text!(
                "éléments sans « {name} », laissés de côté ({fr})",
                "items without “{english}”, left aside ({en})"
            );
        }
        text!(
            "lignes sans « {name} », laissées de côté ({fr})",
            "rows without “{english}”, left aside ({en})"
        )
    }

    /// Lines in French and English, the first few by number.
    fn places(&self, lines: &[usize]) -> (String, String) {
        let first = lines.iter().take(MOST_LINES).map(usize::to_string);
        let first = first.collect::<Vec<_>>().join(", ");
        self.counted((&first, &first), lines.len())
    }

    /// The same, each with its value.
    fn places_and_values(&self, cells: &Cells) -> (String, String) {
        let all = cells.lines.iter().zip(&cells.values);
        let Text { fr, en } = quoted(all.map(|(line, value)| (Some(*line), value.as_str())));
        self.counted((&fr, &en), cells.lines.len())
    }

    /// The first few places of some, and how many more there are.
    fn counted(&self, (fr, en): (&str, &str), count: usize) -> (String, String) {
        let more = count.saturating_sub(MOST_LINES);
        let (place, english) = if self.are_things {
            ("élément", "item")
        } else {
            ("ligne", "line")
        };
        if more == 0 {
            return (format!("{place} {fr}"), format!("{english} {en}"));
        }
        (
            format!("{place} {fr} et {more} de plus"),
            format!("{english} {en} and {more} more"),
        )
    }
}

/// A column as spreadsheets name it: `A` is the first, `AA` follows `Z`.
fn letters(column: usize) -> String {
    const ALPHABET: &[u8; 26] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(ALPHABET[(rest - 1) % 26]));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_in_spreadsheets() {
        let named = [0, 25, 26, 51, 52, 701, 702].map(letters);
        assert_eq!(named, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
