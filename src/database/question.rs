//! A question in SQL, asked with guards: it reads, it does not write, reach other files, or run for ever.

use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;

use super::Database;
use crate::diagnostic::Text;
use crate::text;

/// Rows of an answer; a page or terminal shows no more.
pub const MOST_ROWS: usize = 10_000;
/// Steps of the database's machine, in thousands: some ten seconds. Steps and not seconds, so that the same question
/// has the same answer on every machine.
const MOST_THOUSANDS: u32 = 2_000_000;
/// Functions whose answer is not the same each time.
const RANDOM: [&str; 2] = ["random", "randomblob"];

/// What a question was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The rows, as many as [`MOST_ROWS`].
    pub rows: Vec<Vec<Cell>>,
    /// There were more.
    pub cut: bool,
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
    /// Asks a question in SQL: one statement that reads.
    pub fn ask(&mut self, sql: &str) -> Result<Answer, Mistake> {
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
        let mut rows = statement.query([]).map_err(|error| mistake(&error))?;
        let mut answer = Answer {
            columns,
            rows: Vec::new(),
            cut: false,
        };
        while let Some(row) = rows.next().map_err(|error| mistake(&error))? {
            if answer.rows.len() == MOST_ROWS {
                answer.cut = true;
                break;
            }
            let cells = (0..answer.columns.len()).map(|place| row.get_ref(place).map(cell));
            let cells = cells
                .collect::<Result<_, _>>()
                .map_err(|error| mistake(&error))?;
            answer.rows.push(cells);
        }
        Ok(answer)
    }

    /// Whether a question can be understood: nothing is read.
    pub fn understand(&mut self, sql: &str) -> Result<(), Mistake> {
        self.guard().map_err(|error| mistake(&error))?;
        self.connection
            .prepare(sql)
            .map(|_| ())
            .map_err(|error| mistake(&error))
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
        other => refused(text!("SQLite : {other}", "SQLite: {other}")),
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
    text!("SQLite répond : {message}", "SQLite answers: {message}")
}

fn not_allowed() -> Mistake {
    refused(text!(
        "ce n’est pas permis dans une question : elle lit les tables, sans rien changer, joindre d’autre fichier ni tirer au hasard",
        "not allowed in a question: it reads the tables, changes nothing, attaches no other file and draws nothing at random"
    ))
}
