//! A question in SQL, asked with guards: it reads, it does not write, reach other files, or run for ever.

use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;

use super::Database;
use crate::diagnostic::Text;
use crate::text;

/// Rows of an answer that are kept to be looked at; a page or terminal shows no more.
pub const MOST_ROWS: usize = 10_000;
/// Steps of the database's machine, in thousands: some five seconds. Steps and not seconds, so that the same question
/// has the same answer on every machine.
const MOST_THOUSANDS: u32 = 500_000;
/// The longest text that a question may make, in bytes; twice the longest file.
const LONGEST_TEXT: i32 = 16 << 20;
/// What the cells of an answer may hold together on a site, in bytes: it is published as one file.
const LARGEST: usize = 128 << 20;
/// Functions whose answer is not the same each time.
const RANDOM: [&str; 2] = ["random", "randomblob"];

/// What a question was answered.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The first rows, as many as were asked for.
    pub rows: Vec<Vec<Cell>>,
    /// There were more.
    pub cut: bool,
    /// How many rows were counted: with those that are left out, where the question was followed to its end.
    pub total: usize,
}

/// A value of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// No value.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number with decimals.
    Real(f64),
    /// Text; bytes are told as text.
    Text(String),
}

impl Cell {
    /// The value as text; nothing for no value.
    pub fn text(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Integer(number) => number.to_string(),
            Self::Real(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }

    /// Bytes that it takes.
    fn size(&self) -> usize {
        size_of::<Self>()
            + match self {
                Self::Text(text) => text.len(),
                _ => 0,
            }
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong.
    pub message: Text,
    /// The byte of the question where it is, when the database says so.
    pub offset: Option<usize>,
    /// The name that no table or column has.
    pub unknown: Option<Unknown>,
}

/// A name that the database does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unknown {
    /// Of a table.
    Table(String),
    /// Of a column, as written: `a.nom`.
    Column(String),
}

impl Database {
    /// Asks a question in SQL, one statement that reads, for its first [`MOST_ROWS`] rows.
    pub fn ask(&mut self, sql: &str) -> Result<Answer, Mistake> {
        let mut answer = Answer::default();
        let head = |columns: Vec<String>| answer.columns = columns;
        let (mut rows, mut cut) = (Vec::new(), false);
        self.each(sql, head, |row| {
            cut = rows.len() == MOST_ROWS;
            if !cut {
                rows.push(row);
            }
            Ok(!cut)
        })?;
        answer.total = rows.len();
        (answer.rows, answer.cut) = (rows, cut);
        Ok(answer)
    }

    /// Asks a question and follows it to its end, for its first `kept` rows and the number of all. Refused where the
    /// whole answer is too large for a site.
    pub fn ask_whole(&mut self, sql: &str, kept: usize) -> Result<Answer, Mistake> {
        let mut answer = Answer::default();
        let head = |columns: Vec<String>| answer.columns = columns;
        let (mut rows, mut total, mut size) = (Vec::new(), 0, 0);
        self.each(sql, head, |row| {
            size += row.iter().map(Cell::size).sum::<usize>();
            total += 1;
            if size > LARGEST {
                return Err(refused(text!(
                    "la réponse est trop grande pour une page\u{a0}: ajoutez `LIMIT`, ou comptez",
                    "the answer is too large for a page: add `LIMIT`, or count"
                )));
            }
            if rows.len() < kept {
                rows.push(row);
            }
            Ok(true)
        })?;
        (answer.cut, answer.total) = (total > rows.len(), total);
        answer.rows = rows;
        Ok(answer)
    }

    /// Asks a question: `head` is told the columns, `next` each row, one at a time, until it says that it has enough.
    pub fn each(
        &mut self,
        sql: &str,
        head: impl FnOnce(Vec<String>),
        mut next: impl FnMut(Vec<Cell>) -> Result<bool, Mistake>,
    ) -> Result<(), Mistake> {
        self.guard().map_err(|error| mistake(&error))?;
        let mut statement = self
            .connection
            .prepare(sql)
            .map_err(|error| mistake(&error))?;
        if !statement.readonly() || statement.column_count() == 0 {
            return Err(refused(text!(
                "une question lit et ne change rien : commencez par `SELECT` ou `WITH`",
                "a question reads and changes nothing: begin with `SELECT` or `WITH`"
            )));
        }
        let columns = distinct(statement.column_names());
        let width = columns.len();
        head(columns);
        let mut rows = statement.query([]).map_err(|error| mistake(&error))?;
        while let Some(row) = rows.next().map_err(|error| mistake(&error))? {
            let cells = (0..width).map(|place| row.get_ref(place).map(cell));
            let cells = cells
                .collect::<Result<_, _>>()
                .map_err(|error| mistake(&error))?;
            if !next(cells)? {
                break;
            }
        }
        Ok(())
    }

