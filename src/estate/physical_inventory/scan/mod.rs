//! A scanned list against the estate: what was found, what stands elsewhere, what nobody knows, what is missing.

mod reading;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

pub use reading::{List, Refusal, Scanned, read};

use crate::estate::asset_tags::{self, as_tag};
use crate::estate::physical_inventory::{Room, is_expected, site_of};
use crate::estate::{Estate, Found, Record, RecordId};
use crate::fold::{case_fold, fold};

/// An asset that was scanned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Which.
    pub asset: RecordId,
    /// The line of the list, from 1; the last one when it was scanned twice.
    pub line: usize,
    /// The day that the line gives.
    pub day: Option<Date>,
    /// Where it was scanned, when its record says otherwise: site, room.
    pub elsewhere: Option<Spot>,
    /// Whether it should exist at all: no when it is planned, retired, lost or virtual.
    pub is_expected: bool,
}

/// Where somebody stood: a site, and a room in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spot {
    /// A place with a record.
    pub place: Option<RecordId>,
    /// A room by its name.
    pub room: Option<String>,
}

/// What a scanned list tells.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// What was scanned, in the order of the estate.
    pub seen: Vec<Seen>,
    /// Lines whose code no asset has.
    pub unknown: Vec<Scanned>,
    /// Lines whose code several assets have.
    pub ambiguous: Vec<(Scanned, Vec<RecordId>)>,
    /// Lines that name a place that does not exist, or several; they count nowhere else.
    pub unknown_places: Vec<Scanned>,
    /// Lines whose date or mark is refused; they count nowhere else.
    pub refused: Vec<(Scanned, Refusal)>,
    /// What should stand where somebody scanned, and was not scanned; by site and room.
    pub missing: Vec<RecordId>,
    /// Whether anything could be missing: a place was named.
    pub has_places: bool,
}

/// Compares the lines of a list with the estate. `spot` is where all of it was scanned, if it was in one place.
pub fn compare(estate: &Estate, list: List, spot: &Spot) -> Comparison {
    let codes = Codes::new(estate);
    let mut comparison = Comparison::default();
    let mut seen: BTreeMap<RecordId, Seen> = BTreeMap::new();
    let mut walked = BTreeSet::new();
    walked.extend(area(estate, spot));
    let is_one_place = !walked.is_empty();
    for line in list.lines {
        let stood = stood(estate, &line, spot);
        if line.place.is_some() && stood.place.is_none() {
            comparison.unknown_places.push(line);
            continue;
        }
        if !is_one_place {
            walked.extend(area(estate, &stood));
        }
        match codes.find(estate, &line.code).as_slice() {
            [] => comparison.unknown.push(line),
            [id] => {
                let asset = estate.record(*id);
                let found = Seen {
                    asset: *id,
                    line: line.line,
                    day: line.day,
                    elsewhere: (!stands_at(estate, asset, &stood)).then_some(stood),
                    is_expected: is_expected(asset),
                };
                seen.insert(*id, found);
            }
            several => comparison.ambiguous.push((line, several.to_vec())),
        }
    }
    comparison.has_places = !walked.is_empty();
    comparison.refused = list.refused;
    // Somebody wrote something of these: to call them missing would be too much.
    let refused = comparison.refused.iter().map(|(line, _)| line);
    let doubtful = comparison.unknown_places.iter().chain(refused);
    let doubtful = doubtful.flat_map(|line| codes.find(estate, &line.code));
    let told: BTreeSet<RecordId> = doubtful.chain(seen.keys().copied()).collect();
    comparison.missing = missing(estate, &walked, &told);
    comparison.seen = seen.into_values().collect();
    comparison
}

/// Where a line was scanned: as it says itself, else as the whole list.
fn stood(estate: &Estate, line: &Scanned, spot: &Spot) -> Spot {
    let own = line.place.as_ref().map(|name| place(estate, name));
    Spot {
        place: own.unwrap_or(spot.place),
        room: line.room.clone().or_else(|| spot.room.clone()),
    }
}

/// The place that a name or id means.
pub fn place(estate: &Estate, name: &str) -> Option<RecordId> {
    match estate.named(name, &["site".to_owned()]) {
        Found::One(id) => Some(id),
        Found::Several(_) | Found::Nothing => None,
    }
}

/// A part of the estate that somebody walked through: a site, one of its places, one of its rooms.
type Area = (RecordId, Option<RecordId>, Option<String>);

fn area(estate: &Estate, spot: &Spot) -> Option<Area> {
    let place = estate.record(spot.place?);
    let site = site_of(estate, place).id;
    let inner = Some(place.id).filter(|id| *id != site);
    Some((site, inner, spot.room.as_deref().map(fold)))
}

