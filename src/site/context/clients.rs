//! What a client's page and its monthly reports receive.

use serde::Serialize;

use super::frame::Frame;
use super::pages::TableSection;
use super::value::{Link, Value};

/// The dashboard on an organisation's page.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ClientBlock {
    /// How many of each: what, as read, with its list.
    pub figures: Vec<(Link, usize)>,
    /// Its places, without the rooms in them.
    pub places: Vec<Link>,
    /// Its monthly reports, newest first.
    pub reports: Vec<Link>,
    /// Machines, contracts, tickets and so on; none without rows.
    pub sections: Vec<ClientSection>,
}

/// A table under a heading, with words around it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ClientSection {
    /// Heading, columns and rows; without rows `note` stands alone.
    pub table: TableSection,
    /// A sentence under the table.
    pub note: Option<String>,
    /// Where the rest is.
    pub more: Option<Link>,
}

/// Received by `report.html`: a month of a client.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ReportContext {
    /// Around the page.
    pub frame: Frame,
    /// Client, provider, contracts, period, day: label and value.
    pub facts: Vec<(String, Value)>,
    /// Why figures will still change; `None` for a month that is over.
    pub partial: Option<String>,
    /// The figures, with those of the month before beside them, then the rest of the report.
    pub sections: Vec<ClientSection>,
}
