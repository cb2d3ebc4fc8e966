//! Licence positions: bought, assigned, free, over-use, expiry and cost, by licence and by software.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::estate::{Estate, Record};
use crate::project::View;

/// A licence ends soon within this many days.
pub const SOON_DAYS: i32 = 90;

/// Where a licence stands in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// It never ends.
    Perpetual,
    /// It ends in this many days (more than [`SOON_DAYS`]).
    Valid(i32),
    /// It ends in this many days or today.
    Soon(i32),
    /// It ended this many days ago.
    Expired(i32),
    /// It begins in this many days.
    Future(i32),
}

impl Validity {
    /// Whether its seats may be used on the day.
    pub fn counts(self) -> bool {
        !matches!(self, Self::Expired(_) | Self::Future(_))
    }
}

/// The position of one licence.
#[derive(Debug)]
pub struct Position<'a> {
    /// The licence.
    pub licence: &'a Record,
    /// Seats bought; `None` is unlimited.
    pub bought: Option<i64>,
    /// Seats assigned on the day.
    pub assigned: i64,
    /// Whether more seats may be assigned than bought.
    pub over_use_allowed: bool,
    /// Where it stands in time.
    pub validity: Validity,
    /// Euros a year.
    pub yearly_cost: Decimal,
    /// Euros paid once.
    pub one_off_cost: Decimal,
}

/// The position of a software: all its licences, and their sums.
#[derive(Debug)]
pub struct SoftwarePosition<'a> {
    /// The software; `None` gathers licences whose software is not known.
    pub software: Option<&'a Record>,
    /// Its licences, by id.
    pub licences: Vec<Position<'a>>,
    /// Seats bought in licences that count today; `None` when one of them is unlimited.
    pub bought: Option<i64>,
    /// Seats assigned.
    pub assigned: i64,
    /// Euros a year.
    pub yearly_cost: Decimal,
    /// Euros paid once.
    pub one_off_cost: Decimal,
}

impl Position<'_> {
    /// Seats left; `None` is unlimited, never below zero. An expired licence has none.
    pub fn free(&self) -> Option<i64> {
        self.usable()
            .map(|usable| usable.saturating_sub(self.assigned).max(0))
    }

    /// Seats assigned beyond those that may be used today.
    pub fn over(&self) -> i64 {
        self.usable()
            .map_or(0, |usable| self.assigned.saturating_sub(usable).max(0))
    }

    fn usable(&self) -> Option<i64> {
        if self.validity.counts() {
            self.bought
        } else {
            Some(0)
        }
    }
}

impl SoftwarePosition<'_> {
    /// Seats left, by licence: a seat of one client's licence is of no use to another client.
    pub fn free(&self) -> Option<i64> {
        self.licences.iter().map(Position::free).sum()
    }

    /// Seats assigned beyond those bought, by licence.
    pub fn over(&self) -> i64 {
        self.licences.iter().map(Position::over).sum()
    }
}

/// The position of one licence on the estate's day.
pub fn position<'a>(estate: &Estate, licence: &'a Record) -> Position<'a> {
    let view = licence.view();
    let cost = view.decimal("cost").unwrap_or_default();
    let (yearly_cost, one_off_cost) =
        match view.choice("cost_period").map(|choice| choice.key.as_str()) {
            Some("monthly") => (cost.saturating_mul(Decimal::from(12)), Decimal::ZERO),
            Some("yearly") => (cost, Decimal::ZERO),
            _ => (Decimal::ZERO, cost),
        };
    let assigned = view
        .structures("assignments")
        .filter(|assignment| is_active(*assignment, estate.as_of));
    Position {
        licence,
        bought: view.integer("seats"),
        assigned: assigned
            .map(|assignment| assignment.integer("seats").unwrap_or(1))
            .fold(0, i64::saturating_add),
        over_use_allowed: view.boolean("allow_over_use").unwrap_or(false),
        validity: validity(view, estate.as_of),
        yearly_cost,
        one_off_cost,
    }
}

/// The positions of all software, by title.
pub fn positions(estate: &Estate) -> Vec<SoftwarePosition<'_>> {
    let mut positions: Vec<SoftwarePosition<'_>> = Vec::new();
    for licence in estate.listed("licence") {
        let software = estate.first(licence, "software");
        let position = position(estate, licence);
        let same = |other: &&mut SoftwarePosition<'_>| {
            other.software.map(|record| record.id) == software.map(|record| record.id)
        };
        match positions.iter_mut().find(same) {
            Some(known) => known.licences.push(position),
            None => positions.push(SoftwarePosition {
                software,
                licences: vec![position],
                bought: None,
                assigned: 0,
                yearly_cost: Decimal::ZERO,
                one_off_cost: Decimal::ZERO,
            }),
        }
    }
    for position in &mut positions {
        sum(position);
    }
    let name = |position: &SoftwarePosition<'_>| {
        position
            .software
            .map(|software| crate::fold::fold(&software.title))
    };
    positions.sort_by_cached_key(|position| (position.software.is_none(), name(position)));
    positions
}

fn sum(position: &mut SoftwarePosition<'_>) {
    let licences = &position.licences;
    let counting = licences.iter().filter(|licence| licence.validity.counts());
    position.bought = counting.map(|licence| licence.bought).sum();
    position.assigned = licences.iter().map(|licence| licence.assigned).sum();
    let current = || licences.iter().filter(|licence| licence.validity.counts());
    position.yearly_cost = current().map(|licence| licence.yearly_cost).sum();
    position.one_off_cost = licences.iter().map(|licence| licence.one_off_cost).sum();
}

/// Whether an assignment counts on a day.
pub(super) fn is_active(assignment: View<'_>, day: Date) -> bool {
    assignment.date("since").is_none_or(|since| since <= day)
        && assignment.date("until").is_none_or(|until| until >= day)
}

fn validity(view: View<'_>, day: Date) -> Validity {
    if let Some(starts) = view.date("starts").filter(|starts| *starts > day) {
        return Validity::Future(days_between(day, starts));
    }
    let Some(expires) = view.date("expires") else {
        return Validity::Perpetual;
    };
    match days_between(day, expires) {
        days if days < 0 => Validity::Expired(-days),
        days if days <= SOON_DAYS => Validity::Soon(days),
        days => Validity::Valid(days),
    }
}

/// Days from one day to another; negative when the second is earlier.
pub fn days_between(from: Date, to: Date) -> i32 {
    to.since(from).map_or(0, |span| span.get_days())
}
