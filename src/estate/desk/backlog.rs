//! What waits on the day, by how long it has waited and how grave it is.

use jiff::civil::Date;

use crate::estate::deadlines::days_between;

use super::facts::Facts;

/// Ages in days: from, to; the last has no end.
pub const AGES: [(i32, Option<i32>); 5] = [
    (0, Some(1)),
    (2, Some(7)),
    (8, Some(30)),
    (31, Some(90)),
    (91, None),
];

/// Priorities: unknown, five steps, major; see [`crate::estate::tickets::rank`].
pub const RANKS: usize = 7;

/// Open tickets by age (rows) and rank of priority (columns).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Backlog {
    /// As [`AGES`] and [`RANKS`] say.
    pub counts: [[usize; RANKS]; AGES.len()],
}

impl Backlog {
    pub(super) fn new(all: &[Facts], day: Date) -> Self {
        let mut backlog = Self::default();
        for facts in all.iter().filter(|facts| facts.is_open()) {
            let days = days_between(facts.opened.date(), day);
            let age = AGES
                .iter()
                .position(|(_, to)| to.is_none_or(|to| days <= to));
            backlog.counts[age.unwrap_or_default()][facts.rank] += 1;
        }
        backlog
    }

    /// All that waits.
    pub fn total(&self) -> usize {
        self.counts.iter().flatten().sum()
    }

    /// What waits of one age.
    pub fn of_age(&self, age: usize) -> usize {
        self.counts[age].iter().sum()
    }

    /// What waits of one rank.
    pub fn of_rank(&self, rank: usize) -> usize {
        self.counts.iter().map(|row| row[rank]).sum()
    }
}
