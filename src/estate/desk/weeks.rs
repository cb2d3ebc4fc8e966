//! What came in, came back and went out, week by week (ISO 8601: from Monday to Sunday).

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use super::WEEKS;
use super::facts::Facts;

/// One week of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Week {
    /// Its Monday.
    pub monday: Date,
    /// Tickets opened.
    pub opened: usize,
    /// Tickets that came back after a resolution.
    pub reopened: usize,
    /// Tickets resolved, or closed at once.
    pub resolved: usize,
    /// Tickets that wait when it ends; the running week ends on the estate's day.
    pub backlog: usize,
}

impl Week {
    /// Its number in its ISO year.
    pub fn number(self) -> i8 {
        self.monday.iso_week_date().week()
    }
}

/// The weeks from a Monday on. What came in before it only shows in the backlog.
pub(super) fn weeks(all: &[Facts], from: Date) -> Vec<Week> {
    let mondays = (0..WEEKS).map(|week| from.saturating_add((7 * week).days()));
    let mut weeks: Vec<Week> = mondays
        .map(|monday| Week {
            monday,
            ..Week::default()
        })
        .collect();
    let mut backlog = 0;
    for facts in all.iter().filter(|facts| facts.is_dated()) {
        for (place, at) in facts.turns.iter().enumerate() {
            let begins = place % 2 == 0;
            match (week_of(*at, from), begins) {
                (None, true) => backlog += 1,
                (None, false) => backlog -= 1,
                (Some(week), true) if place == 0 => weeks[week].opened += 1,
                (Some(week), true) => weeks[week].reopened += 1,
                (Some(week), false) => weeks[week].resolved += 1,
            }
        }
    }
    for week in &mut weeks {
        backlog = backlog + week.opened + week.reopened - week.resolved;
        week.backlog = backlog;
    }
    // Such tickets came in like the others; when they left is not known, so they never waited.
    for facts in all.iter().filter(|facts| !facts.is_dated()) {
        if let Some(week) = week_of(facts.opened, from) {
            weeks[week].opened += 1;
        }
    }
    weeks
}

/// The place of a moment's week; `None` before the first.
fn week_of(at: DateTime, from: Date) -> Option<usize> {
    let days = crate::estate::deadlines::days_between(from, at.date());
    usize::try_from(days.div_euclid(7)).ok()
}
