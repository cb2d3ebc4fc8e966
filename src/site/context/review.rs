//! A review of records: figures, then tables that each say what is to be looked at, with its list.

use serde::Serialize;

use super::frame::Frame;
use super::pages::TableSection;
use super::value::{Badge, Link};

/// Received by `review.html`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ReviewContext {
    /// Around the page.
    pub frame: Frame,
    /// A few sentences under the title.
    pub lead: Vec<String>,
    /// The same as files to download.
    pub files: Vec<Link>,
    /// Other pages about the same.
    pub views: Vec<Link>,
    /// The answer in one look: what is counted, how many, how it stands.
    pub figures: Vec<LinkedFigure>,
    /// The tables.
    pub sections: Vec<ReviewSection>,
}

/// A number with what it counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LinkedFigure {
    /// What is counted, with its list where there is one.
    pub label: Link,
    /// How many.
    pub value: String,
    /// How that stands.
    pub badge: Option<Badge>,
}

/// A table under a heading, with words around it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ReviewSection {
    /// Heading, columns and rows; without rows the words stand alone.
    pub table: TableSection,
    /// A sentence above the table.
    pub note: Option<String>,
    /// Sentences in a list, under the table.
    pub points: Vec<String>,
    /// Where the rest is.
    pub more: Option<Link>,
    /// Whether it is a matrix: narrow columns that are read by their heads.
    pub matrix: bool,
}
