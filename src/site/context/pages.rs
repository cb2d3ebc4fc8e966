//! The other pages: content, procedures by activity, licences, workflows.

use serde::Serialize;

use super::changes::ChangeLog;
use super::frame::Frame;
use super::record::{BackLinks, Section};
use super::value::{Badge, Html, Link, Table, Value};

/// Received by `page.html`: a page of `content/`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PageContext {
    /// Around the page.
    pub frame: Frame,
    /// The words.
    pub body: Html,
    /// Pages under this one.
    pub children: Vec<Link>,
    /// Who refers to it.
    pub back_links: Vec<BackLinks>,
    /// What Git says about it.
    pub log: ChangeLog,
}

/// Received by `procedures.html`: the index by activity.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ProceduresContext {
    /// Around the page.
    pub frame: Frame,
    /// The folder's own words.
    pub introduction: Option<Html>,
    /// How many procedures there are.
    pub count: usize,
    /// The procedures of each folder, to print.
    pub binders: Vec<Link>,
    /// The three activities in the order of the notes, then those without one.
    pub activities: Vec<ActivityProcedures>,
}

/// Procedures of an activity.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ActivityProcedures {
    /// Anchor on the index page.
    pub id: String,
    /// The activity, linked to its place on the index.
    pub title: Link,
    /// A sentence about it.
    pub summary: Option<String>,
    /// How many procedures it has; on the home page `procedures` lists the first ones only.
    pub count: usize,
    /// The procedures.
    pub procedures: Vec<ProcedureLine>,
}

/// A procedure in the index.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ProcedureLine {
    /// Title and address.
    pub link: Link,
    /// A sentence about it.
    pub summary: Option<String>,
    /// Level of support.
    pub level: Option<String>,
    /// How long it takes.
    pub duration: Option<String>,
    /// « à revoir », « brouillon ».
    pub badge: Option<Badge>,
}

/// Received by `licences.html`: positions of all licences.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct LicencesContext {
    /// Around the page.
    pub frame: Frame,
    /// Figures above the table: label, value, verdict.
    pub totals: Vec<(String, String, Option<Badge>)>,
    /// A table a software or one for all; the last row of each is its total when `total` is set.
    pub tables: Vec<TableSection>,
    /// The same as CSV.
    pub csv: Option<Link>,
    /// « vue partielle », when some records are hidden from these readers.
    pub partial: bool,
}

/// A sortable table under a heading.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TableSection {
    /// Anchor.
    pub id: String,
    /// Heading; empty when the page's title says it all.
    pub title: String,
    /// Headings of columns.
    pub columns: Vec<super::list::Column>,
    /// Rows.
    pub rows: Vec<super::list::Row>,
    /// The row under the line, as many cells as columns, or none.
    pub total: Vec<Value>,
}

/// Received by `workflow.html`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct WorkflowContext {
    /// Around the page.
    pub frame: Frame,
    /// Fields by section.
    pub sections: Vec<Section>,
    /// The diagram, an SVG with its title and description.
    pub diagram: Option<Html>,
    /// The same facts: states, transitions, escalation.
    pub tables: Vec<Table>,
    /// The flow as it ran.
    pub as_ran: Option<FlowAsRan>,
    /// The Markdown body.
    pub body: Option<Html>,
    /// Who refers to it.
    pub back_links: Vec<BackLinks>,
    /// What Git says about it.
    pub log: ChangeLog,
}

/// What really happened on a workflow in a period.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FlowAsRan {
    /// The period, and how many tickets it has.
    pub summary: String,
    /// What lengths count, how percentiles are taken, what is left out.
    pub notes: Vec<String>,
    /// The diagram with counts and times; `None` when nothing happened in the period.
    pub diagram: Option<Html>,
    /// The same facts, and the figures by client, site, category and level.
    pub tables: Vec<Table>,
    /// The periods that have pages; this one has no address.
    pub periods: Vec<Link>,
}

/// Received by `search.html` and `404.html`, which only need the frame.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SimpleContext {
    /// Around the page.
    pub frame: Frame,
}
