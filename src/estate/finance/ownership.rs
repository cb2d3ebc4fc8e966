//! What owning an asset has cost until a day: its price, its share of contracts, work and repairs.
//!
//! Only what the records hold is counted, and each part says how many records it comes from. A contract's
//! cost is shared evenly among the assets that it covers, by the days (of 365 a year) that both it and the
//! asset have lasted; the time of a ticket is shared among its assets.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::estate::clients::provider;
use crate::estate::finance::depreciation::cents;
use crate::estate::finance::fixed_assets::{bought, cost, left};
use crate::estate::finance::purchases::{Stage, stage, total};
use crate::estate::licences::days_between;
use crate::estate::tickets::minutes_spent;
use crate::estate::{Estate, Record, RecordId};

/// Where a part of the cost comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// What it was bought for.
    Price,
    /// Its share of contracts that cover it.
    Contracts,
    /// The time of its tickets, by the hourly cost.
    Work,
    /// Its repairs.
    Repairs,
    /// Purchases that repaired or extended it.
    Additions,
}

/// A part of what owning an asset costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Where it comes from.
    pub source: Source,
    /// Euros, to the cent.
    pub amount: Decimal,
    /// How many records or repairs it counts.
    pub count: usize,
}

/// What owning an asset has cost.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ownership {
    /// Its parts that are known, in the order of [`Source`].
    pub parts: Vec<Part>,
    /// Minutes of its tickets, counted or not.
    pub minutes: i64,
    /// Whether an hour of work has a cost.
    pub has_hourly_cost: bool,
}

impl Ownership {
    /// The sum of the parts, in euros.
    pub fn total(&self) -> Decimal {
        self.parts.iter().map(|part| part.amount).sum()
    }
}

/// Which contracts cover which assets, whichever of the two says so.
#[derive(Debug, Default)]
pub struct Coverage {
    by_asset: BTreeMap<RecordId, Vec<RecordId>>,
    assets: BTreeMap<RecordId, usize>,
}

impl Coverage {
    /// Reads all contracts and assets once.
    pub fn new(estate: &Estate) -> Self {
        let mut pairs = BTreeSet::new();
        for contract in estate.listed("contract") {
            let covered = estate.all(contract, "assets");
            pairs.extend(covered.map(|asset| (asset.id, contract.id)));
        }
        for asset in estate.listed("asset") {
            let covering = estate.all(asset, "contracts");
            pairs.extend(covering.map(|contract| (asset.id, contract.id)));
        }
        let mut coverage = Self::default();
        for (asset, contract) in pairs {
            coverage.by_asset.entry(asset).or_default().push(contract);
            *coverage.assets.entry(contract).or_default() += 1;
        }
        coverage
    }

    /// The contracts that cover an asset, by id.
    pub fn of<'a>(&self, estate: &'a Estate, asset: &Record) -> Vec<&'a Record> {
        let ids = self.by_asset.get(&asset.id).into_iter().flatten();
        ids.map(|id| estate.record(*id)).collect()
    }

    /// How many assets a contract covers.
    pub fn assets(&self, contract: &Record) -> usize {
        self.assets.get(&contract.id).copied().unwrap_or_default()
    }
}

/// What an hour of work costs, as the first company says it, in euros.
pub fn hourly_cost(estate: &Estate) -> Option<Decimal> {
    provider(estate)?.view().decimal("hourly_cost")
}

