//! On-call duty: the shifts of a rota in order, who has one at a moment, and where nobody has one or
//! two people at once.
//!
//! Moments are those of the site's clock, as they are written. A shift that does not end after it starts
//! covers nothing; the rule `shift-ends-before-start` finds it.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use super::changes::Window;
use crate::estate::{Estate, Record};
use crate::project::View;

/// A time that one person can be called in.
#[derive(Debug, Clone, Copy)]
pub struct Shift<'a> {
    /// The rota that it is written in.
    pub rota: &'a Record,
    /// Its fields as written.
    pub view: View<'a>,
    /// From its start, included, to its end, excluded.
    pub window: Window,
    /// Who is called first; `None` when the name leads nowhere.
    pub person: Option<&'a Record>,
    /// Who is called when the first does not answer.
    pub backup: Option<&'a Record>,
    /// The level of support, by its key (`n2`).
    pub level: Option<&'a str>,
}

impl Shift<'_> {
    /// Whether it takes up a part of a day.
    pub fn is_on(&self, day: Date) -> bool {
        self.window.overlaps(days(day, 1))
    }

    /// Whether somebody has it: to be called first, or as the backup.
    pub fn is_of(&self, person: &Record) -> bool {
        let mut both = self.person.iter().chain(&self.backup);
        both.any(|one| one.id == person.id)
    }
}

/// So many days from the midnight that one starts with.
pub fn days(first: Date, count: i32) -> Window {
    Window {
        start: first.at(0, 0, 0, 0),
        end: first.saturating_add(count.days()).at(0, 0, 0, 0),
    }
}

/// The shifts of a rota, by their start, then by their end, then as written.
pub fn shifts<'a>(estate: &'a Estate, rota: &'a Record) -> Vec<Shift<'a>> {
    let lines = rota.view().structures("shifts");
    let mut shifts: Vec<Shift<'a>> = lines.filter_map(|view| shift(estate, rota, view)).collect();
    shifts.sort_by_key(|shift| shift.window);
    shifts
}

fn shift<'a>(estate: &'a Estate, rota: &'a Record, view: View<'a>) -> Option<Shift<'a>> {
    let (start, end) = view.date_time("from").zip(view.date_time("to"))?;
    let linked = |key: &str| estate.linked_in(rota, view, key).next();
    (start < end).then(|| Shift {
        rota,
        view,
        window: Window { start, end },
        person: linked("person"),
        backup: linked("backup"),
        level: view.choice("level").map(|level| level.key.as_str()),
    })
}

/// Who is on call at a moment: one shift a level on a sound rota, and none in its gaps.
pub fn at<'a>(shifts: &[Shift<'a>], moment: DateTime) -> Vec<Shift<'a>> {
    let is_on = |shift: &&Shift<'_>| shift.window.start <= moment && moment < shift.window.end;
    shifts.iter().filter(is_on).copied().collect()
}

/// A time between the first start and the last end of a rota that no shift covers.
#[derive(Debug, Clone, Copy)]
pub struct Gap<'a> {
    /// The shift after which it opens.
    pub after: Shift<'a>,
    /// When it opens and closes.
    pub window: Window,
}

/// The gaps of shifts in order. A rota of several levels is covered while any level is: a level that is
/// called in office hours only leaves no hole.
pub fn gaps<'a>(shifts: &[Shift<'a>]) -> Vec<Gap<'a>> {
    let mut gaps = Vec::new();
    let mut last: Option<Shift<'a>> = None;
    for shift in shifts {
        if let Some(after) = last
            && after.window.end < shift.window.start
        {
            let window = Window {
                start: after.window.end,
                end: shift.window.start,
            };
            gaps.push(Gap { after, window });
        }
        if last.is_none_or(|last| last.window.end <= shift.window.end) {
            last = Some(*shift);
        }
    }
    gaps
}

/// Two people who have the same duty at once.
#[derive(Debug, Clone, Copy)]
pub struct Overlap<'a> {
    /// The shift that starts first.
    pub first: Shift<'a>,
    /// The shift that starts while the first still runs.
    pub second: Shift<'a>,
    /// What both take up.
    pub window: Window,
}

/// The overlaps of shifts in order: different people, at the same level or both at none. Each shift is
/// told with the nearest before it only, so that one line too long is one finding a shift it runs into.
pub fn overlaps<'a>(shifts: &[Shift<'a>]) -> Vec<Overlap<'a>> {
    let mut overlaps = Vec::new();
    for (place, second) in shifts.iter().enumerate() {
        let meets = |first: &&Shift<'_>| {
            let people = first.person.zip(second.person);
            first.level == second.level
                && first.window.overlaps(second.window)
                && people.is_some_and(|(one, other)| one.id != other.id)
        };
        let Some(first) = shifts[..place].iter().rev().find(meets) else {
            continue;
        };
        overlaps.push(Overlap {
            first: *first,
            second: *second,
            window: Window {
                start: second.window.start,
                end: first.window.end.min(second.window.end),
            },
        });
    }
    overlaps
}

/// The shifts of somebody, as the first or as the backup, that have not ended before a day; by start.
pub fn to_come<'a>(estate: &'a Estate, person: &Record, day: Date) -> Vec<Shift<'a>> {
    let midnight = day.at(0, 0, 0, 0);
    let all = estate.listed("rota").flat_map(|rota| shifts(estate, rota));
    let mut own: Vec<Shift<'a>> = all
        .filter(|shift| shift.window.end > midnight && shift.is_of(person))
        .collect();
    own.sort_by_key(|shift| (shift.window, shift.rota.id));
    own
}

#[cfg(test)]
mod tests;
