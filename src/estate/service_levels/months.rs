//! A contract month by month: promises kept and missed, and what the misses cost.
//!
//! A ticket counts in the month it was opened. A promise that is over counts as missed at once, even
//! while the ticket is still open; one that still runs counts for neither side.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};

use super::clock::{Clock, Standing};
use super::month_of;
use crate::estate::{Estate, Record};
use crate::format;
use crate::project::View;

/// One month of a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub first: Date,
    /// Tickets opened.
    pub tickets: usize,
    /// Times to intervention.
    pub gti: Tally,
    /// Times to restoration.
    pub gtr: Tally,
    /// What the misses cost; `None` when the contract says no amount.
    pub penalty: Option<Penalty>,
}

/// Promises counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Kept.
    pub kept: u32,
    /// Missed, or over while the ticket is open.
    pub missed: u32,
    /// Still running or on hold, in time.
    pub open: u32,
    /// Nobody can say.
    pub unknown: u32,
}

/// What misses cost, in euros, to the cent: half a cent away from zero, as invoices round and as pages
/// show every amount, so that what is compared is what is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Penalty {
    /// Misses by their amounts, to the cent.
    pub owed: Decimal,
    /// The most that a month may cost.
    pub cap: Option<Decimal>,
}

impl Penalty {
    /// What is due after the cap.
    pub fn due(self) -> Decimal {
        self.cap.map_or(self.owed, |cap| self.owed.min(cap))
    }

    /// Whether the cap spares something.
    pub fn is_capped(self) -> bool {
        self.due() < self.owed
    }
}

impl Tally {
    /// The share kept among those that ended, in per cent with one decimal, never rounded up: 99.96 % is
    /// 99.9. `None` while none ended.
    pub fn rate(self) -> Option<Decimal> {
        let ended = Decimal::from(self.kept) + Decimal::from(self.missed);
        let share = (Decimal::from(self.kept) * Decimal::ONE_HUNDRED).checked_div(ended)?;
        Some(share.round_dp_with_strategy(1, RoundingStrategy::ToZero))
    }

    /// Counts a clock as it stands.
    pub fn add(&mut self, clock: &Clock) {
        match clock.standing {
            Standing::Kept => self.kept += 1,
            Standing::Missed(_) | Standing::Late(_) => self.missed += 1,
            Standing::Running(_) | Standing::Paused(_) => self.open += 1,
            Standing::Unknown(_) => self.unknown += 1,
        }
    }
}

/// The months of a contract that have tickets, newest first.
pub fn months(estate: &Estate, contract: &Record) -> Vec<Month> {
    let mut months: BTreeMap<Date, Month> = BTreeMap::new();
    let all = estate.service_levels().all();
    for (_, clocks) in all.filter(|(_, clocks)| clocks.contract == Some(contract.id)) {
        let first = month_of(clocks.opened);
        let month = months.entry(first).or_insert_with(|| Month {
            first,
            tickets: 0,
            gti: Tally::default(),
            gtr: Tally::default(),
            penalty: None,
        });
        month.tickets += 1;
        clocks.gti.iter().for_each(|clock| month.gti.add(clock));
        clocks.gtr.iter().for_each(|clock| month.gtr.add(clock));
    }
    for month in months.values_mut() {
        month.penalty = penalty(contract.view(), month.gti.missed, month.gtr.missed);
    }
    months.into_values().rev().collect()
}

/// What misses cost by a contract: an amount of their own each, else the one for any miss.
pub fn penalty(contract: View<'_>, gti: u32, gtr: u32) -> Option<Penalty> {
    let any = contract.decimal("penalty_per_miss");
    let amounts = ["penalty_gti", "penalty_gtr"].map(|key| contract.decimal(key).or(any));
    if amounts.iter().all(Option::is_none) {
        return None;
    }
    let misses = [gti, gtr].map(Decimal::from);
    let owed = amounts
        .iter()
        .zip(misses)
        .map(|(amount, misses)| amount.unwrap_or_default().saturating_mul(misses))
        .fold(Decimal::ZERO, Decimal::saturating_add);
    Some(Penalty {
        owed: format::to_the_cent(owed),
        cap: cap(contract),
    })
}

