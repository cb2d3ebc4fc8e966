//! The network: pages that draw it and list it, and the block on the page of a rack or a switch.

use serde::Serialize;

use super::frame::Frame;
use super::list::Pager;
use super::pages::TableSection;
use super::value::{Html, Link, Table, Value};

/// Received by `topology.html`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TopologyContext {
    /// Around the page.
    pub frame: Frame,
    /// What the page finds, in a sentence or two.
    pub lead: String,
    /// What contradicts itself, right under it.
    pub contradictions: Option<Contradictions>,
    /// The other pages about the network.
    pub views: Vec<Link>,
    /// The same for a spreadsheet, and for programs.
    pub files: Vec<Link>,
    /// What is drawn below, in short.
    pub overview: Vec<TableSection>,
    /// Sites or racks, drawn.
    pub drawings: Vec<Drawing>,
    /// The same facts, and those that are not drawn.
    pub tables: Vec<TableSection>,
    /// How many rows only the files have, in words.
    pub more: Option<String>,
    /// What its reader must know of how it comes about.
    pub notes: Vec<String>,
    /// Pages of many drawings.
    pub pager: Option<Pager>,
}

/// Facts that cannot all be true.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Contradictions {
    /// Each a sentence in pieces: words, links, values.
    pub told: Vec<Vec<Value>>,
    /// How many more there are, in words.
    pub more: Option<String>,
}

/// A picture with its heading.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Drawing {
    /// Anchor.
    pub id: String,
    /// What is drawn.
    pub title: Link,
    /// How much, in words.
    pub facts: String,
    /// The picture, an SVG with its title and description.
    pub picture: Html,
    /// The same as a table, beside the picture.
    pub table: Option<Table>,
}

/// Received by `topology-block.html`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TopologyBlock {
    /// Heading.
    pub title: String,
    /// What is free and what is used, in a sentence.
    pub facts: String,
    /// The rack, drawn.
    pub picture: Option<Html>,
    /// What cannot stand in the rack.
    pub contradictions: Option<Contradictions>,
    /// The ports, or the racks.
    pub all: Link,
}
