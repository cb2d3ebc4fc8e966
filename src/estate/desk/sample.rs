//! Lengths of time summed up: median, mean and 90th percentile.

use rust_decimal::Decimal;

use crate::format::half_up;

/// A length of time that was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// Whole minutes.
    pub minutes: i64,
    /// Whether they are minutes of the contract's open hours; else they are the calendar's.
    pub is_open_time: bool,
}

/// Lengths of time summed up, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sample {
    /// How many lengths.
    pub count: usize,
    /// How many of them are in open hours.
    pub open_time: usize,
    /// The middle one, or halfway between the two in the middle.
    pub median: i64,
    /// The mean, to the nearest minute.
    pub mean: i64,
    /// The smallest length that nine in ten do not exceed (nearest rank).
    pub ninetieth: i64,
}

impl Sample {
    /// Sums lengths up; `None` when there are none.
    pub fn new(lengths: impl Iterator<Item = Measured>) -> Option<Self> {
        let lengths: Vec<Measured> = lengths.collect();
        let mut minutes: Vec<i64> = lengths.iter().map(|length| length.minutes).collect();
        minutes.sort_unstable();
        let count = minutes.len();
        let whole = i64::try_from(count).ok().filter(|count| *count > 0)?;
        let middle = [minutes[(count - 1) / 2], minutes[count / 2]];
        Some(Self {
            count,
            open_time: lengths.iter().filter(|length| length.is_open_time).count(),
            median: nearest(middle.iter().sum(), 2),
            mean: nearest(minutes.iter().sum(), whole),
            ninetieth: minutes[(count * 9).div_ceil(10) - 1],
        })
    }
}

/// A sum divided, to the nearest whole; halves go up.
fn nearest(sum: i64, by: i64) -> i64 {
    (2 * sum + by).div_euclid(2 * by)
}

/// A share in per cent with one decimal; `None` of nothing.
pub fn share(part: usize, whole: usize) -> Option<Decimal> {
    let share = Decimal::from(part) * Decimal::ONE_HUNDRED;
    let share = share.checked_div(Decimal::from(whole))?;
    Some(half_up(share, 1))
}
