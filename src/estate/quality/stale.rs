//! Records that nobody saw, counted or changed for long, as `quality:` of `carnet.yaml` says.
//!
//! No finding: days go by without anybody touching a file. Devices that were never counted are told only where
//! others were, so that a site without physical inventories is not told of all its fleet.

use jiff::civil::Date;

use crate::estate::deadlines::days_between;
use crate::estate::{Estate, Record, RecordId};
use crate::history::{RecordName, What};
use crate::project::Duration;

use super::is_in_use;

/// What nobody counts in a room.
const VIRTUAL: &str = "virtual-machine";

/// A stale record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stale {
    /// Which.
    pub record: RecordId,
    /// In what way.
    pub staleness: Staleness,
    /// The last day; `None` for never.
    pub last: Option<Date>,
}

/// In what way a record is stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Staleness {
    /// No inventory tool saw it.
    NotSeen,
    /// Nobody saw it where it stands.
    NotInventoried,
    /// Nobody changed what is written of it.
    NotChanged,
}

impl Staleness {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::NotSeen, Self::NotInventoried, Self::NotChanged];

    /// The end of its label, and its key in files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotSeen => "not-seen",
            Self::NotInventoried => "not-inventoried",
            Self::NotChanged => "not-changed",
        }
    }

    /// How long is long.
    pub fn limit(self, estate: &Estate) -> Duration {
        let settings = &estate.config.quality;
        match self {
            Self::NotSeen => settings.not_seen,
            Self::NotInventoried => settings.not_inventoried,
            Self::NotChanged => settings.not_changed,
        }
    }
}

/// The stale records by way, the longest first.
pub(super) fn find(estate: &Estate) -> Vec<Stale> {
    let assets = || estate.listed("asset").filter(|it| is_in_use(estate, it));
    let is_old = |last: Date, way: Staleness| is_before(estate, last, way.limit(estate));
    let mut stale = Vec::new();
    let mut add = |record: &Record, staleness: Staleness, last: Option<Date>| {
        stale.push(Stale {
            record: record.id,
            staleness,
            last,
        });
    };
    for asset in assets() {
        let last = asset.view().date("last_seen");
        if let Some(last) = last.filter(|last| is_old(*last, Staleness::NotSeen)) {
            add(asset, Staleness::NotSeen, Some(last));
        }
    }
    let counted = |asset: &Record| asset.view().date("last_physical_inventory");
    let is_counting = assets().any(|asset| counted(asset).is_some());
    for asset in assets().filter(|asset| is_counting && !is_virtual(asset)) {
        let last = counted(asset);
        if last.is_none_or(|last| is_old(last, Staleness::NotInventoried)) {
            add(asset, Staleness::NotInventoried, last);
        }
    }
    for record in &estate.quality_kinds() {
        let last = last_change(estate, record);
        if let Some(last) = last.filter(|last| is_old(*last, Staleness::NotChanged)) {
            add(record, Staleness::NotChanged, Some(last));
        }
    }
    stale.sort_by_key(|it| (it.staleness, it.last, it.record));
    stale
}

impl Estate {
    /// The records in use of the kinds that something is expected of: those that are kept up to date.
    fn quality_kinds(&self) -> Vec<&Record> {
        let kinds = self.schema.kinds().filter(|kind| {
            let mut fields = kind.fields.iter();
            fields.any(|field| field.expected != crate::schema::Expected::Never)
        });
        let records = kinds.flat_map(|kind| self.listed(&kind.name));
        records.filter(|record| is_in_use(self, record)).collect()
    }
}

fn is_virtual(asset: &Record) -> bool {
    let own = asset.view().choice("type");
    own.is_some_and(|own| own.key == VIRTUAL)
}

fn is_before(estate: &Estate, last: Date, limit: Duration) -> bool {
    let end = limit.span().and_then(|span| last.checked_add(span).ok());
    end.is_some_and(|end| days_between(estate.as_of, end) < 0)
}

/// The day of the last commit that changed the facts of a record.
fn last_change(estate: &Estate, record: &Record) -> Option<Date> {
    let name = RecordName {
        kind: record.kind().name.clone(),
        id: record.source.id.clone(),
        language: record.source.language,
    };
    let mut changes = estate.history.of_record(&name);
    let last = changes.find(|(_, change)| change.what != What::Reformatted);
    last.map(|(commit, _)| commit.when.date())
}
