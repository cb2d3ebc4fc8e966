//! The physical inventory (inventaire physique): which assets somebody should find where, by site and room,
//! and when each was last seen.
//!
//! An asset stands on the list of one place alone: that of the town or building that its room or floor is in.

pub mod scan;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::estate::asset_tags;
use crate::estate::places::places;
use crate::estate::{Estate, Record, RecordId};
use crate::fold::fold;
use crate::schema::Choice;

/// The page that counts the lists of all sites.
pub const PAGE: &str = "sites/inventory/";

/// Kinds of places that are walked through together with what holds them.
const INNER: [&str; 3] = ["room", "floor", "technical-room"];

/// Where the assets of a list stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// The room or floor that is a record of its own; `None` in the site itself.
    pub place: Option<RecordId>,
    /// The room as the asset names it.
    pub name: Option<String>,
    /// The assets, by the number on their label.
    pub assets: Vec<RecordId>,
}

impl Room {
    /// Whether nobody wrote where in the site its assets stand.
    pub fn is_unknown(&self) -> bool {
        self.place.is_none() && self.name.is_none()
    }
}

/// The lists of all sites.
#[derive(Debug, Default)]
pub struct PhysicalInventory {
    lists: BTreeMap<RecordId, Vec<Room>>,
    unplaced: Vec<RecordId>,
}

impl PhysicalInventory {
    /// Sorts the assets that are asked for by site and room.
    pub(super) fn new(estate: &Estate, is_asked: fn(&Record) -> bool) -> Self {
        type Key = (bool, String, String);
        let mut found: BTreeMap<RecordId, BTreeMap<Key, Room>> = BTreeMap::new();
        let mut unplaced = Vec::new();
        for asset in estate.listed("asset").filter(|asset| is_asked(asset)) {
            let Some(place) = estate.first(asset, "site") else {
                unplaced.push(asset.id);
                continue;
            };
            let site = site_of(estate, place);
            let place = Some(place).filter(|place| place.id != site.id);
            let name = asset.view().text("room");
            let key = (
                place.is_none() && name.is_none(),
                place.map_or_else(String::new, |place| fold(&place.title)),
                name.map_or_else(String::new, fold),
            );
            let rooms = found.entry(site.id).or_default();
            let room = rooms.entry(key).or_insert_with(|| Room {
                place: place.map(|place| place.id),
                name: name.map(str::to_owned),
                assets: Vec::new(),
            });
            room.assets.push(asset.id);
        }
        let sort = |mut room: Room| {
            room.assets
                .sort_by_cached_key(|id| asset_tags::tag(estate.record(*id)));
            room
        };
        let lists = found
            .into_iter()
            .map(|(site, rooms)| (site, rooms.into_values().map(sort).collect()))
            .collect();
        Self { lists, unplaced }
    }

    /// The rooms of a site with their assets, those whose room nobody wrote last; none for a place that has no
    /// list of its own.
    pub fn rooms(&self, site: RecordId) -> &[Room] {
        self.lists.get(&site).map_or(&[], Vec::as_slice)
    }

    /// The sites that have a list, in the order of their ids.
    pub fn sites(&self) -> impl Iterator<Item = RecordId> {
        self.lists.keys().copied()
    }

    /// The assets that no list has, for want of a place.
    pub fn unplaced(&self) -> &[RecordId] {
        &self.unplaced
    }
}

impl Estate {
    /// The lists of the physical inventory.
    pub fn physical_inventory(&self) -> &PhysicalInventory {
        self.physical_inventory
            .get_or_init(|| PhysicalInventory::new(self, is_expected))
    }
}

/// Whether somebody who walks through the rooms should find it: neither planned, retired or lost, nor virtual.
pub fn is_expected(asset: &Record) -> bool {
    let view = asset.view();
    let status = view.choice("status").map(Choice::meaning);
    let is_virtual = view.choice("type").map(Choice::meaning) == Some("virtual-machine");
    !is_virtual && !matches!(status, Some("planned" | "retired" | "lost"))
}

/// The place on whose list an asset of a place stands: the nearest that is no room or floor.
pub fn site_of<'a>(estate: &'a Estate, place: &'a Record) -> &'a Record {
    let all = places(estate, place);
    let is_inner = |place: &&&Record| {
        let kind = place.view().choice("type").map(Choice::meaning);
        kind.is_some_and(|kind| INNER.contains(&kind))
    };
    let site = all.iter().find(|place| !is_inner(place));
    site.or(all.last()).copied().unwrap_or(place)
}

/// When somebody last had it in their hands.
pub fn last_seen(asset: &Record) -> Option<Date> {
    asset.view().date("last_physical_inventory")
}

/// How far the inventory of some assets is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many should be found.
    pub expected: usize,
    /// How many were seen in the twelve months before the site's day.
    pub recent: usize,
    /// How many never were.
    pub never: usize,
    /// When the last one was.
    pub last: Option<Date>,
}

/// Counts the assets of some rooms.
pub fn progress(estate: &Estate, rooms: &[Room]) -> Progress {
    let assets = rooms.iter().flat_map(|room| &room.assets);
    let year = jiff::Span::new().years(1);
    let since = estate.as_of.checked_sub(year).unwrap_or(estate.as_of);
    assets.fold(Progress::default(), |sum, id| {
        let seen = last_seen(estate.record(*id));
        Progress {
            expected: sum.expected + 1,
            recent: sum.recent + usize::from(seen.is_some_and(|day| day > since)),
            never: sum.never + usize::from(seen.is_none()),
            last: sum.last.max(seen),
        }
    })
}

#[cfg(test)]
mod tests;
