//! What a rota leaves open, and where two persons are on call at once.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::{SignedDuration, ToSpan};

use super::Shift;
use crate::estate::service_hours::{Calendar, read};
use crate::estate::service_levels::terms;
use crate::estate::{Estate, Record};
use crate::project::time_zone;

/// Covered time with nobody on call, between two shifts.
#[derive(Debug, Clone, Copy)]
pub struct Hole<'a> {
    /// The shift after which it opens.
    pub after: Shift<'a>,
    /// The first covered moment without anybody, by the estate's clocks.
    pub from: DateTime,
    /// The end of the last one.
    pub to: DateTime,
    /// Covered minutes in it: fewer than lie between its bounds when closed hours do too.
    pub minutes: i64,
    /// The moment of `from`.
    pub start: Timestamp,
    /// The moment of `to`.
    pub end: Timestamp,
}

impl Hole<'_> {
    /// Whether nobody was to be on call during a part of it.
    pub fn is_partly_closed(&self) -> bool {
        self.end.duration_since(self.start).as_mins() > self.minutes
    }
}

/// Two persons on call at one level at the same time.
#[derive(Debug, Clone, Copy)]
pub struct Overlap<'a> {
    /// The shift that began first.
    pub first: Shift<'a>,
    /// The shift that begins during it.
    pub second: Shift<'a>,
    /// When both begin to be on call.
    pub from: DateTime,
    /// When one of them is over.
    pub to: DateTime,
}

/// The holes between the shifts of a rota, given in their order: within the hours covered where those can be
/// read, else of any hour.
pub fn holes<'a>(estate: &Estate, rota: &Record, shifts: &[Shift<'a>]) -> Vec<Hole<'a>> {
    let coverage = coverage(estate, rota);
    let mut holes = Vec::new();
    let mut last: Option<&Shift<'a>> = None;
    for shift in shifts {
        if let Some(last) = last.filter(|last| last.end < shift.start) {
            holes.extend(hole(estate, coverage.as_ref(), last, shift.start));
        }
        // A short shift within a long one does not end what the long one covers.
        if last.is_none_or(|last| last.end < shift.end) {
            last = Some(shift);
        }
    }
    holes
}

/// The pairs of shifts by which two persons are on call at one level at once, in the order given: within
/// the hours covered where those can be read, else at any hour.
pub fn overlaps<'a>(estate: &Estate, rota: &Record, shifts: &[Shift<'a>]) -> Vec<Overlap<'a>> {
    let coverage = coverage(estate, rota);
    let civil = |moment: Timestamp| estate.config.time_zone.to_datetime(moment);
    let mut overlaps = Vec::new();
    let mut running: Vec<&Shift<'a>> = Vec::new();
    for second in shifts {
        running.retain(|first| second.start < first.end);
        for first in &running {
            let level = |shift: &Shift<'a>| shift.level.map(|level| &level.key);
            let person = |shift: &Shift<'a>| shift.person.map(|person| person.id);
            let is_other = person(first).is_none() || person(first) != person(second);
            if level(first) != level(second) || !is_other {
                continue;
            }
            let both = [second.start, first.end.min(second.end)];
            overlaps.extend(covered(coverage.as_ref(), both).map(|covered| Overlap {
                first: **first,
                second: *second,
                from: civil(covered.start),
                to: civil(covered.end),
            }));
        }
        running.push(second);
    }
    overlaps
}

fn hole<'a>(
    estate: &Estate,
    coverage: Option<&Calendar>,
    after: &Shift<'a>,
    end: Timestamp,
) -> Option<Hole<'a>> {
    let civil = |moment: Timestamp| estate.config.time_zone.to_datetime(moment);
    let covered = covered(coverage, [after.end, end])?;
    Some(Hole {
        after: *after,
        from: civil(covered.start),
        to: civil(covered.end),
        minutes: covered.length.as_mins(),
        start: covered.start,
        end: covered.end,
    })
}

/// Covered time in a stretch of time.
struct Covered {
    /// Its first moment.
    start: Timestamp,
    /// The end of its last.
    end: Timestamp,
    /// How much of it is covered.
    length: SignedDuration,
}

/// What of a stretch is covered, all of it where no hours are known; `None` when nothing is.
fn covered(coverage: Option<&Calendar>, [from, to]: [Timestamp; 2]) -> Option<Covered> {
    let (start, end, length) = match coverage {
        None => (from, to, to.duration_since(from)),
        Some(calendar) => {
            let length = calendar.open_between(from, to);
            let second = SignedDuration::from_secs(1);
            let first = calendar.later(from, second)?.checked_sub(1.second());
            (first.ok()?, calendar.later(from, length)?, length)
        }
    };
    (length > SignedDuration::ZERO).then_some(Covered { start, end, length })
}

/// The hours that a rota covers, on real days; `None` when it says none that can be read.
fn coverage(estate: &Estate, rota: &Record) -> Option<Calendar> {
    let hours = read(rota.view().text("coverage")?).ok()?;
    let contract = estate.first(rota, "contract");
    let zone = terms::zone_name(estate, contract, rota);
    let zone = zone.as_deref().and_then(time_zone);
    Some(Calendar::new(
        hours,
        terms::holidays(estate, contract, rota),
        Vec::new(),
        zone.unwrap_or_else(|| estate.config.time_zone.clone()),
    ))
}
