//! `carnet query`: a question in SQL about the estate, or one of the ready-made ones.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::io::{BufWriter, Write as _};

use anyhow::{anyhow, bail};

use crate::cli::{Cli, Listed, QueryArguments, QueryFormat};
use crate::commands::{CLEAN, input, output};
use crate::database::{self, Answer, Cell, Database, Mistake, Question, questions};
use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Language, Text};
use crate::estate::Estate;
use crate::text;

/// Prints the answer, or what can be asked.
pub(super) fn query(cli: &Cli, arguments: &QueryArguments) -> anyhow::Result<u8> {
    let estate = input::estate(cli, &arguments.source, &arguments.state)?;
    let language = output::language(cli, estate.config.language);
    if let Some(listed) = arguments.list {
        output::result(&match listed {
            Listed::Questions => names(&questions(&estate), language),
            Listed::Tables => database::told(&estate, language),
        });
        return Ok(CLEAN);
    }
    let questions = questions(&estate);
    let sql = asked(
        arguments.question.as_deref().unwrap_or_default(),
        &questions,
    )?;
    let mut database = Database::of(&estate);
    let failed = |mistake: Mistake| anyhow!(told(&estate, &mistake, sql));
    match arguments.format {
        QueryFormat::Table => {
            let answer = database.ask(sql).map_err(failed)?;
            output::result(&table(&answer));
            output::line(said(&answer).get(language));
        }
        QueryFormat::Csv => stream(&mut database, sql, &mut Csv::default()).map_err(failed)?,
        QueryFormat::Json => stream(&mut database, sql, &mut Json::default()).map_err(failed)?,
    }
    Ok(CLEAN)
}

/// Prints every row as it comes: an answer may be larger than memory.
fn stream(database: &mut Database, sql: &str, form: &mut dyn Form) -> Result<(), Mistake> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let columns: RefCell<Vec<String>> = RefCell::default();
    let mut failure = None;
    let asked = database.each(
        sql,
        |found| *columns.borrow_mut() = found,
        |row| {
            let text = form.row(&columns.borrow(), &row);
            failure = out.write_all(text.as_bytes()).err();
            Ok(failure.is_none())
        },
    );
    if failure.is_none() && asked.is_ok() {
        let end = form.end(&columns.borrow());
        failure = out
            .write_all(end.as_bytes())
            .and_then(|()| out.flush())
            .err();
    }
    output::result_written(failure.map_or(Ok(()), Err));
    // What was printed before a mistake stays: it is told after it.
    asked
}

/// A form in which rows are printed one by one.
trait Form {
    /// A row, with what stands before the first one.
    fn row(&mut self, columns: &[String], row: &[Cell]) -> String;
    /// What stands after the last row, and before it where there was none.
    fn end(&mut self, columns: &[String]) -> String;
}

