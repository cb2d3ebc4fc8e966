//! Money and life-cycle: the pages that sum up, and the block on the pages of assets, budgets and suppliers.

use serde::Serialize;

use super::desk::DeskSection;
use super::frame::Frame;
use super::value::{Badge, Link, Table};

/// Received by `ledger.html`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct LedgerContext {
    /// Around the page.
    pub frame: Frame,
    /// What the page answers, in a sentence.
    pub lead: String,
    /// Figures above all: label, value, verdict.
    pub figures: Vec<(String, String, Option<Badge>)>,
    /// Tables, some with a chart.
    pub sections: Vec<LedgerSection>,
    /// How things are counted, one sentence each.
    pub notes: Vec<String>,
    /// Pages that answer neighbouring questions.
    pub see: Vec<Link>,
}

/// A table of the page.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct LedgerSection {
    /// The table.
    pub table: DeskSection,
    /// All rows for programs.
    pub data: Link,
}

/// On a record's page.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FinanceBlock {
    /// Heading.
    pub title: String,
    /// Figures: label, value, verdict.
    pub figures: Vec<(String, String, Option<Badge>)>,
    /// Small tables, each with its caption.
    pub tables: Vec<Table>,
    /// How things were counted, one sentence each.
    pub notes: Vec<String>,
    /// The page that sums up.
    pub more: Option<Link>,
}
