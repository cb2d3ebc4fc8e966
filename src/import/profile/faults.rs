//! Cells and rows that could not be read, told together: one note a column, not one a row.

use std::collections::BTreeMap;

use crate::diagnostic::Text;
use crate::import::profile::culture::Culture;
use crate::import::profile::value::Fault;
use crate::schema::Kind;
use crate::text;

/// The most lines named in one note.
const MOST_LINES: usize = 5;

/// Cells and rows that could not be read, to be told together.
#[derive(Debug, Default)]
pub(super) struct Faults {
    cells: BTreeMap<(usize, Fault), Vec<usize>>,
    nameless: Vec<usize>,
    /// Comments that speak of a password.
    pub passwords: usize,
    /// They are things of a list, not lines of a table.
    are_things: bool,
    lacking: BTreeMap<(String, String), Vec<usize>>,
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

    pub fn add(&mut self, column: usize, fault: Fault, line: usize) {
        self.cells.entry((column, fault)).or_default().push(line);
    }

    pub fn lack(&mut self, field: &Text, line: usize) {
        let field = (field.fr.clone(), field.en.clone());
        self.lacking.entry(field).or_default().push(line);
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
        for ((column, fault), lines) in &self.cells {
            let header = &headers[*column];
            let (fr, en) = self.places(lines);
            notes.push(match fault {
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
                Fault::Unfit if culture.is_some() => text!(
                    "`{header}` : valeurs illisibles pour ce champ, laissées de côté ({fr}) ; la culture déclarée est-elle la bonne ?",
                    "`{header}`: values that do not fit the field, left out ({en}); is the declared culture the right one?"
                ),
                Fault::Unfit => text!(
                    "`{header}` : valeurs illisibles pour ce champ, laissées de côté ({fr})",
                    "`{header}`: values that do not fit the field, left out ({en})"
                ),
                Fault::TypeName => text!(
                    "`{header}` : PowerShell a écrit le nom d’un type à la place des valeurs ({fr}) ; exportez `@{{n='MemberOf';e={{$_.MemberOf -join ';'}}}}`",
                    "`{header}`: PowerShell wrote the name of a type in place of the values ({en}); export `@{{n='MemberOf';e={{$_.MemberOf -join ';'}}}}`"
                ),
            });
        }
        if !self.nameless.is_empty() {
            let label = kind.field(&kind.title).map(|(_, field)| &field.labels);
            let (name, english) =
                label.map_or(("", ""), |label| (label.fr.as_str(), label.en.as_str()));
            notes.push(self.without((name, english), &self.nameless));
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
        let more = lines.len().saturating_sub(MOST_LINES);
        let (fr, en) = if self.are_things {
            ("élément", "item")
        } else {
            ("ligne", "line")
        };
        if more == 0 {
            return (format!("{fr} {first}"), format!("{en} {first}"));
        }
        (
            format!("{fr} {first} et {more} de plus"),
            format!("{en} {first} and {more} more"),
        )
    }
}