    /// Whether a question can be answered: it is followed to its end, and nothing is kept.
    pub fn understand(&mut self, sql: &str) -> Result<(), Mistake> {
        self.ask_whole(sql, 0).map(|_| ())
    }

    /// Takes the guards away.
    pub(super) fn unguard(&mut self) {
        let unguarded = self
            .connection
            .authorizer(None::<fn(AuthContext<'_>) -> Authorization>)
            .and_then(|()| self.connection.progress_handler(0, None::<fn() -> bool>));
        unguarded.expect("guards can be taken away");
    }

    fn guard(&mut self) -> rusqlite::Result<()> {
        self.connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
        self.connection
            .set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST_TEXT)?;
        self.connection.authorizer(Some(allowed))?;
        let mut thousands = 0;
        self.connection.progress_handler(
            1000,
            Some(move || {
                thousands += 1;
                thousands > MOST_THOUSANDS
            }),
        )
    }
}

/// The names of columns, told apart: `n`, `n_2`.
fn distinct<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    for name in names {
        let mut own = name.to_owned();
        let mut count = 1;
        while distinct.contains(&own) {
            count += 1;
            own = format!("{name}_{count}");
        }
        distinct.push(own);
    }
    distinct
}

fn allowed(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => {
            Authorization::Allow
        }
        AuthAction::Function { function_name } if !RANDOM.contains(&function_name) => {
            Authorization::Allow
        }
        _ => Authorization::Deny,
    }
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Integer(number),
        ValueRef::Real(number) => Cell::Real(number),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            Cell::Text(String::from_utf8_lossy(bytes).into_owned())
        }
    }
}

fn refused(message: Text) -> Mistake {
    Mistake {
        message,
        offset: None,
        unknown: None,
    }
}

fn mistake(error: &rusqlite::Error) -> Mistake {
    use rusqlite::ErrorCode::{AuthorizationForStatementDenied, OperationInterrupted};
    match error {
        rusqlite::Error::SqlInputError {
            error, msg, offset, ..
        } => {
            if error.code == AuthorizationForStatementDenied || msg.starts_with("not authorized") {
                return not_allowed();
            }
            Mistake {
                message: understood(msg),
                offset: usize::try_from(*offset).ok(),
                unknown: unknown(msg),
            }
        }
        rusqlite::Error::SqliteFailure(failure, _) if failure.code == OperationInterrupted => {
            refused(text!(
                "la question est trop longue à calculer : limitez-la, ou joignez les tables par leurs identifiants",
                "the question takes too long: limit it, or join tables by their ids"
            ))
        }
        rusqlite::Error::SqliteFailure(failure, _)
            if failure.code == AuthorizationForStatementDenied =>
        {
            not_allowed()
        }
        rusqlite::Error::SqliteFailure(_, Some(msg)) if msg == "not authorized" => not_allowed(),
        rusqlite::Error::SqliteFailure(_, Some(msg)) => Mistake {
            unknown: unknown(msg),
            ..refused(understood(msg))
        },
        rusqlite::Error::MultipleStatement => refused(text!(
            "une question à la fois : il y a plusieurs instructions",
            "one question at a time: there are several statements"
        )),
        other => refused(text!(
            "la base répond : {other}",
            "the database answers: {other}"
        )),
    }
}

fn unknown(message: &str) -> Option<Unknown> {
    let table = message.strip_prefix("no such table: ");
    let table = table.map(|name| Unknown::Table(name.to_owned()));
    let column = message.strip_prefix("no such column: ");
    table.or_else(|| column.map(|name| Unknown::Column(name.to_owned())))
}

/// What `SQLite` says, in words for the commonest mistakes.
fn understood(message: &str) -> Text {
    if let Some(name) = message.strip_prefix("no such table: ") {
        return text!(
            "aucune table ne s’appelle `{name}`",
            "no table is called `{name}`"
        );
    }
    if let Some(name) = message.strip_prefix("no such column: ") {
        return text!(
            "aucune colonne ne s’appelle `{name}`",
            "no column is called `{name}`"
        );
    }
    if let Some(near) = message
        .strip_prefix("near ")
        .and_then(|rest| rest.strip_suffix(": syntax error"))
    {
        return text!(
            "ce n’est pas du SQL, à partir de {near}",
            "this is not SQL, from {near} on"
        );
    }
    text!(
        "la base répond : {message}",
        "the database answers: {message}"
    )
}

fn not_allowed() -> Mistake {
    refused(text!(
        "ce n’est pas permis dans une question : elle lit les tables, sans rien changer, joindre d’autre fichier ni tirer au hasard",
        "not allowed in a question: it reads the tables, changes nothing, attaches no other file and draws nothing at random"
    ))
}
