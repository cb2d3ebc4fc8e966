//! The service desk in figures, and what problems tell on other pages.

use serde::Serialize;

use super::frame::Frame;
use super::list::{Column, Row};
use super::value::{Badge, Html, Link, Table, Value};

/// Received by `statistics.html`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct StatisticsContext {
    /// Around the page.
    pub frame: Frame,
    /// The period, in a sentence.
    pub lead: String,
    /// How many tickets cannot be dated, in a sentence.
    pub undated: Option<String>,
    /// Figures above all: label, value, verdict.
    pub figures: Vec<(String, String, Option<Badge>)>,
    /// Incidents that come back without a problem.
    pub suggestions: Vec<SuggestedProblem>,
    /// Tables, some with a chart.
    pub sections: Vec<DeskSection>,
    /// What each figure means: term, sentence.
    pub definitions: Vec<(String, String)>,
    /// Priorities by urgency and impact.
    pub matrix: Option<Table>,
}

/// A table of the desk.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct DeskSection {
    /// Anchor.
    pub id: String,
    /// Heading.
    pub title: String,
    /// What its reader must know.
    pub note: Option<String>,
    /// The same facts, drawn: an SVG with its title and description.
    pub chart: Option<Html>,
    /// Headings of columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
    /// The row under the line, or none.
    pub total: Vec<Value>,
    /// Whether there are enough rows to filter.
    pub tools: bool,
    /// How many rows only the CSV has, in words.
    pub more: Option<String>,
    /// All rows for a spreadsheet.
    pub csv: Link,
}

/// A problem that should be opened.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SuggestedProblem {
    /// What it could be called.
    pub title: String,
    /// What the incidents share.
    pub subject: Link,
    /// How many, from when to when, and the time they took.
    pub facts: String,
    /// The incidents.
    pub tickets: Vec<Link>,
    /// What to write in `inventory/problems/`.
    pub snippet: String,
}

/// A known error, on the page of a record that it concerns.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct KnownError {
    /// The problem.
    pub problem: Link,
    /// What is seen, in short.
    pub symptoms: Option<String>,
    /// What to do meanwhile.
    pub workaround: Option<Html>,
}

/// What a record's page tells of known errors.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct KnownErrors {
    /// The first ones.
    pub errors: Vec<KnownError>,
    /// The others, linked to the list.
    pub more: Option<Link>,
}

/// The incidents of a problem.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ProblemIncidents {
    /// Whether it is a known error, in words.
    pub known_error: Option<Badge>,
    /// How many, from when to when, and the time they took.
    pub facts: String,
    /// The incidents, oldest first.
    pub table: Option<Table>,
}
