//! A record's page and a procedure's: fields by section, body, back-links, change log.

use serde::Serialize;

use super::addressing::AddressingBlock;
use super::applicable::{ApplicableProcedures, Placeholders};
use super::backups::BackupBlock;
use super::blocks::{ChangeReasons, LicencePosition, Promises, TicketFlow};
use super::calendar::CarriedBy;
use super::changes::ChangeLog;
use super::clients::{ClientBlock, ClientSection};
use super::desk::{KnownErrors, ProblemIncidents};
use super::finance::FinanceBlock;
use super::frame::Frame;
use super::impact::ImpactBlock;
use super::on_call::{PersonDuties, RotaBoard};
use super::topology::TopologyBlock;
use super::upkeep::UpkeepBlock;
use super::value::{Badge, Html, Link, Moment, Value};

/// Received by `record.html`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct RecordContext {
    /// Around the page.
    pub frame: Frame,
    /// What it is.
    pub head: RecordHead,
    /// Pages that tell more of it (the monthly reports that it counts in).
    pub views: Vec<Link>,
    /// What belongs to an organisation.
    pub client: Option<ClientBlock>,
    /// Tables of what belongs to it or may be done with it.
    pub topics: Vec<ClientSection>,
    /// Fields by section, in the schema's order; sections without a value are left out.
    pub sections: Vec<Section>,
    /// The licences of a software, or a licence's own position.
    pub licence: Option<LicencePosition>,
    /// Where a ticket stands.
    pub flow: Option<TicketFlow>,
    /// A change's seven R.
    pub reasons: Option<ChangeReasons>,
    /// The commits that carried a change.
    pub carried: Option<CarriedBy>,
    /// What a contract promises.
    pub promises: Option<Promises>,
    /// A rota's card and calendar.
    pub rota: Option<RotaBoard>,
    /// The shifts of a person.
    pub duties: Option<PersonDuties>,
    /// What an asset cost and how its life went, what a budget has left, how a supplier delivers.
    pub finance: Option<FinanceBlock>,
    /// Known errors that concern it.
    pub known_errors: Option<KnownErrors>,
    /// What stops with it.
    pub impact: Option<ImpactBlock>,
    /// A rack's elevation, a device's ports.
    pub network: Option<TopologyBlock>,
    /// The backups that cover it, or that none does.
    pub backups: Option<BackupBlock>,
    /// Its system's support, old versions, tasks and manuals.
    pub upkeep: Option<UpkeepBlock>,
    /// The addresses of a prefix, or the prefixes of a VLAN.
    pub addressing: Option<AddressingBlock>,
    /// Procedures that apply to it.
    pub applicable: Option<ApplicableProcedures>,
    /// A problem's incidents.
    pub incidents: Option<ProblemIncidents>,
    /// Diagrams of the record (relations, a workflow), each a `<figure>` with its table.
    pub figures: Vec<Html>,
    /// The Markdown body.
    pub body: Option<Html>,
    /// Who refers to it, by kind.
    pub back_links: Vec<BackLinks>,
    /// What Git says about it.
    pub log: ChangeLog,
}

/// The identity of a record, above its fields.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct RecordHead {
    /// The kind's label, linked to its list.
    pub kind: Link,
    /// The id as written.
    pub id: String,
    /// Status and other enumerations worth seeing first.
    pub badges: Vec<Badge>,
    /// What one looks for (place, telephone, address, end), label and value, in a strip above its fields.
    pub summary: Vec<(String, Value)>,
}

/// Fields under a heading.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Section {
    /// Anchor, listed in the frame's contents.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Fields in order.
    pub fields: Vec<Field>,
}

/// A field with its value.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Field {
    /// Label.
    pub label: String,
    /// Value.
    pub value: Value,
    /// Whether it needs the whole width: Markdown and tables.
    pub wide: bool,
}

/// Records of one kind that refer to this one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BackLinks {
    /// The kind's label in the plural.
    pub title: String,
    /// How many there are; may be more than `links` lists.
    pub count: usize,
    /// The records, their status or the field that refers as hint.
    pub links: Vec<Link>,
    /// The list that shows them all, when `links` is cut short.
    pub more: Option<Link>,
}

/// Received by `procedure.html`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ProcedureContext {
    /// Around the page.
    pub frame: Frame,
    /// What it is.
    pub head: RecordHead,
    /// The strip under the title.
    pub meta: ProcedureMeta,
    /// What it is for, in a sentence.
    pub lead: Option<String>,
    /// What its reader needs, and must know, before the first step.
    pub before: Vec<Before>,
    /// The other fields, under the steps.
    pub sections: Vec<Section>,
    /// Known errors that concern it.
    pub known_errors: Option<KnownErrors>,
    /// The holes for an asset's values in its steps.
    pub placeholders: Option<Placeholders>,
    /// The steps.
    pub body: Html,
    /// All procedures of the folder that this is the page of, to print.
    pub binder: Option<Link>,
    /// How many boxes there are to tick in the body, those of embedded texts included; 0 leaves the run out.
    pub tasks: usize,
    /// Who refers to it.
    pub back_links: Vec<BackLinks>,
    /// What Git says about it.
    pub log: ChangeLog,
}

/// A box above the steps of a procedure.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Before {
    /// The key of its field: `prerequisites`, whose lines are ticked, or `risks`.
    pub key: &'static str,
    /// The field's label.
    pub title: String,
    /// Its lines.
    pub lines: Vec<Value>,
}

/// Who follows a procedure, how long it takes, and whether it is still true.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ProcedureMeta {
    /// One of the three activities, linked to the index.
    pub activity: Option<Link>,
    /// Level of support (N1, N2, N3).
    pub level: Option<String>,
    /// Who answers for it.
    pub owner: Option<Link>,
    /// How long it takes, as read.
    pub duration: Option<String>,
    /// Last review.
    pub reviewed: Option<Moment>,
    /// Next review.
    pub review_by: Option<Moment>,
    /// Whether the next review is past.
    pub overdue: bool,
}
