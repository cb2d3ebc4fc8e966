//! Contexts of the pages of data: what can be downloaded, and questions with their answers.

use serde::Serialize;

use super::{Frame, Html, Link, Table, TableSection};

/// Received by `data.html`: everything as files for programs, and the questions.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct DataContext {
    /// Around the page.
    pub frame: Frame,
    /// The estate as an `SQLite` database.
    pub database: Link,
    /// Questions of the site, then those of the program; no group is empty.
    pub questions: Vec<QuestionGroup>,
    /// The files of each kind.
    pub files: Table,
}

/// Questions under a heading.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct QuestionGroup {
    /// The heading.
    pub title: String,
    /// Their pages.
    pub links: Vec<Link>,
}

/// Received by `question.html`: a question and its answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct QuestionContext {
    /// Around the page.
    pub frame: Frame,
    /// How many rows there are.
    pub count: String,
    /// What is counted, in a sentence.
    pub note: Option<String>,
    /// The page that answers the neighbouring question.
    pub see: Option<Link>,
    /// What is drawn, an SVG with its title and description.
    pub chart: Option<Html>,
    /// The answer; its rows may be none.
    pub table: TableSection,
    /// Why there is no answer.
    pub mistake: Option<String>,
    /// The question, in SQL.
    pub sql: String,
    /// How to ask it in a terminal.
    pub command: String,
    /// The answer as CSV.
    pub csv: Link,
}
