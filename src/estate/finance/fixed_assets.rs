//! What an asset cost, how it is depreciated, and the register of those that are.
//!
//! The asset's own fields come first, then its model's. A price that the asset does not say is that of the
//! line of its purchase which names its model; the model's guide price is never a cost.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::estate::finance::depreciation::{Method, Plan};
use crate::estate::{Estate, Record, RecordId};

/// A line of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedAsset {
    /// Which.
    pub asset: RecordId,
    /// Its depreciation.
    pub plan: Plan,
    /// When it left the fleet, before or on the estate's day.
    pub left: Option<Date>,
    /// Written off on the estate's day or on the day it left, in euros.
    pub written_off: Decimal,
    /// Net book value on that day, in euros; zero for what has left.
    pub value: Decimal,
}

/// The register on the estate's day, by id; assets that say too little to be depreciated are not in it.
pub fn register(estate: &Estate) -> Vec<FixedAsset> {
    let assets = estate.listed("asset");
    assets.filter_map(|asset| entry(estate, asset)).collect()
}

/// An asset's line of the register; `None` without a cost, a duration or a first day, and for what is only
/// planned: nothing is written off before it is there.
pub fn entry(estate: &Estate, asset: &Record) -> Option<FixedAsset> {
    if means(asset) == Some("planned") {
        return None;
    }
    let plan = plan(estate, asset)?;
    let left = left(asset).filter(|day| *day <= estate.as_of);
    let day = left.unwrap_or(estate.as_of);
    let value = if left.is_some() {
        Decimal::ZERO
    } else {
        plan.value_on(day)
    };
    Some(FixedAsset {
        asset: asset.id,
        plan,
        left,
        written_off: plan.written_off(day),
        value,
    })
}

/// How an asset is depreciated; `None` when its cost, its duration or its first day is not known. Without a day of
/// start-up, that of the purchase stands in, except for what is in stock: it is linear only once it is started up.
pub fn plan(estate: &Estate, asset: &Record) -> Option<Plan> {
    let view = asset.view();
    let model = estate.first(asset, "model");
    let of_model = |key: &str| model.and_then(|model| model.view().integer(key));
    let years = view
        .integer("depreciation_years")
        .or_else(|| of_model("depreciation_years"))
        .filter(|years| (1..=100).contains(years))?;
    let choice = view
        .choice("depreciation")
        .or_else(|| model.and_then(|model| model.view().choice("depreciation")));
    let method = match choice.map(|choice| choice.key.as_str()) {
        Some("declining") => Method::Declining,
        _ => Method::Linear,
    };
    let (bought, started) = (bought(estate, asset), view.date("in_service"));
    let mut plan = Plan {
        cost: cost(estate, asset)?,
        residual: view.decimal("residual_value").unwrap_or_default(),
        method,
        years,
        start: None,
    };
    plan.start = match plan.applied() {
        Method::Linear if started.is_none() && means(asset) == Some("in-stock") => None,
        Method::Linear => Some(started.or(bought)?),
        Method::Declining => Some(bought.or(started)?),
    };
    Some(plan)
}

/// What an asset cost, in euros without tax: its price, else the unit price of its model in its purchase.
pub fn cost(estate: &Estate, asset: &Record) -> Option<Decimal> {
    asset.view().decimal("price").or_else(|| {
        let purchase = estate.first(asset, "purchase")?;
        let model = estate.first(asset, "model")?.id;
        let mut lines = purchase.view().structures("lines");
        lines.find_map(|line| {
            let mut named = estate.linked_in(purchase, line, "model");
            named.any(|record| record.id == model).then_some(())?;
            line.decimal("unit_price")
        })
    })
}

/// When an asset was bought: as written, else when its purchase was delivered or ordered.
pub fn bought(estate: &Estate, asset: &Record) -> Option<Date> {
    asset.view().date("purchased").or_else(|| {
        let purchase = estate.first(asset, "purchase")?.view();
        purchase
            .date("delivered")
            .or_else(|| purchase.date("ordered"))
    })
}

/// When an asset left the fleet: the day it was disposed of, else that of its retirement.
pub fn left(asset: &Record) -> Option<Date> {
    let view = asset.view();
    view.date("disposed").or_else(|| view.date("retired"))
}

/// Whether an asset is still ours and used or usable: neither planned, retired nor lost.
pub fn is_held(asset: &Record) -> bool {
    !matches!(means(asset), Some("planned" | "retired" | "lost"))
}

/// What the status of an asset means, whatever a site calls it.
fn means(asset: &Record) -> Option<&str> {
    asset.view().choice("status")?.means.as_deref()
}
