//! `carnet query`: a question in SQL about the estate, or one of the ready-made ones.

use std::fmt::Write as _;

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
    let answer = Database::of(&estate)
        .ask(sql)
        .map_err(|mistake| anyhow!(told(&estate, &mistake, sql)))?;
    output::result(&match arguments.format {
        QueryFormat::Table => table(&answer),
        QueryFormat::Csv => csv(&answer),
        QueryFormat::Json => json(&answer),
    });
    if arguments.format == QueryFormat::Table {
        output::line(said(&answer).get(language));
    }
    Ok(CLEAN)
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

fn csv(answer: &Answer) -> String {
    let quote = |cell: String| {
        if cell.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell
        }
    };
    let line =
        |cells: Vec<String>| cells.into_iter().map(quote).collect::<Vec<_>>().join(",") + "\r\n";
    let mut out = line(answer.columns.clone());
    out.extend(
        answer
            .rows
            .iter()
            .map(|row| line(row.iter().map(Cell::text).collect())),
    );
    out
}

fn json(answer: &Answer) -> String {
    let value = |cell: &Cell| match cell {
        Cell::Null => serde_json::Value::Null,
        Cell::Integer(number) => (*number).into(),
        Cell::Real(number) => (*number).into(),
        Cell::Text(text) => text.as_str().into(),
    };
    let rows = answer.rows.iter().map(|row| {
        let cells = answer.columns.iter().cloned().zip(row.iter().map(value));
        serde_json::Value::Object(cells.collect())
    });
    format!("{:#}\n", serde_json::Value::Array(rows.collect()))
}
