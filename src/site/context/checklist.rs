//! What somebody's arrival needs and departure takes back, as lists to tick on paper.

use serde::Serialize;

use super::frame::Frame;
use super::value::{Badge, Link, Value};

/// Received by `checklist.html`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ChecklistContext {
    /// Around the page.
    pub frame: Frame,
    /// Who, since when, until when: label and value.
    pub facts: Vec<(String, Value)>,
    /// Arrival, departure, or the one of them that concerns this person.
    pub lists: Vec<Checklist>,
}

/// The lines of one occasion.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Checklist {
    /// Anchor.
    pub id: String,
    /// Heading.
    pub title: String,
    /// How much is done.
    pub progress: String,
    /// Lines by what they are about.
    pub groups: Vec<ChecklistGroup>,
    /// Who signs.
    pub signatures: Vec<String>,
}

/// Lines about one thing.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ChecklistGroup {
    /// Heading.
    pub title: String,
    /// The lines, in the order of the inventory.
    pub lines: Vec<ChecklistLine>,
}

/// A line to tick.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ChecklistLine {
    /// The record.
    pub link: Link,
    /// What tells it from others: a serial number, a level of access.
    pub facts: Vec<String>,
    /// Whether the inventory says that it is done, in words.
    pub done: Option<Badge>,
}
