//! How near a deadline is, by the thresholds of the site.

use crate::estate::Estate;

/// A step of the list, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// Its day is past.
    Overdue,
    /// It falls due within this many days, and not within the next lower threshold.
    Within(i32),
    /// It falls due after the last threshold.
    Later,
}

impl Urgency {
    /// Its name for programs: `overdue`, `within-30`, `later`.
    pub fn key(self) -> String {
        match self {
            Self::Overdue => "overdue".to_owned(),
            Self::Within(days) => format!("within-{days}"),
            Self::Later => "later".to_owned(),
        }
    }
}

/// How near a day is that comes in some days.
pub fn urgency(estate: &Estate, days: i32) -> Urgency {
    if days < 0 {
        return Urgency::Overdue;
    }
    let mut thresholds = estate.config.deadlines.thresholds.iter();
    let reached = thresholds.find(|threshold| days <= **threshold);
    reached.map_or(Urgency::Later, |threshold| Urgency::Within(*threshold))
}

/// Every step of a site, the most urgent first.
pub fn steps(estate: &Estate) -> Vec<Urgency> {
    let thresholds = estate.config.deadlines.thresholds.iter();
    let within = thresholds.map(|threshold| Urgency::Within(*threshold));
    let within = within.chain([Urgency::Later]);
    std::iter::once(Urgency::Overdue).chain(within).collect()
}
