//! What the pages receive that are printed and carried about: the physical inventory, the handover sheet.

use serde::Serialize;

use super::clients::ClientSection;
use super::frame::Frame;
use super::list::Pager;
use super::pages::TableSection;
use super::value::{Badge, Html, Link, Moment, Value};

/// Received by `physical-inventories.html`: how far each site is.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct InventorySitesContext {
    /// Around the page.
    pub frame: Frame,
    /// The answer in a sentence or two.
    pub opening: String,
    /// By site, and the assets without any; none without rows.
    pub tables: Vec<TableSection>,
    /// The same as a file.
    pub csv: Link,
}

/// Received by `labels.html`: where labels are printed from, and on what.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct LabelsContext {
    /// Around the page.
    pub frame: Frame,
    /// How many there are, and on what they are printed.
    pub opening: String,
    /// What is missing for codes that lead to a record.
    pub notice: Option<String>,
    /// The sheets of each place.
    pub places: TableSection,
    /// Sheets and rolls that can be bought.
    pub formats: TableSection,
}

/// Received by `physical-inventory.html`: what should stand in a site, to be ticked.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct InventoryContext {
    /// Around the page.
    pub frame: Frame,
    /// The answer in a sentence or two.
    pub opening: String,
    /// That the codes hold the tag alone; `None` when they hold an address.
    pub notice: Option<String>,
    /// The page of the labels of what stands here.
    pub labels: Option<Link>,
    /// The rooms of this part.
    pub rooms: Vec<InventoryRoom>,
    /// Lines for what was found and is on no list; none but on the last part.
    pub blank: Vec<usize>,
    /// Who signs, on the last part.
    pub signatures: Vec<String>,
    /// The whole list as a file.
    pub csv: Link,
    /// The other parts.
    pub pager: Option<Pager>,
}

/// A room with its assets.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct InventoryRoom {
    /// Anchor.
    pub id: String,
    /// Heading.
    pub title: String,
    /// How many assets, as read.
    pub count: String,
    /// The assets.
    pub lines: Vec<InventoryLine>,
}

/// An asset to be found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct InventoryLine {
    /// Its QR code.
    pub code: Html,
    /// Its inventory number, else its id.
    pub number: String,
    /// Its record.
    pub link: Link,
    /// Its type and model, as far as they are known.
    pub what: Vec<String>,
    /// Its serial number.
    pub serial: Option<String>,
    /// Who uses or has borrowed it.
    pub user: Option<String>,
    /// When it was last seen.
    pub seen: Option<Moment>,
    /// That it is in stock or away for repair.
    pub status: Option<Badge>,
}

/// Received by `handover.html`: what a person holds, to be signed.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct HandoverContext {
    /// Around the page.
    pub frame: Frame,
    /// Who and where: label and value.
    pub facts: Vec<(String, Value)>,
    /// Machines, then licences and accounts; none without rows.
    pub sections: Vec<ClientSection>,
    /// What the person agrees to.
    pub terms: Html,
    /// Who signs.
    pub signatures: Vec<String>,
}
