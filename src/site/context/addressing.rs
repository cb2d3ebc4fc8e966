//! The addressing plan: its page, the block on the page of a prefix or a VLAN, the line on that of an asset.

use serde::Serialize;

use super::frame::Frame;
use super::value::{Badge, Html, Link, Table};

/// Received by `addressing.html`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct AddressingContext {
    /// Around the page.
    pub frame: Frame,
    /// How many networks, and which is the fullest, in a sentence or two.
    pub lead: String,
    /// Networks that are nearly full, with their share.
    pub full: Vec<Link>,
    /// Addresses that several assets have, or that no machine can have, the first ones.
    pub faults: Option<Table>,
    /// How many more there are.
    pub more_faults: Option<String>,
    /// The trees, by organisation.
    pub clients: Vec<AddressingClient>,
    /// How many more prefixes the files have.
    pub more: Option<String>,
    /// Addresses in no prefix, the first ones.
    pub outside: Option<Table>,
    /// The same for a spreadsheet, and for programs.
    pub files: Vec<Link>,
    /// How it is counted.
    pub method: Vec<String>,
}

/// The prefixes of an organisation.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct AddressingClient {
    /// Anchor.
    pub id: String,
    /// Whose they are; without an address for those of nobody.
    pub title: Link,
    /// The tree, line by line.
    pub rows: Vec<PrefixRow>,
}

/// A prefix in the tree.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PrefixRow {
    /// How deep it stands, 0 to 5.
    pub depth: usize,
    /// The prefix, its name as hint.
    pub link: Link,
    /// That it is nearly full, and what is wrong in it.
    pub badges: Vec<Badge>,
    /// Its VLAN.
    pub vlan: Option<Link>,
    /// Its place.
    pub site: Option<Link>,
    /// Its gateway.
    pub gateway: Option<String>,
    /// Addresses used, reserved, given out by DHCP, free.
    pub counts: Vec<String>,
    /// The same as a bar; its numbers stand beside it.
    pub bar: Option<Html>,
}

/// Received by `addressing-block.html`, on the page of a prefix or a VLAN.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct AddressingBlock {
    /// How many addresses there are, and how many are free.
    pub facts: String,
    /// A cell an address, or a block of addresses.
    pub map: Option<Html>,
    /// What a cell is, and what its pattern means.
    pub caption: String,
    /// What comes next: free addresses of a network, free networks of a container.
    pub next: Vec<String>,
    /// What those are called.
    pub next_title: String,
    /// Ranges with their state.
    pub table: Option<Table>,
    /// What the table leaves out.
    pub more: Option<String>,
    /// The whole plan.
    pub all: Link,
}
