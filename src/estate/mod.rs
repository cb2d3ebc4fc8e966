//! What the project means (le parc): every reference is a record or known to lead nowhere, every
//! back-link is known, and facts (titles, licence positions, where a ticket stands) can be asked for.
//!
//! No file system and no clock: the day is given. Entry: [`resolve`].

pub mod accounts;
mod again;
pub mod applicable;
pub mod asset_labels;
pub mod asset_tags;
pub mod backups;
pub mod binders;
pub mod changes;
pub mod checklists;
pub mod clients;
pub mod conformity;
pub mod deadlines;
pub mod desk;
pub mod display;
pub mod finance;
pub mod fleet;
pub mod flow_as_ran;
pub mod freezes;
pub mod holdings;
pub mod impact;
pub mod installed;
pub mod journeys;
pub mod licences;
mod lookup;
pub mod membership;
pub mod mentions;
mod nameless;
pub mod network;
pub mod on_call;
pub mod physical_inventory;
pub mod placeholders;
pub mod places;
pub mod problems;
pub mod quality;
mod reading;
mod recorded;
pub mod redirects;
mod resolve;
pub mod rights;
#[cfg(test)]
pub(crate) mod samples;
pub mod service_hours;
pub mod service_levels;
pub mod tickets;
pub mod topology;
pub mod upkeep;
pub mod workflows;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

pub use again::resolve_again;
pub use lookup::Found;
pub use mentions::Target;
pub use recorded::{ItemChange, alike_items, field_label, field_of, recorded};
pub use resolve::resolve;

use crate::diagnostic::Language;
use crate::history::{Commit, Forge, History};
use crate::project;
use crate::project::{Config, Past, View};
use crate::schema::{Kind, Schema};

/// Pages of the site that are no record; a record's address never takes one of these.
pub const FIXED_PAGES: &[&str] = &[
    "data/",
    "history/",
    "search/",
    "offline/",
    "en/offline/",
    "licences/positions/",
    desk::PAGE,
    accounts::PAGE,
    rights::PAGE,
    "changes/calendar/",
    deadlines::PAGE,
    deadlines::CALENDAR,
    backups::PAGE,
    quality::PAGE,
    impact::PAGE,
    network::PAGE,
    finance::BUDGETS,
    finance::PURCHASES,
    finance::FIXED_ASSETS,
    finance::RENEWALS,
    conformity::PAGE,
    topology::PAGE,
    topology::PATCHING,
    topology::RACKS,
    topology::WIRELESS,
    topology::FILTERING,
    fleet::PAGE,
    upkeep::PAGE,
    physical_inventory::PAGE,
    asset_labels::PAGE,
    "en/",
];

/// The number of a record: its place in the order of kinds and ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub(crate) u32);

/// Everything that is known, resolved.
#[derive(Debug)]
pub struct Estate {
    /// The configuration.
    pub config: Config,
    /// The kinds.
    pub schema: Arc<Schema>,
    /// The day the site is true of.
    pub as_of: Date,
    /// Who changed what, when.
    pub history: Arc<History>,
    /// The commit the project was read from, when it is not the present state.
    pub past: Option<Past>,
    /// What some readers may not see was taken out of it: what leads nowhere is not named.
    pub is_part: bool,
    /// There is an audience that its readers do not belong to: totals are of a part.
    pub is_partial_view: bool,
    /// Pictures and documents, by path from the root.
    pub attachments: BTreeMap<String, Arc<[u8]>>,
    /// Records whose id another record had first, with that one; they have no page.
    pub duplicates: Vec<(Arc<project::Record>, RecordId)>,
    records: Vec<Record>,
    by_kind: Arc<BTreeMap<String, Range<usize>>>,
    by_url: Arc<HashMap<String, RecordId>>,
    lookup: Arc<lookup::Lookup>,
    reading: Arc<reading::Reading>,
    service_levels: OnceLock<service_levels::ServiceLevels>,
    deadlines: OnceLock<Vec<deadlines::Known>>,
    desk: OnceLock<desk::Desk>,
    known_errors: OnceLock<problems::KnownErrors>,
    applicable_procedures: OnceLock<applicable::ApplicableProcedures>,
    journeys: OnceLock<journeys::Journeys>,
    occasions: OnceLock<checklists::Occasions>,
    clients: OnceLock<clients::Clients>,
    accounts: OnceLock<accounts::Accounts>,
    membership: OnceLock<membership::Membership>,
    rights: OnceLock<rights::Rights>,
    backups: OnceLock<backups::Backups>,
    quality: OnceLock<quality::Quality>,
    dependencies: OnceLock<impact::Dependencies>,
    topology: OnceLock<topology::Topology>,
    binders: OnceLock<binders::Binders>,
    addressing: OnceLock<network::Addressing>,
    shared_addresses: OnceLock<network::repeats::SharedAddresses>,
    finance: finance::Finance,
    installed: OnceLock<installed::Installed>,
    fleet: OnceLock<fleet::Fleet>,
    systems: OnceLock<upkeep::systems::Systems>,
    upkeep: OnceLock<upkeep::Upkeep>,
    asset_tags: OnceLock<asset_tags::AssetTags>,
    physical_inventory: OnceLock<physical_inventory::PhysicalInventory>,
    labelled: OnceLock<physical_inventory::PhysicalInventory>,
    place_names: OnceLock<BTreeMap<RecordId, String>>,
    in_charge: OnceLock<BTreeMap<RecordId, usize>>,
}