fn names(questions: &[Question<'_>], language: Language) -> String {
    let lengths = questions
        .iter()
        .map(|question| question.name.chars().count());
    let longest = lengths.max().unwrap_or(0);
    let mut out = String::new();
    for question in questions {
        let title = question.title(language);
        let _ = writeln!(out, "{:longest$}  {title}", question.name);
    }
    out
}

/// The SQL of a question: its own, or that of one with a name.
fn asked<'a>(words: &'a str, questions: &[Question<'a>]) -> anyhow::Result<&'a str> {
    let words = words.trim();
    if words.is_empty() {
        bail!(text!(
            "la question est vide : `carnet query --list` donne les questions toutes prêtes",
            "the question is empty: `carnet query --list` gives the ready-made questions"
        ));
    }
    if let Some(question) = questions.iter().find(|question| question.name == words) {
        return Ok(question.sql);
    }
    if words.contains(char::is_whitespace) {
        return Ok(words);
    }
    let near = did_you_mean(words, questions.iter().map(|question| question.name));
    let help = near.unwrap_or(text!(
        "`carnet query --list` les donne",
        "`carnet query --list` gives them"
    ));
    let Text { fr, en } = help;
    bail!(text!(
        "aucune question toute prête ne s’appelle `{words}` : {fr}",
        "no ready-made question is called `{words}`: {en}"
    ));
}

/// A mistake with the line of the question and a caret, where the place is known.
fn told(estate: &Estate, mistake: &Mistake, sql: &str) -> Text {
    let message = match database::near(estate, mistake, sql) {
        None => mistake.message.clone(),
        Some(near) => {
            let (fr, en) = (&mistake.message.fr, &mistake.message.en);
            let (near_fr, near_en) = (near.fr, near.en);
            text!("{fr} : {near_fr}", "{en}: {near_en}")
        }
    };
    let place = mistake
        .offset
        .filter(|offset| sql.is_char_boundary(*offset));
    let Some(offset) = place else {
        return message;
    };
    let start = sql[..offset].rfind('\n').map_or(0, |end| end + 1);
    let end = sql[offset..]
        .find('\n')
        .map_or(sql.len(), |end| offset + end);
    let before = sql[start..offset].chars().count();
    let shown = format!("\n  | {}\n  | {}^", &sql[start..end], " ".repeat(before));
    let Text { fr, en } = &message;
    text!(
        "{fr}{shown}\n  = aide : `carnet query --list tables` donne les tables et leurs colonnes",
        "{en}{shown}\n  = help: `carnet query --list tables` gives the tables and their columns"
    )
}

fn said(answer: &Answer) -> Text {
    let count = answer.rows.len();
    if answer.cut {
        return text!(
            "{count} lignes, les suivantes sont laissées de côté : ajoutez `LIMIT` ou comptez",
            "{count} rows, the next ones are left out: add `LIMIT`, or count"
        );
    }
    match count {
        0 => text!("aucune ligne", "no row"),
        1 => text!("1 ligne", "1 row"),
        _ => text!("{count} lignes", "{count} rows"),
    }
}

/// Columns side by side, numbers to the right; what would act on a terminal is left out.
fn table(answer: &Answer) -> String {
    let shown = |cell: &Cell| {
        let text = cell.text().replace(['\n', '\r', '\t'], " ");
        text.chars()
            .filter(|letter| !letter.is_control())
            .collect::<String>()
    };
    let rows: Vec<Vec<String>> = answer
        .rows
        .iter()
        .map(|row| row.iter().map(shown).collect())
        .collect();
    let widths: Vec<usize> = (0..answer.columns.len())
        .map(|place| {
            let cells = rows.iter().map(|row| row[place].chars().count());
            cells
                .chain([answer.columns[place].chars().count()])
                .max()
                .unwrap_or(0)
        })
        .collect();
    let is_number: Vec<bool> = (0..answer.columns.len())
        .map(|place| {
            answer
                .rows
                .iter()
                .all(|row| !matches!(row[place], Cell::Text(_)))
        })
        .collect();
    let line = |cells: &[String]| {
        let cells = cells.iter().enumerate().map(|(place, cell)| {
            let width = widths[place];
            if is_number[place] {
                format!("{cell:>width$}")
            } else {
                format!("{cell:<width$}")
            }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    let mut out = line(&answer.columns) + &line(&rules);
    out.extend(rows.iter().map(|row| line(row)));
    out
}

/// RFC 4180, with a line of column names.
#[derive(Default)]
struct Csv {
    has_head: bool,
}

impl Csv {
    fn line(cells: impl Iterator<Item = String>) -> String {
        let quote = |cell: String| {
            if cell.contains([',', '"', '\n', '\r']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell
            }
        };
        cells.map(quote).collect::<Vec<_>>().join(",") + "\r\n"
    }

    fn head(&mut self, columns: &[String]) -> String {
        if std::mem::replace(&mut self.has_head, true) {
            return String::new();
        }
        Self::line(columns.iter().cloned())
    }
}

impl Form for Csv {
    fn row(&mut self, columns: &[String], row: &[Cell]) -> String {
        self.head(columns) + &Self::line(row.iter().map(Cell::text))
    }

    fn end(&mut self, columns: &[String]) -> String {
        self.head(columns)
    }
}

/// A list of objects.
#[derive(Default)]
struct Json {
    has_rows: bool,
}

impl Form for Json {
    fn row(&mut self, columns: &[String], row: &[Cell]) -> String {
        let value = |cell: &Cell| match cell {
            Cell::Null => serde_json::Value::Null,
            Cell::Integer(number) => (*number).into(),
            Cell::Real(number) => (*number).into(),
            Cell::Text(text) => text.as_str().into(),
        };
        let cells = columns.iter().cloned().zip(row.iter().map(value));
        let object = serde_json::Value::Object(cells.collect());
        let before = if std::mem::replace(&mut self.has_rows, true) {
            ",\n  "
        } else {
            "[\n  "
        };
        before.to_owned() + &format!("{object:#}").replace('\n', "\n  ")
    }

    fn end(&mut self, _: &[String]) -> String {
        if self.has_rows { "\n]\n" } else { "[]\n" }.to_owned()
    }
}
