//! When each asset reaches its age, why on that day, and what replacing it would cost.
//!
//! The expected life of the asset, of its model, then the age that its organisation or the first company sets
//! for its type, counted from start-up; where no age is known, the model's end of life, then the end of the
//! guarantee.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::estate::clients::provider;
use crate::estate::finance::fixed_assets::{bought, cost, is_held};
use crate::estate::{Estate, Record, RecordId};

/// Why an asset is to be replaced on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It reaches its expected life, in years.
    Age(i64),
    /// Its model's life ends.
    ModelEnd,
    /// Its guarantee ends.
    Warranty,
}

/// An asset to be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewal {
    /// Which.
    pub asset: RecordId,
    /// When.
    pub due: Date,
    /// Why.
    pub reason: Reason,
    /// What its successor costs today: the model's guide price, else what it cost itself; in euros.
    pub cost: Option<Decimal>,
}

/// The renewals of a year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Year {
    /// How many assets.
    pub assets: usize,
    /// How many of them have no known cost.
    pub without_cost: usize,
    /// The sum of the known costs, in euros.
    pub cost: Decimal,
}

/// All renewals, soonest first, and their sums by year.
#[derive(Debug, Default)]
pub struct Renewals {
    /// The renewals, by day, then by asset.
    pub all: Vec<Renewal>,
    /// Sums by calendar year.
    pub years: BTreeMap<i16, Year>,
    /// Places in `all`.
    by_asset: BTreeMap<RecordId, usize>,
}

impl Renewals {
    /// The renewals of everything that is held.
    pub fn new(estate: &Estate) -> Self {
        let ages = Ages::new(estate);
        let held = estate.listed("asset").filter(|asset| is_held(asset));
        let mut all: Vec<Renewal> = held
            .filter_map(|asset| renewal(estate, &ages, asset))
            .collect();
        all.sort_by_key(|renewal| (renewal.due, renewal.asset));
        let mut years: BTreeMap<i16, Year> = BTreeMap::new();
        for renewal in &all {
            let year = years.entry(renewal.due.year()).or_default();
            year.assets += 1;
            match renewal.cost {
                Some(cost) => year.cost += cost,
                None => year.without_cost += 1,
            }
        }
        let places = all.iter().enumerate();
        let by_asset = places.map(|(place, renewal)| (renewal.asset, place));
        Self {
            by_asset: by_asset.collect(),
            all,
            years,
        }
    }

    /// The renewal of an asset.
    pub fn of(&self, asset: &Record) -> Option<&Renewal> {
        let place = self.by_asset.get(&asset.id)?;
        self.all.get(*place)
    }
}

/// Ages by organisation and type of asset.
struct Ages {
    by_owner: BTreeMap<(RecordId, String), i64>,
    provider: Option<RecordId>,
}

impl Ages {
    fn new(estate: &Estate) -> Self {
        let mut by_owner = BTreeMap::new();
        for organisation in estate.listed("organisation") {
            for age in organisation.view().structures("renewal_ages") {
                if let (Some(kind), Some(years)) = (age.choice("type"), age.integer("years")) {
                    by_owner.insert((organisation.id, kind.key.clone()), years);
                }
            }
        }
        Self {
            by_owner,
            provider: provider(estate).map(|record| record.id),
        }
    }

    fn of(&self, estate: &Estate, asset: &Record) -> Option<i64> {
        let kind = asset.view().choice("type")?;
        let owner = estate.clients().owner(asset);
        let mut owners = owner.into_iter().chain(self.provider);
        owners.find_map(|owner| self.by_owner.get(&(owner, kind.key.clone())).copied())
    }
}

fn renewal(estate: &Estate, ages: &Ages, asset: &Record) -> Option<Renewal> {
    let view = asset.view();
    let model = estate.first(asset, "model").map(Record::view);
    let years = view
        .integer("expected_life")
        .or_else(|| model?.integer("expected_life"))
        .or_else(|| ages.of(estate, asset))
        .filter(|years| (1..=100).contains(years));
    let start = view.date("in_service").or_else(|| bought(estate, asset));
    let by_age = years.zip(start).and_then(|(years, start)| {
        let due = start.checked_add(jiff::Span::new().years(years)).ok()?;
        Some((due, Reason::Age(years)))
    });
    let by_model = || Some((model?.date("end_of_life")?, Reason::ModelEnd));
    let by_warranty = || Some((view.date("warranty_end")?, Reason::Warranty));
    let (due, reason) = by_age.or_else(by_model).or_else(by_warranty)?;
    let price = model.and_then(|model| model.decimal("price"));
    Some(Renewal {
        asset: asset.id,
        due,
        reason,
        cost: price.or_else(|| cost(estate, asset)),
    })
}