/// What owning an asset has cost until the estate's day, or until it left.
pub fn ownership(estate: &Estate, asset: &Record) -> Ownership {
    let (tickets, purchases) = (
        naming(estate, asset, "ticket"),
        naming(estate, asset, "purchase"),
    );
    let minutes: Decimal = tickets
        .iter()
        .map(|ticket| share_of_time(estate, ticket))
        .sum();
    let rate = hourly_cost(estate);
    let worked = tickets
        .iter()
        .filter(|ticket| minutes_spent(ticket) > 0)
        .count();
    let contracts = contracts(estate, asset);
    let repairs: Vec<Decimal> = asset
        .view()
        .structures("repairs")
        .filter_map(|repair| repair.decimal("cost"))
        .collect();
    let own = estate.first(asset, "purchase").map(|purchase| purchase.id);
    let additions: Vec<Decimal> = purchases
        .iter()
        .filter(|purchase| Some(purchase.id) != own && is_ordered(purchase))
        .map(|purchase| total(purchase) / whole(estate.all(purchase, "assets").count()))
        .collect();
    let price = cost(estate, asset);
    let of_work = rate.map_or(Decimal::ZERO, |rate| minutes * rate / Decimal::from(60));
    let parts = [
        (
            Source::Price,
            price.unwrap_or_default(),
            usize::from(price.is_some()),
        ),
        (Source::Contracts, contracts.iter().sum(), contracts.len()),
        (
            Source::Work,
            of_work,
            if rate.is_some() { worked } else { 0 },
        ),
        (Source::Repairs, repairs.iter().sum(), repairs.len()),
        (Source::Additions, additions.iter().sum(), additions.len()),
    ];
    let known = parts.into_iter().filter(|(_, _, count)| *count > 0);
    Ownership {
        parts: known
            .map(|(source, amount, count)| Part {
                source,
                amount: cents(amount),
                count,
            })
            .collect(),
        minutes: minutes.round().to_i64().unwrap_or_default(),
        has_hourly_cost: rate.is_some(),
    }
}

/// The shares of the contracts that cover an asset and have begun, in euros.
fn contracts(estate: &Estate, asset: &Record) -> Vec<Decimal> {
    let coverage = estate.finance().coverage();
    let first = asset
        .view()
        .date("in_service")
        .or_else(|| bought(estate, asset));
    let last = left(asset).map_or(estate.as_of, |day| day.min(estate.as_of));
    let covering = coverage.of(estate, asset).into_iter();
    let share = |contract: &Record| {
        let view = contract.view();
        let cost = view.decimal("cost")? / whole(coverage.assets(contract));
        let kind = view.choice("type");
        // What our clients pay us for is no cost of theirs.
        if kind.is_some_and(|kind| kind.key == "service-desk") {
            return None;
        }
        let begin = view.date("starts").into_iter().chain(first).max()?;
        let days = days_between(begin, end(contract, last)) + 1;
        if days <= 0 {
            return None;
        }
        let a_year = match view.choice("cost_period").map(|period| period.key.as_str()) {
            Some("monthly") => cost * Decimal::from(12),
            Some("yearly") => cost,
            _ => return Some(cost),
        };
        Some(a_year * Decimal::from(days) / Decimal::from(365))
    };
    covering.filter_map(share).collect()
}

/// The last day that a contract is paid for, `last` at most; a tacit renewal goes on after the written end.
fn end(contract: &Record, last: Date) -> Date {
    let view = contract.view();
    let is_tacit = view
        .choice("renewal")
        .is_some_and(|choice| choice.key == "tacit");
    let written = view.date("ends").filter(|_| !is_tacit);
    let ends = view.date("terminated").into_iter().chain(written);
    ends.fold(last, Date::min)
}

/// The records of a kind whose field `assets` names an asset, by id.
fn naming<'a>(estate: &'a Estate, asset: &Record, kind: &str) -> Vec<&'a Record> {
    let links = asset.back_links.iter().filter_map(|link| {
        let from = estate.record(link.from);
        let field = link.field?;
        (from.kind().name == kind && from.kind().fields[field].key == "assets").then_some(from)
    });
    links.collect()
}

fn is_ordered(purchase: &Record) -> bool {
    stage(purchase).is_some_and(Stage::is_ordered)
}

/// Minutes of a ticket for each of its assets.
fn share_of_time(estate: &Estate, ticket: &Record) -> Decimal {
    Decimal::from(minutes_spent(ticket)) / whole(estate.all(ticket, "assets").count())
}

/// A number of sharers, at least one.
fn whole(count: usize) -> Decimal {
    Decimal::from(count.max(1))
}
