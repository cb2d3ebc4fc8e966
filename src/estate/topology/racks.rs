//! What stands where in each rack, and what cannot stand there.

use std::collections::BTreeMap;

use rust_decimal::prelude::ToPrimitive;

use crate::estate::{Estate, Record, RecordId};
use crate::fold::fold;

use super::{counts, type_of};

/// The height of a rack whose model does not tell it, in units.
const USUAL: u32 = 42;
/// No rack is higher, in units.
const HIGHEST: u32 = 100;

/// A rack, seen from the front.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Elevation {
    /// How many units it has; the lowest is 1.
    pub height: u32,
    /// What stands in it at a known place, from the bottom.
    pub placed: Vec<Placed>,
    /// What stands in it, nobody says where.
    pub somewhere: Vec<RecordId>,
    /// What cannot be.
    pub faults: Vec<Fault>,
}

/// Something in a rack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Placed {
    /// Its lowest unit.
    pub bottom: u32,
    /// How many units it takes.
    pub units: u32,
    /// Whether it is mounted at the back.
    pub is_behind: bool,
    /// What.
    pub asset: RecordId,
}

impl Placed {
    /// Its highest unit.
    pub fn top(&self) -> u32 {
        self.bottom.saturating_add(self.units).saturating_sub(1)
    }
}

/// Why an asset cannot stand where it is said to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Its position is no unit.
    Unreadable(RecordId),
    /// It would stick out above.
    TooHigh(RecordId, u32),
    /// Another stands in one of its units.
    Overlap(RecordId, RecordId, u32),
}

impl Elevation {
    /// The units in which nothing stands, from the bottom.
    pub fn free(&self) -> Vec<u32> {
        let is_free = |unit: &u32| {
            let mut all = self.placed.iter();
            all.all(|it| *unit < it.bottom || *unit > it.top())
        };
        (1..=self.height).filter(is_free).collect()
    }

    /// The most units that are free in one piece.
    pub fn longest_free(&self) -> u32 {
        let (mut longest, mut run, mut last) = (0, 0, 0);
        for unit in self.free() {
            run = if unit == last + 1 { run + 1 } else { 1 };
            last = unit;
            longest = longest.max(run);
        }
        longest
    }

    fn add(&mut self, estate: &Estate, asset: &Record) {
        let Some(text) = asset.view().text("rack_position") else {
            self.somewhere.push(asset.id);
            return;
        };
        let Some((bottom, top, is_behind)) = position(text) else {
            self.faults.push(Fault::Unreadable(asset.id));
            self.somewhere.push(asset.id);
            return;
        };
        let units = top.map_or_else(|| height(estate, asset).unwrap_or(1), |it| it - bottom + 1);
        self.placed.push(Placed {
            bottom,
            units: units.max(1),
            is_behind,
            asset: asset.id,
        });
    }

    /// Puts what was added in order and finds what cannot be; what sticks out is not placed.
    fn settle(&mut self) {
        self.placed.sort_unstable();
        let height = self.height;
        let too_high = self.placed.iter().filter(|it| it.top() > height);
        let too_high: Vec<Placed> = too_high.copied().collect();
        for it in too_high {
            self.faults.push(Fault::TooHigh(it.asset, it.top()));
            self.somewhere.push(it.asset);
        }
        self.placed.retain(|it| it.top() <= height);
        for is_behind in [false, true] {
            let mut below: Option<Placed> = None;
            for it in self.placed.iter().filter(|it| it.is_behind == is_behind) {
                if let Some(other) = below.filter(|other| other.top() >= it.bottom) {
                    let fault = Fault::Overlap(other.asset, it.asset, it.bottom);
                    self.faults.push(fault);
                }
                below = below.filter(|other| other.top() >= it.top()).or(Some(*it));
            }
        }
        self.faults.sort_unstable();
    }
}

/// Every rack in use with what stands in it.
pub(super) fn elevations(estate: &Estate) -> BTreeMap<RecordId, Elevation> {
    let assets = || estate.listed("asset").filter(|it| counts(it));
    let racks = assets().filter(|it| type_of(it) == Some("rack"));
    let empty = |rack: &Record| Elevation {
        height: height(estate, rack).filter(|it| *it > 0).unwrap_or(USUAL),
        ..Elevation::default()
    };
    let mut racks: BTreeMap<RecordId, Elevation> =
        racks.map(|rack| (rack.id, empty(rack))).collect();
    for asset in assets() {
        let rack = estate.first(asset, "rack").map(|rack| rack.id);
        if let Some(elevation) = rack.and_then(|rack| racks.get_mut(&rack)) {
            elevation.add(estate, asset);
        }
    }
    for elevation in racks.values_mut() {
        elevation.settle();
    }
    racks
}

/// How many units an asset's model has, rounded up.
fn height(estate: &Estate, asset: &Record) -> Option<u32> {
    let model = estate.first(asset, "model")?;
    let units = model.view().decimal("u_height")?.ceil().to_u32()?;
    Some(units.min(HIGHEST))
}

/// The lowest unit, the highest where it is written, and whether the asset is mounted at the back: `U12`, `12`,
/// `U12-U13`, `U12 à 13`, `U40 arrière`, `U40 rear`.
fn position(text: &str) -> Option<(u32, Option<u32>, bool)> {
    let folded = fold(text);
    let mut rest = folded.trim();
    let mut is_behind = false;
    for word in ["arriere", "(arriere)", "rear", "(rear)"] {
        if let Some(before) = rest.strip_suffix(word) {
            (rest, is_behind) = (before.trim(), true);
            break;
        }
    }
    let unit = |text: &str| {
        let text = text.trim().trim_start_matches('u').trim();
        text.parse::<u32>().ok().filter(|unit| *unit > 0)
    };
    let parts = ["-", "–", " a ", " to "].iter();
    let mut parts = parts.filter_map(|by| rest.split_once(by));
    match parts.next() {
        Some((bottom, top)) => {
            let (bottom, top) = (unit(bottom)?, unit(top)?);
            (bottom <= top).then_some((bottom, Some(top), is_behind))
        }
        None => Some((unit(rest)?, None, is_behind)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_read_as_people_write_them() {
        assert_eq!(position("U12"), Some((12, None, false)));
        assert_eq!(position(" 7 "), Some((7, None, false)));
        assert_eq!(position("u10–U11"), Some((10, Some(11), false)));
        assert_eq!(position("U3 à 4"), Some((3, Some(4), false)));
        assert_eq!(position("U40 arrière"), Some((40, None, true)));
        assert_eq!(position("40 (rear)"), Some((40, None, true)));
        for odd in ["", "U0", "haut", "U5-U3", "U-1", "12.5"] {
            assert_eq!(position(odd), None, "{odd}");
        }
    }
}
