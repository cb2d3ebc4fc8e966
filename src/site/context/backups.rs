//! Backups: the page of the coverage, and the block on the page of what is saved.

use serde::Serialize;

use super::frame::Frame;
use super::pages::TableSection;
use super::value::{Badge, Link, Table};

/// Received by `backup-coverage.html`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct BackupCoverageContext {
    /// Around the page.
    pub frame: Frame,
    /// The questions that the page answers first: what is not saved, what is late, what was never restored.
    pub questions: Vec<Question>,
    /// What is left to the rule 3-2-1, in a sentence.
    pub rule: String,
    /// By what is saved, and by job.
    pub tables: Vec<TableSection>,
    /// The same for a spreadsheet, and for programs.
    pub files: Vec<Link>,
    /// How the figures come about: a word and what it means.
    pub definitions: Vec<(String, String)>,
}

/// A question, and what it finds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Anchor.
    pub id: String,
    /// The question.
    pub title: String,
    /// How many.
    pub badge: Badge,
    /// Each with what is to be said of it; the first ones.
    pub answers: Vec<(Link, String)>,
    /// How many more.
    pub more: Option<String>,
    /// What is said when there is nothing.
    pub none: String,
}

/// Received by `backup-block.html`, on the page of an asset, a service or a software.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct BackupBlock {
    /// Whether the rule 3-2-1 is kept, and what is missing.
    pub badge: Badge,
    /// How many copies there are, and where.
    pub facts: String,
    /// Each copy with the job that makes it.
    pub table: Option<Table>,
    /// The coverage of the whole estate.
    pub all: Link,
}
