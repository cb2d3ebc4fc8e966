//! Contexts of the page on the quality of data, and of the form of a place to fill in by hand.

use serde::Serialize;

use super::backups::Question;
use super::frame::Frame;
use super::pages::TableSection;
use super::value::{Html, Link};

/// Received by `quality.html`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct QualityContext {
    /// Around the page.
    pub frame: Frame,
    /// How much of what is expected is written, in a sentence.
    pub summary: String,
    /// The questions that the page answers first: twice, fake, contradictory, stale, of no use.
    pub questions: Vec<Question>,
    /// The share by kind, an SVG with its title and description, and a caption.
    pub chart: Option<Html>,
    /// What is written, and what is wrong; each with a sentence about it.
    pub sections: Vec<(TableSection, String)>,
    /// A form a place.
    pub forms: Vec<Link>,
    /// The same for a spreadsheet, and for programs.
    pub files: Vec<Link>,
}

/// Received by `quality-form.html`: what is missing at a place, with room to write.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct QualityFormContext {
    /// Around the page.
    pub frame: Frame,
    /// How much is missing.
    pub summary: String,
    /// The records by kind.
    pub groups: Vec<FormGroup>,
    /// What is said when nothing is missing, or how many records have no room.
    pub note: Option<String>,
}

/// The records of a kind on a form.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FormGroup {
    /// The kind.
    pub title: String,
    /// Each with its room and its empty fields.
    pub records: Vec<FormRecord>,
}

/// A record on a form.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FormRecord {
    /// The record.
    pub link: Link,
    /// How it is found: number, type, room.
    pub facts: String,
    /// The names of what is missing.
    pub fields: Vec<String>,
}
