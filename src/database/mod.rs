//! The estate as an `SQLite` database: a table a kind, tables of what follows from them, and views in words.
//!
//! It lives in memory and leaves as bytes, which the site publishes as `data/estate.sqlite`; questions in SQL are
//! asked of the same tables. The only home of rusqlite. Secret fields are in no table.

mod facts;
mod layout;
mod names;
mod question;
mod ready;
mod tables;
#[cfg(test)]
mod tests;
mod views;

use rusqlite::{Connection, MAIN_DB};

use crate::estate::Estate;

pub use layout::{Column, Layout, layout};
pub use names::{near, told};
pub use question::{Answer, Cell, MOST_ROWS, Mistake, Unknown};
pub use ready::{FOLDER, Question, READY, Said, name, own, questions};

/// Where the site publishes it.
pub const FILE: &str = "data/estate.sqlite";

/// An estate's database, in memory.
#[derive(Debug)]
pub struct Database {
    connection: Connection,
}

impl Database {
    /// Writes the estate into tables: the same estate gives the same bytes.
    pub fn of(estate: &Estate) -> Self {
        let layout = layout(&estate.schema);
        let connection = fill(estate, &layout)
            .expect("the tables follow from the schema, and memory has no disk");
        Self { connection }
    }

    /// The tables without rows, to see whether a question can be understood.
    pub fn empty(estate: &Estate) -> Self {
        let layout = layout(&estate.schema);
        let connection = create(estate, &layout).and_then(|connection| {
            facts::index(&connection)?;
            Ok(connection)
        });
        Self {
            connection: connection.expect("the tables follow from the schema"),
        }
    }

    /// The tables and views with their columns, by name.
    fn names(&self) -> Vec<(String, Vec<String>)> {
        let sql = "SELECT m.name, c.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c \
                   WHERE m.type IN ('table', 'view') ORDER BY m.type, m.name, c.cid";
        let told = self.connection.prepare(sql).and_then(|mut statement| {
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<Vec<(String, String)>>>()
        });
        let mut names: Vec<(String, Vec<String>)> = Vec::new();
        for (table, column) in told.expect("a database knows its tables") {
            match names.last_mut().filter(|(last, _)| *last == table) {
                Some((_, columns)) => columns.push(column),
                None => names.push((table, vec![column])),
            }
        }
        names
    }

    /// The database as a file that every `SQLite` reads.
    pub fn bytes(&mut self) -> Vec<u8> {
        // What questions may not do, copying does.
        self.unguard();
        let bytes = self.connection.serialize(MAIN_DB);
        bytes.expect("a database in memory can be copied").to_vec()
    }
}

fn create(estate: &Estate, layout: &Layout) -> rusqlite::Result<Connection> {
    let connection = Connection::open_in_memory()?;
    // Pages of 4 KiB whatever the library's default: the file must not depend on it.
    connection.execute_batch("PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; BEGIN;")?;
    tables::create(&connection, layout)?;
    facts::create(&connection)?;
    views::create(&connection, estate, layout)?;
    connection.execute_batch("COMMIT;")?;
    Ok(connection)
}

fn fill(estate: &Estate, layout: &Layout) -> rusqlite::Result<Connection> {
    let connection = create(estate, layout)?;
    connection.execute_batch("BEGIN;")?;
    tables::fill(&connection, estate, layout)?;
    facts::fill(&connection, estate)?;
    facts::index(&connection)?;
    connection.execute_batch("COMMIT;")?;
    Ok(connection)
}

/// A name as SQL writes it, whatever it holds.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