/// A record with its meaning.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its number.
    pub id: RecordId,
    /// As written.
    pub source: Arc<project::Record>,
    /// What it is called.
    pub title: String,
    /// Its address from the site's root, with a final slash: `assets/srv-ad-01/`.
    pub url: String,
    /// What the references of its fields mean, in the order of `source.references`.
    pub links: Vec<Link>,
    /// What the references of its texts mean, by document, in the order of `Document::references`.
    pub mentions: Vec<Vec<Target>>,
    /// Who refers to it, sorted, without the record itself.
    pub back_links: Vec<BackLink>,
}

/// What a field's reference means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// A record of an allowed kind.
    Record(RecordId),
    /// A record, but of a kind that the field does not take.
    WrongKind(RecordId),
    /// Several records could be meant.
    Ambiguous(Vec<RecordId>),
    /// No record has this id.
    Dangling,
}

/// Another record's reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct BackLink {
    /// Who refers.
    pub from: RecordId,
    /// By which field of its kind; `None` for its text.
    pub field: Option<usize>,
}

impl Record {
    /// Its fields.
    pub fn view(&self) -> View<'_> {
        self.source.view()
    }

    /// Its kind.
    pub fn kind(&self) -> &Arc<Kind> {
        &self.source.kind
    }

    /// The page of a whole folder (`procedures/README.md`, `content/index.md`): no record of its own.
    pub fn is_folder_page(&self) -> bool {
        self.source.id.is_empty()
    }

    /// The record that a reference position of its fields means.
    pub fn linked(&self, reference: usize) -> Option<RecordId> {
        match self.links.get(reference)? {
            Link::Record(id) => Some(*id),
            _ => None,
        }
    }
}

impl Estate {
    /// All records, by kind and id.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// A record by number.
    pub fn record(&self, id: RecordId) -> &Record {
        &self.records[id.0 as usize]
    }

    /// The records of a kind, by id; pages of whole folders and translations included.
    pub fn of_kind(&self, kind: &str) -> &[Record] {
        self.by_kind
            .get(kind)
            .map_or(&[], |range| &self.records[range.clone()])
    }

    /// The records that a list of the kind shows: no folder page, no translation.
    pub fn listed(&self, kind: &str) -> impl Iterator<Item = &Record> {
        self.of_kind(kind)
            .iter()
            .filter(|record| !record.is_folder_page() && record.source.language.is_none())
    }

    /// The page of a kind's folder (or the home page for `page`) in a language.
    pub fn folder_page(&self, kind: &str, language: Option<Language>) -> Option<&Record> {
        let own = |record: &&Record| record.is_folder_page() && record.source.language == language;
        self.of_kind(kind).iter().find(own)
    }

    /// The record with this kind and id.
    pub fn find(&self, kind: &str, id: &str) -> Option<&Record> {
        self.lookup.by_id(kind, id).map(|id| self.record(id))
    }

    /// The record at an address from the site's root.
    pub fn at_url(&self, url: &str) -> Option<&Record> {
        self.by_url.get(url).map(|id| self.record(*id))
    }

    /// What a name means among some kinds (all when empty), as in `[[name]]`.
    pub fn named(&self, name: &str, kinds: &[String]) -> Found {
        self.lookup.named(name, kinds)
    }

    /// The first record that a field refers to.
    pub fn first<'a>(&'a self, record: &'a Record, key: &str) -> Option<&'a Record> {
        self.all(record, key).next()
    }

    /// The records that a field refers to.
    pub fn all<'a>(&'a self, record: &'a Record, key: &str) -> impl Iterator<Item = &'a Record> {
        self.linked_in(record, record.view(), key)
    }

    /// The records that a field of a structure in `record` refers to.
    pub fn linked_in<'a>(
        &'a self,
        record: &'a Record,
        view: View<'a>,
        key: &str,
    ) -> impl Iterator<Item = &'a Record> + use<'a> {
        view.references(key)
            .filter_map(|reference| record.linked(reference))
            .map(|id| self.record(id))
    }

    /// What was found installed.
    pub fn installed(&self) -> &installed::Installed {
        self.installed
            .get_or_init(|| installed::Installed::new(self))
    }

    /// Where the repository can be opened in a browser: as configured, else as its remote tells.
    pub fn forge(&self) -> Option<Forge> {
        Forge::new(&self.config, self.history.remote.as_deref())
    }

    /// The commits that touched a record's file, newest first.
    pub fn log(&self, record: &Record) -> impl Iterator<Item = &Commit> {
        self.history.of(&record.source.file.path)
    }
}

#[cfg(test)]
mod tests;
