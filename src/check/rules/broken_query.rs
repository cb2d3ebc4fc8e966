//! Finds questions of the site's own (`inventory/_queries/*.sql`) that the database does not understand.
//!
//! A table or column may have another name than thought, or the question may do more than read. `carnet query --list
//! tables` gives the tables and their columns.

use std::sync::Arc;

use crate::check::{Check, Report};
use crate::database::{Database, FOLDER, own};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::source::{SourceFile, Span, TextRange};
use crate::text;

pub(in crate::check) const CHECK: Check = Check {
    rule: Rule {
        name: "broken-query",
        level: Severity::Error,
    },
    run,
};

fn run(estate: &Estate, report: &mut Report<'_>) {
    let mut database = None;
    for question in own(estate) {
        let database = database.get_or_insert_with(|| Database::empty(estate));
        let Err(mistake) = database.understand(question.sql) else {
            continue;
        };
        let path = question.path.unwrap_or(FOLDER);
        let file = Arc::new(SourceFile::new(path, question.sql));
        let start = mistake.offset.unwrap_or(0);
        let length = question.sql[start..]
            .find(|letter: char| !letter.is_alphanumeric() && letter != '_')
            .unwrap_or(question.sql.len() - start)
            .max(1);
        let span = Span::new(&file, TextRange::new(start, start + length));
        let help = text!(
            "`carnet query --list tables` donne les tables et leurs colonnes",
            "`carnet query --list tables` gives the tables and their columns"
        );
        report.at(span, mistake.message, Some(help));
    }
}