/// The most that a month may cost: a share of what a month of the contract costs.
fn cap(contract: View<'_>) -> Option<Decimal> {
    let share = contract.decimal("penalty_cap")?;
    let cap = monthly_cost(contract)?.saturating_mul(share) / Decimal::ONE_HUNDRED;
    Some(format::to_the_cent(cap))
}

/// What a month of a contract costs, not rounded; `None` where it does not say, or is paid once.
pub fn monthly_cost(contract: View<'_>) -> Option<Decimal> {
    let cost = contract.decimal("cost")?;
    match contract.choice("cost_period")?.key.as_str() {
        "monthly" => Some(cost),
        "yearly" => Some(cost / Decimal::from(12)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estate::samples::estate;

    /// What misses of GTI and GTR cost by a contract of these words.
    fn cost(contract: &str, gti: u32, gtr: u32) -> Penalty {
        let yaml = format!("{{id: c, name: C, {contract}}}\n");
        let estate = estate(&[("inventory/contracts/c.yaml", &yaml)]);
        let contract = estate.listed("contract").next().expect("a contract");
        penalty(contract.view(), gti, gtr).expect("an amount")
    }

    fn cents(cents: i64) -> Decimal {
        Decimal::new(cents, 2)
    }

    #[test]
    fn half_a_cent_goes_up_in_what_is_owed_and_in_its_cap() {
        assert_eq!(cost("penalty_gti: 23.335", 3, 0).owed, cents(7001));
        // 70.005 against a twelfth of 8,400.60 at 10 %: 70.005 too. Both are 70.01, and nothing is spared.
        let both = "penalty_gti: 23.335, penalty_cap: 10, cost: 8400.60, cost_period: yearly";
        let penalty = cost(both, 3, 0);
        assert_eq!(penalty.cap, Some(cents(7001)));
        assert_eq!((penalty.due(), penalty.is_capped()), (cents(7001), false));
        // 70.015 is a cent over a cap of 70.005; 70.004 is under it.
        let monthly = "penalty_gti: 14.003, penalty_cap: 10, cost: 700.05, cost_period: monthly";
        let penalty = cost(monthly, 5, 0);
        assert_eq!((penalty.owed, penalty.due()), (cents(7002), cents(7001)));
        assert!(penalty.is_capped());
        assert_eq!(cost("penalty_gti: 14.0008", 5, 0).owed, cents(7000));
    }

    #[test]
    fn every_clock_is_counted_once_by_where_it_stands() {
        use crate::estate::service_hours::Promise;
        use crate::estate::service_levels::clock::Unknown;
        use crate::project::Duration;
        let time = jiff::SignedDuration::from_mins(5);
        let standings = [
            (Standing::Kept, 3),
            (Standing::Missed(time), 1),
            (Standing::Late(time), 1),
            (Standing::Running(time), 2),
            (Standing::Paused(time), 2),
            (Standing::Unknown(Unknown::NoHours), 5),
        ];
        let mut tally = Tally::default();
        for (standing, times) in standings {
            let clock = Clock {
                promise: Promise {
                    length: Duration {
                        months: 0,
                        days: 0,
                        minutes: 240,
                    },
                    end_of_day: false,
                },
                due: None,
                used: None,
                allowed: None,
                ended: None,
                standing,
            };
            (0..times).for_each(|_| tally.add(&clock));
        }
        let counted = (tally.kept, tally.missed, tally.open, tally.unknown);
        assert_eq!(counted, (3, 2, 4, 5));
    }

    #[test]
    fn no_amount_is_too_large_to_be_counted() {
        // The most that a field takes.
        let most = Decimal::from(1_000_000_000_000_i64);
        let penalty = cost(
            &format!(
                "penalty_per_miss: {most}, penalty_cap: 200, cost: {most}, cost_period: monthly"
            ),
            u32::MAX,
            u32::MAX,
        );
        assert!(penalty.owed > most);
        assert!(penalty.cap.is_some());
    }
}
