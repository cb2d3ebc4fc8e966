//! The fleet in figures: how many assets there are of each type, model, age, system, place and owner, and how
//! many of them are out of warranty or past the support of their system.
//!
//! Counted is what is in use, in stock or in repair: not what is planned, retired or lost. Read once an estate.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::estate::deadlines::days_between;
use crate::estate::{Estate, Record, RecordId, places};
use crate::format::half_up;
use crate::schema::Choice;

/// The page that says it all.
pub const PAGE: &str = "assets/statistics/";

/// A guarantee that ends within so many days is about to end.
pub const SOON: i32 = 90;

/// Ages from so many years on are counted together.
pub const OLDEST: i32 = 10;

/// A year has 365 days, and one more every four years.
const DAYS_IN_FOUR_YEARS: i32 = 1461;

/// Statuses, by what they mean, of assets that are no part of the fleet.
pub const OUTSIDE: [&str; 3] = ["planned", "retired", "lost"];

/// By what assets are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// Its own, else that of its model.
    Type,
    /// Its model.
    Model,
    /// Its own, else that of its model.
    Manufacturer,
    /// In whole years since start-up, else since purchase.
    Age,
    /// By name and version, as reported.
    System,
    /// The place that no other holds.
    Site,
    /// Whose the asset is.
    Organisation,
    /// The group in charge.
    Group,
    /// Where its guarantee stands.
    Warranty,
}

/// What some assets share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A value of an enumeration, by key.
    Choice(String),
    /// A record.
    Record(RecordId),
    /// A name as written.
    Text(String),
    /// Whole years; [`OLDEST`] for that many or more.
    Years(i32),
    /// A system, by its place among all.
    System(usize),
    /// Where the guarantee stands.
    Warranty(Warranty),
    /// The records do not say.
    None,
}

/// Where a guarantee stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warranty {
    /// It ends in more than [`SOON`] days.
    Running,
    /// It ends within [`SOON`] days.
    Ending,
    /// It has ended.
    Ended,
}

/// What some assets add up to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many there are.
    pub assets: usize,
    /// The days that those whose age is known have lived.
    pub days: i64,
    /// How many have a known age.
    pub dated: usize,
    /// How many are out of warranty.
    pub out_of_warranty: usize,
    /// How many have a system past its support.
    pub unsupported: usize,
}

/// The fleet, counted.
#[derive(Debug, Default)]
pub struct Fleet {
    /// All of it.
    pub whole: Tally,
    /// By each dimension; the most numerous first, ages and guarantees in their own order.
    pub lines: BTreeMap<Dimension, Vec<(Subject, Tally)>>,
}

impl Estate {
    /// The fleet, counted when it is first asked for.
    pub fn fleet(&self) -> &Fleet {
        self.fleet.get_or_init(|| Fleet::new(self))
    }
}

impl Fleet {
    fn new(estate: &Estate) -> Self {
        let mut whole = Tally::default();
        let mut counted: BTreeMap<(Dimension, Subject), Tally> = BTreeMap::new();
        for asset in estate.listed("asset").filter(|asset| is_in_fleet(asset)) {
            let since = since(estate, asset);
            let age = since.map(|since| full_years(since, estate.as_of));
            let warranty = warranty(estate, asset);
            let system = estate.systems().place(asset);
            let is_past =
                system.is_some_and(|place| estate.systems().all[place].is_past(estate.as_of));
            let count = |tally: &mut Tally| {
                tally.assets += 1;
                tally.days += since.map_or(0, |since| lived(since, estate.as_of));
                tally.dated += usize::from(since.is_some());
                tally.out_of_warranty += usize::from(warranty == Some(Warranty::Ended));
                tally.unsupported += usize::from(is_past);
            };
            count(&mut whole);
            let given = [
                (
                    Dimension::Age,
                    age.map(|years| Subject::Years(years.min(OLDEST))),
                ),
                (Dimension::Warranty, warranty.map(Subject::Warranty)),
            ];
            let own = of_record(estate, asset).into_iter().chain(given);
            let own = own.map(|(dimension, subject)| (dimension, subject.unwrap_or(Subject::None)));
            let system = system.map(|place| (Dimension::System, Subject::System(place)));
            for key in own.chain(system) {
                count(counted.entry(key).or_default());
            }
        }
        let mut lines: BTreeMap<Dimension, Vec<(Subject, Tally)>> = BTreeMap::new();
        for ((dimension, subject), tally) in counted {
            lines.entry(dimension).or_default().push((subject, tally));
        }
        for (dimension, lines) in &mut lines {
            if !matches!(dimension, Dimension::Age | Dimension::Warranty) {
                lines.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.assets));
            }
        }
        Self { whole, lines }
    }

    /// The lines of a dimension.
    pub fn by(&self, dimension: Dimension) -> &[(Subject, Tally)] {
        self.lines.get(&dimension).map_or(&[], Vec::as_slice)
    }
}

