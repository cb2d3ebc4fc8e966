//! Life-cycle and money: depreciation, what owning costs, budgets, renewals, purchases, disposal.
//!
//! Amounts are exact decimals, in euros without tax. What needs all records is read once an estate, when
//! the first page asks; see [`Estate::finance`].

pub mod budgets;
pub mod depreciation;
pub mod disposal;
pub mod fixed_assets;
pub mod life;
pub mod ownership;
pub mod purchases;
pub mod renewals;
#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use crate::estate::Estate;

/// The address of the follow-up of budgets.
pub const BUDGETS: &str = "budgets/follow-up/";
/// The address of the overview of purchases.
pub const PURCHASES: &str = "purchases/overview/";
/// The address of the register of fixed assets.
pub const FIXED_ASSETS: &str = "assets/fixed-assets/";
/// The address of the renewal plan.
pub const RENEWALS: &str = "assets/renewals/";

/// What was read of all records; each part when it is first asked for.
#[derive(Debug, Default)]
pub(super) struct Finance {
    budgets: OnceLock<budgets::Budgets>,
    orders: OnceLock<purchases::Orders>,
    renewals: OnceLock<renewals::Renewals>,
    coverage: OnceLock<ownership::Coverage>,
    register: OnceLock<Vec<fixed_assets::FixedAsset>>,
}

/// Money and life-cycle of an estate.
#[derive(Debug, Clone, Copy)]
pub struct Books<'a>(&'a Estate);

impl Estate {
    /// Its budgets, orders, renewals and fixed assets.
    pub fn finance(&self) -> Books<'_> {
        Books(self)
    }
}

impl<'a> Books<'a> {
    /// All budgets.
    pub fn budgets(self) -> &'a budgets::Budgets {
        let cell = &self.0.finance.budgets;
        cell.get_or_init(|| budgets::Budgets::new(self.0))
    }

    /// All orders.
    pub fn orders(self) -> &'a purchases::Orders {
        let cell = &self.0.finance.orders;
        cell.get_or_init(|| purchases::Orders::new(self.0))
    }

    /// All renewals.
    pub fn renewals(self) -> &'a renewals::Renewals {
        let cell = &self.0.finance.renewals;
        cell.get_or_init(|| renewals::Renewals::new(self.0))
    }

    /// Which contracts cover which assets.
    pub fn coverage(self) -> &'a ownership::Coverage {
        let cell = &self.0.finance.coverage;
        cell.get_or_init(|| ownership::Coverage::new(self.0))
    }

    /// The register of fixed assets.
    pub fn register(self) -> &'a [fixed_assets::FixedAsset] {
        let cell = &self.0.finance.register;
        cell.get_or_init(|| fixed_assets::register(self.0))
    }
}