fn holds(estate: &Estate, area: &Area, room: &Room) -> bool {
    let (_, inner, name) = area;
    let is_place = inner.is_none_or(|inner| room.place == Some(inner));
    is_place
        && name
            .as_ref()
            .is_none_or(|name| is_called(estate, room.place, room.name.as_deref(), name))
}

/// Whether a room goes by a folded name: the asset's own words, or the title or id of the place's record, or both
/// as the lists write them.
pub(in crate::estate) fn is_called(
    estate: &Estate,
    place: Option<RecordId>,
    room: Option<&str>,
    name: &str,
) -> bool {
    let place = place.map(|id| estate.record(id));
    let title = place.map(|place| fold(&place.title));
    let room = room.map(fold);
    let both = title.as_ref().zip(room.as_ref());
    room.as_deref() == Some(name)
        || title.as_deref() == Some(name)
        || place.is_some_and(|place| fold(&place.source.id) == name)
        || both.is_some_and(|(title, room)| format!("{title} – {room}") == name)
}

/// Whether the record of an asset says that it stands where somebody was; what nobody said is no contradiction.
fn stands_at(estate: &Estate, asset: &Record, stood: &Spot) -> bool {
    let own = estate.first(asset, "site");
    let site = own.map(|place| site_of(estate, place).id);
    let walked = stood.place.map(|id| site_of(estate, estate.record(id)).id);
    if walked.is_some() && walked != site {
        return false;
    }
    let inner = stood.place.filter(|id| Some(*id) != walked);
    let is_in_place = inner.is_none_or(|inner| own.is_some_and(|own| own.id == inner));
    let own_place = own.map(|own| own.id).filter(|id| Some(*id) != site);
    let room = asset.view().text("room");
    let name = stood.room.as_deref().map(fold);
    is_in_place && name.is_none_or(|name| is_called(estate, own_place, room, &name))
}

fn missing(estate: &Estate, walked: &BTreeSet<Area>, told: &BTreeSet<RecordId>) -> Vec<RecordId> {
    let mut sites: BTreeMap<RecordId, Vec<&Area>> = BTreeMap::new();
    for area in walked {
        sites.entry(area.0).or_default().push(area);
    }
    let mut missing = Vec::new();
    for (site, areas) in sites {
        let rooms = estate.physical_inventory().rooms(site).iter();
        let rooms = rooms.filter(|room| areas.iter().any(|area| holds(estate, area, room)));
        let assets = rooms.flat_map(|room| &room.assets);
        missing.extend(assets.filter(|id| !told.contains(*id)));
    }
    missing
}

/// What a code can be looked up by.
struct Codes {
    by_serial: BTreeMap<String, Vec<RecordId>>,
}

impl Codes {
    fn new(estate: &Estate) -> Self {
        let mut by_serial: BTreeMap<String, Vec<RecordId>> = BTreeMap::new();
        for asset in estate.listed("asset") {
            if let Some(serial) = asset.view().text("serial") {
                by_serial
                    .entry(case_fold(serial.trim()))
                    .or_default()
                    .push(asset.id);
            }
        }
        Self { by_serial }
    }

    /// The assets that a code means: by the address of a QR code or of a record, by tag, by id, by serial number.
    fn find(&self, estate: &Estate, code: &str) -> Vec<RecordId> {
        if let Some((_, path)) = code.rsplit_once("/q/") {
            let tag = asset_tags::of_address(&decoded(path));
            return estate.asset_tags().assets(&tag).to_vec();
        }
        let address = code.split(['?', '#']).next().unwrap_or_default();
        if let Some((_, rest)) = address.rsplit_once("/assets/") {
            let url = format!("assets/{}/", rest.trim_end_matches('/'));
            return estate
                .at_url(&url)
                .map(|asset| asset.id)
                .into_iter()
                .collect();
        }
        let tagged = estate.asset_tags().assets(&as_tag(code));
        if !tagged.is_empty() {
            return tagged.to_vec();
        }
        if let Some(asset) = estate.find("asset", code) {
            return vec![asset.id];
        }
        let serial = self.by_serial.get(&case_fold(code));
        serial.cloned().unwrap_or_default()
    }
}

/// An address without its percent signs, as far as they hold UTF-8.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).filter(|_| *first == b'%');
        let hex = hex.and_then(|hex| std::str::from_utf8(hex).ok());
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What a line is told by: the code on the label and the title.
pub fn name(asset: &Record) -> String {
    format!("{} ({})", asset_tags::readable(asset), asset.title)
}

#[cfg(test)]
mod tests;