impl Tally {
    /// The mean age in years, to a tenth.
    pub fn mean_age(&self) -> Option<Decimal> {
        let quarters = Decimal::from(self.days * 4);
        let years = || quarters / Decimal::from(self.dated) / Decimal::from(DAYS_IN_FOUR_YEARS);
        (self.dated > 0).then(|| half_up(years(), 1))
    }
}

/// Whether a status puts an asset outside of the fleet.
pub fn is_outside(status: &Choice) -> bool {
    OUTSIDE.contains(&status.meaning())
}

/// Whether an asset is part of the fleet.
pub fn is_in_fleet(asset: &Record) -> bool {
    !asset.view().choice("status").is_some_and(is_outside)
}

/// Where the guarantee of an asset stands; `None` when its end is not written.
pub fn warranty(estate: &Estate, asset: &Record) -> Option<Warranty> {
    let end = asset.view().date("warranty_end")?;
    Some(match days_between(estate.as_of, end) {
        days if days < 0 => Warranty::Ended,
        days if days <= SOON => Warranty::Ending,
        _ => Warranty::Running,
    })
}

/// Since when an asset is used, else owned; `None` when no date tells, and before the day it is to be used from.
pub fn since(estate: &Estate, asset: &Record) -> Option<Date> {
    let view = asset.view();
    let since = view.date("in_service").or_else(|| view.date("purchased"));
    since.filter(|day| *day <= estate.as_of)
}

/// The days from one to another; none for a day ahead.
fn lived(from: Date, to: Date) -> i64 {
    i64::from(days_between(from, to).max(0))
}

/// How many anniversaries there were from one day to another; none for a day ahead.
fn full_years(from: Date, to: Date) -> i32 {
    let is_before = (to.month(), to.day()) < (from.month(), from.day());
    i32::from(to.year() - from.year() - i16::from(is_before)).max(0)
}

/// What the record of an asset says of it, or that of its model.
fn of_record(estate: &Estate, asset: &Record) -> [(Dimension, Option<Subject>); 6] {
    let model = estate.first(asset, "model");
    let told = || [Some(asset), model].into_iter().flatten();
    let of = |record: Option<&Record>| record.map(|record| Subject::Record(record.id));
    let kind = told().find_map(|record| record.view().choice("type"));
    let maker = told().find_map(|record| record.view().text("manufacturer"));
    let owner = estate.clients().owner(asset);
    [
        (
            Dimension::Type,
            kind.map(|kind| Subject::Choice(kind.key.clone())),
        ),
        (Dimension::Model, of(model)),
        (
            Dimension::Manufacturer,
            maker.map(|maker| Subject::Text(maker.to_owned())),
        ),
        (
            Dimension::Site,
            of(places::places(estate, asset).last().copied()),
        ),
        (Dimension::Organisation, owner.map(Subject::Record)),
        (Dimension::Group, of(estate.first(asset, "group"))),
    ]
}

#[cfg(test)]
mod tests;
