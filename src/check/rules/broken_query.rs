//! Finds questions of the site's own (`inventory/_queries/*.sql`) that the database does not answer.
//!
//! A table or column may have another name than thought, the question may do more than read, or never end: each is
//! asked, to its last row. `carnet query --list tables` gives the tables and their columns.

use std::sync::Arc;

use crate::check::{Check, Report};
use crate::database::{Database, Mistake, name};
use crate::diagnostic::{Rule, Severity};
use crate::estate::Estate;
use crate::project::decode;
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
    let questions = estate.attachments.iter();
    for (path, bytes) in questions.filter(|(path, _)| name(path).is_some()) {
        let file = match decode(path, bytes.to_vec()) {
            Ok(file) => file,
            Err(diagnostic) => {
                report.diagnostics.push(*diagnostic);
                continue;
            }
        };
        let database = database.get_or_insert_with(|| Database::of(estate));
        if let Err(mistake) = database.understand(&file.text) {
            tell(&file, mistake, report);
        }
    }
}

fn tell(file: &Arc<SourceFile>, mistake: Mistake, report: &mut Report<'_>) {
    let sql = &file.text;
    let start = mistake.offset.unwrap_or(0);
    let rest = sql.get(start..).unwrap_or_default();
    let length = rest
        .find(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .unwrap_or(rest.len());
    // A sign has the length of its letter, and an empty file none.
    let sign = rest.chars().next().map_or(0, char::len_utf8);
    let start = start.min(sql.len());
    let span = Span::new(file, TextRange::new(start, start + length.max(sign)));
    let help = text!(
        "`carnet query --list tables` donne les tables et leurs colonnes",
        "`carnet query --list tables` gives the tables and their columns"
    );
    report.at(span, mistake.message, Some(help));
}
